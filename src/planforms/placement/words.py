"""Looking at words: which lines they have, and what is to be written among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planforms.document import (
    Break,
    CheckBox,
    Emphasis,
    Field,
    Inline,
    Stroke,
    Strong,
    Text,
    inline_text,
)
from planforms.placement.blocks import Blank, FieldPart, Option, PlacedInline

_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def text_of(children: Iterable[PlacedInline]) -> str:
    """The words of some inline nodes; line breaks as newline characters."""
    return "".join(
        child.text if isinstance(child, FieldPart) else inline_text((child,)) for child in children
    )


def blanks_in(children: Iterable[PlacedInline]) -> Iterator[Blank]:
    """Every place to write, in order."""
    for child in children:
        match child:
            case Field(text=None) | Stroke():
                yield child
            case Strong(inner) | Emphasis(inner):
                yield from blanks_in(inner)


def has_nothing_but_blanks(children: Iterable[PlacedInline]) -> bool:
    """Whether there are no words, but places for them."""
    return any(True for _ in blanks_in(children)) and all(map(_is_wordless, children))


def _is_wordless(child: PlacedInline) -> bool:
    match child:
        case Field(text=None) | Stroke() | Break():
            return True
        case Strong(inner) | Emphasis(inner):
            return all(map(_is_wordless, inner))
        case Text(text):
            return not text.strip()
    return False


def paragraphs_of(children: tuple[Inline, ...]) -> Iterator[tuple[PlacedInline, ...]]:
    """The paragraphs of some words: a new one begins at every empty line in a field's text."""
    current: list[PlacedInline] = []
    for child in children:
        parts = _PARAGRAPHS.split(child.text or "") if isinstance(child, Field) else []
        if len(parts) < 2 or not isinstance(child, Field):
            current.append(child)
            continue
        for number, part in enumerate(parts):
            if number:
                yield tuple(current)
                current = []
            current.append(FieldPart(child, part))
    yield tuple(current)


def options_of(children: tuple[PlacedInline, ...]) -> tuple[Option, ...]:
    """The options that words which begin with a box consist of, each with what follows it."""
    starts = [
        number
        for number, child in enumerate(children)
        if isinstance(child, CheckBox) and (not number or isinstance(children[number - 1], Break))
    ]
    ends = [*(start - 1 for start in starts[1:]), len(children)]
    return tuple(
        Option(box, children[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
        if isinstance(box := children[start], CheckBox)
    )
