"""Measures speed and memory beside what the bare libraries take for the same work in the same run.

Medians after a warm-up; nothing here is a test. Run with ``make bench``.
"""

from __future__ import annotations

import gc
import io
import itertools
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import planforms as pf
from planforms.models.documents import DocumentData

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "vivirk" / "without_optional_sections.json"
ROUNDS = 25
WARM_UP = 5
MEMORY_ROUNDS = 500
CASES = 10_000


def main() -> None:
    """Print all figures."""
    report = pf.load(EXAMPLE)
    document = pf.render(report)
    row("example", f"{EXAMPLE.name}, {_pages(document)} pages")
    tree = median(lambda: pf.render(pf.load(EXAMPLE)))
    row("data to tree", f"{tree:.1f} ms (goal: under 10)")
    _pdf(document)
    _docx(document)
    row("document to web page", f"{median(lambda: pf.to_html(document)):.1f} ms")
    _kinds()
    _due()
    _starts()
    _memory(report)
    subprocess.run([sys.executable, ROOT / "scripts" / "bench_batch.py"], check=True)


def row(name: str, value: str) -> None:
    """One line of the answer."""
    print(f"{name:<34} {value}", flush=True)


def median(work: Callable[[], Any]) -> float:
    """The median time of some work in milliseconds."""
    for _ in range(WARM_UP):
        work()
    return statistics.median(_timed(work) for _ in range(ROUNDS))


def _side_by_side(ours: Callable[[], Any], bare: Callable[[], Any]) -> tuple[float, float]:
    """Medians of two pieces of work done in turn, so that both meet the same machine."""
    for _ in range(WARM_UP):
        ours()
        bare()
    times = [(_timed(ours), _timed(bare)) for _ in range(ROUNDS)]
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _pages(document: pf.Document) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pf.to_pdf(document))) as pdf:
        return len(pdf.pages)


def _pdf(document: pf.Document) -> None:
    ours, bare = _side_by_side(lambda: pf.to_pdf(document), _bare_weasyprint(document))
    row("document to PDF", f"{ours:.1f} ms")
    row("bare WeasyPrint, fonts, CSS reused", f"{bare:.1f} ms")
    row("ratio", f"{ours / bare:.2f} (goal: at most 1.25)")


def _bare_weasyprint(document: pf.Document) -> Callable[[], bytes]:
    """WeasyPrint laying out the very same page, to the same variant, without our finishing."""
    from weasyprint import HTML

    from planforms.writers._pdf_engine import _shared
    from planforms.writers.pdf import _page

    page = _page(document)
    style, fonts, fetcher = _shared()

    def lay_out() -> bytes:
        html = HTML(string=page, url_fetcher=fetcher)
        pdf: bytes = html.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-2a")
        return pdf

    return lay_out


def _docx(document: pf.Document) -> None:
    ours, bare = _side_by_side(lambda: pf.to_docx(document), _bare_docxtpl(document))
    row("document to Word", f"{ours:.1f} ms")
    row("bare docxtpl, same content", f"{bare:.1f} ms")
    row("ratio", f"{ours / bare:.2f} (goal: at most 2)")


def _bare_docxtpl(document: pf.Document) -> Callable[[], bytes]:
    """Docxtpl filling a template made of the very same file: every text of it is a variable."""
    import docx
    from docx.oxml.ns import qn
    from docxtpl import DocxTemplate

    word = docx.Document(io.BytesIO(pf.to_docx(document)))
    texts = list(word.element.body.iter(qn("w:t")))
    values = {f"v{number}": text.text for number, text in enumerate(texts)}
    for number, text in enumerate(texts):
        text.text = f"{{{{ v{number} }}}}"
    buffer = io.BytesIO()
    word.save(buffer)
    template = buffer.getvalue()

    def fill() -> bytes:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(values, autoescape=True)
        answer = io.BytesIO()
        filled.save(answer)
        return answer.getvalue()

    return fill


def _kinds() -> None:
    """Each kind's longest example from data to PDF: a kind costs what its length costs."""
    for kind in pf.kinds():
        data = max(_examples(kind), key=lambda one: len(pf.render(one).text()), default=None)
        if data is None:
            continue
        document = pf.render(data)
        time_taken = median(lambda data=data: pf.to_pdf(pf.render(data)))  # type: ignore[misc]
        letters = len(document.text())
        each = time_taken / letters * 1000
        what = f"{time_taken:.0f} ms, {_pages(document)} pages, {letters} letters"
        row(f"{kind} to PDF", f"{what}: {each:.1f} ms for 1,000 letters")


def _examples(kind: str) -> list[DocumentData]:
    data = (pf.load(path) for path in sorted((ROOT / "examples").glob("*/*.json")))
    return [one for one in data if one.kind == kind]


def _due() -> None:
    """What is due in many cases: every example again and again, each time as another case."""
    examples = [json.loads(path.read_bytes()) for path in sorted(ROOT.glob("examples/*/*.json"))]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, data in zip(range(CASES), itertools.cycle(examples), strict=False):
            case = {**data["case"], "number": f"B {number}"}
            file.write(json.dumps({**data, "case": case}, ensure_ascii=False) + "\n")
        file.flush()
        options = ("due", file.name, "--as-of", "2026-11-20", "--json")
        command = [sys.executable, "-m", "planforms", *options]
        took = _timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    row(f"due, {CASES} cases of all kinds", f"{took / 1000:.1f} s (goal: under 10)")


def _starts() -> None:
    empty = _start("pass")
    row("start of Python alone", f"{empty:.0f} ms")
    row("import planforms", f"{_start('import planforms') - empty:.0f} ms (goal: under 150)")
    first = "import planforms as pf; pf.load(sys.argv[1])"
    row("import planforms and load a model", f"{_start(f'import sys; {first}') - empty:.0f} ms")
    row("planforms --help", f"{_command('-m', 'planforms', '--help'):.0f} ms (goal: under 300)")
    for suffix in ("pdf", "docx", "html"):
        code = f"import sys, planforms as pf; pf.to_{suffix}(pf.render(pf.load(sys.argv[1])))"
        row(f"first {suffix} after a cold start", f"{_start(code):.0f} ms")


def _start(code: str) -> float:
    return _command("-c", code, str(EXAMPLE))


def _command(*arguments: str) -> float:
    command = [sys.executable, *arguments]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    run()
    return statistics.median(_timed(run) for _ in range(ROUNDS))


def _memory(report: DocumentData) -> None:
    """Peak memory over many renders to all formats; flat means that nothing is kept."""
    peaks = []
    for number in range(1, MEMORY_ROUNDS + 1):
        document = pf.render(report)
        for write in (pf.to_pdf, pf.to_docx, pf.to_html):
            write(document)
        if number in (1, 100, MEMORY_ROUNDS):
            gc.collect()
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    steps = " → ".join(f"{peak:.0f}" for peak in peaks)
    row(f"peak memory, 1 → 100 → {MEMORY_ROUNDS} renders", f"{steps} MiB")


if __name__ == "__main__":
    main()
