"""Words beside each other, for those who review them: old and new, and in the other languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from planforms.checking.outline import INLINE_TAGS, PARTS, Piece, PieceKind, sections_of
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.term_keys import keys_of_kind
from planforms.checking.terms import ListedTerm, read_terms
from planforms.checking.vocabulary import read_profiles
from planforms.errors import UsageError
from planforms.languages import TermKey
from planforms.registry import KINDS

TERMS = "terms"
"""What stands for the whole term list in the place of a kind."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text in all its versions.

    Attributes:
        place: file and line where it stands now or, if it is gone, where it stood.
        section: the heading above it, the macro around it, or context and key of a term.
        before: the earlier words; ``None`` if there are none, or if nothing is compared.
        now: the words that documents have now; ``None`` if they are gone.
        beside: the same text in other languages, by language.
    """

    place: str
    section: str
    before: str | None
    now: str | None
    beside: dict[str, str]

    def to_dict(self) -> dict[str, object]:
        """The row as plain values, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between two tags of a template.

    Attributes:
        words: the text, its fields in square brackets.
        frame: the tag around it and the fields in it, which all languages share.
        section: the heading above it, or the macro around it.
        place: file and line.
        has_words: whether it is more than fields.
    """

    words: str
    frame: tuple[str, ...]
    section: str
    place: str
    has_words: bool


def compare(
    now: Sources, before: Sources | None, kind: str, language: str, against: str | None = None
) -> list[Row]:
    """The words of a kind of document beside the earlier ones and those of other languages.

    Shared parts, and the terms that the kind prints, are among them.

    Args:
        now: the templates as documents have them.
        before: the templates they are compared with: only what differs comes back. Without them
            everything does.
        kind: a kind of document; ``_parts`` or ``terms`` for these alone.
        language: the language that is reviewed.
        against: the only language to show beside it; without it all are shown.

    Raises:
        UsageError: there is no such kind or language.
    """
    _refuse_unknown(now, kind, [language, against or language])
    others = [against] if against else [code for code in now.languages if code != language]
    names = {TERMS: [], PARTS: [PARTS]}.get(kind, [kind, PARTS])
    rows = [row for name in names for row in _rows_of_template(now, before, name, language, others)]
    return [*rows, *_rows_of_terms(now, before, kind, language, others)]


def _refuse_unknown(now: Sources, kind: str, languages: Sequence[str]) -> None:
    unknown = [language for language in languages if language not in now.languages]
    if unknown:
        hint = f"known: {', '.join(now.languages)}"
        raise UsageError.of("language.unknown", unknown[0], "no templates in this language", hint)
    kinds = {file.kind for file in now.templates()} | {TERMS}
    if kind not in kinds:
        hint = f"known: {', '.join(sorted(kinds))}"
        raise UsageError.of("kind.unknown", kind, "no such template", hint)


# --- templates ------------------------------------------------------------------------------


def _rows_of_template(
    now: Sources, before: Sources | None, kind: str, language: str, others: Sequence[str]
) -> Iterator[Row]:
    passages = _passages(now.template(language, kind))
    columns = {code: _aligned(passages, _passages(now.template(code, kind))) for code in others}
    earlier = _passages(before.template(language, kind)) if before else []
    for old, index in _pairs(earlier, passages) if before else _all_with_words(passages):
        before_words = old.words if old else None
        if index is not None:
            here = passages[index]
            beside = {code: words for code in others if (words := columns[code][index])}
            yield Row(here.place, here.section, before_words, here.words, beside)
        elif old:
            yield Row(old.place, old.section, before_words, None, {})


def _passages(file: SourceFile | None) -> list[Passage]:
    return list(_walk(file)) if file else []


def _walk(file: SourceFile) -> Iterator[Passage]:
    """The passages of a template that have words or fields."""
    for section in sections_of(file):
        run: list[Piece] = []
        tag = ""
        for piece in section.pieces:
            if piece.tag and piece.tag not in INLINE_TAGS:
                yield from _passage(file, section.heading, tag, run)
                run, tag = [], piece.tag
            else:
                run.append(piece)
        yield from _passage(file, section.heading, tag, run)


def _passage(file: SourceFile, section: str, tag: str, run: list[Piece]) -> Iterator[Passage]:
    shown = [piece for piece in run if piece.kind in (PieceKind.TEXT, PieceKind.FIELD)]
    if shown:
        fields = (piece.value for piece in run if piece.kind is PieceKind.FIELD)
        line = file.content.count("\n", 0, shown[0].offset) + 1
        words = " ".join(_joined(run).split())
        has_words = any(piece.has_words for piece in run)
        yield Passage(words, (tag, *fields), section, f"{file.path}:{line}", has_words)


def _joined(run: list[Piece]) -> str:
    words, end = "", 0
    for piece in run:
        words += (" " if piece.offset > end else "") + _shown(piece)
        end = piece.end
    return words


def _shown(piece: Piece) -> str:
    """A piece as a reviewer reads it; emphasis is left out."""
    if piece.kind in (PieceKind.FIELD, PieceKind.STATEMENT):
        return f"[{piece.value}]"
    if piece.kind is PieceKind.TEXT:
        return piece.value
    return " / " if piece.value == "<br>" else ""


def _aligned(passages: list[Passage], others: list[Passage]) -> list[str]:
    """The words of another language beside each passage; empty where it has none."""
    words = [""] * len(passages)
    frames = [passage.frame for passage in passages]
    matcher = SequenceMatcher(None, frames, [other.frame for other in others], autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        for index, other in zip(range(start, end), others[first:last], strict=False):
            words[index] = other.words
    return words


def _all_with_words(passages: list[Passage]) -> Iterator[tuple[None, int]]:
    return ((None, index) for index, passage in enumerate(passages) if passage.has_words)


def _pairs(
    earlier: list[Passage], passages: list[Passage]
) -> Iterator[tuple[Passage | None, int | None]]:
    """Each passage that differs from before, by number, with what stood there before."""
    before, now = ([passage.words for passage in side] for side in (earlier, passages))
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield from zip_longest(earlier[start:end], range(first, last))


# --- terms ----------------------------------------------------------------------------------


def _rows_of_terms(
    now: Sources, before: Sources | None, kind: str, language: str, others: Sequence[str]
) -> Iterator[Row]:
    terms = read_terms(now, language)
    earlier = read_terms(before, language) if before else {}
    columns = {code: read_terms(now, code) for code in others}
    wanted = _wanted(kind, now)
    for key in {**terms, **earlier}:
        here, old = terms.get(key), earlier.get(key)
        term = here or old
        differs = before is None or _words(here) != _words(old)
        if term and differs and (kind == TERMS or key in wanted):
            beside = {code: words for code in others if (words := _words(columns[code].get(key)))}
            line = term.file.content.count("\n", 0, term.offset) + 1
            place = f"{term.file.path}:{line}"
            yield Row(place, " ".join(key), _words(old), _words(here), beside)


def _wanted(kind: str, sources: Sources) -> frozenset[TermKey]:
    """The terms that a kind of document prints."""
    return keys_of_kind(kind, read_profiles(sources.services)) if kind in KINDS else frozenset()


def _words(term: ListedTerm | None) -> str | None:
    return " / ".join(term.forms) if term else None
