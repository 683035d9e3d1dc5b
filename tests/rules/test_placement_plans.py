"""Placement plans: what a company is told is the participant's choice."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.services import load_service
from tests.reports import EXAMPLES, GONE, example_data, problems_of

SHOP = "vivirk/placement_plan_supermarket"
BAKERY = "team_work/placement_plan_bakery"
PLANS = [path for path in EXAMPLES if path.stem.startswith("placement_plan")]


def render(example: str, changes: dict[str, Any] | None = None) -> pf.Document:
    return pf.render(pf.load(example_data(example, changes)))


def refused(example: str, changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.DataError) as caught:
        render(example, changes)
    return problems_of(caught.value)


@pytest.mark.parametrize("choice", ["plan_only", "told_myself"])
def test_nothing_is_told_that_the_participant_did_not_choose(choice: str) -> None:
    changes = {"may_know": choice, "status": "draft"}
    assert refused(SHOP, changes) == {("data.company_knowledge", "known")}
    assert render(SHOP, {"may_know": choice, "known": GONE})


def test_a_yes_to_telling_says_what_in_an_issued_plan() -> None:
    assert refused(SHOP, {"known": GONE}) == {("data.needed", "known")}
    assert render(SHOP, {"known": GONE, "status": "draft"})


def test_an_issued_plan_needs_the_choice_itself() -> None:
    assert refused(BAKERY, {"may_know": GONE}) == {("data.needed", "may_know")}


QUESTIONS = (
    *("purpose", "tasks", "together_with", "schedule", "hours", "support", "goals"),
    *("follow_up.first_on", "follow_up.rhythm", "follow_up.manner", "follow_up.responsible"),
    *("illness.who", "illness.phone", "safety.given_by", "safety.on"),
)


@pytest.mark.parametrize("path", QUESTIONS)
def test_an_issued_plan_answers_every_question(path: str) -> None:
    [(code, place), *_] = sorted(refused(BAKERY, {path: GONE}))
    assert code == "data.needed"
    assert place.startswith(path)


@pytest.mark.parametrize(
    ("path", "day"),
    [("safety.on", "2026-04-14"), ("follow_up.first_on", "2026-04-10"), ("ends_on", "2026-04-10")],
)
def test_days_of_a_plan_come_in_their_order(path: str, day: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(example_data(BAKERY, {path: day}))
    assert {problem.code for problem in caught.value.problems} == {"data.date_order"}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_participant_service_and_company_sign(path: Any) -> None:
    data = example_data(path)
    service = data["case"]["service"]
    signing = load_service(service).document("placement_plan").signing
    assert signing is not None
    assert len(signing.signers) == 3
    name = f"{service}/{path.stem}"
    for number in range(3):
        rows = [row for index, row in enumerate(data["signatures"]) if index != number]
        assert refused(name, {"signatures": rows}) == {("data.signer", "signatures")}


def test_where_and_when_are_withheld_for_a_protected_identity() -> None:
    changes = {"case.participant.protected_identity": True, "status": "draft"}
    text = render(BAKERY, changes).text()
    for hidden in ("Exempelgatan 12", "surdeg", "tisdag och torsdag", "0456-00 00 62"):
        assert hidden not in text


def test_the_first_talk_and_the_end_are_due() -> None:
    facts = {fact.rule: str(fact.date) for fact in pf.deadlines(pf.load(example_data(BAKERY)))}
    assert facts["placement_talk"] == "2026-04-17"
    assert facts["placement_end"] == "2026-07-03"
