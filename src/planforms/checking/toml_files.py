"""TOML files of words and profiles: what is wrong in them, at its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile
from planforms.files import parse_toml
from planforms.models.paths import is_within
from planforms.models.validation import problems_from

M = TypeVar("M", bound=BaseModel)

_HEADING = re.compile(r"\s*((\[)?\[\s*([\w.]+)\s*\]\]?)")
_KEY = re.compile(r"\s*([\w.]+)\s*=")
_AT = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class TomlKey:
    """A key or a heading: its whole path, where it stands, and as what."""

    path: str
    offset: int
    text: str


def read_toml(
    file: SourceFile, model: type[M], code: str, hint: str
) -> tuple[M | None, list[Finding]]:
    """What a file says, and what is wrong with it.

    Args:
        file: the file.
        model: what it must hold.
        code: the code of all that is wrong.
        hint: what to do about it.
    """
    try:
        return model.model_validate(parse_toml(file.content)), []
    except ValidationError as error:
        problems = problems_from(error, model, code=code, show_keys=True)
    except ValueError as error:
        offset = offset_of_error(file.content, str(error))
        return None, [file.finding(code, offset, "", f"cannot be read: {error}", hint)]
    places = ((problem, key_of(file, problem.place)) for problem in problems)
    return None, [
        file.finding(code, key.offset, "", f"{problem.place} {problem.message}", hint)
        for problem, key in places
    ]


def offset_of_error(content: str, message: str) -> int:
    """Where the letter stands at which a file could be read no further; its end if nobody says."""
    place = _AT.search(message)
    if place is None:
        return max(len(content) - 1, 0)
    lines = content.splitlines(keepends=True)[: int(place[1]) - 1]
    return sum(map(len, lines)) + int(place[2]) - 1


def key_of(file: SourceFile, path: str) -> TomlKey:
    """The key at a path or, if it is not there, the nearest one that leads to it."""
    keys = (key for key in _keys(file.content) if is_within(path, key.path))
    return max(keys, key=lambda key: len(key.path), default=TomlKey("", 0, ""))


def _keys(content: str) -> Iterator[TomlKey]:
    heading, offset = "", 0
    entries: Counter[str] = Counter()
    for line in content.splitlines(keepends=True):
        if found := _HEADING.match(line):
            heading = found[3]
            if found[2]:  # one of several of the same name
                entries[heading] += 1
                heading = f"{heading}[{entries[heading] - 1}]"
            yield TomlKey(heading, offset + found.start(1), found[1])
        elif found := _KEY.match(line):
            path = f"{heading}.{found[1]}" if heading else found[1]
            yield TomlKey(path, offset + found.start(1), found[1])
        offset += len(line)
