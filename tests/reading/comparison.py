"""Compares what a document says with what can be read in a file made from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple
from unicodedata import normalize

LONG_WORD = 17
"""A word of so many letters may break anywhere: a narrow column is no wider."""

NO_WIDTH = "\N{ZERO WIDTH SPACE}"
"""Where a line may end within a word; nobody can read it in a file."""

HYPHENS = ("-", "\N{HYPHEN}")
"""What stands where a word was hyphenated; a PDF cannot tell it from a hyphen of the word."""


class Word(NamedTuple):
    """A word of a text, and whether a line begins with it."""

    letters: str
    starts_line: bool


def first_difference(expected: str, read: str) -> str | None:
    """Where two texts part, with some words around it; None if they say the same.

    Words are compared, not spaces; an accented letter may be one character or two. In ``read``,
    a line may also end within a word: where it was hyphenated, after a character that is no
    letter or digit, at a space of no width, and anywhere in a very long word.
    """
    wanted = [word for word in normalize("NFC", expected).split() if word.strip(NO_WIDTH)]
    words, position = list(_words(read.replace(NO_WIDTH, ""))), 0
    for index, word in enumerate(wanted):
        found, next_position = _take(word, words, position)
        if found != word.replace(NO_WIDTH, ""):
            return _difference(wanted, index, words, position)
        position = next_position
    return _difference(wanted, len(wanted), words, position) if position < len(words) else None


def _words(text: str) -> Iterator[Word]:
    for line in normalize("NFC", text).splitlines():
        for index, letters in enumerate(line.split()):
            yield Word(letters, index == 0)


def _take(wanted: str, words: list[Word], position: int) -> tuple[str, int]:
    """The next word, put together again if lines end within it, and the position after it."""
    found = words[position].letters if position < len(words) else ""
    position += 1
    while (
        found != wanted.replace(NO_WIDTH, "")
        and position < len(words)
        and words[position].starts_line
    ):
        part = _before_line_end(wanted, found)
        if part is None:
            break
        found = part + words[position].letters
        position += 1
    return found, position


def _before_line_end(wanted: str, found: str) -> str | None:
    """The part of a word that a line ends with, without the mark of hyphenation."""
    ends = accumulate(map(len, wanted.split(NO_WIDTH)))
    wanted = wanted.replace(NO_WIDTH, "")
    if wanted.startswith(found):
        may_end = len(wanted) >= LONG_WORD or not found[-1:].isalnum() or len(found) in ends
        return found if may_end else None
    return found[:-1] if found.endswith(HYPHENS) and wanted.startswith(found[:-1]) else None


def _difference(wanted: list[str], index: int, words: list[Word], position: int) -> str:
    before = " ".join(wanted[max(0, index - 4) : index])
    expected = " ".join(wanted[index : index + 4]) or "nothing"
    read = " ".join(word.letters for word in words[position : position + 4]) or "nothing"
    return f"after “{before}”: expected “{expected}”, read “{read}”"
