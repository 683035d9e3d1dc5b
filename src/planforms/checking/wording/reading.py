"""How easy a text reads: LIX and the length of sentences.

LIX (Björnsson, Läsbarhet, 1968) is the number of words for each sentence, and the percentage of
words with more than six letters, added up. Under 30 is very easy, under 40 easy, 40 to 50 ordinary,
over 50 official language.

It measures running text. Counted here are paragraphs, items of lists, descriptions, cells and
captions. Not counted are headings, labels (``dt``), heads of tables, and a few words without a full
stop: they are looked up and not read. The words of the case, the service and the country are data:
an expression counts as one short word. A sentence ends at a full stop, a question or exclamation
mark or a colon, and at the end of its paragraph, item or cell. All branches of a template count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from planforms.checking.findings import Finding
from planforms.checking.wording.passages import FIELD, WORD, Passage
from planforms.languages import LocaleSettings
from planforms.registry import KINDS

MAX_LIX = 40
"""What participants read."""
MAX_BOX_LIX = 30
"""Summaries, and boxes on what a signature means."""
MAX_EASY_LIX, MAX_EASY_MEAN = 25, 12
"""Easy sheets; and how many words their sentences have in the mean."""
BOXES = frozenset({"summary", "sign"})
MAX_SENTENCE_WORDS = 25
MIN_WORDS = 30
"""A shorter text has no LIX: one long word would decide."""

MIN_PHRASE_WORDS = 5
"""Fewer words without a full stop are a label."""

MAX_ABBREVIATION = 20
"""No abbreviation has so many letters."""

RUNNING = frozenset({"p", "li", "dd", "td", "caption"})
_COUNTED = re.compile(rf"{WORD.pattern}|\d+")
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"”»)]*(?=\s+(\S)|\s*$)|:(?=\s|$)")
_NOT_ABBREVIATION = re.compile(r"[^\w.]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage.

    Attributes:
        passage: where it stands.
        start: where in the passage it begins.
        text: its words.
    """

    passage: Passage
    start: int
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """Where in the passage it stands."""
        return self.start, self.start + len(self.text)


def split_sentences(text: str, settings: LocaleSettings) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with its place.

    An abbreviation ends one only if it may be a last word, and a capital letter follows.
    """
    start = 0
    for stop in _stops(text):
        before = text[max(start, stop.start() - MAX_ABBREVIATION) : stop.start()]
        word = _NOT_ABBREVIATION.split(before)[-1].lower()
        closes = word in settings.closing and (stop[1] or "").isupper()
        if closes or word not in settings.abbreviations:
            yield from _sentence(start, text[start : stop.end()])
            start = stop.end()
    yield from _sentence(start, text[start:])


def _stops(text: str) -> Iterator[re.Match[str]]:
    """Where a sentence may end: at a stop that no small letter follows."""
    return (stop for stop in _STOP.finditer(text) if not (stop[1] and stop[1].islower()))


def _sentence(start: int, text: str) -> Iterator[tuple[int, str]]:
    if WORD.search(text.replace(FIELD, "")):
        yield start + len(text) - len(text.lstrip()), text.strip()


def is_label(text: str) -> bool:
    """Whether some words are too few to be read as text."""
    words = WORD.findall(text.replace(FIELD, ""))
    return len(words) < MIN_PHRASE_WORDS and not any(_stops(text))


def words_of(sentence: str) -> list[str]:
    """The words and numbers of a sentence."""
    return _COUNTED.findall(sentence)


def lix(sentences: Iterable[str]) -> float:
    """The LIX of some sentences; there is at least one word."""
    words = [words_of(sentence) for sentence in sentences]
    count = sum(map(len, words))
    long = sum(is_long(word) for sentence in words for word in sentence)
    return count / len(words) + 100 * long / count


def is_long(word: str) -> bool:
    """Whether a word has more than six letters."""
    return FIELD not in word and len(word) > 6


def hardness(sentence: str) -> tuple[int, int]:
    """How hard a sentence is among others: its long words, then all of its words."""
    words = words_of(sentence)
    return sum(map(is_long, words)), len(words)


def check_reading(passages: Sequence[Passage], settings: LocaleSettings) -> Iterator[Finding]:
    """Long sentences, and sections, boxes and whole documents that are hard to read.

    Args:
        passages: those of one template.
        settings: what the language says of its abbreviations.
    """
    sentences = [
        Sentence(passage, start, text)
        for passage in passages
        if passage.tag in RUNNING and not is_label(passage.text)
        for start, text in split_sentences(passage.text, settings)
    ]
    for sentence in sentences:
        yield from _check_length(sentence)
    if sentences and KINDS.is_easy(passages[0].file.kind):
        yield from _check_lix(sentences, "the easy sheet", MAX_EASY_LIX)
        yield from _check_mean(sentences)
    else:
        yield from _check_parts(sentences)


def _check_parts(sentences: list[Sentence]) -> Iterator[Finding]:
    """The boxes, then the sections, then the document; what holds a part already told is not."""
    told: set[Sentence] = set()
    boxed = [sentence for sentence in sentences if sentence.passage.box in BOXES]
    parts = [
        *((part, "this box", MAX_BOX_LIX) for part in _grouped(boxed, "box")),
        *((part, "this section", MAX_LIX) for part in _grouped(sentences, "section")),
        (sentences, "the document", MAX_LIX),
    ]
    for part, name, limit in parts:
        if told.isdisjoint(part):
            findings = list(_check_lix(part, name, limit))
            told.update(part if findings else ())
            yield from findings


def _grouped(sentences: list[Sentence], attribute: str) -> list[list[Sentence]]:
    key = attrgetter(f"passage.{attribute}")
    return [list(part) for _, part in groupby(sentences, key)]


def _check_length(sentence: Sentence) -> Iterator[Finding]:
    count = len(words_of(sentence.text))
    if count > MAX_SENTENCE_WORDS:
        message = f"a sentence of {count} words; at most {MAX_SENTENCE_WORDS} read well"
        hint = "make two sentences of it, or a list"
        found = sentence.passage.finding("check.sentence", sentence.span, message, hint)
        yield found.as_warning()


def _check_mean(sentences: list[Sentence]) -> Iterator[Finding]:
    """The mean length of the sentences of an easy sheet."""
    counts = [len(words_of(sentence.text)) for sentence in sentences]
    mean = sum(counts) / len(counts)
    if mean > MAX_EASY_MEAN:
        longest = sentences[counts.index(max(counts))]
        what = f"the sentences have {mean:.1f} words in the mean; in an easy sheet at most"
        hint = f"the longest has {max(counts)}: say one thing in a sentence"
        message = f"{what} {MAX_EASY_MEAN}"
        yield longest.passage.finding("check.mean", longest.span, message, hint)


def _check_lix(sentences: list[Sentence], name: str, limit: int) -> Iterator[Finding]:
    texts = [sentence.text for sentence in sentences]
    if is_measured(texts) and lix(texts) >= limit:
        hardest = max(sentences, key=lambda sentence: hardness(sentence.text))
        message = f"{name} has LIX {lix(texts):.0f}; it must be under {limit}"
        yield hardest.passage.finding("check.lix", hardest.span, message, advice(texts))


def is_measured(sentences: Sequence[str]) -> bool:
    """Whether some sentences are enough to have a LIX."""
    return sum(len(words_of(sentence)) for sentence in sentences) >= MIN_WORDS


def advice(sentences: Sequence[str]) -> str:
    """What makes some sentences hard to read."""
    longest = max(len(words_of(sentence)) for sentence in sentences)
    words = {word for sentence in sentences for word in words_of(sentence) if is_long(word)}
    examples = ", ".join(sorted(words, key=lambda word: (-len(word), word))[:5])
    return f"the longest sentence has {longest} words; the longest words are {examples}"
