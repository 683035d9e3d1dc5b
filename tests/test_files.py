"""Files of folders that others write in: read as files, bounded, and from nowhere else."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

import planforms as pf
from planforms.files import MAX_BYTES, read_file, read_text
from planforms.services import load_service
from tests.reports import ROOT, problems_of, report_data

SERVICES = ROOT / "src" / "planforms" / "services"
BOM = b"\xef\xbb\xbf"


def refused(path: Path) -> int | None:
    with pytest.raises(OSError, match=r".") as caught:
        read_file(path)
    return caught.value.errno


def test_pipes_devices_folders_and_links_out_are_refused_at_once(tmp_path: Path) -> None:
    folder, secret = tmp_path / "folder", tmp_path / "secret"
    folder.mkdir()
    secret.write_text("secret", encoding="utf-8")
    (folder / "out").symlink_to(secret)
    (folder / "up").symlink_to("../secret")
    (folder / "device").symlink_to("/dev/zero")
    (folder / "itself").symlink_to("itself")
    os.mkfifo(folder / "pipe")
    with (folder / "endless").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    wanted = {
        "out": errno.ELOOP,
        "up": errno.ELOOP,
        "device": errno.ELOOP,
        "itself": errno.ELOOP,
        "pipe": errno.EINVAL,
        "endless": errno.EFBIG,
        "none": errno.ENOENT,
    }
    assert {name: refused(folder / name) for name in wanted} == wanted
    assert refused(tmp_path / "folder") in (errno.EISDIR, errno.EINVAL)
    assert refused(Path("/dev/zero")) == errno.EINVAL


def test_a_link_within_the_folder_is_followed_as_mounts_of_configuration_have_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "..2026").mkdir()
    (tmp_path / "..2026" / "x.toml").write_bytes(BOM + b"a\r\nb\rc")
    (tmp_path / "..data").symlink_to("..2026")
    (tmp_path / "x.toml").symlink_to("..data/x.toml")
    assert read_text(tmp_path / "x.toml") == "a\nb\nc"


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """A folder with a profile of one's own, whose logo is still to be put there."""
    folder = tmp_path / "services"
    folder.mkdir()
    shutil.copy(SERVICES / "molde.toml", folder)
    return folder


@pytest.mark.parametrize("kind", ["pipe", "device", "link"])
def test_a_logo_that_is_no_file_of_the_folder_is_a_mistake_of_the_profile(
    kind: str, services: Path
) -> None:
    logo = services / "molde.png"
    if kind == "pipe":
        os.mkfifo(logo)
    else:
        logo.symlink_to("/dev/zero" if kind == "device" else SERVICES / "molde.png")
    with pytest.raises(pf.ProfileError) as caught:
        load_service("molde", [services])
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("profile.file", "molde.toml: letterhead.logo")
    assert problem.hint


def test_a_profile_nested_without_end_is_a_mistake_of_the_profile(services: Path) -> None:
    (services / "deep.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(pf.ProfileError) as caught:
        load_service("deep", [services])
    assert [problem.code for problem in caught.value.problems] == ["profile.syntax"]


def test_a_language_nested_without_end_is_a_mistake_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "locale.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    with pytest.raises(pf.TemplateError) as caught:
        pf.render(pf.load(report_data()), templates=tmp_path)
    assert problems_of(caught.value) == {("locale.syntax", "no/locale.toml")}
    found = pf.check(templates=tmp_path)
    assert "locale.syntax" in {problem.code for problem in found}


@pytest.mark.parametrize("name", ["final_report.html", "terms.po", "locale.toml"])
def test_words_that_are_a_link_to_elsewhere_are_not_read(name: str, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "no"
    own.mkdir(parents=True)
    secret = tmp_path / "secret"
    secret.write_text("<p>root:x:0</p>", encoding="utf-8")
    (own / name).symlink_to(secret)
    with pytest.raises(pf.TemplateError) as caught:
        pf.render(pf.load(report_data()), templates=tmp_path / "templates")
    assert [problem.place for problem in caught.value.problems] == [f"no/{name}"]
    assert "root" not in str(caught.value)


def test_a_byte_order_mark_is_read_over_everywhere(services: Path, tmp_path: Path) -> None:
    wanted = pf.render(pf.load(report_data())).text()
    own = tmp_path / "templates" / "no"
    own.mkdir(parents=True)
    for name in ("terms.po", "locale.toml", "final_report.html", "_parts.html"):
        (own / name).write_bytes(BOM + (ROOT / "templates" / "no" / name).read_bytes())
    profile = services / "molde.toml"
    profile.write_bytes(BOM + profile.read_bytes())
    shutil.copy(SERVICES / "molde.png", services)
    data = pf.load(BOM.decode() + json.dumps(report_data()))
    document = pf.render(data, templates=tmp_path / "templates", services=services)
    assert document.text() == wanted
