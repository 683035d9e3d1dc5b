"""The drawing of a table as SVG and as PNG, from the same shapes.

Words are drawn as the outlines of their letters: a picture in a page has no fonts of its own, and
what reads a page's words reads the table.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, assert_never

from planforms.writers import fonts
from planforms.writers._chart_shapes import SIZE, Bar, Dot, Drawing, Label, Line, Shape

if TYPE_CHECKING:
    from PIL import ImageDraw

PIXELS = 8
"""How many pixels of a PNG are a millimetre: 203 to the inch, as printers of offices have."""
_FINER = 2
"""So many times finer it is drawn, since Pillow draws lines with hard edges."""


def svg_of(drawing: Drawing) -> str:
    """The drawing as SVG that needs no font, no style and nothing from elsewhere."""
    size = f"{_n(drawing.width)} {_n(drawing.height)}"
    shapes = "".join(map(_svg, drawing.shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(drawing.width)}mm" '
        f'height="{_n(drawing.height)}mm" viewBox="0 0 {size}">{shapes}</svg>'
    )


def _svg(shape: Shape) -> str:
    match shape:
        case Line(x1, y1, x2, y2, width, colour):
            ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            return f'<line {ends} stroke="{colour}" stroke-width="{_n(width)}"/>'
        case Bar(x, y, width, height, colour):
            size = f'width="{_n(width)}" height="{_n(height)}"'
            return f'<rect x="{_n(x)}" y="{_n(y)}" {size} fill="{colour}"/>'
        case Dot(x, y, radius, colour):
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{colour}"/>'
        case Label():
            return f'<path d="{_outlines(shape)}" fill="#1a1a1a"/>'
    assert_never(shape)


def _n(number: float) -> str:
    """A length, to a hundredth of a millimetre."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _outlines(label: Label) -> str:
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    names, glyphs, unit = _letters()
    known = [glyphs[names[letter]] for letter in label.text if letter in names]
    scale = SIZE / unit
    x = label.x - (sum(glyph.width for glyph in known) * scale / 2 if label.middle else 0)
    pen = SVGPathPen(glyphs, ntos=_n)
    for glyph in known:
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, label.y)))
        x += glyph.width * scale
    commands: str = pen.getCommands()
    return commands


@cache
def _letters() -> tuple[dict[str, str], Any, int]:
    """What the font calls each letter, the outlines by those names, and the unit of both."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(fonts.content(fonts.REGULAR)))
    names = {chr(point): name for point, name in font.getBestCmap().items()}
    return names, font.getGlyphSet(), font["head"].unitsPerEm


def png_of(drawing: Drawing) -> bytes:
    """The drawing as PNG; the same drawing gives the same bytes."""
    from PIL import Image, ImageDraw

    width, height = (round(length * PIXELS) for length in (drawing.width, drawing.height))
    large = Image.new("RGB", (width * _FINER, height * _FINER), "white")
    canvas = ImageDraw.Draw(large)
    for shape in drawing.shapes:
        _paint(canvas, shape)
    picture = large.resize((width, height), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _paint(canvas: ImageDraw.ImageDraw, shape: Shape) -> None:
    unit = PIXELS * _FINER
    match shape:
        case Line(x1, y1, x2, y2, width, colour):
            ends = [(x1 * unit, y1 * unit), (x2 * unit, y2 * unit)]
            canvas.line(ends, fill=colour, width=max(1, round(width * unit)))
        case Bar(x, y, width, height, colour):
            corners = (x * unit, y * unit, (x + width) * unit, (y + height) * unit)
            canvas.rectangle(corners, fill=colour)
        case Dot(x, y, radius, colour):
            canvas.circle((x * unit, y * unit), radius * unit, fill=colour)
        case Label(x, y, text, middle):
            place, anchor = (x * unit, y * unit), "ms" if middle else "ls"
            canvas.text(place, text, fill="#1a1a1a", font=_pillow_font(), anchor=anchor)
        case _:
            assert_never(shape)


@cache
def _pillow_font() -> Any:
    from PIL import ImageFont

    file = BytesIO(fonts.content(fonts.REGULAR))
    return ImageFont.truetype(file, SIZE * PIXELS * _FINER, layout_engine=ImageFont.Layout.BASIC)
