"""Pictograms as SVG and as PNG, from the same shapes."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, assert_never

from planforms.document import Pictogram
from planforms.writers._pictogram_shapes import (
    PICTOGRAMS,
    UNITS,
    WIDTH,
    Curve,
    Disc,
    Part,
    Patch,
    Points,
)

if TYPE_CHECKING:
    from PIL import ImageDraw

PIXELS = 288
"""How wide and high a PNG is: more than 500 to the inch, where it is printed 13 mm high."""
_FINER = 4
"""So many times finer it is drawn, since Pillow draws with hard edges."""


@cache
def svg_parts(pictogram: Pictogram) -> str:
    """What stands inside an SVG element whose view box is a square of 48 units."""
    return "".join(map(_svg, PICTOGRAMS[pictogram]))


@cache
def svg_of(pictogram: Pictogram) -> str:
    """A pictogram as SVG that needs no style and nothing from elsewhere."""
    size = f'width="{UNITS}" height="{UNITS}" viewBox="0 0 {UNITS} {UNITS}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{svg_parts(pictogram)}</svg>'


def _svg(part: Part) -> str:
    match part:
        case Curve(points, closed, colour):
            look = f'fill="none" stroke="{colour}" stroke-width="{WIDTH}"'
            round_ = 'stroke-linecap="round" stroke-linejoin="round"'
            return f'<path d="{_path(points)}{"Z" if closed else ""}" {look} {round_}/>'
        case Patch(points, colour):
            return f'<path d="{_path(points)}Z" fill="{colour}"/>'
        case Disc(x, y, radius, colour):
            return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'
    assert_never(part)


def _path(points: Points) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


@cache
def png_of(pictogram: Pictogram) -> bytes:
    """A pictogram as PNG; the same pictogram gives the same bytes."""
    from PIL import Image, ImageDraw

    large = Image.new("L", (PIXELS * _FINER, PIXELS * _FINER), "white")
    canvas = ImageDraw.Draw(large)
    for part in PICTOGRAMS[pictogram]:
        _paint(canvas, part)
    picture = large.resize((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _paint(canvas: ImageDraw.ImageDraw, part: Part) -> None:
    unit = PIXELS * _FINER / UNITS
    match part:
        case Curve(points, closed, colour):
            line = [(x * unit, y * unit) for x, y in (*points, *points[: 1 if closed else 0])]
            canvas.line(line, fill=colour, width=round(WIDTH * unit))
            for place in line:  # what makes its ends and corners round
                canvas.circle(place, WIDTH * unit / 2, fill=colour)
        case Patch(points, colour):
            canvas.polygon([(x * unit, y * unit) for x, y in points], fill=colour)
        case Disc(x, y, radius, colour):
            canvas.circle((x * unit, y * unit), radius * unit, fill=colour)
        case _:
            assert_never(part)
