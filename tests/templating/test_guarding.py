"""What is withheld for a protected identity stays so, whichever way a template takes to it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

import planforms as pf
from planforms.document import CheckBox, FieldType, State
from planforms.document import Place as PrintedPlace
from planforms.models.fields import Guarded, Line, Vocabulary
from planforms.models.people import Part, Role
from planforms.models.shapes import Form, is_guarded
from planforms.models.values import put
from planforms.models.walking import walk
from planforms.registry import KINDS
from planforms.setting import read_setting
from planforms.templating.filters import FILTERS
from planforms.templating.values import Rendering, Value, roots
from tests.reports import EXAMPLES, LANGUAGES, example_data


class Place(Part):
    """A part whose fields bear no mark of their own."""

    town: Line | None = None


class Whereabouts(Part):
    """What nobody may know."""

    place: Annotated[Place | None, Guarded()] = None
    places: Annotated[tuple[Place, ...], Guarded()] = ()
    names: Annotated[tuple[Line, ...], Guarded()] = ()
    flag: Annotated[bool, Guarded()] = False
    role: Annotated[Role | None, Guarded(), Vocabulary("role")] = None


DATA = Whereabouts(place=Place(town="Molde"), places=(Place(town="Molde"),), names=("Molde",))
NOWHERE = PrintedPlace(FieldType.LINE, "")
OTHER = Whereabouts(
    place=Place(town="Oslo"),
    places=(Place(town="Oslo"), Place(town="Bodø")),
    names=("Oslo", "Bodø", "Vadsø"),
    flag=True,
    role=Role.PARTICIPANT,
)


def values(
    *, protected: bool, discreet: bool = False, data: Whereabouts = DATA
) -> dict[str, Value]:
    everything = frozenset(map(chr, range(0x250)))
    setting = read_setting("molde")
    rendering = Rendering(setting, State.DRAFT, protected, everything, discreet=discreet)
    return roots(Whereabouts, data, rendering)


def ways_to_it(names: dict[str, Value]) -> list[Value]:
    towns = [one.child("town") for one in (names["place"], *names["places"])]
    return [*towns, *names["names"]]


def test_what_is_part_of_something_guarded_is_withheld_with_it() -> None:
    assert [value.text() for value in ways_to_it(values(protected=False))] == ["Molde"] * 3
    assert [value.text() for value in ways_to_it(values(protected=True))] == ["Skjermet"] * 3


@pytest.mark.parametrize("protected", [True, False])
def test_no_condition_tells_what_is_withheld(protected: bool) -> None:
    for value in ways_to_it(values(protected=protected)):
        assert (value == "Molde") is not protected
        assert (value != "Oslo") is True
        assert value != None  # noqa: E711 - as a template asks


def test_no_comparison_tells_it_from_either_side() -> None:
    hidden = values(protected=True)
    told = values(protected=False)["place"].child("town")
    for value in (hidden["place"].child("town"), *hidden["names"]):
        for same in ("Molde", told, value):
            assert (value == same) is False
            assert (same == value) is False
    assert hidden["place"] != told.holder
    assert hidden["places"] != values(protected=False)["places"]


def test_no_loop_tells_how_many_there_are_and_no_flag_what_it_is() -> None:
    for data in (DATA, OTHER):
        names = values(protected=True, data=data)
        assert [len(list(names[name])) for name in ("places", "names")] == [1, 1]
        assert [len(names[name]) for name in ("places", "names")] == [1, 1]
        assert not names["flag"]
    assert values(protected=False, data=OTHER)["flag"]


def test_no_filter_tells_it() -> None:
    names, free = (values(protected=protected, data=OTHER) for protected in (True, False))
    role, rendering = names["role"], names["role"].rendering
    for one in (rendering, free["role"].rendering):
        one.places.update(dict.fromkeys(("flag", "role"), NOWHERE))  # they have no labels
    for _ in (role.boxes(), role.box("participant"), role.box(role)):
        pass
    assert rendering.marks == [()] * 3
    free["role"].boxes(role)
    assert len(free["role"].rendering.marks[-1]) > 1, "what another field offers is told"
    role.tick(names["flag"])
    [box] = rendering.marks[-1]
    assert isinstance(box, CheckBox)
    assert (box.option, box.label) == ("", "Skjermet")
    assert role.legend() == role.demands() == role.doer() == role.heading() == ""
    assert not role.gate()
    assert set(FILTERS) == {
        *("after", "beyond", "box", "box_of", "boxes", "date", "demands", "doer", "first"),
        *("gate", "heading", "label", "legend", "line", "lines", "options", "text", "tick"),
    }, "a new filter needs a line here"


def test_on_a_participants_paper_nothing_tells_that_something_is_withheld() -> None:
    for value in ways_to_it(values(protected=True, discreet=True)):
        assert value.text() is None
        assert value.nodes() == ()
        assert not value


def guarded_changes(model: type[BaseModel], data: dict[str, Any]) -> dict[str, Any]:
    """Another value for each that is withheld, by its path."""
    changed: dict[str, Any] = {}
    for path, shape, value in walk(model, data):
        if value is None or shape.form in (Form.PART, Form.LIST) or not is_guarded(model, path):
            continue
        if shape.form is Form.DATE:
            changed[path] = (date.fromisoformat(value) + timedelta(days=9)).isoformat()
        elif shape.form is Form.LINE:
            changed[path] = f"Q{value[::-1]}"[:40]
    return changed


def told(data: dict[str, Any], language: str) -> tuple[Any, ...]:
    """All that a document says, on the page and to programs."""
    document = pf.render(pf.load(data), language=language)
    return document.text(), document.places, document.blocks, pf.to_html(document)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_papers_that_differ_in_what_is_withheld_alone_are_the_same(path: Path) -> None:
    data = example_data(path) | {"status": "draft"}
    if "participant" not in data.get("case", {}):
        return  # about nobody whose identity could be protected
    data["case"]["participant"]["protected_identity"] = True
    model = KINDS[data["kind"]].model
    other = data
    for place, value in guarded_changes(model, data).items():
        other = put(model, other, place, value)
    language = LANGUAGES[len(path.stem) % len(LANGUAGES)]
    assert told(data, language) == told(other, language)


def test_the_day_of_a_withheld_meeting_is_not_told_by_its_deadline() -> None:
    [path] = [path for path in EXAMPLES if path.stem == "action_plan_protected_identity"]
    data = example_data(path)
    changes = guarded_changes(KINDS[data["kind"]].model, data)
    days = [place for place in changes if place.endswith("_on")]
    assert days, "the example has a withheld day"
    other = data
    for place, value in changes.items():
        other = put(KINDS[data["kind"]].model, other, place, value)
    assert pf.deadlines(pf.load(data)) == pf.deadlines(pf.load(other))
    data["case"]["participant"]["protected_identity"] = False
    other["case"]["participant"]["protected_identity"] = False
    assert pf.deadlines(pf.load(data)) != pf.deadlines(pf.load(other))
