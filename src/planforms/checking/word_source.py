"""A Word template as the checks read templates: each paragraph is a line.

Its words and tags stand in it as the template engine reads them. So the checks of syntax, paths,
conditions and words go through it as through any template; what they find is told at its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from planforms.checking.blocks import KNOWN_KEYWORDS
from planforms.checking.findings import Finding
from planforms.checking.parsing import SAME_PLACE
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.word_files import word_templates
from planforms.errors import Problem, TemplateError
from planforms.word_templates.package import template_name
from planforms.word_templates.paragraphs import Paragraph
from planforms.word_templates.template import WordTemplate, load_template

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HINTS = {
    SAME_PLACE: "compare with the tags of another paragraph",
    KNOWN_KEYWORDS: "known: if, elif, else, endif, for, endfor",
}
"""What is said of other templates, and what of those of Word in its place."""
_UNDO = "; Ctrl+Z right after it takes back what AutoCorrect did"
_LEVEL = re.compile(r"\{%(p|tr|tc)\s")
_LESS = "\u2039"
"""Stands for the sign < in words, which begins a tag in a web page, and nothing in Word."""
_ENDS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class WordSource(SourceFile):
    """A Word template; its content has a line for each paragraph.

    Attributes:
        paragraphs: the paragraph of each line.
    """

    paragraphs: tuple[Paragraph, ...] = field(default=(), compare=False, repr=False)

    def finding(self, code: str, offset: int, text: str, message: str, hint: str = "") -> Finding:
        """What is wrong with some letters, told at their paragraph, with its words."""
        hint = _HINTS.get(hint, hint) + (_UNDO if code == "check.letters" else "")
        found = SourceFile.finding(self, code, offset, text, message, hint)
        if not self.paragraphs:
            return replace(found, place=str(self.path))
        return self._told(found, self.paragraphs[found.line - 1])

    def at(self, problem: Problem) -> Finding:
        """A problem as a finding, at the paragraph that its place names; else at its part."""
        same = (number for number, one in enumerate(self.paragraphs) if one.place == problem.place)
        number = next(same, -1)
        offset = self.offset_of(number + 1) if number >= 0 else 0
        found = SourceFile.finding(self, problem.code, offset, "", problem.message, problem.hint)
        found = replace(found, severity=problem.severity)
        if number >= 0:
            return self._told(found, self.paragraphs[number])
        where = self._where(problem.place)
        place = f"{self.path}: {where}" if where else str(self.path)
        return replace(found, place=place, where=where, source="")

    def _told(self, found: Finding, paragraph: Paragraph) -> Finding:
        """A finding of a line as one of its paragraph, as it stands in Word."""
        where, words = self._where(paragraph.place), _ENDS.sub(" ", paragraph.words)
        text = _as_written(found.text, paragraph)
        starts = [match.start() for match in re.finditer(re.escape(text), words)]
        column = min(starts, key=lambda start: abs(start + 1 - found.column), default=0) + 1
        text = text if starts else ""
        if level := _LEVEL.match(text):
            found = replace(found, hint=found.hint.replace("{% ", level[0]))
        place = f"{self.path}: {where}"
        return replace(found, place=place, column=column, text=text, source=words, where=where)

    def _where(self, place: str) -> str:
        return place.removeprefix(template_name(self.path)).removeprefix(": ")


def word_source(language: str, path: Path, template: WordTemplate) -> WordSource:
    """A Word template as the checks read templates."""
    paragraphs = tuple(
        paragraph
        for part in template.parts
        for paragraph in part.paragraphs
        if next(paragraph.element.iterancestors(_FALLBACK), None) is None
    )
    content = "\n".join(_line(paragraph) for paragraph in paragraphs)
    return WordSource(language, path, content, paragraphs)


def _as_written(text: str, paragraph: Paragraph) -> str:
    """Some letters of a line as they stand in Word, where a tag may say what it governs."""
    tags = (tag.raw for tag in paragraph.tags if text.startswith("{") and tag.code == text)
    return next(tags, text)


def _line(paragraph: Paragraph) -> str:
    """A paragraph as a line, whose tags are as the engine reads them."""
    pieces = (
        piece.tag.code if piece.tag else piece.text.replace("<", _LESS)
        for piece in paragraph.pieces
    )
    return _ENDS.sub(" ", "".join(pieces))


def read_word_templates(sources: Sources) -> Iterator[WordSource]:
    """The Word templates that can be read, for the checks of their words."""
    for (language, _), path in word_templates(sources).items():
        try:
            yield word_source(language, path, load_template(path))
        except TemplateError:
            continue  # told with the rest
