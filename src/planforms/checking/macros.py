"""Macros as they stand in templates: what they consist of, and which one a call means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from planforms.checking.attribution import Macro
from planforms.checking.letters import words_only
from planforms.checking.parsing import Parsed
from planforms.checking.pieces import Piece, pieces_of
from planforms.checking.sources import SourceFile
from planforms.markup.subset import Element

CALL = re.compile(r"(\w+)\(")
"""How a field begins that calls a macro; its group is the name."""
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)(?:=(\"[^\"]*\"|'[^']*'))?")


@dataclass(frozen=True, slots=True)
class Body:
    """The pieces of a template or a macro, and the macros that can be called there."""

    parsed: Parsed
    pieces: tuple[Piece, ...]
    macro: str = ""

    @property
    def file(self) -> SourceFile:
        """The file that they stand in."""
        return self.parsed.file

    @property
    def key(self) -> Macro:
        """What tells it from all other bodies."""
        return str(self.file.path), self.macro


@lru_cache(maxsize=1024)
def body_of(parsed: Parsed, macro: str) -> Body:
    """A macro's pieces; for an empty name all those of a template outside of its macros."""
    inside, pieces = "", []
    for piece in pieces_of(parsed.file):
        if piece.macro or piece.keyword == "endmacro":
            inside = piece.macro
        elif inside == macro:
            pieces.append(piece)
    return Body(parsed, tuple(pieces), macro)


def called_by(parsed: Parsed, library: Mapping[str, Parsed], name: str) -> Body | None:
    """The macro of a name, which a template defines or imports."""
    if name in parsed.macros():
        return body_of(parsed, name)
    for file, theirs, ours in parsed.imports():
        source = library.get(file)
        if ours == name and source and theirs in source.macros():
            return body_of(source, theirs)
    return None


def element_of(piece: Piece) -> Element:
    """The element that a tag opens; code in its attributes is masked."""
    inside = words_only(piece.raw)[1 + len(piece.tag) :]
    found = _ATTRIBUTE.finditer(inside)
    return Element(piece.tag, {one[1].lower(): (one[2] or "")[1:-1] for one in found}, "")
