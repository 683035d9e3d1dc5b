"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import stat
import threading
from pathlib import Path

import pytest

import planforms as pf
from planforms.writing import format_of, replace_file, replace_files
from tests.reports import problems_of, render_with

FIRST_BYTES = {"pdf": b"%PDF-", "docx": b"PK", "html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize("suffix", FIRST_BYTES)
def test_the_suffix_picks_the_writer(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"report.{suffix.upper()}"
    pf.write(render_with(), path)
    assert path.read_bytes()[:15].lower().startswith(FIRST_BYTES[suffix].lower())
    assert list(tmp_path.iterdir()) == [path]


def test_the_functions_give_what_the_files_hold(tmp_path: Path) -> None:
    document = render_with()
    for suffix, content in (
        ("pdf", pf.to_pdf(document)),
        ("docx", pf.to_docx(document)),
        ("html", pf.to_html(document).encode()),
    ):
        path = tmp_path / f"x.{suffix}"
        pf.write(document, path)
        assert path.read_bytes() == content


def test_another_engine_lays_out_a_pdf_and_nothing_else(tmp_path: Path) -> None:
    document = render_with()
    for suffix, content in (
        ("pdf", pf.to_pdf(document, engine="typst")),
        ("docx", pf.to_docx(document)),
    ):
        path = tmp_path / f"x.{suffix}"
        pf.write(document, path, engine="typst")
        assert path.read_bytes() == content


@pytest.mark.parametrize("suffix", FIRST_BYTES)
def test_an_unknown_engine_is_a_wrong_call_for_any_format(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        pf.write(render_with(), tmp_path / f"x.{suffix}", engine="tpyst")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("engine.unknown", "did you mean typst?")


def test_forms_to_fill_in_on_a_screen_are_made_by_weasyprint_alone(tmp_path: Path) -> None:
    with pytest.raises(pf.UsageError, match=r"engine\.fillable"):
        pf.write(render_with(), tmp_path / "x.pdf", fillable=True, engine="typst")


@pytest.mark.parametrize("name", ["report.odt", "report", "report.pdf.rtf"])
def test_an_unknown_suffix_is_a_wrong_call(name: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        format_of(name)
    assert caught.value.problems[0].hint == "known: .html, .pdf, .docx, .txt"


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    path = tmp_path / "none" / "x.html"
    with pytest.raises(pf.UsageError) as caught:
        pf.write(render_with(), path)
    assert problems_of(caught.value) == {("file.unwritable", str(path))}


def test_a_failure_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(pf.UsageError) as caught:
        replace_file(path, b"new")
    assert caught.value.problems[0].message == "No space left on device"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "x.html", b"new")
    assert list(tmp_path.iterdir()) == []


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_private_unless_told_otherwise_and_an_old_one_keeps_its_mode(
    tmp_path: Path,
) -> None:
    document, path = render_with(), tmp_path / "x.html"
    pf.write(document, path)
    assert mode_of(path) == 0o600
    path.chmod(0o664)
    pf.write(document, path, mode=0o600)
    assert mode_of(path) == 0o664
    pf.write(document, tmp_path / "y.html", mode=0o640)
    assert mode_of(tmp_path / "y.html") == 0o640
    umask = os.umask(0o077)
    try:
        pf.write(document, tmp_path / "z.html", mode=0o640)
    finally:
        os.umask(umask)
    assert mode_of(tmp_path / "z.html") == 0o640


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "x.html").symlink_to("old")
    pf.write(render_with(), tmp_path / "x.html")
    assert (tmp_path / "old").read_bytes() == b"old"
    assert not (tmp_path / "x.html").is_symlink()


def test_a_stream_gets_the_bytes_of_the_file() -> None:
    document, stream = render_with(), io.BytesIO()
    pf.write(document, stream, "html")
    assert stream.getvalue() == pf.to_html(document).encode()
    for format in ("odt", None):
        with pytest.raises(pf.UsageError) as caught:
            pf.write(document, stream, format)
        assert problems_of(caught.value) == {("format.unknown", "format")}
    stream.close()
    with pytest.raises(pf.UsageError) as caught:
        pf.write(document, stream, "html")
    assert problems_of(caught.value) == {("file.unwritable", "the stream")}


def test_a_format_may_be_told_beside_the_name(tmp_path: Path) -> None:
    pf.write(render_with(), tmp_path / "report.tmp", "html")
    assert (tmp_path / "report.tmp").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("links", [True, False])
def test_several_files_are_all_written_or_none(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, third = (tmp_path / name for name in ("a", "b", "c"))
    old.write_bytes(b"old")
    if not links:
        monkeypatch.setattr(os, "link", lambda *_, **__: Path("none").stat())
    rename = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target == third:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        return rename(path, target)

    contents = {old: b"1", new: b"2", third: b"3"}
    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(pf.UsageError) as caught:
        replace_files(contents)
    assert problems_of(caught.value) == {("file.unwritable", str(third))}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}
    monkeypatch.setattr(Path, "replace", rename)
    replace_files(contents)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == contents


def test_a_folder_in_the_place_of_one_of_several_files_stops_all(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(pf.UsageError) as caught:
        replace_files({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert problems_of(caught.value) == {("file.unwritable", str(tmp_path / "b"))}
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_a_killed_run_left_stands_in_nobodys_way(tmp_path: Path) -> None:
    for name in (f".planforms-{os.getpid()}-{threading.get_native_id()}", ".planforms-1-1"):
        (tmp_path / name).touch()
    pf.write(render_with(), tmp_path / "x.html")
    assert (tmp_path / "x.html").exists()
