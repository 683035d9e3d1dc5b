"""The fields of Word files: what Word would put in place of them, and which may be there.

ECMA-376 part 1, 17.16.5 lists them; Word cuts what a field does into pieces as it likes.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from planforms.writers._word_faults import FileFault
from planforms.writers._word_xml import WORD

ALLOWED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF")
"""What counts pages, or repeats a heading above them."""
_REASONS = {
    "loads something from elsewhere": """
        INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK DDE DDEAUTO EMBED RD DATABASE HYPERLINK
        AUTOTEXT AUTOTEXTLIST GLOSSARY
    """,
    "runs something": "MACROBUTTON GOTOBUTTON PRINT CONTROL HTMLCONTROL ADDIN PRIVATE",
    "is one of mail merge, which a tag takes the place of": """
        MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF SKIPIF ASK FILLIN SET ADDRESSBLOCK GREETINGLINE
    """,
    "shows what Word knows when somebody opens the file": """
        AUTHOR USERNAME USERINITIALS USERADDRESS LASTSAVEDBY FILENAME FILESIZE TEMPLATE INFO
        DOCPROPERTY DOCVARIABLE COMMENTS KEYWORDS SUBJECT TITLE REVNUM EDITTIME DATE TIME
        CREATEDATE SAVEDATE PRINTDATE NUMWORDS NUMCHARS
    """,
}
_REASON = {name: reason for reason, names in _REASONS.items() for name in names.split()}


def field_faults(part: str, tree: etree._Element) -> Iterator[FileFault]:
    """The fields of a part that may not be there, each where it begins."""
    for element, instruction in instructions(tree):
        words = instruction.split()
        name = words[0].upper() if words else ""
        if name not in ALLOWED:
            reason = _REASON.get(name)
            what = (
                f"the field {name} {reason}" if reason else "contains a field that is not allowed"
            )
            yield FileFault("field", part, what, element)


def instructions(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """What each field does, with the element that it begins at."""
    pieces: list[tuple[etree._Element, list[str]]] = []
    for element in tree.iter(f"{WORD}fldSimple", f"{WORD}fldChar", f"{WORD}instrText"):
        kind = element.get(f"{WORD}fldCharType")
        if element.tag == f"{WORD}fldSimple":
            yield element, element.get(f"{WORD}instr", "")
        elif kind == "begin":
            pieces.append((element, []))
        elif kind == "end":
            if pieces:
                begin, texts = pieces.pop()
                yield begin, "".join(texts)
            else:
                yield element, ""
        elif element.tag == f"{WORD}instrText":
            pieces = pieces or [(element, [])]
            pieces[-1][1].append(element.text or "")
    for begin, texts in pieces:
        yield begin, "".join(texts)
