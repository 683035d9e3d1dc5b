"""The kinds of value that documents hold, and the marks that say how a field is treated.

Marks stand in ``Annotated`` beside the type, so that one declaration drives the validation, the
rendering of empty fields, and the rules for protected identities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from planforms.models.letters import clean, has_control, has_override

MAX_LINE_LETTERS = 200
MAX_TEXT_LETTERS = 20_000
MAX_ITEMS = 200
FIRST_YEAR, LAST_YEAR = 1900, 2100
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9](:00)?")


@dataclass(frozen=True, slots=True)
class Needed:
    """An issued document must have this value; a draft shows a place to write it."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """May be written by hand on the finished paper: an empty one is always a place to write."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """Never printed for a protected identity: it could tell where the person is to be found."""


@dataclass(frozen=True, slots=True)
class Lines:
    """How many lines of handwriting an empty field offers."""

    count: int


@dataclass(frozen=True, slots=True)
class Rows:
    """How many empty rows a blank form offers for a list."""

    count: int


@dataclass(frozen=True, slots=True)
class OneEach:
    """An empty list offers one item for each key that this field of its items can have.

    Attributes:
        field: the field of the items.
        within: a choice beside the list; only keys that belong to what is chosen there are
            offered, and none if nothing is.
        ordered: whether items are printed in the order of the keys, whatever that of the data is.
    """

    field: str
    within: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The value is a key; its name in each language stands in ``terms.po`` under this context."""

    name: str


@dataclass(frozen=True, slots=True)
class After:
    """The time of day comes after that of a field beside it, on the same day."""

    field: str


@dataclass(frozen=True, slots=True)
class Amount:
    """The number is an amount of money, in the currency of the service's country."""


@dataclass(frozen=True, slots=True)
class LongText:
    """The value is running text of one or more paragraphs, not a single line."""


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _refuse_controls(value: str) -> str:
    if has_control(value):
        raise PydanticCustomError("control_character", "control character")
    if has_override(value):
        raise PydanticCustomError("direction_override", "direction override")
    return value


def _refuse_lines(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise PydanticCustomError("single_line", "single line")
    return value


def _refuse_date_with_time(value: Any) -> Any:
    if isinstance(value, date) and type(value) is not date:
        raise PydanticCustomError("date_with_time", "date with time")
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("date_form", "not an ISO date")
    if not isinstance(value, str | date):
        raise PydanticCustomError("date_form", "not an ISO date")
    return value


def _refuse_other_centuries(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        context = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise PydanticCustomError("date_range", "implausible date", context)
    return value


def _parse_time(value: Any) -> Any:
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        value = time.fromisoformat(value)
    if not isinstance(value, time) or value != value.replace(second=0, microsecond=0, tzinfo=None):
        raise PydanticCustomError("time_form", "not a time of day")
    return value


def write_time(value: time) -> str:
    """A time of day as the data has it, such as ``09:00``."""
    return value.isoformat("minutes")


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE_LETTERS),
    BeforeValidator(_clean),
    AfterValidator(_refuse_controls),
    AfterValidator(_refuse_lines),
]
"""A single line: 1 to 200 letters, no control characters, not of invisible letters alone."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT_LETTERS),
    BeforeValidator(_clean),
    AfterValidator(_refuse_controls),
    LongText(),
    Lines(4),
]
"""Running text: 1 to 20,000 letters. An empty line parts paragraphs, a single one breaks a line."""

Day = Annotated[
    date, BeforeValidator(_refuse_date_with_time), AfterValidator(_refuse_other_centuries)
]
"""A calendar day, ``YYYY-MM-DD``, of the years 1900 to 2100."""

Time = Annotated[
    time,
    BeforeValidator(_parse_time),
    PlainSerializer(write_time, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK.pattern}$"}),
]
"""A time of day, ``HH:MM`` from 00:00 to 23:59, by the clock of the place; other programs may add
``:00`` for seconds."""

if TYPE_CHECKING:
    Hours = Decimal | int
    Money = Decimal | int
else:
    Money = Annotated[
        Decimal,
        Field(ge=0, le=1_000_000_000, max_digits=12, decimal_places=2),
        AfterValidator(abs),
        Amount(),
    ]
    Hours = Annotated[
        Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2), AfterValidator(abs)
    ]
"""Hours a week, 0 to 100, at most two decimals. Whole numbers may be written; decimals are kept.

``Money`` is an amount from nothing to a thousand million, whole or with two decimals, in the
currency of the service's country.
"""

Count = Annotated[int, Field(ge=0, le=10_000, strict=True)]
"""A whole number from 0 to 10,000."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
"""A key of a profile or a vocabulary: small letters, digits and underscores."""

RatingStep = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,19}$")]
"""A step of an instrument's scale, such as ``"4"`` or ``missing``."""

LanguageName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,34}$")]
"""The name of a language folder, or an alias of it such as ``nb-NO``. The language decides words;
the service's country decides rules."""

_LETTER = "A-Za-zÆØÅÄÖæøåäö0-9"
_SHORT = 4
"""What stands first, before a space, may be so long without a digit: ``TW-K 2026-07``."""


def _refuse_words(value: str) -> str:
    """A single letter may stand anywhere, a few before the first space; words could be a name."""
    first, *others = value.split(" ")
    words = [piece for piece in others if len(piece) > 1]
    if others and len(first) > _SHORT:
        words.append(first)
    if not all(map(_has_digit, words)):
        raise PydanticCustomError("case_number", "words in a case number")
    return value


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


CaseNumber = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, pattern=rf"^[{_LETTER}][{_LETTER}./_ \-]{{0,39}}$", max_length=40
    ),
    BeforeValidator(_clean),
    AfterValidator(_refuse_words),
]
"""A case number: up to 40 letters, digits, ``. / - _`` and spaces. The only datum that file names
and log lines may repeat: so no words stand in it that could be a name."""
