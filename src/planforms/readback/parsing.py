"""From what somebody wrote in a field to a value of the data: one parser for each type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from planforms.document import FieldType, Place
from planforms.languages import Words
from planforms.models.fields import write_time
from planforms.models.letters import clean, folded
from planforms.models.shapes import Shape
from planforms.readback.returned import Written
from planforms.written import DoubtError, parse_date, parse_money, parse_number, parse_time

Value = str | int | float | bool | list[str]
"""A value as JSON has it."""

_BREAKS = re.compile(r"\s*[\n\t]\s*")


@dataclass(frozen=True, slots=True)
class AskedField:
    """What a field asks.

    Attributes:
        place: what the form knows of it.
        shape: what the model knows of it.
        words: the language of the form.
        keys: the keys that a choice can have in data.
        birth: whether it asks for the day of birth.
        currency: what amounts are in.
    """

    place: Place
    shape: Shape
    words: Words
    keys: tuple[str, ...] = ()
    birth: bool = False
    currency: str = ""


def parse_value(written: Written, asked: AskedField) -> Value | None:
    """The value that was written, as JSON has it; ``None`` if nothing was.

    Raises:
        DoubtError: it is none of this type, or can be meant in more than one way.
    """
    answers = tuple(filter(None, map(_trimmed, _lines(written, asked))))
    if not answers:
        return None
    if asked.place.many:
        return list(dict.fromkeys(_key(answer, asked) for answer in answers))
    if len(answers) > 1:
        hint = "one box answers it: look at the form which of them is meant"
        raise DoubtError("form.two_ticks", "has more than one box ticked", hint)
    if isinstance(written, tuple) and not asked.place.options:
        hint = "write what belongs there"
        raise DoubtError("form.tick", "is ticked, but nothing is written there", hint)
    return _PARSERS[asked.place.type](answers[0], asked)


def _lines(written: Written, asked: AskedField) -> tuple[str, ...]:
    """The answers in a field; a list of choices may stand on several lines."""
    if isinstance(written, tuple):
        return written
    return tuple(written.splitlines()) if asked.place.many else (written,)


def _trimmed(text: str) -> str:
    return clean(text).strip()


def _line(text: str, _asked: AskedField) -> str:
    return _BREAKS.sub(" ", text)


def _text(text: str, _asked: AskedField) -> str:
    return text


def _date(text: str, asked: AskedField) -> str:
    return parse_date(text, asked.words, birth=asked.birth).isoformat()


def _time(text: str, asked: AskedField) -> str:
    return write_time(parse_time(text, asked.words))


def _number(text: str, asked: AskedField) -> int | float:
    return _as_json(parse_number(text, asked.words, hours=asked.shape.type is Decimal))


def _money(text: str, asked: AskedField) -> int | float:
    return _as_json(parse_money(text, asked.words, asked.currency))


def _as_json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _key(text: str, asked: AskedField) -> str:
    """The option of a key or of a name, however that is spelled."""
    options = asked.place.options
    if text in dict(options) or text in asked.keys:
        return text
    found = [key for key, name in options if folded(name) == folded(text)]
    if len(found) == 1:
        return found[0]
    if found:
        hint = "several answers have this name: choose one on the form"
        raise DoubtError("form.two_names", "names more than one of the answers", hint)
    raise DoubtError("form.choice", "is none of the answers", "choose one of those on the form")


def _flag(text: str, asked: AskedField) -> bool:
    for value, key in ((True, "yes"), (False, "no")):
        if folded(text) in (key, folded(asked.words.term("flag", key))):
            return value
    raise DoubtError("form.choice", "is neither yes nor no", "choose one of the two")


_PARSERS: dict[FieldType, Callable[[str, AskedField], Value]] = {
    FieldType.LINE: _line,
    FieldType.TEXT: _text,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.CHOICE: _key,
    FieldType.FLAG: _flag,
}
