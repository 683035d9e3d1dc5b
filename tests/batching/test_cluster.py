"""The same batch on a Dask cluster: a real scheduler and real workers, here on one machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.batching.inputs import (
    COMMAND,
    digests,
    manifest,
    reports,
    run,
    write_lines,
)
from tests.reports import ROOT

COUNT = 30
FORMATS = ("docx", "html")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DASK_DISTRIBUTED__LOGGING": "{}"}


class Cluster:
    """A scheduler and two workers, each a process."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.file = folder / "scheduler.json"
        self._stack = stack
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-show")
        self.workers = [self.add_worker() for _ in range(2)]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(self.file)]
        process = subprocess.Popen(
            [*command, "--no-dashboard"],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._stack.enter_context(process)
        self._stack.callback(process.kill)
        return process

    def add_worker(self) -> subprocess.Popen[bytes]:
        return self._start("worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
