"""What a letterhead shell may hold, and everything it may not.

A shell comes from outside, and its running headers and footers go into documents that are sent on.
So nothing in it may fetch, link, run or embed anything, name anybody, or be a template that does
more than print the few variables of :data:`VARIABLES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from planforms.errors import Problem
from planforms.pictures import fault_of_picture
from planforms.writers._shell_allowed import CONTENT_TYPES_ALLOWED, ELEMENTS, LEFT_BEHIND
from planforms.writers._shell_package import OFFICE, TAKEN, Package, Relation
from planforms.writers._word_xml import WORD

VARIABLES = {
    "organisation": "the organisation that issues the document",
    "title": "the document's title",
    "footer": "the small print: case number and title",
    "page": "the words for the running page number, such as Side 1 av 3",
}
"""The variables that a shell's running headers and footers may print, with their meaning."""

STYLES = {
    "heading 1": "paragraph",
    "heading 2": "paragraph",
    "heading 3": "paragraph",
    "body text": "paragraph",
    "letterhead": "paragraph",
    "entry": "paragraph",
    "list bullet": "paragraph",
    "list number": "paragraph",
    "list continue": "paragraph",
    "caption": "paragraph",
    "table text": "paragraph",
    "table header": "paragraph",
    "box summary": "paragraph",
    "box sign": "paragraph",
    "box note": "paragraph",
    "quote": "paragraph",
    "entry label": "character",
    "check box": "character",
}
"""The styles that a shell must have, by name in lower case, with their type."""

ADDED_STYLES = {
    "minor heading": "paragraph",
    "field": "paragraph",
    "field label": "paragraph",
    "small print": "paragraph",
    "matrix text": "paragraph",
    "matrix box": "paragraph",
    "matrix head": "paragraph",
    "group header": "paragraph",
    "letter table": "table",
    "form table": "table",
    "matrix table": "table",
}
"""Styles that a shell may change, but need not have: a missing one is the built-in letterhead's.

LibreOffice writes no styles of tables.
"""

_REFUSED = {
    "altChunk": ("shell.embedded", "an inserted file"),
    "aFChunk": ("shell.embedded", "an inserted file"),
    "object": ("shell.embedded", "an embedded object"),
    "OLEObject": ("shell.embedded", "an embedded object"),
    "oleObject": ("shell.embedded", "an embedded object"),
    "package": ("shell.embedded", "an embedded file"),
    "control": ("shell.embedded", "an ActiveX control"),
    "activeXControlBinary": ("shell.embedded", "an ActiveX control"),
    "subDoc": ("shell.embedded", "a subdocument"),
    "subDocument": ("shell.embedded", "a subdocument"),
    "vbaProject": ("shell.macro", "macros"),
    "wordVbaData": ("shell.macro", "macros"),
    "keyMapCustomizations": ("shell.macro", "keyboard commands"),
    "attachedToolbars": ("shell.macro", "toolbars"),
    "ffData": ("shell.macro", "a form field of an older Word, which may start macros"),
    "fldData": ("shell.field", "packed data of a field"),
    "ins": ("shell.author", "a tracked change"),
    "del": ("shell.author", "a tracked change"),
    "moveFrom": ("shell.author", "a tracked change"),
    "moveTo": ("shell.author", "a tracked change"),
    "hlinkClick": ("shell.external", "a link on a picture"),
    "hlinkHover": ("shell.external", "a link on a picture"),
}
"""What is said of some that no list allows; of others, what they are called."""
_HINTS = {
    "shell.external": "remove the link, the linked picture or the attached template in Word",
    "shell.macro": "save it in Word as a Word document without macros (.docx)",
    "shell.embedded": "remove it in Word; pictures may be pasted in as PNG or JPEG",
    "shell.content": "headers and footers may hold text, tables and pasted PNG or JPEG pictures",
    "shell.format": "save it in Word as a Word document (.docx), without what it does not need",
    "shell.size": "take out what the letterhead does not need, and save it anew in Word",
    "shell.image": "paste the picture in again as PNG, JPEG or GIF",
    "shell.author": "accept all tracked changes and delete all comments in Word",
    "shell.field": "of Word's fields, only PAGE, NUMPAGES, SECTIONPAGES and STYLEREF are allowed",
    "shell.variable": "allowed are " + ", ".join(f"{{{{ {name} }}}}" for name in VARIABLES),
    "shell.body": "the body is replaced by the document: put variables into header or footer",
    "shell.style": "copy the built-in letterhead and change its styles",
    "shell.measure": "open the letterhead in Word and save it anew",
    "shell.page": "set the paper size and the margins in Word",
}
_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF"})
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
    borderbottomcolor borderrightcolor bottom top left right width shadow
"""
"""What such a drawing may say of itself: its form, place and colour. None of it leads anywhere.

What Word keeps packed in ``gfxdata`` is taken away.
"""
_MEASURED = {
    f"{WORD}pgSz": ("w", "h"),
    f"{WORD}pgMar": ("top", "left", "right", "gutter"),
    f"{WORD}ind": ("left", "right"),
    **{f"{WORD}{side}": ("space",) for side in ("top", "left", "bottom", "right")},
    f"{WORD}abstractNum": ("abstractNumId",),
    f"{WORD}num": ("numId",),
}
_CONTENT_TYPE = re.compile(CONTENT_TYPES_ALLOWED)
MAX_ELEMENTS = 100_000
MAX_BRACES = 200
MAX_PROBLEMS = 50
_TAGS = re.compile(r"\{\{|\{%|\{#")
_PRINTING = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


class ShellEnvironment(ImmutableSandboxedEnvironment):
    """A Jinja environment that prints the plain :data:`VARIABLES`, escaped, and does nothing else.

    Every template that docxtpl makes of a shell goes through :meth:`_parse`, which Jinja calls
    before it compiles anything.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            plain = isinstance(node, _PRINTING)
            if not plain or (isinstance(node, nodes.Name) and node.name not in VARIABLES):
                raise TemplateSyntaxError("more than a plain variable", node.lineno, name, filename)
        return tree


ENVIRONMENT = ShellEnvironment()


def find_problems(package: Package) -> list[Problem]:
    """Everything that keeps a shell from being used, all at once."""
    if package.elements > MAX_ELEMENTS:
        message = f"the letterhead has more than {MAX_ELEMENTS} elements"
        return [*package.problems, _problem("shell.size", "letterhead", message)]
    problems = dict.fromkeys(package.problems)
    for check in (
        *(_relations, _others, _pictures, _body, _elements, _running_parts),
        *(_attributes, _measures, _styles),
    ):
        problems |= dict.fromkeys(islice(check(package), MAX_PROBLEMS))
    return list(problems)


def _problem(code: str, place: str, message: str) -> Problem:
    return Problem(code, place, message, _HINTS[code])


def _relations(package: Package) -> Iterator[Problem]:
    """References that are neither followed nor of those that an ordinary letterhead has."""
    for relation in package.others:
        place, kind = relation.source or "letterhead", relation.kind
        if relation.external:
            yield _problem("shell.external", place, f"refers to something outside ({kind})")
        elif kind in _REFUSED:
            code, what = _REFUSED[kind]
            yield _problem(code, place, f"contains {what}")
        elif not _stays_behind(relation, package):
            yield _problem("shell.content", place, f"contains something else ({kind})")


def _stays_behind(relation: Relation, package: Package) -> bool:
    """Whether what is meant may be there, though no document takes it."""
    source = package.parts.get(relation.source)
    if source is None:  # of a part that itself stays behind
        return relation.kind in LEFT_BEHIND or any(
            relation.kind in kinds for kinds in TAKEN.values()
        )
    body = source.kind in ("officeDocument", "settings")  # which are not taken as they stand
    return body and (relation.kind in LEFT_BEHIND or relation.kind == "image")


def _others(package: Package) -> Iterator[Problem]:
    """Parts whose content is of no kind that a letterhead has, taken or not."""
    for name, content_type in package.types.items():
        if content_type and not _CONTENT_TYPE.fullmatch(content_type):
            yield _problem("shell.format", name, "is no part of a plain Word document")


def _pictures(package: Package) -> Iterator[Problem]:
    for part in package.parts.values():
        if part.kind == "image" and (fault := fault_of_picture(bytes_of(part.content))):
            yield _problem("shell.image", part.name, fault)


def _body(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees("officeDocument"):
        if _TAGS.search("".join(map(str, tree.itertext()))):
            yield _problem("shell.body", name, "there is a variable in the body")
        section = tree.find(f"{WORD}body/{WORD}sectPr")
        if section is None or any(
            section.find(f"{WORD}{tag}") is None for tag in ("pgSz", "pgMar")
        ):
            yield _problem("shell.page", name, "the paper size or the margins are not set")


def _elements(package: Package) -> Iterator[Problem]:
    """Elements that stand in no list, each once in a part."""
    for name, tree in package.trees():
        if tree.tag == f"{WORD}settings":
            continue  # few of them are taken, and those hold nothing else
        told: set[tuple[str, str]] = set()
        for root in _taken_of(tree):
            told.update(fault for element in root.iter() if (fault := _fault_of(element)))
        yield from (_problem(code, name, message) for code, message in sorted(told))


def _fault_of(element: etree._Element) -> tuple[str, str] | None:
    tag = etree.QName(element)
    if element.get(f"{WORD}author"):
        return "shell.author", "names the author of a change"
    if tag.localname not in ELEMENTS.get(tag.namespace or "", ()):
        code, what = _REFUSED.get(
            tag.localname, ("shell.content", f"something else ({tag.localname})")
        )
        return code, f"contains {what}"
    return None


def _taken_of(tree: etree._Element) -> list[etree._Element]:
    """What a document takes of a part: of the body the page alone."""
    return list(tree.iter(f"{WORD}sectPr")) if tree.tag == f"{WORD}document" else [tree]


def _running_parts(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees("header", "footer", "numbering", "styles"):
        for code, message in (*_fields(tree), *_variables(tree)):
            yield _problem(code, name, message)


def _fields(tree: etree._Element) -> Iterator[tuple[str, str]]:
    for instruction in _field_instructions(tree):
        words = instruction.split()
        if not words or words[0].upper() not in _FIELDS:
            yield "shell.field", "contains a field that is not allowed"


def _field_instructions(tree: etree._Element) -> Iterator[str]:
    """What each field does; Word cuts an instruction into several pieces as it likes."""
    pieces: list[list[str]] = []
    for element in tree.iter(f"{WORD}fldSimple", f"{WORD}fldChar", f"{WORD}instrText"):
        kind = element.get(f"{WORD}fldCharType")
        if element.tag == f"{WORD}fldSimple":
            yield element.get(f"{WORD}instr", "")
        elif kind == "begin":
            pieces.append([])
        elif kind == "end":
            yield "".join(pieces.pop()) if pieces else ""
        elif element.tag == f"{WORD}instrText":
            pieces = pieces or [[]]
            pieces[-1].append(element.text or "")
    for rest in pieces:
        yield "".join(rest)


def _variables(tree: etree._Element) -> Iterator[tuple[str, str]]:
    text = "".join(map(str, tree.itertext()))
    if text.count("{") > MAX_BRACES:
        yield "shell.variable", "contains too many braces"
        return
    if "{%" in text or "{#" in text:
        yield "shell.variable", "contains a template instruction"
    for content in re.findall(r"\{\{(.*?)(?:\}\}|$)", text, re.DOTALL):
        if content.strip() not in VARIABLES:
            yield "shell.variable", "prints something that is not a plain variable"


def _attributes(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees():
        for element in (element for root in _taken_of(tree) for element in root.iter("{*}*")):
            for key, value in element.items():
                attribute = etree.QName(key).localname
                if not _is_allowed(str(key)):
                    yield _problem("shell.external", name, f"the attribute {attribute} leads away")
                if not _may_draw(element, str(key)):
                    message = f"a drawing has the attribute {attribute}, which it does not need"
                    yield _problem("shell.external", name, message)
                if _TAGS.search(str(value)):
                    yield _problem("shell.variable", name, "a variable stands outside of text")
                if _ADDRESS.match(str(value)) and attribute not in _NAMESPACE_ATTRIBUTES:
                    yield _problem(
                        "shell.external", name, f"the attribute {attribute} is an address"
                    )


def _is_allowed(key: str) -> bool:
    """Whether an attribute is none that refers to something, or one that refers to a part."""
    name = etree.QName(key)
    return name.namespace != OFFICE or name.localname in ("id", "embed")


def _may_draw(element: etree._Element, key: str) -> bool:
    """Whether an attribute is none of an old drawing, or one of those that lead nowhere."""
    owner, attribute = etree.QName(element).namespace or "", etree.QName(key)
    if _OLD_DRAWINGS not in (owner + (attribute.namespace or "")):
        return True
    by_relation = attribute.namespace == OFFICE and attribute.localname in ("id", "embed")
    return by_relation or attribute.localname in _DRAWN.split()


def _measures(package: Package) -> Iterator[Problem]:
    """The numbers that the writer counts with; Word itself writes them without a unit."""
    for name, tree in package.trees("officeDocument", "styles", "numbering"):
        for element in tree.iter(*_MEASURED):
            values = (element.get(f"{WORD}{key}", "0") for key in _MEASURED[str(element.tag)])
            if not all(re.fullmatch("-?[0-9]{1,9}", value) for value in values):
                yield _problem("shell.measure", name, "contains a length or number with a unit")


def _styles(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees("styles"):
        found = style_ids(tree)
        for style, kind in STYLES.items():
            if (style, kind) not in found:
                yield _problem("shell.style", name, f"the {kind} style {style!r} is missing")
        named = {style for style, _ in found}
        for style, kind in ADDED_STYLES.items():
            if (style, kind) not in found and style in named:
                message = f"the style {style!r} is not one of a {kind}"
                yield _problem("shell.style", name, message)


def style_ids(styles: etree._Element) -> dict[tuple[str, str], str]:
    """Identifiers of all styles by name in lower case and type, as Word compares them."""
    found = {}
    for style in styles.iter(f"{WORD}style"):
        name = style.find(f"{WORD}name")
        if name is not None:
            key = (name.get(f"{WORD}val", "").lower(), style.get(f"{WORD}type", "paragraph"))
            found[key] = style.get(f"{WORD}styleId", "")
    return found


def bytes_of(content: etree._Element | bytes) -> bytes:
    """A part's content as it stands in the archive."""
    if isinstance(content, bytes):
        return content
    return etree.tostring(content, encoding="UTF-8", standalone=True)
