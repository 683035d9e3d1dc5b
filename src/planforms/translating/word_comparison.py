"""What a Word template says that the other template of its kind does not, and the other way.

The other one is drawn as a Word template first, so that both are read in the same way. Offices put
things in another order; so order does not count, and only what stands nowhere is told.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO

from lxml import etree

from planforms.checking.sources import Sources
from planforms.errors import TemplateError, UsageError
from planforms.languages import language_code, language_folders
from planforms.registry import KINDS
from planforms.translating.comparison import Row
from planforms.translating.word_starters import made_from
from planforms.word_templates.finding import find_template
from planforms.word_templates.paragraphs import Paragraph, TagKind
from planforms.word_templates.template import WordTemplate, load_template, make_template
from planforms.writers._word_xml import WORD

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
_CODE = re.compile(r"\{\{\s*(.*?)\s*\}\}|\{%\s*(.*?)\s*%\}", re.DOTALL)
_ALIKE = 0.4
"""How alike sentences of a section are at least that stand side by side."""
_ENDS = ("else", "endif", "endfor")


def compare_word(sources: Sources, kind: str, language: str) -> list[Row]:
    """What a kind's Word template and its other template do not both say.

    Words of the other template are ``before`` in each row, those of the Word template ``now``:
    first fields and conditions, which stand in square brackets, then sentences.

    Args:
        sources: the templates, one's own among them.
        kind: a kind of document.
        language: the language, by any of its names.

    Raises:
        UsageError: there is no such kind or language, or no Word template of it.
        TemplateError: one of the templates has a mistake.
    """
    KINDS.named(kind)
    code = language_code(language, sources.folders)
    path = find_template(tuple(language_folders(code, sources.folders)), kind)
    if path is None:
        hint = f"planforms templates word {kind} {code} makes one"
        raise UsageError.of("word.missing", f"{code}/{kind}.docx", "no such Word template", hint)
    word = load_template(path)
    if word.problems:
        raise TemplateError(word.problems)
    other = make_template(made_from(sources, kind, code), f"{code}/{kind}.html")
    return [*_differences(tuple(_said(other)), tuple(_said(word)))]


# --- what a template says -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unit:
    """A field, a condition or a sentence.

    Attributes:
        words: what it says; fields and statements in square brackets.
        place: where it stands.
        section: the heading above it.
        is_sentence: whether it has words of its own.
    """

    words: str
    place: str
    section: str
    is_sentence: bool


def _said(template: WordTemplate) -> Iterator[_Unit]:
    """All that a template says, in its order."""
    headings = _headings(template.content)
    for part in template.parts:
        section = ""
        for paragraph in part.paragraphs:
            if _style(paragraph) in headings:
                section = _shown(paragraph.words)
            yield from _units(paragraph, section)


def _units(paragraph: Paragraph, section: str) -> Iterator[_Unit]:
    place = paragraph.place
    for tag in paragraph.tags:
        if tag.kind is not TagKind.NOTE and tag.keyword not in _ENDS:
            yield _Unit(_shown(tag.code), place, section, is_sentence=False)
    if paragraph.has_own_words:
        for sentence in _SENTENCE.split(_shown(paragraph.words)):
            if any(map(str.isalpha, sentence)):
                yield _Unit(sentence, place, section, is_sentence=True)


def _shown(words: str) -> str:
    """Words as a reviewer reads them, fields and statements in square brackets."""
    shown = _CODE.sub(lambda code: f"[{code[1] or code[2]}]", words)
    return " ".join(shown.split())


def _headings(content: bytes) -> frozenset[str]:
    """The identifiers of the styles of headings in a file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
    return frozenset(
        style.get(f"{WORD}styleId", "")
        for style in styles.iter(f"{WORD}style")
        if style.find(f"{WORD}pPr/{WORD}outlineLvl") is not None
    )


def _style(paragraph: Paragraph) -> str:
    style = paragraph.element.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if style is None else style.get(f"{WORD}val", "")


# --- what differs ---------------------------------------------------------------------------


def _differences(other: tuple[_Unit, ...], word: tuple[_Unit, ...]) -> Iterator[Row]:
    """What stands in one only: fields and conditions, then sentences, the alike side by side."""
    for old in _only_in(other, word, is_sentence=False):
        yield _row(old, None)
    for new in _only_in(word, other, is_sentence=False):
        yield _row(None, new)
    gone = list(_only_in(other, word, is_sentence=True))
    come = list(_only_in(word, other, is_sentence=True))
    for old in gone:
        yield _row(old, _alike(old, come))
    for new in come:
        yield _row(None, new)


def _alike(old: _Unit, come: list[_Unit]) -> _Unit | None:
    """The sentence that a sentence has become, taken out of those that have come."""
    near = [unit for unit in come if unit.section == old.section]
    words = get_close_matches(old.words, [unit.words for unit in near], 1, _ALIKE)
    found = next((unit for unit in near if unit.words in words), None)
    if found:
        come.remove(found)
    return found


def _only_in(
    units: Iterable[_Unit], others: Iterable[_Unit], *, is_sentence: bool
) -> Iterator[_Unit]:
    """What is said here and not there; sentences as often as they are said more often."""
    said = Counter(unit.words for unit in others if unit.is_sentence is is_sentence)
    told: Counter[str] = Counter()
    for unit in units:
        if unit.is_sentence is not is_sentence:
            continue
        told[unit.words] += 1
        if told[unit.words] > said[unit.words] and (is_sentence or not said[unit.words]):
            said[unit.words] += 1
            yield unit


def _row(old: _Unit | None, new: _Unit | None) -> Row:
    before, now = (None if one is None else one.words for one in (old, new))
    if new:
        return Row(new.place, new.section, before, now, {})
    assert old is not None
    return Row(old.place.partition(":")[0], old.section, before, now, {})
