"""Checklists: what a service's lists say, what ticks itself, and which ticks are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.forms.identity import identity_of
from planforms.services import load_service
from tests.reports import GONE, example_data, problems_of

COUNTS = {
    "enrolment": (3, 14, 3),
    "first_meeting": (9,),
    "action_plan": (4, 7, 3),
    "teamwork": (3, 6),
    "closing": (7, 2),
    "deviation": (7,),
}
"""The points of each list of Team Work by group, counted in its plan of implementation."""
ENROLMENT = "team_work/checklist_enrolment"
CLOSING = "team_work/checklist_closing"
ABLE, TOLD, HANDED = 0, 3, 4
"""Where points of the enrolment stand in the example."""


def render(example: str, changes: dict[str, Any] | None = None, **options: Any) -> pf.Document:
    return pf.render(pf.load(example_data(example, changes)), **options)


def refused(example: str, changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.DataError) as caught:
        render(example, changes)
    return problems_of(caught.value)


# --- lists ------------------------------------------------------------------------------------


def test_team_work_has_its_six_lists_with_68_points() -> None:
    lists = load_service("team_work").checklists
    found = {key: tuple(len(g.items) for g in one.groups.values()) for key, one in lists.items()}
    assert found == COUNTS
    assert sum(map(sum, COUNTS.values())) == 68


@pytest.mark.parametrize("name", COUNTS)
def test_the_empty_form_of_a_list_has_all_its_points_and_groups(name: str) -> None:
    form = pf.blank("checklist", service="team_work", data={"list": name})
    text = form.text()
    one = load_service("team_work").checklists[name]
    assert one.name in text
    for group in one.groups.values():
        assert group.name in text
        assert all(item.text in text for item in group.items.values())
    assert form.variant == name


def test_an_empty_form_without_a_list_is_the_first_one() -> None:
    first = pf.blank("checklist", service="team_work", data={"list": "enrolment"})
    assert pf.blank("checklist", service="team_work").text() == first.text()


@pytest.mark.parametrize("name", COUNTS)
def test_a_form_of_each_list_comes_back_as_that_list(name: str) -> None:
    form = pf.blank("checklist", service="team_work", data={"list": name})
    values: dict[str, Any] = {
        "case.number": "TW-2026-017",
        "case.participant.name": "Nadja Provström",
    }
    values |= {"ticks[1].state": ["done"], "ticks[1].on": "2026-02-11"}
    reading = pf.read({"planforms": str(identity_of(form)), "values": values})
    assert isinstance(reading.data, pf.Checklist), reading.problems
    assert reading.data.list == name
    keys = list(load_service("team_work").checklists[name].items)
    assert [tick.item for tick in reading.data.ticks] == [keys[1]]
    assert not reading.problems


def test_a_service_without_lists_has_a_form_for_points_of_ones_own() -> None:
    form = pf.blank("checklist", service="molde")
    assert form.variant == ""
    assert "Egne punkter" in form.text()


# --- what ticks itself ------------------------------------------------------------------------


def test_a_point_whose_evidence_stands_in_the_case_ticks_itself() -> None:
    data = example_data(ENROLMENT)
    assert "consent_signed" not in {tick["item"] for tick in data["ticks"]}
    line = next(one for one in render(ENROLMENT).text().split("\n") if "Samtycket mellan" in one)
    assert "2026-02-16" in render(ENROLMENT).text().split(line)[1][:60]


@pytest.mark.parametrize("change", [{"area": "arbetsformedlingen"}, {"decision": "refused"}])
def test_a_consent_of_another_area_or_a_refusal_is_no_evidence(change: dict[str, str]) -> None:
    changes: dict[str, Any] = {f"case.consents.0.{key}": value for key, value in change.items()}
    changes |= {"ticks.4": {"item": "consent_signed", "state": "not_needed"}}
    assert render(ENROLMENT, changes)


def test_what_was_before_the_participant_came_back_is_no_evidence() -> None:
    changes: dict[str, Any] = {"case.reentered_on": "2026-02-18"}
    changes |= {"ticks.4": {"item": "consent_signed", "state": "not_needed"}}
    assert render(ENROLMENT, changes)


def test_points_stand_in_the_order_of_the_list_whatever_that_of_the_data() -> None:
    data = example_data(ENROLMENT)
    data["ticks"].reverse()
    assert pf.render(pf.load(data)).text() == render(ENROLMENT).text()


def test_who_sees_to_a_point_is_whom_the_list_names_unless_the_data_say_otherwise() -> None:
    assert "arbetsterapeut" not in render(ENROLMENT).text()
    changed = render(ENROLMENT, {"ticks.3.role": "occupational_therapist"})
    assert "arbetsterapeut" in changed.text()


# --- what is refused --------------------------------------------------------------------------


def test_a_tick_that_says_otherwise_than_the_case_is_refused() -> None:
    changes = {"ticks.4": {"item": "consent_signed", "state": "not_needed"}, "status": "draft"}
    assert refused(ENROLMENT, changes) == {("data.evidence", "ticks[4].state")}


def test_a_tick_that_the_case_does_not_show_keeps_a_list_from_being_issued() -> None:
    tick = {"item": "coordinator_told", "state": "done", "on": "2026-09-30"}
    changes = {"ticks.0": tick, "case.milestones.closure_notice_sent_on": GONE}
    assert refused(CLOSING, changes) == {("data.evidence", "ticks[0].state")}
    assert render(CLOSING, {**changes, "status": "draft"})
    assert render(CLOSING, {"ticks.0": tick})


def test_a_condition_cannot_be_waived() -> None:
    changes = {"ticks.0": {"item": "able_to_work", "state": "not_needed"}, "status": "draft"}
    assert refused(ENROLMENT, changes) == {("data.gate", "ticks[0].state")}


def test_nothing_is_ticked_beyond_an_open_condition_in_an_issued_list() -> None:
    changes = {f"ticks.{ABLE}.state": GONE, f"ticks.{ABLE}.on": GONE}
    found = refused(ENROLMENT, changes)
    assert {code for code, _ in found} == {"data.gate"}
    assert ("data.gate", f"ticks[{TOLD}].state") in found
    assert render(ENROLMENT, {**changes, "status": "draft"})


def test_an_issued_list_tells_the_day_of_each_tick() -> None:
    assert refused(ENROLMENT, {f"ticks.{HANDED}.on": GONE}) == {("data.needed", "ticks[4].on")}
    assert render(ENROLMENT, {f"ticks.{HANDED}.on": GONE, "status": "draft"})


@pytest.mark.parametrize("item", ["isox_closed", "of_no_list"])
def test_a_point_of_another_list_is_refused(item: str) -> None:
    found = refused(ENROLMENT, {f"ticks.{HANDED}.item": item, "status": "draft"})
    assert ("data.key", f"ticks[{HANDED}].item") in found


def test_a_point_stands_once() -> None:
    found = refused(ENROLMENT, {"ticks.4.item": "told_of_team_work"})
    assert found == {("data.key", "ticks[4].item")}


def test_an_issued_list_says_which_it_is() -> None:
    found = refused(ENROLMENT, {"list": GONE, "ticks": []})
    assert found == {("data.needed", "list")}


# --- profiles ---------------------------------------------------------------------------------

EVIDENCE = 'evidence = "case.milestones.last_review_on"'
PROFILE = Path(pf.__file__).parent / "services" / "team_work.toml"


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("isox_closed =", "raised_in_team =", "key", "checklists.deviation.raised_in_team"),
        (EVIDENCE, 'evidence = "issued_on"', "path", "plan_reviewed.evidence"),
        (EVIDENCE, 'evidence = "case.number"', "path", "plan_reviewed.evidence"),
        ('values = ["given"]', 'values = ["perhaps"]', "key", "consent_signed.when.values"),
    ],
)
def test_a_list_that_does_not_fit_is_told(
    tmp_path: Path, old: str, new: str, code: str, place: str
) -> None:
    text = PROFILE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "team_work.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "team_work.png").write_bytes(PROFILE.with_suffix(".png").read_bytes())
    with pytest.raises(pf.ProfileError) as caught:
        load_service("team_work", [tmp_path])
    found = [(problem.code, problem.place) for problem in caught.value.problems]
    assert any(c == f"profile.{code}" and p.endswith(place) for c, p in found), found


def test_waiting_is_due_until_the_list_is_issued_or_the_case_closed() -> None:
    changes = {"waiting_until": "2026-03-16", "status": "draft"}
    facts = pf.deadlines(pf.load(example_data(ENROLMENT, changes)))
    assert "2026-03-16" in {str(fact.date) for fact in facts if fact.rule == "checklist_wait"}
