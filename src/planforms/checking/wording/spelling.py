"""Spelling, by hunspell and the project's own word lists.

``words.txt`` of a language folder holds words that are right and that the dictionary does not
know, one a line, ``#`` before a comment. A word with a hyphen at its end is the first part of
compounds. A list in one's own folder adds to the built-in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, read_source
from planforms.checking.wording.hunspell import NoDictionaryError, misspelled, suggestions
from planforms.checking.wording.passages import FIELD, WORD, Passage
from planforms.languages import LocaleSettings

WORD_LIST = "words.txt"
MAX_SUGGESTED = 10
"""For so many words of a language hunspell is asked what may be meant; it takes its time."""
MIN_REST = 3
"""So many letters must follow the first part of a compound."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Right words that a dictionary does not know.

    Attributes:
        words: whole words; a small first letter also stands for a capital.
        first_parts: words that any known word may follow to make a compound.
    """

    words: frozenset[str]
    first_parts: tuple[str, ...]

    def knows(self, word: str) -> bool:
        """Whether the word stands in the list."""
        return word in self.words or word[0].lower() + word[1:] in self.words

    def rests(self, word: str) -> list[str]:
        """What follows a first part in a compound."""
        small = word.lower()
        lengths = [len(part) for part in self.first_parts if small.startswith(part)]
        return [small[length:] for length in lengths if len(small) - length >= MIN_REST]


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The words of one language, to be spelled.

    Attributes:
        file: its ``locale.toml``.
        settings: what that says.
        own: its word list.
        foreign: terms of the other languages, with the right one of this.
        passages: the words.
    """

    file: SourceFile
    settings: LocaleSettings
    own: WordList
    foreign: Mapping[str, str]
    passages: Sequence[Passage]

    @property
    def dictionary(self) -> str:
        """The name of its dictionary, such as ``nb_NO``."""
        return self.settings.dictionary or self.settings.babel


def check_spelling(languages: Iterable[LanguageWords]) -> Iterator[Finding]:
    """Words that neither the dictionary nor the word list of their language knows."""
    with ThreadPoolExecutor() as pool:
        for findings in pool.map(_check_language, languages):
            yield from findings


def _check_language(words: LanguageWords) -> list[Finding]:
    used = {word for passage in words.passages for _, word in _words(passage)}
    try:
        wrong = _unknown(words, sorted(used))
        meant = suggestions(words.dictionary, wrong[:MAX_SUGGESTED])
    except NoDictionaryError:
        return [_missing(words)]
    hints = {word: _hint(words, word, meant.get(word, "")) for word in wrong}
    return [
        passage.finding("check.spelling", span, f"“{word}” is not a known word", hints[word])
        for passage in words.passages
        for span, word in _words(passage)
        if word in hints
    ]


def _unknown(words: LanguageWords, used: Iterable[str]) -> list[str]:
    unsure = [word for word in used if not words.own.knows(word)]
    rests = {word: words.own.rests(word) for word in unsure}
    asked = [*unsure, *(rest for found in rests.values() for rest in found)]
    wrong = misspelled(words.dictionary, asked)
    return [word for word in unsure if wrong.issuperset([word, *rests[word]])]


def _hint(words: LanguageWords, word: str, meant: str) -> str:
    small = word.lower()
    right = {own for foreign, own in words.foreign.items() if small.startswith(foreign)}
    if right:
        return f"that is another language; here it is called: {' or '.join(sorted(right))}"
    listed = f"if it is right, put it into {words.file.language}/{WORD_LIST}"
    return f"perhaps {meant}; {listed}" if meant else listed


def _missing(words: LanguageWords) -> Finding:
    message = f"the spelling is not checked: there is no hunspell for {words.dictionary}"
    hint = "install hunspell and the dictionary"
    if package := words.settings.dictionary_package:
        hint += f"; on Debian and Ubuntu: sudo apt-get install hunspell {package}"
    offset = max(words.file.content.find(words.dictionary), 0)
    missing = words.file.finding("check.no_dictionary", offset, words.dictionary, message, hint)
    return missing.as_warning()


def _words(passage: Passage) -> Iterator[tuple[tuple[int, int], str]]:
    for found in WORD.finditer(passage.text):
        if FIELD not in found[0] and len(found[0]) > 1:
            yield found.span(), found[0]


def read_word_list(folders: Iterable[Path]) -> WordList:
    """The words of all lists in some folders."""
    paths = (folder / WORD_LIST for folder in folders)
    files = (read_source("", path) for path in paths if path.is_file())
    lines = (line.split("#")[0] for file in files for line in file.content.splitlines())
    listed = {word for line in lines for word in line.split()}
    first_parts = {word for word in listed if word.endswith("-")}
    parts = tuple(sorted(part.removesuffix("-") for part in first_parts))
    return WordList(frozenset(listed - first_parts), parts)
