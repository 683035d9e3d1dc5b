"""Which blocks stay together on a page, as far as that follows from their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planforms.document import BoxKind
from planforms.placement.blocks import (
    PlacedBlock,
    PlacedBox,
    PlacedDescriptions,
    PlacedHeading,
    PlacedLines,
    PlacedOptions,
    PlacedText,
)

_Words = PlacedText | PlacedOptions


def keep_together(blocks: Sequence[PlacedBlock]) -> tuple[PlacedBlock, ...]:
    """Blocks that stand below one another, each knowing whether it stays with the next."""
    return tuple(_keep(block, blocks[index + 1 :]) for index, block in enumerate(blocks))


def keep_item(blocks: tuple[PlacedBlock, ...]) -> tuple[PlacedBlock, ...]:
    """The blocks of a list's item: words right after its mark stay with what belongs to them."""
    match blocks:
        case (PlacedText() | PlacedOptions() as first, _, *_):
            return replace(first, with_next=True), *blocks[1:]
    return blocks


def _keep(block: PlacedBlock, others: Sequence[PlacedBlock]) -> PlacedBlock:
    if isinstance(block, PlacedHeading) or _stays(block, others):
        return replace(block, with_next=True)
    return block


def _stays(block: PlacedBlock, others: Sequence[PlacedBlock]) -> bool:
    """Whether words stay with what follows: lines to write on, labels with values, a row."""
    if not isinstance(block, _Words) or not others:
        return False
    match others[0]:
        case PlacedLines() | PlacedDescriptions() | PlacedBox(BoxKind.ROW):
            return True
    return False
