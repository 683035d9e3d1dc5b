"""Takes out of Word's XML what tells of editors, is not valid, or is set by a document itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from planforms.writers._word_xml import WORD

_SESSION_MARKS = (
    f"{WORD}rsid",
    "{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
    "{http://schemas.microsoft.com/office/word/2010/wordml}textId",
)
_TAKEN_OUT = tuple(f"{WORD}{tag}" for tag in ("lang", "printerSettings", "rsid"))
_COPIES = ("{urn:schemas-microsoft-com:office:office}gfxdata",)
"""Where Word keeps another copy of a drawing, packed: nobody could look into it."""
_KEPT_SETTINGS = re.compile(
    "embedTrueTypeFonts|saveSubsetFonts|mirrorMargins|bordersDoNotSurround(Header|Footer)|"
    "gutterAtTop|defaultTabStop|autoHyphenation|consecutiveHyphenLimit|hyphenationZone|"
    "doNotHyphenateCaps|evenAndOddHeaders|characterSpacingControl|compat|themeFontLang|"
    "clrSchemeMapping|decimalSymbol|listSeparator"
)


_VAL = f"{WORD}val"
_SIDES, _SWITCH = {"start": "left", "end": "right"}, {"true": "on", "false": "off"}
_NEWER = {
    f"{WORD}jc": _SIDES,
    f"{WORD}lvlJc": _SIDES,
    f"{WORD}cantSplit": _SWITCH,
    f"{WORD}tblHeader": _SWITCH,
}
"""Values of a newer standard, which LibreOffice writes, and those that every Word knows.

ECMA-376, first edition, part 4: ST_Jc and ST_OnOff.
"""
_UNKNOWN = {
    f"{WORD}charset": (f"{WORD}characterSet",),
    "{urn:schemas-microsoft-com:vml}shape": ("ID",),
    "{urn:schemas-microsoft-com:vml}rect": ("ID", "path"),
    "{urn:schemas-microsoft-com:vml}oval": ("ID", "path"),
    "{urn:schemas-microsoft-com:vml}line": ("ID", "path"),
}
"""Attributes that LibreOffice writes and no standard knows there."""


def clean(tree: etree._Element) -> None:
    """Clean a part: marks of sessions, copies of drawings, languages, and most settings."""
    if tree.tag == f"{WORD}settings":
        remove(child for child in list(tree) if not _is_kept_setting(child))
    remove(list(tree.iter(*_TAKEN_OUT)))
    for element in tree.iter("{*}*"):
        for key in element.attrib:
            if str(key).startswith(_SESSION_MARKS) or key in _COPIES:
                del element.attrib[key]
    _mend(tree)


def _mend(tree: etree._Element) -> None:
    """Write what other programs write otherwise in the way that every Word knows."""
    for element in tree.iter(*_NEWER):
        value = element.get(_VAL, "")
        if value in _NEWER[str(element.tag)]:
            element.set(_VAL, _NEWER[str(element.tag)][value])
    for element in tree.iter(*_UNKNOWN):
        for key in _UNKNOWN[str(element.tag)]:
            element.attrib.pop(key, "")


def _is_kept_setting(element: etree._Element) -> bool:
    return bool(_KEPT_SETTINGS.fullmatch(etree.QName(element).localname))


def remove(elements: Iterable[etree._Element]) -> None:
    """Take elements out of their parents."""
    for element in elements:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
