"""From HTML of the closed subset to the document tree.

The reader is strict: whatever it does not know is a Problem with the template's file and line,
and all problems come at once. It repairs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from planforms.document import (
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    Emphasis,
    Entries,
    Entry,
    Field,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Paragraph,
    Quote,
    Signature,
    Strong,
    Table,
    Text,
)
from planforms.errors import Problem, TemplateError
from planforms.templating.marks import MARKS

MAX_DEPTH = 50
"""How deep tags may be nested; no document needs a tenth of it."""

_ATTRIBUTES: dict[str, frozenset[str]] = {
    "aside": frozenset({"class"}),
    "img": frozenset({"src", "alt"}),
    "th": frozenset({"scope", "width"}),
}
_INLINE = frozenset({"strong", "em", "br"})
_VOID = frozenset({"br", "img"})
_FLOW = frozenset({"p", "ul", "ol", "dl", "table"})
_ROOT = _FLOW | {"header", "h1", "h2", "h3", "aside", "blockquote", "signature"}
_CHILDREN: dict[str, frozenset[str]] = {
    "": _ROOT,
    "header": frozenset({"img", "p"}),
    "h1": _INLINE,
    "h2": _INLINE,
    "h3": _INLINE,
    "p": _INLINE,
    "strong": _INLINE,
    "em": _INLINE,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "li": _FLOW | _INLINE,
    "dl": frozenset({"dt", "dd"}),
    "dt": _INLINE,
    "dd": _FLOW | _INLINE,
    "table": frozenset({"caption", "thead", "tbody"}),
    "caption": _INLINE,
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "th": _INLINE | {"p"},
    "td": _FLOW | _INLINE,
    "aside": _FLOW | {"h2", "h3"},
    "blockquote": _FLOW,
    "signature": frozenset({"dt", "dd", "p"}),
}
_TEXT_INSIDE = frozenset(tag for tag, allowed in _CHILDREN.items() if "strong" in allowed)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(slots=True)
class Element:
    """One element of the HTML, with the template line it comes from."""

    tag: str
    attributes: dict[str, str]
    place: str
    children: list[Child] = field(default_factory=list)

    def elements(self, *tags: str) -> list[Element]:
        """The child elements with one of these tags; all of them if none is named."""
        found = [child for child in self.children if isinstance(child, Element)]
        return [child for child in found if not tags or child.tag in tags]


Child = Element | str | int
"""What stands inside an element: an element, text, or the number of a mark."""


def read(
    html: str, marks: Sequence[tuple[Inline, ...]], language: str, logo: Logo | None
) -> tuple[Block, ...]:
    """The blocks of a document.

    Args:
        html: what a template made.
        marks: what each mark in it stands for.
        language: code of the language, for the places in messages.
        logo: the letterhead's picture, printed where the template says ``<img src="logo">``.

    Raises:
        TemplateError: the HTML leaves the closed subset; all problems are told.
    """
    parser = _Parser(language)
    parser.feed(html)
    parser.close()
    builder = _Builder(marks, logo, parser.problems)
    blocks = tuple(builder.blocks(parser.finish()))
    builder.check_outline(blocks)
    if parser.problems:
        raise TemplateError(parser.problems)
    return blocks


class _Parser(HTMLParser):
    """Builds elements and notes everything that is not of the subset."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[Problem] = []
        self._language = language
        self._root = Element("", {}, language)
        self._open = [self._root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        at = given.pop("data-at", "")
        place = f"{self._language}/{at}" if at else self._open[-1].place
        element = Element(tag, given, place)
        if tag not in _CHILDREN and tag not in _VOID:
            self._problem("tag", place, f"<{tag}> is not a tag of the templates")
        elif tag not in _CHILDREN.get(self._open[-1].tag, _ROOT):
            where = f"inside <{self._open[-1].tag}>" if self._open[-1].tag else "on its own"
            self._problem("nesting", place, f"<{tag}> cannot stand {where}")
        for name in given:
            if name not in _ATTRIBUTES.get(tag, ()):
                self._problem("attribute", place, f"<{tag}> has no attribute {name}")
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)
        if len(self._open) > MAX_DEPTH:
            self._problem("depth", place, f"more than {MAX_DEPTH} tags stand inside one another")
            raise TemplateError(self.problems)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        names = [element.tag for element in self._open]
        if tag not in names[1:]:
            self._problem("end_tag", self._open[-1].place, f"</{tag}> closes nothing")
            return
        while self._open[-1].tag != tag:
            self._unclosed(self._open.pop())
        self._open.pop()

    def handle_data(self, data: str) -> None:
        holder = self._open[-1]
        if holder.tag in _TEXT_INSIDE:
            for index, piece in enumerate(MARKS.split(data)):
                if piece:
                    holder.children.append(int(piece) if index % 2 else piece)
        elif data.strip() and holder.tag in _CHILDREN:
            where = f"directly inside <{holder.tag}>" if holder.tag else "outside of a paragraph"
            self._problem("text", holder.place, f"text stands {where}", "put it into <p> … </p>")

    def handle_decl(self, decl: str) -> None:
        self._problem("tag", self._open[-1].place, "declarations are not for templates")

    def handle_pi(self, data: str) -> None:
        self._problem("tag", self._open[-1].place, "processing instructions are not for templates")

    def unknown_decl(self, data: str) -> None:
        self._problem("tag", self._open[-1].place, "declarations are not for templates")

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: places come from the tags, and counting takes a tenth of the time."""
        return j

    def finish(self) -> Element:
        """The root, after a note about everything left open."""
        while len(self._open) > 1:
            self._unclosed(self._open.pop())
        return self._root

    def _unclosed(self, element: Element) -> None:
        self._problem("unclosed", element.place, f"<{element.tag}> is never closed")

    def _problem(self, code: str, place: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(f"template.{code}", place, message, hint))


class _Builder:
    """Turns elements into nodes of the document tree."""

    def __init__(
        self, marks: Sequence[tuple[Inline, ...]], logo: Logo | None, problems: list[Problem]
    ) -> None:
        self._marks = marks
        self._logo = logo
        self._problems = problems

    # --- blocks ---

    def blocks(self, holder: Element) -> Iterator[Block]:
        """The blocks inside an element; text between them becomes a paragraph of its own."""
        loose: list[Child] = []
        for child in holder.children:
            if not isinstance(child, Element) or child.tag in _INLINE:
                loose.append(child)
                continue
            yield from self._paragraphs(loose)
            loose = []
            yield from self._block(child)
        yield from self._paragraphs(loose)

    def _block(self, element: Element) -> Iterator[Block]:
        build: Callable[[Element], Iterator[Block]] | None = {
            "p": lambda e: self._paragraphs(e.children),
            "h1": self._heading,
            "h2": self._heading,
            "h3": self._heading,
            "ul": self._list,
            "ol": self._list,
            "dl": self._dl,
            "table": self._table,
            "aside": self._box,
            "blockquote": self._quote,
            "signature": self._signature,
            "header": self._letterhead,
        }.get(element.tag)
        if build:
            yield from build(element)

    def _paragraphs(self, children: Sequence[Child]) -> Iterator[Block]:
        for inlines in _split_paragraphs(self._inlines(children)):
            trimmed = _trim(inlines)
            if trimmed:
                yield Paragraph(trimmed)

    def _heading(self, element: Element) -> Iterator[Block]:
        children = _trim(self._inlines(element.children))
        if children:
            yield Heading(int(element.tag[1]), tuple(_one_line(child) for child in children))
        else:
            self._problem("empty", element, f"<{element.tag}> is empty")

    def _list(self, element: Element) -> Iterator[Block]:
        items = (tuple(self.blocks(item)) for item in element.elements("li"))
        filled = tuple(item for item in items if item)
        if filled:
            yield List(element.tag == "ol", filled)

    def _dl(self, element: Element) -> Iterator[Block]:
        entries = tuple(self._entries(element))
        if entries:
            yield Entries(entries)

    def _entries(self, element: Element) -> Iterator[Entry]:
        """The pairs of ``dt`` and ``dd``; a pair without a value disappears with its label."""
        parts = element.elements("dt", "dd")
        tags = [part.tag for part in parts]
        if tags != ["dt", "dd"] * (len(parts) // 2):
            self._problem("pairs", element, "each <dt> needs one <dd> after it")
            return
        for label, value in zip(parts[::2], parts[1::2], strict=True):
            blocks = tuple(self.blocks(value))
            if blocks:
                yield Entry(_trim(self._inlines(label.children)), blocks)

    def _box(self, element: Element) -> Iterator[Block]:
        kind = element.attributes.get("class", "")
        if kind not in set(BoxKind):
            hint = f"allowed: {', '.join(BoxKind)}"
            self._problem("attribute", element, "<aside> needs a class", hint)
            return
        blocks = tuple(self.blocks(element))
        if blocks:
            yield Box(BoxKind(kind), blocks)

    def _quote(self, element: Element) -> Iterator[Block]:
        blocks = tuple(self.blocks(element))
        if blocks:
            yield Quote(blocks)

    def _signature(self, element: Element) -> Iterator[Block]:
        below = [block for part in element.elements("p") for block in self._block(part)]
        yield Signature(tuple(self._entries(element)), tuple(below))

    def _letterhead(self, element: Element) -> Iterator[Block]:
        logo = None
        for image in element.elements("img"):
            alt = image.attributes.get("alt", "").strip()
            if image.attributes.get("src") != "logo" or not alt:
                self._problem("image", image, '<img> must be <img src="logo" alt="…">')
            elif self._logo:
                logo = replace(self._logo, alt=alt)
        blocks = [block for part in element.elements("p") for block in self._block(part)]
        yield Letterhead(logo, tuple(blocks))

    # --- tables ---

    def _table(self, element: Element) -> Iterator[Block]:
        caption, head, body = (element.elements(tag) for tag in ("caption", "thead", "tbody"))
        if [len(caption), len(head), len(body)] != [1, 1, 1] or len(head[0].elements("tr")) != 1:
            hint = "one <caption>, one <thead> with one row, one <tbody>"
            self._problem("table", element, "the table's parts are not complete", hint)
            return
        columns = head[0].elements("tr")[0].elements()
        rows = tuple(self._row(row, len(columns)) for row in body[0].elements("tr"))
        if rows:
            widths = self._widths(element, columns)
            cells = tuple(self._cell(column) for column in columns)
            yield Table(_trim(self._inlines(caption[0].children)), widths, cells, rows)

    def _row(self, row: Element, columns: int) -> tuple[Cell, ...]:
        cells = tuple(self._cell(cell) for cell in row.elements())
        if len(cells) != columns:
            self._problem("table", row, f"the row has {len(cells)} cells, the head has {columns}")
        return cells

    def _cell(self, element: Element) -> Cell:
        if element.tag == "th" and element.attributes.get("scope") not in ("col", "row"):
            self._problem("table", element, '<th> needs scope="col" or scope="row"')
        return Cell(tuple(self.blocks(element)), header=element.tag == "th")

    def _widths(self, table: Element, columns: Sequence[Element]) -> tuple[int, ...]:
        given = [column.attributes.get("width", "") for column in columns]
        widths = tuple(int(w[:-1]) if re.fullmatch(r"\d{1,3}%", w) else 0 for w in given)
        if sum(widths) != 100 or 0 in widths:
            hint = 'such as width="30%"; together 100%'
            self._problem("table", table, "each <th> of the head needs a width", hint)
        return widths

    # --- inlines ---

    def _inlines(self, children: Sequence[Child]) -> list[Inline]:
        return [node for child in children for node in self._inline(child)]

    def _inline(self, child: Child) -> Iterator[Inline]:
        if isinstance(child, int):
            yield from self._marks[child]
        elif isinstance(child, str):
            yield Text(_SPACE.sub(" ", child))
        elif child.tag == "br":
            yield Break()
        elif child.tag in ("strong", "em"):
            inside = tuple(self._inlines(child.children))
            if inside:
                yield Strong(inside) if child.tag == "strong" else Emphasis(inside)

    # --- the whole ---

    def check_outline(self, blocks: Sequence[Block]) -> None:
        """One title, and no level of heading left out."""
        previous = 0
        for block in _headings(blocks):
            if block.level > previous + 1:
                what = f"heading level {block.level} follows level {previous}"
                self._problems.append(Problem("template.outline", "headings", what))
            if block.level == 1 and previous:
                self._problems.append(Problem("template.outline", "headings", "two titles <h1>"))
            previous = block.level

    def _problem(self, code: str, element: Element, message: str, hint: str = "") -> None:
        self._problems.append(Problem(f"template.{code}", element.place, message, hint))


def _headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Box):
            yield from _headings(block.children)


def _split_paragraphs(children: Sequence[Inline]) -> Iterator[list[Inline]]:
    """Part the children wherever a field's text has an empty line."""
    current: list[Inline] = []
    for child in children:
        if isinstance(child, Field) and child.text and "\n" in child.text:
            first, *others = _PARAGRAPHS.split(child.text)
            current.append(replace(child, text=first))
            for other in others:
                yield current
                current = [replace(child, text=other)]
        else:
            current.append(child)
    yield current


def _one_line(child: Inline) -> Inline:
    if isinstance(child, Field) and child.text:
        return replace(child, text=_SPACE.sub(" ", child.text))
    return child


def _trim(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Without white space at the ends and beside line breaks; empty if nothing else is there."""
    kept: list[Inline] = []
    for child in children:
        if isinstance(child, Text):
            at_start = not kept or isinstance(kept[-1], Break) or _ends_in_space(kept[-1])
            child = Text(child.text.lstrip(" ") if at_start else child.text)
            if not child.text:
                continue
        elif isinstance(child, Break):
            _strip_end(kept)
            if not kept:
                continue
        kept.append(child)
    _strip_end(kept)
    while kept and isinstance(kept[-1], Break):
        kept.pop()
        _strip_end(kept)
    return tuple(kept)


def _ends_in_space(node: Inline) -> bool:
    return isinstance(node, Text) and node.text.endswith(" ")


def _strip_end(kept: list[Inline]) -> None:
    if kept and isinstance(kept[-1], Text):
        text = kept[-1].text.rstrip(" ")
        kept.pop()
        if text:
            kept.append(Text(text))
