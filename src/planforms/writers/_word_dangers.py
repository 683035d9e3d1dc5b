"""What in a Word file from outside may fetch, link, run or embed something, or name somebody.

The same holds of letterhead shells and of offices' own templates: whatever stands in no list of
:mod:`planforms.writers._word_allowed` is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from planforms.pictures import fault_of_picture
from planforms.writers._word_allowed import (
    CONTENT_TYPES_ALLOWED,
    ELEMENTS,
    ELEMENTS_OF_BODY,
    LEFT_BEHIND,
)
from planforms.writers._word_faults import FileFault
from planforms.writers._word_package import OF_LETTERHEAD, OFFICE, Package, Relation
from planforms.writers._word_xml import WORD

MAX_ELEMENTS = 100_000
TAGS = re.compile(r"\{\{|\{%|\{#")
"""Finds where a tag begins."""

_REFUSED = {
    "altChunk": ("embedded", "an inserted file"),
    "aFChunk": ("embedded", "an inserted file"),
    "object": ("embedded", "an embedded object"),
    "OLEObject": ("embedded", "an embedded object"),
    "oleObject": ("embedded", "an embedded object"),
    "package": ("embedded", "an embedded file"),
    "control": ("embedded", "an ActiveX control"),
    "activeXControlBinary": ("embedded", "an ActiveX control"),
    "subDoc": ("embedded", "a subdocument"),
    "subDocument": ("embedded", "a subdocument"),
    "vbaProject": ("macro", "macros"),
    "wordVbaData": ("macro", "macros"),
    "keyMapCustomizations": ("macro", "keyboard commands"),
    "attachedToolbars": ("macro", "toolbars"),
    "ffData": ("macro", "a form field of an older Word, which may start macros"),
    "fldData": ("field", "packed data of a field"),
    "ins": ("author", "a tracked change"),
    "del": ("author", "a tracked change"),
    "moveFrom": ("author", "a tracked change"),
    "moveTo": ("author", "a tracked change"),
    "delText": ("author", "a tracked change"),
    "delInstrText": ("author", "a tracked change"),
    "cellIns": ("author", "a tracked change"),
    "cellDel": ("author", "a tracked change"),
    "cellMerge": ("author", "a tracked change"),
    "commentReference": ("author", "a comment"),
    "commentRangeStart": ("author", "a comment"),
    "commentRangeEnd": ("author", "a comment"),
    "hlinkClick": ("external", "a link on a picture"),
    "hlinkHover": ("external", "a link on a picture"),
}
"""What is said of some that no list allows: the sort of fault, and what they are."""
_OUTSIDE = {
    "image": "a linked picture",
    "hyperlink": "a link",
    "attachedTemplate": "an attached template",
    "mailMergeSource": "a source of mail merge",
    "mailMergeHeaderSource": "a source of mail merge",
    "recipientData": "a source of mail merge",
    "oleObject": "a linked object",
    "subDocument": "a subdocument",
    "frame": "a frame of a web page",
}
"""What is meant by the references that people make without noticing."""
_ADDRESS = re.compile(
    r"\s*(//|\\\\|[a-z]:\\|[a-z][a-z0-9+.-]*://|(file|mailto|data|https?|ftp):)", re.I
)
_NAMESPACE_ATTRIBUTES = frozenset({"uri", "prefixMappings"})
_OLD_DRAWINGS = "urn:schemas-microsoft-com:"
"""How the namespaces begin of the drawings that Word keeps from before 2007 (VML)."""
_DRAWN = """
    id name style type spid spt ext alt title v edit coordsize coordorigin path adj eqn limo
    textboxrect connecttype connectlocs connectangles gradientshapeok extrusionok textpathok
    from to control1 control2 arcsize points startangle endangle position filled fillcolor fill
    color color2 opacity opacity2 angle focus focusposition focussize method rotate recolor on
    aspect size origin colors stroked strokecolor strokeweight weight linestyle joinstyle
    miterlimit endcap dashstyle startarrow endarrow startarrowwidth startarrowlength
    endarrowwidth endarrowlength offset offset2 obscured matrix inset insetmode insetpen
    wrapcoords wrapcoordsx anchorx anchory side anchorlock aspectratio rotation grouping
    ungrouping shapetype selection cropping verticies adjusthandles text lock allowincell
    allowoverlap oned regroupid bwmode bwpure bwnormal hr hrstd hrnoshade hrpct hralign print
    preferrelative relid croptop cropleft cropright cropbottom grayscale bilevel chromakey gain
    blacklevel gamma string fitshape fitpath trim xscale xrange yrange polar radiusrange switch
    invx invy map spidmax data idref connectloc start end gfxdata bordertopcolor borderleftcolor
    borderbottomcolor borderrightcolor bottom top left right width shadow ID detectmouseclick
"""
"""What such a drawing may say of itself: its form, place and colour. None of it leads anywhere.

What Word keeps packed in ``gfxdata`` is taken away.
"""
_CONTENT_TYPE = re.compile(CONTENT_TYPES_ALLOWED)


def dangers(package: Package) -> Iterator[Iterator[FileFault]]:
    """Everything dangerous, sort by sort: one may be more than anybody wants to read."""
    yield _relations(package)
    yield _others(package)
    yield _pictures(package)
    yield _elements(package)
    yield _attributes(package)


def _relations(package: Package) -> Iterator[FileFault]:
    """References that are neither followed nor of those that an ordinary file has."""
    for relation in package.others:
        if fault := _fault_of_relation(relation, package):
            users = _users(relation, package) or [None]
            yield from (FileFault(fault[0], relation.source, fault[1], user) for user in users)


def _fault_of_relation(relation: Relation, package: Package) -> tuple[str, str] | None:
    kind = relation.kind
    if relation.external:
        return "external", f"refers to something outside: {_OUTSIDE.get(kind, kind)}"
    if kind in _REFUSED:
        sort, what = _REFUSED[kind]
        return sort, f"contains {what}"
    if not _stays_behind(relation, package):
        return "content", f"contains something else ({kind})"
    return None


def _users(relation: Relation, package: Package) -> list[etree._Element | None]:
    """Where in its part a reference is used."""
    part = package.parts.get(relation.source)
    if part is None or isinstance(part.content, bytes):
        return []
    elements = part.content.iter("{*}*")
    return [one for one in elements if relation.identifier in _references(one)]


def _references(element: etree._Element) -> Iterator[str]:
    return (str(v) for key, v in element.items() if etree.QName(key).namespace == OFFICE)


def _stays_behind(relation: Relation, package: Package) -> bool:
    """Whether what is meant may be there, though no document takes it."""
    source = package.parts.get(relation.source)
    if source is None:  # of a part that itself stays behind
        kinds = set().union(*package.taking.values())
        return relation.kind in LEFT_BEHIND | kinds
    if source.kind not in ("officeDocument", "settings"):
        return False
    picture = package.taking is OF_LETTERHEAD and relation.kind == "image"  # of its own body
    return picture or relation.kind in LEFT_BEHIND


def _others(package: Package) -> Iterator[FileFault]:
    """Parts whose content is of no kind that such a file has, taken or not."""
    for name, content_type in package.types.items():
        if content_type and not _CONTENT_TYPE.fullmatch(content_type):
            yield FileFault("format", name, "is no part of a plain Word document")


def _pictures(package: Package) -> Iterator[FileFault]:
    """Pictures that cannot be printed, told where they are used."""
    for relation in package.relations:
        part = package.parts.get(relation.target)
        if part and part.kind == "image" and isinstance(part.content, bytes):
            fault = fault_of_picture(part.content)
            for user in (_users(relation, package) or [None]) if fault else ():
                yield FileFault("image", relation.source, f"a picture is {fault}", user)


def _elements(package: Package) -> Iterator[FileFault]:
    """Elements that stand in no list."""
    whole = package.taking is not OF_LETTERHEAD
    for name, element in _taken_of(package):
        if fault := _fault_of(element, whole=whole):
            yield FileFault(fault[0], name, fault[1], element)


def _fault_of(element: etree._Element, *, whole: bool) -> tuple[str, str] | None:
    tag = etree.QName(element)
    allowed = tag.localname in ELEMENTS.get(tag.namespace or "", ())
    allowed = allowed or (whole and tag.localname in ELEMENTS_OF_BODY.get(tag.namespace or "", ()))
    if element.get(f"{WORD}author"):
        return "author", "contains a tracked change"
    if element.get(f"{WORD}ed"):
        return "author", "names somebody who may edit"
    if not allowed:
        sort, what = _REFUSED.get(tag.localname, ("content", f"something else ({tag.localname})"))
        return sort, f"contains {what}"
    return None


def _taken_of(package: Package) -> Iterator[tuple[str, etree._Element]]:
    """The elements that a document takes: of a letterhead's body the page alone.

    Few settings are taken, and those hold nothing else.
    """
    for name, tree in package.trees():
        roots = [] if tree.tag == f"{WORD}settings" else [tree]
        if package.taking is OF_LETTERHEAD and tree.tag == f"{WORD}document":
            roots = list(tree.iter(f"{WORD}sectPr"))
        yield from ((name, element) for root in roots for element in root.iter("{*}*"))


def _attributes(package: Package) -> Iterator[FileFault]:
    """Attributes that refer to something, tell of a file, or hold a tag."""
    trees = ((name, e) for name, t in package.trees("settings") for e in t.iter("{*}*"))
    outside = {(one.source, one.identifier) for one in package.others if one.external}
    for name, element in (*trees, *_taken_of(package)):
        for key, value in element.items():
            if (name, value) in outside and etree.QName(key).namespace == OFFICE:
                continue  # told already, with what it leads to
            for kind, message in _faults_of_attribute(element, str(key), str(value)):
                yield FileFault(kind, name, message, element)


def _faults_of_attribute(
    element: etree._Element, key: str, value: str
) -> Iterator[tuple[str, str]]:
    attribute = etree.QName(key).localname
    if not _is_allowed(key):
        yield "external", f"the attribute {attribute} leads away"
    if not _may_draw(element, key):
        yield "external", f"a drawing has the attribute {attribute}, which it does not need"
    if TAGS.search(value):
        yield "hidden", "a tag stands outside of text"
    if _ADDRESS.match(value) and attribute not in _NAMESPACE_ATTRIBUTES:
        yield "external", f"the attribute {attribute} is an address"


def _is_allowed(key: str) -> bool:
    """Whether an attribute is none that refers to something, or one that refers to a part."""
    name = etree.QName(key)
    return name.namespace != OFFICE or name.localname in ("id", "embed")


def _may_draw(element: etree._Element, key: str) -> bool:
    """Whether an attribute is none of an old drawing, or one of those that lead nowhere."""
    owner, attribute = etree.QName(element).namespace or "", etree.QName(key)
    is_old = _OLD_DRAWINGS in (owner + (attribute.namespace or ""))
    if not is_old or etree.QName(element).localname in _REFUSED:  # which is told by itself
        return True
    by_relation = attribute.namespace == OFFICE and attribute.localname in ("id", "embed")
    return by_relation or attribute.localname in _DRAWN.split()
