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
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
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
    Quote,
    Section,
    SectionKind,
    SigningPlace,
    Strong,
    Table,
    Text,
    Window,
)
from planforms.errors import Problem, TemplateError, did_you_mean
from planforms.templating.marks import MARKS

MAX_DEPTH = 50
"""How deep tags may be nested; no document needs a tenth of it."""

_TWELFTHS, _HALF = 12, 6
"""A line of fields has so many parts; a field takes half of them if nothing else is said."""
_MATRIX_HEAD = 34
"""How much of a matrix its first column takes, in per cent, if nothing else is said."""
MOST_MATRIX_COLUMNS = 6
"""How many columns a matrix has beside its first one; more stand in a second matrix."""
MOST_LINES = 30
"""How many lines of handwriting a row can have room for: nearly a page."""
_BESIDE = "beside"


def _numbers(least: int, most: int) -> tuple[str, ...]:
    return tuple(map(str, range(least, most + 1)))


_ATTRIBUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "aside": {"class": tuple(BoxKind)},
    "dl": {"class": ("fields",)},
    "dt": {"width": _numbers(1, _TWELFTHS)},
    "img": {"src": ("logo",), "alt": ()},
    "p": {"class": ("choices",), "columns": _numbers(2, 3)},
    "section": {"class": (_BESIDE, *SectionKind)},
    "table": {"class": ("matrix",)},
    "th": {"scope": ("col", "row", "rowgroup"), "width": ()},
    "tr": {"lines": _numbers(1, MOST_LINES)},
}
"""What attributes a tag can have, each with what can stand in it; anything if nothing is named."""
_NEEDED = {"aside": "class", "section": "class", "th": "scope"}
"""Attributes without which a tag says nothing."""
_MANY = 12
_INLINE = frozenset({"strong", "em", "br"})
_VOID = frozenset({"br", "img"})
_FLOW = frozenset({"p", "ul", "ol", "dl", "table"})
_PARTS = _FLOW | {"h2", "h3", "aside", "blockquote", "signature", "address"}
_ROOT = _PARTS | {"header", "h1", "section"}
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
    "section": _PARTS | {"div"},
    "div": _PARTS,
    "address": _INLINE,
}
_TEXT_INSIDE = frozenset(tag for tag, allowed in _CHILDREN.items() if "strong" in allowed)
TAGS = frozenset(_CHILDREN) - {""} | _VOID
"""Every tag that a template can use."""
_INSTEAD = {
    "b": "write <strong>",
    "i": "write <em>",
    "u": "write <em>",
    "span": "leave it out; looks are not for templates",
    "h4": "headings go down to <h3>",
    "a": "write the address as text",
    "hr": "write a heading, or leave it out",
    "font": "leave it out; looks are not for templates",
    "center": "leave it out; looks are not for templates",
}
"""What to write instead of tags that people know from web pages."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


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


@dataclass(frozen=True, slots=True)
class Given:
    """What a template's HTML stands for, or asks for, and does not hold itself.

    Attributes:
        marks: what each mark in it stands for.
        logo: the letterhead's picture, printed where the template says ``<img src="logo">``.
        window: where the window of an envelope is, for what stands in ``<address>``.
    """

    marks: Sequence[tuple[Inline, ...]]
    logo: Logo | None
    window: Window


def read(html: str, language: str, given: Given) -> tuple[Block, ...]:
    """The blocks of a document.

    Args:
        html: what a template made.
        language: code of the language, for the places in messages.
        given: what it stands for or asks for.

    Raises:
        TemplateError: the HTML leaves the closed subset; all problems are told.
    """
    parser = Parser(language)
    parser.feed(html)
    parser.close()
    root = parser.finish()
    builder = _Builder(given, parser.problems)
    blocks = () if parser.problems else tuple(builder.blocks(root))
    builder.check_outline()
    if parser.problems:
        raise TemplateError(parser.problems)
    return blocks


class Parser(HTMLParser):
    """Builds elements and notes everything that is not of the subset.

    One mistake is one problem: what follows from a tag that is never closed is not told beside it.

    Attributes:
        problems: what was found so far.
        floor: how many of the open elements cannot be closed now, the root at least.
    """

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[Problem] = []
        self.floor = 1
        self._language = language
        self._root = Element("", {}, language)
        self._open = [self._root]
        self._misplaced: list[tuple[Element, Problem]] = []
        self._given_up: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        at = given.pop("data-at", "")
        place = f"{self._language}/{at}" if at else self._open[-1].place
        element = Element(tag, given, place)
        self._check_tag(element)
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)
        if len(self._open) > MAX_DEPTH:
            self._problem("depth", place, f"more than {MAX_DEPTH} tags stand inside one another")
            raise TemplateError(self.problems)

    def _check_tag(self, element: Element) -> None:
        tag, holder = element.tag, self._open[-1]
        if tag not in TAGS:
            self._problem(
                "tag", element.place, f"<{tag}> is not a tag of the templates", _near(tag)
            )
            return
        if tag not in _CHILDREN.get(holder.tag, TAGS):
            where = f"inside <{holder.tag}>" if holder.tag else "on its own"
            self._problem("nesting", element.place, f"<{tag}> cannot stand {where}", _homes(tag))
            self._misplaced.append((holder, self.problems[-1]))
        self._check_attributes(element)

    def _check_attributes(self, element: Element) -> None:
        tag, place = element.tag, element.place
        known = _ATTRIBUTES.get(tag, {})
        for name, value in element.attributes.items():
            if name not in known:
                names = ", ".join(sorted(known))
                hint = f"it can have {names}" if known else f"write <{tag}> alone"
                self._problem("attribute", place, f"<{tag}> has no attribute {name}", hint, name)
            elif known[name] and value not in known[name]:
                hint = f"it can be {_span_of(known[name])}"
                what = f"{name} of <{tag}> cannot be that"
                self._problem("attribute", place, what, hint, name)
        needed = _NEEDED.get(tag)
        if needed and needed not in element.attributes:
            hint = f'such as {needed}="{known[needed][0]}"'
            self._problem("attribute", place, f"<{tag}> needs the attribute {needed}", hint)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and give up what is open inside it."""
        if tag in _VOID:
            return
        names = [element.tag for element in self._open[self.floor :]]
        if tag in names:
            while self._open[-1].tag != tag:
                self._give_up(self._open.pop())
            self._open.pop()
        elif tag in self._given_up:
            self._given_up.remove(tag)
        elif names and (tag not in TAGS or names[-1] not in TAGS):
            if names[-1] in TAGS:
                what = f"</{tag}> is not a tag of the templates"
                self._problem("tag", "", what, _near(tag, "/"), f"</{tag}>")
            self._open.pop()
        else:
            hint = "take it out, or write the tag that it closes"
            self._problem("end_tag", "", f"</{tag}> closes nothing", hint, f"</{tag}")

    def handle_data(self, data: str) -> None:
        """Take text and marks, where they can stand."""
        holder = self._open[-1]
        if holder.tag in _TEXT_INSIDE:
            for index, piece in enumerate(MARKS.split(data)):
                if piece:
                    holder.children.append(int(piece) if index % 2 else piece)
        elif data.strip() and holder.tag in _CHILDREN:
            where = f"directly inside <{holder.tag}>" if holder.tag else "outside of a paragraph"
            what = f"text stands {where}"
            self._problem("text", "", what, "put it into <p> … </p>", data.strip())
            self._misplaced.append((holder, self.problems[-1]))

    def handle_comment(self, data: str) -> None:
        """Refuse a comment of HTML: Jinja's are for notes."""
        self._problem("tag", "", "<!-- is not for templates", "write a note as {# … #}", "<!")

    def handle_decl(self, decl: str) -> None:
        """Refuse what begins with ``<!``."""
        self._problem("tag", "", "declarations are not for templates", "take it out", "<!")

    def handle_pi(self, data: str) -> None:
        """Refuse what begins with ``<?``."""
        what = "processing instructions are not for templates"
        self._problem("tag", "", what, "take it out", "<?")

    def unknown_decl(self, data: str) -> None:
        """Refuse what begins with ``<![``."""
        self.handle_decl(data)

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: places come from the tags, and counting takes a tenth of the time."""
        return j

    def finish(self) -> Element:
        """The root, after a note about everything left open."""
        self.close_down_to(1)
        return self._root

    def close_down_to(self, depth: int) -> None:
        """Close what is open beyond a number of elements, with a note about each."""
        while len(self._open) > depth:
            self._give_up(self._open.pop())

    def _give_up(self, element: Element) -> None:
        """Note an element that is never closed, and forget what followed from it."""
        held = [problem for holder, problem in self._misplaced if holder is element]
        self.problems = [problem for problem in self.problems if problem not in held]
        tag = element.tag
        told = tag not in TAGS or (tag in self._given_up and _ends_with(element, tag))
        self._given_up.append(tag)
        if not told:
            hint = f"did you mean </{tag}>?" if self._open[-1].tag == tag else f"write </{tag}>"
            self._problem("unclosed", element.place, f"<{tag}> is never closed", hint)

    def _problem(
        self, code: str, place: str, message: str, hint: str = "", letters: str = ""
    ) -> None:
        """Note a problem.

        Args:
            code: its code, without the first part.
            place: where the tag in question stands; empty for anything inside the open element.
            message: what is wrong.
            hint: what to do about it.
            letters: how the offending letters begin, where that is not the tag itself.
        """
        place = place or self._open[-1].place
        self.problems.append(Problem(f"template.{code}", place, message, hint))


def _span_of(values: tuple[str, ...]) -> str:
    """The values an attribute can have; of many numbers, the first and the last."""
    return f"{values[0]} to {values[-1]}" if len(values) >= _MANY else " or ".join(values)


def _ends_with(element: Element, tag: str) -> bool:
    """Whether the last element inside is of this tag: a second <p> where </p> was meant."""
    return [inner.tag for inner in element.elements()[-1:]] == [tag]


def _near(tag: str, slash: str = "") -> str:
    if tag in _INSTEAD:
        return _INSTEAD[tag]
    return did_you_mean(tag, sorted(TAGS), form=f"<{slash}{{}}>")


def _homes(tag: str) -> str:
    homes = sorted(holder for holder, allowed in _CHILDREN.items() if tag in allowed and holder)
    return f"it stands inside {' or '.join(f'<{home}>' for home in homes)}" if homes else ""


class _Builder:
    """Turns elements into nodes of the document tree."""

    def __init__(self, given: Given, problems: list[Problem]) -> None:
        self._given = given
        self._problems = problems
        self._headings: list[Element] = []

    # --- blocks ---

    def blocks(self, holder: Element) -> Iterator[Block]:
        """The blocks inside an element; text between them becomes a paragraph of its own."""
        loose: list[Child] = []
        for child in holder.children:
            if not isinstance(child, Element) or child.tag in _INLINE:
                loose.append(child)
                continue
            yield from self._paragraph(loose)
            loose = []
            yield from self._block(child)
        yield from self._paragraph(loose)

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
            "signature": self._signature,
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
            yield from self._paragraph(element.children)

    def _choices(self, element: Element) -> Iterator[Block]:
        children = _trim(self._inlines(element.children))
        starts = [n for n, child in enumerate(children) if isinstance(child, CheckBox)]
        columns = int(element.attributes.get("columns", 0))
        if starts:
            ends = (*starts[1:], len(children))
            options = (_trim(children[a:b]) for a, b in zip(starts, ends, strict=True))
            yield Choices(_trim(children[: starts[0]]), tuple(options), columns)
        elif children:
            yield Paragraph(children)

    def _paragraph(self, children: Sequence[Child]) -> Iterator[Block]:
        trimmed = _trim(self._inlines(children))
        if trimmed:
            yield Paragraph(trimmed)

    def _heading(self, element: Element) -> Iterator[Block]:
        children = _trim(self._inlines(element.children))
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

    def _descriptions(self, element: Element) -> Iterator[Description]:
        return (item for _, item in self._pairs(element))

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
                yield label, Description(_trim(self._inlines(label.children)), blocks)

    def _box(self, element: Element) -> Iterator[Block]:
        blocks = tuple(self.blocks(element))
        if blocks:
            yield Box(BoxKind(element.attributes["class"]), blocks)

    def _section(self, element: Element) -> Iterator[Block]:
        kind, parts = element.attributes["class"], element.elements("div")
        if kind == _BESIDE:
            yield from self._beside(element, parts)
        elif parts:
            hint = 'only <section class="beside"> has two of them'
            self._problem("nesting", parts[0], f"<div> cannot stand in a {kind} section", hint)
        elif blocks := tuple(self.blocks(element)):
            yield Section(SectionKind(kind), blocks)

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

    def _address(self, element: Element) -> Iterator[Block]:
        lines = _trim(self._inlines(element.children))
        if lines:
            yield AddressWindow(lines, self._given.window)

    def _quote(self, element: Element) -> Iterator[Block]:
        blocks = tuple(self.blocks(element))
        if blocks:
            yield Quote(blocks)

    def _signature(self, element: Element) -> Iterator[Block]:
        below = [block for part in element.elements("p") for block in self._block(part)]
        yield SigningPlace(tuple(self._descriptions(element)), tuple(below))

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
            matrix = "class" in element.attributes
            widths = self._widths(element, columns, _MATRIX_HEAD if matrix else 0)
            cells = tuple(self._cell(column) for column in columns)
            title = _trim(self._inlines(caption[0].children))
            yield from _in_parts(Table(title, widths, cells, rows, matrix))

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
        """Each column's width in per cent; those that have none share what is left."""
        given = [column.attributes.get("width", "") for column in columns]
        widths = [int(w[:-1]) if re.fullmatch(r"[1-9]\d?%", w) else 0 for w in given]
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

    def _inlines(self, children: Sequence[Child]) -> list[Inline]:
        return [node for child in children for node in self._inline(child)]

    def _inline(self, child: Child) -> Iterator[Inline]:
        if isinstance(child, int):
            yield from self._given.marks[child]
        elif isinstance(child, str):
            yield Text(_SPACE.sub(" ", child))
        elif child.tag == "br":
            yield Break()
        elif child.tag in ("strong", "em"):
            inside = tuple(self._inlines(child.children))
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
        self._problems.append(Problem(f"template.{code}", element.place, message, hint))


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
