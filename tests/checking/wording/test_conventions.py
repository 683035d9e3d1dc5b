from __future__ import annotations

import pytest

from planforms.checking.wording.conventions import check_conventions, conventions_of
from planforms.languages import Conventions, LocaleSettings
from tests.checking.wording.files import settings, words
from tests.reports import LANGUAGES

RIGHT = {
    "no": "senest 5. juni, «ord», 5.6.2014–7.6.2014, en – to, e-post, 5.6.2014, "
    "05.06.2014, 5. juni 2014, kl. 9.00–15.00, 10 000 kr, 2,5 timer, 50 %",
    "nn": "seinast 5. juni, «ord», 5.6.2014–7.6.2014, ein – to, e-post, 5.6.2014, "
    "05.06.2014, 5. juni 2014, kl. 9.00–15.00, 10 000 kr, 2,5 timar, 50 %",
    "sv": "senast den 5 juni, ”ord”, 2014-06-05 – 2014-06-07, 2013-12-13, "
    "13 december 2013, kl. 9.00, 10 000 kr, 2,5 timmar, 50 %",
    "da": "senest den 5. juni, »ord«, 5.6.2014–7.6.2014, 1.2.1990, "
    "den 25. november 1990, kl. 17.30, 3.478 kr., 2,5 timer, 50 %",
}
HARMLESS = (
    "1 av 4, 14 dager, side 2–3, år 2026, 100 prosent, og/eller, 12 34 56 78, A4, 6 til 8 uker"
)

WRONG = [
    ("no", "5/6-2014", "check.date"),
    ("no", "5/6/2014", "check.date"),
    ("no", "05-06-2014", "check.date"),
    ("no", "2014-06-05", "check.date"),
    ("no", "5.6.14", "check.date"),
    ("no", "5 juni 2014", "check.date"),
    ("no", "13:00", "check.time"),
    ("no", "kl 13.00", "check.time"),
    ("no", "kl.13.00", "check.time"),
    ("no", "1,000", "check.number"),
    ("no", "10.000", "check.number"),
    ("no", "10000", "check.number"),
    ("no", "2.5", "check.number"),
    ("no", "0%", "check.number"),
    ("no", "§ 13", "check.law"),
    ("no", "senest den 5. juni", "check.date"),
    ("no", "6 – 8", "check.date"),
    ("no", "”ord”", "check.quotation"),
    ("no", "»ord«", "check.quotation"),
    ("no", '"ord"', "check.quotation"),
    ("no", "“ord”", "check.quotation"),
    ("no", "en - to", "check.dash"),
    ("no", "en -- to", "check.dash"),
    ("nn", "5/6-2014", "check.date"),
    ("nn", "5/6/2014", "check.date"),
    ("nn", "05-06-2014", "check.date"),
    ("nn", "2014-06-05", "check.date"),
    ("nn", "5.6.14", "check.date"),
    ("nn", "5 juni 2014", "check.date"),
    ("nn", "13:00", "check.time"),
    ("nn", "kl 13.00", "check.time"),
    ("nn", "kl.13.00", "check.time"),
    ("nn", "1,000", "check.number"),
    ("nn", "10.000", "check.number"),
    ("nn", "10000", "check.number"),
    ("nn", "2.5", "check.number"),
    ("nn", "0%", "check.number"),
    ("nn", "§ 13", "check.law"),
    ("nn", "seinast den 5. juni", "check.date"),
    ("nn", "6 – 8", "check.date"),
    ("nn", "”ord”", "check.quotation"),
    ("nn", "»ord«", "check.quotation"),
    ("nn", '"ord"', "check.quotation"),
    ("nn", "“ord”", "check.quotation"),
    ("nn", "ein - to", "check.dash"),
    ("nn", "ein -- to", "check.dash"),
    ("sv", "13/12 2013", "check.date"),
    ("sv", "13.12.2013", "check.date"),
    ("sv", "13. december", "check.date"),
    ("sv", "9:30", "check.time"),
    ("sv", "10.000", "check.number"),
    ("sv", "5.6.14", "check.date"),
    ("sv", "kl 9.30", "check.time"),
    ("sv", "1,000", "check.number"),
    ("sv", "100000", "check.number"),
    ("sv", "2.5", "check.number"),
    ("sv", "0%", "check.number"),
    ("sv", "26 kap. 1 §", "check.law"),
    ("sv", "senast 5 juni", "check.date"),
    ("sv", "2014-06-05–2014-06-07", "check.date"),
    ("sv", "«ord»", "check.quotation"),
    ("sv", "“ord”", "check.quotation"),
    ("sv", "»ord«", "check.quotation"),
    ("sv", '"ord"', "check.quotation"),
    ("sv", "en - två", "check.dash"),
    ("da", "1/2-1990", "check.date"),
    ("da", "25 november", "check.date"),
    ("da", "1990-02-01", "check.date"),
    ("da", "1.2.90", "check.date"),
    ("da", "17:30", "check.time"),
    ("da", "kl 17", "check.time"),
    ("da", "10000", "check.number"),
    ("da", "0%", "check.number"),
    ("da", "10 000", "check.number"),
    ("da", "1,000,000", "check.number"),
    ("da", "2.5", "check.number"),
    ("da", "§§ 12", "check.law"),
    ("da", "senest 5. juni", "check.date"),
    ("da", "Senest 30. marts", "check.date"),
    ("da", "1.5.2014 – 7.5.2014", "check.date"),
    ("da", "”ord”", "check.quotation"),
    ("da", "«ord»", "check.quotation"),
    ("da", "„ord“", "check.quotation"),
    ("da", '"ord"', "check.quotation"),
    ("da", "en - to", "check.dash"),
]


@pytest.mark.parametrize("language", RIGHT)
def test_what_follows_the_conventions_is_left_alone(language: str) -> None:
    found = check_conventions(settings(language), words(f"<p>{RIGHT[language]}. {HARMLESS}</p>"))
    assert [finding.text for finding in found] == []


@pytest.mark.parametrize(("language", "text", "code"), WRONG)
def test_what_breaks_them_is_told_once_with_the_right_way(
    language: str, text: str, code: str
) -> None:
    [finding] = check_conventions(settings(language), words(f"<p>Fra {text} av</p>"))
    assert finding.code == code
    assert finding.text in text
    assert finding.hint.startswith("write it so: ")


def test_widths_of_tables_and_values_of_the_case_are_not_written_by_hand() -> None:
    content = '<table><tr><th width="36%">Dag</th><td>{{ a|date("13:00") }}</td></tr></table>'
    assert list(check_conventions(settings("no"), words(content))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_convention_of_every_language_is_broken_by_an_example(language: str) -> None:
    broken = [text for where, text, _ in WRONG if where == language]
    for rule in conventions_of(settings(language)):
        assert any(rule.pattern.search(text) for text in broken), (rule.message, language)


def test_a_language_that_shows_no_example_has_no_convention_but_that_of_laws() -> None:
    plain = LocaleSettings(tag="fi", babel="fi_FI", short_date="d.M.yyyy")
    assert list(check_conventions(plain, words("<p>13:00 5/6-2014 50%</p>"))) == []
    assert [f.code for f in check_conventions(plain, words("<p>Se § 5</p>"))] == ["check.law"]


def test_the_example_of_a_language_decides_what_is_wrong() -> None:
    english = LocaleSettings(
        tag="en",
        babel="en_GB",
        short_date="dd/MM/yyyy",
        conventions=Conventions(
            date="5/6/2014",
            long_date="5 June 2014",
            time="13:00",
            thousands="10,000",
            decimals="2.5",
            per_cent="50%",
        ),
    )
    right = "5/6/2014, 5 June 2014, 13:00, 10,000, 2.5, 50%"
    assert list(check_conventions(english, words(f"<p>{right}</p>"))) == []
    wrong = ["5. June", "2014-06-05", "10 000", "5.6.2014"]
    found = check_conventions(english, words(f"<p>{', '.join(wrong)}</p>"))
    assert {f.text for f in found} == set(wrong)
