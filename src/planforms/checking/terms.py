"""The terms of each language, as documents use them, with their places in ``terms.po``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.term_form import CODE, check_form
from planforms.languages import TERMS_FILE, Term, TermKey, parse_terms

_KEYS = re.compile(r'^(?:msgctxt (".*")\s+)?msgid (".*"(?:\s+".*")*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A term, and the file that lists it."""

    file: SourceFile
    term: Term

    @property
    def key(self) -> TermKey:
        """Its context and its key."""
        return self.term.key

    @property
    def forms(self) -> tuple[str, ...]:
        """Its words: one text or, of a counted term, one for each form of number."""
        return self.term.forms

    @property
    def offset(self) -> int:
        """Where its key begins."""
        return self.file.offset_of(self.term.line) + len("msgid ")

    @property
    def end(self) -> int:
        """Where its last line begins."""
        content = self.file.content
        return content.rfind("\n", 0, content.find("\n\n", self.offset)) + 1

    def finding(self, code: str, message: str, hint: str) -> Finding:
        """What is wrong with the entry, told at its key."""
        return self.file.finding(code, self.offset, f'"{self.key[1]}"', message, hint)


def read_terms(sources: Sources, language: str) -> dict[TermKey, ListedTerm]:
    """The terms of a language, those of one's own folders before the built-in ones."""
    files = reversed(sources.versions(language, TERMS_FILE))
    listed = (one for file in files for one in parse(file)[0])
    return {one.key: one for one in listed if one.term.is_usable}


@lru_cache(maxsize=1024)
def parse(file: SourceFile) -> tuple[tuple[ListedTerm, ...], tuple[Finding, ...]]:
    """The terms of a list, and what is wrong with its form; a list with torn lines has no terms."""
    findings = file.unreadable(CODE) or check_form(file)
    if findings:
        return (), tuple(findings)
    try:
        listed = tuple(ListedTerm(file, term) for term in parse_terms(file.content))
    except ValueError as error:
        hint = "compare with the built-in file"
        return (), (file.finding(CODE, 0, "", f"cannot be read: {error}", hint),)
    return listed, (*_unfinished(listed), *_foreign(listed), *_twice(file))


def _foreign(listed: tuple[ListedTerm, ...]) -> Iterator[Finding]:
    for one in listed:
        if one.term.is_foreign:
            problem = one.term.letters_problem("")
            yield one.file.finding(problem.code, one.offset, "", problem.message, problem.hint)


def _unfinished(listed: tuple[ListedTerm, ...]) -> Iterator[Finding]:
    for one in listed:
        if any("\n" in text for text in (*one.key, *one.forms)):
            what, hint = "a term holds a new line", "take the \\n out"
            yield one.file.finding(CODE, one.offset, "", what, hint)
        elif one.term.is_fuzzy:
            what = "is marked as not finished, so that nobody sees it"
            hint = "look at the words, then take the line “#, fuzzy” out"
            yield one.file.finding(CODE, one.offset, "", what, hint)


def _twice(file: SourceFile) -> Iterator[Finding]:
    first: dict[tuple[str | None, ...], re.Match[str]] = {}
    for match in _KEYS.finditer(file.content):
        before = first.setdefault(match.groups(), match)
        if before is not match:
            name = " ".join(filter(None, match.groups())).replace('"', "")
            hint = f"the other one is in line {file.line_at(before.start(2))}; keep one of them"
            message = f"{name} has words twice"
            yield file.finding("check.term_twice", match.start(2), match[2], message, hint)
