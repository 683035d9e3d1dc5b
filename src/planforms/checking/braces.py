"""The braces of a template: where code begins and ends, and letters that cannot stand in it.

Works on the text alone, so that every mistake is told at its letter even where Jinja can read
nothing. What is wrong is mended in a copy of the text, letter for letter, so that the rest of the
file can be checked too and all places stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile

MAX_FINDINGS = 50
"""More than this of one sort in one file nobody reads at once."""
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENER = re.compile(r"\{\{|\{%|\{#")
_NOTE = re.compile(r"\{#")
_BREAKS_OFF = re.compile(r"[%}#]?\}|[<\n]|\Z")
_STRAY = re.compile(r"\{ ?[{%]? *(?P<path>[a-z_]+(?:\.[a-z_]+)*[^{}%<\n]*?)(?: ?[}%])? ?\}|[}%#]\}")
_BRACES_BEFORE = re.compile(r"^\{ ?%?")
_KEYWORD = re.compile(r"[-+]?\s*([^\W\d]\w*)")
_NAMED = {" ": "an ordinary space", "…": "one point"}
"""How letters are told that nobody could see in a hint, or that stand for several."""
_QUOTES = {"'": "‘’‚‹›′´", '"': "“”„«»‟″"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of code in a template, from its opening to its closing braces.

    Attributes:
        offset: where it begins in the file.
        text: its letters, braces included; mended where something was wrong with them.
    """

    offset: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.offset + len(self.text)

    @property
    def keyword(self) -> str:
        """The word after ``{%``; empty for fields and comments."""
        match = _KEYWORD.match(self.text, 2) if self.text.startswith("{%") else None
        return match[1] if match else ""

    @property
    def keyword_offset(self) -> int:
        """Where the keyword begins in the file."""
        match = _KEYWORD.match(self.text, 2)
        return self.offset + (match.start(1) if match else 0)


class Braces:
    """A template cut into code and words.

    Attributes:
        chunks: its code, in order; what cannot be told apart is left out.
        findings: what is wrong with braces, and with letters inside them.
    """

    def __init__(self, file: SourceFile) -> None:
        self.chunks: list[Chunk] = []
        self.findings: list[Finding] = []
        self._file = file
        self._letters = list(file.content)
        position = 0
        while match := _OPENER.search(file.content, position):
            self._check_words(position, match.start())
            position = self._take(match)
        self._check_words(position, len(file.content))

    @property
    def mended(self) -> str:
        """The text with all of that put right or blanked out; as long as the text."""
        return "".join(self._letters)

    def replace(self, start: int, end: int, text: str = "") -> None:
        """Put other letters in place of some, filled up with spaces; line ends stay."""
        spaces = re.sub(r"[^\n]", " ", "".join(self._letters[start + len(text) : end]))
        self._letters[start:end] = text + spaces

    def _take(self, opener: re.Match[str]) -> int:
        """Note one piece of code; where it ends comes back."""
        content, start = self._file.content, opener.start()
        again = _NOTE if opener[0] == "{#" else _OPENER
        following = again.search(content, start + 2)
        limit = following.start() if following else len(content)
        end = content.find(_CLOSERS[opener[0]], start + 2, limit)
        if end < 0:
            return self._break_off(opener)
        if opener[0] != "{#":
            self._check_letters(start, end + 2)
            self.chunks.append(Chunk(start, "".join(self._letters[start : end + 2])))
        return end + 2

    def _break_off(self, opener: re.Match[str]) -> int:
        start, closer = opener.start(), _CLOSERS[opener[0]]
        match = _BREAKS_OFF.search(self._file.content, start + 2)
        end = match.end() if match and match[0].endswith("}") else match.start() if match else start
        text = self._file.content[start:end]
        hint = f"close it with {closer}"
        self._find("check.braces", start, text.rstrip(), f"{opener[0]} is never closed", hint)
        self._blank(start, text, statement=opener[0] == "{%")
        return end

    def _check_words(self, start: int, end: int) -> None:
        for match in _STRAY.finditer(self._file.content, start, end):
            text = match[0]
            if len(text) == 2:
                opener = next(key for key, value in _CLOSERS.items() if value == text)
                what, hint = f"{text} closes nothing", f"write {opener} where it should begin"
            elif "%" in text:
                what = "the braces are not complete"
                hint = "write {% before and %} after, without a space between brace and %"
            else:
                what = "the braces are not complete"
                hint = "write two before and two after, without a space between them"
            self._find("check.braces", match.start(), text, what, hint)
            self._blank(match.start(), text, statement=bool(match["path"]) and "%" in text)

    def _blank(self, start: int, text: str, *, statement: bool) -> None:
        """Blank out broken code; a statement still opens or closes its block."""
        whole = _BRACES_BEFORE.sub("{%", text.rstrip("{}% ")) + "%}" if statement else ""
        self.replace(start, start + len(text), whole if len(whole) <= len(text) else "")
        if whole:
            self.chunks.append(Chunk(start, whole.ljust(len(text))))

    def _check_letters(self, start: int, end: int) -> None:
        wrong = list(_foreign_letters(self._file.content, start, end))
        for offset, _, plain in wrong:
            self.replace(offset, offset + 1, plain)
        if wrong:
            offset, letter, plain = wrong[0]
            name = unicodedata.name(letter, "unknown letter").lower()
            what = f"{name} inside of braces"
            hint = f"write {_NAMED.get(letter) or _NAMED.get(plain, plain)}"
            self._find("check.letters", offset, letter, what, hint)

    def _find(self, code: str, offset: int, text: str, message: str, hint: str) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(self._file.finding(code, offset, text, message, hint))


def _foreign_letters(content: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Each letter that no code holds: its place, the letter, and what was meant."""
    for offset in range(start, end) if not content[start:end].isascii() else ():
        letter = content[offset]
        if not letter.isascii() and unicodedata.category(letter)[0] not in "LMN":
            plain = next((key for key, letters in _QUOTES.items() if letter in letters), " ")
            dash = unicodedata.category(letter) == "Pd"
            yield offset, letter, "-" if dash else plain
