"""Papers of a unit: the partnership plan and the plan for a year."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from tests.reports import GONE, example_data, problems_of

PARTNERS = "vivirk/partnership_plan_local"
YEAR = "harstad/unit_plan_2026"


def render(example: str, changes: dict[str, Any] | None = None) -> pf.Document:
    return pf.render(pf.load(example_data(example, changes)))


def refused(example: str, changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.DataError) as caught:
        render(example, changes)
    return problems_of(caught.value)


# --- partnership plan -------------------------------------------------------------------------


@pytest.mark.parametrize("ground", ["general_consent", "general", "consent"])
def test_a_general_consent_is_no_ground(ground: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(example_data(PARTNERS, {"exchange.0.ground": ground}))
    assert problems_of(caught.value) == {("data.general_consent", "exchange[0].ground")}


def test_an_exchange_by_law_names_its_provision() -> None:
    assert refused(PARTNERS, {"exchange.2.provision": GONE}) == {
        ("data.needed", "exchange[2].provision")
    }
    assert render(PARTNERS, {"exchange.2.provision": GONE, "status": "draft"})


def test_an_exchange_rests_on_one_ground() -> None:
    changes = {"exchange.0.provision": "retssikkerhedsloven § 11 a"}
    assert refused(PARTNERS, changes) == {("data.exchange_ground", "exchange[0].provision")}


def test_a_partnership_has_two_organisations_at_least() -> None:
    parties = example_data(PARTNERS)["parties"]
    assert refused(PARTNERS, {"parties": parties[:1]}) == {("data.parties", "parties")}
    twice = [parties[0], {**parties[1], "organisation": parties[0]["organisation"].upper()}]
    assert refused(PARTNERS, {"parties": twice}) == {("data.parties", "parties")}
    assert render(PARTNERS, {"parties": parties[:2]})


def test_every_party_has_a_place_to_sign() -> None:
    text = render(PARTNERS).text()
    for party in example_data(PARTNERS)["parties"]:
        assert text.count(party["organisation"]) >= 2


@pytest.mark.parametrize("share", [0, 101, 80.5])
def test_a_share_is_of_a_hundred(share: float) -> None:
    with pytest.raises(pf.DataError):
        pf.load(example_data(PARTNERS, {"participant_goals.0.share": share}))


@pytest.mark.parametrize("day", ["2023-12-29", "2027-01-04"])
def test_the_parties_look_at_the_plan_within_its_period(day: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(example_data(PARTNERS, {"review_on": day}))
    assert {problem.code for problem in caught.value.problems} == {"data.date_order"}


def test_review_and_end_of_a_partnership_are_due() -> None:
    facts = {fact.rule: str(fact.date) for fact in pf.deadlines(pf.load(example_data(PARTNERS)))}
    assert facts["partnership_review"] == "2025-06-03"
    assert facts["partnership_end"] == "2026-12-31"


# --- unit plan --------------------------------------------------------------------------------


def test_a_measure_has_a_cost_or_is_within_the_frame() -> None:
    place = "goals[0].measures[0].cost"
    assert refused(YEAR, {"goals.0.measures.0.funding": GONE}) == {("data.needed", place)}
    assert refused(YEAR, {"goals.0.measures.0.cost": 500}) == {("data.cost", place)}
    assert render(YEAR, {"goals.0.measures.0.cost": 500, "goals.0.measures.0.funding": GONE})


def test_no_two_goals_have_one_number() -> None:
    changes = {"goals.1.number": "1.1", "status": "draft"}
    assert refused(YEAR, changes) == {("data.key", "goals[1].number")}


NEEDED = ("perspective", "text", "indicator", "measured_when", "measured_by", "measures")


@pytest.mark.parametrize("field", [*NEEDED, "on_deviation"])
def test_every_goal_is_measured_and_says_what_is_done_on_deviation(field: str) -> None:
    [(code, place), *_] = sorted(refused(YEAR, {f"goals.0.{field}": GONE}))
    assert code == "data.needed"
    assert place.startswith(f"goals[0].{field}")


def test_measures_end_within_the_year_and_the_calendar_lies_in_it() -> None:
    for path in ("goals.0.measures.0.due", "calendar.0.on"):
        with pytest.raises(pf.DataError) as caught:
            pf.load(example_data(YEAR, {path: "2027-01-08"}))
        assert {problem.code for problem in caught.value.problems} == {"data.date_order"}


def test_the_plan_is_called_what_the_service_calls_it_and_lies_on_its_side() -> None:
    assert render(YEAR).title == "Handlingsdel"
    assert render("molde/unit_plan_2026").title == "Årsplan"
    assert pf.blank("unit_plan", service="team_work").title == "Verksamhetsplan"


def test_measures_and_days_of_the_calendar_are_due() -> None:
    facts = pf.deadlines(pf.load(example_data(YEAR)))
    assert "2026-05-29" in {str(fact.date) for fact in facts if fact.rule == "unit_measure"}
    calendar = [str(fact.date) for fact in facts if fact.rule == "unit_calendar"]
    assert calendar == ["2026-05-08", "2026-06-19", "2026-09-11", "2026-12-11"]
