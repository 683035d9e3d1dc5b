"""Provisions in profiles: what nobody has compared with its source for a year, or breaks in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.services import BUILT_IN, COUNTRIES

MAX_AGE_DAYS = 365
_NO_NUMBER = r"(?![\w.]|[ \u00a0]?\d|\\u00a0)"
"""Behind what belongs to the number before it no other one stands."""
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
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


def check_breaks(sources: Sources, unbroken: Iterable[str]) -> Iterator[Finding]:
    """Places in profiles where a line may end between a number and the word that belongs to it.

    Args:
        sources: names the folders of the profiles.
        unbroken: words that never part from the number beside them, such as ``§``.
    """
    words = "|".join(re.escape(word) for word in sorted(unbroken))
    if not words:
        return
    before, behind = rf"(?<!\w)(?:{words}) (?=\d)", rf"(?<=\d) (?:{words}){_NO_NUMBER}"
    apart = re.compile(f"{before}|{behind}")
    for path in _profiles(sources.services):
        file = read_source("", path)
        for text in _TEXT.finditer(_WORDS_AND_REMARKS.sub(_blank, file.content)):
            for found in apart.finditer(text[0]):
                hint = "write \\u00a0 between them, a space that never breaks"
                message = "a line may end here, between a number and its word"
                offset = text.start() + found.start()
                found_at = file.finding("check.break", offset, found[0], message, hint)
                yield found_at.as_warning()


def _blank(found: re.Match[str]) -> str:
    """A remark as spaces; a text as it stands."""
    return found[0] if found[0].startswith('"') else " " * len(found[0])


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
