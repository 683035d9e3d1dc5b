"""What is withheld for a protected identity stays so, whichever way a template takes to it."""

from __future__ import annotations

from typing import Annotated

import pytest

from planforms.document import State
from planforms.models.fields import Guarded, Line
from planforms.models.people import Part
from planforms.setting import read_setting
from planforms.templating.values import Rendering, Value, roots


class Place(Part):
    """A part whose fields bear no mark of their own."""

    town: Line | None = None


class Whereabouts(Part):
    """What nobody may know."""

    place: Annotated[Place | None, Guarded()] = None
    places: Annotated[tuple[Place, ...], Guarded()] = ()
    names: Annotated[tuple[Line, ...], Guarded()] = ()


DATA = Whereabouts(place=Place(town="Molde"), places=(Place(town="Molde"),), names=("Molde",))


def values(*, protected: bool, discreet: bool = False) -> dict[str, Value]:
    everything = frozenset(map(chr, range(0x250)))
    setting = read_setting("molde")
    rendering = Rendering(setting, State.DRAFT, protected, everything, discreet=discreet)
    return roots(Whereabouts, DATA, rendering)


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


def test_on_a_participants_paper_nothing_tells_that_something_is_withheld() -> None:
    for value in ways_to_it(values(protected=True, discreet=True)):
        assert value.text() is None
        assert value.nodes() == ()
        assert not value
