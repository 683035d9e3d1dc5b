"""What veraPDF cannot see: a PDF may pass it and still be read aloud wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

import pikepdf

from planforms.document import Description, Document, inline_text
from tests.reading.glyphs import Glyph, read_glyphs
from tests.reading.pdf import element_text
from tests.reading.structure import Element, read_structure

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def pdf_structure(pdf: Path) -> list[str]:
    """What is wrong in a PDF's structure tree, properties and artifacts; a sentence for each."""
    data = pdf.read_bytes()
    root, glyphs = read_structure(data), read_glyphs(data)
    checks = (_properties(pdf), _headings(root), _tables(root), _lists(root), _figures(root))
    return [*(failure for check in checks for failure in check), *_artifacts(root, glyphs)]


def split_entries(pdf: Path, document: Document) -> list[str]:
    """Labels of a document that no structure element holds with their value and nothing else."""
    elements = read_structure(pdf.read_bytes()).elements()
    texts = {_letters(element_text(element)) for element in elements}
    return [
        f"the value of “{inline_text(item.label)}” is tagged apart from it"
        for item in _descriptions(document.blocks)
        if _description_letters(item, document) not in texts
    ]


def _descriptions(nodes: tuple[object, ...]) -> Iterator[Description]:
    for node in nodes:
        if isinstance(node, Description):
            yield node
        if isinstance(node, tuple):
            yield from _descriptions(node)
        elif is_dataclass(node):
            yield from _descriptions(tuple(getattr(node, field.name) for field in fields(node)))


def _description_letters(item: Description, document: Document) -> str:
    return _letters(inline_text(item.label) + replace(document, blocks=item.value).text())


def _letters(text: str) -> str:
    """The letters alone: a hyphen at a line's end may or may not be one of the word."""
    return re.sub(r"[\s\-\N{HYPHEN}]", "", text)


def _properties(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        if not str(pdf.Root.get("/Lang", "")):
            yield "the document has no language"
        with pdf.open_metadata() as metadata:
            if not metadata.get("dc:title"):
                yield "the metadata have no title"
        preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
        if not preferences.get("/DisplayDocTitle", False):
            yield "the window shows the file's name, not the title"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in root.elements() if element.tag in HEADINGS]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "the first heading, and no other, must be the title (H1)"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading H{after} follows H{before}"


def _tables(root: Element) -> Iterator[str]:
    for table in _all(root, "Table"):
        caption = next((element_text(one) for one in _all(table, "Caption")), None)
        if caption is None:
            yield "a table has no caption, or goes on as a second table"
            continue
        yield from (f"table “{caption}”: {failure}" for failure in _table(table))


def _table(table: Element) -> Iterator[str]:
    heads = _all(table, "TH")
    if not heads:
        yield "has no header cell"
    if any(head.scope not in ("Row", "Column") for head in heads):
        yield "a header cell has no scope"
    if len(_all(table, "THead")) != 1:
        yield "must have one head"
    rows = [[cell for cell in row.inner() if cell.tag in ("TH", "TD")] for row in _all(table, "TR")]
    if len({sum(cell.span for cell in row) for row in rows}) > 1:
        yield "the rows have different numbers of cells"
    first = [element_text(cell) for cell in rows[0]]
    if any([element_text(cell) for cell in row] == first for row in rows[1:]):
        yield "the header row is repeated"


def _lists(root: Element) -> Iterator[str]:
    for parent in root.elements():
        tags = [child.tag for child in parent.inner()]
        if parent.tag == "LI" and (tags.count("LBody") != 1 or tags.count("Lbl") > 1):
            yield f"a list item holds {' '.join(tags)}, not a label and its body"
        if parent.tag != "LI" and ("Lbl" in tags or "LBody" in tags):
            yield f"a label or body of a list item stands in a {parent.tag}"


def _figures(root: Element) -> Iterator[str]:
    if any(not figure.replacement for figure in _all(root, "Figure")):
        yield "a figure has no description"


def _artifacts(root: Element, glyphs: tuple[Glyph, ...]) -> Iterator[str]:
    """Content that is neither read aloud nor a running footer, and pages without the latter."""
    content = {child for element in root.elements() for child in element.children}
    footers = {glyph.page for glyph in glyphs if glyph.mark.artifact == "Pagination"}
    for page in sorted({glyph.page for glyph in glyphs} - footers):
        yield f"page {page + 1} has no running footer that is marked as such"
    lost = [
        glyph for glyph in glyphs if glyph not in content and glyph.mark.artifact != "Pagination"
    ]
    for page, letters in groupby(lost, lambda glyph: glyph.page):
        text = "".join(glyph.text for glyph in letters)
        yield f"page {page + 1}: “{text}” is neither content nor pagination"


def _all(element: Element, tag: str) -> list[Element]:
    return [found for found in element.elements() if found.tag == tag]
