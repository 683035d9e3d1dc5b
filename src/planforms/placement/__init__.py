"""What stands where: the decisions that all writers share, taken once between tree and writers.

:func:`fitted` sees to it that a document of large letters has less beside one another,
:func:`place` turns the blocks of the tree into placed blocks, and :func:`placed` does both. Writers
draw those; they decide only what follows from the room that their format has.
"""

from planforms.document import Document
from planforms.placement.blocks import PlacedBlock
from planforms.placement.fitting import fitted, large_print
from planforms.placement.page import page_of
from planforms.placement.placing import place

__all__ = ["fitted", "large_print", "place", "placed"]


def placed(document: Document) -> tuple[PlacedBlock, ...]:
    """The blocks of a document as they are drawn on its pages."""
    return place(fitted(document).blocks, page_of(document))
