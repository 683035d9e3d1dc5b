"""What is particular about the mapping: the service's categories, and who may have it."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.languages import load_words
from planforms.services import load_service
from tests.reports import LANGUAGES, SERVICES, example_data, problems_of

TEN = "team_work/mapping_in_ten_categories"
DRAFT = "vivirk/mapping_before_the_plan"


def refused(changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.PlanformsError) as caught:
        pf.render(pf.load(example_data(TEN, changes)))
    return problems_of(caught.value)


def test_team_work_maps_ten_categories() -> None:
    assert len(load_service("team_work").document("mapping").categories) == 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES)
def test_an_empty_form_asks_about_each_category_of_its_service(service: str, language: str) -> None:
    words = load_words(language)
    categories = load_service(service).document("mapping").categories
    named = [words.term("mapping_category", key) for key in categories]
    lines = pf.blank("mapping", service=service, language=language).text().splitlines()
    assert [line for line in lines if line in named] == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_category_of_every_service_has_its_question(language: str) -> None:
    for service in SERVICES:
        text = pf.blank("mapping", service=service, language=language).text()
        lines = text.splitlines()
        words = load_words(language)
        for key in load_service(service).document("mapping").categories:
            name = words.term("mapping_category", key)
            assert "?" in lines[lines.index(name) + 1], (service, key)


def test_a_draft_asks_only_about_what_has_no_answer() -> None:
    text = pf.render(pf.load(example_data(DRAFT)), language="no").text()
    assert "Hva trenger du for å ha det bra på jobb eller skole?" in text
    assert "Hva liker du å gjøre?" not in text


def test_a_category_that_the_service_does_not_ask_about_is_a_problem() -> None:
    assert refused({"entries.0.category": "transport"}) == {("data.key", "entries[0].category")}


def test_the_plan_does_not_carry_the_mapping_and_each_says_where_it_is_kept() -> None:
    mapping = pf.render(pf.load(example_data(TEN))).text()
    plan = pf.render(pf.load(example_data("team_work/action_plan_member_declines_to_sign"))).text()
    assert "Kartläggningen finns hos Arbetsmarknadsenheten (AME)" in mapping
    assert "Arbetsmarknadsenheten (AME)" in plan.split("Kartläggningen är ett eget dokument")[1]
    assert example_data(TEN)["entries"][7]["text"] not in plan


def test_a_consent_to_the_plan_is_no_consent_to_the_mapping() -> None:
    consent = {
        "area": "ifo",
        "decision": "given",
        "decided_on": "2026-03-02",
        "information": ["plan", "resources_and_obstacles", "social_situation"],
    }
    copies = [
        *example_data(TEN)["copies"],
        {"recipient": "IFO", "role": "social_worker", "secrecy_area": "ifo"},
    ]
    changes = {"case.consents": [consent], "copies": copies, "disclosure.basis": "consent"}
    assert refused(changes) == {("data.consent_missing", "copies[1]")}
