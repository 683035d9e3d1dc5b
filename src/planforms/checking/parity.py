"""Parity: every language has the same fields, conditions, loops, headings and signature blocks.

What one language has and the others have not is an error there, unless ``differences.toml`` in
its folder gives a reason, such as another country's law.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from planforms.checking.differences import FILE_NAME, DifferenceKey, read_reasons
from planforms.checking.findings import Finding
from planforms.checking.outline import TITLE_SECTION, Block, Piece, PieceKind, sections_of
from planforms.checking.sources import SourceFile, Sources
from planforms.languages import template_root

SHOWN = 6
"""How many steps of a long difference are written out."""
Row = tuple[str, ...]
"""Steps one after the other, as messages show them."""
Found = tuple[DifferenceKey, Finding]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that all languages must have, at its place in one of them.

    Attributes:
        what: the thing as messages show it; a text is ``words``, whatever it says.
        section: the name of the section that it stands in.
        piece: what it is in the template.
    """

    what: str
    section: str
    piece: Piece


NOTHING = Step("", TITLE_SECTION, Piece(PieceKind.TEXT, "", 0, ""))
"""Stands for the steps of an empty file."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A language has ``here`` where the others have what lies from ``start`` to ``end``.

    ``position`` is where it has that, among its own steps.
    """

    start: int
    end: int
    here: Row
    position: int = field(compare=False)

    @property
    def growth(self) -> int:
        """How many steps more than the others the language has here."""
        return len(self.here) - (self.end - self.start)

    def touches(self, other: Edit) -> bool:
        """Whether both are about the same place."""
        return self.start <= other.end and other.start <= self.end


def check_parity(sources: Sources) -> Iterator[Finding]:
    """Every place where a language differs from the others, and reasons that fit none."""
    found: dict[str, list[Found]] = defaultdict(list)
    for kind in dict.fromkeys(file.kind for file in sources.templates()):
        kinds = {code: sources.template(code, kind) for code in sources.languages}
        comparison = _Comparison({code: file for code, file in kinds.items() if file})
        for language, difference in comparison.differences():
            found[language].append(difference)
    for language in sources.languages:
        yield from _without_reason(sources, language, found[language])


def _without_reason(sources: Sources, language: str, found: list[Found]) -> Iterator[Finding]:
    reasons, findings = read_reasons(sources, language)
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
        self.steps = {code: _steps(file) for code, file in files.items()}
        rows = {code: tuple(step.what for step in steps) for code, steps in self.steps.items()}
        root = template_root()
        trusted = sorted(files, key=lambda code: root not in files[code].path.parents)
        self.common = _common([rows[code] for code in trusted])
        self.edits = {code: _edits(self.common, row) for code, row in rows.items()}

    def differences(self) -> Iterator[tuple[str, Found]]:
        """Each difference with its language, the key of its reason, and the finding about it."""
        for language, edits in self.edits.items():
            for edit in edits:
                yield language, self._difference(language, edit)

    def _difference(self, language: str, edit: Edit) -> Found:
        file, steps = self.files[language], self.steps[language]
        others, model = self._others(language, edit)
        what, message = _described(edit.here, self.common[edit.start : edit.end], others)
        near = steps[edit.position] if edit.here else model
        kind, section = file.kind, near.section
        hint = (
            f"compare {self.files[others[0]].place(model.piece.offset)}; if it is meant, give a "
            f"reason in {language}/{FILE_NAME} for "
            f'kind = "{kind}", section = "{section}", what = \'{what}\''
        )
        offset, text = near.piece.offset, near.piece.raw
        if not edit.here:
            offset, text = (steps[edit.position - 1].piece.end if edit.position else 0), ""
        finding = file.finding("check.parity", offset, text, message, hint)
        return (kind, section, what), finding

    def _others(self, language: str, edit: Edit) -> tuple[list[str], Step]:
        """The languages that have what is common here, and the first thing of it in one."""
        all_others = [code for code in self.edits if code != language]
        alike = [code for code in all_others if not any(map(edit.touches, self.edits[code]))]
        others = alike or all_others
        steps = self.steps[others[0]] or (NOTHING,)
        before = (own for own in self.edits[others[0]] if own.end <= edit.start)
        position = edit.start + sum(own.growth for own in before)
        return others, steps[min(position, len(steps) - 1)]


def _common(rows: Sequence[Row]) -> Row:
    """What most languages have: the row nearest to all, with what most of the others do.

    Args:
        rows: one for each language; of two that are as near, the first one is the model.
    """
    if len(set(rows)) == 1:
        return rows[0]
    nearest = max(rows, key=lambda row: sum(_matcher(row, other).ratio() for other in rows))
    edits = Counter(edit for row in rows for edit in _edits(nearest, row))
    common = list(nearest)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        if edits[edit] * 2 > len(rows):
            common[edit.start : edit.end] = edit.here
    return tuple(common)


def _edits(common: Row, row: Row) -> list[Edit]:
    """What makes a row out of the common one."""
    codes = _matcher(common, row).get_opcodes() if common != row else ()
    return [Edit(i, j, row[k:end], k) for tag, i, j, k, end in codes if tag != "equal"]


def _matcher(one: Row, other: Row) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


@lru_cache(maxsize=256)
def _steps(file: SourceFile) -> tuple[Step, ...]:
    return tuple(
        Step(what, section.name, piece)
        for section in sections_of(file)
        for block in section.blocks()
        for what, piece in _needed(block)
    )


def _needed(block: Block) -> Iterator[tuple[str, Piece]]:
    """What all languages must have of a block; words count where nothing else stands there."""
    if block.tag and block.tag.kind is PieceKind.TAG:
        yield block.tag.value, block.tag
    named = [(name, piece) for piece in block.pieces if (name := _name(piece))]
    words = [("words", piece) for piece in block.pieces if piece.has_words]
    yield from named or words[:1]


def _name(piece: Piece) -> str:
    """A piece as messages show it; empty for what languages set as they like."""
    if piece.kind is PieceKind.FIELD:
        return f"{{{{ {piece.value} }}}}"
    if piece.kind is PieceKind.STATEMENT:
        return f"{{% {piece.value} %}}"
    return "<br>" if piece.value == "<br>" else ""


def _described(here: Row, common: Row, languages: Sequence[str]) -> tuple[str, str]:
    """A difference in the words of its reason, and as a message."""
    ours, theirs, others = _shortened(here), _shortened(common), " and ".join(languages)
    if not here:
        return f"lacks {theirs}", f"lacks {theirs}, which {others} have here"
    if not common:
        return f"has {ours}", f"has {ours}, which {others} have not"
    return f"has {ours} for {theirs}", f"has {ours} where {others} have {theirs}"


def _shortened(row: Row) -> str:
    shown = " ".join(row[:SHOWN])
    return shown if len(row) <= SHOWN else f"{shown} … ({len(row)} in all)"
