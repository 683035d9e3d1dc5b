"""Days off, working days and pauses, against what the laws and a wall calendar say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforms.errors import ProfileError
from planforms.rules.calendars import Calendar
from planforms.services import load_country
from planforms.services.timing import DayOff, Pause

DAY = timedelta(days=1)
YEARS = range(1990, 2100)
SATURDAY, SUNDAY = 5, 6


# --- an independent statement of the holidays -------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    golden, century, rest = year % 19, year // 100, year % 100
    skipped = (century + 8) // 25
    epact = (19 * golden + century - century // 4 - (century - skipped + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def first(weekday: int, day: date) -> date:
    """The first such weekday on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def norwegian(year: int) -> Iterator[date]:
    yield from (date(year, 1, 1), date(year, 5, 1), date(year, 5, 17))
    yield from (date(year, 12, 25), date(year, 12, 26))
    yield from (easter(year) + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50))


def swedish(year: int) -> Iterator[date]:
    midsummer = first(SATURDAY, date(year, 6, 20))
    yield from (date(year, 1, 1), date(year, 1, 6), date(year, 5, 1))
    yield from (midsummer - DAY, midsummer, first(SATURDAY, date(year, 10, 31)))
    yield from (date(year, 12, day) for day in (24, 25, 26, 31))
    yield from (easter(year) + timedelta(days=days) for days in (-2, 0, 1, 39, 49))
    yield date(year, 6, 6) if year >= 2005 else easter(year) + timedelta(days=50)


def danish(year: int) -> Iterator[date]:
    yield from (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))
    yield from (easter(year) + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50))
    if year <= 2023:
        yield easter(year) + timedelta(days=26)  # Store bededag


HOLIDAYS = {"NO": norwegian, "SE": swedish, "DK": danish}


def is_day_off(country: str, day: date) -> bool:
    return day.weekday() in (SATURDAY, SUNDAY) or day in set(HOLIDAYS[country](day.year))


# --- days off ---------------------------------------------------------------------------------


@pytest.mark.parametrize("country", HOLIDAYS)
def test_the_days_off_of_a_hundred_years_are_those_of_the_law(country: str) -> None:
    calendar = Calendar(load_country(country))
    for year in YEARS:
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
        days = [day for day in days if day.year == year]
        off = set(HOLIDAYS[country](year))
        wrong = [d for d in days if calendar.is_day_off(d) != (d.weekday() >= 5 or d in off)]
        assert wrong == []


def test_store_bededag_was_a_day_off_until_2023() -> None:
    calendar = Calendar(load_country("DK"))
    assert calendar.is_day_off(date(2023, 5, 5))
    assert not calendar.is_day_off(date(2024, 4, 26))


@pytest.mark.parametrize(("month", "day"), [(6, 19), (12, 24), (12, 31)])
def test_eves_are_days_off_in_sweden_alone(month: int, day: int) -> None:
    eve = date(2026, month, day)
    off = {code: Calendar(load_country(code)).is_day_off(eve) for code in HOLIDAYS}
    assert off == {"NO": False, "SE": True, "DK": False}


def test_a_country_can_have_weekends_alone() -> None:
    country = load_country("NO").model_copy(update={"code": "XX", "holidays": ()})
    calendar = Calendar(country)
    assert not calendar.is_day_off(date(2026, 12, 25))
    assert calendar.is_day_off(date(2026, 12, 26))


@pytest.mark.parametrize("changed", [{"code": "XX"}, {"holidays": ("feasts",)}])
def test_holidays_that_nobody_knows_are_a_mistake_of_the_profile(
    changed: dict[str, object],
) -> None:
    country = load_country("NO").model_copy(update=changed)
    with pytest.raises(ProfileError) as error:
        Calendar(country).is_day_off(date(2026, 11, 20))
    (problem,) = error.value.problems
    assert (problem.code, problem.place) == ("profile.holidays", f"{country.code}.toml: holidays")


def test_far_off_years_have_weekends() -> None:
    calendar = Calendar(load_country("SE"))
    assert calendar.is_day_off(date(1, 1, 6))
    assert calendar.is_day_off(date(9999, 12, 25))
    assert not calendar.is_day_off(date(9999, 12, 24))


# --- moving an end ----------------------------------------------------------------------------

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


@given(st.sampled_from(list(HOLIDAYS)), DAYS)
def test_an_end_on_a_day_off_is_kept_or_moved_to_the_nearest_working_day(
    country: str, day: date
) -> None:
    calendar = Calendar(load_country(country))
    after = before = day
    while is_day_off(country, after):
        after += DAY
    while is_day_off(country, before):
        before -= DAY
    assert calendar.move(day, DayOff.KEEP) == day
    assert calendar.move(day, DayOff.NEXT) == after
    assert calendar.move(day, DayOff.PREVIOUS) == before


def test_a_swedish_end_at_midsummer_moves_over_the_whole_feast() -> None:
    calendar = Calendar(load_country("SE"))
    eve = date(2026, 6, 19)
    assert calendar.move(eve, DayOff.NEXT) == date(2026, 6, 22)
    assert calendar.move(date(2026, 6, 21), DayOff.PREVIOUS) == date(2026, 6, 18)


# --- pauses -----------------------------------------------------------------------------------


def pause(first_day: str, last_day: str) -> Pause:
    return Pause.model_validate({"first": first_day, "last": last_day, "source": "x"})


@given(DAYS, DAYS, DAYS)
def test_a_pause_holds_from_its_first_day_to_its_last_each_year(
    day: date, start: date, end: date
) -> None:
    """Walk from the first day through a leap year until the last day comes."""
    walked = set()
    at = date(2000, start.month, start.day)
    while True:
        walked.add((at.month, at.day))
        if (at.month, at.day) == (end.month, end.day):
            break
        at = at + DAY if (at.month, at.day) != (12, 31) else date(2000, 1, 1)
    one = pause(f"{start:%m-%d}", f"{end:%m-%d}")
    calendar = Calendar(load_country("SE"), (one,))
    assert calendar.is_paused(day) == ((day.month, day.day) in walked)


def test_the_clock_stands_still_over_christmas_and_new_year() -> None:
    calendar = Calendar(load_country("SE"), (pause("12-20", "01-06"),))
    end = calendar.count(date(2026, 12, 18), 7, working=False, pauses=True)
    assert end == date(2027, 1, 12)


def test_working_days_leave_out_easter_and_whoever_asks_for_them_the_pauses() -> None:
    calendar = Calendar(load_country("NO"), (pause("04-08", "04-09"),))
    wednesday = date(2026, 4, 1)
    assert calendar.count(wednesday, 2, working=True, pauses=False) == date(2026, 4, 8)
    assert calendar.count(wednesday, 2, working=True, pauses=True) == date(2026, 4, 10)
