from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planforms.checking.locales import check_locales
from planforms.checking.sources import read_sources
from planforms.languages import LOCALE_FILE, template_root

THREE = 'tag = "nb"\nbabel = "nb_NO"\nshort_date = "dd.MM.yyyy"\n'


def found(folder: Path) -> list[tuple[str, int, str]]:
    return [(f.code, f.line, f.text) for f in check_locales(read_sources([folder]))]


def write(folder: Path, content: str, language: str = "no") -> None:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / LOCALE_FILE).write_bytes(content.encode("utf-8", "surrogateescape"))


def test_the_built_in_settings_raise_nothing() -> None:
    assert list(check_locales(read_sources())) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (THREE, []),
        ("\ufeff" + THREE, []),
        ("babel =", [("locale.syntax", 1, "")]),
        (THREE + "\naliases = [1, 2]", [("locale.string_type", 5, "aliases")] * 2),
        (THREE + "\n[conventions]\nyear = 1", [("locale.unknown_field", 6, "year")]),
        (THREE.replace("nb_NO", "xx_YY"), [("locale.syntax", 3, "")]),
        (THREE + "# \udcff", [("locale.syntax", 4, "\udcff")]),
        ('tag = "nb"', [("locale.missing", 1, ""), ("locale.missing", 1, "")]),
    ],
)
def test_each_mistake_is_told_where_it_stands(
    tmp_path: Path, content: str, expected: list[tuple[str, int, str]]
) -> None:
    write(tmp_path, content)
    assert found(tmp_path) == [(c, n, t.replace("\udcff", "\ufffd")) for c, n, t in expected]


def test_a_copy_that_keeps_the_aliases_of_its_model_is_told(tmp_path: Path) -> None:
    shutil.copytree(template_root() / "no", tmp_path / "aa")
    assert {code for code, _, _ in found(tmp_path)} == {"locale.alias"}
    assert [text for _, _, text in found(tmp_path)] == ['"nb"', '"nb-NO"']
    [first, _] = check_locales(read_sources([tmp_path]))
    assert first.file == str(tmp_path / "aa" / LOCALE_FILE)
    assert "is a name of no already" in first.message


def test_ones_own_settings_of_a_built_in_language_may_keep_its_aliases(tmp_path: Path) -> None:
    shutil.copytree(template_root() / "no", tmp_path / "no")
    assert found(tmp_path) == []


def test_an_alias_that_is_another_folder_is_told(tmp_path: Path) -> None:
    write(tmp_path, THREE + 'aliases = ["xx", "SV"]', "xx")
    assert found(tmp_path) == [("locale.alias", 4, '"SV"')]
