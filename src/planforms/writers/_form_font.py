"""The letters of what is filled in: one whole face, since nobody knows what will be written.

A composite font whose codes are the numbers of its glyphs (ISO 32000-1, 9.7), with a table that
says which letter each of them is, so that what is written can be copied and searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pydyf
from fontTools import subset
from fontTools.ttLib import TTFont

from planforms.writers import fonts

_NAME = "/PLANFM+PlanformsSans-Regular"
_UNPRINTABLE = ord("\ufffd")
_SYMBOLIC = 4
_MOST_LINES = 100
"""How many entries one part of the table of letters may have (9.10.3)."""
_TABLE = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{letters}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class FormFont:
    """Planforms Sans Regular, to measure with and to put into files."""

    def __init__(self, content: bytes) -> None:
        font = TTFont(BytesIO(content), recalcTimestamp=False)
        self._file = _stripped(font)
        self._glyphs: dict[int, int] = {
            letter: font.getGlyphID(name) for letter, name in font.getBestCmap().items()
        }
        scale = 1000 / font["head"].unitsPerEm
        widths = (font["hmtx"][name][0] for name in font.getGlyphOrder())
        self._widths: list[int] = [round(width * scale) for width in widths]
        self._properties = _properties(font, scale)

    def width(self, text: str, size: float) -> float:
        """How wide a line of text is, in the unit of ``size``."""
        return sum(self._widths[glyph] for glyph in self._codes(text)) * size / 1000

    def encoded(self, text: str) -> str:
        """A line of text as a string of a PDF."""
        return f"<{''.join(f'{glyph:04x}' for glyph in self._codes(text))}>"

    def lines(self, text: str, size: float, width: float) -> Iterator[str]:
        """The lines into which a text breaks that has so much room."""
        for paragraph in text.split("\n"):
            line = ""
            for word in re.findall(r" *[^ ]*", paragraph):
                if line and self.width(line + word, size) > width:
                    yield line
                    line = word.lstrip()
                else:
                    line += word
            yield line

    def _codes(self, text: str) -> list[int]:
        unprintable = self._glyphs[_UNPRINTABLE]
        return [self._glyphs.get(ord(letter), unprintable) for letter in text]

    def embed(self, pdf: Any) -> bytes:
        """Put the font into a PDF; gives the reference to it."""
        file = pydyf.Stream([self._file], {"Length1": len(self._file)}, compress=True)
        pdf.add_object(file)
        descriptor = pydyf.Dictionary({**self._properties, "FontFile2": file.reference})
        pdf.add_object(descriptor)
        letters = pydyf.Stream([self._letters().encode()], compress=True)
        pdf.add_object(letters)
        glyphs = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": _NAME,
                "CIDSystemInfo": pydyf.Dictionary(
                    {
                        "Registry": pydyf.String("Adobe"),
                        "Ordering": pydyf.String("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": descriptor.reference,
                "W": pydyf.Array([0, pydyf.Array(self._widths)]),
                "CIDToGIDMap": "/Identity",
            }
        )
        pdf.add_object(glyphs)
        font = pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": _NAME,
                "Encoding": "/Identity-H",
                "DescendantFonts": pydyf.Array([glyphs.reference]),
                "ToUnicode": letters.reference,
            }
        )
        pdf.add_object(font)
        return bytes(font.reference)

    def _letters(self) -> str:
        """Which letter each glyph is; where several share one, the first of them."""
        letters: dict[int, int] = {}
        for letter, glyph in self._glyphs.items():
            letters.setdefault(glyph, letter)
        lines = [
            f"<{glyph:04x}> <{chr(letter).encode('utf-16-be').hex()}>"
            for glyph, letter in sorted(letters.items())
        ]
        parts = (
            "\n".join((f"{len(part)} beginbfchar", *part, "endbfchar")) for part in _parts(lines)
        )
        return _TABLE.replace("{letters}", "\n".join(parts))


@cache
def form_font() -> FormFont:
    """The font of all forms; reading it takes longer than using it."""
    return FormFont(fonts.content(fonts.REGULAR))


def _parts(lines: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(lines), _MOST_LINES):
        yield lines[start : start + _MOST_LINES]


def _stripped(font: TTFont) -> bytes:
    """The font without what only a layout engine needs; its glyphs keep their numbers."""
    options = subset.Options(
        retain_gids=True, hinting=False, notdef_outline=True, layout_features=[]
    )
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    copy = TTFont(BytesIO(_content(font)), recalcTimestamp=False)
    subsetter.subset(copy)
    return _content(copy)


def _content(font: TTFont) -> bytes:
    content = BytesIO()
    font.save(content)
    return content.getvalue()


def _properties(font: TTFont, scale: float) -> dict[str, Any]:
    head, heights, metrics = font["head"], font["hhea"], font["OS/2"]
    box = (head.xMin, head.yMin, head.xMax, head.yMax)
    return {
        "Type": "/FontDescriptor",
        "FontName": _NAME,
        "FontFamily": pydyf.String(fonts.FAMILY),
        "Flags": _SYMBOLIC,
        "FontBBox": pydyf.Array([round(edge * scale) for edge in box]),
        "ItalicAngle": 0,
        "Ascent": round(heights.ascent * scale),
        "Descent": round(heights.descent * scale),
        "CapHeight": round(metrics.sCapHeight * scale),
        "StemV": 80,
    }
