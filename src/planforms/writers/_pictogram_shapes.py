"""What each pictogram consists of: strokes, rings and filled shapes, drawn by us.

Each stands in a square of 48 units. All are black on white, without any grey, and as few shapes
as tell what is meant: they are printed 13 mm high, and copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin

from planforms.document import Pictogram

UNITS = 48
"""How wide and high the square is."""
INK, PAPER = "#000000", "#ffffff"
WIDTH = 3
"""How wide a stroke is; its ends and corners are round."""

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through some points, back to the first one if it is closed."""

    points: Points
    closed: bool = False
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled shape with straight sides."""

    points: Points
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: str = INK


Part = Curve | Patch | Disc


def _arc(x: float, y: float, radius: float, start: float, end: float) -> Points:
    """Points of a circle, from one angle to another, clockwise from the right."""
    steps = max(2, round(abs(end - start) / 10))
    angles = (radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return tuple((round(x + radius * cos(a), 2), round(y + radius * sin(a), 2)) for a in angles)


def _ring(x: float, y: float, radius: float) -> Curve:
    return Curve(_arc(x, y, radius, 0, 360)[:-1], closed=True)


def _box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Points:
    """A rectangle, with round corners if they have a radius."""
    if not radius:
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    return (
        *_arc(right - radius, top + radius, radius, -90, 0),
        *_arc(right - radius, bottom - radius, radius, 0, 90),
        *_arc(left + radius, bottom - radius, radius, 90, 180),
        *_arc(left + radius, top + radius, radius, 180, 270),
    )


def _half(x: float, bottom: float, radius: float, height: float) -> Points:
    """The shoulders of a person: the upper half of an ellipse."""
    circle = _arc(x, 0, radius, 180, 360)
    return tuple((across, round(bottom + up * height / radius, 2)) for across, up in circle)


_OCTAGON = ((16, 4), (32, 4), (44, 16), (44, 32), (32, 44), (16, 44), (4, 32), (4, 16))
_BUBBLE = _box(3, 4, 34, 27, 5)

PICTOGRAMS: Mapping[Pictogram, tuple[Part, ...]] = {
    Pictogram.CALENDAR: (
        Curve(_box(6, 10, 42, 43), closed=True),
        Patch(_box(6, 10, 42, 19)),
        Curve(((15, 5), (15, 12))),
        Curve(((33, 5), (33, 12))),
        *(Disc(x, y, 2.1) for y in (26, 35) for x in (15, 24)),
        Disc(33, 26, 2.1),
        Patch(_box(29.5, 31.5, 36.5, 38.5)),
    ),
    Pictogram.CHOICE: (
        Curve(_box(3, 14, 21, 32), closed=True),
        Curve(_box(27, 14, 45, 32), closed=True),
        Curve(((7, 23), (11, 27.5), (17.5, 18.5))),
        Curve(((31.5, 18.5), (40.5, 27.5))),
        Curve(((40.5, 18.5), (31.5, 27.5))),
    ),
    Pictogram.CLOCK: (_ring(24, 24, 20), Curve(((24, 12), (24, 24), (32, 29)))),
    Pictogram.GOAL: (_ring(24, 24, 20), _ring(24, 24, 11.5), Disc(24, 24, 4.5)),
    Pictogram.HELPER: (
        Disc(15, 10, 6),
        Patch((*_half(15, 30, 10, 11), (25, 44), (5, 44))),
        _ring(36, 17, 5),
        Curve((*_half(36, 36, 7.5, 9), (43.5, 43), (28.5, 43)), closed=True),
        Curve(((20, 24), (33, 29))),
    ),
    Pictogram.LETTER: (
        Curve(_box(4, 11, 44, 38), closed=True),
        Curve(((5, 12), (24, 27), (43, 12))),
    ),
    Pictogram.LOCK: (
        Curve(((15, 22), *_arc(24, 14, 9, 180, 360), (33, 22))),
        Patch(_box(9, 21, 39, 44, 2)),
        Disc(24, 30, 3.2, PAPER),
        Curve(((24, 30), (24, 37)), colour=PAPER),
    ),
    Pictogram.PAPER: (
        Curve(((10, 4), (29, 4), (38, 13), (38, 44), (10, 44)), closed=True),
        Curve(((29, 4), (29, 13), (38, 13))),
        *(Curve(((17, y), (31, y))) for y in (21, 28.5, 36)),
    ),
    Pictogram.PEN: (
        Curve(((7, 38), (10.5, 27.5), (31, 7), (38, 14), (17.5, 34.5)), closed=True),
        Patch(((7, 38), (9, 32), (13, 36))),
        Curve(((26, 12), (33, 19))),
        Curve(((10, 44), (42, 44))),
    ),
    Pictogram.PEOPLE: (
        Disc(9.5, 17, 5),
        Disc(38.5, 17, 5),
        Patch(_half(9.5, 40, 8.5, 15)),
        Patch(_half(38.5, 40, 8.5, 15)),
        Disc(24, 12, 8.5, PAPER),
        Patch(_half(24, 44, 13.5, 23), PAPER),
        Disc(24, 12, 6.5),
        Patch(_half(24, 44, 11.5, 21)),
    ),
    Pictogram.PHONE: (
        Curve(_box(8, 4, 31, 44, 4), closed=True),
        Curve(((16.5, 10), (22.5, 10))),
        Disc(19.5, 37.5, 2.4),
        Curve(_arc(31, 16, 7, -45, 45)),
        Curve(_arc(31, 16, 13, -45, 45)),
    ),
    Pictogram.PLACE: (
        Curve((*_arc(24, 18, 14, 150, 390), (24, 45)), closed=True),
        Disc(24, 18, 5),
    ),
    Pictogram.QUESTION: (
        _ring(24, 24, 20),
        Curve((*_arc(24, 18.5, 6.5, 180, 400), (24, 26.5), (24, 29.5))),
        Disc(24, 36, 2.2),
    ),
    Pictogram.STOP: (Patch(_OCTAGON), Patch(_box(12, 20.5, 36, 27.5), PAPER)),
    Pictogram.TALK: (
        Patch(((28, 36), (42, 47), (39, 34))),
        Patch(_box(17, 19, 46, 39, 5)),
        Patch(_box(0, 1, 38, 31, 6), PAPER),
        Curve((*_BUBBLE[:20], (19, 27), (10, 36), (10, 27), *_BUBBLE[20:]), closed=True),
        *(Disc(x, 15.5, 2.3) for x in (11, 18.5, 26)),
    ),
}
"""Every pictogram; what is later is above."""
