"""The letterhead's colour, which becomes part of style sheets and XML."""

from __future__ import annotations

import re

from planforms.document import Document
from planforms.errors import ProfileError


def checked_accent(document: Document) -> str:
    """The document's accent colour.

    Raises:
        ProfileError: the colour is not ``#rrggbb``.
    """
    if not re.fullmatch("#[0-9a-fA-F]{6}", document.accent):
        raise ProfileError.of("letterhead.accent", "letterhead", "the colour is not #rrggbb")
    return document.accent


def accent_rule(document: Document) -> str:
    """The style rule that sets the letterhead's colour; raises as :func:`checked_accent` does."""
    return f":root{{--accent:{checked_accent(document)}}}\n"
