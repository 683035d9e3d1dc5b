"""Asks hunspell, which spells words by the dictionary of a language.

Hunspell reads a word in the encoding of the dictionary. A letter that the encoding lacks it leaves
out without a word, so that ``ŋbok`` would be as right as ``bok``: such a word is not asked for. No
dictionary in that encoding can know it.
"""

from __future__ import annotations

import codecs
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_SUGGESTION = re.compile(r"^& (\S+) \d+ \d+: (.+)$", re.MULTILINE)
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?SET[ \t]+([\w-]+)", re.MULTILINE)
_DEFAULT_ENCODING = "ISO8859-1"


class NoDictionaryError(Exception):
    """Hunspell is missing, or does not know the language."""


def misspelled(dictionary: str, words: Sequence[str]) -> set[str]:
    """The words that a dictionary does not know.

    Raises:
        NoDictionaryError: hunspell or the dictionary is missing.
    """
    _find_hunspell()
    known = _answers(dictionary)
    asked = [word for word in words if word not in known]
    if asked:
        right = set(_ask(dictionary, "-G", _writable(dictionary, asked)).splitlines())
        known.update((word, word in right) for word in asked)
    return {word for word in words if not known[word]}


def suggestions(dictionary: str, words: Sequence[str]) -> dict[str, str]:
    """What may be meant by misspelled words: up to three words each.

    Raises:
        NoDictionaryError: hunspell or the dictionary is missing.
    """
    lines = [f"^{word}" for word in _writable(dictionary, words)]
    answer = _ask(dictionary, "-a", lines) if lines else ""
    return {
        word: " or ".join(f"“{guess}”" for guess in guesses.split(", ")[:3])
        for word, guesses in _SUGGESTION.findall(answer)
    }


@cache
def _answers(_dictionary: str) -> dict[str, bool]:
    """Whether a dictionary knows a word, for those it was asked about: asking takes a second."""
    return {}


def _writable(dictionary: str, words: Sequence[str]) -> list[str]:
    """The words that have no letter which the dictionary's encoding lacks."""
    if all(word.isascii() for word in words):
        return list(words)
    encoding = _encoding(dictionary)
    return [word for word in words if word == word.encode(encoding, "ignore").decode(encoding)]


def _encoding(dictionary: str) -> str:
    """The encoding that a dictionary names in its file of affixes, where hunspell found it."""
    path = _dictionaries().get(dictionary)
    named = _ENCODING.search(path.read_bytes()) if path else None
    try:
        return codecs.lookup(named[1].decode() if named else _DEFAULT_ENCODING).name
    except LookupError:
        return "utf-8"  # one that Python does not know: the dictionary sees every word


@cache
def _dictionaries() -> dict[str, Path]:
    """The file of affixes of each dictionary that hunspell can find.

    It tells them all before it looks for one that there is not, and so reads none of them.
    """
    found = reversed(_run(["-D", "-d", " "], "").stderr.splitlines())
    paths = (Path(f"{line}.aff") for line in found if Path(line).is_absolute())
    return {path.stem: path for path in paths if path.is_file()}


def _ask(dictionary: str, mode: str, lines: Sequence[str]) -> str:
    options = ["-d", dictionary, "-i", "utf-8", "-p", os.devnull, mode]
    done = _run(options, "\n".join(lines) + "\n")
    if done.returncode:
        raise NoDictionaryError
    return done.stdout


def _run(options: list[str], text: str) -> subprocess.CompletedProcess[str]:
    call = [_find_hunspell(), *options]
    return subprocess.run(call, input=text, capture_output=True, encoding="utf-8", check=False)


def _find_hunspell() -> str:
    program = shutil.which("hunspell")
    if not program:
        raise NoDictionaryError
    return program
