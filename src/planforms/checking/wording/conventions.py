"""Dates, times, numbers and laws that somebody wrote by hand, against the country's conventions.

A date, a number or a provision of law belongs into the data or a profile, where it is printed the
right way by itself. What stands in the words all the same follows these conventions:

============ ================ ================== =================
what         Norway           Sweden             Denmark
============ ================ ================== =================
date         5.6.2014         2014-06-05         5.6.2014
date, long   5. juni 2014     5 juni 2014        5. juni 2014
time         kl. 13.00        kl. 13.00          kl. 13.00
number       10 000 · 2,5     10 000 · 2,5       10.000 · 2,5
per cent     50 %             50 %               50 %
============ ================ ================== =================

Sources: Språkrådet (sprakradet.no), webbriktlinjer.se, Dansk Sprognævn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planforms.checking.findings import Finding
from planforms.checking.wording.passages import Passage


class Convention(NamedTuple):
    """One way of writing that is wrong.

    Attributes:
        code: of the finding.
        pattern: finds it.
        message: what is wrong.
        right: how it is written, by country.
    """

    code: str
    pattern: re.Pattern[str]
    message: str
    right: dict[str, str]


_MONTHS = r"(?i:jan|feb|mar|apr|ma[ji]|jun|jul|aug|sep|okt|nov|dec|des)"
_DAY = r"(?<![\d.,/-])[0-3]?\d"
_END = r"(?![\d/-]|\.\d)"
_LONG = {"NO": "5. juni 2014", "SE": "5 juni 2014", "DK": "5. juni 2014"}
_SHORT = {
    "NO": "5.6.2014 or 5. juni 2014",
    "SE": "2014-06-05 or 5 juni 2014",
    "DK": "5.6.2014 or 5. juni 2014",
}
_TIME = dict.fromkeys(("NO", "SE", "DK"), "kl. 13.00")
_THOUSANDS = {"NO": "10 000", "SE": "10 000", "DK": "10.000"}
_DECIMALS = dict.fromkeys(("NO", "SE", "DK"), "2,5")
_PER_CENT = dict.fromkeys(("NO", "SE", "DK"), "50 %")
_LAW = dict.fromkeys(("NO", "SE", "DK"), "country.secrecy.text or another provision of the profile")


def _only(right: dict[str, str], *countries: str) -> dict[str, str]:
    return {country: right[country] for country in countries}


def _rule(code: str, pattern: str, message: str, right: dict[str, str]) -> Convention:
    return Convention(code, re.compile(pattern), message, right)


CONVENTIONS = (
    _rule(
        "check.date",
        rf"{_DAY}\s?[/-]\s?[01]?\d\s?[-/.\s]\s?\d{{2,4}}{_END}",
        "a date is not written with strokes",
        _SHORT,
    ),
    _rule(
        "check.date",
        rf"{_DAY}\.\s?[01]?\d\.\s?\d{{2}}{_END}",
        "a year has four digits",
        _SHORT,
    ),
    _rule(
        "check.date",
        rf"{_DAY}\.\s?[01]?\d\.\s?\d{{4}}{_END}",
        "a date is not written with full stops",
        _only(_SHORT, "SE"),
    ),
    _rule(
        "check.date",
        rf"(?<![\d.,/-])\d{{4}}-\d\d-\d\d{_END}",
        "a date is not written year first",
        _only(_SHORT, "NO", "DK"),
    ),
    _rule(
        "check.date",
        rf"{_DAY}\s+{_MONTHS}[a-zæøå]*(?!\w)",
        "a day has a full stop before the month",
        _only(_LONG, "NO", "DK"),
    ),
    _rule(
        "check.date",
        rf"{_DAY}\.\s*{_MONTHS}[a-zåäö]*(?!\w)",
        "a day has no full stop before the month",
        _only(_LONG, "SE"),
    ),
    _rule(
        "check.time",
        r"(?<![\d:])[0-2]?\d:[0-5]\d(?![\d:])",
        "hours and minutes have a full stop between them",
        _TIME,
    ),
    _rule(
        "check.time",
        r"(?i:\bkl)\s+\d[\d.]*|(?i:\bkl)\.\d[\d.]*",
        "the short form of the hour is “kl.” and a space",
        _TIME,
    ),
    _rule(
        "check.number",
        r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]*\d)",
        "thousands are not set off by a full stop",
        _only(_THOUSANDS, "NO", "SE"),
    ),
    _rule(
        "check.number",
        r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?![\d.,]*\d)",
        "thousands are not set off by a space",
        _only(_THOUSANDS, "DK"),
    ),
    _rule(
        "check.number",
        r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]*\d)",
        "thousands are not set off by a comma",
        _THOUSANDS,
    ),
    _rule(
        "check.number",
        r"(?<![\d.,:-])\d{5,7}(?![\d.,:-]*\d)",
        "thousands of a large number are set off",
        _THOUSANDS,
    ),
    _rule("check.number", r"(?<![\d.,])\d+\.\d(?![\d.])", "decimals follow a comma", _DECIMALS),
    _rule("check.number", r"\d%", "there is a space before the per cent sign", _PER_CENT),
    _rule("check.law", r"§+\s?\d+|\d+\s?§+", "a provision of law stands in the words", _LAW),
)


def check_conventions(country: str, passages: Iterable[Passage]) -> Iterator[Finding]:
    """What is written against a country's conventions.

    Args:
        country: two-letter code of the country whose conventions the language follows.
        passages: the words.
    """
    rules = [rule for rule in CONVENTIONS if country in rule.right]
    for passage in passages:
        for rule in rules:
            for found in rule.pattern.finditer(passage.text):
                hint = f"write it so: {rule.right[country]}"
                yield passage.finding(rule.code, found.span(), rule.message, hint)
