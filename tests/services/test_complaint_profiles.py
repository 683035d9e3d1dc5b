"""What a service and a country say about complaints and appeals."""

from __future__ import annotations

from pathlib import Path

import pytest

import planforms as pf
from planforms.errors import ProfileError
from planforms.languages import load_words
from planforms.models.complaint import Subject
from planforms.services import BUILT_IN, COUNTRIES, list_services, load_country, load_service
from planforms.setting import read_setting
from tests.reports import LANGUAGES, example_data, problems_of


def changed(source: Path, target: Path, old: str, new: str) -> None:
    text = source.read_text(encoding="utf-8")
    assert old in text
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(old, new, 1), encoding="utf-8")


def molde_with(folder: Path, old: str, new: str) -> None:
    changed(BUILT_IN / "molde.toml", folder / "molde.toml", old, new)
    (folder / "molde.png").write_bytes((BUILT_IN / "molde.png").read_bytes())


@pytest.mark.parametrize("service", list_services())
def test_every_service_tells_who_handles_complaints_and_where_they_go_next(service: str) -> None:
    routing = load_service(service).complaints
    assert routing
    assert routing.outside.name != routing.escalation.name
    assert set(routing.routes) >= set(Subject) - {Subject.MANAGER, Subject.UNIT_HEAD}


@pytest.mark.parametrize("service", list_services())
@pytest.mark.parametrize("kind", ["complaint", "complaint_reply"])
def test_every_service_answers_within_two_weeks_and_says_where_that_stands(
    service: str, kind: str
) -> None:
    document = load_service(service).document(kind)
    deadline = document.deadlines["answer_by"]
    assert (deadline.days, deadline.after) == (14, "receipt.received_on")
    assert deadline.source.startswith(("god praksis", "god praxis")) == (
        document.basis == "practice"
    )


def test_a_vacancy_in_a_measure_that_there_is_not_is_told(tmp_path: Path) -> None:
    molde_with(tmp_path, 'prim = ["manager"]', 'primm = ["manager"]')
    with pytest.raises(ProfileError) as raised:
        load_service("molde", [tmp_path])
    assert problems_of(raised.value) == {("profile.key", "molde.toml: complaints.vacant.primm")}


def test_a_route_for_a_subject_that_there_is_not_is_told(tmp_path: Path) -> None:
    molde_with(tmp_path, "[complaints.routes.staff]", "[complaints.routes.stuff]")
    with pytest.raises(ProfileError) as raised:
        load_service("molde", [tmp_path])
    assert {code for code, _ in problems_of(raised.value)} == {"profile.enum"}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ("decision.told", "NO.toml: statutes.sosialtjenesteloven.appeal.after"),
        ("decision.authority", "NO.toml: statutes.sosialtjenesteloven.appeal.after"),
    ],
)
def test_a_deadline_from_no_day_of_an_appeal_is_told(
    tmp_path: Path, wrong: str, place: str
) -> None:
    target = tmp_path / "countries" / "NO.toml"
    changed(COUNTRIES / "NO.toml", target, '"decision.told_on"', f'"{wrong}"')
    with pytest.raises(ProfileError) as raised:
        load_country("NO", [tmp_path])
    assert problems_of(raised.value) == {("profile.path", place)}


def test_a_telephone_number_is_kept_on_one_line() -> None:
    assert load_service("molde").organisation.phone == "11\u00a022\u00a033\u00a000"


def test_a_body_for_appeals_by_a_law_that_the_country_does_not_have_is_told(tmp_path: Path) -> None:
    old, new = "[appeals.sosialtjenesteloven]", "[appeals.sosialtjenestelova]"
    molde_with(tmp_path, old, new)
    with pytest.raises(ProfileError) as error:
        read_setting("molde", services=tmp_path)
    (problem,) = error.value.problems
    assert (problem.code, problem.place) == (
        "profile.key",
        "molde.toml: appeals.sosialtjenestelova",
    )
    assert "sosialtjenesteloven" in problem.hint


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_asks_for_the_national_number_where_the_profile_says_so(
    language: str, tmp_path: Path
) -> None:
    asked = load_words(language).term("field", "Participant.national_id")
    molde_with(tmp_path, "[consent]\n", "[consent]\nidentity_number = true\n")
    for services, is_asked in ((None, False), (tmp_path, True)):
        form = pf.blank("consent", service="molde", language=language, services=services)
        assert (asked in form.text()) is is_asked
    data = example_data("molde/consent_answered_with_one_refusal")
    data["case"]["participant"]["national_id"] = "010190 00000"
    for services, is_told in ((None, False), (tmp_path, True)):
        made = pf.render(pf.load(data), language=language, services=services)
        assert ("010190 00000" in made.text()) is is_told
