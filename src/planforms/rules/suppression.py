"""Which numbers about few people are not told outside of the house.

A number from 1 to 4 could be a person that somebody knows. It is hidden, and so is whatever gives
it back: of a sum, the next smallest number; of a year, what its quarters leave over. A hidden
number is safe if it could be another one as well, with all that is printed of the year and its
quarters still true. Whether it is, is no guess: the numbers of a period and its sum are a flow in a
network, where every sum holds in its nodes, and a number can be another one exactly if some other
hidden numbers can take up the difference along a circle.

In statistics this is cell suppression: primary for numbers that are small, secondary for others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planforms.models.statistics import Hiding

THRESHOLD = 5
TOTAL = ""
"""The name of a sum among the names of what it is the sum of."""

Counts = Mapping[str, int]
Printed = Mapping[str, int | Hiding]
"""What is told of each number: the number itself, or how it is hidden."""


@dataclass(frozen=True, slots=True)
class _Number:
    """One number of a table, as an arc of the network.

    Attributes:
        name: what it counts; :data:`TOTAL` for the sum.
        tail, head: the sums that it belongs to; one of them it adds to, the other it is part of.
        value: the number.
        hiding: how it is hidden; ``None`` if it is told.
        free: whether it may be hidden still.
    """

    name: str
    tail: str
    head: str
    value: int
    hiding: Hiding | None
    free: bool

    @property
    def can_be_hidden(self) -> bool:
        """Whether less could be told of it than is."""
        return self.free and self.hiding is not Hiding.WITHHELD

    @property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """From where to where one more or one less of it can be carried, as far as readers know."""
        if self.hiding is None:
            return ()
        least, most = (1, THRESHOLD - 1) if self.hiding is Hiding.FEW else (0, None)
        up = most is None or self.value < most
        down = self.value > least
        return (*([(self.tail, self.head)] * up), *([(self.head, self.tail)] * down))


def is_few(count: int) -> bool:
    """Whether a number is so small that it is not told outside."""
    return 0 < count < THRESHOLD


def printed_alone(counts: Counts, *, nothing: bool = False) -> Printed:
    """What is told of a period that no other one is part of, such as a quarter.

    Args:
        counts: how many of each; the sum is made of them.
        nothing: whether nothing may be told at all.
    """
    numbers = [*_column(counts, "period", "all", _hiding(counts, nothing=nothing), free=True)]
    return _told(_protected(numbers))


def printed_year(
    year: Counts, quarters: Sequence[tuple[Counts, Printed]], *, nothing: bool = False
) -> Printed:
    """What is told of a year, beside what has been told of its quarters.

    Args:
        year: how many of each in the year; those of the quarters add up to it.
        quarters: the same of each quarter, and what is told of it.
        nothing: whether nothing more than the quarters may be told.
    """
    open_ = {name for _, printed in quarters for name, one in printed.items() if _is_hidden(one)}
    hiding = {name: one for name, one in _hiding(year, nothing=nothing).items() if name in open_}
    numbers = [
        replace(number, tail=number.head, head=number.tail, free=number.name in open_)
        for number in _column(year, "year", "", hiding, free=True)
    ]
    parts = [
        number
        for index, (counts, printed) in enumerate(quarters)
        for number in _column(counts, f"quarter {index}", "", _hidden_in(printed), free=False)
    ]
    return _told(_protected(numbers, parts))


def _column(
    counts: Counts, period: str, row: str, hiding: Mapping[str, Hiding], *, free: bool
) -> Iterator[_Number]:
    """The numbers of a period: each flows from its row into the period, and their sum out of it."""
    for name, value in counts.items():
        yield _Number(name, row or f"row {name}", period, value, hiding.get(name), free)
    total = sum(counts.values())
    yield _Number(TOTAL, period, row or "row", total, hiding.get(TOTAL), free)


def _hiding(counts: Counts, *, nothing: bool) -> dict[str, Hiding]:
    """What is hidden of a period on its own account."""
    total = sum(counts.values())
    if nothing or is_few(total):
        hidden = dict.fromkeys(counts, Hiding.WITHHELD)
        return {**hidden, TOTAL: Hiding.FEW if is_few(total) and not nothing else Hiding.WITHHELD}
    return {name: Hiding.FEW for name, value in counts.items() if is_few(value)}


def _is_hidden(printed: int | Hiding) -> bool:
    return isinstance(printed, Hiding)


def _hidden_in(printed: Printed) -> dict[str, Hiding]:
    return {name: one for name, one in printed.items() if isinstance(one, Hiding)}


def _told(numbers: Iterable[_Number]) -> Printed:
    return {number.name: number.hiding or number.value for number in numbers}


def _protected(numbers: list[_Number], parts: Sequence[_Number] = ()) -> list[_Number]:
    """The numbers, as many of them hidden as it takes to keep those and the parts that are."""
    while any(not _is_safe(number, [*numbers, *parts]) for number in (*numbers, *parts)):
        left = [n for n, number in enumerate(numbers) if number.can_be_hidden]
        next_ = min(left, key=lambda n: _cost(numbers[n]))
        numbers[next_] = replace(numbers[next_], hiding=Hiding.WITHHELD)
    return numbers


def _cost(number: _Number) -> tuple[bool, bool, bool, int]:
    """What is hidden first: the smallest number that is not nought, then the sum.

    Last of all it is no longer told of a hidden number that it is small: four quarters of few
    people each in a year of few would all be one.
    """
    few = number.hiding is Hiding.FEW
    return few, number.name == TOTAL, number.value == 0, number.value


def _is_safe(number: _Number, all_: Sequence[_Number]) -> bool:
    """Whether a number is told, or could be another one."""
    others = [other for other in all_ if other is not number]
    ways = number.moves
    return number.hiding is None or any(_leads(head, tail, others) for tail, head in ways)


def _leads(start: str, end: str, numbers: Iterable[_Number]) -> bool:
    """Whether a difference can be carried from one sum to another by hidden numbers alone."""
    steps: dict[str, list[str]] = {}
    for number in numbers:
        for one, other in number.moves:
            steps.setdefault(one, []).append(other)
    seen, left = {start}, deque([start])
    while left:
        for place in steps.get(left.popleft(), ()):
            if place not in seen:
                seen.add(place)
                left.append(place)
    return end in seen
