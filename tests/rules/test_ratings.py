"""Assessment instruments: what their files say, and what ratings must keep to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.document import Table
from planforms.services import INSTRUMENTS, load_service
from tests.reports import GONE, example_data, problems_of

ALL = "hjortmossen/all_instruments_and_long_text"
WRI, AWP, AWC, WEIS = range(4)
COUNTS = {"awp": (3, 14), "wri": (6, 16), "weis": (1, 17)}
"""Areas and items of each instrument, counted in what its publishers say of it."""


def render(changes: dict[str, Any] | None = None, **options: Any) -> pf.Document:
    return pf.render(pf.load(example_data(ALL, changes)), **options)


def refused(changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.DataError) as caught:
        render(changes)
    return problems_of(caught.value)


def matrices(document: pf.Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table) and block.matrix]


def test_the_built_in_instruments_have_all_their_areas_and_items() -> None:
    files = load_service("hjortmossen").instrument_files
    for key, (areas, items) in COUNTS.items():
        found = files.areas(key)
        assert len(found) == areas
        assert sum(len(files.items(area)) for area in found) == items
        assert files.steps(key) == ("4", "3", "2", "1", "missing")
    assert files.areas("awc") == files.areas("awp")
    assert files.own_areas("awc") == ()


def test_the_built_in_files_have_numbers_of_items_and_no_words_of_manuals() -> None:
    bare = load_service("hjortmossen").model_copy(update={"instrument_words": {}})
    assert bare.instrument_words == {}
    for path in INSTRUMENTS.glob("*.toml"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(("items", f"{path.stem}_")):
                assert not any(len(word) > 3 for word in line.split('"')[1::2])


def test_ratings_stand_by_area_with_demands_and_comments_in_one_table() -> None:
    wri, awp, weis = matrices(render())
    assert [len(table.head) for table in (wri, awp, weis)] == [4, 4, 3]
    assert len(awp.rows) == 3 + 14
    assert len(wri.rows) == 6 + 16
    text = render().text()
    assert "M4 lyfta och bära\n2\n3\nräcker inte till lyft över axelhöjd" in text
    assert "2 tro på att lyckas\n1\n3\ntvivlade i maj på att orka" in text
    assert "K4 informationsutbyte\n–\n3" in text
    assert "Krav enligt AWC: 4 är störst krav" in text


def test_a_report_tells_version_days_observations_and_the_assessor_with_title() -> None:
    text = render().text()
    for words in ("Version 10", "Antal observationer: 3", "Tove Sjöqvist, leg. arbetsterapeut"):
        assert words in text
    assert "2026-05-07" in text
    assert "2026-10-01" in text


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (f"instruments.{AWP}.areas.0.items.0.item", "awp_m9", "data.key"),
        (f"instruments.{AWP}.areas.0.items.0.item", "awp_p1", "data.key"),
        (f"instruments.{AWP}.areas.0.items.1.item", "awp_m1", "data.key"),
        (f"instruments.{AWP}.areas.0.area", "wri_values", "data.key"),
        (f"instruments.{AWP}.areas.1.area", "awp_motor", "data.key"),
        (f"instruments.{AWP}.areas.0.items.0.rating", "5", "data.rating"),
        (f"instruments.{AWP}.areas.0.items.0.demand", "0", "data.rating"),
        (f"instruments.{WEIS}.areas.0.items.0.demand", "3", "data.rating"),
        (f"instruments.{AWP}.demands_by", "weis", "data.key"),
        (f"instruments.{AWP}.areas.0.items.0.rating_again", "3", "data.second_rating"),
    ],
)
@pytest.mark.parametrize("status", ["draft", "final"])
def test_what_is_not_of_the_instrument_is_a_problem_at_its_place(
    place: str, value: str, told: str, status: str
) -> None:
    found = refused({place: value, "status": status})
    words = [f"[{step}]" if step.isdigit() else f".{step}" for step in place.split(".")]
    assert (told, "".join(words).removeprefix(".")) in found


def test_an_issued_report_has_a_rating_for_each_item_that_it_names() -> None:
    place = f"instruments.{WEIS}.areas.0.items.2.rating"
    path = f"instruments[{WEIS}].areas[0].items[2].rating"
    assert refused({place: GONE}) == {("data.needed", path)}
    assert render({place: GONE, "status": "draft"})
    assert render({place: "missing"})


def test_ratings_of_an_instrument_without_a_file_are_a_problem() -> None:
    changes = {f"instruments.{WEIS}.instrument": GONE, f"instruments.{WEIS}.other_instrument": "X"}
    assert ("data.key", f"instruments[{WEIS}].areas") in refused(changes)


def test_an_empty_form_offers_every_item_of_the_services_instruments_once() -> None:
    for language in ("no", "nn", "sv", "da"):
        form = pf.blank("final_report", service="hjortmossen", language=language)
        awp, weis, wri = matrices(form)
        rows = [sum(len(row) > 1 for row in table.rows) for table in (awp, weis, wri)]
        assert rows == [14, 17, 16]
    assert matrices(pf.blank("final_report", service="molde")) == []


OWN = """
id = "own"
language = "sv"
[scale]
steps = { yes = "ja", no = "nej" }
legend = "ja eller nej"
[areas.own_area]
name = "Vardag"
items = { own_1 = "1", own_2 = "2" }
"""


def services_with(folder: Path, instrument: str, *changes: tuple[str, str]) -> Path:
    """A folder with Hjortmossen's profile, which has an instrument of its own."""
    profile = (Path(pf.__file__).parent / "services" / "hjortmossen.toml").read_text("utf-8")
    profile = profile.replace('logo = "hjortmossen.png"\n', "")
    profile = profile.replace("[instruments]\n", '[instruments]\nown = "Vår egen (VE)"\n')
    for old, new in changes:
        profile = profile.replace(old, new)
    (folder / "hjortmossen.toml").write_text(profile, encoding="utf-8")
    (folder / "instruments").mkdir()
    (folder / "instruments" / "own.toml").write_text(instrument, encoding="utf-8")
    return folder


def test_another_instrument_is_a_file(tmp_path: Path) -> None:
    words = ("[instrument_words]\n", '[instrument_words]\nown_2 = "sova"\n')
    folder = services_with(tmp_path, OWN, words)
    areas = [{"area": "own_area", "items": [{"item": "own_2", "rating": "yes"}]}]
    changes = {f"instruments.{WEIS}.instrument": "own", f"instruments.{WEIS}.areas": areas}
    text = render(changes, services=folder).text()
    assert "Vår egen (VE)" in text
    assert "Vardag\n2 sova\nja" in text
    with pytest.raises(pf.DataError) as caught:
        areas[0]["items"] = [{"item": "own_2", "rating": "4"}]
        render(changes, services=folder)
    place = f"instruments[{WEIS}].areas[0].items[0].rating"
    assert problems_of(caught.value) == {("data.rating", place)}


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('id = "own"', 'id = "other"', "profile.name", "own.toml: id"),
        ("own_2", "awp_m1", "profile.key", "own.toml: areas"),
        ("own_area]", "other_area]", "profile.key", "own.toml: areas"),
        ("legend =", "legends =", "profile.missing", "own.toml: scale.legend"),
        ('id = "own"', 'id = "own"\ndemands_of = "awp"', "profile.key", "own.toml: areas"),
        ('own_1 = "1"', 'own_1 = "one whole sentence"', None, "own.toml: areas.own_area.items"),
        ("[scale]", "[scale", "profile.syntax", "own.toml"),
    ],
)
def test_a_mistake_in_an_instrument_file_is_told(
    tmp_path: Path, old: str, new: str, code: str | None, place: str
) -> None:
    with pytest.raises(pf.ProfileError) as caught:
        load_service("hjortmossen", [services_with(tmp_path, OWN.replace(old, new))])
    found = problems_of(caught.value)
    assert any(where.startswith(place) and code in (told, None) for told, where in found), found


def test_words_for_items_that_no_instrument_has_are_told(tmp_path: Path) -> None:
    words = ("[instrument_words]\n", '[instrument_words]\nown_9 = "sova"\n')
    with pytest.raises(pf.ProfileError) as caught:
        load_service("hjortmossen", [services_with(tmp_path, OWN, words)])
    place = "hjortmossen.toml: instrument_words.own_9"
    assert problems_of(caught.value) == {("profile.key", place)}


def test_a_changed_instrument_file_is_seen_by_the_next_document(tmp_path: Path) -> None:
    folder = services_with(tmp_path, OWN)
    assert load_service("hjortmossen", [folder]).vocabulary("instrument_area")["own_area"] == (  # type: ignore[index]
        "Vardag"
    )
    path = folder / "instruments" / "own.toml"
    path.write_text(OWN.replace("Vardag", "Vardagen hemma"), encoding="utf-8")
    names = load_service("hjortmossen", [folder]).vocabulary("instrument_area")
    assert names and names["own_area"] == "Vardagen hemma"
