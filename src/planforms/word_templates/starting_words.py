"""The words of a paragraph of a starter: pieces of one look each, spaces as a reader sees them.

HTML runs white space together, Word prints each space. So what HTML would not show is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planforms.word_templates.tree import Governed, Node, Printing, Said, Tagged

_SPACE = re.compile(r"[ \t\n\r\f]+")
_OPENING = ("if ", "for ")


@dataclass(frozen=True, slots=True)
class WordPiece:
    """Said or a tag of one look, or a line break.

    Attributes:
        text: what is written; a newline character alone is a line break.
        bold, italic: how it looks.
        is_tag: whether it is a tag, whose spaces are its own.
        statement: the statement that it is, if it prints nothing.
    """

    text: str
    bold: bool = False
    italic: bool = False
    is_tag: bool = False
    statement: str = ""


_PLAIN = WordPiece("")


def pieces_of_words(parts: Iterable[Node]) -> list[WordPiece]:
    """The pieces of a paragraph."""
    pieces = _without_spaces_at_the_start(_pieces(parts, _PLAIN))
    return _without_spaces_at_the_end([piece for piece in pieces if piece.text])


def _pieces(parts: Iterable[Node], look: WordPiece) -> Iterator[WordPiece]:
    for part in parts:
        match part:
            case Said(text):
                yield replace(look, text=_SPACE.sub(" ", text))
            case Printing(code):
                yield replace(look, text=f"{{{{ {code} }}}}", is_tag=True)
            case Tagged("br"):
                yield WordPiece("\n")
            case Tagged(tag):
                bold, italic = look.bold or tag == "strong", look.italic or tag == "em"
                yield from _pieces(part.parts, replace(look, bold=bold, italic=italic))
            case Governed(branches, end):
                for branch in branches:
                    yield _statement(branch.statement)
                    yield from _pieces(branch.parts, look)
                yield _statement(end)


def _statement(statement: str) -> WordPiece:
    return WordPiece(f"{{% {statement} %}}", is_tag=True, statement=statement)


def _without_spaces_at_the_start(pieces: Iterable[WordPiece]) -> Iterator[WordPiece]:
    """Pieces without spaces at the start of a line or behind another space, in every branch."""
    is_spaced, outer = True, list[bool]()
    for piece in pieces:
        if piece.statement.startswith("end"):
            is_spaced = outer.pop() and is_spaced
        elif piece.statement.startswith(_OPENING):
            outer.append(is_spaced)
            is_spaced = is_spaced and piece.statement.startswith("if ")  # a loop goes round
        elif piece.statement:
            is_spaced = outer[-1]
        elif piece.is_tag:
            is_spaced = False
        else:
            text = piece.text.lstrip(" ") if is_spaced else piece.text
            piece = replace(piece, text=text)
            is_spaced = text.endswith((" ", "\n")) or (is_spaced and not text)
        yield piece


def _without_spaces_at_the_end(pieces: list[WordPiece]) -> list[WordPiece]:
    """Pieces without spaces before a line break and at the end."""
    kept: list[WordPiece] = []
    for piece in reversed(pieces):
        is_end = not kept or kept[-1].text == "\n"
        if is_end and not piece.is_tag and piece.text != "\n":
            piece = replace(piece, text=piece.text.rstrip(" "))
        if piece.text:
            kept.append(piece)
    return kept[::-1]
