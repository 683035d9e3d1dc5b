"""Letters: one clean text for all spellings, and one folding for all comparisons."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planforms as pf
from planforms.models.letters import INVISIBLE, clean, folded, has_control, has_override, same
from tests.reports import report_data

INVISIBLE_ALONE = (
    *"\u200b\ufeff\u2060\u00ad\u200e\u200d\u180e\u034f\u3164\u2800\ufe0f",
    "\u200b \u00a0\ufeff",
    "\U000e0041",
)


@pytest.mark.parametrize("text", INVISIBLE_ALONE, ids=ascii)
def test_a_value_of_invisible_letters_alone_is_empty(text: str) -> None:
    for path in ("conclusion", "case.participant.name"):
        with pytest.raises(pf.DataError) as caught:
            pf.load(report_data({path: text}))
        [problem] = caught.value.problems
        assert (problem.code, problem.place) == ("data.string_too_short", path)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\u030ase", "åse"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("✔\ufe0f ❤\ufe0f ☑\ufe0f", "✔ ❤ ☑"),
        ("a\ufeffb\u034f", "ab"),
        ("soft\u00adhyphen \u200ea\u200db\u2060", "soft\u00adhyphen \u200ea\u200db\u2060"),
        ("x\u200b", "x\u200b"),
        ("k\u030c", "ǩ"),
    ],
)
def test_a_text_is_kept_composed_and_without_idle_letters(written: str, kept: str) -> None:
    assert clean(written) == kept
    report = pf.load(report_data({"conclusion": written}), pf.FinalReport)
    assert report.conclusion == kept


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_letter_newer_than_the_interpreter_is_a_letter() -> None:
    """U+1FA77 is of Unicode 15, U+0378 of none yet."""
    for letter in ("\U0001fa77", "\u0378", "\U0001fffc"):
        document = pf.render(pf.load(report_data({"conclusion": f"Ja {letter}"})))
        assert "Ja \ufffd" in document.text()
        assert [w.code for w in document.warnings] == ["data.glyph"]


def test_what_is_no_letter_is_told_without_the_tables_of_the_interpreter() -> None:
    """Unassigned code points, which a later Unicode may make letters, are letters."""
    noncharacters = {*range(0xFDD0, 0xFDF0)}
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        category = unicodedata.category(letter)
        never = category in {"Cc", "Cs", "Co"} or code & 0xFFFE == 0xFFFE or code in noncharacters
        assert has_control(letter) == (never and letter not in "\n\t"), hex(code)


def test_overrides_are_known() -> None:
    assert all(map(has_override, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
    assert not has_override("".join(INVISIBLE))


ONE_NAME = (
    "Åse-Marie O’Brørby",
    unicodedata.normalize("NFD", "Åse-Marie O’Brørby"),
    "åse-marie  o'brørby",
    "ÅSE\u2011MARIE O\u02bcBRØRBY ",
    "Åse\u2013Marie O\u00b4Brør\u00adby",
    "Åse\u200b-Marie O`Brørby\ufe0f",
    "\u200eＡ\u030ase‐Marie O‘Brørby\u200f",
)


@pytest.mark.parametrize("name", ONE_NAME, ids=ascii)
def test_one_name_in_any_spelling_is_the_same(name: str) -> None:
    assert same(name, ONE_NAME[0])
    assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize("other", ["Åse-Marie O’Brørbye", "Ase-Marie O’Brørby", "", None])
def test_another_name_is_another(other: str | None) -> None:
    assert not same(ONE_NAME[0], other)
    assert not same(other, None)


@pytest.mark.parametrize("hours", ["-0.0", -0.0, "-0"])
def test_nothing_has_no_sign(hours: Any) -> None:
    report = pf.load(report_data({"extent.planned": hours}), pf.FinalReport)
    assert report.extent and not report.extent.planned.is_signed()  # type: ignore[union-attr]
    assert "-0" not in pf.render(report).text().replace("-06", "")


NUMBERS = [
    "2026/12 Ola Nordmann",
    "2026/12 Ola",
    "Nordmann 12",
    "2026\u200d12",
    "2026\u201112",
    "2026/12é",
    "٢٠٢٦",
    "-12",
    "1" * 41,
]


@pytest.mark.parametrize("number", NUMBERS, ids=ascii)
def test_a_case_number_holds_no_words_and_no_odd_letters(number: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(report_data({"case.number": number}))
    [problem] = caught.value.problems
    assert problem.place == "case.number"
    assert problem.code in {
        "data.case_number",
        "data.string_pattern_mismatch",
        "data.string_too_long",
    }
    assert number not in str(problem)
