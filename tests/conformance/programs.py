"""The programs that check files: a missing one fails the test and says how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from scripts.setup import NODE_PROJECT, PROGRAMS
from tests.bounds import STUCK_SECONDS

JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
"""A checker works for some seconds: to compile better or in more threads takes longer than that."""


class CheckerError(Exception):
    """A checker could not do its work, so nothing is known about the files."""


def program(name: str) -> str:
    """Where a program is, whatever this system calls it."""
    need = next(need for need in PROGRAMS if name in need.names)
    found = next(filter(None, map(shutil.which, need.names)), None)
    if found is None:
        raise CheckerError(f"{name} is missing: make test installs {need.package}")
    return found


def java() -> Path:
    """The Java launcher that stands beside the compiler, without which it runs no source file."""
    return Path(program("javac")).with_name("java")


def run_java(*arguments: str | Path) -> str:
    """What a checker written in Java printed; see :func:`run`."""
    return run(java(), *JAVA_OPTIONS, *arguments)


def node_file(path: str) -> Path:
    """A file of the packages that ``package.json`` names."""
    file = NODE_PROJECT / "node_modules" / path
    if not file.exists():
        raise CheckerError(f"{path} is missing: make test installs it with npm")
    return file


def run(*command: str | Path, **environment: str) -> str:
    """What a checker printed on stdout; ``environment`` are variables that it sees.

    Raises:
        CheckerError: it ended with an error.
    """
    done = subprocess.run(
        list(map(str, command)),
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=STUCK_SECONDS,
        check=False,
    )
    if done.returncode:
        raise CheckerError(f"{command[0]} failed ({done.returncode}): {done.stderr[-2000:]}")
    return done.stdout
