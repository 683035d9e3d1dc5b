"""Two documents beside each other, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from planforms.document import Block, Document, Heading, Section, inline_text, lines_of, paths_in


def beside_each_other(one: Document, other: Document) -> list[dict[str, Any]]:
    """The sections of two documents in pairs, with what only one of them has.

    A section has a heading, its lines, and the paths of the fields that the other lacks.
    """
    return [
        {"first": _side(first, second), "second": _side(second, first)}
        for first, second in zip_longest(_sections(one), _sections(other))
    ]


def _sections(document: Document) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The heading of each section with its blocks; what stands above the first has none."""
    heading: str = ""
    blocks: list[Block] = []
    for block in _flat(document.blocks):
        if isinstance(block, Heading) and block.level < 3:
            yield heading, tuple(blocks)
            heading, blocks = inline_text(block.children), []
        else:
            blocks.append(block)
    yield heading, tuple(blocks)


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks of a document; those of a sheet or a staff's part as if they stood in it."""
    for block in blocks:
        if isinstance(block, Section):
            yield from _flat(block.children)
        else:
            yield block


def _side(
    section: tuple[str, tuple[Block, ...]] | None, other: tuple[str, tuple[Block, ...]] | None
) -> dict[str, Any] | None:
    if section is None:
        return None
    heading, blocks = section
    lacking = paths_in(blocks) - (paths_in(other[1]) if other else frozenset())
    return {
        "heading": heading,
        "lines": [{"text": line, "only": bool(own & lacking)} for line, own in _lines(blocks)],
        "only": sorted(lacking),
    }


def _lines(blocks: tuple[Block, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    """The lines of some blocks, each with the paths of the block that it is of."""
    for block in blocks:
        paths = paths_in((block,))
        yield from ((line, paths) for line in lines_of(block))
