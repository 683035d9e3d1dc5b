"""Reading of profiles: what has changed is read again, with all the files that it names."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

import planforms as pf
from planforms.services import BUILT_IN, COUNTRIES, load_country, load_service
from scripts.make_letterhead import PATH as SHELL


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(buffer, "PNG")
    return buffer.getvalue()


def write_molde(folder: Path, unit: str = "Arbeid og Aktivitet", colour: str = "navy") -> None:
    """The profile of Molde in a folder of one's own, with a logo and a Word letterhead."""
    folder.mkdir(exist_ok=True)
    text = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    text = text.replace('unit = "Arbeid og Aktivitet"', f'unit = "{unit}"')
    text = text.replace("[letterhead]", '[letterhead]\nshell = "molde.docx"')
    (folder / "molde.toml").write_text(text, encoding="utf-8")
    (folder / "molde.png").write_bytes(picture(colour))
    shutil.copy(SHELL, folder / "molde.docx")


def test_a_logo_replaced_in_a_running_process_is_in_the_next_document(tmp_path: Path) -> None:
    write_molde(tmp_path)
    before = pf.to_html(pf.blank("consent", service="molde", services=tmp_path))
    (tmp_path / "molde.png").write_bytes(picture("red"))
    os.utime(tmp_path / "molde.png", ns=(1, 1))
    after = pf.to_html(pf.blank("consent", service="molde", services=tmp_path))
    assert load_service("molde", [tmp_path]).logo == picture("red")
    assert before != after


def test_a_word_letterhead_replaced_in_a_running_process_is_in_the_next_document(
    tmp_path: Path,
) -> None:
    write_molde(tmp_path)
    before = load_service("molde", [tmp_path]).shell
    (tmp_path / "molde.docx").write_bytes(b"another one")
    assert before == SHELL.read_bytes()
    assert load_service("molde", [tmp_path]).shell == b"another one"
    assert pf.blank("consent", service="molde", services=tmp_path).shell == b"another one"


def test_a_file_of_the_same_size_is_told_apart_by_its_time(tmp_path: Path) -> None:
    write_molde(tmp_path)
    first = (tmp_path / "molde.png").stat()
    same_size = b"x" + (tmp_path / "molde.png").read_bytes()[1:]
    load_service("molde", [tmp_path])
    (tmp_path / "molde.png").write_bytes(same_size)
    os.utime(tmp_path / "molde.png", ns=(1, first.st_mtime_ns + 1))
    with pytest.raises(pf.ProfileError):
        load_service("molde", [tmp_path])


def test_a_file_of_the_same_time_is_told_apart_by_its_size(tmp_path: Path) -> None:
    write_molde(tmp_path)
    first = (tmp_path / "molde.toml").stat()
    load_service("molde", [tmp_path])
    write_molde(tmp_path, unit="Arbeid")
    os.utime(tmp_path / "molde.toml", ns=(1, first.st_mtime_ns))
    assert load_service("molde", [tmp_path]).organisation.unit == "Arbeid"


def test_a_logo_that_was_missing_is_found_once_it_is_there(tmp_path: Path) -> None:
    write_molde(tmp_path)
    (tmp_path / "molde.png").unlink()
    with pytest.raises(pf.ProfileError):
        load_service("molde", [tmp_path])
    (tmp_path / "molde.png").write_bytes(picture("red"))
    assert load_service("molde", [tmp_path]).logo == picture("red")


def test_of_folders_that_shadow_each_other_the_one_that_is_in_front_is_watched(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_molde(first, "First", "navy")
    write_molde(second, "Second", "navy")
    assert load_service("molde", [first, second]).organisation.unit == "First"
    assert load_service("molde", [second, first]).organisation.unit == "Second"
    (second / "molde.png").write_bytes(picture("red"))
    assert load_service("molde", [first, second]).logo == picture("navy")
    assert load_service("molde", [second, first]).logo == picture("red")
    (first / "molde.png").write_bytes(picture("green"))
    assert load_service("molde", [first, second]).logo == picture("green")
    (first / "molde.toml").unlink()
    assert load_service("molde", [first, second]).organisation.unit == "Second"
    assert load_service("molde", [first, second]).logo == picture("red")


def test_a_relative_folder_is_another_one_from_another_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("First", "Other"):
        (tmp_path / name).mkdir()
        write_molde(tmp_path / name / "mine", name)
        os.utime(tmp_path / name / "mine" / "molde.toml", ns=(1, 1))
    units = []
    for name in ("First", "Other"):
        monkeypatch.chdir(tmp_path / name)
        units.append(load_service("molde", [Path("mine")]).organisation.unit)
    assert units == ["First", "Other"]


def test_what_has_not_changed_is_read_once(tmp_path: Path) -> None:
    write_molde(tmp_path)
    assert load_service("molde", [tmp_path]) is load_service("molde", [tmp_path])
    assert load_country("NO") is load_country("NO")


def test_a_country_that_has_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "countries" / "NO.toml"
    path.parent.mkdir()
    text = (COUNTRIES / "NO.toml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert load_country("NO", [tmp_path]).emergency.police == "112"
    path.write_text(text.replace('police = "112"', 'police = "02800"'), encoding="utf-8")
    assert load_country("NO", [tmp_path]).emergency.police == "02800"


def test_files_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    write_molde(tmp_path)
    (tmp_path / "countries").mkdir()
    shutil.copy(COUNTRIES / "NO.toml", tmp_path / "countries")
    for path in (tmp_path / "molde.toml", tmp_path / "countries" / "NO.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_service("molde", [tmp_path]).id == "molde"
    assert load_country("NO", [tmp_path]).code == "NO"
