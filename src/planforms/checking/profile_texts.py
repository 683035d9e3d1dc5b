"""Languages in which services write: some lack templates, some lack texts of the profiles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.errors import Problem, Severity
from planforms.languages import list_languages
from planforms.models.paths import is_within
from planforms.services import list_services, load_service
from planforms.services.countries import CountryProfile
from planforms.services.parts import ProfilePart
from planforms.services.profiles import ServiceProfile
from planforms.services.reading import find_country, find_service, untranslated

_HEADING = re.compile(r"\s*\[(\[)?([\w.]+)\]")
_KEY = re.compile(r"\s*([\w.]+)\s*=")


def check_profile_texts(sources: Sources) -> Iterator[Finding]:
    """A language without templates; each text that a document would have in another language."""
    known = list_languages(sources.folders)
    for (path, model), languages in sorted(_written(sources).items(), key=lambda one: one[0][0]):
        file = read_source("", path)
        for language in languages:
            if model is ServiceProfile and sources.code(language) not in known:
                yield _no_folder(file, language, known)
            for problem in untranslated(path, model, language):
                yield _finding(file, problem)


def _written(sources: Sources) -> dict[tuple[Path, type[ProfilePart]], dict[str, None]]:
    """Every profile in use, and the languages in which services write with its texts."""
    written: dict[tuple[Path, type[ProfilePart]], dict[str, None]] = {}
    for name in list_services(sources.services):
        service = load_service(name, sources.services)
        own = find_service(name, sources.services), ServiceProfile
        country = find_country(service.country, sources.services), CountryProfile
        for key in (own, country):
            languages = written.setdefault(key, {})
            languages |= dict.fromkeys((service.language, *service.languages))
    return written


def _no_folder(file: SourceFile, language: str, known: Sequence[str]) -> Finding:
    offset = max(file.content.find(f'"{language}"'), 0)
    message, hint = "no templates in this language", f"known: {', '.join(known)}"
    return file.finding("profile.language", offset, f'"{language}"', message, hint)


def _finding(file: SourceFile, problem: Problem) -> Finding:
    place = problem.place.partition(": ")[2]
    keys = [key for key in _keys(file.content) if is_within(place, key.path)]
    nearest = max(keys, key=lambda key: len(key.path), default=_Key("", 0, ""))
    message = f"{place} {problem.message}"
    return file.finding(
        problem.code, nearest.offset, nearest.text, message, problem.hint, Severity.WARNING
    )


@dataclass(frozen=True, slots=True)
class _Key:
    """A key or a heading of a TOML file: its whole path, where it stands, and as what."""

    path: str
    offset: int
    text: str


def _keys(content: str) -> Iterator[_Key]:
    heading, offset = "", 0
    entries: Counter[str] = Counter()
    for line in content.splitlines(keepends=True):
        if found := _HEADING.match(line):
            heading = found[2]
            if found[1]:  # one of several of the same name
                entries[heading] += 1
                heading = f"{heading}[{entries[heading] - 1}]"
            yield _Key(heading, offset + found.start(2), found[2])
        elif found := _KEY.match(line):
            path = f"{heading}.{found[1]}" if heading else found[1]
            yield _Key(path, offset + found.start(1), found[1])
        offset += len(line)
