"""Which days count: working days, days off, and pauses in which a service's clock stands still."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from planforms.errors import ProfileError
from planforms.services.countries import CountryProfile
from planforms.services.timing import DayOff, Pause

DAY = timedelta(days=1)
SATURDAY = 5


class Calendar:
    """The days of a country, as a service counts them."""

    def __init__(
        self, country: CountryProfile, pauses: tuple[Pause, ...] = (), *, doubtful: bool = False
    ) -> None:
        """Know a country's days.

        Args:
            country: the country.
            pauses: when the service's clock stands still.
            doubtful: whether days that may be days off are such.
        """
        self._country = country.code
        self._doubtful = country.doubtful_days_off if doubtful else ()
        self._categories = country.holidays
        self._pauses = pauses

    def is_day_off(self, day: date) -> bool:
        """Whether a day is a Saturday, a Sunday or a public holiday.

        Holidays are known from the 1950s to 2100; beyond that only weekends are days off.

        Raises:
            ProfileError: nobody knows the holidays that the country's profile asks for.
        """
        if (day.month, day.day) in self._doubtful:
            return True
        if day.weekday() >= SATURDAY or not self._categories:
            return day.weekday() >= SATURDAY
        return day in _holidays(self._country, self._categories, day.year)

    def is_paused(self, day: date) -> bool:
        """Whether a day lies in one of the service's pauses."""
        return any(pause.holds((day.month, day.day)) for pause in self._pauses)

    def count(self, start: date, days: int, *, working: bool, pauses: bool) -> date:
        """The day on which so many days have passed; the first day itself does not count.

        Args:
            start: the day before the first one.
            days: how many.
            working: count working days alone.
            pauses: leave out the days of pauses.
        """
        day = start
        while days > 0:
            day += DAY
            if not (pauses and self.is_paused(day)) and not (working and self.is_day_off(day)):
                days -= 1
        return day

    def move(self, day: date, rule: DayOff) -> date:
        """The day itself or, if it is a day off and must not be one, the next or previous other."""
        step = {DayOff.KEEP: None, DayOff.NEXT: DAY, DayOff.PREVIOUS: -DAY}[rule]
        while step and self.is_day_off(day):
            day += step
        return day


@lru_cache(maxsize=1024)
def _holidays(country: str, categories: tuple[str, ...], year: int) -> frozenset[date]:
    """The public holidays of a year; the package that knows them is imported at the first one."""
    from holidays import country_holidays

    try:
        return frozenset(country_holidays(country, years=year, categories=categories))
    except (NotImplementedError, ValueError) as error:
        place, hint = f"{country}.toml: holidays", "see the package holidays; [] for weekends only"
        raise ProfileError.of("profile.holidays", place, str(error), hint) from None
