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
from planforms.checking.outline import TITLE_SECTION, Block, sections_of
from planforms.checking.pieces import Piece, PieceKind
from planforms.checking.sources import SourceFile, Sources, is_brought
from planforms.languages import template_root

SHOWN = 6
"""How many steps of a long difference are written out."""
Row = tuple[str, ...]
"""Steps one after the other, as messages show them."""
KeyedFinding = tuple[DifferenceKey, Finding]


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
    """A language has ``here``, from ``at`` on, where the model has what is between two places."""

    start: int
    end: int
    here: Row
    at: int = field(compare=False)

    def touches(self, other: Edit) -> bool:
        """Whether both are about the same place of the model."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Side:
    """What one language has where others have something else."""

    file: SourceFile
    at: int
    has: Row

    @property
    def step(self) -> Step:
        """The first thing of it or, if it is nothing, what comes next."""
        steps = _steps(self.file) or (NOTHING,)
        return steps[min(self.at, len(steps) - 1)]

    @property
    def end_before(self) -> int:
        """Where the thing before it ends."""
        return _steps(self.file)[self.at - 1].piece.end if self.at else 0


def check_parity(sources: Sources) -> Iterator[Finding]:
    """Every place where a language differs from the others, and reasons that fit none."""
    found: dict[str, list[KeyedFinding]] = defaultdict(list)
    for kind in dict.fromkeys(file.kind for file in sources.templates()):
        kinds = {code: sources.template(code, kind) for code in sources.languages}
        for own, other, others in _differences(
            {code: file for code, file in kinds.items() if file}
        ):
            if not _is_left_out(own, other):
                found[own.file.language].append(_keyed_finding(own, other, others))
    for language in sources.languages:
        yield from _without_reason(sources, language, found[language])


def _is_left_out(own: Side, other: Side) -> bool:
    """Whether a language that an office brings lacks shared parts that no document of it needs."""
    begun = sum(step.startswith("{% macro ") for step in other.has)
    ended = other.has.count("{% endmacro %}")
    return is_brought(own.file.language) and not own.has and begun == ended > 0


def _without_reason(
    sources: Sources, language: str, found: list[KeyedFinding]
) -> Iterator[Finding]:
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


def _differences(files: dict[str, SourceFile]) -> Iterator[tuple[Side, Side, list[str]]]:
    """Each difference of a kind: who has it, one that is as most are, and the languages like that.

    All are compared with the model, the one that is nearest to all. Where most others have the
    same in its stead, it is the model that differs.
    """
    rows = {code: tuple(step.what for step in _steps(file)) for code, file in files.items()}
    model = _model(files, rows)
    edits = {code: _edits(rows[model], row) for code, row in rows.items()}
    counts = Counter(edit for own in edits.values() for edit in own)
    for edit, number in counts.items():
        middle = Side(files[model], edit.start, rows[model][edit.start : edit.end])
        places = {code: one.at for code, own in edits.items() for one in own if one == edit}
        sides = [Side(files[code], at, edit.here) for code, at in places.items()]
        if number * 2 > len(files):
            yield middle, sides[0], list(places)
        else:
            alike = [code for code, own in edits.items() if not any(map(edit.touches, own))]
            yield from ((side, middle, alike) for side in sides)


def _model(files: dict[str, SourceFile], rows: dict[str, Row]) -> str:
    """The language nearest to all; of two as near, one with a built-in template."""
    root = template_root()
    trusted = sorted(files, key=lambda code: root not in files[code].path.parents)
    if len(set(rows.values())) == 1:
        return trusted[0]
    return max(
        trusted, key=lambda code: sum(_matcher(rows[code], row).ratio() for row in rows.values())
    )


def _edits(model: Row, row: Row) -> list[Edit]:
    """What makes a row out of the model's."""
    codes = _matcher(model, row).get_opcodes() if model != row else ()
    return [Edit(i, j, row[at:end], at) for tag, i, j, at, end in codes if tag != "equal"]


def _matcher(one: Row, other: Row) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)


def _keyed_finding(own: Side, other: Side, others: list[str]) -> KeyedFinding:
    """The key of the reason that accepts a difference, and the finding about it."""
    what, message = _described(own.has, other.has, others)
    kind, section = own.file.kind, (own if own.has else other).step.section
    hint = (
        f"compare {other.file.place(other.step.piece.offset)}; if it is meant, give a "
        f"reason in {own.file.language}/{FILE_NAME} for "
        f'kind = "{kind}", section = "{section}", what = \'{what}\''
    )
    piece = own.step.piece
    offset, text = (piece.offset, piece.raw) if own.has else (own.end_before, "")
    return (kind, section, what), own.file.finding("check.parity", offset, text, message, hint)


@lru_cache(maxsize=1024)
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
    ours, theirs, others = _shortened(here), _shortened(common), _listed(languages)
    if not here:
        return f"lacks {theirs}", f"lacks {theirs}, which {others} have here"
    if not common:
        return f"has {ours}", f"has {ours}, which {others} have not"
    return f"has {ours} for {theirs}", f"has {ours} where {others} have {theirs}"


def _listed(languages: Sequence[str]) -> str:
    """Languages as a sentence names them: “da, nn and sv”."""
    *first, last = languages
    return f"{', '.join(first)} and {last}" if first else last


def _shortened(row: Row) -> str:
    shown = " ".join(row[:SHOWN])
    return shown if len(row) <= SHOWN else f"{shown} … ({len(row)} in all)"
