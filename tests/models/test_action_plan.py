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
        "Mål\nJobbe tjue timer i uken i verkstedet på Smia.\ndeltaker\n12.06.2026\n"
        "Randi Hjelset Moen\n12.06.2026",
        "Delmål\nTolv timer i uken, fire uker på rad.\ndeltaker\n17.04.2026\n"
        "kontaktperson\n17.04.2026",
        "Aktivitet\nSpørre to butikker om praksis.\nRandi Hjelset Moen\n"
        "29.05.2026\nTurid Aasen Lie\n05.06.2026",
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
    assert "Dette er jeg uenig i" not in plan()
    assert "Dette er jeg uenig i" in plan(changes={"view.agreement": "partly"})


def test_the_team_is_told_with_who_has_a_copy() -> None:
    copies = example_data(WORKSHOP)["copies"]
    without = {"copies": [copy for copy in copies if copy["role"] != "work_leader"]}
    row = "arbeidsleder\nArne Kvernberg\nArbeid og Aktivitet, Smia\n"
    assert f"{row}☑" in plan()
    assert f"{row}☐" in plan(changes=without)


def test_a_copy_of_somebody_outside_of_the_team_has_a_row_of_its_own() -> None:
    assert "bisidder\nElse Ravnsø\n☑" in plan(SUPPORTED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_only_team_work_has_a_team_that_one_leads_and_all_of_it_signs(
    service: str, language: str
) -> None:
    text = pf.blank("action_plan", service=service, language=language).text()
    lead, everybody, others = {
        "no": ("Du leder teamet", "Alle i teamet får", "de andre i teamet også"),
        "nn": ("Du leier teamet", "Alle i teamet får", "dei andre i teamet også"),
        "sv": ("Du leder teamet", "Alla i teamet får", "de andra i teamet också"),
        "da": ("Du leder teamet", "Alle i teamet får", "de andre i"),
    }[language]
    for words in (lead, everybody, others):
        assert (words in text) is (service == "team_work")


def test_an_empty_form_names_those_who_sign_and_leaves_a_row_for_another() -> None:
    lines = pf.blank("action_plan", service="team_work").text().splitlines()
    roles = ["deltagare", "socialsekreterare", "arbetsmarknadskonsulent"]
    assert [line for line in lines[lines.index("Underskrifter") :] if line in roles] == roles
    document = pf.blank("action_plan", service="team_work")
    assert "signatures[3].role" in document.places


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
    assert "socialsekreterare" in text
    assert "skyddad uppgift" not in text


def test_the_start_goals_of_vivirk_are_spoken_and_written() -> None:
    changes = {"start_goal.spoken_on": GONE, "start_goal.written_on": GONE}
    assert refused(SUPPORTED, changes) == {
        ("data.needed", "start_goal.spoken_on"),
        ("data.needed", "start_goal.written_on"),
    }


def test_the_seven_questions_about_a_company_placement_are_answered() -> None:
    text = plan(SUPPORTED)
    labels = (
        *("Hvorfor netop dette sted", "Opgaver", "Sammen med", "Hvor", "Støtten, du har brug for"),
        "Det, du skal lære",
    )
    assert [label for label in (*labels, "Opfølgning") if f"\n{label}" not in text] == []


def test_a_draft_tells_who_adds_a_missing_follow_up() -> None:
    assert "Da skriver teamets veileder det inn." in plan(DRAFT)
    assert "det inn." not in plan(WORKSHOP)


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

    assert "Det du vil begynne med" in form("vivirk")
    assert "Det du vil begynne med" not in form("molde")
    assert "Planen i korte trekk" in form("team_work")
    assert "Støtten du trenger" not in form("team_work")
    assert "Støtten du trenger" in form("molde")
