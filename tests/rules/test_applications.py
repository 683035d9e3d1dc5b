"""The application: no consent, no application; its hours may suggest something else."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from tests.reports import GONE, example_data, problems_of, setting_of

HJORTMOSSEN = "hjortmossen/application_after_a_visit"
HARSTAD = "harstad/application_for_the_programme"


def issued(place: str, changes: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    """Code and place of all that keeps an application from being final."""
    found = pf.validate(pf.load(example_data(place, changes)))
    return {(problem.code, problem.place) for problem in found}


@pytest.mark.parametrize(
    "changes",
    [
        {"case.consents": []},
        {"case.consents.0.decision": "refused"},
        {"case.consents.0.withdrawn_on": "2026-04-02"},
        {"case.consents.0.valid_until": "2026-04-06"},
        {"case.consents.0.decided_on": "2026-04-08"},
        {"case.consents.0.exchange": "give"},
        {"case.consents.0.area": "arbetsformedlingen"},
    ],
    ids=["none", "refused", "withdrawn", "expired", "later", "one way", "another office"],
)
def test_an_application_without_a_consent_in_force_is_refused(changes: dict[str, Any]) -> None:
    assert issued(HJORTMOSSEN) == set()
    assert issued(HJORTMOSSEN, changes) == {("data.application_consent", "case.consents")}


def test_a_consent_must_cover_what_is_told_and_nothing_else() -> None:
    health = {"case.consents.0.information": ["education_and_work", "resources_and_obstacles"]}
    told = pf.load(example_data(HJORTMOSSEN, health))
    said = {problem.params["information"] for problem in pf.validate(told)}
    assert said == {"health", "social_situation", "plan"}
    less = {**health, "background": [{"heading": "education", "text": "Gymnasium."}]}
    assert issued(HJORTMOSSEN, less) == set()


def test_an_office_of_the_same_secrecy_area_needs_no_consent_but_another_one_does() -> None:
    assert issued(HARSTAD) == set()
    elsewhere = {"referrer.organisation.secrecy_area": "health_service"}
    assert issued(HARSTAD, elsewhere) == {("data.application_consent", "case.consents")}


def test_nobody_guesses_to_which_secrecy_area_the_referrer_belongs() -> None:
    lacking = issued(HARSTAD, {"referrer.organisation.secrecy_area": GONE})
    assert lacking == {("data.needed", "referrer.organisation.secrecy_area")}


def test_a_draft_may_be_written_before_the_consent() -> None:
    draft = example_data(HJORTMOSSEN, {"status": "draft", "case.consents": []})
    assert pf.render(pf.load(draft)).state is pf.State.DRAFT


@pytest.mark.parametrize(
    ("hours", "measure", "warned", "facts"),
    [
        (9.5, "hjortmossen", True, {"fewest_hours", "gentle_start_measure"}),
        (9.5, "aktiv", False, {"fewest_hours", "gentle_start_measure"}),
        (10, "hjortmossen", False, set()),
        (33, "hjortmossen", False, set()),
        (33.5, "hjortmossen", True, {"most_hours"}),
    ],
)
def test_few_hours_suggest_another_measure_and_too_many_are_told(
    hours: float, measure: str, warned: bool, facts: set[str]
) -> None:
    application = pf.load(example_data(HJORTMOSSEN, {"hours": hours, "case.measure": measure}))
    document = pf.render(application)
    codes = [(problem.code, problem.severity) for problem in document.warnings]
    assert codes == [("data.application_hours", pf.Severity.WARNING)] * warned
    words = document.text()
    assert ("då kan AKTIV passa bättre" in words) is ("fewest_hours" in facts)
    assert ("så mycket har vi inte öppet" in words) is ("most_hours" in facts)


def test_a_service_without_a_rule_on_hours_warns_of_none() -> None:
    assert setting_of(pf.load(example_data(HARSTAD))).service.document("application").hours is None
    assert pf.render(pf.load(example_data(HARSTAD, {"hours": 2}))).warnings == ()


def test_both_the_participant_and_the_caseworker_sign() -> None:
    alone = {"signatures": [{"role": "participant"}]}
    assert issued(HJORTMOSSEN, alone) == {("data.signer", "signatures")}
    with pytest.raises(pf.DataError) as raised:
        pf.render(pf.load(example_data(HJORTMOSSEN, alone)))
    assert problems_of(raised.value) == {("data.signer", "signatures")}


@pytest.mark.parametrize(
    ("application", "report"),
    [
        (HJORTMOSSEN, "hjortmossen/all_instruments_and_long_text"),
        (HARSTAD, "harstad/final_report_to_vocational_training"),
        ("molde/application_after_a_visit", "molde/complete_signed_electronically"),
        ("vivirk/application_with_support_person", "vivirk/complete_with_support_person"),
    ],
)
def test_what_is_asked_is_what_the_final_report_of_the_case_answers(
    application: str, report: str
) -> None:
    asked, answered = pf.load(example_data(application)), pf.load(example_data(report))
    assert isinstance(asked, pf.Application) and isinstance(answered, pf.FinalReport)
    assert answered.assignment is not None
    found, expected = asked.assignment(), answered.assignment
    assert found.questions and all(one.answer is None for one in found.questions)
    assert [q.question for q in found.questions] == [q.question for q in expected.questions]
    assert (found.ordered_on, found.reference) == (expected.ordered_on, expected.reference)
