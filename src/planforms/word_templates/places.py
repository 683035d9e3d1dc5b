"""Where something stands in a Word file, in the words of somebody who looks at it in Word.

Word numbers no paragraphs; so whoever tells of one quotes its words beside its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from planforms.writers._word_package import OFFICE, Package
from planforms.writers._word_xml import WORD

QUOTED_LETTERS = 60
"""So many letters of a paragraph are enough to find it again."""
_KINDS = {
    "officeDocument": "",
    "header": "header",
    "footer": "footer",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "styles": "styles",
    "settings": "settings",
    "numbering": "lists",
    "theme": "theme",
    "fontTable": "fonts",
}
_PAGES = {"first": " of the first page", "even": " of even pages"}
_P, _TBL, _TR = f"{WORD}p", f"{WORD}tbl", f"{WORD}tr"
_BOX = f"{WORD}txbxContent"


class Places:
    """The places of one Word file.

    Attributes:
        file: what the file is called, such as ``no/consent.docx``.
    """

    def __init__(self, file: str, package: Package) -> None:
        self.file = file
        self._trees = dict(package.trees())
        self._parts = dict(_part_names(package))
        self._known: dict[str, dict[etree._Element, str]] = {}

    def place(self, part: str, element: etree._Element | None = None) -> str:
        """File, part and paragraph, such as ``no/consent.docx: header: paragraph 1``.

        Args:
            part: name of the part; empty for the file as a whole.
            element: what stands there; ``None`` for the whole part.
        """
        names = (self.file, self.part(part), self.paragraph(part, element))
        return ": ".join(filter(None, names))

    def part(self, part: str) -> str:
        """What a part is called; empty for the document's body."""
        return self._parts.get(part, part)

    def paragraph(self, part: str, element: etree._Element | None) -> str:
        """The paragraph, the row or the table that an element is, or stands in."""
        if part not in self._known:
            self._known[part] = dict(_places_in(self._trees[part])) if part in self._trees else {}
        known, box = self._known[part], ""
        while element is not None and element not in known:
            box = ", text box" if element.tag == _BOX else box
            element = element.getparent()
        return "" if element is None else known[element] + box


def quoted(element: etree._Element | None) -> str:
    """The words of the paragraph that an element is, or stands in, cut if they are many."""
    while element is not None and element.tag != _P:
        element = element.getparent()
    words = "" if element is None else " ".join(text_of(element).split())
    return words if len(words) <= QUOTED_LETTERS else f"{words[:QUOTED_LETTERS].rstrip()}…"


def text_of(paragraph: etree._Element) -> str:
    """The letters of a paragraph, without those of text boxes that are anchored in it."""
    runs = paragraph.iter(f"{WORD}t")
    return "".join(run.text or "" for run in runs if next(run.iterancestors(_P)) is paragraph)


def _part_names(package: Package) -> Iterator[tuple[str, str]]:
    """What each part is called, headers and footers by their pages."""
    pages = dict(_pages(package))
    for part in package.parts.values():
        yield part.name, _KINDS.get(part.kind, part.name) + pages.get(part.name, "")


def _pages(package: Package) -> Iterator[tuple[str, str]]:
    """On which pages each header and footer stands, where it is not on all."""
    targets: Mapping[tuple[str, str], str] = {
        (one.source, one.identifier): one.target for one in package.relations
    }
    for name, tree in package.trees("officeDocument"):
        sections = list(tree.iter(f"{WORD}sectPr"))
        for number, section in enumerate(sections, start=1):
            for reference in section.iter(f"{WORD}headerReference", f"{WORD}footerReference"):
                target = targets.get((name, reference.get(f"{{{OFFICE}}}id", "")), "")
                which = _PAGES.get(reference.get(f"{WORD}type", ""), "")
                yield target, which + (f" of section {number}" if len(sections) > 1 else "")


def _places_in(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Each paragraph, row and table with its place; those in text boxes have their anchor's."""
    paragraphs = tables = rows = inside = 0
    for element in tree.iter(_P, _TBL, _TR):
        around = {ancestor.tag for ancestor in element.iterancestors(_TBL, _BOX)}
        if _BOX in around:
            continue
        if element.tag == _TBL and not around:
            tables, rows = tables + 1, 0
            yield element, f"table {tables}"
        elif element.tag == _TR and len(list(element.iterancestors(_TBL))) == 1:
            rows, inside = rows + 1, 0
            yield element, f"table {tables}, row {rows}"
        elif element.tag == _P and around:
            inside += 1
            yield element, f"table {tables}, row {rows}, paragraph {inside}"
        elif element.tag == _P:
            paragraphs += 1
            yield element, f"paragraph {paragraphs}"
