"""Shapes: what a path leads to, told from the models alone."""

from __future__ import annotations

import pytest

from planforms.models.fields import Guarded, Needed
from planforms.models.final_report import FinalReport
from planforms.models.shapes import Form, resolve, shapes_along, with_brackets


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("case", Form.PART),
        ("case.number", Form.LINE),
        ("case.participant.protected_identity", Form.FLAG),
        ("activities", Form.LIST),
        ("activities[]", Form.PART),
        ("activities[].ended_on", Form.DATE),
        ("activities[2].ended_on", Form.DATE),
        ("workplaces[].tasks", Form.LIST),
        ("workplaces[].tasks[]", Form.LINE),
        ("extent.planned", Form.NUMBER),
        ("attendance.planned_days", Form.NUMBER),
        ("conclusion", Form.TEXT),
        ("next_step.direction", Form.CHOICE),
        ("case.closure.category", Form.CHOICE),
        ("schema", Form.LINE),
    ],
)
def test_a_path_leads_to_its_form(path: str, form: Form) -> None:
    shape = resolve(FinalReport, path)
    assert shape is not None
    assert shape.form is form


@pytest.mark.parametrize(
    "path",
    [
        "nmae",
        "case.nmae",
        "conclusion.words",
        "case.number.x",
        "",
        "schema_version",
        "activities.ended_on",
        "activities[]ended_on",
        "activities[][].ended_on",
        "activities[x].ended_on",
        "activities[-1].ended_on",
        "activities[].ended_on[]",
        "case[].number",
        "[]",
    ],
)
def test_a_path_that_leads_nowhere_has_no_shape(path: str) -> None:
    assert resolve(FinalReport, path) is None


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("activities.ended_on", "activities[].ended_on"),
        ("case[].number[]", "case.number"),
        ("workplaces[0].tasks[]", "workplaces[].tasks"),
        ("activities", "activities"),
        ("activities.over_on", ""),
        ("", ""),
    ],
)
def test_a_path_without_its_brackets_is_put_right(path: str, right: str) -> None:
    assert with_brackets(FinalReport, path) == right


def test_the_shapes_along_a_path_are_those_of_its_steps() -> None:
    forms = [shape.form for shape in shapes_along(FinalReport, "workplaces[0].tasks")]
    assert forms == [Form.LIST, Form.PART, Form.LIST]
    assert shapes_along(FinalReport, "workplaces.tasks") == ()


def test_an_enumeration_offers_its_members() -> None:
    shape = resolve(FinalReport, "participant_view.agreement")
    assert shape is not None
    assert shape.members == ("agrees", "partly", "disagrees")
    assert shape.vocabulary == "agreement"


def test_marks_are_found_outside_and_inside() -> None:
    conclusion = resolve(FinalReport, "conclusion")
    assert conclusion is not None
    assert conclusion.mark(Needed) is not None
    assert conclusion.mark(Guarded) is None
    assert conclusion.lines == 6


def test_the_outermost_mark_wins_whether_or_not_the_value_is_optional() -> None:
    required = resolve(FinalReport, "next_step.plan[].action")
    optional = resolve(FinalReport, "activities[].outcome")
    assert required is not None
    assert optional is not None
    assert (required.lines, optional.lines) == (1, 1)


def test_a_label_belongs_to_the_model_that_declares_the_field() -> None:
    issued = resolve(FinalReport, "issued_on")
    assert issued is not None
    assert issued.label_key == "DocumentData.issued_on"
