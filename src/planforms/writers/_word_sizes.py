"""Word documents of larger letters: every length of a finished one but those of its paper.

The body is written for letters of the usual size, on a page with less room. Then all is enlarged at
once, the styles of the letterhead with it, so that a service's own letterhead needs no second one.
"""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from lxml import etree

from planforms.writers._word_pages import running_tabs
from planforms.writers._word_xml import WORD

_LETTERS: dict[str, tuple[str, ...]] = {
    "sz": ("val",),
    "szCs": ("val",),
    "position": ("val",),
    "spacing": ("before", "after", "line", "val"),
}
"""Elements of Word's that say how large letters are or how far apart, and the attributes in which
they do."""
_WIDTHS: dict[str, tuple[str, ...]] = {
    "trHeight": ("val",),
    "ind": ("left", "right", "start", "end", "hanging", "firstLine"),
    "tab": ("pos",),
    **dict.fromkeys(("tcW", "tblW", "tblInd", "gridCol"), ("w",)),
    **dict.fromkeys(("top", "left", "start", "bottom", "right", "end"), ("w",)),
}
"""The same of what is as wide or high as its words are."""
_RUNNING = ("/word/header", "/word/footer")
"""What is as wide as the paper, whatever its letters."""
_WHOLE = ("/word/document", "/word/styles", "/word/numbering")
_PICTURE = ("{*}extent", "{*}ext")
_WORDS_OWN_SIZE = "20"
"""How large Word draws letters where nothing tells, in half points."""


def enlarge(word: WordDocument, scale: float) -> None:
    """Enlarge what a Word document says; its pages stay as large as they are."""
    if scale == 1:
        return
    _name_size(word)
    fixed = set(running_tabs(word))
    for part in word.part.package.iter_parts():
        name = str(part.partname)
        if isinstance(part, XmlPart) and name.startswith(_WHOLE):
            _enlarge(part.element, {**_LETTERS, **_WIDTHS}, scale, fixed)
            _enlarge_pictures(part.element, scale)
        elif isinstance(part, XmlPart) and name.startswith(_RUNNING):
            _enlarge(part.element, _LETTERS, scale, fixed)


def enlarge_letters(word: WordDocument, scale: float) -> None:
    """Enlarge the letters of a Word document that is as wide as its page already."""
    if scale == 1:
        return
    _name_size(word)
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart) and str(part.partname).startswith((*_WHOLE, *_RUNNING)):
            _enlarge(part.element, _LETTERS, scale, set())


def _name_size(word: WordDocument) -> None:
    """Say how large letters are where nothing tells, so that those are enlarged as well."""
    for look in word.styles.element.iterfind(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr"):
        if look.find(f"{WORD}sz") is None:
            look.get_or_add_sz().set(f"{WORD}val", _WORDS_OWN_SIZE)


def _enlarge(
    root: etree._Element,
    lengths: dict[str, tuple[str, ...]],
    scale: float,
    fixed: set[etree._Element],
) -> None:
    for tag, keys in lengths.items():
        for element in root.iter(WORD + tag):
            if element not in fixed:
                _enlarge_element(element, [WORD + key for key in keys], scale)


def _enlarge_element(element: etree._Element, keys: list[str], scale: float) -> None:
    is_share = element.get(f"{WORD}type") in ("pct", "auto")
    in_lines = element.get(f"{WORD}lineRule") not in ("exact", "atLeast")
    for key in keys:
        value = element.get(key)
        if value is None or is_share or (key == f"{WORD}line" and in_lines):
            continue
        element.set(key, str(round(float(value) * scale)))


def _enlarge_pictures(root: etree._Element, scale: float) -> None:
    for element in root.iter(*_PICTURE):
        for key in ("cx", "cy"):
            if element.get(key):
                element.set(key, str(round(int(element.get(key, 0)) * scale)))
