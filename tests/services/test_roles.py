"""Roles in a service's own words, wherever a role is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.errors import ProfileError
from planforms.models.people import Role
from planforms.rules.copies import copies_of
from planforms.rules.follow_up import follow_up_of, unfollowed
from planforms.rules.routing import routing_facts
from planforms.rules.signing import signing_problems
from planforms.services import BUILT_IN, list_services, load_service
from planforms.setting import Setting, read_setting
from tests.reports import GONE, LANGUAGES, example_data

ROLES = """
[roles]
contact_person = { no = "fagarbeider", sv = "yrkesarbetare" }
manager = "driftsleder"
adviser = "rådgiver"
participant = "arbeidstaker"
"""
PLAN = "molde/action_plan_workshop_and_bike_shop"
COMPLAINT = "molde/complaint_about_staff_told_by_word_of_mouth"


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """Molde with words of its own for some roles."""
    profile = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    assert "\n[roles]\n" in profile
    profile = profile.replace("\n[roles]\n", ROLES)
    (tmp_path / "molde.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "molde.png").write_bytes((BUILT_IN / "molde.png").read_bytes())
    return tmp_path


@pytest.fixture
def setting(services: Path) -> Setting:
    return read_setting("molde", services=services)


def plan(changes: dict[str, Any] | None = None) -> pf.ActionPlan:
    data = pf.load(example_data(PLAN, changes))
    assert isinstance(data, pf.ActionPlan)
    return data


def test_a_role_is_called_as_the_service_says_else_as_the_language_does(
    setting: Setting, services: Path
) -> None:
    assert setting.role(Role.CONTACT_PERSON) == "fagarbeider"
    assert setting.name("role", "contact_person") == "fagarbeider"
    assert setting.role(Role.MENTOR) == setting.name("role", "mentor") == "mentor"
    swedish = read_setting("molde", "sv", services=services)
    assert swedish.role(Role.CONTACT_PERSON) == "yrkesarbetare"
    danish = read_setting("molde", "da", services=services)
    assert danish.role(Role.CONTACT_PERSON) == "fagarbeider"


@pytest.mark.parametrize(
    ("service", "role", "own"),
    [
        ("molde", Role.COACH, "oppfølgingskontakt"),
        ("molde", Role.SOCIAL_WORKER, "miljøterapeut"),
        ("molde", Role.CONTACT_PERSON, "kontaktperson"),
        ("harstad", Role.MANAGER, "avdelingsleder"),
        ("team_work", Role.MANAGER, "chef på AME"),
        ("vivirk", Role.CASEWORKER, "koordinerende sagsbehandler"),
        ("vivirk", Role.MENTOR, "virksomhedsmentor"),
    ],
)
def test_the_services_that_ship_use_the_words_of_their_sources(
    service: str, role: Role, own: str
) -> None:
    assert read_setting(service).role(role) == own


@pytest.mark.parametrize("service", list_services())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_services_own_word_is_a_word_of_the_documents_language(
    service: str, language: str
) -> None:
    own, said = load_service(service).roles, load_service(service, language=language).roles
    assert set(own) == set(said)
    if language != load_service(service).language:
        alike = {"socialpedagog", "miljøterapeut", "oppfølgingskontakt"}  # in two languages
        assert not set(own.values()) & set(said.values()) - alike


def test_templates_print_the_services_word(services: Path) -> None:
    before, after = pf.render(plan()).text(), pf.render(plan(), services=services).text()
    assert "kontaktperson" in before and "fagarbeider" not in before
    printed = [field for field in pf.render(plan(), services=services).fields() if field.text]
    assert "fagarbeider" in {field.text for field in printed}
    assert "kontaktperson" not in {field.text for field in printed}
    assert "fagarbeider" in after


def test_the_boxes_of_an_empty_form_have_the_services_word(services: Path) -> None:
    def options(folder: Path | None) -> str:
        return pf.blank("complaint", service="molde", services=folder).text()

    assert "fagarbeider" in options(services)
    assert "fagarbeider" not in options(None)


def test_the_route_of_a_complaint_names_the_services_word(setting: Setting) -> None:
    data = pf.load(example_data(COMPLAINT, {"case.measure": "smia"}))
    assert isinstance(data, pf.Complaint)
    said = {fact.rule: fact.words for fact in routing_facts(data, setting)}
    assert said["handled_by"] == "driftsleder"
    assert "fagarbeider" in said["route_participant"]
    assert said["escalated_to"] == "Nav Molde (spør etter rådgiver)"


def test_copies_and_follow_up_name_the_services_word(setting: Setting) -> None:
    (copies,) = copies_of(plan(), setting)
    assert "arbeidstaker" in copies.words and "deltaker" not in copies.words
    (fact,) = follow_up_of(plan(), setting)
    assert fact.words == "fagarbeider"
    (problem,) = unfollowed(plan({"goals.0.follow_up": GONE}), setting)
    assert problem.hint == "the fagarbeider adds it"


def test_a_missing_signature_is_told_in_the_services_word_with_the_key(setting: Setting) -> None:
    data = plan({"signatures": [], "copies": []})
    found = [(problem.message, problem.hint) for problem in signing_problems(data, setting)]
    assert [message for message, _ in found] == [
        "no place to sign for: arbeidstaker",
        "no place to sign for: fagarbeider",
        "no copy for: arbeidstaker",
        "no copy for: fagarbeider",
    ]
    assert found[1][1].startswith("add one with the role contact_person; asked for by: ")


def test_a_role_that_there_is_not_is_told_with_those_there_are(services: Path) -> None:
    path = services / "molde.toml"
    text = path.read_text(encoding="utf-8").replace("contact_person = {", "contact = {")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as error:
        load_service("molde", [services])
    (problem,) = error.value.problems
    assert problem.code == "profile.enum"
    assert problem.place.startswith("molde.toml: roles.contact")
    assert "contact_person" in problem.hint
