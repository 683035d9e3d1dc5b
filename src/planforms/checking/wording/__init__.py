"""The language of templates and term lists: spelling, terms, reading, conventions, citations."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.wording.citations import check_citations
from planforms.checking.wording.conventions import check_conventions
from planforms.checking.wording.forms import check_forms
from planforms.checking.wording.passages import Passage, passages
from planforms.checking.wording.reading import check_reading
from planforms.checking.wording.spelling import LanguageWords, check_spelling, read_word_list
from planforms.checking.wording.termbase import (
    TermBase,
    check_term_base,
    foreign_terms,
    read_term_base,
)
from planforms.languages import language_folders


def check_wording(sources: Sources) -> Iterator[Finding]:
    """What is wrong with the words themselves, and which citations nobody has looked up of late."""
    yield from _check_words(sources)
    yield from check_forms(sources)
    yield from check_citations(sources)


def _check_words(sources: Sources) -> Iterator[Finding]:
    words: dict[str, list[Passage]] = {language: [] for language in sources.languages}
    bases: dict[str, TermBase] = {}
    for file in sources.files.values():
        if file.path.suffix in (".html", ".po"):
            settings = sources.files[file.language, "locale.toml"]
            inside, findings = _read(file, _locale(settings)[-2:])
            words[file.language] += inside
            yield from findings
    for language, found in words.items():
        folders = language_folders(language, sources.folders)
        bases[language], problems = read_term_base(language, folders)
        yield from problems
        yield from check_term_base(bases[language], found)
    yield from check_spelling(_spelled(sources, words, bases))


@lru_cache(maxsize=256)
def _read(file: SourceFile, country: str) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """The passages of a file; what is hard to read in it, or not as the country writes."""
    inside = tuple(passages(file))
    return inside, (*check_reading(inside), *check_conventions(country, inside))


def _spelled(
    sources: Sources, words: Mapping[str, list[Passage]], bases: Mapping[str, TermBase]
) -> Iterator[LanguageWords]:
    for language, found in words.items():
        settings = sources.files[language, "locale.toml"]
        own = read_word_list(language_folders(language, sources.folders))
        foreign = foreign_terms(bases, language)
        yield LanguageWords(settings, _locale(settings), own, foreign, found)


def _locale(settings: SourceFile) -> str:
    """The locale of a language, such as ``nb_NO``; empty if its settings cannot be read."""
    try:
        return str(tomllib.loads(settings.content)["babel"])
    except (tomllib.TOMLDecodeError, KeyError):
        return ""
