"""Systems other than Linux: what they lack is taken away, and what is promised still works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bounds import STUCK_SECONDS
from tests.reports import ROOT

LACKING = """
import os, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_DIRECTORY", "fchmod", "fork", "getuid"):
    if hasattr(os, name):
        delattr(os, name)
from planforms.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The command line in a Python that has what Python on Windows has, and not more."""


def answer_without(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command answers where files have no owners and text no default encoding."""
    strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning:planforms"]
    return subprocess.run(
        [sys.executable, *strict, "-c", LACKING, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=STUCK_SECONDS,
    )


EXAMPLE = str(ROOT / "examples" / "molde" / "thirty_activities.json")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("render", EXAMPLE, "-o", "a.docx", "-o", "a.html", "-o", "a.pdf"), ""),
        (("blank", "rights", "--service", "molde", "-o", "b.docx"), ""),
        (("due", str(ROOT / "examples" / "team_work"), "--as-of", "2026-11-22"), "Later"),
        (("schema", "rights"), "urn:planforms"),
        (("templates", "copy", "letterhead"), "letterhead.docx"),
        (("templates", "copy", "rights", "no"), "rights.html"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_does_not_need_linux_works_without_it(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    answer = answer_without(*arguments, folder=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert said in answer.stdout
    wanted = {arguments[at + 1] for at, word in enumerate(arguments) if word == "-o"}
    assert wanted <= {path.name for path in tmp_path.iterdir()}


def test_a_batch_says_that_it_needs_another_system(tmp_path: Path) -> None:
    answer = answer_without("batch", EXAMPLE, "-o", "out", folder=tmp_path)
    assert answer.returncode == 2
    assert "batch.system" in answer.stderr
    assert "Traceback" not in answer.stderr
