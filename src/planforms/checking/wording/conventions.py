"""Dates, times, numbers and laws that somebody wrote by hand, against the language's conventions.

A date, a number or a provision of law belongs into the data or a profile, where it is printed the
right way by itself. What stands in the words all the same must be written as ``locale.toml`` of the
language shows by example. Of the ways of writing below, all are wrong but that of the example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from planforms.checking.findings import Finding
from planforms.checking.wording.passages import FIELD, Passage
from planforms.languages import LocaleSettings


class Convention(NamedTuple):
    """One way of writing that is wrong.

    Attributes:
        code: of the finding.
        pattern: finds it.
        message: what is wrong.
        right: how it is written.
    """

    code: str
    pattern: re.Pattern[str]
    message: str
    right: str


_DAY = r"(?<![\d.,/-])[0-3]?\d"
_END = r"(?![\d/-]|\.\d)"
_NOTHING = "(?!)"
"""Matches nothing."""
_WAYS = {
    ("check.date", "date"): {
        rf"{_DAY}\s?[/-]\s?[01]?\d\s?[-/.\s]\s?\d{{2,4}}{_END}": "a date is written with strokes",
        rf"{_DAY}\.\s?[01]?\d\.\s?\d{{2}}{_END}": "a year has two digits",
        rf"{_DAY}\.\s?[01]?\d\.\s?\d{{4}}{_END}": "a date is written with full stops",
        rf"(?<![\d.,/-])\d{{4}}-\d\d-\d\d{_END}": "a date is written year first",
    },
    ("check.date", "long_date"): {
        rf"{_DAY}\s+(?i:MONTHS)\w*": "a day has no full stop before the month",
        rf"{_DAY}\.\s*(?i:MONTHS)\w*": "a day has a full stop before the month",
    },
    ("check.time", "time"): {
        r"(?<![\d:])[0-2]?\d:[0-5]\d(?![\d:])": "hours and minutes have a colon between them",
        r"(?i:\bHOUR)(?:\s+|\.)\d[\d.]*": "“HOUR” lacks its full stop or the space behind it",
    },
    ("check.number", "thousands"): {
        r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]*\d)": "thousands are set off by a full stop",
        r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,]*\d)": "thousands are set off by a space",
        r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]*\d)": "thousands are set off by a comma",
        r"(?<![\d.,:-])\d{5,7}(?![\d.,:-]*\d)": "thousands of a large number are not set off",
    },
    ("check.number", "decimals"): {
        r"(?<![\d.,])\d+\.\d(?![\d.])": "decimals follow a full stop",
    },
    ("check.number", "per_cent"): {
        r"\d%": "there is no space before the per cent sign",
    },
    ("check.date", "latest"): {
        rf"(?i:\bLATEST)\s+(?:\d|{FIELD})": "a day lacks its “den” after “LATEST”",
        rf"(?i:\bLATEST)\s+den\s+(?:\d|{FIELD})": "a day has a “den” after “LATEST”",
    },
    ("check.date", "period"): {
        rf"[\d{FIELD}] – [\d{FIELD}]": "there are spaces around the dash of a period",
        rf"\d\.\d{{4}}–\d|\d-\d\d–\d|{FIELD}–{FIELD}": "a period lacks spaces around its dash",
    },
    ("check.quotation", "quotation"): {
        r"«[^«»]{1,99}»": "quotation marks point outwards",
        r"»[^«»]{1,99}«": "quotation marks point inwards",
        r"”[^”]{1,99}”": "quotation marks are raised",
        r"[“„][^“”„]{1,99}[“”]": "quotation marks are those of other languages",
        r'"[^"]{1,99}"': "quotation marks are straight",
    },
}
"""How an example of ``locale.toml`` might be written: a pattern of each way, and what it is."""
_DASH = Convention(
    "check.dash",
    re.compile(r"(?<=\S) --? (?=\S)"),
    "a hyphen stands where a dash belongs",
    "–",
)
_LAW = Convention(
    "check.law",
    re.compile(r"§+\s?\d+|\d+\s?§+"),
    "a provision of law stands in the words",
    "country.secrecy.text or another provision of the profile",
)


@lru_cache(maxsize=32)
def conventions_of(settings: LocaleSettings) -> tuple[Convention, ...]:
    """What is wrong in a language, whose ``locale.toml`` shows what is right."""
    return *_shown_by_example(settings), _DASH, _LAW


def _shown_by_example(settings: LocaleSettings) -> Iterator[Convention]:
    right = settings.conventions
    months = "|".join(re.escape(month[:3]) for month in settings.months)
    hour, latest = re.match(r"(\w+)\. ", right.time), re.match(r"\w+", right.latest)
    named = {"HOUR": hour[1] if hour else _NOTHING, "LATEST": latest[0] if latest else _NOTHING}
    hints = {"date": " or ".join(filter(None, (right.date, right.long_date)))}
    for (code, name), ways in _WAYS.items():
        example = getattr(right, name)
        for way, message in ways.items():
            pattern = re.compile(_filled(way, {"MONTHS": months, **named}))
            if example and not pattern.search(example):
                yield Convention(code, pattern, _filled(message, named), hints.get(name, example))


def _filled(text: str, words: dict[str, str]) -> str:
    """A text with words of the language in the place of their names."""
    for name, word in words.items():
        text = text.replace(name, word)
    return text


def check_conventions(settings: LocaleSettings, passages: Iterable[Passage]) -> Iterator[Finding]:
    """What is written against a language's conventions."""
    rules = conventions_of(settings)
    for passage in passages:
        for rule in rules:
            for found in rule.pattern.finditer(passage.text):
                hint = f"write it so: {rule.right}"
                yield passage.finding(rule.code, found.span(), rule.message, hint)
