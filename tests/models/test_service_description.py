"""The description of a service: the profile says nearly all of it, the data what changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.services import load_service
from planforms.services.reading import find_service
from tests.reports import GONE, SERVICES, example_data

MOLDE = "molde/service_description_with_free_places"


def lacking(changes: dict[str, Any], **options: Any) -> set[str]:
    found = pf.validate(pf.load(example_data(MOLDE, changes)), **options)
    assert {problem.code for problem in found} <= {"data.needed"}
    return {problem.place for problem in found}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_tells_for_whom_it_is_and_how_one_gets_in(service: str) -> None:
    said = load_service(service).description
    words = pf.blank("service_description", service=service)
    assert said.source and len(said.doing) >= 3 and len(said.way_in) >= 3
    for text in (said.for_whom, said.hours, *said.doing, *said.way_in):
        assert text and text in words.text()
    places = words.places
    assert all(places[path].fixed for path in ("for_whom", "hours", "doing[0]", "way_in[2]"))
    assert not places["counted_on"].fixed and not places["places[0].free"].fixed


def test_its_data_are_almost_empty() -> None:
    own = {"schema", "kind", "language", "status", "issued_on"}
    assert example_data(MOLDE).keys() - own == {"service", "places", "counted_on", "contact"}
    assert lacking({}) == set()


@pytest.mark.parametrize(
    ("path", "places"),
    [
        ("counted_on", {"counted_on"}),
        ("places", {"places"}),
        ("places.0.free", {"places[0].free"}),
        ("contact", set()),
    ],
)
def test_free_places_have_a_number_and_the_day_they_were_counted(
    path: str, places: set[str]
) -> None:
    assert lacking({path: GONE}) == places


def test_the_data_may_say_it_otherwise() -> None:
    told = "For deg som vil prøve treverkstedet i sommer."
    words = pf.render(pf.load(example_data(MOLDE, {"for_whom": told}))).text()
    assert told in words
    assert str(load_service("molde").description.for_whom) not in words


def test_what_neither_profile_nor_data_say_is_missing(tmp_path: Path) -> None:
    profile = find_service("molde").read_text(encoding="utf-8")
    table = profile[profile.index("[description]") :].partition("\n\n")[0]
    (tmp_path / "molde.toml").write_text(profile.replace(table, ""), encoding="utf-8")
    (tmp_path / "molde.png").write_bytes(find_service("molde").with_suffix(".png").read_bytes())
    assert lacking({}, services=tmp_path) == {"for_whom", "doing", "hours", "way_in"}


def test_texts_come_in_the_language_of_the_document(tmp_path: Path) -> None:
    profile = find_service("molde").read_text(encoding="utf-8")
    norwegian = str(load_service("molde").description.for_whom)
    both = f'for_whom = {{ no = "{norwegian}", '
    assert both in profile
    profile = profile.replace(both, f'{both}sv = "För dig som vill pröva.", ')
    (tmp_path / "molde.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "molde.png").write_bytes(find_service("molde").with_suffix(".png").read_bytes())
    data = pf.load(example_data(MOLDE))
    said = {
        language: pf.render(data, language=language, services=tmp_path).text()
        for language in ("no", "nn", "sv")
    }
    assert norwegian in said["no"]
    assert "men treng å prøve" in said["nn"] and norwegian not in said["nn"]
    assert "För dig som vill pröva." in said["sv"] and norwegian not in said["sv"]
