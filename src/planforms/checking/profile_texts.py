"""Languages in which services write: some lack templates, some lack texts of the profiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.checking.toml_files import key_of
from planforms.errors import Problem
from planforms.languages import list_languages
from planforms.services import list_services, load_service
from planforms.services.countries import CountryProfile
from planforms.services.parts import ProfilePart
from planforms.services.profiles import ServiceProfile
from planforms.services.reading import find_country, find_service, untranslated


def check_profile_texts(sources: Sources) -> Iterator[Finding]:
    """A language without templates; each text that a document would have in another language."""
    known = list_languages(sources.folders)
    for (path, model), languages in sorted(_written(sources).items(), key=lambda one: one[0][0]):
        file = read_source("", path)
        for language in languages:
            if model is ServiceProfile and sources.code(language) not in known:
                yield _no_folder(file, language, known)
        for code in dict.fromkeys(map(sources.code, languages)):
            for problem in untranslated(path, model, code, sources.code):
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
    key = key_of(file, place)
    message = f"{place} {problem.message}"
    return file.finding(problem.code, key.offset, key.text, message, problem.hint).as_warning()
