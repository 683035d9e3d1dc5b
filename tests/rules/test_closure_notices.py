"""The closure notice: little inside the service, all to the participant, and never without who."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import planforms as pf
from planforms.rules.deadlines import dues_of
from planforms.rules.milestones import with_milestones
from planforms.services.reading import find_service
from tests.reports import GONE, case_of, example_data, setting_of

INSIDE = "team_work/closure_notice_inside_the_municipality"
LETTER = "molde/closure_notice_to_the_participant"
NAME = "Nadja Provström"


def found(place: str, changes: dict[str, Any], **options: Any) -> set[tuple[str, str]]:
    problems = pf.validate(pf.load(example_data(place, changes)), **options)
    return {(problem.code, problem.place) for problem in problems}


def words_of(place: str) -> str:
    """What the example says, with plain spaces."""
    return pf.render(pf.load(example_data(place))).text().replace("\u00a0", " ")


# --- inside the service -----------------------------------------------------------------------


def test_a_notice_inside_prints_number_day_and_category_and_no_name() -> None:
    words = words_of(INSIDE)
    for told in ("TW-2026-017", "30 september 2026", "Arbete", "samordnare"):
        assert told in words
    assert "Nadja" not in words and "Provström" not in words


def test_no_file_of_it_holds_the_name_anywhere() -> None:
    document = pf.render(pf.load(example_data(INSIDE)))
    assert NAME not in pf.to_html(document)
    with zipfile.ZipFile(BytesIO(pf.to_docx(document))) as word:
        assert not [one for one in word.namelist() if b"Provstr" in word.read(one)]
    with pikepdf.open(BytesIO(pf.to_pdf(document))) as pdf:
        told = [str(value) for value in pdf.docinfo.values()]
        told += [str(value) for value in pdf.open_metadata().values()]
    assert told and not [one for one in told if "Provstr" in one]


def test_the_data_of_a_notice_inside_need_no_name_either() -> None:
    assert found(INSIDE, {"case.participant": GONE}) == set()
    with pytest.raises(pf.DataError) as raised:
        pf.load(example_data(LETTER, {"case.participant": GONE}))
    assert {problem.place for problem in raised.value.problems} == {"case.participant"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "Fick arbete."),
        ("tried", "Praktik."),
        ("heard_on", "2026-09-29"),
        ("view", "Bra."),
        ("decided_by", "AME"),
        ("contact", {"role": "coach"}),
    ],
)
def test_what_is_the_participants_own_does_not_belong_inside(field: str, value: object) -> None:
    assert found(INSIDE, {field: value}) == {("data.closure_inside", field)}
    draft = {"status": "draft"}
    without, told = (
        pf.render(pf.load(example_data(INSIDE, {**draft, **changes}))).text()
        for changes in ({}, {field: value})
    )
    assert told == without, "a draft prints nothing of it either"


@pytest.mark.parametrize("path", ["case.closure.category", "case.closure.closed_on"])
def test_it_needs_category_and_day(path: str) -> None:
    assert ("data.needed", path) in found(INSIDE, {path: GONE})


def test_everybody_whom_the_profile_names_is_told() -> None:
    assert found(INSIDE, {}) == set()
    assert found(INSIDE, {"chain.2": GONE}) == {("data.closure_chain", "chain")}


def test_an_empty_form_names_who_is_told_in_the_order_of_the_profile() -> None:
    words = pf.blank("closure_notice", service="team_work").text()
    places = [
        words.index(role) for role in ("samordnare", "arbetsmarknadskonsulent", "chef på AME")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(("status", "is_open"), [("draft", True), ("final", False)])
def test_it_is_due_by_the_end_of_the_month_and_done_once_it_is_final(
    status: str, is_open: bool
) -> None:
    notice = case_of(example_data(INSIDE, {"status": status}))
    setting = setting_of(notice)
    dues = dues_of(with_milestones(notice, setting), setting)
    [due] = [one for one in dues if one.rule == "closure_notice"]
    assert due.day == date(2026, 9, 30)
    assert due.is_open(date(2026, 9, 30)) is is_open


# --- to the participant -----------------------------------------------------------------------


def test_the_participant_is_told_why_what_was_tried_who_decided_and_where_to_turn() -> None:
    words = words_of(LETTER)
    for told in ("fast stilling", "truckførerkurs", "27. oktober 2026", "Nav Molde", "11 22 33 00"):
        assert told in words
    assert "Samtykkene dine slutter å gjelde" in words and "kan du klage" in words


@pytest.mark.parametrize("path", ["reason", "tried", "heard_on", "decided_by", "contact.name"])
def test_none_of_it_may_be_missing(path: str) -> None:
    assert found(LETTER, {}) == set()
    assert found(LETTER, {path: GONE}) == {("data.needed", path)}


def test_nobody_is_heard_after_it_was_written() -> None:
    with pytest.raises(pf.DataError) as raised:
        pf.load(example_data(LETTER, {"heard_on": "2026-10-29"}))
    assert {problem.place for problem in raised.value.problems} == {"heard_on"}


def test_it_is_refused_where_the_profile_does_not_say_who_decides(tmp_path: Path) -> None:
    profile = find_service("molde").read_text(encoding="utf-8")
    table = profile[profile.index("[consequences.discharge]") :].partition("\n\n")[0]
    (tmp_path / "molde.toml").write_text(profile.replace(table, ""), encoding="utf-8")
    (tmp_path / "molde.png").write_bytes(find_service("molde").with_suffix(".png").read_bytes())
    assert found(LETTER, {}, services=tmp_path) == {("data.closure_decider", "variant")}
