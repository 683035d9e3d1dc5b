"""The command line for tests: called within this process, or run as one of its own."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from planforms.cli import main
from tests.bounds import STUCK_SECONDS

Answer = subprocess.CompletedProcess[str]


def call(*arguments: str | Path, stdin: bytes = b"") -> Answer:
    """What the command line answers within this process, which has imported everything."""
    command = [*map(str, arguments)]
    out, errors = io.StringIO(), io.StringIO()
    given = patch("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    with redirect_stdout(out), redirect_stderr(errors), given:
        status = _status(command)
    return subprocess.CompletedProcess(command, status, out.getvalue(), errors.getvalue())


def _status(command: list[str]) -> int:
    try:
        return main(command)
    except SystemExit as end:  # help, the version, and calls that argparse refuses
        return int(end.code or 0)


def run(*arguments: str | Path, stdin: bytes = b"") -> Answer:
    """What the command line answers as a process of its own."""
    command = [sys.executable, "-m", "planforms", *map(str, arguments)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=STUCK_SECONDS
    )
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
