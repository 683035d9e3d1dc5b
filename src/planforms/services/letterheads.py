"""Who runs a service, and how its documents look."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planforms.models.fields import Key, Line
from planforms.services.parts import Phone, ProfilePart
from planforms.services.texts import ProperName

MIN_CONTRAST = 4.5
"""Least contrast of the accent colour on white, WCAG 2.1 criterion 1.4.3."""


def _luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_on_white(colour: str) -> float:
    """Contrast of a ``#rrggbb`` colour against white, 1 to 21, as WCAG 2.1 defines it."""
    return 1.05 / (_luminance(colour) + 0.05)


def _check_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour_form", "not a colour")
    if contrast_on_white(value) < MIN_CONTRAST:
        raise PydanticCustomError("colour_contrast", "too pale")
    return value.lower()


def _check_file_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+", value):
        raise PydanticCustomError("file_name", "not a plain file name")
    return value


FileName = Annotated[str, AfterValidator(_check_file_name)]


class ServiceOrganisation(ProfilePart):
    """Who runs the service, with the address that stands in the letterhead."""

    name: ProperName
    unit: ProperName
    secrecy_area: Key
    street: Line
    postal_code: Line
    town: Line
    phone: Phone
    email: Line
    web: Line | None = None


class EnvelopeWindow(ProfilePart):
    """Where the window of the service's envelopes is, in mm from the edges of a folded A4 sheet.

    The values that a profile leaves out are those of a C5 envelope with its window on the left.
    Replies to complaints and slips to send back always show their address there; ``reports`` tells
    whether final reports do too, where the data has the recipient's address.
    """

    left: Annotated[int, Field(ge=0, le=120)] = 25
    top: Annotated[int, Field(ge=30, le=70)] = 45
    width: Annotated[int, Field(ge=60, le=110)] = 85
    height: Annotated[int, Field(ge=20, le=50)] = 40
    reports: bool = False


class LetterheadProfile(ProfilePart):
    """How the service's documents look.

    Attributes:
        window: where the window of the service's envelopes is.
        accent: colour of the title and thin rules, ``#rrggbb``, contrast at least 4.5 on white.
        logo: a PNG file beside the profile.
        shell: a Word letterhead (.docx) beside the profile; without it the built-in one serves.
    """

    accent: Annotated[str, AfterValidator(_check_colour)]
    window: EnvelopeWindow = EnvelopeWindow()
    logo: FileName | None = None
    shell: FileName | None = None
