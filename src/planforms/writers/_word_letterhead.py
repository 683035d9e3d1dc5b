"""The letterhead of a Word document: a shell filled by docxtpl, with what a document sets in it.

All that documents of one look share is made once and kept, which takes as long as writing a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.part import Part, XmlPart
from lxml import etree

from planforms.document import Document
from planforms.writers._accent import checked_accent
from planforms.writers._word_pages import turn_pages
from planforms.writers._word_paragraphs import clean
from planforms.writers._word_xml import SPACE, WORD, add
from planforms.writers.shell import Shell, load_shell

_LOOKS = 16
"""How many looks are kept, each some 60 kB and as large as its shell's pictures."""

_FIELDS = {"\ue000": "PAGE", "\ue001": "NUMPAGES"}
"""Letters of the private use area that stand for a field until the shell is filled."""
_PAGE, _PAGES = _FIELDS
_FOOTER = "\ue002"
"""The letter that stands for the running footer, which each document has of its own."""
_KEPT_OUT = re.compile(f"[{_PAGE}{_PAGES}{_FOOTER}]")
_AFTER_HYPHENS = (
    *("w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE"),
    *("w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
    *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr"),
    *("w:sectPr", "w:pPrChange"),
)
"""What stands after the mark that keeps words whole, among the properties of a paragraph."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class _Look:
    """What documents share whose letterhead is the same but for the running footer."""

    shell: bytes | None
    organisation: str
    title: str
    page: str
    accent: str
    locale: str
    whole_words: bool
    landscape: bool


def with_letterhead(document: Document) -> WordDocument:
    """A new Word document with the document's letterhead and an empty body.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: the service's letterhead shell cannot be used.
    """
    page = one_line(document.footer.page).replace("{pages}", _PAGES).replace("{page}", _PAGE)
    look = _Look(
        document.shell,
        one_line(document.author),
        one_line(document.title),
        page,
        checked_accent(document)[1:].upper(),
        document.locale,
        document.whole_words,
        document.landscape,
    )
    content, footers = _prepared(look)
    word = docx.Document(BytesIO(content))
    for part in word.part.package.iter_parts():
        if part.partname in footers and isinstance(part, XmlPart):
            _write_footer(part.element, one_line(document.footer.text))
    return word


def one_line(text: str) -> str:
    """The words in one line, without the letters that stand for something else here."""
    return " ".join(_KEPT_OUT.sub("", clean(text)).split())


@lru_cache(_LOOKS)
def _prepared(look: _Look) -> tuple[bytes, frozenset[str]]:
    """The file of a look, and the names of those of its parts that print the running footer."""
    shell = load_shell(look.shell)
    word = shell.fill(
        {
            "organisation": look.organisation,
            "title": look.title,
            "footer": _FOOTER,
            "page": look.page,
        }
    )
    footers = set()
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart):
            _place_page_numbers(part.element)
            _set_accent(part.element, look.accent)
            if any(_FOOTER in (text.text or "") for text in part.element.iter(f"{WORD}t")):
                footers.add(str(part.partname))
        elif part.partname.startswith("/word/theme/"):
            _set_theme_accent(part, look.accent)
    _finish(word, look, shell)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue(), frozenset(footers)


def _finish(word: WordDocument, look: _Look, shell: Shell) -> None:
    set_language(word, look.locale)
    if look.whole_words:
        _keep_words_whole(word, shell.styles["matrix head"])
    if look.landscape:
        turn_pages(word)


def _write_footer(root: etree._Element, words: str) -> None:
    for text in root.iter(f"{WORD}t"):
        if _FOOTER in (text.text or ""):
            text.text = (text.text or "").replace(_FOOTER, words)


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


def set_language(word: WordDocument, locale: str) -> None:
    """Say in a file which language its words are in."""
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
