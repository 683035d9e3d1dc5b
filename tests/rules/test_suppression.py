"""No number about few people is given back by all that is told of the quarters and the year."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planforms.models.statistics import Hiding
from planforms.rules.suppression import THRESHOLD, TOTAL, Printed, printed_alone, printed_year

FEW, WITHHELD = Hiding.FEW, Hiding.WITHHELD
NAMES = ("a", "b", "c")


# --- one period -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ({"a": 7, "b": 9}, {"a": 7, "b": 9, TOTAL: 16}),
        ({"a": 0, "b": 9}, {"a": 0, "b": 9, TOTAL: 9}),
        ({"a": 4, "b": 9, "c": 12}, {"a": FEW, "b": WITHHELD, "c": 12, TOTAL: 25}),
        ({"a": 3, "b": 4, "c": 12}, {"a": FEW, "b": FEW, "c": 12, TOTAL: 19}),
        # two numbers that make 2 are both 1, and two that make 8 both 4
        ({"a": 1, "b": 1, "c": 12}, {"a": FEW, "b": FEW, "c": WITHHELD, TOTAL: 14}),
        ({"a": 4, "b": 4, "c": 12}, {"a": FEW, "b": FEW, "c": WITHHELD, TOTAL: 20}),
        ({"a": 2, "b": 1}, {"a": WITHHELD, "b": WITHHELD, TOTAL: FEW}),
        ({"a": 4}, {"a": WITHHELD, TOTAL: FEW}),
        ({"a": 0}, {"a": 0, TOTAL: 0}),
        ({"a": 1, "b": 0, "c": 4}, {"a": FEW, "b": 0, "c": FEW, TOTAL: 5}),
    ],
)
def test_what_is_told_of_a_period(counts: Mapping[str, int], printed: Printed) -> None:
    assert printed_alone(counts) == printed


def test_of_a_period_nothing_may_be_told() -> None:
    hidden = {"a": WITHHELD, "b": WITHHELD, TOTAL: WITHHELD}
    assert printed_alone({"a": 9, "b": 9}, nothing=True) == hidden


# --- quarters and their year ------------------------------------------------------------------


def test_a_year_does_not_give_back_what_one_quarter_hides() -> None:
    quarters = [{"a": 9, "b": 9}, {"a": 3, "b": 9}, {"a": 9, "b": 9}, {"a": 9, "b": 9}]
    told = [(counts, printed_alone(counts)) for counts in quarters]
    year = printed_year({"a": 30, "b": 36}, told, nothing=False)
    assert year["a"] is WITHHELD
    assert year["b"] is WITHHELD
    assert year[TOTAL] == 66


def test_a_year_tells_what_its_quarters_cannot() -> None:
    counts = {"a": 3, "b": 3}
    told = [(counts, printed_alone(counts))] * 4
    assert printed_year({"a": 12, "b": 12}, told) == {"a": 12, "b": 12, TOTAL: 24}


def test_few_in_a_year_of_few_are_not_told_to_be_one_each() -> None:
    told = [({"a": 1}, printed_alone({"a": 1}))] * 4
    assert printed_year({"a": 4}, told, nothing=False)[TOTAL] is WITHHELD


rows_of_a_year = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9]), min_size=width, max_size=width),
        min_size=4,
        max_size=4,
    )
)


@settings(deadline=None, max_examples=150)
@given(rows_of_a_year, st.booleans())
def test_every_hidden_number_could_be_another_one(
    rows: list[list[int]],
    small_at_the_end: bool,  # Hypothesis gives it by its place
) -> None:
    names = [*NAMES[: len(rows[0])], TOTAL]
    quarters = [dict(zip(names, row, strict=False)) for row in rows]
    silent = [False, False, False, small_at_the_end]
    told = [
        (counts, printed_alone(counts, nothing=nothing))
        for counts, nothing in zip(quarters, silent, strict=True)
    ]
    year = {name: sum(counts[name] for counts in quarters) for name in names[:-1]}
    printed = [*(one for _, one in told), printed_year(year, told, nothing=small_at_the_end)]
    true = [{**counts, TOTAL: sum(counts.values())} for counts in (*quarters, year)]
    for period, name in product(range(5), names):
        shown = printed[period][name]
        if isinstance(shown, Hiding):
            assert (period, name) in _movable(printed, true, names), (period, name)
        else:
            assert shown == true[period][name]
            assert not 0 < shown < THRESHOLD


def _movable(
    printed: list[Printed], true: list[dict[str, int]], names: list[str]
) -> set[tuple[int, str]]:
    """Which numbers differ in some year that looks the same in print, found by trying all.

    No number is tried with more than one more or one less.
    """
    ways: dict[tuple[int, ...], set[tuple[int, str]]] = {(0,) * (len(names) - 1): set()}
    for period in range(4):
        columns = [
            column
            for column in product((-1, 0, 1), repeat=len(names) - 1)
            if _fits(printed[period], true[period], names, column)
        ]
        longer: dict[tuple[int, ...], set[tuple[int, str]]] = {}
        for sums, column in product(ways, columns):
            reached = tuple(map(sum, zip(sums, column, strict=True)))
            moved = {(period, n) for n, d in zip(names, _whole(column), strict=True) if d}
            longer.setdefault(reached, set()).update(ways[sums] | moved)
        ways = longer
    found: set[tuple[int, str]] = set()
    for sums, moved in ways.items():
        if _fits(printed[4], true[4], names, sums):
            found |= moved | {(4, n) for n, d in zip(names, _whole(sums), strict=True) if d}
    return found


def _whole(column: tuple[int, ...]) -> tuple[int, ...]:
    return (*column, sum(column))


def _fits(
    printed: Printed, true: dict[str, int], names: list[str], column: tuple[int, ...]
) -> bool:
    """Whether numbers that are so much larger look the same in print."""
    for name, difference in zip(names, _whole(column), strict=True):
        value, shown = true[name] + difference, printed[name]
        if shown is FEW and not 0 < value < THRESHOLD:
            return False
        if shown is WITHHELD and value < 0:
            return False
        if not isinstance(shown, Hiding) and difference:
            return False
    return True


def test_the_search_finds_what_a_year_gives_back() -> None:
    """The test above can fail: a year that tells all leaves no other possibility."""
    quarters = [{"a": 9, "b": 9}, {"a": 3, "b": 9}, {"a": 9, "b": 9}, {"a": 9, "b": 9}]
    printed: list[Printed] = [printed_alone(counts) for counts in quarters]
    true = [{**counts, TOTAL: sum(counts.values())} for counts in (*quarters, {"a": 30, "b": 36})]
    assert _movable([*printed, true[4]], true, ["a", "b", TOTAL]) == set()
    alone: list[Printed] = [{"a": FEW, "b": 9, TOTAL: 12}]
    assert not _movable([*alone, *printed[1:], true[4]], true, ["a", "b", TOTAL])
