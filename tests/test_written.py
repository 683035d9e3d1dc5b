"""Days and numbers as people write them."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforms.languages import load_words
from planforms.models.fields import write_time
from planforms.written import DoubtError, parse_date, parse_money, parse_number, parse_time
from tests.reports import LANGUAGES

FIRST_OF_JUNE = date(2026, 6, 1)
"""A Monday."""
CLEAR = (
    *("2026-06-01", "2026/6/1", "2026.06.01", "20260601", "1/6-2026", "1/6/2026", "1.6.2026"),
    *("1-6-2026", "01.06.2026", "1.6.26", "1/6-26", "1/6/26", "1/6'26"),
)
SPACED = ("1/6 2026", "1/6 26", "1. 6. 2026", "1.6. 2026", "1 6 2026", " 1/6 '26 ", "den 1/6 26")
NAMED = {
    "no": ("1. juni 2026", "mandag 1. juni 2026", "d. 1. juni 2026", "man. 1/6 2026", "1.jun. 26"),
    "nn": ("1. juni 2026", "måndag 1. juni 2026", "d. 1. juni 2026", "mån. 1/6 2026", "1.jun. 26"),
    "sv": ("1 juni 2026", "måndagen den 1 juni 2026", "den 1:a juni 2026", "1 JUNI -26"),
    "da": ("1. juni 2026", "mandag den 1. juni 2026", "d. 1/6-26", "1. juni\u00a02026"),
}
UNCLEAR = {
    "1/6": "year_missing",
    "1. juni": "year_missing",
    "d. 1. juni": "year_missing",
    "010626": "date_order",
    "260601": "date_order",
    "6/13/2026": "date_order",
    "26-06-01": "date_order",
    "1.6.99": "year_short",
    "31.2.2026": "date",
    "juni 2026": "date",
    "snart": "date",
    "1.6.2026 og 2.6.2026": "date",
    "1.6.226": "date",
}
NUMBERS = {
    "37,5": "37.5",
    "37.5": "37.5",
    " 37 ": "37",
    "37½": "37.5",
    "½": "0.5",
    "1 250": "1250",
    "1\u00a0250,25": "1250.25",
    "1.250,5": "1250.5",
    "1.250.000": "1250000",
    "\u22123": "-3",
}


def doubt(language: str, text: str, *, birth: bool = False) -> str:
    with pytest.raises(DoubtError) as caught:
        parse_date(text, load_words(language), birth=birth)
    assert text not in caught.value.message + caught.value.hint
    return caught.value.code.removeprefix("form.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_read_as_people_write_them(language: str) -> None:
    words = load_words(language)
    for text in (*CLEAR, *SPACED, *NAMED[language]):
        assert parse_date(text, words) == FIRST_OF_JUNE, text


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(0, 365 * 200))
def test_every_day_that_a_language_prints_is_read_back(language: str, number: int) -> None:
    words, day = load_words(language), date(1900, 1, 1) + timedelta(days=number)
    for text in (words.date(day), words.date(day, "short"), day.isoformat()):
        assert parse_date(text, words, birth=True) == day


def test_what_can_be_read_in_two_ways_is_no_day() -> None:
    for text, code in UNCLEAR.items():
        assert doubt("no", text) == code, text


def test_two_digits_first_are_a_year_in_sweden() -> None:
    assert doubt("sv", "01-06-26") == "date_order"
    assert parse_date("01-06-26", load_words("da")) == FIRST_OF_JUNE
    assert doubt("sv", "31-12-26") == "date_order"


def test_a_day_of_birth_needs_four_digits() -> None:
    assert doubt("no", "1.6.26", birth=True) == "year_short"
    assert doubt("sv", "19-06-26", birth=True) == "date_order"
    assert parse_date("1.6.1999", load_words("no"), birth=True) == date(1999, 6, 1)


def test_a_day_of_the_week_must_fit_its_date() -> None:
    assert doubt("no", "tirsdag 1. juni 2026") == "weekday"
    assert doubt("sv", "tisdagen den 1 juni 2026") == "weekday"


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_read_as_people_write_them(language: str) -> None:
    words = load_words(language)
    for text, value in NUMBERS.items():
        assert parse_number(text, words) == Decimal(value), text
    for value in ("0", "37.25", "12345.5"):
        assert parse_number(words.number(Decimal(value)), words) == Decimal(value)


@pytest.mark.parametrize("text", ["1.250", "1,250", "12.500"])
def test_a_mark_that_can_be_two_things_is_no_number(text: str) -> None:
    with pytest.raises(DoubtError) as caught:
        parse_number(text, load_words("da"))
    assert caught.value.code == "form.number_mark"


@pytest.mark.parametrize("text", ["", "ca. 20", "20-25", "tjue", "20 %", "1.2.3", "1 25", "NaN"])
def test_what_is_no_number_is_none(text: str) -> None:
    with pytest.raises(DoubtError) as caught:
        parse_number(text, load_words("no"))
    assert caught.value.code == "form.number"


def test_hours_may_have_their_name_behind_them() -> None:
    for language, text in (
        ("no", "37,5 timer"),
        ("nn", "37,5 timar"),
        ("sv", "37,5 tim."),
        ("da", "37,5 t"),
    ):
        assert parse_number(text, load_words(language), hours=True) == Decimal("37.5")
    with pytest.raises(DoubtError):
        parse_number("37,5 timer", load_words("no"))
    with pytest.raises(DoubtError):
        parse_number("37,5 uker", load_words("no"), hours=True)


@given(text=st.text(max_size=40))
def test_whatever_is_written_is_a_value_or_a_doubt(text: str) -> None:
    words = load_words("sv")
    for parse in (parse_date, parse_number):
        try:
            assert parse(text, words) is not None
        except DoubtError as doubt:
            assert doubt.hint


# --- times of day and amounts ---------------------------------------------------------------

TIMES = {"13.30": "13:30", "13:30": "13:30", "kl. 9": "09:00", "kl 09.05": "09:05", "1330": "13:30"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_read_as_people_write_them(language: str) -> None:
    words = load_words(language)
    for text, meant in TIMES.items():
        assert parse_time(text, words) == time.fromisoformat(meant), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_time_that_a_language_prints_is_read_back(language: str) -> None:
    words = load_words(language)
    for minute in range(24 * 60):
        meant = time(*divmod(minute, 60))
        assert parse_time(words.time(meant), words) == meant
        assert parse_time(write_time(meant), words) == meant


def test_times_are_printed_as_each_language_writes_them() -> None:
    printed = {language: load_words(language).time(time(9)) for language in LANGUAGES}
    assert printed | {"no": "09.00", "nn": "09.00", "sv": "9.00", "da": "09.00"} == printed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kl. 2", "time_half"),
        ("2.30", "time_half"),
        ("24.00", "time"),
        ("13.60", "time"),
        ("halv to", "time"),
        ("13-15", "time"),
        ("930", "time"),
        ("", "time"),
    ],
)
def test_what_can_be_two_times_or_none_is_no_time(text: str, code: str) -> None:
    with pytest.raises(DoubtError) as caught:
        parse_time(text, load_words("no"))
    assert caught.value.code == f"form.{code}"


AMOUNTS = {
    "1250": "1250",
    "1 250": "1250",
    "1.250": "1250",
    "1 250 kr": "1250",
    "kr. 1.250,50": "1250.50",
    "1250,-": "1250",
    "kr 300,-": "300",
    "1250:- ": "1250",
    "12,5": "12.5",
}


@pytest.mark.parametrize(
    ("language", "currency"), [("no", "NOK"), ("nn", "NOK"), ("sv", "SEK"), ("da", "DKK")]
)
def test_amounts_are_read_as_people_write_them(language: str, currency: str) -> None:
    words = load_words(language)
    for text, value in AMOUNTS.items():
        assert parse_money(text, words, currency) == Decimal(value), text
    for number in ("0", "0.05", "999.90", "1250", "1234567.89"):
        printed = words.money(Decimal(number), currency)
        assert parse_money(printed, words, currency) == Decimal(number), printed


def test_whole_amounts_are_printed_without_decimals() -> None:
    printed = [
        load_words(language).money(Decimal("1250.00"), currency).replace("\u00a0", " ")
        for language, currency in (("no", "NOK"), ("sv", "SEK"), ("da", "DKK"), ("sv", "NOK"))
    ]
    assert printed == ["1 250 kr", "1 250 kr", "1.250 kr.", "1 250 Nkr"]
    assert load_words("no").money(Decimal("0.5"), "NOK") == "0,50\u00a0kr"


@pytest.mark.parametrize("text", ["", "ca. 200", "200-300", "200 EUR", "to hundre", "1.2.3"])
def test_what_is_no_amount_is_none(text: str) -> None:
    with pytest.raises(DoubtError) as caught:
        parse_money(text, load_words("no"), "NOK")
    assert caught.value.code == "form.number"
