"""Letters: how text is cleaned when it is loaded, and how names and numbers are compared.

The tables are Unicode's own and stand here, not in the interpreter, whose tables differ from one
version of Python to the next: the same data is the same text everywhere.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_KEPT = "\u00ad\u061c\u200b-\u200f\u2060"
"""Invisible letters with a meaning: where a word may break or join, and which way it runs."""
_DROPPED = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Invisible letters that change nothing on paper, such as the variation selectors of phones.

With those kept and the overrides below they are all that Unicode 16.0 calls
``Default_Ignorable_Code_Point``.
"""
_OVERRIDES = "\u202a-\u202e\u2066-\u2069"
"""Explicit direction overrides could make printed words differ from stored ones."""
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Blocks of writing that runs from right to left, such as Arabic, Hebrew and Syriac."""
_CONTROLS = (
    "\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 15))
    + "\U000f0000-\U0010ffff"
)
"""Control characters, and code points that never are letters: private, half or none at all."""
_BRAILLE_BLANK = "\u2800"

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029]")
_PLAIN = re.compile("[\n\t\\x20-\\x7e\\xa0-\u017f]*")
"""Latin letters, digits and punctuation need no second look; most texts hold nothing else."""
_DROP = re.compile(f"[{_DROPPED}]")
_BASIC = re.compile("[\0-\uffff]+")
"""Letters that every version of Unicode since 4.1 composes alike; no font has others."""
_BLANK = re.compile(rf"[\s{_KEPT}{_DROPPED}{_BRAILLE_BLANK}]*")
_OVERRIDE = re.compile(f"[{_OVERRIDES}]")
_CONTROL = re.compile(f"[{_CONTROLS}]")
_RUNS_LEFT = re.compile(f"[{_RIGHT_TO_LEFT}]")
_INVISIBLE = re.compile(f"[{_KEPT}{_DROPPED}{_OVERRIDES}]")

_APOSTROPHES = "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u2032\u2035"
_HYPHENS = "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58"
_ONE_OF_EACH = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-"))

INVISIBLE = frozenset(re.findall(f"[{_KEPT}]", "".join(map(chr, range(0x2100)))))
"""The invisible letters that a clean text can hold."""


def clean(text: str) -> str:
    """A text as it is kept: letters composed (Unicode NFC), newlines alike, nothing idle in it.

    A text of invisible letters alone is empty.
    """
    text = _NEWLINES.sub("\n", text)
    if _PLAIN.fullmatch(text) and not _BLANK.fullmatch(text):
        return text
    text = _BASIC.sub(lambda found: normalize("NFC", found[0]), _DROP.sub("", text))
    return "" if _BLANK.fullmatch(text) else text


def has_override(text: str) -> bool:
    """Whether a text holds explicit overrides of the direction of writing."""
    return _OVERRIDE.search(text) is not None


def runs_left(text: str) -> bool:
    """Whether a text holds letters that are written from right to left."""
    return _RUNS_LEFT.search(text) is not None


def has_control(text: str) -> bool:
    """Whether a text holds what is no letter at all; new lines and tabs are none of that."""
    return _CONTROL.search(text) is not None


def folded(text: str) -> str:
    """What two spellings of one name or number have in common.

    Capitals, spaces, composed letters and those of another width or style do not count (Unicode
    NFKC), nor do invisible letters; any apostrophe is as good as another, and any hyphen.
    """
    text = _INVISIBLE.sub("", text).translate(_ONE_OF_EACH)
    text = normalize("NFKC", normalize("NFKC", text).casefold()).translate(_ONE_OF_EACH)
    return " ".join(text.split())


def same(first: str | None, second: str | None) -> bool:
    """Whether two names or numbers are the same, however they are spelled."""
    return bool(first and second) and folded(first or "") == folded(second or "")
