"""Texts, data and archives, broken by chance; the same seed breaks them in the same way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

SECRET = "Qzxvåk"
"""Stands in every value that is put into data; no error may say it."""
_DIGITS = "9" * 5000
WORDS = (
    *("", " ", "\u00a0" * 300, "\x00", "\x1b[31m", "\ue0000\ue001", "\u202e", "\u2066x"),
    *("\ud800", "\ufeff", "\u200b", "A\u030a", "ﬁ", "٣", "👩‍🚒", "<script>", "]]>", "&#xE000;"),
    *("&#" + _DIGITS + ";", "{{ case }}", "{% for x in y %}", "../../etc/passwd", "C:\\x"),
    *("nan", "inf", "-0.0", "1e999", _DIGITS, "0x1f", "2026-02-30", "0001-01-01", "9999-12-31"),
    *("x" * 201, "x" * 20_001, "\n" * 3000, "a\tb", "null", "true", "%s%n", "${x}", "'; --"),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**30, -(10**400), 1.5, -0.0, float("nan"), float("inf")),
    *([], {}, [[]], [{}], {"": ""}, [None] * 300, [0] * 300, {"x": {"x": {"x": {}}}}),
)


def some_word(chance: random.Random) -> str:
    """A word that tries to be more than a word."""
    return f"{SECRET}{chance.choice(WORDS)}"


def mangled_text(text: str, chance: random.Random, pieces: Sequence[str], most: int = 4) -> str:
    """A text with one to ``most`` places where something is put in, taken out, or doubled."""
    for _ in range(chance.randint(1, most)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((0, 1, 3, 12, 60)))
        match chance.randrange(4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + chance.choice(pieces) + text[start:]
            case 2:
                text = text[:start] + chance.choice(pieces) + text[end:]
            case _:
                text = text[:start] + text[start:end] * chance.choice((2, 30)) + text[end:]
    return text


def mangled_bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes with a few of them changed, left out or cut off."""
    raw = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(raw) or 1)
        match chance.randrange(3):
            case 0:
                raw[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del raw[place : place + chance.choice((1, 4, 100))]
            case _:
                raw[place:place] = bytes(chance.randrange(256) for _ in range(4))
    return bytes(raw)


def mangled_data(data: Any, chance: random.Random) -> Any:
    """Plain data in which a few values are others, of another type, gone, or somewhere else."""
    for _ in range(chance.randint(1, 4)):
        _mangle_once(data, chance)
    return data


def _mangle_once(data: Any, chance: random.Random) -> None:
    holder = data
    while True:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        if not keys:
            break
        key = chance.choice(keys)
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
            break
        holder = inner
    value: Any = some_word(chance) if chance.random() < 0.5 else deepcopy(chance.choice(VALUES))
    if isinstance(holder, list):
        _mangle_list(holder, value, chance)
    elif not holder or chance.random() < 0.15:
        holder[some_word(chance)] = value
    elif chance.random() < 0.15:
        del holder[key]
    else:
        holder[key] = value


def _mangle_list(items: list[Any], value: Any, chance: random.Random) -> None:
    if not items or chance.random() < 0.2:
        items.append(value)
    elif chance.random() < 0.2:
        items *= chance.choice((0, 2, 60))
    else:
        items[chance.randrange(len(items))] = value
