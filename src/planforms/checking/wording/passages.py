"""The words of a template or term list, each passage with its place in the file.

What is not words is masked by as many letters, so that a place in a passage is a place in the
file: tags become spaces, and an expression becomes :data:`FIELD` letters, because a reader sees a
word there. Broken syntax hides words at worst; other checks tell about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile

FIELD = "\ufffc"
"""Stands for the letters of an expression."""
WORD = re.compile(rf"(?:[^\W\d_]|{FIELD})+(?:[-'’.](?:[^\W\d_]|{FIELD})+)*")
"""A word, with hyphens, apostrophes and points inside it."""

_REMARK = r"\{#.*?(?:#\}|\Z)"
_BLOCK = r"\{%.*?(?:%\}|\Z)"
_EXPRESSION = r"\{\{.*?(?:\}\}|\Z)"
_MARKUP = rf"<(?=[/!a-zA-Z])(?:{_EXPRESSION}|{_BLOCK}|\{{(?![{{%])|[^>{{])*+(?:>|\Z)"
_NOT_WORDS = re.compile(
    "|".join((_REMARK, _BLOCK, _EXPRESSION, _MARKUP, r"&\w+;")), re.DOTALL
)  # what is left open ends with the file, so that no letter is looked at twice
_TAG = re.compile(r"<(/?)(\w+)")
_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
_CLASS = re.compile(r'class="(\w+)"')
_ALT = re.compile(r'(?<=\balt=")[^"]*')
_WITHIN_LINE = frozenset({"strong", "em", "br"})
_TERM = re.compile(
    r'^msgstr(?:\[\d\])?[ \t]+((?:"(?:[^"\\\n]|\\.)*"\s*)+)',
    re.MULTILINE,
)
_NOT_TERM_WORDS = re.compile(r'\{\w*\}|\\.|"\s*"|"')


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that belong together: a paragraph, a label, an item of a list, a term.

    Attributes:
        file: the file they stand in.
        start: where in its content they begin.
        text: the words, masked.
        tag: the innermost block around them; ``alt`` of a picture, ``term`` of a term list.
        section: the heading of level two above them, or the macro around them.
        box: the class of the ``aside`` around them; empty outside of one.
    """

    file: SourceFile
    start: int
    text: str
    tag: str
    section: str = ""
    box: str = ""

    def finding(self, code: str, span: tuple[int, int], message: str, hint: str = "") -> Finding:
        """A finding about the letters of the file between two places of this passage."""
        start, end = self.start + span[0], self.start + span[1]
        text = self.file.content[start:end]
        return self.file.finding(code, start, text, message, hint)


def passages(file: SourceFile) -> Iterator[Passage]:
    """The passages of a template or a term list, in their order."""
    return _terms(file) if file.path.suffix == ".po" else _Template(file).passages()


class _Template:
    """One walk through a template."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.open: list[str] = []
        self.box = self.section = ""

    def passages(self) -> Iterator[Passage]:
        content = self.file.content
        start, masked = 0, ""
        for piece in _NOT_WORDS.finditer(content):
            masked += content[start + len(masked) : piece.start()]
            tag = _TAG.match(piece[0])
            if tag is None or tag[2] in _WITHIN_LINE:
                masked += _mask(piece[0])
                self._enter_macro(piece[0])
                continue
            yield from self._passage(start, masked)
            yield from self._alternative(piece)
            start, masked = piece.end(), ""
            self._enter(tag, piece)
        yield from self._passage(start, masked + content[start + len(masked) :])

    def _passage(self, start: int, masked: str, tag: str = "") -> Iterator[Passage]:
        words = masked.strip()
        if WORD.search(words.replace(FIELD, "")):
            start += masked.index(words)
            tag = tag or (self.open[-1] if self.open else "")
            yield Passage(self.file, start, words, tag, self.section, self.box)

    def _alternative(self, piece: re.Match[str]) -> Iterator[Passage]:
        """The words that stand for a picture."""
        found = _ALT.search(piece[0])
        if found:
            masked = _NOT_WORDS.sub(lambda inner: _mask(inner[0]), found[0])
            yield from self._passage(piece.start() + found.start(), masked, "alt")

    def _enter(self, tag: re.Match[str], piece: re.Match[str]) -> None:
        closing, name = tag.groups()
        if name == "aside":
            found = _CLASS.search(piece[0])
            self.box = found[1] if found and not closing else ""
        if closing and name in self.open:
            while self.open.pop() != name:
                pass
        elif not closing and name != "img":
            self.open.append(name)
            if name == "h2":
                self.section = self.file.content[piece.end() :].split("</h2>", 1)[0].strip()

    def _enter_macro(self, piece: str) -> None:
        macro = _MACRO.match(piece)
        if macro:
            self.section = macro[1]


def _mask(piece: str) -> str:
    letter = FIELD if piece.startswith("{{") else " "
    return letter * len(piece)


def _terms(file: SourceFile) -> Iterator[Passage]:
    for entry in _TERM.finditer(file.content):
        if file.content.endswith('msgid ""\n', 0, entry.start()):
            continue  # the header
        text = _NOT_TERM_WORDS.sub(_mask_in_term, entry[1])
        words = text.strip()
        if words:
            yield Passage(file, entry.start(1) + text.index(words), words, "term")


def _mask_in_term(piece: re.Match[str]) -> str:
    letter = FIELD if piece[0].startswith("{") else " "
    return letter * len(piece[0])
