"""Marks: what a template leaves in the HTML in place of a value.

A mark is a number between two letters of Unicode's private use area. Case data, profiles and
templates may not hold these letters, nor those beside them that stand for other things in Word
templates, so nothing but a value can leave one.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_START, _END = "\ue000", "\ue001"

RESERVED = re.compile("[\ue000-\ue00f]")
"""Finds what only marks and other signs may hold."""
MARKS = re.compile(f"{_START}(\\d+){_END}")
"""Finds a mark; its group is the number."""


def mark(number: int) -> Markup:
    """The mark with a number."""
    return Markup(f"{_START}{number}{_END}")
