"""The structure tree of a tagged PDF: what a screen reader is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import pikepdf

from tests.reading.glyphs import Glyph, read_glyphs

MarkedContent = dict[tuple[int, int | None], list[Glyph]]


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element.

    Attributes:
        tag: the standard structure type, such as ``P`` or ``TH``.
        children: elements, and the letters between them, in reading order.
        replacement: the alternate description or the actual text, if it has one; of a field of a
            form, what stands in it.
        scope: of a header cell, ``Row``, ``Column`` or ``Both``.
        span: over how many columns a cell goes.
        language: the language that it is said to be in; empty if nothing is said.
    """

    tag: str
    children: tuple[Element | Glyph, ...]
    replacement: str | None = None
    scope: str | None = None
    span: int = 1
    language: str = ""

    def elements(self) -> Iterator[Element]:
        """This element and all within it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def inner(self) -> list[Element]:
        """The elements directly within it."""
        return [child for child in self.children if isinstance(child, Element)]


@lru_cache(maxsize=1)
def read_structure(data: bytes) -> Element:
    """The structure tree; raises ValueError if the file has none."""
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            raise ValueError("the PDF is not tagged: it has no structure tree")
        return _Reader(pdf, _marked_content(data)).read()


def _marked_content(data: bytes) -> MarkedContent:
    content: MarkedContent = defaultdict(list)
    for glyph in read_glyphs(data):
        content[glyph.page, glyph.mark.mcid].append(glyph)
    return content


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf, content: MarkedContent) -> None:
        self._root = pdf.Root.StructTreeRoot
        self._roles = self._root.get("/RoleMap", pikepdf.Dictionary())
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._content = content

    def read(self) -> Element:
        return Element("StructTreeRoot", tuple(self._children(self._root, page=None)))

    def _children(self, parent: pikepdf.Object, page: int | None) -> Iterator[Element | Glyph]:
        for kid in _many(parent.get("/K")):
            if isinstance(kid, int):
                yield from self._glyphs(page, kid)
            elif kid.get("/Type") == "/MCR":
                yield from self._glyphs(self._page(kid, page), int(kid.MCID))
            elif kid.get("/Type") != "/OBJR":
                yield self._element(kid, page)

    def _element(self, source: pikepdf.Object, page: int | None) -> Element:
        children = tuple(self._children(source, self._page(source, page)))
        replacement = source.get("/ActualText", source.get("/Alt"))
        in_field = field_text(source.K[0].Obj) if source.S == "/Form" else None
        return Element(
            tag=self._tag(str(source.S)),
            children=children,
            replacement=in_field if replacement is None else str(replacement),
            scope=_attribute(source, "/Scope"),
            span=int(_attribute(source, "/ColSpan") or 1),
            language=str(source.get("/Lang", "")),
        )

    def _glyphs(self, page: int | None, mcid: int) -> list[Glyph]:
        if page is None:
            raise ValueError(f"marked content {mcid} is on no page")
        return self._content.get((page, mcid), [])

    def _page(self, source: pikepdf.Object, outer: int | None) -> int | None:
        return self._pages[source.Pg.objgen] if "/Pg" in source else outer

    def _tag(self, name: str) -> str:
        while name in self._roles and str(self._roles[name]) != name:
            name = str(self._roles[name])
        return name.removeprefix("/")


def field_text(widget: pikepdf.Object) -> str:
    """What stands in a field of a form, as its widget shows it."""
    kind, value = inherited(widget, "/FT"), inherited(widget, "/V")
    if kind == "/Btn":
        return "\N{BALLOT BOX}" if widget.AS == "/Off" else "\N{BALLOT BOX WITH CHECK}"
    if value is None:
        return ""
    names = {str(key): str(name) for key, name in inherited(widget, "/Opt") or ()}
    return "\n".join(names.get(str(one), str(one)).strip() for one in _many(value))


def inherited(field: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """An entry of a field, which may stand in a field above it."""
    while key not in field and "/Parent" in field:
        field = field.Parent
    return field.get(key)


def _attribute(source: pikepdf.Object, name: str) -> str | None:
    """An attribute of a cell, without the slash of names."""
    for attributes in _many(source.get("/A")):
        if not isinstance(attributes, int) and name in attributes:
            return str(attributes[name]).removeprefix("/")
    return None


def _many(value: pikepdf.Object | int | None) -> list[pikepdf.Object | int]:
    """The entries of an array, or the one value that stands in its place."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
