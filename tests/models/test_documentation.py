"""Documentation, worded as consent or as information as the service's profile says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import planforms as pf
from planforms.models.documentation import Documentation
from planforms.services import load_service
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
        ("no", "Dette skriver vi om deg, med ett spørsmål"),
        ("sv", "Det här skriver vi om dig, med en fråga"),
        ("da", "Det skriver vi om dig, med et spørgsmål"),
    ],
)
def test_team_work_asks_for_a_consent_with_nothing_ticked(language: str, title: str) -> None:
    document = pf.render(pf.load(CONSENT), language=language)
    assert document.title == title
    assert [box.option for box in boxes(document.blocks)] == ["given", "refused"]
    assert ticked(document) == []


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("no", "Dette skriver vi om deg"),
        ("sv", "Det här skriver vi om dig"),
        ("da", "Det skriver vi om dig"),
    ],
)
def test_other_services_inform_and_ask_nothing(language: str, title: str) -> None:
    document = pf.render(pf.load(INFORMATION), language=language)
    assert document.title == title
    assert [*boxes(document.blocks)] == []


def test_a_service_asks_about_no_more_than_what_no_law_makes_a_duty() -> None:
    text = pf.render(pf.load(CONSENT)).text()
    assert "Vi är skyldiga att skriva ner det som är viktigt i ärendet." in text
    assert "Det finns en sak som vi inte är skyldiga att skriva." in text
    assert "hela kartläggningen med sina tio områden" in text
    assert "27\u00a0§ förvaltningslagen (2017:900)" in text


@pytest.mark.parametrize("service", ["molde", "team_work", "hjortmossen", "harstad", "vivirk"])
def test_a_blank_form_leaves_nothing_open_that_the_service_must_say_itself(service: str) -> None:
    document, profile = pf.blank("documentation", service=service), load_service(service)
    own = profile.documentation
    for words in (own.system, own.purpose, own.sources, own.readers):
        assert words
        assert words in document.text()
    assert not {"system", "purpose", "sources", "readers"} & {
        path for path, place in document.places.items() if not place.fixed
    }
    asks = [box.path for box in boxes(document.blocks) if box.path == "answer.decision"]
    assert bool(asks) == (own.asked is not None)


def test_a_filled_form_was_answered_on_the_day_of_the_signature() -> None:
    data = data_of(CONSENT)
    data["signatures"][0] |= {"state": "signed", "signed_on": "2026-09-15"}
    data["answer"] = {"decision": "refused"}
    loaded = pf.load(data, Documentation)
    assert loaded.answer and loaded.answer.decided_on == date(2026, 9, 15)


def test_whoever_signs_says_that_it_was_explained_and_no_more() -> None:
    text = pf.render(pf.load(INFORMATION)).text()
    assert "Jeg har fått dette forklart." in text
    assert "Underskriften betyr ikke at du er enig." in text


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


def test_a_withdrawn_consent_says_so() -> None:
    data = data_of(CONSENT)
    data["signatures"][0] |= {"state": "signed", "signed_on": "2026-09-14"}
    data["answer"] = {**ANSWER, "withdrawn_on": "2026-10-20"}
    text = pf.render(pf.load(data)).text()
    assert "20 oktober 2026" in text.replace("\u00a0", " ")
    assert "Du återkallade ditt ja den 20 oktober 2026." in text.replace("\u00a0", " ")


def test_a_consent_says_what_a_no_means() -> None:
    assert (
        "Då skriver vi bara det som vi är skyldiga att skriva."
        in pf.render(pf.load(CONSENT)).text()
    )


SLIPS = {
    "no": "Dere kan ikke lenger skrive dette om meg",
    "sv": "Ni får inte längre skriva det här om mig",
    "da": "I må ikke længere skrive det her om mig",
}


@pytest.mark.parametrize(("language", "words"), SLIPS.items())
def test_a_yes_can_be_withdrawn_on_the_paper_itself(language: str, words: str) -> None:
    asked = pf.blank("documentation", service="team_work", language=language).text()
    [line] = [line for line in asked.splitlines() if words in line]
    assert (load_service("team_work").documentation.asked or "?") in line
    assert "Exempelgatan 5, 294 00 SÖLVESBORG." in asked
    assert words in pf.render(pf.load(CONSENT), language=language).text()
    assert words not in pf.render(pf.load(INFORMATION), language=language).text()


@pytest.mark.parametrize(
    ("answer", "withdraws"),
    [
        ({}, True),
        ({"decision": "refused"}, False),
        ({"withdrawn_on": "2026-10-05"}, False),
    ],
)
def test_only_a_yes_that_holds_can_be_withdrawn(answer: dict[str, str], withdraws: bool) -> None:
    data = data_of(CONSENT)
    data["signatures"][0] |= {"state": "signed", "signed_on": "2026-09-14"}
    document = pf.render(pf.load({**data, "answer": {**ANSWER, **answer}}))
    assert (SLIPS["sv"] in document.text()) == withdraws
