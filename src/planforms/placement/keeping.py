"""Which blocks stay together on a page, as far as that follows from their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planforms.placement.blocks import (
    PlacedBlock,
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
    """Whether words stay with what follows them: lines to write on, or labels with values."""
    following = others[0] if others else None
    return isinstance(block, _Words) and isinstance(following, PlacedLines | PlacedDescriptions)
