"""A template cut into pieces: its words, tags, fields and statements, each with its place.

A template with mistakes in its syntax has pieces too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from planforms.checking.sources import SourceFile
from planforms.markup.subset import INLINE

_EXPRESSION = r"\{\{.*?(?:\}\}|\Z)"
_STATEMENT = r"\{%.*?(?:%\}|\Z)"
_CODE = rf"{_EXPRESSION}|{_STATEMENT}"
_QUOTED = "|".join(rf"{quote}(?>{_CODE}|[^<{{{quote}])*+{quote}" for quote in "\"'")
_PIECES = re.compile(
    rf"\{{#.*?(?:#\}}|\Z)|(?P<field>{_EXPRESSION})|(?P<statement>{_STATEMENT})"
    rf"|(?P<tag></?[A-Za-z](?>{_CODE}|{_QUOTED}|[^<>{{])*+>)"
    rf"|(?P<foreign><!--.*?(?:-->|\Z)|<[!?][^<>]*>)",
    re.DOTALL,
)  # braces that are left open end with the file, so that no letter is looked at twice
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_WORDLESS_ATTRIBUTES = frozenset({"class", "scope", "src"})
_TOKEN = re.compile(r"\"[^\"]*\"|'[^']*'|\w+|[=!<>]=|[^\s\w]")
_CROWDED = re.compile(r"\b(if|elif|and|or|not|in)\(")
_TIGHT = re.compile(r" ?([.|(]) ?| ([),])")
_MACRO = re.compile(r"macro (\w+)")


class PieceKind(StrEnum):
    """What a piece of a template is; foreign are comments and declarations of web pages."""

    TEXT = "text"
    TAG = "tag"
    END_TAG = "end_tag"
    FIELD = "field"
    STATEMENT = "statement"
    FOREIGN = "foreign"


@dataclass(frozen=True)
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

    @cached_property
    def tag(self) -> str:
        """The name of a tag; empty for anything else."""
        match = re.match(r"</?([a-z][a-z0-9]*)", self.value)
        return match[1] if match and self.kind in (PieceKind.TAG, PieceKind.END_TAG) else ""

    @cached_property
    def keyword(self) -> str:
        """The first word of a statement; empty for anything else."""
        return self.value.partition(" ")[0] if self.kind is PieceKind.STATEMENT else ""

    @cached_property
    def macro(self) -> str:
        """The name of the macro that a statement begins; empty for anything else."""
        match = _MACRO.match(self.value) if self.keyword == "macro" else None
        return match[1] if match else ""

    @property
    def is_block(self) -> bool:
        """Whether it is the tag of a paragraph, a list, a cell ..., and not within a line."""
        return self.tag not in ("", *INLINE)


@lru_cache(maxsize=1024)
def pieces_of(file: SourceFile) -> tuple[Piece, ...]:
    """The pieces of a template in their order; comments are left out."""
    return tuple(_pieces_between(file.content, 0, len(file.content)))


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
    elif match["foreign"]:
        yield Piece(PieceKind.FOREIGN, raw, offset, raw)
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
