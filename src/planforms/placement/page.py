"""The page that blocks are placed on, measured in the size of its letters.

Everything on a page of large letters is larger by the same scale, but the paper is not: such a page
is one with less room. All lengths here, and those of placed blocks, are millimetres of a page whose
letters have the usual size; writers multiply them by the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from planforms.document import Document

LEFT_MARGIN, RIGHT_MARGIN = 25, 20
"""The margins at the sides of the paper, in mm of the paper."""
_SHORT, _LONG = 210, 297
"""The sides of a sheet of A4, in mm of the paper."""
_LABEL_BESIDE, _LEAST_VALUE_BESIDE = 49, 65
"""What a label takes that stands beside its value, and how much room the value needs there."""


def text_width(document: Document) -> int:
    """How wide the text of a document's pages is, in mm of the paper."""
    width = _LONG if document.landscape else _SHORT
    return width - LEFT_MARGIN - RIGHT_MARGIN


@dataclass(frozen=True, slots=True)
class Paper:
    """What there is room for.

    Attributes:
        width: how wide the text is.
        scale: how much larger everything is drawn than on a page of the usual size.
    """

    width: float = _SHORT - LEFT_MARGIN - RIGHT_MARGIN
    scale: float = 1

    @property
    def labels_beside(self) -> bool:
        """Whether labels have room beside their values."""
        return self.scale == 1 or self.width - _LABEL_BESIDE >= _LEAST_VALUE_BESIDE


USUAL = Paper()
"""A page in portrait with letters of the usual size."""


def page_of(document: Document) -> Paper:
    """The page of a document."""
    return Paper(text_width(document) / document.scale, document.scale)
