"""The grounds of discrimination and the benefits that may be reduced, as facts."""

from __future__ import annotations

import pytest

from planforms.rules.facts import Fact
from planforms.rules.protection import protection_facts
from planforms.setting import read_setting
from tests.reports import SERVICES


def facts(service: str, language: str) -> dict[str, Fact]:
    found = protection_facts(read_setting(service, language))
    return {fact.rule: fact for fact in found}


def test_a_norwegian_service_has_norwegian_grounds_in_danish_words() -> None:
    fact = facts("molde", "da")["discrimination"]
    assert fact.words.startswith("køn, graviditet, orlov ved fødsel eller adoption, omsorg")
    assert fact.words.endswith("kønsudtryk og alder")
    assert fact.source.startswith("likestillings- og diskrimineringsloven")


@pytest.mark.parametrize("service", SERVICES)
def test_the_law_against_discrimination_has_been_looked_up_where_it_was(service: str) -> None:
    assert bool(facts(service, "no")["discrimination"].checked) is (service != "vivirk")


def test_grounds_that_a_service_promises_are_not_those_of_the_law() -> None:
    found = facts("molde", "no")
    assert found["promised_grounds"].words not in found["discrimination"].words
    assert found["promised_grounds"].source == "Arbeid og Aktivitet"
    assert "promised_grounds" not in facts("harstad", "no")


def test_benefits_keep_their_own_names_in_any_language() -> None:
    for language in ("no", "sv", "da"):
        words = facts("molde", language)["benefits"].words
        assert words.startswith("arbeidsavklaringspenger (AAP), tiltakspenger ")
        assert "kvalifiseringsstønad" in words
    words = facts("molde", "nn")["benefits"].words  # Norwegian has two forms, and names in both
    assert words == "arbeidsavklaringspengar (AAP), tiltakspengar og kvalifiseringsstønad"


def test_a_service_that_names_no_benefits_has_no_such_fact() -> None:
    assert "benefits" not in facts("hjortmossen", "sv")
