"""What stands where: the decisions that all writers share, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2
import pytest
import tinycss2

import planforms as pf
from planforms.document import (
    UNBROKEN,
    AddressWindow,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    CheckBox,
    DescriptionList,
    Field,
    Fields,
    FieldType,
    Heading,
    Inline,
    List,
    Paragraph,
    Quote,
    Stroke,
    Strong,
    Table,
    Text,
    Window,
)
from planforms.placement import place
from planforms.placement.blocks import (
    GAP,
    GAPS,
    LINE_PITCH,
    MATRIX_ROW_HEIGHT,
    ROW_HEIGHT,
    ROW_PITCH,
    FieldPart,
    Option,
    PlacedBlock,
    PlacedBox,
    PlacedChoices,
    PlacedDescriptions,
    PlacedFields,
    PlacedHeading,
    PlacedLines,
    PlacedList,
    PlacedOptions,
    PlacedQuote,
    PlacedTable,
    PlacedText,
    PlacedWindow,
)
from planforms.placement.words import text_of
from planforms.writers._paged_body import PagedBodyWriter
from tests.reports import EXAMPLES, render_with
from tests.writers.sample import (
    blank,
    closures,
    document_of,
    entry,
    filled,
    matrix,
    option,
    paragraph,
    sample,
    signing_table,
)

SHEET = files("planforms.writers").joinpath("common.css").read_text("utf-8")


def place_one(block: Block) -> PlacedBlock:
    (placed,) = place([block])
    return placed


def boxes(*labels: str) -> tuple[CheckBox, ...]:
    return tuple(CheckBox("x", label, label, checked=False) for label in labels)


def choice(*labels: str) -> Paragraph:
    first, *others = boxes(*labels)
    return paragraph(first, *(part for box in others for part in (Break(), box)))


# --- paragraphs -----------------------------------------------------------------------------


def test_a_field_of_several_paragraphs_becomes_as_many_that_know_it() -> None:
    field = filled("Svar", "en\nto\n \n\n tre\n\nfire")
    placed = place([paragraph("Hun sier: ", field, ".")])
    assert placed == (
        PlacedText((Text("Hun sier: "), FieldPart(field, "en\nto"))),
        PlacedText((FieldPart(field, "tre"),)),
        PlacedText((FieldPart(field, "fire"), Text("."))),
    )


def test_the_lines_of_such_a_field_are_those_of_its_paragraphs() -> None:
    one = paragraph(filled("Svar", "en\nto\n \n tre"))
    several = paragraph(filled("Svar", "en\nto")), paragraph(filled("Svar", "tre"))
    assert document_of(one).text() == document_of(*several).text()
    assert len(list(document_of(one).fields())) == 1


@pytest.mark.parametrize(
    ("children", "lines"),
    [
        ((blank("a"),), 1),
        ((blank("a", 3),), 3),
        ((blank("a"), Break(), blank("b", 2)), 3),
        ((Text(" "), Strong((Stroke("a", 2),))), 2),
    ],
)
def test_blanks_without_words_are_lines_to_write_on(
    children: tuple[Inline, ...], lines: int
) -> None:
    placed = place_one(Paragraph(children))
    assert isinstance(placed, PlacedLines)
    assert (placed.count, placed.whole) == (lines, True)


def test_a_blank_among_words_is_a_gap_in_its_line() -> None:
    for words in (paragraph("Dato: ", blank("a")), paragraph(blank("a"), *boxes("b"))):
        assert place_one(words) == PlacedText(words.children)


def test_options_run_below_one_another_each_with_what_follows_it() -> None:
    arbeid, annet = boxes("Arbeid", "Annet")
    place_to_write = blank("Hva")
    placed = place_one(paragraph(arbeid, Break(), annet, ": ", place_to_write, Break(), "fordi"))
    assert placed == PlacedOptions(
        (Option(arbeid), Option(annet, (Text(": "), place_to_write, Break(), Text("fordi"))))
    )


def test_boxes_after_other_words_stay_in_their_lines() -> None:
    words = paragraph("Hvem?", Break(), *boxes("verge"))
    assert place_one(words) == PlacedText(words.children)


def test_items_have_their_marks_and_options_need_none() -> None:
    items = ((option("Ja"),), (paragraph("annet"),), ())
    for ordered, marks in ((True, ["", "2.", "3."]), (False, ["", "•", "•"])):
        placed = place_one(List(ordered, items))
        assert isinstance(placed, PlacedList)
        assert [item.mark for item in placed.items] == marks
        assert not placed.whole
    assert place_one(List(False, (items[0],) * 2)).whole


# --- beside or above ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beside", "value"),
    [
        (True, paragraph("x" * 160)),
        (False, paragraph("x" * 161)),
        (True, paragraph(filled("a", "\n".join(["x" * 39] * 4)))),
        (False, paragraph(filled("a", "\n".join(["x" * 61] * 3)))),
        (True, paragraph(filled("a", "\n".join(["x" * 60] * 12)))),
        (False, paragraph(filled("a", "\n".join(["x"] * 13)))),
        (False, paragraph(filled("a", "en\n\nto"))),
        (True, paragraph(blank("a"))),
        (False, paragraph(blank("a", 2))),
        (False, paragraph(blank("a"), Break(), blank("b"))),
        (True, paragraph("Fra ", blank("a"), " til ", blank("b"))),
        (False, paragraph("Fordi ", Strong((blank("a", 2),)))),
        (True, choice(*["x" * 58] * 12)),
        (False, choice(*["x"] * 13)),
        (False, choice("x" * 59)),
        (False, List(False, ((paragraph("en"),),))),
    ],
)
def test_a_short_value_stands_beside_its_label(beside: bool, value: Block) -> None:
    placed = place_one(DescriptionList((entry("Navn", value),)))
    assert isinstance(placed, PlacedDescriptions)
    assert placed.items[0].beside == beside


def test_a_value_of_several_blocks_or_none_stands_below_its_label() -> None:
    placed = place_one(DescriptionList((entry("Navn", "en", "to"), entry("Navn"))))
    assert isinstance(placed, PlacedDescriptions)
    assert [item.beside for item in placed.items] == [False, False]


# --- rows that may split --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "cell"),
    [
        (True, paragraph("x" * 949)),
        (False, paragraph("x" * 1000)),
        (True, paragraph(filled("a", "\n".join(["x"] * 20)))),
        (False, paragraph(filled("a", "\n".join(["x"] * 21)))),
        (False, paragraph(filled("a", "\n\n".join(["x"] * 21)))),
        (True, paragraph(blank("a", 10))),
        (False, paragraph(blank("a", 11))),
        (False, choice(*["x"] * 21)),
        (False, List(False, ((paragraph("x"),),) * 21)),
        (False, DescriptionList((entry("a", "x"),) * 11)),
    ],
)
def test_a_row_is_whole_unless_it_may_fill_a_page(whole: bool, cell: Block) -> None:
    row = (Cell((paragraph("kort"),)), Cell((cell,)))
    placed = place_one(Table((Text("Uker"),), (50, 50), (row[0],) * 2, (row,)))
    assert isinstance(placed, PlacedTable)
    assert [each.whole for each in (placed.head, *placed.rows)] == [True, whole]


# --- keeping together -----------------------------------------------------------------------

KEPT: dict[str, Block] = {
    "words": paragraph("Ord"),
    "lines": paragraph(blank("a", 2)),
    "choice": choice("a", "b"),
    "heading": Heading(2, (Text("Overskrift"),)),
    "bullets": List(False, ((paragraph("en"),), (paragraph("to"),))),
    "options": List(False, ((option("en"),), (option("to"),))),
    "descriptions": DescriptionList((entry("Navn", "Kari"),)),
    "table": Table((Text("T"),), (100,), (Cell(()),), ((Cell((paragraph("x"),)),),)),
    "note": Box(BoxKind.NOTE, (paragraph("Husk"),)),
    "advice": Box(BoxKind.SIGN, (paragraph("Les"),)),
    "quote": Quote((paragraph("Bra"),)),
    "signing": signing_table(),
}


def kept(*names: str) -> list[tuple[bool, bool]]:
    return [(block.whole, block.with_next) for block in place([KEPT[name] for name in names])]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["heading", "words"], [(True, True), (False, False)]),
        (["table", "heading", "signing"], [(True, False), (True, True), (True, False)]),
        (["words", "advice", "signing"], [(False, False), (True, False), (True, False)]),
        (["words", "descriptions", "signing"], [(False, True), (False, False), (True, False)]),
        (["words", "lines", "words"], [(False, True), (True, False), (False, False)]),
        (["note", "quote", "options"], [(False, False), (False, False), (True, False)]),
    ],
)
def test_what_belongs_together_stays_on_one_page(
    names: list[str], expected: list[tuple[bool, bool]]
) -> None:
    assert kept(*names)[: len(expected)] == expected


def test_a_choice_and_an_items_first_words_are_not_parted_from_their_own() -> None:
    placed = place_one(DescriptionList((entry("a", choice("a", "b")), entry("b", "c"))))
    assert isinstance(placed, PlacedDescriptions)
    assert [item.whole for item in placed.items] == [True, False]
    items = place_one(List(False, ((paragraph("a"), paragraph("b")), (paragraph("c"),))))
    assert isinstance(items, PlacedList)
    assert [item.blocks[0].with_next for item in items.items] == [True, False]


def test_the_style_sheet_keeps_together_what_placement_does() -> None:
    matcher = break_rules()
    for names in product(KEPT, repeat=3):
        placed = place([KEPT[name] for name in names])
        assert drawn(placed, matcher) == [(b.whole, b.with_next) for b in placed[:-1]], names


def test_a_drawing_stays_whole_and_with_its_table() -> None:
    matcher = break_rules()
    for name, block in KEPT.items():
        placed = place([block, closures(), block])
        assert [(b.whole, b.with_next) for b in placed[1:3]] == [(True, True), (True, False)]
        assert drawn(placed, matcher) == [(b.whole, b.with_next) for b in placed[:-1]], name


def break_rules() -> cssselect2.Matcher:
    """What the sheet says of breaking pages."""
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(SHEET, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            found = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
            breaks = {d.lower_name: tinycss2.serialize(d.value).strip() for d in found}
            for selector in cssselect2.compile_selector_list(rule.prelude):
                matcher.add_selector(selector, breaks)
    return matcher


def drawn(placed: tuple[PlacedBlock, ...], matcher: cssselect2.Matcher) -> list[tuple[bool, bool]]:
    """What the sheet makes of each block but the last: whether it is whole, and kept with next."""
    writer = PagedBodyWriter(165)
    counts = [len(page_of([writer.block(block)])) for block in placed]
    page = page_of(map(writer.block, placed))
    looks = [look(element, matcher) for element in root_children(page)]
    ends = [sum(counts[: number + 1]) for number in range(len(counts))]
    return [
        (
            looks[end - 1].get("break-inside") == "avoid",
            "avoid" in (looks[end - 1].get("break-after"), looks[end].get("break-before")),
        )
        for end in ends[:-1]
    ]


def page_of(parts: Iterable[str]) -> ElementTree.Element:
    return ElementTree.fromstring(f"<main>{re.sub('<col .*?>', '', ''.join(parts))}</main>")


def root_children(page: ElementTree.Element) -> Iterable[cssselect2.ElementWrapper]:
    children: Iterable[cssselect2.ElementWrapper] = cssselect2.ElementWrapper.from_html_root(
        page
    ).iter_children()
    return children


def look(element: cssselect2.ElementWrapper, matcher: cssselect2.Matcher) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, _, _, values in matcher.match(element):
        found |= values
    return found


# --- what writers need ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", pf.kinds())
def test_every_field_and_box_of_the_tree_reaches_the_writers(kind: str) -> None:
    for document in (pf.blank(kind, service="molde"), sample(), render_with()):
        placed = place(document.blocks)
        assert leaves(placed) == leaves(document.blocks)


def leaves(node: Any) -> list[Field | CheckBox | Stroke]:
    """Every field, box and stroke in order; the parts of a field as one."""
    found: list[Field | CheckBox | Stroke] = []
    for leaf in _leaves(node):
        if not found or found[-1] is not leaf:
            found.append(leaf)
    return found


def _leaves(node: Any) -> Iterator[Field | CheckBox | Stroke]:
    if isinstance(node, Field | CheckBox | Stroke):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from _leaves(child)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _leaves(getattr(node, field.name))


def test_blocks_within_blocks_are_placed_too() -> None:
    within = (paragraph(filled("a", "en\n\nto")), KEPT["heading"], KEPT["words"])
    expected = place(within)
    box, quote = place([Box(BoxKind.NOTE, within), Quote(within)])
    assert isinstance(box, PlacedBox)
    assert isinstance(quote, PlacedQuote)
    assert box.blocks == quote.blocks == expected
    assert isinstance(expected[2], PlacedHeading)


def test_the_style_sheet_has_the_measures_of_placement() -> None:
    gaps = {type_: f".blank.{type_}" for type_ in UNBROKEN}
    assert GAPS.keys() == gaps.keys()
    for rule in (
        f".line {{ height: {LINE_PITCH}mm;",
        f".blank {{ display: inline-block; box-sizing: border-box; width: {GAP}mm;",
        *(f"{gaps[type_]} {{ width: {width}mm }}" for type_, width in GAPS.items()),
    ):
        assert rule in SHEET


# --- forms ----------------------------------------------------------------------------------


def test_fields_that_have_no_room_beside_the_others_begin_a_new_line() -> None:
    items = tuple(entry(label, paragraph(blank(label))) for label in "abcd")
    placed = place_one(Fields(items, (8, 4, 6, 12)))
    assert isinstance(placed, PlacedFields)
    assert [[field.width for field in row] for row in placed.rows] == [[8, 4], [6], [12]]


def test_a_field_has_as_many_lines_as_the_longest_place_to_write_in_it() -> None:
    several = paragraph(blank("a"), Break(), blank("b"), " ", blank("c"))
    items = (entry("a", several), entry("b", paragraph(blank("d", 3))), entry("c", "d"))
    placed = place_one(Fields(items, (4, 4, 4)))
    assert isinstance(placed, PlacedFields)
    assert [field.lines for field in placed.rows[0]] == [1, 3, 0]


def test_options_run_in_a_row_where_there_is_little_room() -> None:
    placed = place_one(Fields((entry("a", choice("b", "c")),), (12,)))
    assert isinstance(placed, PlacedFields)
    [[field]] = placed.rows
    [choices] = field.value
    assert isinstance(choices, PlacedChoices)
    assert choices.columns == 0


def test_a_table_to_write_in_is_told_from_one_to_read() -> None:
    def table(*cells: Cell) -> PlacedTable:
        head = tuple(Cell((paragraph("x"),)) for _ in cells)
        placed = place_one(Table((Text("C"),), (50, 50), head, (cells,)))
        assert isinstance(placed, PlacedTable)
        return placed

    words, room = Cell((paragraph("a"),)), Cell((paragraph(blank("b")),), lines=3)
    assert (table(words, words).to_fill, table(words, words).rows[0].room) == (False, 0)
    filled_in = table(words, room)
    assert (filled_in.to_fill, filled_in.rows[0].room) == (True, ROW_HEIGHT + 2 * ROW_PITCH)


def test_a_row_that_names_others_spans_the_table_and_stays_with_them() -> None:
    placed = place_one(matrix())
    assert isinstance(placed, PlacedTable)
    assert placed.matrix
    group = placed.rows[1]
    assert (group.cells[0].span, group.with_next) == (3, True)
    assert {row.room for row in placed.rows if row is not group} == {MATRIX_ROW_HEIGHT}


def test_what_stands_above_the_window_of_an_envelope_belongs_to_it() -> None:
    address = AddressWindow((Text("a"),), Window(25, 45, 85, 40))
    above, below = paragraph("b"), paragraph("c")
    window, after = place([above, address, below])
    assert isinstance(window, PlacedWindow)
    assert window.above == place([above])
    assert (after,) == place([below])


def test_fields_right_after_an_address_stand_beside_it_two_in_a_line() -> None:
    address = AddressWindow((Text("a"),), Window(25, 45, 85, 40))
    listed = Fields(tuple(entry(label, paragraph("v")) for label in "bcd"), (12, 4, 4))
    window, after = place([address, listed, listed])
    assert isinstance(window, PlacedWindow)
    assert window.beside
    assert [len(row) for row in window.beside.rows] == [2, 1]
    assert (after,) == place([listed])


PLANS = [path for path in EXAMPLES if path.stem.startswith("action_plan")]


@pytest.mark.parametrize(
    ("rows", "lines", "whole"), [(6, 1, True), (6, 3, False), (7, 1, False), (5, 3, True)]
)
def test_a_table_of_few_rows_is_one_thing_and_stays_whole(
    rows: int, lines: int, whole: bool
) -> None:
    cells = (Cell((paragraph("x"),), header=True), Cell((paragraph("ord " * 12 * lines),)))
    placed = place_one(Table((Text("C"),), (50, 50), cells, (cells,) * rows))
    assert isinstance(placed, PlacedTable)
    assert placed.whole is whole


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_goal_of_a_plan_is_split_from_its_heads(path: Path) -> None:
    """A whole table is never split in any format; see the tests of the style sheet and of Word."""
    blocks = place(pf.render(pf.load(path)).blocks)
    tables = [block for block in blocks if isinstance(block, PlacedTable)]
    goals = [table for table in tables if re.search(r"\w+ \d$", text_of(table.caption))]
    assert goals
    assert all(table.whole for table in goals)


@pytest.mark.parametrize(("rows", "kept"), [(1, [0]), (2, [1, 0]), (5, [1, 0, 0, 1, 0])])
def test_no_row_of_a_table_is_left_alone_on_a_page(rows: int, kept: list[int]) -> None:
    head = (Cell((paragraph("x"),)),)
    placed = place_one(Table((Text("C"),), (100,), head, (head,) * rows))
    assert isinstance(placed, PlacedTable)
    assert [row.with_next for row in placed.rows] == [bool(each) for each in kept]
    endless = (Cell((paragraph("ord " * 900),)),)
    long = place_one(Table((Text("C"),), (100,), head, (endless,) * rows))
    assert isinstance(long, PlacedTable)
    assert not any(row.with_next for row in long.rows)


def test_a_table_to_read_may_be_split_sooner_than_one_to_fill() -> None:
    head = (Cell((paragraph("x"),)),)
    to_fill = (Cell((paragraph(blank("x")),)),)
    for row, whole in ((head, False), (to_fill, True)):
        placed = place_one(Table((Text("C"),), (100,), head, (row,) * 8))
        assert placed.whole is whole


def test_a_column_of_words_in_a_matrix_begins_at_its_side() -> None:
    ratings, words = filled("a", "4", FieldType.CHOICE), filled("b", "god", FieldType.TEXT)
    cells = tuple(Cell((paragraph(node),)) for node in (Text("x"), ratings, words))
    empty = (*cells[:2], Cell((paragraph(blank("b")),)))
    head = tuple(Cell((paragraph("x"),)) for _ in cells)
    table = Table((Text("C"),), (40, 20, 40), head, (empty, cells), matrix=True)
    for one, is_matrix in ((table, True), (replace(table, matrix=False), False)):
        placed = place_one(one)
        assert isinstance(placed, PlacedTable)
        for row in (placed.head, *placed.rows):
            assert [cell.middle for cell in row.cells] == [False, is_matrix, False]
