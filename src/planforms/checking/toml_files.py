"""Where in a TOML file something stands that is wrong."""

from __future__ import annotations

import re

_AT = re.compile(r"at line (\d+), column (\d+)")


def offset_of_error(content: str, message: str) -> int:
    """Where the letter stands at which a file could be read no further; its end if nobody says."""
    place = _AT.search(message)
    if place is None:
        return max(len(content) - 1, 0)
    lines = content.splitlines(keepends=True)[: int(place[1]) - 1]
    return sum(map(len, lines)) + int(place[2]) - 1


def find_key(content: str, name: str) -> re.Match[str] | None:
    """The first line that gives a value to a key; the match is the key."""
    return re.search(rf"(?<![^\n]){re.escape(name)}(?=[ \t]*=)", content)
