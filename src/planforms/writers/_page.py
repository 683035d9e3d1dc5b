"""The page of paper as style sheets have it: how wide its text is, and what follows from that."""

from __future__ import annotations

import re

from planforms.document import TEXT_SIZE, Document
from planforms.placement.page import text_width

TOP_MARGIN = 18
"""The margin above the text of a page, as ``paged.css`` has it, in mm."""
_FIELD_GAP, _LABEL, _BOX, _STAFF = 5, 49, 11, 8
"""What is between fields; what a label takes beside its value, a box and a part for staff."""
_SCALED = re.compile(
    r"(?P<page>@page [{](?:[^{}]|[{][^{}]*[}])*[}])"
    r"|(?P<number>\d*\.?\d+)(?=mm\b)"
    r"|(?<=font-size: )(?P<letters>[\d.]+)(?=pt)|(?<=font: )(?P<font>[\d.]+)(?=pt)"
    r"|(?<=:root [{] font-size: )(?P<root>[\d.]+)(?=rem)"
    r"|(?<=-width: )(?P<screen>[\d.]+)(?=rem[)])"
)
"""The lengths of a style sheet that follow the size of letters without being in ``em`` or ``rem``,
and the paper itself, which does not."""
_LARGE = """
.box.row { break-inside: avoid }
p:has(+ .box.row) { break-after: avoid }
.options.c1 > li { width: 100% }
input[value] { max-height: 200mm }
@media screen {
  .letterhead { flex-wrap: wrap }
  .letterhead img { max-width: 100% }
  .sender { flex-basis: 8rem; min-width: 0 }
  :is(body, th, td) { overflow-wrap: anywhere }
}
"""
"""What only pages of larger letters have."""


def room_width(document: Document) -> int:
    """How wide the text of a document's pages is, in mm of a page of letters of the usual size."""
    return int(text_width(document) / document.scale)


def scaled(sheet: str, size: float) -> str:
    """A style sheet for letters of another size, in points."""
    if size == TEXT_SIZE:
        return sheet

    def larger(found: re.Match[str]) -> str:
        if found["page"]:
            return found[0]
        return f"{float(found[0]) * size / TEXT_SIZE:.4f}".rstrip("0").rstrip(".")

    return _SCALED.sub(larger, sheet) + _LARGE


def page_rules(document: Document) -> str:
    """The rules of style for a page that has not the usual room, which sheets have."""
    paper = "@page{size:A4 landscape}\n" if document.landscape else ""
    if not paper and document.text_size == TEXT_SIZE:
        return ""
    width, scale = text_width(document), document.scale
    value = width - _LABEL * scale
    return "".join(
        (
            paper,
            f".entries>.entry.short>.value{{width:{_mm(value)}}}\n",
            f".box .entries>.entry.short>.value{{width:{_mm(value - _BOX * scale)}}}\n",
            *(_field_rule(number, width, scale) for number in range(1, 13)),
        )
    )


def _mm(length: float) -> str:
    return f"{round(length, 1):g}mm"


def _field_rule(number: int, width: float, scale: float) -> str:
    """How wide a field is that takes so many twelfths of a line."""
    gap = _FIELD_GAP * scale
    wide, narrow = (
        round((room + gap) / 12 * number - gap, 1) for room in (width, width - _STAFF * scale)
    )
    name = f".f{number}"
    return f"{name}{{width:{wide}mm}} :is(.staff,.box) {name}{{width:{narrow}mm}}\n"
