from __future__ import annotations

from collections import Counter
from importlib.resources import as_file, files
from itertools import product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

from planforms.writers import fonts
from scripts.make_fonts import make_subset, measured

NORDIC = "abcdefghijklmnopqrstuvwxyzæøåäöéüABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÄÖÉÜ"
SAMI = "áâčđǧǥǩïńŋõšŧžʒǯæøåäöüÁÂČĐǦǤǨÏŃŊÕŠŦŽƷǮÆØÅÄÖÜʹʼˈ"
"""Northern, Inari, Skolt, Lule, Pite, Ume and South Sámi, with the signs that Skolt Sámi writes."""
MARK = "\ufffd"
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
SIGNS = "0123456789§€–—…’“”«»·•☐☑✓%&@\u00a0\u2010"

every_face = pytest.mark.parametrize("face", fonts.FACES, ids=lambda face: face.name)


def open_font(name: str) -> TTFont:
    with as_file(files(fonts).joinpath(name)) as path:
        return TTFont(path)


def code_points(name: str) -> set[int]:
    return set(open_font(name).getBestCmap())


@pytest.mark.parametrize("letters", [NORDIC, SAMI, POLISH, UKRAINIAN, SIGNS, MARK])
def test_the_letters_of_names_and_forms_are_covered(letters: str) -> None:
    assert [letter for letter in letters if ord(letter) not in fonts.covered()] == []


def test_what_no_face_has_is_not_covered() -> None:
    assert fonts.covered().isdisjoint(map(ord, "漢ع☒"))


def test_every_face_has_the_same_letters() -> None:
    assert [code_points(face.file) == fonts.covered() for face in fonts.FACES] == [True] * 3


def test_the_widths_that_are_known_are_those_of_the_widest_face() -> None:
    font = open_font(fonts.SEMIBOLD.file)
    assert font["head"].unitsPerEm == fonts.UNITS
    assert {letter: round(fonts.width(letter) * fonts.UNITS) for letter in measured(font)} == (
        measured(font)
    )


@every_face
def test_each_code_point_has_a_glyph_of_its_own(face: fonts.Face) -> None:
    uses = Counter(open_font(face.file).getBestCmap().values())
    assert [glyph for glyph, count in uses.items() if count > 1] == []


@every_face
def test_a_hyphen_that_is_shaped_is_another_glyph_than_the_one_of_its_letter(
    face: fonts.Face,
) -> None:
    font = open_font(face.file)
    table = font["GSUB"].table
    records = [one for one in table.FeatureList.FeatureRecord if one.FeatureTag == "rlig"]
    (lookup,) = {number for one in records for number in one.Feature.LookupListIndex}
    (substitution,) = table.LookupList.Lookup[lookup].SubTable
    written = substitution.mapping[font.getBestCmap()[ord("-")]]
    assert written not in font.getBestCmap().values()
    assert font["hmtx"][written] == font["hmtx"][font.getBestCmap()[ord("-")]]
    scripts = [record.Script for record in table.ScriptList.ScriptRecord]
    systems = [s for one in scripts for s in (one.DefaultLangSys, *langs(one)) if s]
    chosen = {table.FeatureList.FeatureRecord.index(one) for one in records}
    assert all(chosen & set(system.FeatureIndex) for system in systems)


def langs(script: otTables.Script) -> list[otTables.LangSys]:
    return [record.LangSys for record in script.LangSysRecord]


@every_face
def test_the_two_subsets_are_the_face(face: fonts.Face) -> None:
    latin, rest = (code_points(fonts.subset_file(face, subset)) for subset in fonts.Subset)
    assert latin | rest == fonts.covered()
    assert latin == {point for point in fonts.covered() if fonts.is_latin(point)}
    assert rest == {point for point in fonts.covered() if not fonts.is_latin(point)}


@every_face
def test_the_latin_subset_has_the_languages_of_the_services(face: fonts.Face) -> None:
    latin = code_points(fonts.subset_file(face, fonts.Subset.LATIN))
    assert latin.issuperset(map(ord, NORDIC + SAMI + POLISH + SIGNS + MARK))


@pytest.mark.parametrize(("face", "subset"), [*product(fonts.FACES, fonts.Subset)])
def test_the_script_makes_the_subsets_that_are_shipped(
    face: fonts.Face, subset: fonts.Subset, tmp_path: Path
) -> None:
    make_subset(face, subset).save(tmp_path / "made.woff2")
    made, shipped = TTFont(tmp_path / "made.woff2"), open_font(fonts.subset_file(face, subset))
    assert made.getBestCmap() == shipped.getBestCmap()
    assert made["hmtx"].metrics == shipped["hmtx"].metrics


@pytest.mark.parametrize(
    "file",
    [
        *(face.file for face in fonts.FACES),
        *(fonts.subset_file(*pair) for pair in product(fonts.FACES, fonts.Subset)),
    ],
)
def test_a_changed_font_does_not_use_the_reserved_name(file: str) -> None:
    names = {record.nameID: str(record) for record in open_font(file)["name"].names}
    assert names[1] == fonts.FAMILY
    assert [names[key] for key in (1, 2, 3, 4, 6) if "Source" in names[key]] == []
    assert "Reserved Font Name" in names[0]
    assert "SIL Open Font License" in names[13]


def test_the_licence_travels_with_the_fonts() -> None:
    licence = files(fonts).joinpath("OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize(
    ("text", "subsets"),
    [
        ("Blåbærsyltetøy for Čáhppe og Łódź, 5 € ☐\n", ["latin"]),
        ("Київ", ["latin", "rest"]),
        ("αβγ", ["latin", "rest"]),
    ],
)
def test_the_rest_comes_along_only_where_it_is_needed(text: str, subsets: list[str]) -> None:
    assert [str(subset) for subset in fonts.subsets_for(text)] == subsets


def test_the_ranges_of_the_two_subsets_share_no_letter() -> None:
    latin, rest = (set(_ranges(fonts.subset_rule(fonts.REGULAR, part))) for part in fonts.Subset)
    assert not latin & rest
    assert latin | rest >= fonts.covered()


def _ranges(rule: str) -> list[int]:
    listed = rule.split("unicode-range:")[1].split(";")[0]
    ends = [part.removeprefix("U+").split("-") for part in listed.split(",")]
    return [point for first, last in ends for point in range(int(first, 16), int(last, 16) + 1)]
