"""How fields look: the drawings that a PDF has of each widget (ISO 32000-1, 12.7.3.3).

A program that fills in a form draws anew what it changes, in the same font and size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf

from planforms.document import CHECKED, UNCHECKED
from planforms.writers._form_font import FormFont

FONT = "PlanformsSans"
SIZE = 10.0
"""How large letters are that are filled in, in points, on a page of letters of the usual size; the
style sheet makes room for these."""
SMALLEST = 6.0
"""How small they become where much stands in a field already."""
LEADING = 1.25
"""From line to line, in the size of letters."""
_PADDING = 2.0
_RISE = 0.22
"""How far the middle of a line of letters is above its base, in their size."""
_BOX_RISE = 0.188
"""How far above the edge of its widget a box stands, as it does on paper; in its size."""
_INK, _BLACK = "0.1 g", "0 g"


class Appearances:
    """Makes drawings, each of them once."""

    def __init__(self, pdf: Any, font: FormFont, size: float) -> None:
        self._pdf = pdf
        self._size = size
        self._font = font
        self._made: dict[tuple[str, float, float], bytes] = {}
        fonts = pydyf.Dictionary({FONT: font.embed(pdf)})
        resources = pydyf.Dictionary({"Font": fonts})
        pdf.add_object(resources)
        self.resources: bytes = resources.reference
        """The reference to what drawings and fields need: the font."""

    def nothing(self, width: float, height: float) -> bytes:
        """An empty drawing."""
        return self._drawing("", width, height)

    def box(self, ticked: bool, width: float, height: float) -> bytes:
        """The box of an option, as it is on paper."""
        letter = self._font.encoded(CHECKED if ticked else UNCHECKED)
        base = round(height * _BOX_RISE, 2)
        words = f"q BT {_INK} /{FONT} {height:.2f} Tf 0 {base} Td {letter} Tj ET Q"
        return self._drawing(words, width, height)

    def line(self, text: str, size: float, width: float, height: float) -> bytes:
        """One line of words in the middle of a field."""
        base = height / 2 - size * _RISE * 1.5
        return self._words([text] if text else [], size, base, (width, height))

    def lines(self, text: str, size: float, width: float, height: float) -> bytes:
        """Words from the upper edge of a field."""
        base = height - _PADDING - size
        lines = [*self._font.lines(text, size, width - 2 * _PADDING)] if text else []
        return self._words(lines, size, base, (width, height))

    def size_of(self, text: str, width: float, height: float, several: bool) -> float:
        """How large the letters of a text can be, so that all of them are seen."""
        size = min(self._size, max(SMALLEST, height - 2 * _PADDING))
        while size > SMALLEST and not self._fits(text, size, width - 2 * _PADDING, height, several):
            size -= 0.5
        return size

    def _fits(self, text: str, size: float, width: float, height: float, several: bool) -> bool:
        if not several:
            return self._font.width(text, size) <= width
        count = sum(1 for _ in self._font.lines(text, size, width))
        return count * size * LEADING <= height - _PADDING

    def _words(
        self, lines: Sequence[str], size: float, base: float, room: tuple[float, float]
    ) -> bytes:
        width, height = room
        parts = [f"/Tx BMC q 1 1 {width - 2:.2f} {height - 2:.2f} re W n"]
        if lines:
            lead = f"{size * LEADING:.2f} TL {_PADDING} {base:.2f} Td"
            parts += [f"BT {_BLACK} /{FONT} {size:g} Tf {lead}"]
            parts += [f"{self._font.encoded(line)} Tj T*" for line in lines]
            parts += ["ET"]
        return self._drawing("\n".join((*parts, "Q EMC")), width, height)

    def _drawing(self, content: str, width: float, height: float) -> bytes:
        """The reference to a drawing of a size."""
        key = content, round(width, 2), round(height, 2)
        if key not in self._made:
            frame = pydyf.Array([0, 0, *key[1:]])
            extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": frame}
            extra["Resources"] = self.resources
            stream = pydyf.Stream([content.encode()], extra, compress=True)
            self._pdf.add_object(stream)
            self._made[key] = stream.reference
        return self._made[key]


def default_appearance(size: float) -> pydyf.String:
    """What a program draws the words of a field with that it changes."""
    return pydyf.String(f"/{FONT} {size:g} Tf {_BLACK}")
