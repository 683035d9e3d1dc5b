"""Where, in what form and until when a decision can be appealed, and what keeps an appeal back.

The last days were reckoned by hand with a calendar on the wall, not with the code. Easter Sunday
is 9 April 2023, 31 March 2024, 20 April 2025, 5 April 2026, 28 March 2027 and 16 April 2028.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import pytest

import planforms as pf
from planforms.rules.appeals import appeal_facts, appeal_problems
from planforms.rules.facts import Fact
from planforms.services import list_services, load_country, load_service
from planforms.services.timing import Deadline
from planforms.setting import read_setting
from tests.reports import GONE, LANGUAGES, example_data, problems_of, setting_of

NORWEGIAN = "harstad/appeal_of_a_decision_on_social_services"
PLACE = "molde/appeal_of_a_place_at_an_employer"
LATE = "harstad/late_appeal_with_protected_identity"
SWEDISH = "hjortmossen/draft_appeal_without_its_law"
REVIEW = "team_work/request_for_review_at_the_insurance_agency"
DANISH = "vivirk/appeal_by_a_representative"

OF_COUNTRY = {"NO": NORWEGIAN, "SE": SWEDISH, "DK": DANISH}
COUNTRY_OF = {
    "sosialtjenesteloven": "NO",
    "folketrygdloven": "NO",
    "arbeidsmarkedsloven": "NO",
    "arbeidsmarkedsloven_plass": "NO",
    "socialtjanstlagen": "SE",
    "socialforsakringsbalken": "SE",
    "beskaeftigelsesindsatsloven": "DK",
    "aktivloven": "DK",
    "serviceloven": "DK",
    "barnets_lov": "DK",
    "stu_loven": "DK",
}
"""Every statute with its country."""
NORWEGIAN_STATUTES = [key for key, code in COUNTRY_OF.items() if code == "NO"]
NUMBER = "010190 12345"


def example_of(statute: str) -> str:
    return OF_COUNTRY[COUNTRY_OF[statute]]


def appeal_of(path: str, changes: dict[str, Any] | None = None) -> pf.Appeal:
    return pf.load(example_data(path, changes), pf.Appeal)


def facts(path: str, changes: dict[str, Any] | None = None) -> dict[str, Fact]:
    data = appeal_of(path, changes)
    return {fact.rule: fact for fact in appeal_facts(data, setting_of(data))}


def told(
    statute: str,
    told_on: str,
    *,
    written_on: date | None = None,
    received_on: date | None = None,
) -> dict[str, Any]:
    """Changes of an example: a decision, and when the appeal of it was written and received."""
    return {
        "status": "draft",
        "issued_on": written_on.isoformat() if written_on else None,
        "decision": {"statute": statute, "told_on": told_on},
        "receipt": {"received_on": received_on.isoformat()} if received_on else None,
    }


# --- the bodies -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statute", "sent_to", "decided_by"),
    [
        ("sosialtjenesteloven", "Nav Harstad, Eksempelgata 2, 9400 HARSTAD", "Statsforvalteren"),
        ("folketrygdloven", "Nav", "Nav Klageinstans, og deretter Trygderetten"),
        ("arbeidsmarkedsloven", "Nav", "Nav Klageinstans"),
        ("arbeidsmarkedsloven_plass", "Nav", "Nav Klageinstans"),
        (
            "socialtjanstlagen",
            "Socialnämnden i Trollhättans Stad, Exempelvägen 1, 461 00 TROLLHÄTTAN",
            "förvaltningsrätten",
        ),
        ("socialforsakringsbalken", "Försäkringskassan", None),
        (
            "beskaeftigelsesindsatsloven",
            "Eksempelby Kommune, Eksempelvej 10, 8999 Eksempelby",
            "Ankestyrelsen",
        ),
        ("aktivloven", "Eksempelby Kommune, Eksempelvej 10, 8999 Eksempelby", "Ankestyrelsen"),
        ("serviceloven", "Eksempelby Kommune, Eksempelvej 10, 8999 Eksempelby", "Ankestyrelsen"),
        ("barnets_lov", "Eksempelby Kommune, Eksempelvej 10, 8999 Eksempelby", "Ankestyrelsen"),
        (
            "stu_loven",
            "Eksempelby Kommune, Eksempelvej 10, 8999 Eksempelby",
            "Klagenævnet for Specialundervisning",
        ),
    ],
)
def test_the_statute_decides_the_bodies(statute: str, sent_to: str, decided_by: str | None) -> None:
    found = facts(example_of(statute), told(statute, "2026-05-07"))
    assert found["appeal_to"].words == sent_to
    decides = found.get("appeal_decided_by")
    assert (decides.words if decides else None) == decided_by


def test_a_service_that_knows_no_body_leaves_the_one_that_the_law_names() -> None:
    changes = {"case.service": "team_work"}
    changes |= told("socialforsakringsbalken", "2026-05-07")
    assert facts(SWEDISH, changes)["appeal_to"].words == "Försäkringskassan"


# --- the last day, reckoned by hand ---------------------------------------------------------

CASES = [
    # Norway, three weeks: forvaltningsloven §§ 29 and 30
    ("sosialtjenesteloven", "2026-05-07", "2026-05-28", "Thu", "a working day"),
    ("sosialtjenesteloven", "2026-06-06", "2026-06-29", "Mon", "Saturday 27 June"),
    ("sosialtjenesteloven", "2026-06-07", "2026-06-29", "Mon", "Sunday 28 June"),
    ("sosialtjenesteloven", "2026-06-08", "2026-06-29", "Mon", "that Monday itself"),
    ("sosialtjenesteloven", "2026-04-10", "2026-05-04", "Mon", "Friday 1 May and a weekend"),
    ("sosialtjenesteloven", "2027-04-10", "2027-05-03", "Mon", "1 May on a Saturday"),
    ("sosialtjenesteloven", "2026-04-26", "2026-05-18", "Mon", "17 May on a Sunday"),
    ("sosialtjenesteloven", "2027-04-26", "2027-05-18", "Tue", "17 May and Whit Monday in one"),
    ("sosialtjenesteloven", "2028-04-26", "2028-05-18", "Thu", "17 May on a Wednesday"),
    ("sosialtjenesteloven", "2026-03-11", "2026-04-01", "Wed", "the day before Maundy Thursday"),
    ("sosialtjenesteloven", "2026-03-12", "2026-04-07", "Tue", "Maundy Thursday to Easter Monday"),
    ("sosialtjenesteloven", "2026-03-16", "2026-04-07", "Tue", "Easter Monday"),
    ("sosialtjenesteloven", "2026-04-23", "2026-05-15", "Fri", "Ascension Day"),
    ("sosialtjenesteloven", "2026-05-04", "2026-05-26", "Tue", "Whit Monday"),
    ("sosialtjenesteloven", "2026-12-03", "2026-12-24", "Thu", "Christmas Eve is no holiday here"),
    ("sosialtjenesteloven", "2026-12-04", "2026-12-28", "Mon", "25 and 26 December, a Sunday"),
    ("sosialtjenesteloven", "2026-12-10", "2026-12-31", "Thu", "New Year's Eve is no holiday here"),
    ("sosialtjenesteloven", "2026-12-11", "2027-01-04", "Mon", "New Year's Day and a weekend"),
    ("sosialtjenesteloven", "2028-02-08", "2028-02-29", "Tue", "a leap day"),
    # Norway, six weeks: folketrygdloven § 21-12
    ("folketrygdloven", "2026-05-07", "2026-06-18", "Thu", "a working day"),
    ("folketrygdloven", "2026-02-20", "2026-04-07", "Tue", "Good Friday"),
    ("folketrygdloven", "2026-02-28", "2026-04-13", "Mon", "Saturday 11 April"),
    ("folketrygdloven", "2026-03-20", "2026-05-04", "Mon", "Friday 1 May"),
    ("folketrygdloven", "2026-04-02", "2026-05-15", "Fri", "Ascension Day; told on a holiday"),
    ("folketrygdloven", "2026-11-13", "2026-12-28", "Mon", "Christmas"),
    # Norway, six weeks: arbeidsmarkedsloven § 17
    ("arbeidsmarkedsloven", "2026-07-06", "2026-08-17", "Mon", "a working day in August"),
    ("arbeidsmarkedsloven", "2026-04-13", "2026-05-26", "Tue", "Whit Monday"),
    ("arbeidsmarkedsloven", "2028-04-05", "2028-05-18", "Thu", "17 May"),
    ("arbeidsmarkedsloven", "2026-05-10", "2026-06-22", "Mon", "Sunday 21 June"),
    # Norway, three weeks where a place at an employer is awarded: the same section
    ("arbeidsmarkedsloven_plass", "2026-05-07", "2026-05-28", "Thu", "three weeks, not six"),
    ("arbeidsmarkedsloven_plass", "2026-04-10", "2026-05-04", "Mon", "Friday 1 May"),
    ("arbeidsmarkedsloven_plass", "2026-03-13", "2026-04-07", "Tue", "Good Friday"),
    ("arbeidsmarkedsloven_plass", "2026-12-07", "2026-12-28", "Mon", "the first Monday after"),
    # Sweden, three weeks: 44 § förvaltningslagen; days off: 2 § lagen (1930:173)
    ("socialtjanstlagen", "2026-10-12", "2026-11-02", "Mon", "a working day"),
    ("socialtjanstlagen", "2026-10-10", "2026-11-02", "Mon", "All Saints' Day, a Saturday"),
    ("socialtjanstlagen", "2026-12-03", "2026-12-28", "Mon", "Christmas Eve to Sunday"),
    ("socialtjanstlagen", "2026-12-10", "2027-01-04", "Mon", "New Year's Eve to Sunday"),
    ("socialtjanstlagen", "2026-12-16", "2027-01-07", "Thu", "Epiphany"),
    ("socialtjanstlagen", "2026-05-29", "2026-06-22", "Mon", "Midsummer Eve"),
    ("socialtjanstlagen", "2026-03-12", "2026-04-02", "Thu", "Maundy Thursday is none here"),
    ("socialtjanstlagen", "2026-03-13", "2026-04-07", "Tue", "Good Friday to Easter Monday"),
    ("socialtjanstlagen", "2026-04-10", "2026-05-04", "Mon", "Friday 1 May"),
    ("socialtjanstlagen", "2026-04-23", "2026-05-15", "Fri", "Ascension Day"),
    ("socialtjanstlagen", "2026-05-04", "2026-05-25", "Mon", "Whit Monday is none here"),
    ("socialtjanstlagen", "2025-05-16", "2025-06-09", "Mon", "6 June on a Friday"),
    ("socialtjanstlagen", "2028-04-26", "2028-05-17", "Wed", "17 May is none here"),
    # Sweden, two months: 113 kap. 19 § socialförsäkringsbalken
    ("socialforsakringsbalken", "2026-04-16", "2026-06-16", "Tue", "the same day of the month"),
    ("socialforsakringsbalken", "2026-10-12", "2026-12-14", "Mon", "Saturday 12 December"),
    ("socialforsakringsbalken", "2026-07-31", "2026-09-30", "Wed", "September has 30 days"),
    ("socialforsakringsbalken", "2026-08-31", "2026-11-02", "Mon", "Saturday 31 October"),
    ("socialforsakringsbalken", "2026-12-29", "2027-03-01", "Mon", "February has 28 days; Sunday"),
    ("socialforsakringsbalken", "2026-12-31", "2027-03-01", "Mon", "28 February on a Sunday"),
    ("socialforsakringsbalken", "2027-12-31", "2028-02-29", "Tue", "February has 29 days"),
    ("socialforsakringsbalken", "2028-02-29", "2028-05-02", "Tue", "Saturday 29 April to 1 May"),
    ("socialforsakringsbalken", "2026-03-02", "2026-05-04", "Mon", "Saturday 2 May"),
    ("socialforsakringsbalken", "2026-04-19", "2026-06-22", "Mon", "Midsummer Eve"),
    ("socialforsakringsbalken", "2026-10-24", "2026-12-28", "Mon", "Christmas Eve"),
    ("socialforsakringsbalken", "2026-11-06", "2027-01-07", "Thu", "Epiphany"),
    # Denmark, four weeks: retssikkerhedsloven § 67
    ("beskaeftigelsesindsatsloven", "2026-02-26", "2026-03-26", "Thu", "a working day"),
    ("beskaeftigelsesindsatsloven", "2026-08-01", "2026-08-31", "Mon", "Saturday 29 August"),
    ("beskaeftigelsesindsatsloven", "2026-04-03", "2026-05-01", "Fri", "Store bededag is gone"),
    ("beskaeftigelsesindsatsloven", "2024-03-29", "2024-04-26", "Fri", "gone from 2024"),
    ("beskaeftigelsesindsatsloven", "2023-04-07", "2023-05-08", "Mon", "Store bededag was one"),
    ("beskaeftigelsesindsatsloven", "2028-05-08", "2028-06-06", "Tue", "Whit Monday on 5 June"),
    ("aktivloven", "2026-08-02", "2026-08-31", "Mon", "Sunday 30 August"),
    ("aktivloven", "2026-03-05", "2026-04-07", "Tue", "Maundy Thursday to Easter Monday"),
    ("aktivloven", "2026-04-16", "2026-05-15", "Fri", "Ascension Day"),
    ("aktivloven", "2026-11-27", "2026-12-28", "Mon", "25 and 26 December, a Sunday"),
    ("serviceloven", "2026-02-27", "2026-03-27", "Fri", "a working day"),
    ("serviceloven", "2026-03-09", "2026-04-07", "Tue", "Easter Monday"),
    ("serviceloven", "2026-04-27", "2026-05-26", "Tue", "Whit Monday"),
    ("serviceloven", "2026-12-04", "2027-01-04", "Mon", "New Year's Day and a weekend"),
    ("barnets_lov", "2026-03-06", "2026-04-07", "Tue", "Good Friday"),
    ("barnets_lov", "2028-02-01", "2028-02-29", "Tue", "a leap day"),
    ("barnets_lov", "2026-11-25", "2026-12-23", "Wed", "the day before Christmas Eve"),
]
"""Statute, day one was told, last day, its weekday, and what stands in the way or does not."""

DOUBTFUL_CASES = [
    ("beskaeftigelsesindsatsloven", "2026-05-08", "2026-06-05", "Fri", "2026-06-09"),
    ("beskaeftigelsesindsatsloven", "2024-05-08", "2024-06-05", "Wed", "2024-06-07"),
    ("aktivloven", "2023-05-07", "2023-06-05", "Mon", "2023-06-07"),
    ("aktivloven", "2026-11-26", "2026-12-24", "Thu", "2026-12-29"),
    ("serviceloven", "2024-11-26", "2024-12-24", "Tue", "2024-12-28"),
    ("serviceloven", "2026-12-03", "2026-12-31", "Thu", "2027-01-05"),
    ("barnets_lov", "2024-12-03", "2024-12-31", "Tue", "2025-01-03"),
]
"""Danish deadlines on 5 June, 24 and 31 December: the last day and the first that is surely late.

The last day is told as if those were ordinary days, so that nobody waits too long. The second of
the dates in 2023 is where Sunday 4 June moves to; Friday 27 December 2024 is the first weekday
after Christmas, Thursday 2 January 2025 after the new year.
"""


@pytest.mark.parametrize(("statute", "told_on", "last", "weekday", "_why"), CASES)
def test_the_last_day_is_the_one_that_was_reckoned_by_hand(
    statute: str, told_on: str, last: str, weekday: str, _why: str
) -> None:
    assert calendar.day_abbr[calendar.weekday(*ymd(last))] == weekday
    assert facts(example_of(statute), told(statute, told_on))["appeal_by"].date == day(last)


@pytest.mark.parametrize(("statute", "told_on", "last", "weekday", "_late"), DOUBTFUL_CASES)
def test_the_last_day_that_is_told_is_the_earliest_it_can_be(
    statute: str, told_on: str, last: str, weekday: str, _late: str
) -> None:
    assert calendar.day_abbr[calendar.weekday(*ymd(last))] == weekday
    assert facts(DANISH, told(statute, told_on))["appeal_by"].date == day(last)


def test_the_cases_are_many_and_leave_no_statute_out() -> None:
    assert len({case[:2] for case in CASES}) >= 60
    timed = {
        key
        for code in OF_COUNTRY
        for key, statute in load_country(code).statutes.items()
        if statute.appeal
    }
    assert {case[0] for case in CASES} == timed
    assert timed == set(COUNTRY_OF) - {"stu_loven"}


def day(text: str) -> date:
    return date.fromisoformat(text)


def ymd(text: str) -> tuple[int, int, int]:
    found = day(text)
    return found.year, found.month, found.day


# --- both sides of the limit ----------------------------------------------------------------


@pytest.mark.parametrize(("statute", "told_on", "last", "_weekday", "_why"), CASES)
def test_only_the_day_after_the_last_is_too_late(
    statute: str, told_on: str, last: str, _weekday: str, _why: str
) -> None:
    for late in (0, 1):
        made = day(last) + timedelta(days=late)
        changes = told(statute, told_on, written_on=made, received_on=made)
        overdue = facts(example_of(statute), changes).get("appeal_overdue")
        assert (overdue.date if overdue else None) == (day(last) if late else None)


@pytest.mark.parametrize(("statute", "told_on", "last", "_weekday", "late"), DOUBTFUL_CASES)
def test_a_danish_day_of_doubt_and_the_next_weekday_are_never_called_late(
    statute: str, told_on: str, last: str, _weekday: str, late: str
) -> None:
    made = day(last)
    while made < day(late):
        changes = told(statute, told_on, written_on=made, received_on=made)
        assert "appeal_overdue" not in facts(DANISH, changes), made
        made += timedelta(days=1)
    changes = told(statute, told_on, written_on=made, received_on=made)
    assert "appeal_overdue" in facts(DANISH, changes)


@pytest.mark.parametrize("statute", NORWEGIAN_STATUTES)
def test_a_norwegian_appeal_that_was_written_in_time_is_never_late(statute: str) -> None:
    last = facts(NORWEGIAN, told(statute, "2026-05-07"))["appeal_by"].date
    assert last is not None
    for delay in (1, 7, 60):
        received = last + timedelta(days=delay)
        changes = told(statute, "2026-05-07", written_on=last, received_on=received)
        assert "appeal_overdue" not in facts(NORWEGIAN, changes)
    changes = told(statute, "2026-05-07", received_on=last + timedelta(days=1))
    assert "appeal_overdue" not in facts(NORWEGIAN, changes)


def test_an_appeal_by_word_of_mouth_was_made_when_it_was_heard_and_not_when_it_was_printed() -> (
    None
):
    heard, printed = date(2026, 6, 18), date(2026, 6, 22)
    changes = told("folketrygdloven", "2026-05-07", written_on=printed, received_on=heard)
    assert "appeal_overdue" not in facts(NORWEGIAN, changes)
    changes = told("folketrygdloven", "2026-05-07", written_on=printed)
    assert "appeal_overdue" in facts(NORWEGIAN, changes)


@pytest.mark.parametrize(
    ("statute", "last"),
    [("socialtjanstlagen", date(2026, 5, 28)), ("aktivloven", date(2026, 6, 4))],
)
def test_where_it_must_have_arrived_the_day_it_was_written_is_not_enough(
    statute: str, last: date
) -> None:
    after = last + timedelta(days=1)
    changes = told(statute, "2026-05-07", written_on=last, received_on=after)
    assert "appeal_overdue" in facts(example_of(statute), changes)
    changes = told(statute, "2026-05-07", written_on=after, received_on=last)
    assert "appeal_overdue" not in facts(example_of(statute), changes)


@pytest.mark.parametrize("statute", ["sosialtjenesteloven", "socialtjanstlagen", "aktivloven"])
def test_before_it_is_received_the_day_it_was_written_counts(statute: str) -> None:
    path = example_of(statute)
    late = told(statute, "2026-05-07", written_on=date(2026, 6, 10))
    assert "appeal_overdue" in facts(path, late)
    in_time = told(statute, "2026-05-07", written_on=date(2026, 5, 27))
    assert "appeal_overdue" not in facts(path, in_time)
    assert "appeal_overdue" not in facts(path, told(statute, "2026-05-07"))


def test_a_late_appeal_may_be_sent_all_the_same() -> None:
    text = pf.render(appeal_of(LATE)).text()
    assert "Fristen gikk ut 17.\u00a0august\u00a02026. Du kan klage likevel." in text
    assert "Fristen gikk ut" not in pf.render(appeal_of(NORWEGIAN)).text()


# --- the other deadlines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made_on", "latest"),
    [
        ("2026-05-04", date(2027, 5, 4)),
        ("2026-12-31", date(2027, 12, 31)),
        ("2027-03-01", date(2028, 3, 1)),
        ("2028-02-29", date(2029, 2, 28)),
        ("2027-02-28", date(2028, 2, 28)),
    ],
)
@pytest.mark.parametrize("statute", NORWEGIAN_STATUTES)
def test_nothing_is_handled_a_year_after_the_norwegian_decision_was_made(
    statute: str, made_on: str, latest: date
) -> None:
    decision = {"statute": statute, "made_on": made_on, "told_on": None}
    changes = {"decision": decision, "receipt": None, "status": "draft"}
    assert facts(NORWEGIAN, changes)["appeal_latest"].date == latest


@pytest.mark.parametrize(
    ("told_on", "told_of_the_limit"),
    [("2027-04-12", True), ("2027-04-13", False), ("2027-04-14", False), ("2028-01-10", False)],
)
def test_whoever_was_told_late_is_not_told_of_a_limit_that_ends_before_the_deadline(
    told_on: str, told_of_the_limit: bool
) -> None:
    decision = {"statute": "sosialtjenesteloven", "made_on": "2026-05-04", "told_on": told_on}
    found = facts(NORWEGIAN, {"decision": decision, "receipt": None, "status": "draft"})
    assert ("appeal_latest" in found) == told_of_the_limit
    assert found["appeal_by"].date


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_limit_is_told_as_a_rule_since_not_everything_about_it_is_settled(language: str) -> None:
    text = pf.render(appeal_of(NORWEGIAN), language=language).text()
    limit = {
        "no": "tatt opp etter",
        "nn": "teken opp etter",
        "sv": "tas upp efter den",
        "da": "tages op efter den",
    }
    [line] = [line for line in text.splitlines() if limit[language] in line]
    assert "som regel" in line


@pytest.mark.parametrize(
    ("forwarded_on", "by"),
    [
        ("2026-03-10", date(2026, 4, 7)),
        ("2026-03-23", date(2026, 4, 20)),
        ("2028-02-01", date(2028, 2, 29)),
        ("2026-11-30", date(2026, 12, 28)),
    ],
)
@pytest.mark.parametrize(
    "statute", ["beskaeftigelsesindsatsloven", "aktivloven", "serviceloven", "barnets_lov"]
)
def test_a_danish_municipality_looks_at_it_again_within_four_weeks_of_getting_it(
    statute: str, forwarded_on: str, by: date
) -> None:
    changes = told(statute, "2026-01-05") | {"decision.forwarded_on": forwarded_on}
    assert facts(DANISH, changes)["appeal_reconsidered_by"].date == by


@pytest.mark.parametrize("statute", COUNTRY_OF)
def test_a_deadline_that_the_law_does_not_set_is_not_told(statute: str) -> None:
    found = facts(example_of(statute), told(statute, "2026-05-07"))
    code = COUNTRY_OF[statute]
    assert ("appeal_latest" in found) == (code == "NO")
    assert ("appeal_reconsidered_by" in found) == (code == "DK" and statute != "stu_loven")
    assert ("appeal_by" in found) == (statute != "stu_loven")


def test_a_law_that_leaves_the_time_to_the_decision_is_never_overdue() -> None:
    changes = told("stu_loven", "2020-01-02", written_on=date(2026, 5, 7))
    found = facts(DANISH, changes)
    assert "appeal_overdue" not in found
    assert "Fristen står i" in found["appeal_note"].words


@pytest.mark.parametrize(
    ("statute", "words"),
    [
        ("sosialtjenesteloven", "3 uker etter at du fikk vite om vedtaket"),
        ("folketrygdloven", "6 uker etter at du fikk vite om vedtaket"),
        ("arbeidsmarkedsloven_plass", "3 uker etter at du fikk vite om vedtaket"),
    ],
)
def test_until_the_day_is_told_the_deadline_speaks_without_a_date(statute: str, words: str) -> None:
    fact = facts(NORWEGIAN, {"decision": {"statute": statute}})["appeal_by"]
    assert fact.date is None
    assert fact.words == words


@pytest.mark.parametrize("code", OF_COUNTRY)
def test_every_statute_and_each_of_its_deadlines_names_its_source(code: str) -> None:
    after = {
        "appeal": "decision.told_on",
        "latest": "decision.made_on",
        "reconsidered": "decision.forwarded_on",
    }
    for statute in load_country(code).statutes.values():
        assert statute.source
        for key, trigger in after.items():
            deadline = getattr(statute, key)
            if deadline:
                assert isinstance(deadline, Deadline)
                assert deadline.source
                assert deadline.checked
                assert deadline.after == trigger


# --- nothing is guessed ---------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{"decision.statute": GONE}, {"decision": GONE}])
@pytest.mark.parametrize("path", [NORWEGIAN, REVIEW, DANISH])
def test_without_a_statute_nothing_is_guessed(path: str, changes: dict[str, Any]) -> None:
    assert facts(path, changes) == {}


@pytest.mark.parametrize("service", list_services())
def test_a_blank_form_has_no_facts_where_the_laws_of_the_country_differ(service: str) -> None:
    assert appeal_facts(None, read_setting(service)) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_its_statute_an_appeal_says_where_to_look_and_whom_to_call(language: str) -> None:
    text = pf.render(appeal_of(NORWEGIAN, {"decision.statute": GONE}), language=language).text()
    look = {
        "no": "Se først etter fristen",
        "nn": "Sjå først etter fristen",
        "sv": "Titta först i brevet",
        "da": "Se først efter",
    }
    [line] = [line for line in text.splitlines() if line.startswith(look[language])]
    assert load_service("harstad").organisation.phone in line
    assert "Statsforvalt" not in text
    blank = pf.blank("appeal", service="harstad", language=language).text()
    assert "☐ folketrygdlov" in blank
    assert "Statsforvalt" not in blank


# --- what the law asks of it ----------------------------------------------------------------


def found_problems(path: str, changes: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    """Code and place of what keeps an appeal back."""
    data = appeal_of(path, changes)
    return {(one.code, one.place) for one in appeal_problems(data, setting_of(data))}


def issuing(path: str, changes: dict[str, Any]) -> set[tuple[str, str]]:
    """Code and place of each problem when a final appeal is rendered."""
    with pytest.raises(pf.DataError) as caught:
        pf.render(appeal_of(path, changes))
    return problems_of(caught.value)


@pytest.mark.parametrize("path", [NORWEGIAN, PLACE, LATE, REVIEW, DANISH])
def test_the_examples_can_be_issued(path: str) -> None:
    assert found_problems(path) == set()


@pytest.mark.parametrize(
    ("statute", "signed", "change"),
    [
        ("sosialtjenesteloven", True, True),
        ("folketrygdloven", False, False),
        ("arbeidsmarkedsloven", True, True),
        ("arbeidsmarkedsloven_plass", True, True),
        ("socialtjanstlagen", False, True),
        ("socialforsakringsbalken", False, True),
        ("beskaeftigelsesindsatsloven", False, False),
        ("aktivloven", False, False),
        ("serviceloven", False, False),
        ("barnets_lov", False, False),
        ("stu_loven", False, False),
    ],
)
def test_a_signature_and_the_change_wanted_are_asked_where_the_law_does(
    statute: str, signed: bool, change: bool
) -> None:
    path = REVIEW if statute == "socialforsakringsbalken" else example_of(statute)
    bare: dict[str, Any] = {"decision.statute": statute, "signatures": [], "change": None}
    expected = set()
    if signed:
        expected.add(("data.appeal_signature", "signatures"))
    if change:
        expected.add(("data.appeal_change", "change"))
    assert found_problems(path, bare) == expected
    place_to_sign = [{"role": "participant", "state": "to_sign"}]
    whole = {"decision.statute": statute, "signatures": place_to_sign, "change": "Slik."}
    assert found_problems(path, whole) == set()


def test_an_appeal_without_what_the_law_asks_is_not_issued_but_may_be_a_draft() -> None:
    bare = {"signatures": [], "change": GONE}
    expected = {("data.appeal_signature", "signatures"), ("data.appeal_change", "change")}
    assert expected <= issuing(NORWEGIAN, bare)
    assert pf.render(appeal_of(NORWEGIAN, bare | {"status": "draft"})).text()


def test_by_the_insurance_code_one_asks_for_a_review_first() -> None:
    remedy = ("data.appeal_remedy", "variant")
    assert remedy in issuing(REVIEW, {"variant": GONE})
    assert remedy not in found_problems(REVIEW)
    other = {"decision.statute": "socialtjanstlagen"}
    assert remedy not in found_problems(REVIEW, {"variant": GONE, **other})
    assert remedy in found_problems(REVIEW, other)
    document = pf.render(appeal_of(REVIEW))
    assert document.title == "Begäran om omprövning"
    assert "förvaltningsrätten" not in document.text()


AUTHORITY = ("data.appeal_authority", "appellant")


@pytest.mark.parametrize("path", [NORWEGIAN, REVIEW, DANISH])
@pytest.mark.parametrize("capacity", ["representative", "guardian", "relative", "other"])
def test_nobody_appeals_for_somebody_without_authority(path: str, capacity: str) -> None:
    appellant = {"capacity": capacity, "name": "Kari Eksempel"}
    support = [{"kind": "support_person", "name": "Kari Eksempel"}]
    changes = {"appellant": appellant, "case.participant.representatives": support}
    assert AUTHORITY in issuing(path, changes)
    signed = changes | {"appellant": appellant | {"authorised_on": "2026-03-16"}}
    assert AUTHORITY not in found_problems(path, signed)


def test_a_guardian_of_the_case_needs_no_authority_and_a_named_representative_does() -> None:
    for capacity, lacks in (("guardian", False), ("representative", True), ("relative", True)):
        kind = "guardian" if capacity == "relative" else capacity
        changes = {
            "appellant": {"capacity": capacity, "name": "Lone Sønderby"},
            "case.participant.representatives": [{"kind": kind, "name": "Lone Sønderby"}],
        }
        assert (AUTHORITY in found_problems(DANISH, changes)) == lacks, capacity


@pytest.mark.parametrize("capacity", ["participant", None])
def test_the_participant_appeals_without_an_authority(capacity: str | None) -> None:
    changes = {"appellant": {"capacity": capacity, "helped_by": "Lone Sønderby"}}
    assert found_problems(DANISH, changes) == set()


# --- who must be reached, and what must not be printed --------------------------------------


def test_whoever_decides_must_be_able_to_reach_a_protected_person() -> None:
    lost = ("data.safe_contact", "appellant.safe_contact")
    assert lost in issuing(LATE, {"appellant.safe_contact": GONE})
    assert lost in found_problems(LATE, {"appellant": GONE})
    assert lost not in found_problems(NORWEGIAN)
    unprotected = {"appellant.safe_contact": GONE, "case.participant.protected_identity": False}
    assert lost not in found_problems(LATE, unprotected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_safe_way_is_printed_and_no_other(language: str) -> None:
    secret = {
        "case.participant.national_id": NUMBER,
        "case.participant.phone": "11 22 33 99",
        "case.participant.address": {
            "street": "Eksempelgata 77",
            "postal_code": "9400",
            "town": "HARSTAD",
        },
        "appellant.helped_by": "Søsteren i Eksempelgata",
    }
    text = pf.render(appeal_of(LATE, secret), language=language).text()
    assert "Gjennom veilederen hos Nav Harstad, telefon 11 22 33 00" in text
    for hidden in (NUMBER, "11 22 33 99", "Eksempelgata 77", "Søsteren", "Bare gjennom veilederen"):
        assert hidden not in text


ASKS_FOR_NUMBER = {
    "folketrygdloven",
    "arbeidsmarkedsloven",
    "arbeidsmarkedsloven_plass",
    "socialtjanstlagen",
    "socialforsakringsbalken",
}


@pytest.mark.parametrize("statute", COUNTRY_OF)
def test_the_national_number_is_printed_only_where_the_statute_asks(statute: str) -> None:
    changes = {"decision.statute": statute, "case.participant.national_id": NUMBER}
    path = example_of(statute)
    asked = statute in ASKS_FOR_NUMBER
    draft = changes | {"status": "draft"}
    assert (NUMBER in pf.render(appeal_of(path, draft)).text()) == asked
    assert ("appeal_identity_number" in facts(path, changes)) == asked


@pytest.mark.parametrize("path", [NORWEGIAN, REVIEW, DANISH])
def test_without_a_statute_no_national_number_is_printed(path: str) -> None:
    changes = {"decision.statute": GONE, "case.participant.national_id": NUMBER, "status": "draft"}
    assert NUMBER not in pf.render(appeal_of(path, changes)).text()
