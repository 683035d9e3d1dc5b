"""The letters of every document: three faces of Planforms Sans.

That is Source Sans 3 as ``scripts/make_fonts.py`` changes it: with the letters of Skolt Sámi and a
mark for what the fonts lack, and renamed because the licence
(``OFL.txt``) reserves the name "Source" for unchanged files. The PDF embeds what it needs of the
TrueType files. A web page carries WOFF2 subsets: the Latin one always, the rest (Greek, Cyrillic,
phonetics, symbols) only when a document has such letters.
"""

from __future__ import annotations

import base64
import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

FAMILY = "Planforms Sans"
LETTERS = "letters.json"
"""The file that says which letters there are and how wide, so that no font must be read for it."""
UNITS = 1000
"""What a face divides the size of its letters into."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of the family, in the terms of CSS."""

    name: str
    style: str
    weight: int

    @property
    def file(self) -> str:
        """The name of the TrueType file."""
        return f"PlanformsSans-{self.name}.ttf"


REGULAR = Face("Regular", "normal", 400)
SEMIBOLD = Face("SemiBold", "normal", 600)
ITALIC = Face("Italic", "italic", 400)
FACES = (REGULAR, SEMIBOLD, ITALIC)


class Subset(StrEnum):
    """The two parts a face is cut into for the web."""

    LATIN = "latin"
    REST = "rest"


# First and last code points: Basic Latin to Latin Extended-B, what Skolt Sámi adds to it,
# combining accents, Latin Extended Additional, punctuation, signs, the boxes of forms, and the mark
# for letters that no font has.
_LATIN = (
    (0x0, 0x7E),
    (0xA0, 0x24F),
    (0x292, 0x292),
    (0x2B9, 0x2BC),
    (0x2C6, 0x2DD),
    (0x300, 0x332),
    (0x1E00, 0x1EFF),
    (0x2000, 0x209F),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2265),
    (0x25A0, 0x25E6),
    (0x2610, 0x2611),
    (0x2713, 0x2714),
    (0x2717, 0x2717),
    (0xFFFD, 0xFFFD),
)
_NO_LATIN = tuple(
    (before + 1, after - 1)
    for (_, before), (after, _) in pairwise([*_LATIN, (sys.maxunicode + 1, 0)])
)


@cache
def covered() -> frozenset[int]:
    """The code points that every face has a glyph for."""
    return frozenset(map(ord, _advances()))


def content(face: Face) -> bytes:
    """The TrueType file of a face."""
    return _read(face.file)


def width(text: str) -> float:
    """How wide a text is at most, in parts of the size of its letters."""
    advances = _advances()
    return sum(advances.get(letter, 1) for letter in text)


@cache
def _advances() -> dict[str, float]:
    """How wide each letter of the widest face is."""
    measured: dict[str, int] = json.loads(_read(LETTERS))
    return {letter: advance / UNITS for letter, advance in measured.items()}


def is_latin(code_point: int) -> bool:
    """Whether the Latin subset holds this code point, if the font has it at all."""
    return any(first <= code_point <= last for first, last in _LATIN)


def subsets_for(text: str) -> tuple[Subset, ...]:
    """The subsets that show ``text``; always the Latin one."""
    latin = all(is_latin(ord(letter)) for letter in set(text))
    return (Subset.LATIN,) if latin else (Subset.LATIN, Subset.REST)


def subset_file(face: Face, subset: Subset) -> str:
    """The file name of one face's subset."""
    return f"PlanformsSans-{face.name}.{subset}.woff2"


def face_rule(face: Face) -> str:
    """The ``@font-face`` rule that carries a whole face."""
    return _rule(face, face.file, "font/ttf")


@cache
def subset_rule(face: Face, subset: Subset) -> str:
    """The ``@font-face`` rule that carries a subset."""
    ranges = _LATIN if subset is Subset.LATIN else _NO_LATIN
    listed = ",".join(f"U+{first:X}-{last:X}" for first, last in ranges)
    return _rule(face, subset_file(face, subset), "font/woff2", f"unicode-range:{listed};")


def _rule(face: Face, file: str, media_type: str, more: str = "") -> str:
    data = base64.b64encode(_read(file)).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-style:{face.style};font-weight:{face.weight};'
        f"{more}src:url(data:{media_type};base64,{data})}}\n"
    )


def _read(file: str) -> bytes:
    return files(__package__).joinpath(file).read_bytes()
