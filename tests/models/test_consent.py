"""The consent form: what it offers, what it hides until it is signed, and what it records."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import planforms as pf
from planforms.document import Block, CheckBox, Inline, Paragraph, Section, SectionKind
from planforms.models.consent import Consent
from planforms.models.secrecy import DisclosureBasis
from planforms.services import load_country, load_service
from tests.reports import ROOT, problems_of

TO_SIGN = ROOT / "examples" / "team_work" / "consent_to_sign.json"
ANSWERED = ROOT / "examples" / "molde" / "consent_answered_with_one_refusal.json"
NYNORSK = ROOT / "examples" / "molde" / "consent_in_nynorsk.json"
WITHDRAWN = ROOT / "examples" / "hjortmossen" / "consent_partly_withdrawn.json"
MINOR = ROOT / "examples" / "vivirk" / "consent_of_a_minor_with_parent_and_interpreter.json"
RENEWED = ROOT / "examples" / "harstad" / "consent_draft_after_a_new_start.json"


def data_of(path: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def answer(area: str, **more: Any) -> dict[str, Any]:
    """A yes to one kind of information."""
    given = {
        "area": area,
        "decision": "given",
        "decided_on": "2026-09-08",
        "information": ["plan"],
        "valid_until": "2027-08-31",
    }
    return {**given, **more}


def boxes(value: Any) -> Iterator[CheckBox]:
    """All boxes in a document, wherever they stand."""
    if isinstance(value, CheckBox):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from boxes(item)
    elif isinstance(value, Block | Inline | pf.Document) or hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from boxes(getattr(value, name))


def ticked(document: pf.Document) -> list[tuple[str, str]]:
    return [(box.path, box.option) for box in boxes(document.blocks) if box.checked]


def refused(data: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load(data))
    return problems_of(caught.value)


# --- a form to sign ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["no", "nn", "sv", "da"])
@pytest.mark.parametrize("path", [TO_SIGN, MINOR, RENEWED], ids=lambda path: path.stem)
def test_a_form_to_sign_shows_no_tick(path: Any, language: str) -> None:
    document = pf.render(pf.load(path), language=language)
    assert [*boxes(document.blocks)]
    assert ticked(document) == []


def offered(document: pf.Document, path: str) -> list[str]:
    return [box.option for box in boxes(document.blocks) if box.path == path]


@pytest.mark.parametrize("service", ["molde", "team_work", "hjortmossen", "harstad", "vivirk"])
def test_a_blank_form_asks_each_receiver_of_the_profile_for_no_more_than_it_needs(
    service: str,
) -> None:
    document = pf.blank("consent", service=service)
    receivers = load_service(service).consent.receivers
    for number, (area, receiver) in enumerate(receivers.items()):
        path, asked = f"lines[{number}].answer", receiver.basis is DisclosureBasis.CONSENT
        assert offered(document, f"{path}.decision") == (["given", "refused"] if asked else [])
        assert offered(document, f"{path}.exchange") == [*(receiver.exchange if asked else ())]
        kinds = {*offered(document, f"{path}.information")}
        assert kinds == {*(receiver.information if asked else ())}
        withdrawn = offered(document, "withdrawal.areas")
        assert withdrawn.count(area) == int(asked)
    assert ticked(document) == []


@pytest.mark.parametrize("service", ["molde", "team_work", "hjortmossen", "harstad", "vivirk"])
def test_a_blank_form_says_itself_what_the_service_always_says(service: str) -> None:
    profile = load_service(service).consent
    text = pf.blank("consent", service=service).text()
    assert profile.receivers
    said = [profile.we, profile.purpose, profile.refusal]
    said += [receiver.use for receiver in profile.receivers.values()]
    assert [words for words in said if words is None or words not in text] == []


def test_a_blank_form_asks_who_it_is_where_no_profile_can_know() -> None:
    places = pf.blank("consent", service="molde").places
    assert places["lines[0].area"].fixed
    assert [f"lines[{number}].name" in places for number in range(4)] == [False, True, True, False]


def test_a_filled_form_is_a_valid_consent() -> None:
    """What its blank asks for is enough; the rest stands in the profile or follows from it."""
    data = {
        "schema": 1,
        "kind": "consent",
        "language": "no",
        "status": "final",
        "issued_on": "2026-02-09",
        "valid_until": "2026-12-31",
        "case": {"number": "2026/0171", "service": "molde", "participant": {"name": "A"}},
        "lines": [
            {
                "area": "nav",
                "answer": {"decision": "given", "exchange": ["obtain"], "information": ["plan"]},
            },
            {"area": "health_service", "answer": {"decision": "refused"}},
        ],
        "signatures": [
            {"role": "participant", "name": "A", "state": "signed", "signed_on": "2026-02-11"}
        ],
    }
    consent = pf.load(data, Consent)
    pf.render(consent)
    answers = [line.answer for line in consent.lines]
    assert [(a.area, a.decided_on, a.valid_until) for a in answers if a] == [
        ("nav", date(2026, 2, 11), date(2026, 12, 31)),
        ("health_service", date(2026, 2, 11), None),
    ]


def test_a_form_asks_only_for_what_its_line_names() -> None:
    document = pf.render(pf.load(TO_SIGN))
    asked = {*offered(document, "lines[3].answer.information")}
    assert asked == {"resources_and_obstacles", "health"}


def test_earlier_consents_of_the_case_tick_nothing_on_a_new_form() -> None:
    data = data_of(RENEWED)
    assert data["case"]["consents"][0]["decision"] == "given"
    document = pf.render(pf.load(data))
    assert ticked(document) == []
    assert "på nytt 12. oktober 2026" in document.text().replace("\u00a0", " ")


def test_an_answer_on_a_form_to_sign_is_a_problem_even_in_a_draft() -> None:
    data = data_of(TO_SIGN)
    data["lines"][0]["answer"] = answer("ifo")
    for status in ("draft", "final"):
        assert ("data.answer_early", "lines[0].answer") in refused({**data, "status": status})


def test_an_explicit_no_before_the_signature_is_a_problem_too() -> None:
    data = data_of(TO_SIGN)
    data["lines"][0]["answer"] = {"area": "ifo", "decision": "refused", "decided_on": "2026-09-08"}
    assert refused(data) == {("data.answer_early", "lines[0].answer")}


def test_the_signature_of_staff_alone_makes_no_answer() -> None:
    data = data_of(TO_SIGN)
    data["lines"][0]["answer"] = answer("ifo")
    data["signatures"][1] |= {"state": "signed", "signed_on": "2026-09-08"}
    assert ("data.answer_early", "lines[0].answer") in refused(data)


def test_the_answer_of_a_minor_waits_for_the_guardian() -> None:
    data = data_of(MINOR)
    given = answer("company", exchange="give", information=["contact"], valid_until="2027-06-30")
    data["lines"][2]["answer"] = given
    data["signatures"][0] |= {"state": "signed", "signed_on": "2026-09-08"}
    assert refused(data) == {("data.answer_early", "lines[2].answer")}


# --- a form that was signed --------------------------------------------------------------------


def test_the_recorded_answers_are_ticked() -> None:
    found = ticked(pf.render(pf.load(ANSWERED)))
    assert ("lines[0].answer.decision", "given") in found
    assert ("lines[0].answer.information", "attendance") in found
    assert ("lines[0].answer.information", "resources_and_obstacles") not in found
    assert [option for path, option in found if path.startswith("lines[1]")] == ["refused"]


def test_the_summary_tells_yes_and_no() -> None:
    text = pf.render(pf.load(ANSWERED)).text()
    assert "Ja til\nNav Molde og skolen\nNei til\nhelsetjenesten" in text


def test_a_withdrawal_stands_in_the_place_of_the_yes() -> None:
    document = pf.render(pf.load(WITHDRAWN))
    text = document.text().replace("\u00a0", " ")
    assert "Återkallat\nhälso- och sjukvården" in text
    assert "Återkallat 18 maj 2026" in text
    assert [option for path, option in ticked(document) if path.startswith("lines[1]")] == []
    assert not [box for box in boxes(document.blocks) if box.path.startswith("lines[1]")]
    assert ("lines[0].answer.decision", "given") in ticked(document)


def test_a_slip_that_came_back_withdraws_what_is_ticked_on_it_from_the_day_it_came() -> None:
    data = data_of(ANSWERED)
    slip = {"areas": ["nav"], "received_on": "2026-03-20", "received_by": "Ida Moen"}
    consent = pf.load({**data, "withdrawal": slip}, Consent)
    answers = {line.area: line.answer for line in consent.lines}
    withdrawn = {area for area, answer in answers.items() if answer and answer.withdrawn_on}
    assert withdrawn == {"nav"}
    assert answers["nav"] and answers["nav"].withdrawn_on == date(2026, 3, 20)
    document = pf.render(consent)
    assert "Trukket tilbake 20. mars 2026" in document.text().replace("\u00a0", " ")
    assert offered(document, "withdrawal.areas") == ["school"]
    told = [field.text for field in document.fields() if field.path.startswith("withdrawal.rec")]
    assert told == ["20.03.2026", "Ida Moen"]


def test_a_slip_that_only_tells_in_words_withdraws_no_whole_answer_but_is_printed() -> None:
    data = data_of(ANSWERED)
    slip = {"part": "Ikke om helsen min.", "received_on": "2026-03-20"}
    consent = pf.load({**data, "withdrawal": slip}, Consent)
    assert not [line for line in consent.lines if line.answer and line.answer.withdrawn_on]
    assert "bare noe av det: Ikke om helsen min." in pf.render(consent).text()


@pytest.mark.parametrize("area", ["health_service", "probation_service"])
def test_a_slip_takes_back_nothing_but_a_yes_of_its_form(area: str) -> None:
    data = data_of(ANSWERED)
    slip = {"areas": ["nav", area], "received_on": "2026-03-20"}
    assert refused({**data, "withdrawal": slip}) == {("data.withdrawal", "withdrawal.areas[1]")}


def test_a_slip_without_its_day_or_before_the_yes_is_no_withdrawal() -> None:
    data = data_of(ANSWERED)
    undated = {**data, "withdrawal": {"areas": ["nav"]}}
    with pytest.raises(pf.DataError) as caught:
        pf.load(undated)
    assert problems_of(caught.value) == {("data.missing", "withdrawal.received_on")}
    early = {**data, "withdrawal": {"areas": ["nav"], "received_on": "2026-01-02"}}
    with pytest.raises(pf.DataError) as caught:
        pf.load(early)
    assert {code for code, _ in problems_of(caught.value)} == {"data.date_order"}


def test_a_form_without_a_yes_has_no_part_to_withdraw_with() -> None:
    data = data_of(WITHDRAWN)
    assert "Jag återkallar mitt samtycke" in pf.render(pf.load(data)).text()
    del data["withdrawal"]
    for line in data["lines"]:
        line["answer"] = {"area": line["area"], "decision": "refused", "decided_on": "2026-03-04"}
    assert "Jag återkallar mitt samtycke" not in pf.render(pf.load(data)).text()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (ANSWERED, ["Jeg samtykker til det jeg har svart ja til", "Jeg trekker tilbake det"]),
        (NYNORSK, ["Eg samtykkjer til det eg har svart ja til", "Eg trekkjer tilbake det"]),
        (TO_SIGN, ["Jag samtycker till det som jag har svarat ja till", "Jag återkallar det som"]),
        (MINOR, ["Jeg giver lov til det, jeg har svaret ja til", "Jeg tager mit ja tilbage"]),
    ],
    ids=["no", "nn", "sv", "da"],
)
def test_whoever_signs_declares_something_on_the_form_and_on_its_slip(
    path: Any, words: list[str]
) -> None:
    text = pf.render(pf.load(path)).text()
    assert [one for one in words if one not in text] == []


def test_the_slip_has_a_sheet_of_its_own_with_an_address() -> None:
    document = pf.blank("consent", service="team_work")
    sheets = [
        block
        for block in document.blocks
        if isinstance(block, Section) and block.kind is SectionKind.SHEET
    ]
    assert [type(sheet.children[0]).__name__ for sheet in sheets] == ["AddressWindow"]


def changed(**changes: Any) -> dict[str, Any]:
    """The answered form with another first answer."""
    data = copy.deepcopy(data_of(ANSWERED))
    data["lines"][0]["answer"] |= changes
    return data


def test_a_yes_without_the_signature_is_a_problem_and_a_no_is_not() -> None:
    data = data_of(ANSWERED)
    data["signatures"][0] = {"role": "participant", "state": "refused"}
    yes = {("data.answer_declined", f"lines[{n}].answer") for n in (0, 2)}
    assert refused(data) == yes
    for number in (0, 2):
        area = data["lines"][number]["area"]
        no = {"area": area, "decision": "refused", "decided_on": "2026-02-11"}
        data["lines"][number]["answer"] = no
    assert "refused" in {option for _, option in ticked(pf.render(pf.load(data)))}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"information": []}, ("data.answer_general", "lines[0].answer.information")),
        ({"exchange": []}, ("data.answer_general", "lines[0].answer.exchange")),
        ({"information": ["health"]}, ("data.answer_unasked", "lines[0].answer.information")),
        ({"area": "school"}, ("data.answer_area", "lines[0].answer.area")),
        ({"valid_until": "2027-01-01"}, ("data.date_order", "lines[0].answer.valid_until")),
        ({"withdrawn_on": "2026-02-10"}, ("data.date_order", "lines[0].answer.decided_on")),
    ],
)
def test_an_answer_keeps_within_what_was_asked(
    changes: dict[str, Any], problem: tuple[str, str]
) -> None:
    assert refused(changed(**changes)) == {problem}


def test_an_answer_goes_no_other_way_than_asked() -> None:
    data = data_of(ANSWERED)
    data["lines"][2]["answer"]["exchange"] = "both"
    assert refused(data) == {("data.answer_unasked", "lines[2].answer.exchange")}


def test_where_there_is_one_way_to_go_a_yes_need_not_say_which() -> None:
    data = data_of(ANSWERED)
    del data["lines"][2]["answer"]["exchange"]
    assert ("lines[2].answer.exchange", "obtain") in ticked(pf.render(pf.load(data)))


def test_a_yes_names_the_doctor_or_school_that_it_is_about() -> None:
    data = data_of(ANSWERED)
    del data["lines"][1]["name"], data["lines"][2]["name"]
    assert refused(data) == {("data.needed", "lines[2].name")}


def test_a_yes_says_how_long_it_holds() -> None:
    data = data_of(ANSWERED)
    del data["valid_until"], data["lines"][0]["answer"]["valid_until"]
    found = {("data.needed", "valid_until"), ("data.needed", "lines[0].answer.valid_until")}
    assert refused(data) == found


def test_a_danish_yes_about_health_ends_after_a_year() -> None:
    data = data_of(MINOR)
    data["valid_until"] = "2028-06-30"
    for signature in data["signatures"]:
        signature |= {"state": "signed", "signed_on": "2026-08-17"}
    for number, kind in ((1, "health"), (2, "plan")):
        data["lines"][number]["answer"] = {"decision": "given", "information": [kind]}
    text = pf.render(pf.load(data)).text().replace("\u00a0", " ")
    assert "Din læge: gælder længst til og med den 17. august 2027." in text
    assert "Virksomheden: gælder længst" not in text


def test_a_signed_form_lacks_no_answer() -> None:
    data = data_of(ANSWERED)
    del data["lines"][1]["answer"]
    assert refused(data) == {("data.answer_missing", "lines[1].answer")}


# --- lines -------------------------------------------------------------------------------------


def test_an_area_has_one_line() -> None:
    data = data_of(TO_SIGN)
    data["lines"][1]["area"] = "ifo"
    assert refused(data) == {("data.area_twice", "lines[1].area")}


def test_the_service_does_not_ask_about_its_own_area() -> None:
    data = data_of(TO_SIGN)
    data["lines"][1]["area"] = "ame"
    assert ("data.key", "lines[1].area") in refused(data)


def test_a_line_that_rests_on_law_says_so_and_has_no_boxes() -> None:
    document = pf.render(pf.load(MINOR))
    text = document.text().replace("\u00a0", " ")
    assert "forvaltningslovens § 28, stk. 1, og databeskyttelseslovens § 6" in text
    assert "beskæftigelsesområdet: her spørger vi ikke" in text
    assert not [box for box in boxes(document.blocks) if box.path.startswith("lines[0]")]


def test_a_line_that_rests_on_law_needs_its_provision_and_takes_no_answer() -> None:
    data = data_of(MINOR)
    data["lines"][2] |= {"basis": "law"}
    assert refused(data) == {("data.needed", "lines[2].provision")}
    data = data_of(MINOR)
    for signature in data["signatures"]:
        signature |= {"state": "signed", "signed_on": "2026-09-08"}
    data["lines"][0]["answer"] = answer("eksempelby_employment", valid_until="2027-06-30")
    assert ("data.answer_unasked", "lines[0].answer") in refused(data)


def test_there_is_no_general_consent() -> None:
    data = data_of(TO_SIGN)
    data["lines"] = [{"area": "unknown_here"}]
    assert ("data.needed", "lines[0].information") in refused(data)


# --- countries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "cited"),
    [
        (ANSWERED, "forvaltningsloven §\u00a013\u00a0a"),
        (TO_SIGN, "12\u00a0kap. 2\u00a0§ offentlighets- och sekretesslagen"),
        (MINOR, "databeskyttelseslovens §\u00a07, stk.\u00a01"),
    ],
    ids=["Norway", "Sweden", "Denmark"],
)
def test_the_consent_rests_on_the_law_of_the_service_in_every_language(
    path: Any, cited: str
) -> None:
    for language in ("no", "sv", "da"):
        assert cited in pf.render(pf.load(path), language=language).text()


@pytest.mark.parametrize(
    ("service", "cited"),
    [
        ("molde", "Fastlegen din, når vi spør: helsepersonelloven § 22"),
        ("harstad", "sosialtjenesteloven § 44 og Nav-loven § 7"),
        ("team_work", "Arbetsförmedlingen, när vi frågar: 28 kap. 11 §"),
        ("vivirk", "Din læge, når de fortæller os noget: sundhedslovens §§ 43 og 44"),
    ],
)
def test_each_receiver_is_released_by_the_provision_that_binds_it(service: str, cited: str) -> None:
    text = pf.blank("consent", service=service).text().replace("\u00a0", " ")
    assert cited in text
    assert "retssikkerhedslovens § 11 a" not in text  # lets an authority obtain, no provider tell


@pytest.mark.parametrize("service", ["molde", "team_work", "hjortmossen", "harstad", "vivirk"])
def test_the_form_tells_of_all_rights_and_how_long_data_are_kept(service: str) -> None:
    document = pf.blank("consent", service=service)
    profile, country = load_service(service), load_country(load_service(service).country)
    told = (profile.privacy.retention, country.data_protection.authority_contact)
    laws = (country.data_protection.rights, country.data_protection.sensitive)
    for words in (*told, *laws, profile.privacy.officer_phone or "none"):
        assert words in document.text()
    assert re.search(r"\d+ år", profile.privacy.retention)


# --- the day of the first consent --------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, set()),
        ({"enrolled_on": "2026-09-07"}, set()),
        ({"enrolled_on": "2026-09-06"}, {("data.consent_late", "issued_on")}),
        ({"enrolled_on": "2026-08-31", "reentered_on": "2026-09-01"}, set()),
    ],
)
def test_team_work_asks_before_enrolment(
    changes: dict[str, Any], problems: set[tuple[str, str]]
) -> None:
    data = data_of(TO_SIGN)
    data["case"] |= changes
    if problems:
        assert refused(data) == problems
    else:
        pf.render(pf.load(data))


def test_a_consent_that_renews_an_earlier_one_may_come_later() -> None:
    data = data_of(TO_SIGN)
    data["case"]["enrolled_on"] = "2026-08-31"
    data["replaces"] = {"issued_on": "2026-08-31"}
    pf.render(pf.load(data))


def test_a_plan_whose_only_consent_came_after_enrolment_is_a_problem_too() -> None:
    data = data_of(ROOT / "examples" / "team_work" / "action_plan_member_declines_to_sign.json")
    for consent in data["case"]["consents"]:
        consent["decided_on"] = "2026-03-10"
    found = {("data.consent_late", "case.consents[0].decided_on")}
    assert found <= refused(data)


def test_other_services_set_no_such_day() -> None:
    data = data_of(ANSWERED)
    assert data["case"]["enrolled_on"] < data["lines"][0]["answer"]["decided_on"]
    pf.render(pf.load(data))


# --- whose answer it is ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "kinds"),
    [
        ("molde", ["representative", "support_person", "parent", "guardian", "future_proxy"]),
        (
            "team_work",
            ["representative", "support_person", "parent", "guardian", "trustee", "future_proxy"],
        ),
        ("vivirk", ["representative", "support_person", "parent", "guardian", "future_proxy"]),
    ],
)
def test_a_form_offers_the_representatives_that_its_country_knows(
    service: str, kinds: list[str]
) -> None:
    path = "case.participant.representatives[0].kind"
    assert offered(pf.blank("consent", service=service), path) == kinds


def test_the_form_names_controller_officer_and_authority() -> None:
    text = pf.render(pf.load(MINOR)).text()
    privacy = load_service("vivirk").privacy
    for words in (privacy.controller, privacy.officer, privacy.officer_contact, "Datatilsynet"):
        assert words in text


def test_a_paragraph_is_found_by_the_search_for_boxes() -> None:
    box = CheckBox("x", "y", "z", checked=True)
    assert [*boxes((Paragraph((box,)),))] == [box]
