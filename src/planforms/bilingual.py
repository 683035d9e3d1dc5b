"""Two languages on one paper: a document, and beside its words those of another language.

The first language is the one that counts. Where people write, tick, or find a value, the paper
stands once, each label and option followed by its words in the second language: there is one place
for each answer. What is only read stands below one another, section by section. Letterhead,
addresses and what is for staff stand once, in the first language.

Both documents are made of the same data by templates that hold the same, which
``planforms check`` sees to; where they do not, what has no counterpart stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from planforms.document import (
    CHECKED,
    UNBROKEN,
    UNCHECKED,
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    Chart,
    CheckBox,
    Choices,
    Description,
    DescriptionList,
    Document,
    Emphasis,
    Field,
    Fields,
    Heading,
    Inline,
    Letterhead,
    List,
    Paragraph,
    Quote,
    Section,
    SectionKind,
    State,
    Stroke,
    Strong,
    Table,
    Text,
    Translated,
    Translation,
    inlines_of,
    lines_of,
)

_Words = tuple[Inline, ...]
_Blocks = tuple[Block, ...]
_Pair = tuple[Block | None, Block | None]

_BESIDE, _BELOW = Text(" / "), Break()
"""What parts words of the two languages: where they share a line, and where they do not."""
LONGEST_IN_LINE, LONGEST_IN_CELL, NONE_IN_LINE = 70, 26, 0
"""How many letters words of both languages have at most that share a line: where there is a line
for them, in a cell or a value, and where they never do."""
LONGEST_PART = 500
"""How many letters one of two parts has at most that stand beside each other."""
_WORDS = re.compile(r"\w+")
_LEFT_OUT = Text("…")
"""What stands in a sentence of the second language where there is room to write in the first."""


def in_two_languages(document: Document, other: Document, counts: tuple[str, str]) -> Document:
    """A document with the words of another language beside its own.

    An office's own Word template has one language; the Word file of such a paper is the usual one.

    Args:
        document: the document in the language that counts.
        other: the same document in the other language.
        counts: which language counts, as either language says it.
    """
    document, other = document.without_own_word(), other.without_own_word()
    merger = _Merger(document, other)
    more = (problem for problem in other.warnings if problem not in document.warnings)
    return replace(
        document,
        blocks=_with_note(merger.flow(document.blocks, other.blocks), merger.note(*counts)),
        warnings=(*document.warnings, *more),
        beside=other.language,
    )


def _with_note(blocks: _Blocks, note: Block) -> _Blocks:
    """What is said once stands below the title."""
    titles = (n for n, block in enumerate(blocks) if isinstance(block, Heading))
    place = next(titles, -1) + 1
    return (*blocks[:place], note, *blocks[place:])


class _Merger:
    """Puts words of a second language beside those of the first."""

    def __init__(self, document: Document, other: Document) -> None:
        self._language, self._locale = other.language, other.locale
        places = document.places if document.state is State.BLANK else {}
        self._asked = {path for path, place in places.items() if not place.fixed}

    def note(self, own: str, other: str) -> Block:
        """Which language counts, as both say it."""
        return Box(
            BoxKind.NOTE, (Paragraph(self._words((Text(own),), (Text(other),), NONE_IN_LINE)),)
        )

    # --- blocks -----------------------------------------------------------------------------

    def flow(self, own: _Blocks, other: _Blocks) -> _Blocks:
        """Blocks below one another: what is read in both languages, what is filled in once."""
        done: list[Block] = []
        read: list[Block] = []
        again: list[Block] = []
        for one, its in _aligned(own, other):
            merged = self._merged(one, its) if one and its else None
            if merged:
                done += (*self._read(read, again), *_unfolded(merged))
                read, again = [], []
            else:
                read += [one] if one else []
                again += [its] if its else []
        return (*done, *self._read(read, again))

    def _read(self, own: Sequence[Block], other: Sequence[Block]) -> Iterator[Block]:
        """Blocks that are read, and what those of the other language say beyond them."""
        yield from own
        said = set(map(_said, own))
        told = tuple(kept for one in other if _said(one) not in said for kept in self._plain(one))
        if told:
            yield Translation(self._language, self._locale, told)

    def _plain(self, block: Block) -> Iterator[Block]:
        """A block of the other language with nothing in it to write on or to tick."""
        match block:
            case Letterhead() | AddressWindow():
                pass
            case Section(kind, _, internal) if kind is SectionKind.STAFF or internal:
                pass
            case Paragraph(words):
                if told := self._told(words):
                    yield Paragraph(told)
            case List(ordered, items):
                kept = (
                    tuple(inner for one in item for inner in self._plain(one)) for item in items
                )
                if filled := tuple(filter(None, kept)):
                    yield List(ordered, filled)
            case Quote(blocks):
                if told_by := tuple(inner for one in blocks for inner in self._plain(one)):
                    yield Quote(told_by)
            case _:
                marks = CHECKED + UNCHECKED + " "
                lines = (line.lstrip(marks) for line in lines_of(block))
                yield from (Paragraph((Text(line),)) for line in lines if line)

    def _merged(self, own: Block, other: Block) -> Block | None:
        """A block with the words of both languages; none if it is but read."""
        match own, other:
            case (Letterhead() | AddressWindow(), _) | (Section(internal=True), _):
                return own
            case Section(SectionKind.STAFF), _:
                return own
            case Heading(level, words), Heading(_, its):
                return Heading(level, self._words(words, its, NONE_IN_LINE))
            case Section(kind, blocks), Section(_, others):
                return Section(kind, self.flow(blocks, others))
            case Box(purpose, blocks), Box(_, others):
                return Box(purpose, self.flow(blocks, others))
            case Beside(parts), Beside(its_parts):
                return Beside(tuple(map(self.flow, parts, its_parts)))
            case Chart(), Chart():
                return replace(own, table=self._table(own.table, other.table))
        return self._filled_in(own, other)

    def _filled_in(self, own: Block, other: Block) -> Block | None:
        """A block in which values stand or are written; none if it is but read."""
        match own, other:
            case Table(), Table():
                return self._table(own, other)
            case Fields(items, widths), Fields(others):
                return Fields(self._descriptions(items, others), widths)
            case DescriptionList(items), DescriptionList(others):
                return DescriptionList(self._descriptions(items, others))
            case Choices(question, options, columns), Choices(its_question, its_options):
                words = tuple(map(self._words, options, its_options))
                return Choices(self._words(question, its_question), words, columns)
            case Paragraph(words), Paragraph(its) if _is_filled_in(words):
                return Paragraph(self._lines(words, its))
            case List(ordered, parts), List(_, its_parts) if _has_places(own):
                return List(ordered, tuple(map(self.flow, parts, its_parts)))
        return None

    def _descriptions(
        self, own: Iterable[Description], other: Iterable[Description]
    ) -> tuple[Description, ...]:
        return tuple(
            Description(self._words(one.label, its.label), self._compact(one.value, its.value))
            for one, its in zip(own, other, strict=True)
        )

    def _table(self, own: Table, other: Table) -> Table:
        rows = tuple(map(self._row, own.rows, other.rows))
        caption = self._words(own.caption, other.caption)
        return replace(own, caption=caption, head=self._row(own.head, other.head), rows=rows)

    def _row(self, own: tuple[Cell, ...], other: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(
            replace(cell, children=self._compact(cell.children, its.children))
            for cell, its in zip(own, other, strict=True)
        )

    def _compact(self, own: _Blocks, other: _Blocks) -> _Blocks:
        """Blocks where there is little room: words right below those that they repeat."""
        return tuple(block for pair in _aligned(own, other) for block in self._little(*pair))

    def _little(self, own: Block | None, other: Block | None) -> Iterator[Block]:
        match own, other:
            case Paragraph(words), Paragraph(its):
                yield Paragraph(self._lines(words, its, LONGEST_IN_CELL))
            case _:
                yield from self.flow((own,) if own else (), (other,) if other else ())

    # --- words ------------------------------------------------------------------------------

    def _lines(self, own: _Words, other: _Words, most: int = LONGEST_IN_LINE) -> _Words:
        """Words; of options one below the other, each has its words in the other language."""
        lines, others = _split(own), _split(other)
        if not any(isinstance(node, CheckBox) for node in own) or len(lines) != len(others):
            return self._words(own, other, most)
        first, *rest = map(self._words, lines, others)
        return (*first, *(node for line in rest for node in (Break(), *line)))

    def _words(self, own: _Words, other: _Words, most: int = LONGEST_IN_LINE) -> _Words:
        """Words, those of the other language, and then what is to be written."""
        told = self._told(other)
        if not told or not self._told(own) or _said_in(own) == _said_in(other):
            return own
        letters = len(_said_in(own)) + len(_said_in(told))
        between: Inline = _BESIDE if letters <= most else _BELOW
        end = len(own)
        while _is_blank(own[end - 1]):
            end -= 1
        translated = Translated(self._language, self._locale, told)
        rest = (Text(" "), *own[end:]) if own[end:] else ()
        return (*_without_end(own[:end]), between, translated, *rest)

    def _told(self, words: _Words) -> _Words:
        """Words with nothing among them to write on or to tick; none if nothing is left."""
        told = [self._word(node) for node in words]
        while told and _is_empty(told[-1]):
            told.pop()
        while told and _is_empty(told[0]):
            told.pop(0)
        return _without_end(tuple(told))

    def _word(self, node: Inline) -> Inline:
        match node:
            case Strong(children):
                return Strong(self._told(children))
            case Emphasis(children):
                return Emphasis(self._told(children))
            case CheckBox(label=label, bare=bare):
                return Text("" if bare else label)
            case Field(path=path, text=text) if text and path not in self._asked:
                return Text(text)
            case Field() | Stroke():
                return _LEFT_OUT
        return node


def _unfolded(block: Block) -> _Blocks:
    """Two parts beside each other, below one another if they are long.

    Pages do not break within them, and two languages make them twice as long.
    """
    match block:
        case Beside(parts) if any(len(_said_by(part)) > LONGEST_PART for part in parts):
            return tuple(inner for part in parts for inner in part)
    return (block,)


# --- which blocks belong together -------------------------------------------------------------


def _aligned(own: _Blocks, other: _Blocks) -> Iterator[_Pair]:
    """The blocks of both in the order in which they stand, those that say the same as pairs."""
    shapes, others = [*map(_shape, own)], [*map(_shape, other)]
    matcher = SequenceMatcher(None, shapes, others, autojunk=False)
    for kind, start, end, its_start, its_end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(own[start:end], other[its_start:its_end], strict=True)
        else:
            yield from ((block, None) for block in own[start:end])
            yield from ((None, block) for block in other[its_start:its_end])


def _shape(block: Block) -> tuple[object, ...]:
    """What two blocks have in common of which one repeats the other."""
    match block:
        case Heading(level):
            return Heading, level
        case Fields(items) | DescriptionList(items):
            return type(block), len(items)
        case Choices(_, options):
            return Choices, len(options)
        case Table(_, _, head, rows) | Chart(table=Table(_, _, head, rows)):
            return type(block), len(head), *map(len, rows)
        case List(_, items):
            return List, len(items), _has_places(block)
        case Paragraph(words):
            return Paragraph, _is_filled_in(words)
        case Box(kind) | Section(kind):
            return type(block), kind
    return (type(block),)


def _has_places(block: Block) -> bool:
    """Whether there is something to write on or to tick in a block."""
    return any(_is_place(node) for node in _flat(inlines_of((block,))))


def _is_filled_in(words: _Words) -> bool:
    """Whether a paragraph is one to tick in, or ends with what is to be written.

    A sentence with a gap is read like others.
    """
    flat = [*_flat(words)]
    return any(isinstance(node, CheckBox) for node in flat) or (bool(flat) and _is_gap(flat[-1]))


def _is_place(node: Inline) -> bool:
    return isinstance(node, CheckBox) or _is_gap(node)


def _is_gap(node: Inline) -> bool:
    return isinstance(node, Stroke) or (isinstance(node, Field) and node.text is None)


def _without_end(words: _Words) -> _Words:
    """Words without the space at their end."""
    match words:
        case (*before, Text(text) as last):
            return (*before, replace(last, text=text.rstrip()))
    return words


def _is_blank(node: Inline) -> bool:
    return _is_gap(node) or _is_empty(node)


def _is_empty(node: Inline) -> bool:
    """Whether words say nothing."""
    match node:
        case Text(text):
            return not text.strip(" …")
        case Strong(children) | Emphasis(children):
            return all(map(_is_empty, children))
    return isinstance(node, Break)


def _flat(words: Iterable[Inline]) -> Iterator[Inline]:
    for node in words:
        if isinstance(node, Strong | Emphasis | Translated):
            yield from _flat(node.children)
        else:
            yield node


def _split(words: _Words) -> list[_Words]:
    """The lines of some words."""
    lines: list[list[Inline]] = [[]]
    for node in words:
        if isinstance(node, Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines]


def _said(block: Block) -> str:
    return _said_by((block,))


def _said_by(blocks: _Blocks) -> str:
    return _said_in(inlines_of(blocks))


def _said_in(words: Iterable[Inline]) -> str:
    """What words say, whatever stands between them and however a day or a number is written."""
    return " ".join(_WORDS.findall("".join(map(_letters, _flat(words)))))


def _letters(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Field(path=path, type=type_, text=text):
            return path if type_ in UNBROKEN else text or ""
        case CheckBox(label=label, bare=bare):
            return "" if bare else label
    return "\n"
