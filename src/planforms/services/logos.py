"""Logos: whether a file is a PNG picture that can be printed, and how large it is."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.pictures import PNG_SIGNATURE, is_whole

MAX_LOGO_BYTES = 500_000
MAX_LOGO_PIXELS = 4_000_000


def logo_problems(data: bytes, place: str) -> Iterator[Problem]:
    """What keeps a logo from being printed, told at a place of the profile; at most one thing."""
    if len(data) > MAX_LOGO_BYTES:
        yield Problem("profile.logo", place, "is too large", f"at most {MAX_LOGO_BYTES} bytes")
        return
    if not data.startswith(PNG_SIGNATURE):
        yield Problem("profile.logo", place, "is not a PNG picture")
        return
    width, height = logo_size(data)
    if width * height > MAX_LOGO_PIXELS:
        hint = f"at most {MAX_LOGO_PIXELS} in all"
        yield Problem("profile.logo", place, "has too many pixels", hint)
    elif not is_whole(data, ("PNG",)):
        yield Problem("profile.logo", place, "is not a PNG picture")


def logo_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, read from its header (PNG 1.2, section 4.1.1)."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
