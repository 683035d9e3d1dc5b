"""Words as Typst is given them: plain strings, and short lists for what is no plain string.

Spaces and line breaks are settled here as HTML has them, since Typst prints every space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, assert_never

from planforms.document import (
    CHECKED,
    UNBROKEN,
    UNCHECKED,
    Break,
    CheckBox,
    Emphasis,
    Field,
    Stroke,
    Strong,
    Text,
    Translated,
)
from planforms.placement.blocks import GAP, GAPS, Blank, FieldPart, PlacedInline
from planforms.writers import fonts

Node = Any
"""A string, ``None`` for a line break, or a list of a name and what belongs to it."""

LONGEST_WORD = 40
"""A word of more letters may break between any two of them, as in the other formats."""
LONGEST_HYPHENATED = 3
"""A word may be so many lines long where it is hyphenated; of what is longer, all letters are."""
SPARE = 1.15
"""How much wider than its line a word may seem: most letters are narrower than bold ones."""
LONGEST_UNBROKEN = 12
"""A day or a number of so many letters is never broken."""
LEAST_HYPHENATED, LEAST_PART = 9, 4
"""How many letters a hyphenated word has at least, and each part; as ``paged.css`` has it."""
_LONG = re.compile(rf"[^\W\d_]{{{LEAST_HYPHENATED},}}")
_WITH_WORDS = ("strong", "emphasis", "translated")
"""Nodes that hold others."""
_MM = 25.4 / 72
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SPACES = re.compile("[ \t\r\f]+")
_LETTERS = re.compile("(?s:.[\u0300-\u036f]*)")


@dataclass(frozen=True, slots=True)
class Room:
    """What words have room for.

    Attributes:
        width: how wide their line is, in mm.
        hyphens: whether words are hyphenated.
        drawn: whether a place to write has a line below it; in the cell of a table it has none.
        size: how large the letters are, in points.
    """

    width: float
    hyphens: bool = False
    drawn: bool = True
    size: float = 11


def words(children: Iterable[PlacedInline], room: Room) -> list[Node]:
    """Some words in a line."""
    line = _Line(room)
    line.add(children)
    return line.finished()


def language_of(tag: str) -> dict[str, str]:
    """A language as Typst is told it, by two or three letters; and its region, by two.

    Args:
        tag: its BCP 47 tag, such as ``sr-Latn-RS``.
    """
    primary, *others = tag.split("-")
    region = next((part for part in others if re.fullmatch("[A-Za-z]{2}", part)), "")
    return {"lang": primary.lower(), **({"region": region.upper()} if region else {})}


def printable(text: str) -> str:
    """The text in letters of the documents' fonts: PDF/A has no place for others.

    Rendering has seen to that in what is data; this is for documents that are made otherwise.
    """
    known = _covered()
    if known.issuperset(text):
        return text
    return "".join(
        letter if letter in known else "" if _is_invisible(letter) else _REPLACEMENT
        for letter in text
    )


@cache
def _covered() -> frozenset[str]:
    return frozenset(map(chr, fonts.covered())) | {"\n", "\t", "\r", "\f"}


@cache
def _words_of(letters: int) -> re.Pattern[str]:
    """Words of so many letters at least."""
    return re.compile(f"[^ ]{{{letters},}}")


def _is_invisible(letter: str) -> bool:
    """Whether a letter has no look by nature, such as a joiner or the choice of a variant."""
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


class _Line:
    """Collects the nodes of some words."""

    def __init__(self, room: Room) -> None:
        self._room = room
        least = LEAST_HYPHENATED if room.hyphens else LONGEST_WORD
        self._wide = SPARE * room.width / (room.size * _MM)
        self._long_words = _words_of(min(least, max(1, int(self._wide))))
        self._nodes: list[Node] = []
        self._spaced = True  # whether a space here would begin a line or follow another

    def finished(self) -> list[Node]:
        """The nodes, without a space at the end."""
        self._strip_end()
        return self._nodes

    def add(self, children: Iterable[PlacedInline]) -> None:
        """Add some words."""
        for child in children:
            self._add(child)

    def _add(self, node: PlacedInline) -> None:
        match node:
            case Text(text):
                self._text(text)
            case Break():
                self._break()
            case Strong(children):
                self._within("strong", children)
            case Emphasis(children):
                self._within("emphasis", children)
            case Translated(language, _, children):
                self._within("translated", children, language_of(language))
            case Field(text=None) | Stroke():
                self._gap(node)
            case Field():
                self._value(node, node.text or "")
            case FieldPart(field, text):
                self._value(field, text)
            case CheckBox():
                self._box(node)
            case _:
                assert_never(node)

    def _within(self, name: str, children: Iterable[PlacedInline], *more: Node) -> None:
        outer, self._nodes = self._nodes, []
        self.add(children)
        inner, self._nodes = self._nodes, outer
        self._nodes.append([name, inner, *more])

    def _value(self, field: Field, text: str) -> None:
        """A day or a number stays in one line, unless it is long and there is no room for it."""
        single = field.type in UNBROKEN and "\n" not in text
        fits = len(text) <= LONGEST_UNBROKEN or self._fits(printable(text))
        if single and text.strip() and fits:
            self._put(["unbroken", printable(text)])
        else:
            self._text(text)

    def _box(self, box: CheckBox) -> None:
        self._put(["tick" if not box.bare else "bare", CHECKED if box.checked else UNCHECKED])
        if not box.bare:
            self._spaced = True
            self._text(box.label)

    def _gap(self, blank: Blank) -> None:
        if blank.lines > 1 and self._room.drawn:
            self._put(["lines", blank.lines])
        else:
            width = min(GAPS.get(blank.type, GAP), self._room.width)
            self._put(["gap" if self._room.drawn else "room", width])

    def _put(self, node: Node) -> None:
        self._nodes.append(node)
        self._spaced = False

    def _break(self) -> None:
        self._strip_end()
        self._nodes.append(None)
        self._spaced = True

    def _text(self, text: str) -> None:
        for number, line in enumerate(printable(text).split("\n")):
            if number:
                self._break()
            self._spaced_words(_SPACES.sub(" ", line))

    def _spaced_words(self, text: str) -> None:
        if self._spaced:
            text = text.removeprefix(" ")
        if not text:
            return
        for piece in self._pieces(text):
            if isinstance(piece, str) and self._nodes and isinstance(self._nodes[-1], str):
                self._nodes[-1] += piece
            elif piece:
                self._nodes.append(piece)
        self._spaced = text.endswith(" ")

    def _pieces(self, text: str) -> Iterator[Node]:
        """Words by parts: endless ones, and those letters of long ones where they may be broken.

        Typst has rules of its own where words break, but no least number of letters around it.
        """
        end = 0
        for found in self._long_words.finditer(text):
            start, word = found.start(), found[0]
            if self._is_endless(word):
                yield text[end:start]
                yield ["letters", _LETTERS.findall(word)]
                end = found.end()
            elif self._room.hyphens and "@" not in word and "//" not in word:
                for long in _LONG.finditer(word):
                    first = start + long.start() + LEAST_PART
                    yield text[end:first]
                    end = start + long.end() - LEAST_PART + 1
                    yield ["hyphens", text[first:end]]
        yield text[end:]

    def _is_endless(self, word: str) -> bool:
        """Whether a word may break between any two letters, for want of room."""
        if len(word) > LONGEST_WORD:
            return True
        lines = LONGEST_HYPHENATED if self._room.hyphens and word.isalpha() else 1
        return not self._fits(word, lines)

    def _fits(self, text: str, lines: int = 1) -> bool:
        wide = self._wide * lines
        return len(text) < wide or fonts.width(text) < wide

    def _strip_end(self) -> None:
        """Take away a space at the end of a line, also one within bold words."""
        nodes = self._nodes
        while nodes and isinstance(nodes[-1], list) and nodes[-1][0] in _WITH_WORDS:
            nodes = nodes[-1][1]
        if nodes and isinstance(nodes[-1], str):
            nodes[-1] = nodes[-1].removesuffix(" ")
