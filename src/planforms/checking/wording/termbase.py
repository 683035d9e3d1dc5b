"""The term base: one term for each concept, and the words that must not stand in its place.

``termbase.toml`` of a language folder holds it; concepts in one's own folder come before the
built-in ones, and so do words to avoid: an entry that allows one in some kind of document holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, read_source
from planforms.checking.toml_files import read_toml
from planforms.checking.wording.passages import Passage
from planforms.models.fields import Line

TERM_BASE = "termbase.toml"
_CODE = "check.termbase"
MIN_TERM = 5
"""A word that begins with so many letters of another language's term is taken for that term."""


MAX_STAR = 40
"""So many letters a ``*`` stands for."""
_STOP = re.compile(r"[.!?]")
_OPENS = re.compile(r"(?:^|[.!?:]\s+)$")
_Avoided = Annotated[Line, StringConstraints(pattern=r"^[^*]*(\*[^*]+)?\*?$")]
"""Words with at most two ``*``, so that looking for them takes no longer than reading."""


class Where(StrEnum):
    """Where words must not be used: where they are all that stands there, or open a statement."""

    ALONE = "alone"
    OPENING = "opening"


class Avoid(BaseModel):
    """Words that must not be used.

    Attributes:
        words: the words; ``*`` stands for any letters, capitals for themselves.
        use: the concept whose term is right; or else
        say: what is said instead, where a whole wording is wrong.
        because: why, where it is not plain.
        where: the only place where they are wrong; everywhere if not given.
        allowed: kinds of documents in which the words are right, each with the reason.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[_Avoided, ...] = Field(min_length=1)
    use: str = ""
    say: str = ""
    because: str = ""
    where: Where | None = None
    allowed: dict[str, str] = {}

    @model_validator(mode="after")
    def _has_one_remedy(self) -> Self:
        if bool(self.use) == bool(self.say):
            raise ValueError("give either use or say")
        return self


class TermBase(BaseModel):
    """The terms of one language.

    Attributes:
        terms: the right term of each concept.
        avoid: what must not stand in its place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    terms: dict[str, str] = {}
    avoid: tuple[Avoid, ...] = ()


def check_term_base(base: TermBase, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Words that must not stand for a concept, each with its place and the right term."""
    listed = [(word, avoid) for avoid in base.avoid for word in avoid.words]
    listed.sort(key=lambda one: -len(one[0].strip("*")))  # the longer of two that begin alike
    if not listed:
        return
    patterns = "|".join(f"({_pattern(word)})" for word, _ in listed)
    search = re.compile(rf"(?<!\w)(?:{patterns})(?!\w)")
    for passage in passages:
        for found in search.finditer(passage.text):
            _, avoid = listed[(found.lastindex or 1) - 1]
            if passage.file.kind not in avoid.allowed and _is_there(avoid.where, found):
                reason = f"; {avoid.because}" if avoid.because else ""
                message = f"“{found[0]}” is not the word for this{reason}"
                hint = f"write: {avoid.say}"
                if avoid.use:
                    hint = f"here it is called: {base.terms[avoid.use]}"
                yield passage.finding("check.term", found.span(), message, hint)


def _is_there(where: Where | None, found: re.Match[str]) -> bool:
    """Whether words stand where they are wrong; a question may open with any."""
    text = found.string
    match where:
        case Where.ALONE:
            return found[0] == text.rstrip(":")
        case Where.OPENING:
            stop = _STOP.search(text, found.end())
            is_question = stop is not None and stop[0] == "?"
            return not is_question and _OPENS.search(text[: found.start()]) is not None
    return True


def _pattern(word: str) -> str:
    """The regular expression of an avoided word; without groups."""
    escaped = re.escape(word).replace(r"\*", rf"\w{{0,{MAX_STAR}}}").replace(r"\ ", r"\s+")
    return escaped if word != word.lower() else f"(?i:{escaped})"


def foreign_terms(bases: Mapping[str, TermBase], language: str) -> dict[str, str]:
    """Single words that are terms of other languages, with the right term of this one."""
    right = bases[language].terms
    return {
        term.lower(): right[concept]
        for other, base in bases.items()
        for concept, term in base.terms.items()
        if other != language and concept in right and len(term) >= MIN_TERM and term.isalpha()
    }


def read_term_base(language: str, folders: Sequence[Path]) -> tuple[TermBase, list[Finding]]:
    """The term base of a language, and what is wrong with its files.

    Args:
        language: code of the language.
        folders: where the files are looked for, one's own first.
    """
    base, findings = TermBase(), []
    for folder in reversed(folders):
        path = folder / TERM_BASE
        if path.is_file():
            file = read_source(language, path)
            base, found = _add(base, file)
            findings += found
    return base, findings


def _add(base: TermBase, file: SourceFile) -> tuple[TermBase, list[Finding]]:
    own, findings = read_toml(file, TermBase, _CODE, "it holds [terms] and entries [[avoid]]")
    if own is None:
        return base, findings
    terms = {**base.terms, **own.terms}
    known = [avoid for avoid in own.avoid if avoid.say or avoid.use in terms]
    unknown = [avoid.use for avoid in own.avoid if avoid not in known]
    findings = [_unknown_concept(file, concept) for concept in unknown]
    return TermBase(terms=terms, avoid=(*known, *base.avoid)), findings


def _unknown_concept(file: SourceFile, concept: str) -> Finding:
    offset, text = max(file.content.find(f'"{concept}"'), 0), f'"{concept}"'
    return file.finding(_CODE, offset, text, f"no such concept: {concept}", "name one of [terms]")
