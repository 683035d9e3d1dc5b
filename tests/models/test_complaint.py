"""Complaints: what is asked first, how little is kept, and what nobody must do."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.document import Box, BoxKind, Heading, Paragraph, Table, inline_text
from planforms.services import list_services, load_country, load_service
from planforms.setting import read_setting
from tests.reports import GONE, LANGUAGES, example_data, problems_of

COMPLAINT = "molde/complaint_about_staff_told_by_word_of_mouth"
APPEAL = "harstad/appeal_of_a_decision_on_social_services"
NAMELESS = "team_work/complaint_without_a_name_through_a_representative"
PROTECTED = "harstad/late_appeal_with_protected_identity"
REPLY = "molde/reply_to_a_complaint"
PRIVATE = {
    "case.participant.national_id": "010190 12345",
    "case.participant.birth_date": "1990-01-01",
    "case.participant.address": {
        "street": "Eksempelgata 77",
        "postal_code": "6400",
        "town": "MOLDE",
    },
    "case.participant.phone": "11 22 33 99",
}


def rendered(path: str, changes: dict[str, Any] | None = None, **options: Any) -> str:
    return pf.render(pf.load(example_data(path, changes)), **options).text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", list_services())
def test_the_first_thing_on_the_form_is_what_to_do_in_danger(service: str, language: str) -> None:
    blocks = pf.blank("complaint", service=service, language=language).blocks
    first = next(block for block in blocks if isinstance(block, Box))
    profile = load_service(service)
    paragraph = first.children[0]
    assert first.kind is BoxKind.NOTE
    assert isinstance(paragraph, Paragraph)
    words = inline_text(paragraph.children)
    assert load_country(profile.country).emergency.ambulance in words
    assert load_country(profile.country).emergency.police in words
    assert profile.organisation.phone in words


@pytest.mark.parametrize("path", [COMPLAINT, REPLY])
def test_nothing_of_the_case_is_printed_but_name_number_and_needs(path: str) -> None:
    assert rendered(path, PRIVATE) == rendered(path)
    text = rendered(path)
    assert "tigrinja" in text
    assert "2026/0204-K1" in text


@pytest.mark.parametrize("kind", ["complaint", "complaint_reply"])
def test_no_form_asks_for_a_national_number_or_a_birth_date(kind: str) -> None:
    for language in LANGUAGES:
        paths = {
            field.path for field in pf.blank(kind, service="molde", language=language).fields()
        }
        assert not {path for path in paths if "national_id" in path or "birth_date" in path}


def test_a_complaint_is_issued_without_a_signature_and_without_reasons() -> None:
    lean = {
        "complainant": {"capacity": "participant"},
        "incident": GONE,
        "wish": GONE,
        "about": GONE,
        "grounds": GONE,
        "other_ground": GONE,
        "receipt": GONE,
    }
    document = pf.render(pf.load(example_data(COMPLAINT, lean)))
    assert not [path for path in document.places if path.startswith("signatures")]
    assert not [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("field", ["danger", "matter", "complainant"])
def test_an_issued_complaint_has_answered_the_first_questions(field: str) -> None:
    with pytest.raises(pf.DataError) as raised:
        rendered(COMPLAINT, {field: GONE})
    assert problems_of(raised.value) == {("data.needed", field)}


def headings(path: str, changes: dict[str, Any] | None = None) -> set[str]:
    blocks = pf.render(pf.load(example_data(path, changes))).blocks
    return {inline_text(block.children) for block in blocks if isinstance(block, Heading)}


def test_a_service_complaint_and_an_appeal_ask_for_different_things() -> None:
    about, decision = "Hvem eller hva du klager på", "Vedtaket"
    assert headings(COMPLAINT) >= {about}
    assert decision not in headings(COMPLAINT)
    assert headings(APPEAL) >= {decision}
    assert about not in headings(APPEAL)


def test_a_complaint_leads_whoever_disagrees_with_a_decision_to_the_appeal() -> None:
    blank = pf.blank("complaint", service="molde").text()
    assert "☐ jeg er uenig i et vedtak" in blank
    assert "«Klage på vedtak», med egen frist" in blank
    assert "Klage på vedtak" not in rendered(COMPLAINT)
    with pytest.raises(pf.DataError) as raised:
        rendered(COMPLAINT, {"schema": 2, "matter": "decision"})
    assert problems_of(raised.value) == {("data.appeal_apart", "matter")}


def test_a_complaint_without_a_name_is_answered_through_the_representative() -> None:
    assert "vill inte ge sitt namn" in rendered(NAMELESS)
    reply = rendered("team_work/reply_to_a_representative_from_outside")
    assert "Rut Almgren" in reply
    assert "vill inte ge sitt namn" not in reply


def test_a_protected_identity_hides_where_the_person_is_but_not_how_to_reach_them_safely() -> None:
    text = rendered(PROTECTED, {"appellant.helped_by": "Mor"})
    for hidden in ("Bare gjennom veilederen", "Mor\n"):
        assert hidden not in text
    assert "Gjennom veilederen hos Nav Harstad" in text


def test_a_reply_tells_the_service_s_own_delay_only_while_it_is_written() -> None:
    assert "Svar senest" in rendered(REPLY, {"status": "draft"})
    assert "Svar senest" not in rendered(REPLY)


def test_a_reply_names_the_next_step_and_who_answers() -> None:
    text = rendered(REPLY)
    assert "Nav Molde (spør etter veileder)" in text
    assert load_country("NO").bodies.ombudsman in text
    assert "Torunn Bakke Viken\nRolle\nenhetsleder" in text


@pytest.mark.parametrize(
    ("path", "changes", "place"),
    [
        (COMPLAINT, {"receipt.answered_on": "2026-03-08"}, "receipt.received_on"),
        (COMPLAINT, {"receipt.read_back_on": "2026-03-08"}, "receipt.received_on"),
        (APPEAL, {"decision.made_on": "2026-05-08"}, "decision.made_on"),
        (APPEAL, {"decision.forwarded_on": "2026-05-06"}, "decision.told_on"),
        (REPLY, {"receipt.received_on": "2026-03-21"}, "receipt.received_on"),
    ],
)
def test_days_in_the_wrong_order_are_told(path: str, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(pf.DataError) as raised:
        rendered(path, changes)
    assert problems_of(raised.value) == {("data.date_order", place)}


def test_an_unknown_ground_or_statute_is_a_problem() -> None:
    with pytest.raises(pf.DataError) as raised:
        rendered(COMPLAINT, {"grounds": ["lack_of_respect", "weather"]})
    assert problems_of(raised.value) == {("data.key", "grounds[1]")}
    with pytest.raises(pf.DataError) as raised:
        rendered(APPEAL, {"decision.statute": "socialtjanstlagen"})
    assert problems_of(raised.value) == {("data.key", "decision.statute")}


def test_molde_offers_its_own_grounds_and_every_service_offers_another() -> None:
    form = pf.blank("complaint", service="molde").text()
    for ground in ("mangel på respekt", "fysisk utnytting", "psykisk utnytting", "noe annet"):
        assert f"☐ {ground}" in form
    for service in list_services():
        assert read_setting(service).keys("complaint_ground")[-1] == "other"
