"""The sections of a template and the blocks in them, as a reader sees them.

Whoever compares two templates compares these: two languages with each other, or a template with
an earlier one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from planforms.checking.pieces import Piece, PieceKind, pieces_of
from planforms.checking.sources import SourceFile

PARTS = "_parts"
"""The kind of the file of shared parts."""
TITLE_SECTION = "title"
"""The name of what stands before the first section."""
TEXT_SECTION = "text"
"""The name of a section that prints no field."""
_PATH = re.compile(r"(?<![\w|.\"])[a-z_]+(?:\.[a-z_]+)*(?![\w(\"])")


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between two tags of paragraphs, lists, cells ...

    Attributes:
        tag: the tag before it; ``None`` at the beginning of a section.
        pieces: words, fields, statements and tags within a line.
    """

    tag: Piece | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What a reader sees as one part of a document: a heading and all up to the next one.

    Attributes:
        name: the same in all languages: the first field it prints, or the macro's name.
        heading: what a reader knows it by: the words of its heading or, without one, its name.
        pieces: what it consists of.
    """

    name: str
    heading: str
    pieces: tuple[Piece, ...]

    @property
    def offset(self) -> int:
        """Where it begins in the file."""
        return self.pieces[0].offset

    def blocks(self) -> Iterator[Block]:
        """Its pieces by the tags around them."""
        begins = [n for n, piece in enumerate(self.pieces) if piece.is_block or n == 0]
        for start, end in pairwise((*begins, len(self.pieces))):
            tag = self.pieces[start] if self.pieces[start].is_block else None
            yield Block(tag, self.pieces[start + bool(tag) : end])


@lru_cache(maxsize=1024)
def sections_of(file: SourceFile) -> tuple[Section, ...]:
    """The sections of a template by its headings ``<h2>``; of shared parts, their macros."""
    pieces = pieces_of(file)
    begins = [n for n, piece in enumerate(pieces) if _begins_section(piece, file.kind)]
    used: Counter[str] = Counter()
    sections = []
    for start, end in pairwise((0, *begins, len(pieces))):
        if inside := pieces[start:end]:
            name = _name_of(inside) if start in begins else TITLE_SECTION
            used[name] += 1
            name = f"{name}-{used[name]}" if used[name] > 1 else name
            sections.append(Section(name, _heading_of(inside) or name, inside))
    return tuple(sections)


def _begins_section(piece: Piece, kind: str) -> bool:
    if kind == PARTS:
        return bool(piece.macro)
    return piece.kind is PieceKind.TAG and piece.tag == "h2"


def _name_of(pieces: Sequence[Piece]) -> str:
    if pieces[0].macro:
        return pieces[0].macro
    fields = [piece.value for piece in pieces if piece.kind is PieceKind.FIELD]
    paths = [path for field in fields for path in _PATH.findall(field)]
    calls = [field.partition("(")[0] for field in fields]
    return next(iter(paths or calls), TEXT_SECTION)


def _heading_of(pieces: Sequence[Piece]) -> str:
    inside = takewhile(lambda piece: piece.tag != "h2", pieces[1:] if pieces[0].tag == "h2" else ())
    return " ".join(p.value for p in inside if p.kind in (PieceKind.TEXT, PieceKind.FIELD))
