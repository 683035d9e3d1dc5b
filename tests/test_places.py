"""Every field and check box of a document leads to one place of its model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import pytest
from pydantic import BaseModel

import planforms as pf
from planforms.document import Document, FieldType, Place
from planforms.models.shapes import Form, Shape, resolve
from planforms.models.values import put, value_at, values_at
from planforms.registry import KINDS
from planforms.services import load_service
from planforms.setting import Setting, read_setting, setting_for
from tests.reports import EXAMPLES, SERVICES

FORMS = list(product(KINDS, SERVICES))


def places(document: Document) -> Iterator[tuple[str, Place]]:
    """The places of all fields, then of all check boxes."""
    paths = chain(
        (field.path for field in document.fields()), (box.path for box in document.boxes())
    )
    return ((path, document.places[path]) for path in paths)


def model_of(kind: str) -> type[BaseModel]:
    model: type[BaseModel] = KINDS[kind].model
    return model


def keys_on_form(leaf: Shape, setting: Setting) -> tuple[str, ...]:
    """What an empty form offers: what the country knows, and no measure that has ended."""
    known = setting.country.known_here(leaf.vocabulary, leaf.members)
    ended = setting.service.ended_measures if leaf.vocabulary == "measure" else ()
    return tuple(key for key in known or setting.keys(leaf.vocabulary) if key not in ended)


@pytest.mark.parametrize(("kind", "service"), FORMS)
def test_every_path_of_an_empty_form_leads_to_one_leaf_of_the_model(
    kind: str, service: str
) -> None:
    document = pf.blank(kind, service=service)
    found = dict(places(document))
    assert found.keys() == document.places.keys()
    for path, place in found.items():
        assert "[]" not in path
        shape = resolve(model_of(kind), path)
        assert shape is not None, path
        leaf = shape.item or shape
        assert leaf.model is None, path
        assert place.type == FieldType(leaf.form.value)
        assert place.many == (shape.form is Form.LIST)
        keys = keys_on_form(leaf, read_setting(service))
        assert [key for key, _ in place.options] == list(keys), path


@pytest.mark.parametrize(("kind", "service"), FORMS)
def test_a_box_is_one_of_the_options_of_its_place_or_marks_that_there_is_something(
    kind: str, service: str
) -> None:
    document = pf.blank(kind, service=service)
    for box in document.boxes():
        place = document.places[box.path]
        options = dict(place.options)
        marks = place.type in (FieldType.DATE, FieldType.LINE)  # a day, or who has a copy
        assert options.get(box.option) == box.label or (marks and not options)


def test_what_a_form_says_by_itself_is_fixed_and_the_rest_is_free() -> None:
    document = pf.blank("consent", service="team_work")
    fixed = {path: place.raw for path, place in document.places.items() if place.fixed}
    asked = load_service("team_work").consent
    areas = {f"lines[{n}].area": area for n, area in enumerate(asked.receivers)}
    assert fixed.items() >= {**areas, "signatures[0].role": "participant"}.items()
    said = {"purpose": asked.purpose, "refusal": asked.refusal}
    said |= {f"lines[{n}].use": one.use for n, one in enumerate(asked.receivers.values())}
    assert fixed.items() >= said.items()
    answered = ("answer", "name", "exclusions", "case", "valid_until", "issued_on", "signed_on")
    assert not [path for path in fixed for part in answered if part in path]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_place_holds_the_value_of_the_data(path: Path) -> None:
    data = pf.load(path)
    document = pf.render(data)
    data = data.model_copy(update=KINDS[data.kind].values_for(data, setting_for(data)))
    for place, found in document.places.items():
        value = next(values_at(data, place), ("", None))[1]
        withheld = data.is_protected and found.raw is None
        missing = value in (None, ())
        assert withheld or found.fixed or (found.raw is None) == missing, place
        assert missing or not found.fixed


def test_a_text_of_several_paragraphs_is_one_field() -> None:
    data = pf.load(EXAMPLES[0])
    document = pf.render(data)
    paths = [field.path for field in document.fields() if field.text and "\n" in field.text]
    assert all(value_at(data, path) for path in paths if "[" not in path)


def test_a_place_tells_type_label_options_need_and_limit() -> None:
    found = pf.blank("final_report", service="molde").places
    conclusion = Place(FieldType.TEXT, "Samlet vurdering", needed=True, limit=20_000)
    assert found["conclusion"] == conclusion
    assert found["issued_on"].type is FieldType.DATE
    direction = found["next_step.direction"]
    assert (direction.type, direction.many) == (FieldType.CHOICE, False)
    assert ("studies", "utdanning") in direction.options


SAMPLES = {
    FieldType.LINE: "Ord",
    FieldType.TEXT: "Et avsnitt.\n\nEt til.",
    FieldType.DATE: "2026-11-02",
    FieldType.TIME: "09:30",
    FieldType.NUMBER: 3,
    FieldType.MONEY: 1250,
    FieldType.FLAG: True,
}


@pytest.mark.parametrize(("kind", "service"), FORMS)
def test_every_place_of_an_empty_form_is_filled_and_read_back(kind: str, service: str) -> None:
    document = pf.blank(kind, service=service)
    data: dict[str, object] = {}
    given: dict[str, object] = {}
    for path, place in document.places.items():
        value: object = place.raw if place.fixed else SAMPLES.get(place.type, "x")
        if place.options and not place.fixed:
            value = place.options[-1][0]
        given[path] = [value] if place.many else value
        data = put(model_of(kind), data, path, given[path])
    assert given
    assert {path: found for path in given for _, found in values_at(data, path)} == given
