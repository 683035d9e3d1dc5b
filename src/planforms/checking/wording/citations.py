"""Provisions in profiles that nobody has compared with their source for a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.services import BUILT_IN, COUNTRIES

MAX_AGE_DAYS = 365
_CHECKED = re.compile(r"\bchecked\s*=\s*(\d{4}-\d\d-\d\d)")
_WORDS_AND_REMARKS = re.compile(r'"(?:[^"\\\n]|\\.)*"|#[^\n]*')


def check_citations(sources: Sources) -> Iterator[Finding]:
    """A warning for each date ``checked`` of a service or country profile that is too old.

    Nothing grows old if ``sources`` knows no day.
    """
    if sources.as_of is None:
        return
    for path in _profiles(sources.services):
        file = read_source("", path)
        visible = _WORDS_AND_REMARKS.sub(lambda found: " " * len(found[0]), file.content)
        for found in _CHECKED.finditer(visible):
            day = _day(found[1])
            if day and (sources.as_of - day).days > MAX_AGE_DAYS:
                yield _finding(file, found.start(1), day)


def _profiles(folders: Sequence[Path]) -> list[Path]:
    """Every profile that is in use; one's own come before built-in ones of the same name."""
    used: dict[tuple[bool, str], Path] = {}
    for folder in (BUILT_IN, *reversed(folders)):
        countries = COUNTRIES if folder == BUILT_IN else folder / "countries"
        for path in (*folder.glob("*.toml"), *countries.glob("*.toml")):
            used[path.parent == countries, path.name] = path
    return [path for _, path in sorted(used.items())]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _finding(file: SourceFile, offset: int, day: date) -> Finding:
    message = f"was last compared with its source on {day.isoformat()}, over a year ago"
    hint = "compare it again, mend it if the law has changed, and set the new date"
    text = day.isoformat()
    return file.finding("check.citation_age", offset, text, message, hint).as_warning()
