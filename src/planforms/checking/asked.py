"""Which terms the documents of a language ask for, seen while they are made with made-up data.

A built-in language has the words of all kinds. One that an office brings has a few kinds: it needs
the words that these print, and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planforms.checking.paths import walk_of
from planforms.checking.sources import Sources
from planforms.checking.states import Office, Trials
from planforms.checking.term_keys import needed_keys
from planforms.checking.units import units_of
from planforms.checking.vocabulary import Profiles, words_of
from planforms.languages import TermKey, language_folders
from planforms.registry import KINDS

_BY_KEY = frozenset({"field", "title", "note", "prompt", "ground", "left_out", "envelope"})
"""Contexts of which a document asks for single keys; of others, what it may ask for is all."""
_ALWAYS = frozenset({("note", "counts"), ("note", "copy")})
"""What is asked for where a paper has two languages, or several copies."""


def asked_keys(sources: Sources, language: str, profiles: Profiles) -> frozenset[TermKey]:
    """The keys that the documents of a brought language ask for.

    Args:
        sources: all files.
        language: its folder.
        profiles: the services whose documents are made.
    """
    papers = {unit.document.kind for unit in units_of(sources, language)}
    kinds = sorted({KINDS.of_paper(paper)[0].name for paper in papers})
    titles = {("title", paper) for paper in KINDS.papers() if paper not in papers}
    needed = needed_keys(kinds, profiles) - titles
    noted = _Noted(needed)
    _make_all(sources, language, profiles, noted)
    contexts = {context for context, _ in noted.asked} - _BY_KEY
    return frozenset(
        key
        for key in needed
        if key in noted.asked
        or key[0] in contexts
        or key in _ALWAYS
        or (key[0] == "title" and key[1].startswith(tuple(kinds)))
    )


def _make_all(sources: Sources, language: str, profiles: Profiles, noted: _Noted) -> None:
    words = words_of(language, sources.folders)
    if words is None:
        return  # another check tells why
    folders = tuple(language_folders(language, sources.folders))
    office = Office(profiles, replace(words, terms=noted), folders)
    for unit in units_of(sources, language):
        trials = Trials(unit, office)
        conditions = walk_of(unit, words, profiles).conditions
        trials.make_all(trials.made_up(conditions))


class _Noted(Mapping[TermKey, tuple[str, ...]]):
    """Terms that all have a word; those that were asked for are noted."""

    def __init__(self, known: frozenset[TermKey]) -> None:
        self.asked: set[TermKey] = set()
        self._known = known

    def __getitem__(self, key: TermKey) -> tuple[str, ...]:
        self.asked.add(key)
        return ("x",)

    def __iter__(self) -> Iterator[TermKey]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
