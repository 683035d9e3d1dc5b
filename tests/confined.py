"""Runs a piece of work in a process that has little memory and little of a processor.

Whoever says that work is bounded shows it here: the process is killed by the system when it is
not, whatever it does.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.bounds import STUCK_SECONDS

MEGABYTE = 1_000_000
ROOT = Path(__file__).parents[1]


def run_confined(
    program: str, *arguments: str, seconds: int = 30, megabytes: int = 1500
) -> subprocess.CompletedProcess[str]:
    """The end of a program in a process with limits.

    Args:
        program: Python; it finds ``arguments`` in ``sys.argv``.
        arguments: what it is given.
        seconds: how much of a processor it may take, imports included.
        megabytes: how much memory it may address, libraries included.
    """

    def confine() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE))

    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        preexec_fn=confine,
        capture_output=True,
        text=True,
        timeout=STUCK_SECONDS,
        check=False,
    )
