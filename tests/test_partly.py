"""Empty forms in which what is known stands already."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.models.shapes import with_brackets
from planforms.models.values import values_at
from planforms.registry import KINDS
from planforms.writers import writer
from tests.commands import call
from tests.reports import EXAMPLES

SECRET = "Hemmelig"
PARTICIPANT = {"name": "Ánde Ødegård", "birth_date": "1999-02-03"}
PARTLY = {"case": {"service": "molde", "participant": PARTICIPANT}}


def form(form: str = "action_plan", **data: Any) -> pf.Document:
    return pf.blank(form, service="molde", data={**PARTLY, **data})


def test_what_is_known_stands_in_the_form_and_can_be_changed() -> None:
    document = form()
    name = document.places["case.participant.name"]
    assert (name.raw, name.fixed) == ("Ánde Ødegård", False)
    assert document.places["case.participant.birth_date"].raw == "1999-02-03"
    assert "03.02.1999" in document.text()
    assert document.places.keys() == pf.blank("action_plan", service="molde").places.keys()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_document_fills_its_own_form(path: Path) -> None:
    data = pf.load(path)
    document = pf.blank(data.kind, service=data.service_key, language=data.language, data=data)
    kind, model = KINDS[data.kind], KINDS[data.kind].model
    which = {kind.form_by: getattr(data, kind.form_by)}
    form = pf.blank(data.kind, service=data.service_key, language=data.language, data=which)
    empty = form.places
    for place, found in document.places.items():
        each = with_brackets(model, place) + ("[]" if place.endswith("]") else "")
        values = [plain_value(one) for _, one in values_at(data, each)]
        if found.fixed:
            same = place in empty and empty[place].fixed and empty[place].raw == found.raw
            assert same or found.raw not in values, place
        else:
            assert found.raw is None or found.raw in values, place
    open_ = {field.path for field in document.fields() if field.text is None}
    assert [path for path in open_ if not data.is_protected and known_at(document, path)] == []
    told = [one.raw for one in document.places.values() if one.raw is not None]
    assert len(told) > 3


def known_at(document: pf.Document, path: str) -> bool:
    """Whether something is known that a form does not print."""
    return not document.places[path].fixed and document.places[path].raw is not None


def plain_value(value: Any) -> Any:
    """A value of a model as plain data."""
    match value:
        case tuple():
            return tuple(map(plain_value, value))
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case Decimal():
            return str(value)
    return value


def test_rows_that_are_known_leave_room_for_others() -> None:
    document = form(goals=[{"text": "Fast jobb"}])
    assert document.places["goals[0].text"].raw == "Fast jobb"
    assert document.places["goals[1].text"].raw is None


def test_a_choice_that_is_known_is_a_ticked_box() -> None:
    document = form("complaint", grounds=["lack_of_respect"])
    ticked = {box.option: box.checked for box in document.boxes() if box.path == "grounds"}
    assert [option for option, checked in ticked.items() if checked] == ["lack_of_respect"]
    assert len(ticked) > 1


def test_a_form_asks_only_whom_the_data_asks_where_an_empty_one_asks_them() -> None:
    document = form("consent", lines=[{"area": "school", "purpose": "Praksis"}])
    empty = pf.blank("consent", service="molde")
    area = document.places["lines[2].area"]
    assert (area.raw, area.fixed) == ("school", True)
    assert empty.places["lines[2].area"].raw == "school"
    assert document.places["lines[2].purpose"].raw == "Praksis"
    assert document.places["lines[2].use"] == empty.places["lines[2].use"]
    assert {path[:8] for path in document.places if path.startswith("lines")} == {"lines[2]"}


def test_whom_the_service_does_not_ask_by_itself_comes_last() -> None:
    document = form("consent", lines=[{"area": "workplace"}, {"area": "nav"}])
    asked = {path: place for path, place in document.places.items() if path.endswith("].area")}
    assert {path: place.raw for path, place in asked.items()} == {
        "lines[0].area": "nav",
        "lines[4].area": "workplace",
    }
    assert [place.fixed for place in asked.values()] == [True, False]


def test_a_protected_identity_keeps_its_address_off_the_form() -> None:
    hidden = {**PARTICIPANT, "protected_identity": True, "phone": SECRET}
    document = form(case={"service": "molde", "participant": hidden})
    assert "case.participant.phone" not in document.places
    assert SECRET not in document.text()


def test_what_cannot_stand_in_the_document_is_told_without_its_value() -> None:
    with pytest.raises(pf.DataError) as caught:
        form(issued_on=SECRET, conclusion=SECRET)
    assert {problem.code for problem in caught.value.problems} == {
        "data.date_form",
        "data.unknown_field",
    }
    assert SECRET not in str(caught.value)


def test_data_of_another_kind_is_refused() -> None:
    with pytest.raises(pf.DataError) as caught:
        form("complaint", kind="consent")
    assert caught.value.problems[0].code == "data.kind"


@pytest.mark.parametrize("command", ["blank", "render"])
def test_a_format_that_cannot_be_filled_in_is_a_wrong_call(command: str, tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    whole = {**PARTLY["case"], "number": "A 1"}
    data.write_text(json.dumps({"kind": "action_plan", "language": "no", "case": whole}))
    what = ["action_plan", "--service", "molde"] if command == "blank" else [data]
    answer = call(command, *what, "--fillable", "-o", tmp_path / "x.unfillable")
    assert answer.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["data.json"]


def test_a_writer_that_cannot_fill_says_so() -> None:
    with pytest.raises(pf.UsageError) as caught:
        writer("png", fillable=True)
    assert caught.value.problems[0].code == "format.fillable"
