"""Data of earlier versions: what loaded once loads, as what it is today, and loses nothing."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

import planforms as pf
from planforms.models.migration import CURRENT, migrated
from planforms.models.values import plain
from tests.reports import EXAMPLES, problems_of, report_data

APPEAL: dict[str, Any] = {
    "schema": 1,
    "kind": "complaint",
    "language": "no",
    "status": "final",
    "issued_on": "2026-05-18",
    "replaces": {"issued_on": "2026-05-12", "reason": "Søsteren var ikke med."},
    "additional": [{"label": "Vedlegg", "text": "Brev fra sykehuset"}],
    "case": {
        "number": "2026/1187",
        "service": "harstad",
        "participant": {
            "name": "Jonas Eliassen",
            "representatives": [{"kind": "support_person", "name": "Liv Eliassen"}],
        },
        "measure": "qualification_programme",
    },
    "danger": "no",
    "matter": "decision",
    "complainant": {
        "capacity": "participant",
        "contact": "Telefon 11 22 33 58",
        "helped_by": "veilederen på Nav-kontoret",
        "name_may_be_told": "yes",
    },
    "incident": {
        "account": "Programmet mitt skal stoppe fordi jeg var borte i april. Jeg sa fra hver dag.",
        "when": "Hele april",
        "place": "Nav-kontoret",
    },
    "wish": "Jeg vil fortsette til programmet er ferdig.",
    "decision": {
        "authority": "Nav Harstad",
        "reference": "2026/1187-4",
        "made_on": "2026-05-04",
        "told_on": "2026-05-07",
        "statute": "sosialtjenesteloven",
        "forwarded_on": "2026-05-18",
        "late_reason": "Brevet lå i feil postkasse.",
    },
    "receipt": {
        "received_on": "2026-05-18",
        "manner": "oral",
        "received_by": "adviser",
        "name": "Synne Haugland",
        "read_back_on": "2026-05-18",
        "answered_on": "2026-05-20",
    },
    "signatures": [
        {
            "role": "participant",
            "name": "Jonas Eliassen",
            "state": "signed",
            "signed_on": "2026-05-18",
        }
    ],
}
"""An appeal as the first version had it: a complaint about a decision."""

SERVICE: dict[str, Any] = {
    "schema": 1,
    "kind": "complaint",
    "language": "no",
    "status": "final",
    "issued_on": "2026-03-09",
    "case": {
        "number": "2026/0204-K1",
        "service": "molde",
        "participant": {"name": "Selam Tesfay", "interpreter_language": "tigrinja"},
        "measure": "fram",
    },
    "danger": "no",
    "matter": "service",
    "complainant": {"capacity": "participant", "name_may_be_told": "unsure"},
    "about": {"subject": "staff", "role": "work_leader", "name": "Geir Moen"},
    "grounds": ["lack_of_respect", "other"],
    "other_ground": "Fikk ikke tolk.",
    "incident": {"account": "Arbeidslederen ropte til meg.", "when": "Torsdag 5. mars"},
    "wish": "Jeg vil at noen snakker med ham.",
    "receipt": {"received_on": "2026-03-09", "manner": "oral", "received_by": "contact_person"},
}

PROTECTED: dict[str, Any] = {
    "schema": 1,
    "kind": "complaint",
    "language": "no",
    "status": "final",
    "issued_on": "2026-09-28",
    "case": {
        "number": "2026/2031",
        "service": "harstad",
        "participant": {"name": "Nora Fjellheim", "protected_identity": True},
        "measure": "follow_up",
    },
    "danger": "no",
    "matter": "decision",
    "complainant": {"capacity": "participant", "contact": "Bare gjennom veilederen"},
    "incident": {"account": "Jeg fikk avslag.", "place": "Kurset i Storgata"},
    "wish": "Jeg vil at søknaden blir vurdert på nytt.",
    "decision": {"authority": "Nav", "told_on": "2026-07-06", "statute": "arbeidsmarkedsloven"},
}


def old(source: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(source), **changes}


def without(source: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in copy.deepcopy(source).items() if key not in keys}


def texts(value: Any) -> set[str]:
    """Every text in plain data but keys of vocabularies, which the caller names."""
    if isinstance(value, dict):
        return {text for one in value.values() for text in texts(one)}
    if isinstance(value, list):
        return {text for one in value for text in texts(one)}
    return {value} if isinstance(value, str) else set()


# --- an appeal of the first version ---------------------------------------------------------


def test_a_complaint_about_a_decision_loads_as_an_appeal() -> None:
    appeal = pf.load(APPEAL, pf.Appeal)
    assert appeal.schema_version == CURRENT == 2
    assert appeal.kind == "appeal"
    assert appeal.change == APPEAL["wish"]
    assert appeal.appellant
    assert appeal.appellant.contact == "Telefon 11 22 33 58"
    assert appeal.appellant.helped_by == "veilederen på Nav-kontoret"
    assert appeal.reasons == f"{APPEAL['incident']['account']}\n\nHele april\n\nNav-kontoret"


@pytest.mark.parametrize(
    "part",
    ["case", "decision", "receipt", "signatures", "replaces", "additional", "issued_on", "status"],
)
def test_what_complaint_and_appeal_have_in_common_stays_as_it_was(part: str) -> None:
    as_loaded = json.loads(pf.load(APPEAL).model_dump_json(by_alias=True, exclude_unset=True))
    assert as_loaded[part] == APPEAL[part]


def test_no_word_that_anybody_wrote_is_lost() -> None:
    source = old(
        APPEAL,
        danger="yes",
        danger_action="Barna er hos søsteren.",
        grounds=["other"],
        other_ground="Ingen hørte på meg.",
    )
    found = pf.load(source).model_dump_json()
    codes = {"complaint", "decision", "yes", "other"}
    for text in texts(source) - codes:
        assert text in found, text


def test_an_old_appeal_can_be_issued_as_it_is() -> None:
    text = pf.render(pf.load(without(APPEAL, "replaces"))).text()
    assert "Jeg vil fortsette til programmet er ferdig." in text
    assert "Jeg sa fra hver dag." in text
    assert "28.\u00a0mai\u00a02026" in text


def test_data_that_do_not_say_their_version_have_the_first() -> None:
    assert pf.load(without(APPEAL, "schema")) == pf.load(APPEAL)


@pytest.mark.parametrize(
    "gone", [("complainant",), ("incident",), ("wish",), ("decision",), ("incident", "wish")]
)
def test_an_old_appeal_may_be_unfinished(gone: tuple[str, ...]) -> None:
    appeal = pf.load(old(without(APPEAL, *gone), status="draft"), pf.Appeal)
    assert (appeal.appellant is None) == ("complainant" in gone)
    assert (appeal.reasons is None) == ("incident" in gone)
    assert (appeal.change is None) == ("wish" in gone)
    assert (appeal.decision is None) == ("decision" in gone)


@pytest.mark.parametrize("key", ["complainant", "incident", "wish", "decision", "receipt"])
def test_nothing_may_be_said_as_null(key: str) -> None:
    assert isinstance(pf.load(old(APPEAL, **{key: None})), pf.Appeal)


def test_what_was_withheld_of_a_protected_person_does_not_come_to_light() -> None:
    appeal = pf.load(PROTECTED, pf.Appeal)
    assert appeal.reasons == "Jeg fikk avslag."
    assert appeal.is_protected
    text = pf.render(pf.revise(appeal, status="draft")).text()
    assert "Storgata" not in text
    assert "Bare gjennom veilederen" not in text


def test_an_old_appeal_is_asked_for_what_the_law_asks_today() -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load(PROTECTED))
    assert problems_of(caught.value) == {
        ("data.appeal_signature", "signatures"),
        ("data.safe_contact", "appellant.safe_contact"),
    }


def test_an_old_appeal_is_no_complaint_any_more() -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(APPEAL, pf.Complaint)
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("data.kind", "kind")
    assert problem.hint == "wanted: complaint"


def test_migrating_leaves_what_it_was_given_as_it_was() -> None:
    source = copy.deepcopy(APPEAL)
    first = migrated(source)
    assert source == APPEAL
    assert migrated(first) == first
    again = pf.load(APPEAL)
    assert pf.load(again.model_dump_json(by_alias=True)) == again
    assert pf.load(plain(again)) == again


# --- everything else of the first version ---------------------------------------------------


@pytest.mark.parametrize("matter", ["service", "unsure", None])
def test_a_complaint_about_the_service_stays_one(matter: str | None) -> None:
    source = old(SERVICE, matter=matter, decision={"authority": "Nav Molde"})
    complaint = pf.load(source, pf.Complaint)
    assert complaint.schema_version == CURRENT
    as_loaded = json.loads(complaint.model_dump_json(by_alias=True, exclude_unset=True))
    assert as_loaded == {**source, "schema": CURRENT}


def test_a_new_complaint_about_a_decision_stays_one_and_is_sent_elsewhere() -> None:
    source = old(SERVICE, schema=2, matter="decision")
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load(source, pf.Complaint))
    assert problems_of(caught.value) == {("data.appeal_apart", "matter")}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_kind_but_those_appeals_loads_alike_by_either_number(path: Any) -> None:
    source = json.loads(path.read_text(encoding="utf-8"))
    assert pf.load({**source, "schema": 1}) == pf.load({**source, "schema": 2})


# --- old data with mistakes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"complainant": "Jonas Eliassen"}, "data.model_type", "complainant"),
        ({"complainant": ""}, "data.model_type", "complainant"),
        ({"complainant": []}, "data.model_type", "complainant"),
        ({"complainant": {"name": 7}}, "data.string_type", "complainant.name"),
        ({"complainant": {"capacity": "king"}}, "data.enum", "complainant.capacity"),
        (
            {"complainant": {"name_may_be_told": "perhaps"}},
            "data.enum",
            "complainant.name_may_be_told",
        ),
        ({"incident": []}, "data.model_type", "incident"),
        ({"incident": ["Jeg fikk et brev."]}, "data.model_type", "incident"),
        ({"incident": "Jeg fikk et brev."}, "data.model_type", "incident"),
        ({"incident": {"account": ["Jeg fikk et brev."]}}, "data.string_type", "incident.account"),
        ({"incident": {"acount": "Jeg"}}, "data.unknown_field", "incident"),
        ({"wish": 0}, "data.string_type", "wish"),
        ({"wish": []}, "data.string_type", "wish"),
        ({"other_ground": {"no": "nei"}}, "data.string_type", "other_ground"),
        ({"danger": "maybe"}, "data.enum", "danger"),
        ({"danger_action": False}, "data.string_type", "danger_action"),
        ({"about": "Geir"}, "data.model_type", "about"),
        ({"grounds": "other"}, "data.tuple_type", "grounds"),
        ({"case": "2026/1187"}, "data.model_type", "case"),
        ({"decision": "nei"}, "data.model_type", "decision"),
        ({"decision": {"told_on": "i går"}}, "data.date_form", "decision.told_on"),
        ({"signatures": {"role": "participant"}}, "data.tuple_type", "signatures"),
        ({"language": None}, "data.string_type", "language"),
        ({"unknown": "x"}, "data.unknown_field", "the data"),
        ({"appellant": {"name": "Jonas"}}, "data.unknown_field", "the data"),
    ],
)
def test_a_mistake_in_old_data_is_told_by_the_name_that_stands_there(
    changes: dict[str, Any], code: str, place: str
) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(old(APPEAL, **changes))
    assert problems_of(caught.value) == {(code, place)}


@pytest.mark.parametrize("version", [True, False, "1", "2", 0, 3, 1.5, -1, None, [1], {}, "x"])
@pytest.mark.parametrize("source", [APPEAL, SERVICE], ids=["appeal", "service"])
def test_a_version_that_there_is_not_is_told(source: dict[str, Any], version: Any) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(old(source, schema=version))
    assert ("data.literal_error", "schema") in problems_of(caught.value)


@pytest.mark.parametrize("kind", [None, 7, [], {}, "complaints"])
def test_an_old_kind_that_there_is_not_is_told(kind: Any) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(old(APPEAL, kind=kind))
    assert problems_of(caught.value) == {("data.kind", "kind")}


@pytest.mark.parametrize("matter", ["Decision", 1, ["decision"], {"decision": 1}])
def test_a_matter_that_there_is_not_is_told(matter: Any) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(old(APPEAL, matter=matter))
    assert ("data.enum", "matter") in problems_of(caught.value)


def test_a_model_as_plain_data_by_its_attributes_loads_again() -> None:
    report = pf.load(report_data())
    assert pf.load(report.model_dump(mode="json", exclude_none=True)) == report
