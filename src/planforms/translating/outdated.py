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
from planforms.checking.outline import PieceKind, Section, sections_of
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.checking.terms import read_terms
from planforms.errors import Severity, UsageError
from planforms.languages import template_root
from planforms.writing import replace_file

LOCK = "sections.lock"
TERMS = "terms"
"""What ``--accept`` calls the term lists; its sections are the contexts."""
_HEAD = """\
# What each section said in two languages when somebody last compared them.
# Written by: planforms check --accept KIND LANGUAGE
"""
_LINE = re.compile(r"(\S+) (\S+) (\S+):([0-9a-f]{8}) (\S+):([0-9a-f]{8})")

Name = tuple[str, str]
"""A kind of document and the name of a section."""
Pair = tuple[str, str, str, str]
"""A kind, a section and two languages in alphabetical order."""


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
    compared: dict[Pair, tuple[str, str]] = {}
    for folder in (template_root(), *reversed(sources.folders)):
        pairs, findings = _read_lock(folder / LOCK)
        compared.update(pairs)
        yield from findings
    for name, wordings in _wordings(sources).items():
        for language, wording in sorted(wordings.items()):
            changed = [
                other
                for other in sorted(wordings)
                if other != language and _has_changed(compared, name, wordings, other, language)
            ]
            if changed:
                yield _finding(name, language, wording, [wordings[code] for code in changed])


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
    wordings = {name: found for name, found in _wordings(sources).items() if name[0] == kind}
    _refuse_unknown(sources, kind, language, known=bool(wordings))
    path = (*sources.folders, template_root())[0] / LOCK
    pairs = {
        pair: digests
        for pair, digests in _read_lock(path)[0].items()
        if pair[0] != kind or (language not in pair[2:] and pair[:2] in wordings)
    }
    for name, found in wordings.items():
        for first, second in combinations(sorted(found), 2):
            if language in (first, second):
                pairs[*name, first, second] = (found[first].digest, found[second].digest)
    replace_file(path, _lock_text(pairs).encode("utf-8"))
    return path


def _refuse_unknown(sources: Sources, kind: str, language: str, *, known: bool) -> None:
    if not known:
        kinds = sorted({*(file.kind for file in sources.templates()), TERMS})
        hint = f"known: {', '.join(kinds)}"
        raise UsageError.of("kind.unknown", "KIND", "no such kind of document", hint)
    if language not in sources.languages:
        hint = f"known: {', '.join(sources.languages)}"
        raise UsageError.of("language.unknown", "LANGUAGE", "no templates in this language", hint)


def _has_changed(
    compared: dict[Pair, tuple[str, str]],
    name: Name,
    wordings: dict[str, Wording],
    other: str,
    language: str,
) -> bool:
    """Whether a language has other words than when it was last compared with another one."""
    first, second = sorted((other, language))
    before = dict(zip((first, second), compared.get((*name, first, second), ("", "")), strict=True))
    return before[other] != wordings[other].digest


def _finding(name: Name, language: str, wording: Wording, others: list[Wording]) -> Finding:
    languages = " and ".join(other.file.language for other in others)
    places = " and ".join(other.file.place(other.offset) for other in others)
    return wording.file.finding(
        "check.outdated",
        wording.offset,
        "",
        f"“{wording.heading}” was not compared with {languages} since the words changed there",
        f"read {places}; once it says the same: planforms check --accept {name[0]} {language}",
        Severity.WARNING,
    )


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
        for context, found in _wordings_of_terms(sources, language).items():
            wordings.setdefault((TERMS, context), {})[language] = found
    return wordings


def _words(section: Section) -> str:
    """The words of a section; of its fields, only where they stand among the words."""
    words = []
    for piece in section.pieces:
        if piece.kind is PieceKind.TEXT:
            words.append(piece.value)
        elif piece.kind is PieceKind.FIELD:
            words.append("{}")
    return "\n".join(words)


def _wordings_of_terms(sources: Sources, language: str) -> dict[str, Wording]:
    """The terms of a language by context; names of fields by the part of the data they are in."""
    groups: dict[str, list[str]] = {}
    first: dict[str, tuple[SourceFile, int]] = {}
    for (context, key), term in sorted(read_terms(sources, language).items()):
        group = f"{context}/{key.split('.')[0]}" if context == "field" else context
        groups.setdefault(group, []).append("\n".join((key, *term.forms)))
        first.setdefault(group, (term.file, term.offset))
    return {
        group: Wording(*first[group], group, _digest("\n".join(words)))
        for group, words in groups.items()
    }


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode(errors="surrogateescape")).hexdigest()[:8]


# --- the lock -------------------------------------------------------------------------------


def _read_lock(path: Path) -> tuple[dict[Pair, tuple[str, str]], list[Finding]]:
    if not path.is_file():
        return {}, []
    file = read_source("", path)
    pairs, findings, offset = {}, [], 0
    for line in file.content.split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            kind, section, first, before, second, after = match.groups()
            pairs[kind, section, first, second] = (before, after)
        elif line and not line.startswith("#"):
            hint = "take the line out; then --outdated tells what is to be compared again"
            message = "is no line of this file"
            findings.append(file.finding("check.lock_form", offset, line, message, hint))
        offset += len(line) + 1
    return pairs, findings


def _lock_text(pairs: dict[Pair, tuple[str, str]]) -> str:
    lines = [
        f"{kind} {section} {first}:{before} {second}:{after}\n"
        for (kind, section, first, second), (before, after) in sorted(pairs.items())
    ]
    return _HEAD + "".join(lines)
