from __future__ import annotations

import pytest

from planforms.checking.wording.conventions import CONVENTIONS, check_conventions
from tests.checking.wording.files import words

RIGHT = {
    "NO": "5.6.2014, 05.06.2014, 5. juni 2014, kl. 9.00–15.00, 10 000 kr, 2,5 timer, 50 %",
    "SE": "2013-12-13, 13 december 2013, kl. 9.00, 10 000 kr, 2,5 timmar, 50 %",
    "DK": "1.2.1990, den 25. november 1990, kl. 17.30, 3.478 kr., 2,5 timer, 50 %",
}
HARMLESS = (
    "1 av 4, 14 dager, side 2–3, år 2026, 100 prosent, og/eller, 12 34 56 78, A4, 6 til 8 uker"
)

WRONG = [
    ("NO", "5/6-2014", "check.date"),
    ("NO", "5/6/2014", "check.date"),
    ("NO", "05-06-2014", "check.date"),
    ("NO", "2014-06-05", "check.date"),
    ("NO", "5.6.14", "check.date"),
    ("NO", "5 juni 2014", "check.date"),
    ("NO", "13:00", "check.time"),
    ("NO", "kl 13.00", "check.time"),
    ("NO", "kl.13.00", "check.time"),
    ("NO", "1,000", "check.number"),
    ("NO", "10.000", "check.number"),
    ("NO", "10000", "check.number"),
    ("NO", "2.5", "check.number"),
    ("NO", "0%", "check.number"),
    ("NO", "§ 13", "check.law"),
    ("SE", "13/12 2013", "check.date"),
    ("SE", "13.12.2013", "check.date"),
    ("SE", "13. december", "check.date"),
    ("SE", "9:30", "check.time"),
    ("SE", "10.000", "check.number"),
    ("SE", "5.6.14", "check.date"),
    ("SE", "kl 9.30", "check.time"),
    ("SE", "1,000", "check.number"),
    ("SE", "100000", "check.number"),
    ("SE", "2.5", "check.number"),
    ("SE", "0%", "check.number"),
    ("SE", "26 kap. 1 §", "check.law"),
    ("DK", "1/2-1990", "check.date"),
    ("DK", "25 november", "check.date"),
    ("DK", "1990-02-01", "check.date"),
    ("DK", "1.2.90", "check.date"),
    ("DK", "17:30", "check.time"),
    ("DK", "kl 17", "check.time"),
    ("DK", "10000", "check.number"),
    ("DK", "0%", "check.number"),
    ("DK", "10 000", "check.number"),
    ("DK", "1,000,000", "check.number"),
    ("DK", "2.5", "check.number"),
    ("DK", "§§ 12", "check.law"),
]


@pytest.mark.parametrize("country", RIGHT)
def test_what_follows_the_conventions_is_left_alone(country: str) -> None:
    found = check_conventions(country, words(f"<p>{RIGHT[country]}. {HARMLESS}</p>"))
    assert [finding.text for finding in found] == []


@pytest.mark.parametrize(("country", "text", "code"), WRONG)
def test_what_breaks_them_is_told_once_with_the_right_way(
    country: str, text: str, code: str
) -> None:
    [finding] = check_conventions(country, words(f"<p>Fra {text} av</p>"))
    assert finding.code == code
    assert finding.text in text
    assert finding.hint.startswith("write it so: ")


def test_widths_of_tables_and_values_of_the_case_are_not_written_by_hand() -> None:
    content = '<table><tr><th width="36%">Dag</th><td>{{ a|date("13:00") }}</td></tr></table>'
    assert list(check_conventions("NO", words(content))) == []


def test_every_convention_of_every_country_is_broken_by_an_example() -> None:
    for rule in CONVENTIONS:
        for country in rule.right:
            broken = [text for where, text, _ in WRONG if where == country]
            assert any(rule.pattern.search(text) for text in broken), (rule.message, country)


def test_an_unknown_country_has_no_conventions() -> None:
    assert list(check_conventions("", words("<p>13:00 5/6-2014</p>"))) == []
