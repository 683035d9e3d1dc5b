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
    PlacedSigning,
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
    following = others[0] if others else None
    if isinstance(block, PlacedDescriptions) and isinstance(following, PlacedSigning):
        return replace(block, whole=True, with_next=True)  # a slip to tear off
    if isinstance(block, PlacedHeading) or _stays(block, others):
        return replace(block, with_next=True)
    return block


def _stays(block: PlacedBlock, others: Sequence[PlacedBlock]) -> bool:
    """Whether a block stays with what follows it: two blocks do above each place to sign."""
    match others:
        case [PlacedSigning(), *_] | [PlacedText() | PlacedHeading(), PlacedSigning(), *_]:
            return True
        case [PlacedLines() | PlacedDescriptions(), *_]:
            return isinstance(block, _Words)
    return False
