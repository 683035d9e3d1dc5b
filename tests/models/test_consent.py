"""The consent form: what it offers, what it hides until it is signed, and what it records."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

import planforms as pf
from planforms.document import Block, CheckBox, Inline, Paragraph
from planforms.models.secrecy import Information
from planforms.services import load_service
from tests.reports import ROOT, problems_of

TO_SIGN = ROOT / "examples" / "team_work" / "consent_to_sign.json"
ANSWERED = ROOT / "examples" / "molde" / "consent_answered_with_one_refusal.json"
WITHDRAWN = ROOT / "examples" / "hjortmossen" / "consent_partly_withdrawn.json"
MINOR = ROOT / "examples" / "vivirk" / "consent_of_a_minor_with_guardian_and_interpreter.json"
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


@pytest.mark.parametrize("language", ["no", "sv", "da"])
@pytest.mark.parametrize("path", [TO_SIGN, MINOR, RENEWED], ids=lambda path: path.stem)
def test_a_form_to_sign_shows_no_tick(path: Any, language: str) -> None:
    document = pf.render(pf.load(path), language=language)
    assert [*boxes(document.blocks)]
    assert ticked(document) == []


@pytest.mark.parametrize("service", ["molde", "team_work", "hjortmossen", "harstad", "vivirk"])
def test_a_blank_form_has_a_box_for_each_area_and_kind_and_none_is_ticked(service: str) -> None:
    document = pf.blank("consent", service=service)
    areas = load_service(service).keys("other_area")
    for number, area in enumerate(areas):
        path = f"lines[{number}].answer"
        offered = [box.option for box in boxes(document.blocks) if box.path.startswith(path)]
        assert offered == [
            *("given", "refused", "give", "obtain", "both"),
            *Information,
            area,  # of the part to withdraw with
        ]
    assert ticked(document) == []


def test_a_form_asks_only_for_what_its_line_names() -> None:
    document = pf.render(pf.load(TO_SIGN))
    asked = {
        box.option for box in boxes(document.blocks) if box.path == "lines[3].answer.information"
    }
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
    assert "Ja til\nNav Molde og Skolen\nNei til\nHelsetjenesten" in text


def test_a_withdrawal_stands_in_the_summary_and_in_its_part() -> None:
    document = pf.render(pf.load(WITHDRAWN))
    assert "Återkallat\nHälso- och sjukvården" in document.text()
    assert ("lines[1].answer.withdrawn_on", "halso_och_sjukvard") in ticked(document)
    assert ("lines[0].answer.withdrawn_on", "forsakringskassan") not in ticked(document)


def test_a_form_without_a_yes_has_no_part_to_withdraw_with() -> None:
    data = data_of(WITHDRAWN)
    for line in data["lines"]:
        line["answer"] = {"area": line["area"], "decision": "refused", "decided_on": "2026-03-04"}
    text = pf.render(pf.load(data)).text()
    assert "Till dig som vill återkalla samtycket" not in text


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
        ({"information": ["health"]}, ("data.answer_unasked", "lines[0].answer.information")),
        ({"area": "school"}, ("data.answer_area", "lines[0].answer.area")),
        ({"valid_until": None}, ("data.needed", "lines[0].answer.valid_until")),
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
    assert refused(data) == {("data.key", "lines[1].area")}


def test_a_line_that_rests_on_law_says_so_and_has_no_boxes() -> None:
    document = pf.render(pf.load(MINOR))
    assert "databeskyttelsesforordningens artikel 6, stk. 1, litra e" in document.text()
    assert not [box for box in boxes(document.blocks) if box.path.startswith("lines[0]")]


def test_a_line_that_rests_on_law_needs_its_provision_and_takes_no_answer() -> None:
    data = data_of(MINOR)
    del data["lines"][0]["provision"]
    assert refused(data) == {("data.needed", "lines[0].provision")}
    for signature in data["signatures"]:
        signature |= {"state": "signed", "signed_on": "2026-09-08"}
    data["lines"][0]["answer"] = answer("eksempelby_employment", valid_until="2027-06-30")
    assert ("data.answer_unasked", "lines[0].answer") in refused(data)


def test_there_is_no_general_consent() -> None:
    data = data_of(TO_SIGN)
    del data["lines"][0]["information"]
    assert refused(data) == {("data.needed", "lines[0].information")}


# --- countries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "cited"),
    [
        (ANSWERED, "forvaltningsloven §\u00a013\u00a0a"),
        (TO_SIGN, "12\u00a0kap. 2\u00a0§ offentlighets- och sekretesslagen"),
        (MINOR, "retssikkerhedslovens §\u00a011\u00a0a"),
    ],
    ids=["Norway", "Sweden", "Denmark"],
)
def test_the_consent_rests_on_the_law_of_the_service_in_every_language(
    path: Any, cited: str
) -> None:
    for language in ("no", "sv", "da"):
        assert cited in pf.render(pf.load(path), language=language).text()


def test_the_form_names_controller_officer_and_authority() -> None:
    text = pf.render(pf.load(MINOR)).text()
    privacy = load_service("vivirk").privacy
    for words in (privacy.controller, privacy.officer, privacy.officer_contact, "Datatilsynet"):
        assert words in text


def test_a_paragraph_is_found_by_the_search_for_boxes() -> None:
    box = CheckBox("x", "y", "z", checked=True)
    assert [*boxes((Paragraph((box,)),))] == [box]
