"""What is particular about the action plan: what it needs, says, and withholds."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from tests.reports import GONE, LANGUAGES, SERVICES, example_data, problems_of

WORKSHOP = "molde/action_plan_workshop_and_bike_shop"
DECLINED = "team_work/action_plan_member_declines_to_sign"
PROTECTED = "hjortmossen/action_plan_protected_identity"
SUPPORTED = "vivirk/action_plan_with_interpreter_and_support_person"
DRAFT = "harstad/action_plan_draft_without_follow_up"


def plan(path: str = WORKSHOP, changes: dict[str, Any] | None = None, **options: Any) -> str:
    document = pf.render(pf.load(example_data(path, changes)), **options)
    return document.text().replace("\u00a0", " ")


def refused(path: str, changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.PlanformsError) as caught:
        plan(path, changes)
    return problems_of(caught.value)


@pytest.mark.parametrize(
    "row",
    [
        "Mål: Jobbe tjue timer i uken i verkstedet på Smia.\n12.06.2026\ndeltaker\n"
        "kontaktperson, Randi Hjelset Moen, innen 12.06.2026",
        "Delmål: Tolv timer i uken, fire uker på rad.\n17.04.2026\ndeltaker\n"
        "kontaktperson, innen 17.04.2026",
        "Spørre to butikker om praksis.\n29.05.2026\nkontaktperson, Randi Hjelset Moen\n"
        "veileder, Turid Aasen Lie, innen 05.06.2026",
    ],
)
def test_every_step_says_by_when_who_and_who_follows_up(row: str) -> None:
    assert row in plan()


@pytest.mark.parametrize("field", ["due", "responsible"])
@pytest.mark.parametrize("step", ["goals.0", "goals.0.sub_goals.1", "goals.1.activities.0"])
def test_no_plan_is_issued_without_a_date_and_a_person_for_each_step(step: str, field: str) -> None:
    place = step.replace(".0", "[0]").replace(".1", "[1]")
    assert refused(WORKSHOP, {f"{step}.{field}": GONE}) == {("data.needed", f"{place}.{field}")}


def test_a_step_cannot_end_after_its_goal() -> None:
    changes = {"goals.0.sub_goals.1.due": "2026-06-13"}
    assert refused(WORKSHOP, changes) == {("data.date_order", "goals[0].sub_goals[1].due")}


def test_no_plan_is_issued_without_a_team() -> None:
    assert ("data.needed", "case.team") in refused(WORKSHOP, {"case.team": []})


def test_whoever_declines_to_sign_is_named_with_the_note() -> None:
    text = plan(DECLINED)
    note = example_data(DECLINED)["signatures"][3]["note"]
    assert "Har valt att inte skriva under" in text
    assert note in text


def test_disagreement_of_the_participant_and_of_the_team_stands_in_the_plan() -> None:
    view = example_data(DECLINED)["view"]
    text = plan(DECLINED)
    assert view["disagreement"] in text
    assert view["team_disagreement"] in text


def test_whoever_agrees_is_not_asked_for_a_disagreement() -> None:
    assert "Deltakeren er uenig i" not in plan()
    assert "Deltakeren er uenig i" in plan(changes={"view.agreement": "partly"})


def test_the_distribution_list_numbers_the_copies() -> None:
    text = plan(DECLINED)
    assert "Exemplar 1 av 4" in text
    assert "Exemplar 4 av 4" in text


def test_team_work_says_until_when_the_plan_must_be_ready() -> None:
    assert "20 april 2026" in plan(DECLINED)


def test_a_protected_identity_keeps_places_times_and_names_of_work_out() -> None:
    text = plan(PROTECTED)
    data = example_data(PROTECTED)
    workplace, review = data["workplaces"][0], data["review"]
    hidden = [workplace[key] for key in ("name", "place", "schedule", "together_with")]
    hidden += [review["place"], data["working_hours"]["schedule"], "25 september 2026"]
    hidden += [data["goals"][0]["activities"][0]["schedule"]]
    hidden += [copy["recipient"] for copy in data["copies"] if copy["role"] == "social_worker"]
    assert [words for words in hidden if words in text] == []
    assert "Exemplar 4 av 4" in text


def test_the_start_goals_of_vivirk_are_spoken_and_written() -> None:
    changes = {"start_goal.spoken_on": GONE, "start_goal.written_on": GONE}
    assert refused(SUPPORTED, changes) == {
        ("data.needed", "start_goal.spoken_on"),
        ("data.needed", "start_goal.written_on"),
    }


def test_the_seven_questions_about_a_company_placement_are_answered() -> None:
    text = plan(SUPPORTED)
    labels = ("Formål", "Opgaver", "Sammen med", "Hvor", "Behov for støtte", "Mål og delmål")
    assert [label for label in (*labels, "Opfølgning") if f"\n{label}" not in text] == []


def test_a_draft_tells_who_adds_a_missing_follow_up() -> None:
    assert "legges den til av teamets veileder" in plan(DRAFT)
    assert "legges den til" not in plan(WORKSHOP)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_an_empty_form_offers_the_plans_that_the_service_knows(service: str, language: str) -> None:
    text = pf.blank("action_plan", service=service, language=language).text()
    known = {
        "molde": "☐ Individuell plan",
        "harstad": "☐ Individuell plan",
        "team_work": "☐ Samordnad individuell plan (SIP)",
        "hjortmossen": "☐ Samordnad individuell plan (SIP)",
        "vivirk": "☐ Min Plan",
    }
    assert known[service] in text


def test_an_empty_form_leaves_out_what_the_service_does_not_use() -> None:
    def form(service: str) -> str:
        return pf.blank("action_plan", service=service, language="no").text()

    assert "Oppstartsmål" in form("vivirk")
    assert "Oppstartsmål" not in form("molde")
    assert "Overordnet plan" in form("team_work")
    assert "Behov for støtte" not in form("team_work")
    assert "Behov for støtte" in form("molde")
