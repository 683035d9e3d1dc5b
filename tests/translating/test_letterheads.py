"""A copy of the Word letterhead, for a service of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import planforms as pf
from planforms.translating.copies import Existing
from planforms.translating.letterheads import copy_letterhead
from planforms.writers.shell import BUILT_IN, load_shell
from tests.commands import call


def test_the_copy_is_the_built_in_letterhead(tmp_path: Path) -> None:
    copied = copy_letterhead(tmp_path / "my-services")
    assert copied.written
    assert copied.path.read_bytes() == BUILT_IN.read_bytes()
    assert not load_shell(copied.path.read_bytes()).has_logo
    assert copy_letterhead(tmp_path / "my-services").written


def test_what_was_changed_is_not_thrown_away_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "letterhead.docx"
    path.write_bytes(b"changed in Word")
    with pytest.raises(pf.UsageError) as caught:
        copy_letterhead(tmp_path)
    assert caught.value.problems[0].code == "copy.changed"
    assert not copy_letterhead(tmp_path, Existing.KEEP).written
    assert path.read_bytes() == b"changed in Word"
    assert copy_letterhead(tmp_path, Existing.REPLACE).written
    assert path.read_bytes() == BUILT_IN.read_bytes()


def test_the_built_in_letterhead_is_never_written_over() -> None:
    with pytest.raises(pf.UsageError, match="built-in"):
        copy_letterhead(BUILT_IN.parent)


def test_the_command_copies_it(tmp_path: Path) -> None:
    answer = call("templates", "copy", "letterhead", "-o", str(tmp_path), "--json")
    assert json.loads(answer.stdout) == {"path": str(tmp_path / "letterhead.docx"), "written": True}


@pytest.mark.parametrize("words", [("letterhead", "no"), ("final_report",)])
def test_only_templates_have_a_language(words: tuple[str, ...], tmp_path: Path) -> None:
    answer = call("templates", "copy", *words, "-o", str(tmp_path))
    assert answer.returncode == 2
    assert "copy.language" in answer.stderr
