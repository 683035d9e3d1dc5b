"""The page of paper: how wide the text on it is, and the rules of style that follow from that."""

from __future__ import annotations

from planforms.document import Document

TOP_MARGIN, LEFT_MARGIN, RIGHT_MARGIN = 18, 25, 20
"""The margins of a page, as ``paged.css`` has them, in mm."""
_SHORT, _LONG = 210, 297
"""The sides of a sheet of A4, in mm."""
_FIELD_GAP, _LABEL, _BOX, _STAFF = 5, 49, 11, 8
"""What is between fields; what a label takes beside its value, a box and a part for staff."""


def text_width(document: Document) -> int:
    """How wide the text of a document's pages is, in mm."""
    width = _LONG if document.landscape else _SHORT
    return width - LEFT_MARGIN - RIGHT_MARGIN


def page_rules(document: Document) -> str:
    """The rules of style for a page in landscape; none for one in portrait, which sheets have."""
    if not document.landscape:
        return ""
    width = text_width(document)
    return "".join(
        (
            "@page{size:A4 landscape}\n",
            f".entries>.entry.short>.value{{width:{width - _LABEL}mm}}\n",
            f".box .entries>.entry.short>.value{{width:{width - _LABEL - _BOX}mm}}\n",
            *(_field_rule(number, width) for number in range(1, 13)),
        )
    )


def _field_rule(number: int, width: int) -> str:
    """How wide a field is that takes so many twelfths of a line."""
    wide, narrow = (
        round((room + _FIELD_GAP) / 12 * number - _FIELD_GAP, 1) for room in (width, width - _STAFF)
    )
    name = f".f{number}"
    return f"{name}{{width:{wide}mm}} :is(.staff,.box) {name}{{width:{narrow}mm}}\n"
