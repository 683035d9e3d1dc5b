"""Documentation, worded as consent or as information as the service's profile says."""

from __future__ import annotations

import json
from typing import Any

import pytest

import planforms as pf
from tests.models.test_consent import boxes, refused, ticked
from tests.reports import ROOT

CONSENT = ROOT / "examples" / "team_work" / "documentation_to_sign.json"
INFORMATION = ROOT / "examples" / "harstad" / "documentation_explained.json"
ANSWER = {"decision": "given", "decided_on": "2026-09-14"}


def data_of(path: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("no", "Samtykke til dokumentasjon"),
        ("sv", "Samtycke till dokumentation"),
        ("da", "Samtykke til dokumentation"),
    ],
)
def test_team_work_asks_for_a_consent_with_nothing_ticked(language: str, title: str) -> None:
    document = pf.render(pf.load(CONSENT), language=language)
    assert document.title == title
    assert [box.option for box in boxes(document.blocks)] == ["given", "refused"]
    assert ticked(document) == []


@pytest.mark.parametrize(
    ("language", "title"),
    [("no", "Slik dokumenterer vi"), ("sv", "Så dokumenterar vi"), ("da", "Sådan dokumenterer vi")],
)
def test_other_services_inform_and_ask_nothing(language: str, title: str) -> None:
    document = pf.render(pf.load(INFORMATION), language=language)
    assert document.title == title
    assert [*boxes(document.blocks)] == []


def test_the_consent_tells_that_some_of_it_is_a_duty_all_the_same() -> None:
    assert "27\u00a0§ förvaltningslagen (2017:900)" in pf.render(pf.load(CONSENT)).text()


def test_the_information_names_the_duty() -> None:
    assert "forvaltningsloven §\u00a011\u00a0d" in pf.render(pf.load(INFORMATION)).text()


def test_a_consent_to_sign_holds_no_answer() -> None:
    data = {**data_of(CONSENT), "answer": ANSWER}
    assert refused(data) == {("data.answer_early", "answer")}


def test_information_takes_no_answer() -> None:
    data = {**data_of(INFORMATION), "answer": ANSWER}
    assert refused(data) == {("data.answer_unasked", "answer")}


def test_a_signed_consent_holds_its_answer_ticked() -> None:
    data = data_of(CONSENT)
    data["signatures"][0] |= {"state": "signed", "signed_on": "2026-09-14"}
    assert refused(data) == {("data.answer_missing", "answer")}
    data["answer"] = ANSWER
    assert ticked(pf.render(pf.load(data))) == [("answer.decision", "given")]


def test_a_withdrawn_consent_offers_no_further_withdrawal() -> None:
    data = data_of(CONSENT)
    data["signatures"][0] |= {"state": "signed", "signed_on": "2026-09-14"}
    data["answer"] = {**ANSWER, "withdrawn_on": "2026-10-20"}
    text = pf.render(pf.load(data)).text()
    assert "20 oktober 2026" in text.replace("\u00a0", " ")
    assert "Till dig som vill återkalla samtycket" not in text


def test_a_consent_says_what_a_no_means() -> None:
    data = data_of(CONSENT)
    del data["refusal"]
    assert refused(data) == {("data.needed", "refusal")}
