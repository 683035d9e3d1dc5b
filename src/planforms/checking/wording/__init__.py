"""The language of templates and term lists: spelling, terms, reading, conventions, citations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from planforms.checking.findings import Finding
from planforms.checking.locales import read_locale
from planforms.checking.sources import SourceFile, Sources, is_brought
from planforms.checking.word_source import read_word_templates
from planforms.checking.wording.citations import check_breaks, check_citations
from planforms.checking.wording.conventions import check_conventions
from planforms.checking.wording.passages import Passage, passages
from planforms.checking.wording.reading import check_reading
from planforms.checking.wording.sentences import check_sentences
from planforms.checking.wording.spelling import LanguageWords, check_spelling, read_word_list
from planforms.checking.wording.termbase import (
    TermBase,
    check_term_base,
    foreign_terms,
    read_term_base,
)
from planforms.languages import LOCALE_FILE, LocaleSettings, language_folders

_Reading = tuple[tuple[Passage, ...], tuple[Finding, ...]]


def check_wording(sources: Sources) -> Iterator[Finding]:
    """What is wrong with the words themselves, and which citations nobody has looked up of late.

    An office's own Word template may have the office's own words: there it is a warning.
    """
    for finding in _check_words(sources):
        yield finding if finding.is_of_lines else finding.as_warning()
    yield from check_citations(sources)
    yield from check_breaks(sources, _unbroken(sources))


def _unbroken(sources: Sources) -> frozenset[str]:
    """What no end of a line parts from a number, in any of the languages."""
    read = (read_locale(sources.files[language, LOCALE_FILE]) for language in sources.languages)
    return frozenset(word for settings, _ in read if settings for word in settings.unbroken)


def _check_words(sources: Sources) -> Iterator[Finding]:
    folders = {code: language_folders(code, sources.folders) for code in sources.languages}
    bases: dict[str, TermBase] = {}
    for language, where in folders.items():
        bases[language], problems = read_term_base(language, where)
        yield from problems
    spelled = []
    for language, where in folders.items():
        file, words = sources.files[language, LOCALE_FILE], list[Passage]()
        settings, _ = read_locale(file)
        if settings is None:
            continue  # another check tells why
        for inside, findings in _read_all(sources, language, settings):
            words += inside
            yield from findings
        yield from check_term_base(bases[language], words)
        foreign = foreign_terms(bases, language)
        spelled.append(LanguageWords(file, settings, read_word_list(where), foreign, words))
    yield from check_spelling(spelled)


def _read_all(sources: Sources, language: str, settings: LocaleSettings) -> Iterator[_Reading]:
    for file in sources.files.values():
        if file.language == language and file.path.suffix in (".html", ".po"):
            yield _read(file, settings)
    for word in read_word_templates(sources):
        if word.language == language:
            yield _read(word, settings)


@lru_cache(maxsize=1024)
def _read(file: SourceFile, settings: LocaleSettings) -> _Reading:
    """The passages of a file; what is hard to read in it, or not as the language is written.

    Nobody has measured which LIX is easy in a language that is not built in.
    """
    inside = tuple(passages(file))
    reading = check_reading(inside, settings)
    if is_brought(file.language):
        reading = (finding for finding in reading if finding.code != "check.lix")
    written = check_conventions(settings, inside)
    return inside, (*reading, *written, *check_sentences(settings, inside))
