"""The words of a template or term list, each passage with its place in the file.

What is not words is masked by as many letters, so that a place in a passage is a place in the
file: tags become spaces, and an expression becomes :data:`FIELD` letters, because a reader sees a
word there. Broken syntax hides words at worst; other checks tell about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planforms.checking.findings import Finding
from planforms.checking.outline import sections_of
from planforms.checking.pieces import Piece, PieceKind
from planforms.checking.sources import SourceFile
from planforms.checking.word_source import WordSource
from planforms.word_templates.paragraphs import Paragraph
from planforms.writers._word_xml import WORD as WORD_XML

FIELD = "\ufffc"
"""Stands for the letters of an expression."""
WORD = re.compile(rf"(?:[^\W\d_]|{FIELD})+(?:[-'’.](?:[^\W\d_]|{FIELD})+)*")
"""A word, with hyphens, apostrophes and points inside it."""

_ENTITY = re.compile(r"&\w+;")
_CLASS = re.compile(r'class="(\w+)"')
_TABLE = f"{WORD_XML}tbl"
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
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
    if isinstance(file, WordSource):
        return _of_word(file)
    return _terms(file) if file.path.suffix == ".po" else _of_template(file)


def _of_template(file: SourceFile) -> Iterator[Passage]:
    around: list[str] = []
    box = ""
    for section in sections_of(file):
        name = section.heading
        for block in section.blocks():
            if tag := block.tag:
                _enter(tag, around)
                box = _class_of(tag) if tag.tag == "aside" else box
            name = next((piece.macro for piece in block.pieces if piece.macro), name)
            held = sum(tag is not None and piece.offset < tag.end for piece in block.pieces)
            within = Passage(file, 0, "", "".join(around[-1:]), name, box)
            yield from _passage(replace(within, tag="alt"), block.pieces[:held])
            yield from _passage(within, block.pieces[held:])


def _of_word(file: WordSource) -> Iterator[Passage]:
    """A passage for each paragraph of a Word template: one of running text, or of a table."""
    for number, paragraph in enumerate(file.paragraphs, start=1):
        start = file.offset_of(number)
        line = file.content[start:].partition("\n")[0]
        masked = _CODE.sub(_mask_code, line)
        words = masked.strip()
        if WORD.search(words.replace(FIELD, "")):
            tag = "td" if _is_in_table(paragraph) else "p"
            yield Passage(file, start + masked.index(words), words, tag)


def _is_in_table(paragraph: Paragraph) -> bool:
    return next(paragraph.element.iterancestors(_TABLE), None) is not None


def _mask_code(code: re.Match[str]) -> str:
    return (FIELD if code[0].startswith("{{") else " ") * len(code[0])


def _enter(tag: Piece, around: list[str]) -> None:
    """Go into a block, or out of it and of what is left open inside."""
    if tag.kind is PieceKind.TAG and tag.tag != "img":
        around.append(tag.tag)
    elif tag.tag in around:
        while around.pop() != tag.tag:
            pass


def _class_of(tag: Piece) -> str:
    found = _CLASS.search(tag.value)
    return found[1] if found else ""


def _passage(within: Passage, pieces: Sequence[Piece]) -> Iterator[Passage]:
    """The words of some pieces, if there are any."""
    masked = ""
    start = pieces[0].offset if pieces else 0
    for piece in pieces:
        masked = masked.ljust(piece.offset - start) + _mask(piece)
    words = masked.strip()
    if WORD.search(words.replace(FIELD, "")):
        yield replace(within, start=start + masked.index(words), text=words)


def _mask(piece: Piece) -> str:
    if piece.kind is PieceKind.TEXT:
        return _ENTITY.sub(lambda entity: " " * len(entity[0]), piece.raw)
    return (FIELD if piece.kind is PieceKind.FIELD else " ") * len(piece.raw)


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
