"""How sentences begin and where they have commas; spaces that stand twice in a term.

Where a language has a comma whatever the sentence says stands in its ``locale.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planforms.checking.findings import Finding
from planforms.checking.wording.passages import FIELD, Passage
from planforms.checking.wording.reading import RUNNING, is_label, split_sentences
from planforms.languages import Commas, LocaleSettings

_OPENED_BY_FIELD = re.compile(rf"{FIELD}+ [^\W\d_]+[^:]*[.!?]$")
_SPACES = re.compile(r"(?<=[^\s\"])  +(?=[^\s\"])")


def check_sentences(settings: LocaleSettings, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Commas that are missing, sentences that a field opens, and spaces that stand twice."""
    for passage in passages:
        yield from _check_commas(settings.commas, passage)
        yield from _check_openings(settings, passage)
        yield from _check_spaces(passage)


def _check_commas(commas: Commas, passage: Passage) -> Iterator[Finding]:
    for word in commas.before:
        for found in re.finditer(rf"(\w+|{FIELD}+)\s+({re.escape(word)})\b", passage.text):
            if found[1].lower() not in commas.not_after:
                message = f"no comma before “{word}”"
                hint = f"write it so: …, {word} …"
                yield passage.finding("check.comma", found.span(2), message, hint)


def _check_openings(settings: LocaleSettings, passage: Passage) -> Iterator[Finding]:
    """Sentences that begin with a field: what is printed there may begin with a small letter."""
    if passage.tag not in RUNNING or is_label(passage.text):
        return
    for start, text in split_sentences(passage.text, settings):
        if _OPENED_BY_FIELD.match(text):
            end = start + len(text) - len(text.lstrip(FIELD))
            hint = "begin the sentence with a word of your own"
            message = "what is printed here may begin with a small letter"
            yield passage.finding("check.opening", (start, end), message, hint)


def _check_spaces(passage: Passage) -> Iterator[Finding]:
    """Spaces that stand twice in a term; those of templates are printed as one."""
    if passage.tag == "term":
        raw = passage.file.content[passage.start : passage.start + len(passage.text)]
        for found in _SPACES.finditer(raw):
            hint = "leave one"
            yield passage.finding("check.space", found.span(), "more than one space", hint)
