"""Measures documents: from data to the tree, and from the tree to each format."""

from __future__ import annotations

import gc
import io
import resource
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import planforms as pf
from planforms.models.documents import DocumentData
from planforms.writers import ENGINES, FILLABLE, TYPST, WEASYPRINT
from planforms.writing import to_bytes
from scripts.bench_figures import (
    EXAMPLE,
    ROOT,
    Bench,
    Figure,
    Size,
    bare_docxtpl,
    median,
    side_by_side,
    timed,
)

COMPLETE = ROOT / "examples" / "molde" / "complete_signed_electronically.json"


def to_tree(size: Size) -> Iterator[Figure]:
    """Reading, rules and templates."""
    took = median(lambda: pf.render(pf.load(EXAMPLE)), size)
    yield Figure("data to tree", took, "ms", goal=10)


def to_pdf(size: Size) -> Iterator[Figure]:
    """The PDF beside what WeasyPrint takes for it."""
    document = pf.render(pf.load(EXAMPLE))
    ours, bare = side_by_side(lambda: pf.to_pdf(document), _bare_weasyprint(document), size)
    yield Figure(f"document to PDF, {_pages(document)} pages", ours, "ms")
    yield Figure("bare WeasyPrint, fonts and CSS reused", bare, "ms")
    yield Figure("PDF beside bare WeasyPrint", ours / bare, "times", goal=1.25)


def to_fill_in(size: Size) -> Iterator[Figure]:
    """A form to fill in on a screen beside the one to print, in each format."""
    document = pf.blank("complaint", service="molde")
    for name in sorted(FILLABLE):
        fillable, plain = side_by_side(
            lambda: to_bytes(document, name, fillable=True),  # noqa: B023
            lambda: to_bytes(document, name),  # noqa: B023
            size,
        )
        yield Figure(f"{name} to fill in", fillable, "ms")
        yield Figure(f"{name} to fill in beside the one to print", fillable / plain, "times", 1.5)


def _pages(document: pf.Document) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pf.to_pdf(document))) as pdf:
        return len(pdf.pages)


def _bare_weasyprint(document: pf.Document) -> Callable[[], bytes]:
    """WeasyPrint laying out the very same page, to the same variant, without our finishing."""
    from weasyprint import HTML

    from planforms.writers._pdf_engine import _shared, _style
    from planforms.writers.pdf import _page, _paper

    page = _page(document, _paper(document))
    (fonts, fetcher), style = _shared(), _style(document.text_size)

    def lay_out() -> bytes:
        html = HTML(string=page, url_fetcher=fetcher)
        pdf: bytes = html.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-2a")
        return pdf

    return lay_out


def engines(size: Size) -> Iterator[Figure]:
    """Both engines over distinct documents, in turn: one made twice would be kept by Typst."""
    paths = sorted((ROOT / "examples").glob("*/*.json"))[: size.distinct]
    documents = [pf.render(pf.load(path)) for path in paths]
    took: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    for document in documents:
        for engine in ENGINES:
            took[engine].append(timed(lambda: pf.to_pdf(document, engine=engine)))  # noqa: B023
    means = {engine: statistics.mean(times) for engine, times in took.items()}
    for engine, mean in means.items():
        yield Figure(f"{len(documents)} documents to PDF by {engine}, each", mean, "ms")
    ratio = means[WEASYPRINT] / means[TYPST]
    yield Figure("WeasyPrint beside Typst", ratio, "times", goal=8, at_least=True)


def to_docx(size: Size) -> Iterator[Figure]:
    """The Word document beside what docxtpl takes for it."""
    document = pf.render(pf.load(EXAMPLE))
    ours, bare = side_by_side(lambda: pf.to_docx(document), _bare_docxtpl(document), size)
    yield Figure("document to Word", ours, "ms")
    yield Figure("bare docxtpl, same content", bare, "ms")
    yield Figure("Word beside bare docxtpl", ours / bare, "times", goal=2)


def _bare_docxtpl(document: pf.Document) -> Callable[[], bytes]:
    """Docxtpl filling a template made of the very same file: every text of it is a variable."""
    import docx
    from docx.oxml.ns import qn

    word = docx.Document(io.BytesIO(pf.to_docx(document)))
    texts = list(word.element.body.iter(qn("w:t")))
    values = {f"v{number}": text.text for number, text in enumerate(texts)}
    for number, text in enumerate(texts):
        text.text = f"{{{{ v{number} }}}}"
    buffer = io.BytesIO()
    word.save(buffer)
    return bare_docxtpl(buffer.getvalue(), values)


def to_html(size: Size) -> Iterator[Figure]:
    """The web page."""
    document = pf.render(pf.load(EXAMPLE))
    yield Figure("document to web page", median(lambda: pf.to_html(document), size), "ms")


def to_text(size: Size) -> Iterator[Figure]:
    """Plain text."""
    document = pf.render(pf.load(EXAMPLE))
    yield Figure("document to plain text", median(lambda: pf.to_text(document), size), "ms", goal=5)


def in_large_print(size: Size) -> Iterator[Figure]:
    """The PDF in large print beside the usual one: more pages, but each as fast."""
    document = pf.render(pf.load(EXAMPLE))
    bigger = pf.large_print(document)
    ours, usual = side_by_side(lambda: pf.to_pdf(bigger), lambda: pf.to_pdf(document), size)
    pages = _pages(bigger)
    yield Figure(f"PDF in large print, {pages} pages", ours, "ms")
    per_page = (ours / pages) / (usual / _pages(document))
    yield Figure("a page in large print beside a usual one", per_page, "times", goal=1.25)


def kinds(size: Size) -> Iterator[Figure]:
    """Each kind's longest example from data to PDF: a kind costs what its length costs."""
    for kind in [*pf.kinds()][: size.kinds]:
        data = max(_examples(kind), key=lambda one: len(pf.render(one).text()), default=None)
        if data is None:
            continue
        document = pf.render(data)
        took = median(lambda data=data: pf.to_pdf(pf.render(data)), size)  # type: ignore[misc]
        letters = len(document.text())
        name = f"{kind} to PDF, {_pages(document)} pages, {letters:,} letters"
        yield Figure(name, took, "ms")
        yield Figure("  for 1,000 letters", took / letters * 1000, "ms")


def _examples(kind: str) -> list[DocumentData]:
    data = (pf.load(path) for path in sorted((ROOT / "examples").glob("*/*.json")))
    return [one for one in data if one.kind == kind]


def longest(size: Size) -> Iterator[Figure]:
    """The longest documents that are accepted, of lines, of unbroken letters and of words."""
    data = pf.load(COMPLETE).model_dump(mode="json", exclude_none=True)
    for name, part in longest_parts(size.longest).items():
        document = pf.render(pf.load({**data, **part}))
        took = median(lambda document=document: pf.to_pdf(document), _once(size))  # type: ignore[misc]
        yield Figure(f"longest document of {name} to PDF", took / 1000, "s", goal=60)


def longest_parts(share: float) -> dict[str, dict[str, Any]]:
    """What makes a final report as long as is accepted, or a share of that."""
    lines = {"additional": [{"label": "x", "text": "x\n" * int(9_300 * share)}]}
    unbroken = {"name": "x", "outcome": "x" * int(20_000 * share)}
    words = {"name": "x", "outcome": "xxxx xxxx " * int(2_000 * share)}
    return {
        "lines": lines,
        "letters": {"activities": [unbroken] * 3},
        "words": {"activities": [words] * 32},
    }


def _once(size: Size) -> Size:
    return Size(warm_up=0, rounds=1, longest=size.longest)


def memory(size: Size) -> Iterator[Figure]:
    """Peak memory over many renders to all formats; flat means that nothing is kept."""
    report = pf.load(EXAMPLE)
    for number in range(1, size.renders + 1):
        document = pf.render(report)
        for write in (pf.to_pdf, pf.to_docx, pf.to_html, pf.to_text):
            write(document)
        if number in (1, 100, size.renders):
            gc.collect()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield Figure(f"peak memory after {number} renders", peak, "MiB")


BENCHES: tuple[Bench, ...] = (
    to_tree,
    to_pdf,
    engines,
    to_fill_in,
    to_docx,
    to_html,
    to_text,
    in_large_print,
    kinds,
    memory,
    longest,
)
