"""Parity: every language has the same fields, conditions, loops, headings and signature blocks.

What one language has and the others have not is an error there, unless ``differences.toml`` in
its folder gives a reason, such as another country's law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from planforms.checking.differences import FILE_NAME, Key, read_differences
from planforms.checking.findings import Finding
from planforms.checking.outline import INLINE_TAGS, TITLE_SECTION, Piece, PieceKind, sections_of
from planforms.checking.sources import SourceFile, Sources
from planforms.languages import template_root

SHOWN = 6
"""How many steps of a long difference are written out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that all languages must have, at its place in one of them.

    Attributes:
        what: the thing as messages show it; a text is ``words``, whatever it says.
        section: the name of the section that it stands in.
        offset: where it begins in the file.
        raw: its letters as they stand there.
    """

    what: str
    section: str
    offset: int
    raw: str

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.offset + len(self.raw)


@dataclass(frozen=True, slots=True)
class Edit:
    """A language has ``here`` where the others have what lies from ``start`` to ``end``."""

    start: int
    end: int
    here: tuple[str, ...]


def check_parity(sources: Sources) -> Iterator[Finding]:
    """Every place where a language differs from the others, and reasons that fit none."""
    found: dict[str, list[tuple[Key, Finding]]] = {}
    for kind in dict.fromkeys(file.kind for file in sources.templates()):
        files = {
            language: file
            for language in sources.languages
            if (file := sources.template(language, kind))
        }
        for language, difference in _Comparison(files).differences():
            found.setdefault(language, []).append(difference)
    for language in sources.languages:
        yield from _without_reason(sources, language, found.get(language, []))


def _without_reason(
    sources: Sources, language: str, found: list[tuple[Key, Finding]]
) -> Iterator[Finding]:
    reasons, findings = read_differences(sources, language)
    yield from findings
    left = Counter(reason.key for reason in reasons)
    for key, finding in found:
        if left[key]:
            left[key] -= 1
        else:
            yield finding
    for reason in reversed(reasons):
        if left[reason.key]:
            left[reason.key] -= 1
            yield from reason.unused()


class _Comparison:
    """One kind of document in all its languages."""

    def __init__(self, files: dict[str, SourceFile]) -> None:
        self.files = files
        self.steps = {language: _all_steps(file) for language, file in files.items()}
        self.rows = {code: tuple(s.what for s in steps) for code, steps in self.steps.items()}
        self.common = self._common()
        self.edits = {language: _edits(self.common, row) for language, row in self.rows.items()}

    def _common(self) -> tuple[str, ...]:
        """What most languages have: the row nearest to all, with what most of the others do."""
        rows = self.rows
        if len(set(rows.values())) == 1:
            return next(iter(rows.values()))
        nearest = max(self._by_trust(), key=lambda code: _likeness(rows[code], rows.values()))
        edits = Counter(edit for row in rows.values() for edit, _ in _edits(rows[nearest], row))
        common = list(rows[nearest])
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            if edits[edit] * 2 > len(rows):
                common[edit.start : edit.end] = edit.here
        return tuple(common)

    def _by_trust(self) -> list[str]:
        """The languages, those with a built-in template first: of two, they are the model."""
        root = template_root()
        return sorted(self.files, key=lambda code: root not in self.files[code].path.parents)

    def differences(self) -> Iterator[tuple[str, tuple[Key, Finding]]]:
        """Each difference with its language, the key of its reason, and the finding about it."""
        for language, edits in self.edits.items():
            for edit, position in edits:
                yield language, self._difference(language, edit, position)

    def _difference(self, language: str, edit: Edit, position: int) -> tuple[Key, Finding]:
        file, steps = self.files[language], self.steps[language]
        others, model = self._others(language, edit)
        near = steps[position] if edit.here else model
        theirs = self.common[edit.start : edit.end]
        what, message = _describe(edit.here, theirs, " and ".join(others))
        key = (file.kind, near.section, what)
        hint = f"compare {self.files[others[0]].place(model.offset)}; {_reason(language, key)}"
        if edit.here:
            return key, file.finding("check.parity", near.offset, near.raw, message, hint)
        offset = steps[position - 1].end if position else 0
        return key, file.finding("check.parity", offset, "", message, hint)

    def _others(self, language: str, edit: Edit) -> tuple[list[str], Step]:
        """The languages that have what is common here, and the first thing of it in one."""
        all_others = [other for other in self.edits if other != language]
        others = [
            other
            for other in all_others
            if not any(_overlap(edit, own) for own, _ in self.edits[other])
        ] or all_others
        other = others[0]
        shift = sum(
            len(own.here) - (own.end - own.start)
            for own, _ in self.edits[other]
            if own.end <= edit.start
        )
        steps = self.steps[other] or (Step("", TITLE_SECTION, 0, ""),)
        return others, steps[min(edit.start + shift, len(steps) - 1)]


@lru_cache(maxsize=256)
def _all_steps(file: SourceFile) -> tuple[Step, ...]:
    return tuple(_steps(file))


def _steps(file: SourceFile) -> Iterator[Step]:
    for section in sections_of(file):
        run: list[Piece] = []
        for piece in section.pieces:
            if piece.tag and piece.tag not in INLINE_TAGS:
                yield from _steps_of_run(run, section.name)
                run = []
                if piece.kind is PieceKind.TAG:
                    yield Step(piece.value, section.name, piece.offset, piece.raw)
            else:
                run.append(piece)
        yield from _steps_of_run(run, section.name)


def _steps_of_run(run: list[Piece], section: str) -> Iterator[Step]:
    """The steps between two tags; a text counts where nothing else stands beside it."""
    texts_alone = not any(_what(piece) for piece in run)
    for piece in run:
        what = _what(piece)
        if texts_alone and piece.has_words:
            what, texts_alone = "words", False
        if what:
            yield Step(what, section, piece.offset, piece.raw)


def _what(piece: Piece) -> str:
    """A piece as messages show it; empty for what languages set as they like."""
    if piece.kind is PieceKind.FIELD:
        return f"{{{{ {piece.value} }}}}"
    if piece.kind is PieceKind.STATEMENT:
        return f"{{% {piece.value} %}}"
    return "<br>" if piece.value == "<br>" else ""


def _likeness(row: Sequence[str], rows: Iterable[Sequence[str]]) -> float:
    return sum(SequenceMatcher(None, row, other, autojunk=False).ratio() for other in rows)


def _edits(common: tuple[str, ...], row: tuple[str, ...]) -> list[tuple[Edit, int]]:
    """What makes a row out of the common one, each with its position in the row."""
    if common == row:
        return []
    matcher = SequenceMatcher(None, common, row, autojunk=False)
    return [
        (Edit(start, end, row[first:last]), first)
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _overlap(edit: Edit, other: Edit) -> bool:
    return edit.start <= other.end and other.start <= edit.end


def _reason(language: str, key: Key) -> str:
    """How to say that a difference is meant."""
    kind, section, what = key
    entry = f'kind = "{kind}", section = "{section}", what = \'{what}\''
    return f"if it is meant, give a reason in {language}/{FILE_NAME} for {entry}"


def _describe(here: Sequence[str], theirs: Sequence[str], others: str) -> tuple[str, str]:
    """A difference in the words of its reason, and as a message."""
    ours, common = _shorten(here), _shorten(theirs)
    if not here:
        return f"lacks {common}", f"lacks {common}, which {others} have here"
    if not theirs:
        return f"has {ours}", f"has {ours}, which {others} have not"
    return f"has {ours} for {common}", f"has {ours} where {others} have {common}"


def _shorten(row: Sequence[str]) -> str:
    shown = " ".join(row[:SHOWN])
    return shown if len(row) <= SHOWN else f"{shown} … ({len(row)} in all)"
