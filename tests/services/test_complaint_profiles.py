"""What a service and a country say about complaints and appeals."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforms.errors import ProfileError
from planforms.models.complaint import Subject
from planforms.services import BUILT_IN, COUNTRIES, list_services, load_country, load_service
from tests.reports import problems_of


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
