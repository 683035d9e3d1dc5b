"""From HTML of the closed subset to the document tree.

Whatever the subset does not know is a Problem with the template's file and line, and all problems
come at once. Nothing is repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    ChartKind,
    CheckBox,
    Choices,
    Description,
    DescriptionList,
    Emphasis,
    Field,
    Fields,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Paragraph,
    Pictogram,
    Pictured,
    Place,
    Quote,
    Section,
    SectionKind,
    Strong,
    Table,
    Text,
    Window,
)
from planforms.errors import Problem, TemplateError
from planforms.markup.charts import chart_of
from planforms.markup.parsing import parse
from planforms.markup.subset import BESIDE, INLINE, MATRIX, MAX_FAULTS, Child, Element

_HALF = 6
"""How many twelfths of a line a field takes, if nothing else is said."""
_MATRIX_HEAD = 34
"""How much of a matrix its first column takes, in per cent, if nothing else is said."""
MOST_MATRIX_COLUMNS = 6
"""How many columns a matrix has beside its first one; more stand in a second matrix."""
_CHARTS = frozenset(ChartKind)
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What a template's HTML stands for, or asks for, and does not hold itself.

    Attributes:
        marks: what each mark in it stands for.
        logo: the letterhead's picture, printed where the template says ``<img src="logo">``.
        window: where the window of an envelope is, for what stands in ``<address>``.
        places: what its fields lead to in the data, by path; numbers of charts are taken from it.
        described: tells what a pictogram shows.
    """

    marks: Sequence[tuple[Inline, ...]]
    logo: Logo | None
    window: Window
    places: Mapping[str, Place] = field(default_factory=dict)
    described: Callable[[Pictogram], str] = str


def read(html: str, language: str, given: Given) -> tuple[Block, ...]:
    """The blocks of a document.

    Args:
        html: what a template made.
        language: code of the language, for the places in messages.
        given: what it stands for or asks for.

    Raises:
        TemplateError: the HTML leaves the closed subset; all problems are told.
    """
    machine = parse(html, language)
    root = machine.finish()
    if faults := machine.faults:
        raise TemplateError(fault.problem() for fault in faults)
    builder = _Builder(given)
    blocks = tuple(builder.blocks(root))
    builder.check_outline()
    if builder.problems:
        raise TemplateError(builder.problems)
    return blocks


class _Builder:
    """Turns elements into nodes of the document tree.

    Attributes:
        problems: what no document can have, though its tags are of the subset.
    """

    def __init__(self, given: Given) -> None:
        self.problems: list[Problem] = []
        self._given = given
        self._headings: list[Element] = []

    # --- blocks ---

    def blocks(self, holder: Element) -> Iterator[Block]:
        """The blocks inside an element; text between them becomes a paragraph of its own."""
        loose: list[Child] = []
        for child in holder.children:
            if not isinstance(child, Element) or child.tag in INLINE:
                loose.append(child)
                continue
            yield from self._paragraph(holder, loose)
            loose = []
            yield from self._block(child)
        yield from self._paragraph(holder, loose)

    def _block(self, element: Element) -> Iterator[Block]:
        build: Callable[[Element], Iterator[Block]] | None = {
            "p": self._p,
            "h1": self._heading,
            "h2": self._heading,
            "h3": self._heading,
            "ul": self._list,
            "ol": self._list,
            "dl": self._dl,
            "table": self._table,
            "aside": self._box,
            "blockquote": self._quote,
            "header": self._letterhead,
            "section": self._section,
            "address": self._address,
        }.get(element.tag)
        if build:
            yield from build(element)

    def _p(self, element: Element) -> Iterator[Block]:
        if "class" in element.attributes:
            yield from self._choices(element)
        else:
            yield from self._paragraph(element, element.children)

    def _choices(self, element: Element) -> Iterator[Block]:
        children = _trim(self._inlines(element))
        starts = [n for n, child in enumerate(children) if isinstance(child, CheckBox)]
        columns = int(element.attributes.get("columns", 0))
        if starts:
            ends = (*starts[1:], len(children))
            options = (_trim(children[a:b]) for a, b in zip(starts, ends, strict=True))
            yield Choices(_trim(children[: starts[0]]), tuple(options), columns)
        elif children:
            yield Paragraph(children)

    def _paragraph(self, holder: Element, children: Sequence[Child]) -> Iterator[Block]:
        trimmed = _trim(self._inlines_among(holder, children))
        if trimmed:
            yield Paragraph(trimmed)

    def _heading(self, element: Element) -> Iterator[Block]:
        children = _trim(self._inlines(element))
        if children:
            self._headings.append(element)
            yield Heading(int(element.tag[1]), tuple(_one_line(child) for child in children))
        else:
            self._problem("empty", element, f"<{element.tag}> is empty")

    def _list(self, element: Element) -> Iterator[Block]:
        items = (tuple(self.blocks(item)) for item in element.elements("li"))
        filled = tuple(item for item in items if item)
        if filled:
            yield List(element.tag == "ol", filled)

    def _dl(self, element: Element) -> Iterator[Block]:
        pairs = tuple(self._pairs(element))
        items = tuple(item for _, item in pairs)
        if items and "class" in element.attributes:
            yield Fields(items, tuple(int(e.attributes.get("width", _HALF)) for e, _ in pairs))
        elif items:
            yield DescriptionList(items)

    def _pairs(self, element: Element) -> Iterator[tuple[Element, Description]]:
        """The pairs of ``dt`` and ``dd``; a pair without a value disappears with its label."""
        parts = element.elements("dt", "dd")
        tags = [part.tag for part in parts]
        if tags != ["dt", "dd"] * (len(parts) // 2):
            self._problem("pairs", element, "each <dt> needs one <dd> after it")
            return
        for label, value in zip(parts[::2], parts[1::2], strict=True):
            blocks = tuple(self.blocks(value))
            if blocks:
                yield label, Description(_trim(self._inlines(label)), blocks)

    def _box(self, element: Element) -> Iterator[Block]:
        blocks = tuple(self.blocks(element))
        if blocks:
            yield Box(BoxKind(element.attributes["class"]), blocks)

    def _section(self, element: Element) -> Iterator[Block]:
        kind, parts = element.attributes.get("class", ""), element.elements("div")
        if kind == BESIDE:
            yield from self._beside(element, parts)
        elif not kind:
            yield from self._pictured(element, parts)
        elif parts:
            hint = 'only <section class="beside"> has two of them'
            self._problem("nesting", parts[0], f"<div> cannot stand in a {kind} section", hint)
        elif blocks := tuple(self.blocks(element)):
            yield Section(SectionKind(kind), blocks, internal="for" in element.attributes)

    def _beside(self, element: Element, parts: list[Element]) -> Iterator[Block]:
        if len(parts) != 2 or len(element.elements()) != 2:
            hint = "two <div>, one for each part, and nothing else"
            self._problem("pairs", element, "what stands beside each other are two parts", hint)
            return
        filled = tuple(blocks for part in parts if (blocks := tuple(self.blocks(part))))
        if len(filled) == len(parts):
            yield Beside(filled)
        else:
            yield from (block for blocks in filled for block in blocks)

    def _pictured(self, element: Element, parts: list[Element]) -> Iterator[Block]:
        pictogram = Pictogram(element.attributes["pictogram"])
        if parts:
            hint = 'only <section class="beside"> has two of them'
            self._problem("nesting", parts[0], "<div> cannot stand beside a pictogram", hint)
        elif blocks := tuple(self.blocks(element)):
            yield Pictured(pictogram, self._given.described(pictogram), blocks)

    def _address(self, element: Element) -> Iterator[Block]:
        lines = _trim(self._inlines(element))
        if lines:
            yield AddressWindow(lines, self._given.window)

    def _quote(self, element: Element) -> Iterator[Block]:
        blocks = tuple(self.blocks(element))
        if blocks:
            yield Quote(blocks)

    def _letterhead(self, element: Element) -> Iterator[Block]:
        logo = None
        for image in element.elements("img"):
            alt = image.attributes.get("alt", "").strip()
            if "src" not in image.attributes or not alt:
                self._problem("image", image, '<img> must be <img src="logo" alt="…">')
            elif self._given.logo:
                logo = replace(self._given.logo, alt=alt)
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
            look = element.attributes.get("class", "")
            matrix = look == MATRIX
            widths = self._widths(element, columns, _MATRIX_HEAD if matrix else 0)
            cells = tuple(self._cell(column) for column in columns)
            title = _trim(self._inlines(caption[0]))
            table = Table(title, widths, cells, rows, matrix)
            yield from self._drawn(element, table, look) if look in _CHARTS else _in_parts(table)

    def _drawn(self, element: Element, table: Table, kind: str) -> Iterator[Block]:
        """A table that is drawn besides, if it has numbers to draw."""
        ends = [element.attributes.get(name, "") for name in ("from", "to")]
        numbers = [float(end) for end in ends if re.fullmatch(r"-?\d{1,6}", end)]
        if len(numbers) != len([end for end in ends if end]) or len(numbers) == 1:
            hint = 'such as from="1" to="5", or neither'
            self._problem("chart", element, "the ends of the scale are no two numbers", hint)
            return
        scale = (numbers[0], numbers[1]) if numbers else None
        yield chart_of(ChartKind(kind), table, self._given.places, scale) or table

    def _row(self, row: Element, columns: int) -> tuple[Cell, ...]:
        lines = int(row.attributes.get("lines", 1))
        cells = tuple(self._cell(cell, lines) for cell in row.elements())
        is_group = [cell.attributes.get("scope") for cell in row.elements()] == ["rowgroup"]
        if len(cells) != columns and not is_group:
            hint = 'or write <th scope="rowgroup"> alone in its row'
            what = f"the row has {len(cells)} cells, the head has {columns}"
            self._problem("table", row, what, hint)
        return cells

    def _cell(self, element: Element, lines: int = 1) -> Cell:
        return Cell(tuple(self.blocks(element)), header=element.tag == "th", lines=lines)

    def _widths(self, table: Element, columns: Sequence[Element], first: int) -> tuple[int, ...]:
        """Each column's width in per cent; those that have none share what is left.

        A matrix may have any number of columns: what is too many for a page stands in another one.
        """
        given = [column.attributes.get("width", "") for column in columns]
        if first and not any(given):
            others = min(len(columns) - 1, MOST_MATRIX_COLUMNS)
            given = [f"{first if others else 100}%"] + [""] * others
        widths = [int(w[:-1]) if re.fullmatch(r"[1-9]\d?%|100%", w) else 0 for w in given]
        if first and not given[0]:
            widths[0] = first
        left, open_ = 100 - sum(widths), widths.count(0)
        broken = [w for w, text in zip(widths, given, strict=True) if text and not w]
        if broken or left < 5 * open_ or (left and not open_):
            hint = 'such as width="30%"; together 100%, or less if some columns have none'
            self._problem("table", table, "the widths of the columns do not fit", hint)
            return tuple(widths)
        shares = iter(left * (n + 1) // open_ - left * n // open_ for n in range(open_))
        return tuple(width or next(shares) for width in widths)

    # --- inlines ---

    def _inlines(self, element: Element) -> list[Inline]:
        return self._inlines_among(element, element.children)

    def _inlines_among(self, holder: Element, children: Sequence[Child]) -> list[Inline]:
        return [node for child in children for node in self._inline(child, holder.place)]

    def _inline(self, child: Child, place: str) -> Iterator[Inline]:
        if isinstance(child, int):
            for node in self._given.marks[child]:
                yield _from(place, node)
        elif isinstance(child, str):
            yield Text(_SPACE.sub(" ", child), place)
        elif child.tag == "br":
            yield Break()
        elif child.tag in ("strong", "em"):
            inside = tuple(self._inlines(child))
            if inside:
                yield Strong(inside) if child.tag == "strong" else Emphasis(inside)

    # --- the whole ---

    def check_outline(self) -> None:
        """One title, and no level of heading left out."""
        previous = 0
        for element in self._headings:
            level = int(element.tag[1])
            if level > previous + 1:
                before = f"follows <h{previous}>" if previous else "is the first heading"
                hint = f"write <h{previous + 1}>"
                self._problem("outline", element, f"<{element.tag}> {before}", hint)
            if level == 1 and previous:
                self._problem("outline", element, "a second title <h1>", "write <h2>")
            previous = level

    def _problem(self, code: str, element: Element, message: str, hint: str = "") -> None:
        if len(self.problems) < MAX_FAULTS:
            self.problems.append(Problem(f"template.{code}", element.place, message, hint))


def _in_parts(table: Table) -> Iterator[Table]:
    """A table, or a matrix with too many columns for a page as several, each with all its rows."""
    count = len(table.head) - 1
    if not table.matrix or count <= MOST_MATRIX_COLUMNS:
        yield table
        return
    share = (100 - table.widths[0]) // MOST_MATRIX_COLUMNS
    for start in range(1, count + 1, MOST_MATRIX_COLUMNS):
        part = slice(start, min(start + MOST_MATRIX_COLUMNS, count + 1))
        rows = tuple(row if len(row) == 1 else (row[0], *row[part]) for row in table.rows)
        head = (table.head[0], *table.head[part])
        widths = (100 - share * (len(head) - 1), *(share,) * (len(head) - 1))
        yield Table(table.caption, widths, head, rows, matrix=True)


def _from(place: str, node: Inline) -> Inline:
    """What a mark stands for, with the place in the templates where it was printed."""
    match node:
        case Field(path, type_, label, text, lines):
            return Field(path, type_, label, text, lines, place)
        case CheckBox(path, option, label, checked, bare):
            return CheckBox(path, option, label, checked, bare, place)
        case Text(text):
            return Text(text, place)
    return node


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
            child = Text(child.text.lstrip(" "), child.origin) if at_start else child
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
    last = kept[-1] if kept else None
    if isinstance(last, Text):
        kept.pop()
        text = last.text.rstrip(" ")
        if text:
            kept.append(Text(text, last.origin))
