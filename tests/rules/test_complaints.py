"""What keeps a complaint, or the reply to it, from being issued."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.rules.collection import problems_of_issue
from tests.models.test_letters import ONE_NAME
from tests.reports import GONE, example_data, setting_of

COMPLAINT = "molde/complaint_about_staff_told_by_word_of_mouth"
REPLY = "molde/reply_to_a_complaint"
TO_PARENT = "vivirk/reply_to_a_parent"
TO_REPRESENTATIVE = "team_work/reply_to_a_representative_from_outside"


def codes(path: str, changes: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place) for problem in problems(path, changes)]


def problems(path: str, changes: dict[str, Any]) -> list[pf.Problem]:
    data = pf.load(example_data(path, changes))
    return problems_of_issue(data, setting_of(data))


def test_a_danger_is_met_before_anything_is_filed() -> None:
    danger = {"danger": "yes"}
    assert codes(COMPLAINT, danger) == [("data.danger", "danger_action")]
    assert codes(COMPLAINT, {**danger, "danger_action": "Ringte 113."}) == []


@pytest.mark.parametrize("answer", ["no", "unsure", GONE])
def test_without_a_danger_nothing_must_have_been_done(answer: Any) -> None:
    assert codes(COMPLAINT, {"danger": answer}) == []


def test_nobody_answers_a_complaint_about_themselves() -> None:
    own_case = [("data.own_case", "answered_by")]
    assert codes(REPLY, {"about.subject": "unit_head"}) == own_case
    assert codes(REPLY, {"about.role": "unit_head"}) == own_case
    assert codes(REPLY, {"answered_by.name": "GEIR Moen"}) == own_case
    assert codes(REPLY, {"answered_by.role": "work_leader"}) == own_case
    assert codes(REPLY, {}) == []


@pytest.mark.parametrize("name", ONE_NAME, ids=ascii)
def test_nobody_answers_a_complaint_about_themselves_in_another_spelling(name: str) -> None:
    changes = {"about.name": ONE_NAME[0], "answered_by.name": name}
    assert codes(REPLY, changes) == [("data.own_case", "answered_by")]


def test_a_problem_repeats_no_name() -> None:
    (problem,) = problems(REPLY, {"answered_by.name": "Geir Moen"})
    assert "Geir" not in str(problem)


@pytest.mark.parametrize("answer", ["no", "unsure", GONE])
def test_a_relative_gets_a_reply_only_if_the_participant_wants_it(answer: Any) -> None:
    refused = {"complainant.participant_agrees": answer}
    assert codes(TO_PARENT, refused) == [("data.stranger", "complainant")]
    assert codes(TO_PARENT, {}) == []


def test_a_representative_gets_a_reply_if_the_case_knows_them() -> None:
    unknown = {"case.participant.representatives": GONE}
    assert codes(TO_REPRESENTATIVE, unknown) == [("data.stranger", "complainant")]
    assert codes(TO_REPRESENTATIVE, {}) == []


def test_a_guardian_is_not_a_representative() -> None:
    guardian = {"complainant.capacity": "guardian"}
    assert codes(TO_REPRESENTATIVE, guardian) == [("data.stranger", "complainant")]


def test_a_document_of_another_kind_has_no_such_problem() -> None:
    assert codes("molde/complete_signed_electronically", {}) == []


def test_a_draft_may_still_have_them_and_a_final_document_may_not() -> None:
    changes = {"answered_by.role": "work_leader"}
    pf.render(pf.load(example_data(REPLY, {**changes, "status": "draft"})))
    with pytest.raises(pf.DataError):
        pf.render(pf.load(example_data(REPLY, changes)))
