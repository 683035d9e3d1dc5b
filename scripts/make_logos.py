"""Draws the invented logos of the services that ship with planforms, beside their profiles.

    python scripts/make_logos.py

Each is 14 mm high at 300 dpi, on white, in the accent colour of its profile and one tint of it.
The services' real emblems are their own; these imitate none of them.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

SERVICES = Path(__file__).resolve().parent.parent / "src" / "planforms" / "services"
DPI = 300
HEIGHT = round(14 / 25.4 * DPI)
SHARPNESS = 8
"""Drawn so many times larger and scaled down, for smooth edges."""

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Sheet:
    """A white sheet measured in heights of the logo: one unit is 14 mm."""

    def __init__(self, width: float, colour: str) -> None:
        red, green, blue = ImageColor.getrgb(colour)[:3]
        self.colour: Colour = (red, green, blue)
        self.tint: Colour = (_pale(red), _pale(green), _pale(blue))
        self._unit = HEIGHT * SHARPNESS
        self._image = Image.new("RGB", (round(width * self._unit), self._unit), "white")
        self._draw = ImageDraw.Draw(self._image)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """A filled circle."""
        x, y = centre
        box = [self._unit * edge for edge in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, fill=colour)

    def shape(self, points: Iterator[Point], colour: Colour) -> None:
        """A filled outline."""
        self._draw.polygon([(self._unit * x, self._unit * y) for x, y in points], fill=colour)

    def picture(self) -> Image.Image:
        """The sheet at its final size."""
        size = (self._image.width // SHARPNESS, HEIGHT)
        return self._image.resize(size, Image.Resampling.LANCZOS)


def _pale(channel: int) -> int:
    return round(255 - (255 - channel) * 0.42)


def _steps(start: float, end: float) -> Iterator[float]:
    return (start + (end - start) * step / 240 for step in range(241))


def _wave(sheet: Sheet, centre: float, colour: Colour) -> None:
    """A band with soft crests and round ends."""
    for x in _steps(0.05, 1.55):
        sheet.disc((x, centre - 0.06 * math.sin(2 * math.pi * (x - 0.05) / 0.75)), 0.05, colour)


def _leaf(root: Point, angle: float, length: float) -> Iterator[Point]:
    """A pointed leaf that grows from its root; an angle of 0 points upwards."""
    for side in (1, -1):
        for along in _steps(0, 1) if side == 1 else _steps(1, 0):
            across = side * 0.2 * math.sin(math.pi * along)
            x = length * (along * math.sin(angle) + across * math.cos(angle))
            y = length * (along * math.cos(angle) - across * math.sin(angle))
            yield root[0] + x, root[1] - y


def draw_fjord(colour: str) -> Sheet:
    """A calm sun above two waves."""
    sheet = Sheet(1.6, colour)
    sheet.disc((0.8, 0.3), 0.24, sheet.tint)
    _wave(sheet, 0.68, sheet.colour)
    _wave(sheet, 0.88, sheet.colour)
    return sheet


def draw_moss(colour: str) -> Sheet:
    """A sprout with two leaves on a tussock."""
    sheet = Sheet(1.4, colour)
    sheet.shape(_leaf((0.7, 0.8), -0.95, 0.85), sheet.tint)
    sheet.shape(_leaf((0.7, 0.8), 0.35, 0.8), sheet.colour)
    for x in _steps(0.05, 1.35):
        sheet.disc((x, 0.95 - 0.14 * math.sin(math.pi * (x - 0.05) / 1.3)), 0.05, sheet.colour)
    return sheet


def draw_steps(colour: str) -> Sheet:
    """Small steps that grow, side by side on one line."""
    sheet = Sheet(1.6, colour)
    sheet.disc((0.1, 0.87), 0.09, sheet.tint)
    sheet.disc((0.36, 0.82), 0.14, sheet.tint)
    sheet.disc((0.73, 0.76), 0.2, sheet.colour)
    sheet.disc((1.25, 0.68), 0.28, sheet.colour)
    return sheet


def draw_team(colour: str) -> Sheet:
    """One in the middle who leads, and others around."""
    sheet = Sheet(1.4, colour)
    for angle in (-2.3, -1.15, 0.0, 1.15, 2.3):
        x, y = 0.7 + 0.36 * math.sin(angle), 0.5 - 0.36 * math.cos(angle)
        sheet.disc((x, y), 0.12, sheet.tint)
    sheet.disc((0.7, 0.5), 0.18, sheet.colour)
    return sheet


def draw_harbour(colour: str) -> Sheet:
    """Two mountains above the water line."""
    sheet = Sheet(1.6, colour)
    sheet.shape(iter([(0.55, 0.72), (1.05, 0.12), (1.55, 0.72)]), sheet.tint)
    sheet.shape(iter([(0.05, 0.72), (0.5, 0.26), (0.95, 0.72)]), sheet.colour)
    _wave(sheet, 0.88, sheet.colour)
    return sheet


LOGOS: dict[str, Callable[[str], Sheet]] = {
    "molde": draw_fjord,
    "hjortmossen": draw_moss,
    "vivirk": draw_steps,
    "team_work": draw_team,
    "harstad": draw_harbour,
}


def make_logo(service: str) -> Image.Image:
    """The logo of a service in the accent colour of its profile."""
    profile = tomllib.loads((SERVICES / f"{service}.toml").read_text(encoding="utf-8"))
    return LOGOS[service](profile["letterhead"]["accent"]).picture()


if __name__ == "__main__":
    for service in LOGOS:
        make_logo(service).save(SERVICES / f"{service}.png", optimize=True, dpi=(DPI, DPI))
