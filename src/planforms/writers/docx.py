"""The Word document: a letterhead shell filled by docxtpl, its body written from the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime, time
from io import BytesIO
from zipfile import ZipFile

from docx.document import Document as WordDocument
from docx.opc.part import Part, XmlPart
from lxml import etree

from planforms.document import Document
from planforms.placement import place
from planforms.writers._accent import checked_accent
from planforms.writers._archive import pack
from planforms.writers._word_body import write_body
from planforms.writers._word_controls import ControlWriter
from planforms.writers._word_pages import turn_pages
from planforms.writers._word_paragraphs import clean
from planforms.writers._word_xml import SPACE, WORD, add
from planforms.writers.shell import load_shell

UNDATED = datetime(1980, 1, 1)
"""The date in the properties of a document without a date of issue: where ZIP's time begins."""

_FIELDS = {"\ue000": "PAGE", "\ue001": "NUMPAGES"}
"""Letters of the private use area that stand for a field until the shell is filled."""
_PAGE, _PAGES = _FIELDS
_AFTER_HYPHENS = (
    *("w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE"),
    *("w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
    *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr"),
    *("w:sectPr", "w:pPrChange"),
)
"""What stands after the mark that keeps words whole, among the properties of a paragraph."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def to_docx(document: Document, *, fillable: bool = False) -> bytes:
    """The document as a Word file (.docx); the same document gives the same bytes.

    Args:
        document: the document.
        fillable: whether its empty fields and boxes are controls that can be filled in.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: the service's letterhead shell cannot be used.
    """
    accent = checked_accent(document)[1:].upper()
    shell = load_shell(document.shell)
    word = shell.fill(_variables(document))
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart):
            _place_page_numbers(part.element)
            _set_accent(part.element, accent)
        elif part.partname.startswith("/word/theme/"):
            _set_theme_accent(part, accent)
    _set_language(word, document.locale)
    if document.whole_words:
        _keep_words_whole(word, shell.styles["matrix head"])
    if document.landscape:
        turn_pages(word)
    controls = ControlWriter(document) if fillable else None
    write_body(word, shell, place(document.blocks), controls)
    if controls:
        controls.finish(word.part)
    _set_properties(word, document)
    return _save(word)


def _variables(document: Document) -> dict[str, str]:
    page = _line(document.footer.page).replace("{pages}", _PAGES).replace("{page}", _PAGE)
    return {
        "organisation": _line(document.author),
        "title": _line(document.title),
        "footer": _line(document.footer.text),
        "page": page,
    }


def _line(text: str) -> str:
    return " ".join(re.sub(f"[{_PAGE}{_PAGES}]", "", clean(text)).split())


def _place_page_numbers(root: etree._Element) -> None:
    """Put Word's fields for the page number and the number of pages where they are to stand."""
    for run in list(root.iter(f"{WORD}r")):
        words = "".join(map(str, run.itertext(f"{WORD}t")))
        if _PAGE in words or _PAGES in words:
            for part in _split(run):
                run.addprevious(part)
            parent = run.getparent()
            assert parent is not None
            parent.remove(run)


def _split(run: etree._Element) -> Iterator[etree._Element]:
    look = run.find(f"{WORD}rPr")
    for child in run:
        if child.tag != f"{WORD}t":
            if child is not look:
                yield _run(look, child)
            continue
        for part in filter(None, re.split(f"([{_PAGE}{_PAGES}])", child.text or "")):
            text = etree.Element(f"{WORD}t", {SPACE: "preserve"})
            text.text = "1" if part in _FIELDS else part
            yield _field(_FIELDS[part], _run(look, text)) if part in _FIELDS else _run(look, text)


def _run(look: etree._Element | None, child: etree._Element) -> etree._Element:
    run = etree.Element(f"{WORD}r")
    run.extend([deepcopy(part) for part in (look, child) if part is not None])
    return run


def _field(instruction: str, run: etree._Element) -> etree._Element:
    field = etree.Element(f"{WORD}fldSimple", {f"{WORD}instr": f" {instruction} "})
    field.append(run)
    return field


def _set_accent(root: etree._Element, accent: str) -> None:
    """Give the document's accent to what has the theme colour "Accent 1"."""
    for element in root.iter(f"{WORD}*"):
        if element.get(f"{WORD}themeColor") == "accent1":
            element.set(f"{WORD}val" if element.tag == f"{WORD}color" else f"{WORD}color", accent)
        if element.get(f"{WORD}themeFill") == "accent1":
            element.set(f"{WORD}fill", accent)


def _set_theme_accent(part: Part, accent: str) -> None:
    theme = etree.fromstring(part.blob)
    for colour in theme.iter(f"{_DRAWING}accent1"):
        colour[:] = [etree.Element(f"{_DRAWING}srgbClr", {"val": accent})]
    part._blob = etree.tostring(theme, encoding="UTF-8", standalone=True)


def _set_language(word: WordDocument, locale: str) -> None:
    styles = word.styles.element
    defaults = styles.find(f"{WORD}docDefaults")
    if defaults is None:
        defaults = etree.Element(f"{WORD}docDefaults")
        styles.insert(0, defaults)
    parent = defaults
    for tag in ("rPrDefault", "rPr"):
        child = parent.find(f"{WORD}{tag}")
        parent = add(parent, tag) if child is None else child
    add(parent, "lang", val=locale)
    for element in word.settings.element.iter(f"{WORD}themeFontLang"):
        element.attrib.clear()
        element.set(f"{WORD}val", locale)


def _keep_words_whole(word: WordDocument, matrix_head: str) -> None:
    """Break no words at the ends of lines, whatever the shell says, but in heads of a matrix.

    Their columns are narrow, and without a hyphen they would break anywhere.
    """
    for style in word.styles.element.iter(f"{WORD}style"):
        if style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}styleId") != matrix_head:
            properties = style.get_or_add_pPr()
            for element in properties.findall(f"{WORD}suppressAutoHyphens"):
                properties.remove(element)
            suppress = properties.makeelement(f"{WORD}suppressAutoHyphens")
            properties.insert_element_before(suppress, *_AFTER_HYPHENS)


def _set_properties(word: WordDocument, document: Document) -> None:
    """Set the properties after docxtpl, which would escape them a second time."""
    properties = word.core_properties
    properties._element[:] = []
    properties.title = _line(document.title)
    properties.author = _line(document.author)
    properties.language = document.language
    if document.keywords:
        properties.keywords = ", ".join(map(_line, document.keywords))
    issued = document.issued_on
    properties.created = datetime.combine(issued, time()) if issued else UNDATED
    properties.modified = properties.created


def _save(word: WordDocument) -> bytes:
    """The file's bytes; python-docx itself would write the time of day into them."""
    buffer = BytesIO()
    word.save(buffer)
    _release(word)
    with ZipFile(buffer) as archive:
        return pack((name, archive.read(name)) for name in archive.namelist())


def _release(word: WordDocument) -> None:
    """Give the XML trees back now: python-docx's objects refer to each other in circles."""
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart):
            part.element.clear()
