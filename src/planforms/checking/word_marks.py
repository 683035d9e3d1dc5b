"""What Word's AutoCorrect and other programs' habits put into tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforms.checking.findings import Finding
from planforms.checking.word_source import WordSource

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CAPITAL = re.compile(r"(?<![\w])[^\W\d_]\w*")
_FOREIGN = re.compile(r"\{\{(?:p|r|tr|tc)\s|\{%(?:r|hm|vm)\b|\{%\s*(?:colspan|cellbg|hm|vm)\b")
"""Tags of docxtpl that planforms does not have."""


def check_marks(source: WordSource) -> Iterator[Finding]:
    """The first thing in each tag that a hand did not mean to write."""
    for match in _TAG.finditer(source.content):
        yield from _capital(source, match)
        yield from _foreign(source, match)


def _capital(source: WordSource, match: re.Match[str]) -> Iterator[Finding]:
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), match[0])
    for word in _CAPITAL.finditer(plain):
        if word[0] != word[0].lower():
            what = f"{word[0]} is written with a capital letter, as AutoCorrect does it"
            hint = f"write {word[0].lower()}; Ctrl+Z right after it takes back what AutoCorrect did"
            offset = match.start() + word.start()
            yield source.finding("word.capital", offset, word[0], what, hint)
            return


def _foreign(source: WordSource, match: re.Match[str]) -> Iterator[Finding]:
    if found := _FOREIGN.match(match[0]):
        what = f"{found[0].strip()} is a tag of another program"
        hint = "write {{ … }} to print, {%p … %}, {%tr … %} and {%tc … %} to govern"
        yield source.finding("word.foreign", match.start(), found[0].strip(), what, hint)
