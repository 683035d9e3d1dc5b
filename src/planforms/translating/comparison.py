"""Words beside each other, for those who review them: old and new, and in the other languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from planforms.checking.outline import PARTS, Block, sections_of
from planforms.checking.pieces import Piece, PieceKind
from planforms.checking.sources import TERMS, SourceFile, Sources
from planforms.checking.term_keys import keys_of_kind
from planforms.checking.terms import ListedTerm, read_terms
from planforms.checking.vocabulary import read_profiles
from planforms.errors import require_known
from planforms.languages import TermKey, language_code
from planforms.registry import KINDS


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
    asked = (name for name in (language, against) if name)
    own, *others = (language_code(name, now.folders, place=name) for name in asked)
    require_known(kind, now.kinds, place=kind, code="kind.unknown", what="no such template")
    others = others or [code for code in now.languages if code != own]
    versions = _Versions(now, before, own, others)
    names = {TERMS: [], PARTS: [PARTS]}.get(kind, [kind, PARTS])
    templates = (row for name in names for row in versions.rows_of_template(name))
    return [*templates, *versions.rows_of_terms(kind)]


@dataclass(frozen=True, slots=True)
class _Versions:
    """What stands beside each other: the templates now and before, in one language and others."""

    now: Sources
    before: Sources | None
    language: str
    others: list[str]

    def rows_of_template(self, kind: str) -> Iterator[Row]:
        """The texts of a template, in its order."""
        texts = _texts(self.now.template(self.language, kind))
        columns = {
            code: _aligned(texts, _texts(self.now.template(code, kind))) for code in self.others
        }
        for old, index in self._changes(kind, texts):
            before = old.words if old else None
            if index is not None:
                here = texts[index]
                beside = {code: words for code in self.others if (words := columns[code][index])}
                yield Row(here.place, here.section, before, here.words, beside)
            elif old:
                yield Row(old.place, old.section, before, None, {})

    def _changes(self, kind: str, texts: list[_Text]) -> Iterator[tuple[_Text | None, int | None]]:
        """Each text to show, by number, with what stood there before."""
        if self.before is None:
            yield from ((None, index) for index, text in enumerate(texts) if text.has_words)
            return
        earlier = _texts(self.before.template(self.language, kind))
        old, new = ([text.words for text in side] for side in (earlier, texts))
        for tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
            if tag != "equal":
                yield from zip_longest(earlier[start:end], range(first, last))

    def rows_of_terms(self, kind: str) -> Iterator[Row]:
        """The terms that a kind prints; all terms for ``terms``."""
        terms = read_terms(self.now, self.language)
        earlier = read_terms(self.before, self.language) if self.before else {}
        columns = {code: read_terms(self.now, code) for code in self.others}
        shown = _keys(kind, self.now)
        for key in {**terms, **earlier}:
            here, old = terms.get(key), earlier.get(key)
            one = here or old
            differs = self.before is None or _words(here) != _words(old)
            if one and differs and (kind == TERMS or key in shown):
                said = {code: _words(columns[code].get(key)) for code in self.others}
                beside = {code: words for code, words in said.items() if words}
                place = f"{one.file.path}:{one.term.line}"
                yield Row(place, " ".join(key), _words(old), _words(here), beside)


def _keys(kind: str, sources: Sources) -> frozenset[TermKey]:
    """The terms that a kind of document prints."""
    if kind not in KINDS.papers():
        return frozenset()
    return keys_of_kind(KINDS.of_paper(kind)[0].name, read_profiles(sources.services))


def _words(listed: ListedTerm | None) -> str | None:
    return " / ".join(listed.forms) if listed else None


# --- the texts of a template ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Text:
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


def _texts(file: SourceFile | None) -> list[_Text]:
    """The texts of a template; what has neither words nor fields is left out."""
    if file is None:
        return []
    return [
        _text(file, section.heading, block)
        for section in sections_of(file)
        for block in section.blocks()
        if any(piece.kind in (PieceKind.TEXT, PieceKind.FIELD) for piece in block.pieces)
    ]


def _text(file: SourceFile, section: str, block: Block) -> _Text:
    shown = [piece for piece in block.pieces if piece.kind in (PieceKind.TEXT, PieceKind.FIELD)]
    fields = (piece.value for piece in shown if piece.kind is PieceKind.FIELD)
    frame = (block.tag.tag if block.tag else "", *fields)
    place = f"{file.path}:{file.line_at(shown[0].offset)}"
    has_words = any(piece.has_words for piece in shown)
    return _Text(_joined(block), frame, section, place, has_words)


def _joined(block: Block) -> str:
    """The words as a reviewer reads them; emphasis is left out."""
    words, end = "", 0
    for piece in block.pieces:
        words += (" " if piece.offset > end else "") + _shown(piece)
        end = piece.end
    return " ".join(words.split())


def _shown(piece: Piece) -> str:
    if piece.kind in (PieceKind.FIELD, PieceKind.STATEMENT):
        return f"[{piece.value}]"
    if piece.kind is PieceKind.TEXT:
        return piece.value
    return " / " if piece.value == "<br>" else ""


def _aligned(texts: list[_Text], others: list[_Text]) -> list[str]:
    """The words of another language beside each text; empty where it has none."""
    words = [""] * len(texts)
    own, theirs = ([text.frame for text in side] for side in (texts, others))
    for _, start, end, first, last in SequenceMatcher(None, own, theirs, False).get_opcodes():
        for index, other in zip(range(start, end), others[first:last], strict=False):
            words[index] = other.words
    return words
