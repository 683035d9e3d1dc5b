"""Measures an office's own Word template beside bare docxtpl with the very same file."""

from __future__ import annotations

import gc
import io
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

import planforms as pf
from scripts.bench_figures import ROOT, Bench, Figure, Size, bare_docxtpl, side_by_side

REPORT = ROOT / "examples" / "molde" / "thirty_activities.json"
_ROWS = (
    ("Hva", "Fra", "Til", "Resultat"),
    ("{%tr for a in activities %}",),
    ("{{ a.name }}", "{{ a.started_on }}", "{{ a.ended_on }}", "{{ a.outcome }}"),
    ("{%tr endfor %}",),
)
_WORDS = (
    "{{ case.participant.name }}, {{ case.number }}",
    "{%p if resources %}",
    "{{ resources }}",
    "{%p endif %}",
    "{%p for one in case.team %}",
    "{{ one.name }}, {{ one.organisation }}",
    "{%p endfor %}",
    "{{ conclusion }}",
)
_PAGES = 4
"""So often the template says it all: offices' templates have some pages."""


def template() -> bytes:
    """A template with nothing that only one of the two can fill."""
    import docx

    word = docx.Document()
    for _ in range(_PAGES):
        for words in _WORDS:
            word.add_paragraph(words)
        table = word.add_table(0, len(_ROWS[0]))
        for row in _ROWS:
            for cell, words in zip(table.add_row().cells, row, strict=False):
                cell.text = words
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def own_template(size: Size) -> Iterator[Figure]:
    """From data to the Word file, beside what docxtpl takes for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "no", "final_report.docx")
        path.parent.mkdir()
        path.write_bytes(template())
        data = pf.load(REPORT)
        bare_work = bare_docxtpl(template(), data.model_dump(mode="json"))
        ours, bare = side_by_side(
            lambda: pf.to_docx(pf.render(data, templates=folder)), bare_work, size
        )
        yield Figure("data to Word by a template of one's own", ours, "ms")
        yield Figure("bare docxtpl, same file and data", bare, "ms")
        yield Figure("own Word template beside bare docxtpl", ours / bare, "times", goal=1.5)


def memory_of_own_template(size: Size) -> Iterator[Figure]:
    """Peak memory over many Word files by one template; flat means that nothing is kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "no", "final_report.docx")
        path.parent.mkdir()
        path.write_bytes(template())
        data = pf.load(REPORT)
        for number in range(1, 2 * size.renders + 1):
            pf.to_docx(pf.render(data, templates=folder))
            if number in (1, 100, 2 * size.renders):
                gc.collect()
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                yield Figure(f"peak memory after {number} Word files of one's own", peak, "MiB")


BENCHES: tuple[Bench, ...] = (own_template, memory_of_own_template)
