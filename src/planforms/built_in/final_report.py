"""The final report, and what its ratings must keep to: areas, items and scale of the instrument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planforms.errors import Problem
from planforms.models.final_report import FinalReport, InstrumentUse, RatedItem
from planforms.registry import Kind
from planforms.services.instruments import Instruments
from planforms.setting import Setting


def rating_problems(data: FinalReport, setting: Setting) -> Iterator[Problem]:
    """A Problem for each area, item and rating that is not one of its instrument."""
    files = setting.service.instrument_files
    for number, use in enumerate(data.instruments):
        place = f"instruments[{number}]"
        if use.areas and use.instrument not in files:
            hint = "tell its results in words, or add a file for it in instruments/"
            yield Problem("data.key", f"{place}.areas", "has ratings of no known instrument", hint)
        else:
            yield from _use_problems(use, place, files)


def _use_problems(use: InstrumentUse, place: str, files: Instruments) -> Iterator[Problem]:
    instrument = use.instrument or ""
    if use.demands_by and files.demands_of(use.demands_by) != instrument:
        what = "does not rate what the work demands beside this instrument"
        yield Problem("data.key", f"{place}.demands_by", what, "leave it out")
    areas = [area.area for area in use.areas]
    yield from _foreign(areas, files.areas(instrument), f"{place}.areas", "area")
    for number, area in enumerate(use.areas):
        inside = f"{place}.areas[{number}].items"
        items = [item.item for item in area.items]
        yield from _foreign(items, files.items(area.area), inside, "item")
        for index, item in enumerate(area.items):
            yield from _scale_problems(item, f"{inside}[{index}]", use, files)
            if item.rating_again and not use.assessed_again_on:
                again = f"{inside}[{index}].rating_again"
                what, hint = "is a second rating without its day", "tell when, in {other}"
                other = f"{place}.assessed_again_on"
                yield Problem.of("data.second_rating", again, what, hint, other=other)


def _foreign(
    keys: Iterable[str], known: tuple[str, ...], place: str, field: str
) -> Iterator[Problem]:
    """A Problem for each key that the instrument does not have here, or that stands twice."""
    seen: set[str] = set()
    for number, key in enumerate(keys):
        if key not in known:
            yield _unknown("data.key", f"{place}[{number}].{field}", "does not belong here", known)
        elif key in seen:
            yield Problem("data.key", f"{place}[{number}].{field}", "stands twice", "keep one")
        seen.add(key)


def _scale_problems(
    item: RatedItem, place: str, use: InstrumentUse, files: Instruments
) -> Iterator[Problem]:
    own = files.steps(use.instrument or "")
    demands = files.steps(use.demands_by or "")
    scales = {"rating": own, "rating_again": own, "demand": demands}
    for field, known in scales.items():
        step = getattr(item, field)
        if step is not None and step not in known:
            what = "is no step of the instrument's scale"
            yield _unknown("data.rating", f"{place}.{field}", what, known)


def _unknown(code: str, place: str, what: str, known: tuple[str, ...]) -> Problem:
    hint = "known: {known}" if known else "known: nothing"
    return Problem.of(code, place, what, hint, known=", ".join(known))


def unrated(data: FinalReport, _: Setting) -> Iterator[Problem]:
    """A Problem for each item without a rating; that information is missing is a rating too."""
    for number, use in enumerate(data.instruments):
        for index, area in enumerate(use.areas):
            for place, item in enumerate(area.items):
                if item.rating is None:
                    path = f"instruments[{number}].areas[{index}].items[{place}].rating"
                    hint = "an issued document must have it; leave out an item that was not asked"
                    yield Problem("data.needed", path, "is needed and missing", hint)


KIND = Kind(
    FinalReport, problems=(rating_problems,), issue_problems=(unrated,), pages=5, blank_pages=10
)
