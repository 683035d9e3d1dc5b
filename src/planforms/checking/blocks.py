"""The statements of a template: words after ``{%``, and blocks that open and close."""

from __future__ import annotations

from collections import Counter
from functools import cache

from planforms.checking.braces import MAX_FINDINGS, Braces, Chunk
from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile
from planforms.errors import nearest
from planforms.languages import list_languages, load_words
from planforms.templating.limits import MAX_BLOCKS

BLOCKS = {"if": "endif", "for": "endfor", "macro": "endmacro", "with": "endwith"}
"""Statements that open a block, and those that close it."""
BRANCHES = ("elif", "else")
SINGLE = ("from", "set")
KEYWORDS = (*BLOCKS, *BRANCHES, *BLOCKS.values(), *SINGLE)
KNOWN_KEYWORDS = f"known: {', '.join(KEYWORDS)}"

_OPENS = {end: keyword for keyword, end in BLOCKS.items()}
_END = "end"
_INSTEAD = {"elseif": "elif", "elsif": "elif", "end": _END}
"""What people write who know other languages of templates."""


@cache
def _translated() -> dict[str, str]:
    """What people write who translate what must not be translated, in any of the languages."""
    settings = (load_words(language).settings for language in list_languages())
    return {word: meant for one in settings for word, meant in one.statements}


class Blocks:
    """The statements of one template, matched with one another.

    Attributes:
        findings: words that are no statement, and blocks without beginning or end.
    """

    def __init__(self, file: SourceFile, braces: Braces) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._braces = braces
        self._open: list[tuple[str, Chunk]] = []
        self._foreign: set[str] = set()
        statements = [chunk for chunk in braces.chunks if chunk.text.startswith("{%")]
        meant = [(_meant(chunk.keyword), chunk) for chunk in statements]
        self._excess = Counter(_OPENS.get(word, word) for word, _ in meant if word in _OPENS)
        self._excess.subtract(word for word, _ in meant if word in BLOCKS)
        for keyword, chunk in meant:
            self._take(self._known(keyword, chunk), chunk)
        for keyword, chunk in self._open:
            self._unclosed(keyword, chunk)

    def _known(self, meant: str, chunk: Chunk) -> str:
        """The statement that a word stands for, after a finding if it is another word."""
        word = chunk.keyword
        if word and word == meant:
            return meant
        if word.removeprefix("end") in self._foreign:
            self._mend(chunk, "")
            return ""
        if meant == _END:
            meant = BLOCKS[self._open[-1][0]] if self._open else BLOCKS["if"]
        if word in _translated():
            hint = f"write {meant}; the first word after {{% is never translated"
        else:
            hint = f"did you mean {meant}?" if meant else KNOWN_KEYWORDS
        what = f"{word} is not a word that can follow {{%" if word else "no word follows {%"
        self._find("check.keyword", chunk.keyword_offset, word or chunk.text, what, hint)
        rest = chunk.text[2:].replace(word, meant, 1).strip()
        self._mend(chunk, f"{{%{rest}" if meant else "")
        if not meant:
            self._foreign.add(word)
        return meant

    def _mend(self, chunk: Chunk, text: str) -> None:
        """Put another statement in place of one, or nothing if it would be longer."""
        text = text if len(text) <= len(chunk.text) else ""
        self._braces.replace(chunk.offset, chunk.end, text)

    def _take(self, keyword: str, chunk: Chunk) -> None:
        if keyword in BLOCKS:
            self._open.append((keyword, chunk))
            if len(self._open) == MAX_BLOCKS:
                what = f"more than {MAX_BLOCKS} blocks stand inside one another"
                self._find("template.depth", chunk.offset, chunk.text, what, "is an end missing?")
        elif keyword in BRANCHES:
            self._branch(keyword, chunk)
        elif keyword in BLOCKS.values():
            self._close(keyword, chunk)

    def _branch(self, keyword: str, chunk: Chunk) -> None:
        if not any(name in ("if", "for") for name, _ in self._open):
            what = f"{{% {keyword} %}} stands outside of an {{% if %}}"
            self._misplaced(chunk, what, "write {% if … %} before it")

    def _close(self, keyword: str, chunk: Chunk) -> None:
        wanted = _OPENS[keyword]
        inner = self._open[-1][0] if self._open else ""
        if inner == wanted:
            self._open.pop()
        elif self._excess[wanted] > 0 and self._excess[inner] < 0:
            hint = f"write {{% {BLOCKS[inner]} %}}"
            what = f"{{% {keyword} %}} stands where an {{% {inner} %}} should end"
            self._misplaced(chunk, what, hint, f"{{%{BLOCKS[inner]}%}}")
            self._excess.update({wanted: -1, inner: 1})
            self._open.pop()
        elif self._excess[wanted] > 0 or wanted not in [name for name, _ in self._open]:
            self._excess[wanted] -= 1
            hint = f"take it out, or write {{% {wanted} … %}} where it should begin"
            self._misplaced(chunk, f"{{% {keyword} %}} closes nothing", hint)
        else:
            while self._open[-1][0] != wanted:
                self._unclosed(*self._open.pop())
            self._open.pop()

    def _unclosed(self, keyword: str, chunk: Chunk) -> None:
        self._mend(chunk, "")
        if not self._foreign:
            hint = f"write {{% {BLOCKS[keyword]} %}} where it ends"
            what = f"{{% {keyword} %}} is never closed"
            self._find("check.block", chunk.offset, chunk.text, what, hint)

    def _misplaced(self, chunk: Chunk, what: str, hint: str, instead: str = "") -> None:
        self._mend(chunk, instead)
        if not self._foreign:
            self._find("check.block", chunk.offset, chunk.text, what, hint)

    def _find(self, code: str, offset: int, text: str, message: str, hint: str) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(self._file.finding(code, offset, text, message, hint))


def _meant(word: str) -> str:
    """The statement that a word stands for; ``end`` for any end, empty if it is none."""
    if word in KEYWORDS:
        return word
    word = word.lower()
    return _INSTEAD.get(word) or _translated().get(word) or nearest(word, KEYWORDS)
