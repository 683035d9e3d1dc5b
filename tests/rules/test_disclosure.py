"""Whether a document may be passed on."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.rules.disclosure import undisclosed
from tests.reports import GONE, problems_of, render_with, report_data, setting_of

CONSENT = {
    "area": "nav",
    "decision": "given",
    "decided_on": "2026-02-02",
    "information": ["assessment", "attendance"],
}


def problems_with(changes: dict[str, Any]) -> set[tuple[str, str]]:
    data = pf.load(report_data(changes))
    return {(problem.code, problem.place) for problem in undisclosed(data, setting_of(data))}


def with_consent(**changes: Any) -> dict[str, Any]:
    return {"case.consents": [{**CONSENT, **changes}]}


def test_a_consent_that_covers_receiver_information_and_day_is_enough() -> None:
    assert problems_with(with_consent()) == set()


@pytest.mark.parametrize(
    ("consents", "code"),
    [
        ([], "data.consent_missing"),
        ([{**CONSENT, "area": "health_service"}], "data.consent_missing"),
        ([{**CONSENT, "information": ["health"]}], "data.consent_missing"),
        ([{**CONSENT, "information": []}], "data.consent_missing"),
        ([{**CONSENT, "information": ["assessment"]}], "data.consent_missing"),
        ([{**CONSENT, "exchange": "obtain"}], "data.consent_missing"),
        ([{**CONSENT, "decision": "refused"}], "data.consent_refused"),
        ([{**CONSENT, "decision": "refused", "information": []}], "data.consent_refused"),
        ([{**CONSENT, "withdrawn_on": "2026-11-06"}], "data.consent_withdrawn"),
        ([{**CONSENT, "valid_until": "2026-11-05"}], "data.consent_expired"),
        ([{**CONSENT, "valid_from": "2026-11-07"}], "data.consent_not_yet_valid"),
        ([{**CONSENT, "decided_on": "2026-11-07"}], "data.consent_not_yet_valid"),
    ],
)
def test_each_reason_why_a_consent_does_not_hold_is_told_apart(
    consents: list[dict[str, Any]], code: str
) -> None:
    found = problems_with({"case.consents": consents})
    assert found == {(code, "recipient.organisation")}


def test_a_consent_lapses_when_the_participant_comes_back() -> None:
    again = {"case.reentered_on": "2026-03-01"}
    found = problems_with({**with_consent(), **again})
    assert found == {("data.consent_not_renewed", "recipient.organisation")}
    assert problems_with({**with_consent(decided_on="2026-03-01"), **again}) == set()


def test_the_first_and_the_last_day_of_a_consent_count() -> None:
    assert problems_with(with_consent(valid_from="2026-11-06", valid_until="2026-11-06")) == set()


def test_the_latest_decision_counts() -> None:
    no_then_yes = [{**CONSENT, "decision": "refused", "decided_on": "2026-01-05"}, CONSENT]
    assert problems_with({"case.consents": no_then_yes}) == set()
    yes_then_no = [CONSENT, {**CONSENT, "decision": "refused", "decided_on": "2026-05-05"}]
    found = problems_with({"case.consents": yes_then_no})
    assert found == {("data.consent_refused", "recipient.organisation")}


def test_a_provision_of_law_stands_instead_of_a_consent() -> None:
    law = {"case.consents": [], "disclosure": {"basis": "law", "provision": "§ 1"}}
    assert problems_with(law) == set()
    unnamed = {"disclosure": {"basis": "law"}}
    assert problems_with(unnamed) == {("data.disclosure_provision", "disclosure.provision")}


def test_without_a_ground_nothing_leaves_for_another_secrecy_area() -> None:
    found = problems_with({"disclosure": GONE})
    assert found == {("data.disclosure_basis", "disclosure.basis")}


def test_within_the_service_s_own_area_no_ground_is_needed() -> None:
    own = {
        "recipient.organisation.secrecy_area": "molde_resource_service",
        "disclosure": GONE,
        "case.consents": [],
    }
    assert problems_with(own) == set()


def test_the_participant_s_own_copy_is_always_allowed() -> None:
    own = {"recipient": GONE, "disclosure": GONE, "case.consents": []}
    assert problems_with({**own, "copies": [{"recipient": "A", "role": "participant"}]}) == set()


def test_a_receiver_without_a_secrecy_area_is_named() -> None:
    found = problems_with({"copies": [{"recipient": "Somebody"}]})
    assert found == {("data.receiver_area", "copies[0]")}


def test_a_guardian_s_copy_needs_a_guardian_in_the_case() -> None:
    copies = {"copies": [{"recipient": "G", "role": "guardian"}]}
    assert problems_with(copies) == {("data.receiver", "copies[0]")}
    known = {"case.participant.representatives": [{"kind": "guardian", "name": "G"}]}
    assert problems_with({**copies, **known}) == set()


def test_a_copy_to_a_third_area_needs_its_own_consent() -> None:
    copies = [
        {"recipient": "Legekontoret", "role": "psychologist", "secrecy_area": "health_service"}
    ]
    assert problems_with({"copies": copies}) == {("data.consent_missing", "copies[0]")}


def test_a_final_document_is_refused_and_a_draft_is_not() -> None:
    with pytest.raises(pf.DataError) as caught:
        render_with({"case.consents": []})
    assert problems_of(caught.value) == {("data.consent_missing", "recipient.organisation")}
    assert render_with({"case.consents": [], "status": "draft"})


def test_an_unknown_secrecy_area_is_a_problem_even_in_a_draft() -> None:
    with pytest.raises(pf.DataError) as caught:
        render_with({"recipient.organisation.secrecy_area": "nva", "status": "draft"})
    assert ("data.key", "recipient.organisation.secrecy_area") in problems_of(caught.value)


def test_the_document_prints_what_it_rests_on() -> None:
    text = render_with(with_consent(decided_on="2026-02-02")).text()
    assert "2.\u00a0februar\u00a02026 (gjelder Nav Molde)" in text


def test_every_consent_that_a_document_rests_on_is_printed_the_first_day_first() -> None:
    attendance = {**CONSENT, "decided_on": "2026-02-12", "information": ["attendance"]}
    assessment = {**CONSENT, "decided_on": "2026-04-01", "information": ["assessment"]}
    [ground] = [
        line
        for line in render_with({"case.consents": [assessment, attendance]}).text().splitlines()
        if "(gjelder Nav Molde)" in line
    ]
    days = (
        "12.\u00a0februar\u00a02026 (gjelder Nav Molde)",
        "1.\u00a0april\u00a02026 (gjelder Nav Molde)",
    )
    assert [day in ground for day in days] == [True, True]
    assert ground.index(days[0]) < ground.index(days[1])


def test_a_consent_that_was_refused_later_is_no_longer_printed() -> None:
    refused = {**CONSENT, "decision": "refused", "decided_on": "2026-05-05"}
    draft = {"status": "draft", "case.consents": [CONSENT, refused]}
    assert "februar" in render_with({**draft, "case.consents": [CONSENT]}).text()
    assert "2.\u00a0februar\u00a02026 (gjelder Nav" not in render_with(draft).text()
