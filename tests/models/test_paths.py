"""How paths are written: one syntax, wherever one stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforms.models.documents import DocumentData
from planforms.models.paths import (
    EACH,
    PathStep,
    is_within,
    join,
    list_around,
    paths_around,
    same_item,
    split,
)
from planforms.models.shapes import Form, resolve, with_brackets
from planforms.registry import KINDS
from planforms.services import list_services, load_service

NAMES = st.from_regex(r"[a-z_]{1,9}", fullmatch=True)
STEPS = st.lists(
    st.tuples(NAMES, st.lists(st.integers(0, 999_999) | st.just(EACH), max_size=2)), max_size=4
).map(lambda parts: tuple(step for name, brackets in parts for step in (name, *brackets)))


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("", ()),
        ("schema", ("schema",)),
        ("case.participant.name", ("case", "participant", "name")),
        ("goals[].sub_goals[2].due", ("goals", EACH, "sub_goals", 2, "due")),
        ("workplaces[0].tasks[10]", ("workplaces", 0, "tasks", 10)),
    ],
)
def test_a_path_has_a_step_for_each_name_and_each_bracket(
    path: str, steps: tuple[PathStep, ...]
) -> None:
    assert split(path) == steps
    assert join(steps) == path


@given(STEPS)
def test_steps_survive_being_written(steps: tuple[PathStep, ...]) -> None:
    assert split(join(steps)) == steps


@given(st.text(alphabet="a.[]0-١ ", max_size=12))
def test_what_is_no_path_is_kept_as_it_is(text: str) -> None:
    assert join(split(text)) == text


@pytest.mark.parametrize(
    "path", ["a[-1]", "a[01]", "a[ 1]", "a[x]", "a[", "[0]", "a[1]b", "a[9999999]"]
)
def test_what_is_no_number_of_an_item_is_no_step(path: str) -> None:
    assert split(path) == (path,)


@pytest.mark.parametrize(
    ("path", "place", "same"),
    [
        ("goals[].due", "goals[2].sub_goals[0].due", "goals[2].due"),
        ("goals[].sub_goals[].due", "goals[2].due", "goals[2].sub_goals[].due"),
        ("lines[].valid_until", "lines[1].valid_from", "lines[1].valid_until"),
        ("valid_until", "lines[1].valid_until", "valid_until"),
        ("signatures[].signed_on", "copies[1].role", "signatures[].signed_on"),
        ("goals[].activities[].due", "goals[0].sub_goals[3].due", "goals[0].activities[].due"),
    ],
)
def test_a_path_is_about_the_same_items_as_a_place(path: str, place: str, same: str) -> None:
    assert same_item(path, place) == same


@pytest.mark.parametrize(
    ("path", "part", "within"),
    [
        ("goals", "goals", True),
        ("goals[0].due", "goals", True),
        ("goals[0].due", "goals[]", True),
        ("goals[].due", "goals[].due", True),
        ("goals[0].due", "", True),
        ("goals[0].due", "goals[0]", True),
        ("goals[1].due", "goals[0]", False),
        ("goals[].due", "goals[0].due", False),
        ("goals", "goals[]", False),
        ("goals_met", "goals", False),
        ("case", "case.number", False),
    ],
)
def test_a_path_is_within_a_part(path: str, part: str, within: bool) -> None:
    assert is_within(path, part) is within


@pytest.mark.parametrize(
    ("path", "around"),
    [
        ("goals[].sub_goals[].due", "goals[].sub_goals[]"),
        ("case.consents[].decided_on", "case.consents[]"),
        ("case.enrolled_on", ""),
    ],
)
def test_the_innermost_list_around_a_path(path: str, around: str) -> None:
    assert list_around(path) == around


def paths_of(model: type[DocumentData]) -> set[str]:
    """All paths that a model names."""
    ordered = {path for pair in model.date_order for path in pair}
    return ordered | {*model.needed} | {path for path, _ in model.discloses}


@pytest.mark.parametrize("kind", KINDS)
def test_every_path_that_a_model_names_leads_to_a_field(kind: str) -> None:
    model = KINDS[kind].model
    assert [path for path in paths_of(model) if resolve(model, path) is None] == []
    dates = {path for pair in model.date_order for path in pair}
    shapes = [resolve(model, path) for path in dates]
    assert {shape.form for shape in shapes if shape} == {Form.DATE}


@pytest.mark.parametrize("service", list_services())
def test_every_path_of_a_profile_leads_to_a_field(service: str) -> None:
    documents = load_service(service).documents
    paths = [
        (KINDS[kind].model, path)
        for kind, document in documents.items()
        for path in (*document.needed, *document.left_out)
    ]
    assert paths
    assert [path for model, path in paths if resolve(model, path) is None] == []
    assert [path for model, path in paths if with_brackets(model, path) != path] == []


@given(STEPS)
def test_a_path_is_within_each_path_around_it(steps: tuple[PathStep, ...]) -> None:
    path = join(steps)
    around = paths_around(path)
    assert len(around) == max(len(steps) - 1, 0)
    assert all(is_within(path, part) and part != path for part in around)
