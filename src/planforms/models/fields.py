"""The kinds of value that documents hold, and the marks that say how a field is treated.

Marks stand in ``Annotated`` beside the type, so that one declaration drives the validation, the
rendering of empty fields, and the rules for protected identities.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

MAX_LINE_LETTERS = 200
MAX_TEXT_LETTERS = 20_000
MAX_ITEMS = 200


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
    """An empty list offers one item for each key that this field of its items can have."""

    field: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The value is a key; its name in each language stands in ``terms.po`` under this context."""

    name: str


@dataclass(frozen=True, slots=True)
class LongText:
    """The value is running text of one or more paragraphs, not a single line."""


# Explicit direction overrides could make printed words differ from stored ones.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Latin letters, digits and punctuation need no second look; most texts hold nothing else.
_PLAIN = frozenset("\n\t").union(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180))))
_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029]")


def _clean_newlines(value: Any) -> Any:
    return _NEWLINES.sub("\n", value) if isinstance(value, str) else value


def _refuse_controls(value: str) -> str:
    for character in sorted(set(value) - _PLAIN):
        if character in _OVERRIDES:
            raise PydanticCustomError("direction_override", "direction override")
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} and character not in "\n\t":
            raise PydanticCustomError("control_character", "control character")
    return value


def _refuse_lines(value: str) -> str:
    if "\n" in value or "\t" in value:
        raise PydanticCustomError("single_line", "single line")
    return value


def _refuse_time(value: Any) -> Any:
    if isinstance(value, date) and type(value) is not date:
        raise PydanticCustomError("date_with_time", "date with time")
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("date_form", "not an ISO date")
    if not isinstance(value, str | date):
        raise PydanticCustomError("date_form", "not an ISO date")
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LINE_LETTERS),
    BeforeValidator(_clean_newlines),
    AfterValidator(_refuse_controls),
    AfterValidator(_refuse_lines),
]
"""A single line: 1 to 200 letters, no control characters."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT_LETTERS),
    BeforeValidator(_clean_newlines),
    AfterValidator(_refuse_controls),
    LongText(),
    Lines(4),
]
"""Running text: 1 to 20,000 letters. An empty line parts paragraphs, a single one breaks a line."""

Day = Annotated[date, BeforeValidator(_refuse_time)]
"""A calendar day, ``YYYY-MM-DD``."""

Hours = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
"""Hours a week, 0 to 100, at most two decimals."""

Count = Annotated[int, Field(ge=0, le=10_000, strict=True)]
"""A whole number from 0 to 10,000."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]
"""A key of a profile or a vocabulary: small letters, digits and underscores."""

LanguageName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,34}$")]
"""The name of a language folder, or an alias of it such as ``nb-NO``. The language decides words;
the service's country decides rules."""

CaseNumber = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, pattern=r"^[A-Za-zÆØÅÄÖæøåäö0-9][\w./ \-]{0,39}$", max_length=40
    ),
]
"""A case number: up to 40 letters, digits, ``. / - _`` and spaces. The only datum that file names
and log lines may repeat."""
