"""A template as a row of pieces: its words, tags, fields and statements, each with its place.

Whoever compares two templates compares these: two languages with each other, or a template with
an earlier one. A template with mistakes in its syntax has pieces too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, takewhile

from planforms.checking.sources import SourceFile

_INLINE = frozenset({"strong", "em", "br"})
PARTS = "_parts"
"""The kind of the file of shared parts."""
TITLE_SECTION = "title"
"""The name of what stands before the first section."""
TEXT_SECTION = "text"
"""The name of a section that prints no field."""

_EXPRESSION = r"\{\{.*?(?:\}\}|\Z)"
_STATEMENT = r"\{%.*?(?:%\}|\Z)"
_PIECES = re.compile(
    rf"\{{#.*?(?:#\}}|\Z)|(?P<field>{_EXPRESSION})|(?P<statement>{_STATEMENT})"
    rf"|(?P<tag></?[A-Za-z](?>{_EXPRESSION}|{_STATEMENT}|[^<>{{])*+>)",
    re.DOTALL,
)  # braces that are left open end with the file, so that no letter is looked at twice
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_WORDLESS_ATTRIBUTES = frozenset({"class", "scope", "src"})
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|\w+|[=!<>]=|[^\s\w]")
_CROWDED = re.compile(r"\b(if|elif|and|or|not|in)\(")
_TIGHT = re.compile(r" ?([.|(]) ?| ([),])")
_PATH = re.compile(r"(?<![\w|.\"])[a-z_]+(?:\.[a-z_]+)*(?![\w(\"])")
_MACRO = re.compile(r"macro (\w+)")


class PieceKind(StrEnum):
    """What a piece of a template is."""

    TEXT = "text"
    TAG = "tag"
    END_TAG = "end_tag"
    FIELD = "field"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a template.

    Attributes:
        kind: what it is.
        value: its text without what makes no difference: spare spaces, widths, kinds of quotes.
        offset: where it begins in the file.
        raw: its letters as they stand there.
    """

    kind: PieceKind
    value: str
    offset: int
    raw: str

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.offset + len(self.raw)

    @property
    def has_words(self) -> bool:
        """Whether it is a text with letters in it."""
        return self.kind is PieceKind.TEXT and any(map(str.isalpha, self.value))

    @property
    def tag(self) -> str:
        """The name of a tag; empty for anything else."""
        match = re.match(r"</?([a-z][a-z0-9]*)", self.value)
        return match[1] if match and self.kind in (PieceKind.TAG, PieceKind.END_TAG) else ""

    @property
    def macro(self) -> str:
        """The name of the macro that a statement begins; empty for anything else."""
        match = _MACRO.match(self.value) if self.kind is PieceKind.STATEMENT else None
        return match[1] if match else ""

    @property
    def is_block(self) -> bool:
        """Whether it is the tag of a paragraph, a list, a cell ..., and not within a line."""
        return self.tag not in ("", *_INLINE)


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


def pieces_of(file: SourceFile) -> Iterator[Piece]:
    """The pieces of a template in their order; comments are left out."""
    return _pieces_between(file.content, 0, len(file.content))


def _pieces_between(content: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECES.finditer(content, start, end):
        yield from _text(content, start, match.start())
        yield from _pieces_at(match)
        start = match.end()
    yield from _text(content, start, end)


def _text(content: str, start: int, end: int) -> Iterator[Piece]:
    raw = content[start:end]
    if raw.strip():
        offset = start + len(raw) - len(raw.lstrip())
        yield Piece(PieceKind.TEXT, " ".join(raw.split()), offset, raw.strip())


def _pieces_at(match: re.Match[str]) -> Iterator[Piece]:
    raw, offset = match[0], match.start()
    if match["field"]:
        yield Piece(PieceKind.FIELD, _plain_code(raw.strip("{}+-")), offset, raw)
    elif match["statement"]:
        yield Piece(PieceKind.STATEMENT, _plain_code(raw.strip("{%}+-")), offset, raw)
    elif raw.startswith("</"):
        yield Piece(PieceKind.END_TAG, raw.lower(), offset, raw)
    elif match["tag"]:
        yield Piece(PieceKind.TAG, _plain_tag(raw), offset, raw)
        for attribute in _ATTRIBUTE.finditer(match.string, match.start(), match.end()):
            if attribute[1] == "alt":
                yield from _pieces_between(match.string, *attribute.span(2))


def _plain_tag(raw: str) -> str:
    name = raw[1:].split()[0].rstrip(">").lower()
    kept = [match for match in _ATTRIBUTE.finditer(raw) if match[1] in _WORDLESS_ATTRIBUTES]
    return f"<{' '.join([name, *sorted(match[0] for match in kept)])}>"


def _plain_code(code: str) -> str:
    """An expression or statement as it would be written with one space between words."""
    tokens = [f'"{t[1:-1]}"' if t[0] == "'" else t for t in _TOKEN.findall(code)]
    tight = _TIGHT.sub(lambda match: match[1] or match[2], " ".join(tokens))
    return _CROWDED.sub(r"\1 (", tight)


@lru_cache(maxsize=256)
def sections_of(file: SourceFile) -> tuple[Section, ...]:
    """The sections of a template by its headings ``<h2>``; of shared parts, their macros."""
    pieces = tuple(pieces_of(file))
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
