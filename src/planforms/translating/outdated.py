"""Outdated translations: which languages nobody has looked at since another one changed.

``sections.lock`` holds, for each section and each two languages, the words of both when somebody
last compared them, as short hashes. A section is up to date in two languages if both still say
what they said then.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.outline import Section, sections_of
from planforms.checking.pieces import PieceKind
from planforms.checking.sources import TERMS, SourceFile, Sources, read_source
from planforms.checking.terms import ListedTerm, read_terms
from planforms.errors import require_known
from planforms.languages import language_code, template_root
from planforms.writing import replace_file

LOCK = "sections.lock"
_HEAD = """\
# What each section said in two languages when somebody last compared them.
# Written by: planforms check --accept KIND LANGUAGE
"""
_LINE = re.compile(r"(\S+) (\S+) (\S+):([0-9a-f]{8}) (\S+):([0-9a-f]{8})")

Name = tuple[str, str]
"""A kind of document and the name of a section; of terms, their context."""
Lock = dict[tuple[str, str, str, str], dict[str, str]]
"""By kind, section and two languages in alphabetical order: what each of the two said."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a section says in one language, and where.

    Attributes:
        file: the file it stands in.
        offset: where it begins there.
        heading: what a reader knows it by.
        digest: short hash of its words.
    """

    file: SourceFile
    offset: int
    heading: str
    digest: str


def check_outdated(sources: Sources) -> Iterator[Finding]:
    """Every section that nobody has compared with another language since that one changed."""
    compared: Lock = {}
    for folder in (template_root(), *reversed(sources.folders)):
        lock, findings = _read_lock(folder / LOCK)
        compared |= lock
        yield from findings
    for name, wordings in _wordings(sources).items():
        for language, wording in sorted(wordings.items()):
            others = sorted(wordings.items() - {(language, wording)})
            then = {other: compared.get(_pair(name, language, other), {}) for other, _ in others}
            changed = [one for other, one in others if then[other].get(other) != one.digest]
            if changed:
                yield _finding(name, wording, changed)


def accept(sources: Sources, kind: str, language: str) -> Path:
    """Note that a kind of document says the same in a language as in all others, as they are now.

    Args:
        sources: the templates; the note is made in one's own first folder, else beside the
            built-in ones.
        kind: a kind of document, ``_parts`` or ``terms``.
        language: the language that somebody has looked at.

    Returns:
        The file that holds the note.

    Raises:
        UsageError: there is no such kind or language.
    """
    what = "no such kind of document"
    require_known(kind, sources.kinds, place="KIND", code="kind.unknown", what=what)
    language = language_code(language, sources.folders, place="LANGUAGE")
    wordings = {name: found for name, found in _wordings(sources).items() if name[0] == kind}
    path = (*sources.folders, template_root())[0] / LOCK
    lock = {
        pair: digests
        for pair, digests in _read_lock(path)[0].items()
        if pair[0] != kind or (language not in pair[2:] and pair[:2] in wordings)
    }
    for name, found in wordings.items():
        for two in combinations(found, 2):
            if language in two:
                lock[_pair(name, *two)] = {code: found[code].digest for code in two}
    replace_file(path, _lock_text(lock).encode("utf-8"))
    return path


def _pair(name: Name, one: str, other: str) -> tuple[str, str, str, str]:
    return *name, min(one, other), max(one, other)


def _finding(name: Name, wording: Wording, others: list[Wording]) -> Finding:
    file = wording.file
    languages = " and ".join(other.file.language for other in others)
    places = " and ".join(other.file.place(other.offset) for other in others)
    what = f"“{wording.heading}” was not compared with {languages} since the words changed there"
    call = f"planforms check --accept {name[0]} {file.language}"
    hint = f"read {places}; once it says the same: {call}"
    return file.finding("check.outdated", wording.offset, "", what, hint).as_warning()


# --- what the sections say ------------------------------------------------------------------


def _wordings(sources: Sources) -> dict[Name, dict[str, Wording]]:
    """Every section that has words, by kind and name, in all languages."""
    wordings: dict[Name, dict[str, Wording]] = {}
    for file in sources.templates():
        for section in sections_of(file):
            if any(piece.has_words for piece in section.pieces):
                found = Wording(file, section.offset, section.heading, _digest(_words(section)))
                wordings.setdefault((file.kind, section.name), {})[file.language] = found
    for language in sources.languages:
        groups: dict[str, list[ListedTerm]] = {}
        for (context, key), term in sorted(read_terms(sources, language).items()):
            part = f"{context}/{key.split('.')[0]}" if context == "field" else context
            groups.setdefault(part, []).append(term)
        for part, terms in groups.items():
            words = [text for term in terms for text in (term.key[1], *term.forms)]
            found = Wording(terms[0].file, terms[0].offset, part, _digest(words))
            wordings.setdefault((TERMS, part), {})[language] = found
    return wordings


def _words(section: Section) -> list[str]:
    """The words of a section; of its fields, only where they stand among the words."""
    kinds = (PieceKind.TEXT, PieceKind.FIELD)
    shown = (piece for piece in section.pieces if piece.kind in kinds)
    return [piece.value if piece.kind is PieceKind.TEXT else "{}" for piece in shown]


def _digest(words: list[str]) -> str:
    return hashlib.sha256("\n".join(words).encode(errors="surrogateescape")).hexdigest()[:8]


# --- the lock -------------------------------------------------------------------------------


def _read_lock(path: Path) -> tuple[Lock, list[Finding]]:
    file = read_source("", path) if path.is_file() else SourceFile("", path, "")
    lock: Lock = {}
    findings = []
    for number, line in enumerate(file.content.split("\n"), 1):
        if match := _LINE.fullmatch(line):
            kind, section, first, before, second, after = match.groups()
            lock[kind, section, first, second] = {first: before, second: after}
        elif line and not line.startswith("#"):
            what, hint = "is no line of this file", "take the line out, then look with --outdated"
            start = file.offset_of(number)
            findings.append(file.finding("check.lock_form", start, line, what, hint))
    return lock, findings


def _lock_text(lock: Lock) -> str:
    lines = (
        f"{kind} {section} {first}:{said[first]} {second}:{said[second]}\n"
        for (kind, section, first, second), said in sorted(lock.items())
    )
    return _HEAD + "".join(lines)
