"""What keeps numbers from leaving the house: they are of few people, or give such numbers back."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.statistics import Audience, Figure, Statistics
from planforms.rules.spans import MONTH, months_between
from planforms.rules.suppression import THRESHOLD, is_few
from planforms.setting import Setting

_COUNT = "let planforms count the cases"
_SUMS = {"closed": ("closures",), "complaints": ("answered_in_time", "answered_late")}


def untold_problems(data: Statistics, _setting: Setting) -> Iterator[Problem]:
    """A Problem for each number that does not go outside, and for sums that give one back."""
    yield from _sum_problems(data)
    if data.audience is not Audience.OUTWARD:
        return
    yield from _period_problems(data)
    for place, figure in _figures(data):
        if figure.count is not None and is_few(figure.count):
            what = "is a number from 1 to {most}, which is not told outside"
            yield Problem.of("data.few", place, what, _COUNT, most=THRESHOLD - 1)
    for total, parts in _SUMS.items():
        yield from _lone_problems(data, total, parts)


def _period_problems(data: Statistics) -> Iterator[Problem]:
    """Outside, a period is a calendar year or quarter: others could be subtracted from it."""
    period = data.period
    if period and months_between(period.starts_on, period.ends_on) in (None, MONTH):
        hint = "give the first and the last day of a year or a quarter"
        yield Problem("data.period", "period", "is neither a calendar year nor a quarter", hint)


def _figures(data: Statistics) -> Iterator[tuple[str, Figure]]:
    """The numbers of people; free places are none."""
    for name in (one for one in type(data).model_fields if one != "free_places"):
        value = getattr(data, name)
        if isinstance(value, Figure):
            yield name, value
    for number, figure in enumerate(data.closures):
        yield f"closures[{number}]", figure
    for number, row in enumerate(data.survey):
        for name in ("answered", "low", "middle", "high"):
            if figure := getattr(row, name):
                yield f"survey[{number}].{name}", figure


def _parts(data: Statistics, names: tuple[str, ...]) -> list[tuple[str, Figure]]:
    return [(place, figure) for place, figure in _figures(data) if place.partition("[")[0] in names]


def _sum_problems(data: Statistics) -> Iterator[Problem]:
    """A Problem for a sum that its parts do not add up to."""
    for total, names in _SUMS.items():
        whole, parts = getattr(data, total), _parts(data, names)
        known = [figure.count for _, figure in parts if figure.count is not None]
        if whole is None or whole.count is None or not parts:
            continue
        if sum(known) > whole.count or (len(known) == len(parts) and sum(known) != whole.count):
            yield Problem("data.sum", total, "is not the sum of its parts", "count anew")


def _lone_problems(data: Statistics, total: str, names: tuple[str, ...]) -> Iterator[Problem]:
    """A Problem for the only hidden number of a sum, which the others give back."""
    whole = getattr(data, total)
    hidden = [place for place, figure in _parts(data, names) if figure.hidden]
    if whole is not None and whole.hidden is None and len(hidden) == 1:
        what = "is the only hidden number of a sum, which gives it back"
        yield Problem("data.given_back", hidden[0], what, _COUNT)
