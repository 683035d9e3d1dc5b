"""Forms filled in by chance, with what must be read from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from planforms.document import Document, FieldType, Place
from planforms.forms.names import row_of_option
from planforms.languages import Words
from planforms.models.paths import split
from planforms.readback.returned import Written
from tests.filling import places_to_fill, rows_named

LETTERS = "aåæäøöeéiuü ßđŋšŧžčáńǥǩʒ АБЯЖёїґ Łłşğıİ ÞþðÐ 'ʼ-– 0123456789 €½ ✓ 日 ﺍ"
"""Letters of the languages, of the Sámi ones, of Cyrillic and others that names are written in."""
EMPTY = 0.3
"""How much is left open."""


@dataclass(frozen=True)
class Filled:
    """A form that somebody filled in.

    Attributes:
        written: what stands in its fields.
        meant: the values that are meant, as JSON has them.
        holders: who has a copy by the boxes that are ticked, in the order of the boxes.
    """

    written: dict[str, Written]
    meant: dict[str, Any]
    holders: list[str]


def fill(document: Document, words: Words, chance: Random) -> Filled:
    """A form in which something is written in each row; elsewhere some fields are left open."""
    written: dict[str, Written] = {}
    meant: dict[str, Any] = {}
    rows = set()
    named = rows_named(document)
    for path, place in places_to_fill(document).items():
        row = row_of(path)
        if row in rows and chance.random() < EMPTY:
            continue
        rows.add(row)
        if path in named:
            written[path] = (named[path],)
        else:
            written[path], meant[path] = write(place, words, chance)
    ticked = [row_of_option(option) for path, option in named.items() if path in written]
    holders = [meant.get(f"{row}.name") or _role_in(row, document, meant, words) for row in ticked]
    return Filled(written, meant, holders)


def _role_in(row: str, document: Document, meant: dict[str, Any], words: Words) -> str:
    """What the role is called that stands in a row."""
    place = document.places[f"{row}.role"]
    return words.term("role", str(meant.get(f"{row}.role") or place.raw))


def row_of(path: str) -> tuple[object, ...]:
    """The row of a list that a path leads into."""
    steps = split(path)
    last = max((n for n, step in enumerate(steps) if isinstance(step, int)), default=-1)
    return steps[: last + 1]


def write(place: Place, words: Words, chance: Random) -> tuple[Written, Any]:
    """What somebody writes in a place, and what they mean."""
    match place.type:
        case FieldType.CHOICE:
            return _choose(place, chance)
        case FieldType.DATE:
            return _write_date(words, chance)
        case FieldType.NUMBER:
            value = chance.choice([0, 3, 37, 100, 7.5, 12.25])
            return words.number(Decimal(str(value))), value
        case FieldType.TIME:
            return chance.choice([("13.30", "13:30"), ("kl. 9", "09:00"), ("08:05", "08:05")])
        case FieldType.MONEY:
            value = chance.choice([0, 250, 1250, 12.5])
            return words.number(Decimal(str(value))), value
        case FieldType.FLAG:
            value = chance.random() < 0.5
            return words.term("flag", "yes" if value else "no"), value
        case FieldType.TEXT:
            text = "\n".join(_word(chance, 40) for _ in range(chance.randint(1, 4)))
            return text, text
    text = _word(chance, 60)
    return text, text


def _choose(place: Place, chance: Random) -> tuple[Written, Any]:
    keys = [key for key, _ in place.options]
    if place.many:
        chosen = [key for key in keys if chance.random() < 0.5] or keys[:1]
        return tuple(chosen), chosen
    key, name = chance.choice(place.options)
    alone = [one for _, one in place.options].count(name) == 1
    return (name.upper() if alone and chance.random() < 0.3 else (key,)), key


def _write_date(words: Words, chance: Random) -> tuple[str, str]:
    day = date(1930, 1, 1) + timedelta(days=chance.randrange(40_000))
    forms = (
        words.date(day),
        words.date(day, "short"),
        day.isoformat(),
        f"{day.day}/{day.month} {day.year}",
        f"{words.settings.weekdays[day.weekday()]} {words.date(day)}",
    )
    return chance.choice(forms), day.isoformat()


def _word(chance: Random, most: int) -> str:
    letters = "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, most)))
    return " ".join(letters.split()) or "Å"
