"""Where and until when a decision can be appealed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import planforms as pf
from planforms.rules.appeals import appeal_facts
from planforms.rules.facts import Fact
from planforms.services import load_country, load_service
from planforms.setting import read_setting
from tests.reports import GONE, LANGUAGES, example_data, setting_of

APPEAL = "harstad/appeal_of_a_decision_on_social_services"
LATE = "harstad/late_appeal_with_protected_identity"
SWEDISH = "hjortmossen/draft_appeal_without_its_law"
DANISH = "vivirk/complaint_by_a_parent"


def facts(path: str, changes: dict[str, Any] | None = None) -> dict[str, Fact]:
    data = pf.load(example_data(path, changes))
    assert isinstance(data, pf.Complaint)
    found = appeal_facts(data, setting_of(data))
    return {fact.rule: fact for fact in found}


def appeal(statute: str, **days: str) -> dict[str, Any]:
    return {"matter": "decision", "decision": {"statute": statute, **days}}


@pytest.mark.parametrize(
    ("path", "statute", "told_on", "last_day", "sent_to", "decided_by"),
    [
        (
            APPEAL,
            "sosialtjenesteloven",
            "2026-05-07",
            date(2026, 5, 28),
            "Nav-kontoret",
            "Statsforvalteren",
        ),
        (
            APPEAL,
            "folketrygdloven",
            "2026-05-07",
            date(2026, 6, 18),
            "Nav",
            "Nav Klageinstans",
        ),
        (
            APPEAL,
            "arbeidsmarkedsloven",
            "2026-05-07",
            date(2026, 6, 18),
            "Nav",
            "Nav Klageinstans",
        ),
        (
            SWEDISH,
            "socialtjanstlagen",
            "2026-10-12",
            date(2026, 11, 2),
            "nämnden",
            "förvaltningsrätten",
        ),
        (
            SWEDISH,
            "socialforsakringsbalken",
            "2026-10-12",
            date(2026, 12, 14),  # the 12th is a Saturday
            "Försäkringskassan",
            "förvaltningsrätten",
        ),
        (
            DANISH,
            "serviceloven",
            "2026-02-27",
            date(2026, 3, 27),
            "kommunen",
            "Ankestyrelsen",
        ),
    ],
)
def test_the_statute_decides_the_bodies_and_the_last_day(
    path: str, statute: str, told_on: str, last_day: date, sent_to: str, decided_by: str
) -> None:
    found = facts(path, appeal(statute, told_on=told_on))
    assert found["appeal_by"].date == last_day
    assert found["appeal_to"].words == sent_to
    assert found["appeal_decided_by"].words == decided_by


@pytest.mark.parametrize(
    ("told_on", "last_day"),
    [
        ("2026-12-03", date(2026, 12, 28)),  # Christmas Eve and three days off
        ("2026-05-29", date(2026, 6, 22)),  # Midsummer Eve
        ("2026-12-10", date(2027, 1, 4)),  # New Year's Eve
    ],
)
def test_a_swedish_deadline_that_ends_on_an_eve_ends_on_the_next_working_day(
    told_on: str, last_day: date
) -> None:
    changes = appeal("socialtjanstlagen", told_on=told_on)
    assert facts(SWEDISH, changes)["appeal_by"].date == last_day


def test_a_norwegian_appeal_has_an_absolute_limit_from_the_day_of_the_decision() -> None:
    assert facts(APPEAL)["appeal_latest"].date == date(2027, 5, 4)


def test_a_danish_municipality_looks_at_it_again_within_four_weeks_of_getting_it() -> None:
    changes = appeal("aktivloven", told_on="2026-03-02", forwarded_on="2026-03-10")
    found = facts(DANISH, changes)
    assert found["appeal_reconsidered_by"].date == date(2026, 4, 7)
    assert found["appeal_note"].words.startswith("Du kan klage mundtligt")


@pytest.mark.parametrize(
    "changes",
    [
        {"decision.statute": GONE},
        {"decision": GONE},
        {"matter": "service"},
    ],
)
def test_without_a_statute_or_an_appeal_nothing_is_guessed(changes: dict[str, Any]) -> None:
    assert facts(APPEAL, changes) == {}


def test_a_blank_form_has_no_facts_of_appeals() -> None:
    assert appeal_facts(None, read_setting("molde")) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_without_the_statute_asks_for_it_and_says_where_to_call(language: str) -> None:
    data = pf.load(example_data(APPEAL, {"decision.statute": GONE}))
    document = pf.render(data, language=language)
    phone = load_service("harstad").organisation.phone
    asked = {"no": "Hvilken lov", "sv": "Vilken lag", "da": "Hvilken lov"}[language]
    (line,) = [line for line in document.text().splitlines() if line.startswith(asked)]
    assert phone in line
    assert "☐ folketrygdloven" in document.text()
    assert "Statsforvalteren\n" not in document.text()


def test_until_the_day_is_told_the_deadline_speaks_without_a_date() -> None:
    fact = facts(APPEAL, {"decision.told_on": GONE})["appeal_by"]
    assert fact.date is None
    assert fact.words == "3 uker etter at du fikk vite om vedtaket"


def test_an_appeal_in_time_is_not_called_late() -> None:
    changes = {"receipt.received_on": "2026-05-28", "receipt.read_back_on": GONE}
    assert "appeal_overdue" not in facts(APPEAL, changes)


def test_an_appeal_after_the_last_day_is_told_to_be_sent_all_the_same() -> None:
    changes = {"receipt.received_on": "2026-05-29", "receipt.read_back_on": GONE}
    assert facts(APPEAL, changes)["appeal_overdue"].date == date(2026, 5, 28)
    text = pf.render(pf.load(example_data(LATE))).text()
    assert "Fristen gikk ut 17.\u00a0august\u00a02026. Send klagen likevel" in text


def test_before_it_is_received_the_day_it_was_written_counts() -> None:
    changes = {"receipt": GONE, "issued_on": "2026-06-01"}
    assert "appeal_overdue" in facts(APPEAL, changes)


@pytest.mark.parametrize("code", ["NO", "SE", "DK"])
def test_every_deadline_of_a_statute_names_its_source_and_when_it_was_checked(code: str) -> None:
    for statute in load_country(code).statutes.values():
        assert statute.source
        assert statute.appeal.source
        assert statute.appeal.checked
        assert statute.appeal.after == "decision.told_on"
