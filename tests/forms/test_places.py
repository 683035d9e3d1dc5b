"""Where a form is filled in: whatever is ticked on paper is a control on a screen."""

from __future__ import annotations

from itertools import product

import pytest

import planforms as pf
from planforms.document import CHECKED, UNCHECKED
from planforms.forms.names import option_of_row, row_of_option
from planforms.forms.places import is_one_of_several, place_to_fill, ticked_of
from planforms.registry import KINDS
from tests.reports import SERVICES


@pytest.mark.parametrize(("kind", "service"), list(product(KINDS, SERVICES)))
def test_every_box_of_an_empty_form_is_a_control(kind: str, service: str) -> None:
    document = pf.blank(kind, service=service)
    boxes = [*document.boxes()]
    assert [box for box in boxes if place_to_fill(document, box) is None] == []
    printed = sum(map(document.text().count, (CHECKED, UNCHECKED)))
    assert printed == len(boxes), "a box that is a letter of a text"


def test_an_option_names_a_row_by_the_steps_of_its_path() -> None:
    assert option_of_row("case.team[1]") == "case~team~1"
    assert row_of_option("case~team~1") == "case.team[1]"
    assert row_of_option("contact_person") == row_of_option("") == ""


def test_a_box_that_names_a_row_stands_for_itself() -> None:
    document = pf.blank(
        "action_plan", service="molde", data={"case": {"team": [{"role": "mentor"}]}}
    )
    found = [box for box in document.boxes() if row_of_option(box.option)]
    assert len({(box.path, box.option) for box in found}) == len(found) > 1
    for box in found:
        place = document.places[box.path]
        assert not is_one_of_several(place)
        assert ticked_of(place, box) == ()


def test_known_copies_are_ticked_beside_their_members() -> None:
    known = {
        "case": {"team": [{"role": "mentor", "name": "Åse Lund"}, {"role": "coach"}]},
        "copies": [{"recipient": "Åse Lund", "role": "mentor"}],
    }
    document = pf.blank("action_plan", service="molde", data=known)
    ticked = [box for box in document.boxes() if row_of_option(box.option) and box.checked]
    assert [document.places[box.path].raw for box in ticked] == ["Åse Lund"]
    assert [ticked_of(document.places[box.path], box) for box in ticked] == [(ticked[0].option,)]
