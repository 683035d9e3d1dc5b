"""Papers of a unit: the partnership plan, the plan for a year and the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.services import load_service
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


# --- unit report ------------------------------------------------------------------------------

REPORT = "molde/unit_report_of_the_year"


def test_the_reports_of_the_services_have_their_headings() -> None:
    counts = {"molde": {"year": 7}, "harstad": {"month": 2, "third": 5, "half_year": 6}}
    counts |= {"vivirk": {"half_year": 5}, "hjortmossen": {"steering": 4}, "team_work": {}}
    for service, expected in counts.items():
        reports = load_service(service).reports
        assert {name: len(one.headings) for name, one in reports.items()} == expected


@pytest.mark.parametrize(("service", "variant"), [("molde", "year"), ("harstad", "month")])
def test_the_empty_form_of_a_report_has_its_headings(service: str, variant: str) -> None:
    profile = load_service(service)
    text = pf.blank("unit_report", service=service, data={"variant": variant}).text()
    for key, words in profile.report_headings.items():
        assert (words in text) is (key in profile.reports[variant].headings)


def test_an_issued_report_tells_something_under_each_heading() -> None:
    sections = example_data(REPORT)["sections"]
    assert refused(REPORT, {"sections": sections[:-1]}) == {("data.needed", "sections")}
    assert render(REPORT, {"sections": sections[:-1], "status": "draft"})


def test_a_heading_of_no_such_report_and_one_twice_are_refused() -> None:
    changes = {"sections.1.heading": "service", "status": "draft"}
    assert refused(REPORT, changes) == {("data.key", "sections[1].heading")}
    other = "harstad/unit_report_of_a_third"
    changes = {"sections.1.heading": "staff", "status": "draft"}
    assert refused(other, changes) == {("data.key", "sections[1].heading")}


@pytest.mark.parametrize("count", [1, 4])
def test_a_report_to_others_tells_no_small_number(count: int) -> None:
    assert refused(REPORT, {"numbers.3.count": count}) == {
        ("data.small_number", "numbers[3].count")
    }
    assert render(REPORT, {"numbers.3.count": count, "status": "draft"})


@pytest.mark.parametrize("count", [0, 5])
def test_a_report_to_others_tells_none_and_five(count: int) -> None:
    assert render(REPORT, {"numbers.3.count": count})


def test_a_report_for_the_unit_alone_tells_every_number() -> None:
    sections = [{"heading": key, "text": "Ingenting å melde."} for key in ("results", "deviations")]
    changes = {"variant": "month", "sections": sections, "numbers.2.count": 3}
    assert render("harstad/unit_report_of_a_third", changes)


@pytest.mark.parametrize("number", ["170579 12345", "19790517-1234", "170579-1234"])
def test_a_report_names_nobody_by_a_number(number: str) -> None:
    changes = {"summary": f"Deltakeren {number} fikk jobb.", "status": "draft"}
    assert refused(REPORT, changes) == {("data.person", "summary")}


def test_ordinary_numbers_are_no_person() -> None:
    assert render(REPORT, {"summary": "Ring 11 22 33 44. Sak 2026/0412, 120 000 kroner i 2025."})


def test_a_goal_that_is_behind_says_what_is_done() -> None:
    assert refused(REPORT, {"goals.0.action": GONE}) == {("data.needed", "goals[0].action")}
    assert render(REPORT, {"goals.0.action": GONE, "goals.0.state": "reached"})


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"participants", "activities"', '"participant", "activities"', "reports.year.headings"),
        ("[reports.year]", "[reports.decade]", "reports.decade"),
    ],
)
def test_reports_that_do_not_fit_are_told(tmp_path: Path, old: str, new: str, place: str) -> None:
    profile = Path(pf.__file__).parent / "services" / "molde.toml"
    text = profile.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "molde.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "molde.png").write_bytes(profile.with_suffix(".png").read_bytes())
    with pytest.raises(pf.ProfileError) as caught:
        load_service("molde", [tmp_path])
    assert ("profile.key", f"molde.toml: {place}") in problems_of(caught.value)
