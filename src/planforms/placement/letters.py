"""How wide words are, as far as that can be told without their font.

What is told is never less than what the documents' fonts need: a test compares the two.
"""

from __future__ import annotations

import re

_THIN, _WIDE = frozenset(" ijltfrI.,:;-()/'|"), frozenset("mwMWæÆœŒŵŴǥ%@☐☑—жмфщшыюњљЖМФЫЮЊЉШЩ")
_OF_THIN, _OF_WIDE, _OF_CAPITAL, _OF_OTHER = 0.37, 0.88, 0.68, 0.57
"""How wide a letter is at most, in parts of its size: a thin one, a wide one, a capital, others."""
_ELSEWHERE, _WIDER = "\u0370", 1.2
"""From here on letters are no Latin ones, which are wider, and so many times."""
_SIZE = 25.4 / 72
_PARTS = re.compile(r"[^\s\u00ad-]+-?")

TABLE_SIZE, FIELD_SIZE, LABEL_SIZE = 10, 11, 9
"""How large letters are in tables, in values and in labels above them, in points."""


def width_of(text: str, size: float) -> float:
    """How wide a text is at most in one line, in mm; ``size`` in points."""
    return sum(map(_width, text.replace("…", "..."))) * size * _SIZE


def longest_word(text: str, size: float) -> float:
    """How wide the widest part of a text is that no line ends in, in mm."""
    return max((width_of(word, size) for word in _PARTS.findall(text)), default=0)


def _width(letter: str) -> float:
    if letter in _THIN:
        return _OF_THIN
    usual = _OF_CAPITAL if letter.isupper() else _OF_OTHER
    width = _OF_WIDE if letter in _WIDE else usual
    return width * _WIDER if letter >= _ELSEWHERE and letter.isalpha() else width
