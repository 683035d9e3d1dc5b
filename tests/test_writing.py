"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import planforms as pf
from planforms.writing import format_of, replace_file
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


@pytest.mark.parametrize("name", ["report.odt", "report", "report.pdf.txt"])
def test_an_unknown_suffix_is_a_wrong_call(name: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        format_of(name)
    assert caught.value.problems[0].hint == "known: .html, .pdf, .docx"


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
