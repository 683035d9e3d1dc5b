"""One walk through data, one through models."""

from __future__ import annotations

from pathlib import Path

import pytest

import planforms as pf
from planforms.models.action_plan import ActionPlan
from planforms.models.shapes import Form, resolve
from planforms.models.values import value_at
from planforms.models.walking import walk, walk_shapes
from planforms.registry import KINDS
from tests.reports import EXAMPLES

PLAN = {
    "kind": "action_plan",
    "start_goal": {"text": "Work"},
    "workplaces": [{"kind": "shop", "tasks": ["Paint", "Sell"]}],
}


def test_what_is_inside_comes_after_what_it_is_in() -> None:
    found = [path for path, _, value in walk(ActionPlan, PLAN) if value is not None]
    assert found == [
        "kind",
        "start_goal",
        "start_goal.text",
        "workplaces",
        "workplaces[0]",
        "workplaces[0].kind",
        "workplaces[0].tasks",
        "workplaces[0].tasks[0]",
        "workplaces[0].tasks[1]",
    ]


def test_what_is_missing_is_visited_but_not_walked_into() -> None:
    found = {path: value for path, _, value in walk(ActionPlan, {"start_goal": None})}
    assert found["start_goal"] is None
    assert found["workplaces"] is None
    assert not any("." in path or "[" in path for path in found)


def test_a_walk_can_begin_inside_a_document() -> None:
    shape = resolve(ActionPlan, "goals[]")
    assert shape is not None
    assert shape.model is not None
    found = [path for path, _, _ in walk(shape.model, {"text": "Work"}, "goals[3]")]
    assert found[0] == "goals[3].text"


@pytest.mark.parametrize("data", [None, 7, "x", [1], {"start_goal": "x", "workplaces": "abc"}])
def test_data_of_another_form_is_walked_over(data: object) -> None:
    assert [path for path, _, _ in walk(ActionPlan, data) if "[" in path] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_place_of_an_example_is_read_back_by_its_path(path: Path) -> None:
    document = pf.load(path)
    visited = list(walk(type(document), document))
    assert len({place for place, _, _ in visited}) == len(visited)
    for place, shape, value in visited:
        assert resolve(type(document), place) == shape
        assert value_at(document, place) is value


@pytest.mark.parametrize("kind", KINDS)
def test_every_shape_is_found_by_its_path(kind: str) -> None:
    model = KINDS[kind].model
    found = dict(walk_shapes(model))
    choice = "case.consents[].information[]" if "case" in model.model_fields else "writer.role"
    assert found[choice].form is Form.CHOICE
    for path, shape in found.items():
        assert resolve(model, path) == shape
        assert resolve(model, path.replace("[]", "[0]")) == shape
        if "[]" in path:
            assert resolve(model, path.replace("[]", "", 1)) != shape
