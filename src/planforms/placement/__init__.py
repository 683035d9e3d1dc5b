"""What stands where: the decisions that all writers share, taken once between tree and writers.

:func:`place` turns the blocks of the tree into placed blocks. Writers draw those; they decide only
what follows from the room that their format has.
"""

from planforms.placement.placing import place

__all__ = ["place"]
