"""Days, times and numbers as people write them: the way back from what a language prints.

What can be read in two ways is not guessed: it is a :class:`DoubtError`, whose hint tells the two
ways without repeating what was written. Sources: Språkrådet (sprakradet.no), Språkrådet i
Institutet för språk och folkminnen (isof.se), Dansk Sprognævn (dsn.dk) on dates, times and numbers.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from planforms.languages import Words
from planforms.models.letters import folded

CENTURY = 2000
LAST_HOUR, LAST_MINUTE = 23, 59
NEAR = 50
"""Two digits below this are years of this century; from here on they may be of the last one."""
EARLY = 20
"""Two digits below this at the end of a date are more likely a day than a year."""

_DAY = r"(?P<day>[0-9]{1,2})(?::[a-zà-ÿ])?"
_YEAR = r"(?P<year>[0-9]{4}|['-]? ?[0-9]{2})"
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})([-./ ])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})\.?")
_DIGITS_8 = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_DIGITS_6 = re.compile(r"[0-9]{6}")
_SHORT = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(
    rf"{_DAY}\.? ?[-./ ] ?(?P<month>[0-9]{{1,2}})(?: ?[-./] ?| |(?=')){_YEAR}\.?"
)
_NAMED = re.compile(rf"{_DAY}\.? ?(?P<name>[^\W\d_]{{3,}})\.?,? ?{_YEAR}\.?")
_NO_YEAR = re.compile(
    r"[0-9]{1,2}(?::[a-zà-ÿ])?(?:\.? ?[-./ ] ?[0-9]{1,2}\.?|\.? ?[^\W\d_]{3,}\.?)"
)
_WORD_OF_TIME = re.compile(r"([^\W\d_]+)\.?,? +(?=\S)")
_FIRST_WORD = re.compile(r"([^\W\d_]{2,})\.?,? +(?=\S)")

_PLAIN = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+[.,][0-9]{1,2}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_POINTS = re.compile(r"-?[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_MARK = re.compile(r"-?[0-9]{1,3}[.,][0-9]{3}")
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:(?: ?[.:,h] ?| |(?<=[0-9]{2}))(?P<minute>[0-9]{2}))?")
_EARLY_HOUR = re.compile(r"[1-6](?![0-9])")
"""An hour that is as likely to be one of the afternoon, unless a nought stands before it."""
_AFTER_AMOUNT = re.compile(r" ?[,.:]? ?-{1,2}$")
_HALF = re.compile(r"(?<=[0-9]) ?½")


class DoubtError(Exception):
    """Something that was written is not clear.

    Attributes:
        code: what is not clear, such as ``form.year_missing``.
        message: what is wrong, without what was written.
        hint: the ways in which it can be read, or how to write it.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint


def parse_date(text: str, words: Words, *, birth: bool = False) -> date:
    """The day that somebody wrote, such as ``den 1/6 26`` or ``mandag 1. juni 2026``.

    Args:
        text: what was written.
        words: the language of the form.
        birth: whether it is a day of birth, whose year needs four digits.

    Raises:
        DoubtError: it is no day, or can be meant in more than one way.
    """
    whole = folded(text)
    rest, weekday = _without_words(whole, words)
    _refuse_digits(rest, words)
    match = (
        _YEAR_FIRST.fullmatch(rest)
        or _DIGITS_8.fullmatch(rest)
        or _DAY_FIRST.fullmatch(rest)
        or _NAMED.fullmatch(rest)
    )
    if not match:
        raise _no_date(rest)
    found = match.groupdict()
    month = int(found["month"]) if "month" in found else _month(found["name"], words)
    day = _day(_year(found["year"], birth=birth), month, int(found["day"]))
    if weekday is not None and weekday != day.weekday():
        hint = "either the day of the week or the date is wrong"
        raise DoubtError("form.weekday", "falls on another day of the week than it says", hint)
    return day


def parse_number(text: str, words: Words, *, hours: bool = False) -> Decimal:
    """The number that somebody wrote, such as ``37,5`` or ``1 250``.

    Args:
        text: what was written.
        words: the language of the form.
        hours: whether it counts hours, so that their name may stand behind it.

    Raises:
        DoubtError: it is no number, or can be meant in more than one way.
    """
    rest = folded(_HALF.sub(",5", text.replace("½", "0½") if text.strip() == "½" else text))
    if hours:
        rest = _without_unit(rest, words)
    if _MARK.fullmatch(rest):
        hint = "the mark can part the thousands or the decimals: write 1250, or 1,25"
        raise DoubtError("form.number_mark", "can be read as two numbers", hint)
    if _POINTS.fullmatch(rest):
        rest = rest.replace(".", "")
    elif not (_PLAIN.fullmatch(rest) or _DECIMAL.fullmatch(rest) or _GROUPED.fullmatch(rest)):
        raise DoubtError(
            "form.number", "is not a number", "write one number in digits, such as 37,5"
        )
    return Decimal(rest.replace(" ", "").replace(",", "."))


def parse_time(text: str, words: Words) -> time:
    """The time of day that somebody wrote, such as ``kl. 9`` or ``13.30``.

    Args:
        text: what was written.
        words: the language of the form.

    Raises:
        DoubtError: it is no time of day, or can be meant in more than one way.
    """
    rest = folded(text)
    if (word := _WORD_OF_TIME.match(rest)) and word[1] in words.settings.time_words:
        rest = rest[word.end() :]
    match = _CLOCK.fullmatch(rest)
    if not match or int(match["hour"]) > LAST_HOUR or int(match["minute"] or 0) > LAST_MINUTE:
        raise DoubtError("form.time", "is not a time of day", "write hours and minutes: 09.30")
    short_hours = words.settings.short_time.startswith("H.") and match["minute"]
    if _EARLY_HOUR.match(rest) and not short_hours:
        hint = "it can be at night or in the afternoon: write 02.00, or 14.00"
        raise DoubtError("form.time_half", "can be read as two times", hint)
    return time(int(match["hour"]), int(match["minute"] or 0))


def parse_money(text: str, words: Words, currency: str) -> Decimal:
    """The amount that somebody wrote, such as ``1 250 kr`` or ``1.250,50``.

    Three digits behind a mark are thousands: amounts have two decimals.

    Args:
        text: what was written.
        words: the language of the form.
        currency: ISO 4217 code of what amounts are in.

    Raises:
        DoubtError: it is no amount, or can be meant in more than one way.
    """
    rest = folded(text)
    for name in words.money_names(currency):
        rest = re.sub(rf"^{name}\.?(?=[ 0-9])|(?<=[ 0-9-]){name}\.?$", "", rest).strip()
    rest = _AFTER_AMOUNT.sub("", rest)
    if _MARK.fullmatch(rest):
        rest = re.sub("[.,]", "", rest)
    return parse_number(rest, words)


# --- days -----------------------------------------------------------------------------------


def _without_words(text: str, words: Words) -> tuple[str, int | None]:
    """A day without the words around it, and the day of the week that one of them is."""
    weekday = None
    while match := _FIRST_WORD.match(text):
        found = _weekday(match[1], words)
        if found is None and match[1] not in words.settings.day_words:
            break
        weekday = found if weekday is None else weekday
        text = text[match.end() :]
    for word in words.settings.day_words:
        text = text.removeprefix(f"{word}. ") if len(word) == 1 else text
    for word in words.settings.year_words:
        text = re.sub(rf"(?<=[0-9]) ?{re.escape(folded(word))}\.?$", "", text)
    return text, weekday


def _weekday(word: str, words: Words) -> int | None:
    """The day of the week that a word names, whole, cut short or with an ending; 0 is Monday."""
    names = [folded(name) for name in words.settings.weekdays]
    found = [n for n, name in enumerate(names) if word.startswith(name) or name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _refuse_digits(text: str, words: Words) -> None:
    """Refuse digits in a row, or parted by hyphens, whose order nothing tells.

    Raises:
        DoubtError: they can be read from the day and from the year.
    """
    hint = "its digits can be read from the day or from the year: write the year with four digits"
    if _DIGITS_6.fullmatch(text):
        raise DoubtError("form.date_order", "can be read as two days", hint)
    match = _SHORT.fullmatch(text)
    if match:
        first, month, last = map(int, match.groups())
        open_ = words.settings.short_date.startswith("y") or last < EARLY
        if open_ and _is_day(CENTURY + first, month, last):
            raise DoubtError("form.date_order", "can be read as two days", hint)


def _month(name: str, words: Words) -> int:
    names = (*enumerate(words.settings.months, 1), *enumerate(words.settings.months_alone, 1))
    found = {number for number, one in names if folded(one).startswith(name)}
    if len(found) != 1:
        raise DoubtError("form.date", "is not a day", "write it in digits: day, month and year")
    return found.pop()


def _year(digits: str, *, birth: bool) -> int:
    year = int(digits.lstrip("'- "))
    if len(digits) == 4 and digits.isdigit():
        return year
    if birth or year >= NEAR:
        hint = "two digits do not tell the century: write four"
        raise DoubtError("form.year_short", "does not tell its century", hint)
    return CENTURY + year


def _day(year: int, month: int, day: int) -> date:
    if _is_day(year, month, day):
        return date(year, month, day)
    if _is_day(year, day, month):
        hint = "there is no such month, but there is a day if the two are changed over"
        raise DoubtError("form.date_order", "has its month where the day stands", hint)
    hint = "look whether the month has so many days"
    raise DoubtError("form.date", "is not a day of the calendar", hint)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _no_date(text: str) -> DoubtError:
    if _NO_YEAR.fullmatch(text):
        hint = "it can be a day of any year: write the year too"
        return DoubtError("form.year_missing", "has no year", hint)
    return DoubtError("form.date", "is not a day", "write it in digits: day, month and year")


# --- numbers --------------------------------------------------------------------------------


def _without_unit(text: str, words: Words) -> str:
    """The number before the name of hours, if that is all that follows it."""
    match = re.fullmatch(r"(.*[0-9]) ?([^\W\d_]+)\.?", text)
    return match[1] if match and match[2] in words.hour_names else text
