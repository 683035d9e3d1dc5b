"""A complaint goes to somebody, and never to the one it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planforms as pf
from planforms.models.complaint import Subject
from planforms.models.people import Role
from planforms.rules.collection import facts_of
from planforms.rules.facts import Fact
from planforms.rules.routing import RULES, Handler, concerned_roles, handlers, routing_facts
from planforms.services import list_services, load_service
from planforms.services.complaints import (
    ComplaintBody,
    ComplaintRoute,
    ComplaintRouting,
    Escalation,
)
from planforms.setting import read_setting
from tests.models.test_letters import ONE_NAME
from tests.reports import GONE, LANGUAGES, example_data, setting_of

MOLDE = "molde/complaint_about_staff_told_by_word_of_mouth"
PARENT = "vivirk/complaint_by_a_parent"
TEAM_WORK = "team_work/complaint_without_a_name_through_a_representative"
OUTSIDE = "The body outside"

some_roles = st.frozensets(st.sampled_from(Role), max_size=len(Role))
routes = st.builds(
    ComplaintRoute,
    to=st.sampled_from(Role),
    otherwise=st.lists(st.sampled_from(Role), max_size=4).map(tuple),
    source=st.just("the service's rule"),
)
routings = st.builds(
    ComplaintRouting,
    grounds=st.just(("other",)),
    routes=st.dictionaries(st.sampled_from(Subject), routes),
    vacant=st.just({}),
    outside=st.just(ComplaintBody(name=OUTSIDE, source="practice")),
    escalation=st.just(Escalation(name="The next body", source="practice")),
    fallback_source=st.just("practice"),
)


def facts(path: str, changes: dict[str, Any] | None = None) -> dict[str, Fact]:
    data = pf.load(example_data(path, changes))
    assert isinstance(data, pf.Complaint | pf.ComplaintReply)
    found = routing_facts(data, setting_of(data))
    return {fact.rule: fact for fact in found}


@pytest.mark.parametrize("name", ONE_NAME, ids=ascii)
def test_who_is_named_in_another_spelling_does_not_handle_the_complaint(name: str) -> None:
    team = [{"role": "contact_person", "name": ONE_NAME[0]}]
    about = {"subject": "other", "name": name}
    changes = {"case.team": team, "about": about, "matter": "service"}
    found = facts(MOLDE, changes)
    contact = found["not_handled_by"].words
    assert contact == "kontaktperson"
    assert contact not in found["handled_by"].words


def said(path: str, rule: str, changes: dict[str, Any] | None = None) -> str | None:
    fact = facts(path, changes).get(rule)
    return fact.words if fact else None


# --- whatever the routes are ------------------------------------------------------------------


@given(st.sampled_from(Subject), routings, some_roles, some_roles, some_roles)
def test_a_complaint_never_goes_to_whom_it_is_about_and_always_to_somebody(
    subject: Subject,
    routing: ComplaintRouting,
    excluded: frozenset[Role],
    vacant: frozenset[Role],
    uncertain: frozenset[Role],
) -> None:
    found = handlers(subject, routing, excluded=excluded, vacant=vacant, uncertain=uncertain)
    assert found
    assert all((handler.role is None) != (handler.body == "") for handler in found)
    assert {handler.role for handler in found} & (excluded | vacant) == set()
    assert found[-1].body == OUTSIDE or found[-1].role not in uncertain


@given(st.sampled_from(Subject), routings, some_roles, some_roles)
def test_it_goes_to_the_first_of_the_route_who_is_there(
    subject: Subject,
    routing: ComplaintRouting,
    excluded: frozenset[Role],
    vacant: frozenset[Role],
) -> None:
    route = routing.routes.get(subject)
    asked = (route.to, *route.otherwise) if route else ()
    free = [role for role in asked if role not in excluded and role not in vacant]
    (handler,) = handlers(subject, routing, excluded=excluded, vacant=vacant)
    assert (handler.role or handler.body) == (free[0] if free else OUTSIDE)


@given(st.sampled_from(Subject), routings)
def test_only_the_role_that_the_service_names_rests_on_the_service_s_rule(
    subject: Subject, routing: ComplaintRouting
) -> None:
    route = routing.routes.get(subject)
    named, *_ = handlers(subject, routing)
    assert named.source == ("the service's rule" if route else "practice")
    if route:
        (fallback,) = handlers(subject, routing, vacant=frozenset({route.to}))
        assert fallback.source == "practice"


@pytest.mark.parametrize("service", list_services())
@pytest.mark.parametrize("subject", Subject)
@given(excluded=some_roles, vacant=some_roles)
def test_every_built_in_service_has_somebody_for_every_complaint(
    service: str, subject: Subject, excluded: frozenset[Role], vacant: frozenset[Role]
) -> None:
    routing = load_service(service).complaints
    assert routing
    (handler,) = handlers(subject, routing, excluded=excluded, vacant=vacant)
    assert handler.role not in excluded | vacant
    assert handler.role or handler.body


# --- Molde ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "measure", "handler"),
    [
        ("participant", "smia", "kontaktperson"),
        ("staff", "smia", "daglig leder"),
        ("staff", "ata", "enhetsleder"),
        ("staff", "fram", "daglig leder"),
        ("manager", "smia", "enhetsleder"),
        ("unit_head", "smia", "kommunedirektøren i Molde"),
        ("service", "prim", "enhetsleder"),
        ("staff", GONE, "daglig leder, ellers enhetsleder"),
        ("manager", GONE, "enhetsleder"),
    ],
)
def test_molde_names_who_handles_it_and_falls_back_where_nobody_has_the_role(
    subject: str, measure: Any, handler: str
) -> None:
    about = {"about": {"subject": subject}, "case.measure": measure}
    assert said(MOLDE, "handled_by", about) == handler


def test_what_molde_does_not_tell_is_marked_as_practice() -> None:
    named, fallback = (
        facts(MOLDE, {"case.measure": measure})["handled_by"] for measure in ("smia", "ata")
    )
    assert "2.11" in named.source
    assert named.source.startswith("Arbeid og Aktivitet")
    assert fallback.source.startswith("god praksis")


def test_nobody_handles_what_was_complained_about_in_their_own_role() -> None:
    about = {"about": {"subject": "staff", "role": "manager"}, "case.measure": "smia"}
    assert said(MOLDE, "handled_by", about) == "enhetsleder"
    assert said(MOLDE, "not_handled_by", about) == "daglig leder"


def test_a_person_who_is_named_handles_it_in_none_of_their_roles() -> None:
    changes = {
        "case.measure": "smia",
        "case.team": [
            {"role": "work_leader", "name": "Geir Moen"},
            {"role": "manager", "name": "geir  MOEN"},
        ],
    }
    assert said(MOLDE, "handled_by", changes) == "enhetsleder"
    assert said(MOLDE, "not_handled_by", changes) == "arbeidsleder og daglig leder"


def test_another_person_of_the_team_stays_free_to_handle_it() -> None:
    changes = {"case.measure": "smia", "case.team": [{"role": "manager", "name": "Liv Rønning"}]}
    assert said(MOLDE, "handled_by", changes) == "daglig leder"


def test_who_is_not_satisfied_goes_to_the_adviser_unless_it_is_about_the_adviser() -> None:
    assert said(MOLDE, "escalated_to") == "Nav Molde (spør etter veileder)"
    adviser = {"about": {"subject": "staff", "role": "adviser"}}
    assert said(MOLDE, "escalated_to", adviser) == "Nav Molde"


# --- what is not told -------------------------------------------------------------------------


def test_without_a_subject_the_routes_are_told_instead() -> None:
    found = facts(MOLDE, {"about": GONE})
    assert "handled_by" not in found
    assert "not_handled_by" not in found
    assert found["route_staff"].words == "en som arbeider her: daglig leder, ellers enhetsleder"
    assert found["route_unit_head"].words == "enhetsleder: kommunedirektøren i Molde"


@pytest.mark.parametrize("about", [{"role": "social_worker"}, {"name": "Birgitta Testman"}])
def test_a_complaint_about_somebody_of_another_body_goes_there(about: dict[str, str]) -> None:
    changes = {
        "about": {"subject": "staff", **about},
        "case.team": [{"role": "social_worker", "name": "Birgitta Testman"}],
    }
    body = "chefen för individ- och familjeomsorgen (IFO) i Sölvesborgs kommun"
    assert said(TEAM_WORK, "handled_by", changes) == body
    coach = {"about": {"subject": "staff", "role": "coach"}}
    assert said(TEAM_WORK, "handled_by", coach) == "chef på AME"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", list_services())
def test_a_blank_form_tells_the_route_of_every_subject(service: str, language: str) -> None:
    found = routing_facts(None, read_setting(service, language))
    told = {fact.rule: fact.words for fact in found}
    form = pf.blank("complaint", service=service, language=language).text()
    for subject in Subject:
        assert told[f"route_{subject.value}"] in form


def test_a_service_without_routes_names_nobody() -> None:
    setting = read_setting("molde")
    service = setting.service.model_copy(update={"complaints": None})
    assert routing_facts(None, replace(setting, service=service)) == ()


def test_no_other_kind_of_document_has_routes() -> None:
    found = {fact.rule for fact in facts_of("final_report", None, read_setting("molde"))}
    assert not found & set(RULES)


def test_nobody_is_concerned_by_a_complaint_that_is_about_nobody() -> None:
    complaint = pf.load(example_data(MOLDE, {"about": GONE}))
    assert isinstance(complaint, pf.Complaint)
    assert concerned_roles(complaint) == frozenset()


def test_a_route_that_is_missing_leads_outside() -> None:
    routing = load_service("team_work").complaints
    assert routing
    assert Subject.MANAGER not in routing.routes
    (handler,) = handlers(Subject.MANAGER, routing)
    assert handler == Handler(None, routing.outside.name, routing.outside.source)
