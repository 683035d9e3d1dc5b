"""Measures how long a saved word takes until the preview shows it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from scripts.bench_figures import ROOT, Bench, Figure, Size, median

VIEWS = ("pages", "web")
DOCUMENT = "service=molde&kind=consent"
"""An empty form of three pages."""
WORD = "Du bestemmer."


def saves(size: Size) -> Iterator[Figure]:
    """From saving a template until the view of the new words has come."""
    few = Size(warm_up=min(size.warm_up, 2), rounds=min(size.rounds, 10))
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "templates" / "no", Path(folder, "no"))
        file = Path(folder, "no", "consent.html")
        words = file.read_text(encoding="utf-8")
        with _service(folder) as port, _events(port) as events:
            for view in VIEWS:
                numbers = iter(range(1_000))

                def save(view: str = view, numbers: Iterator[int] = numbers) -> None:
                    changed = words.replace(WORD, f"{view} {next(numbers)}.")
                    file.write_text(changed, encoding="utf-8")
                    _next(events)
                    _get(port, f"/view/{view}?{DOCUMENT}")

                took = median(save, few)
                yield Figure(f"preview, a save until {view} shows it", took, "ms", goal=1_000)


@contextmanager
def _service(folder: str) -> Iterator[int]:
    command = [sys.executable, "-m", "planforms", "preview", "--port", "0", "--templates", folder]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        [port] = re.findall(r":(\d+)/", process.stdout.readline())
        try:
            yield int(port)
        finally:
            process.terminate()


@contextmanager
def _events(port: int) -> Iterator[HTTPResponse]:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/events")
        with connection.getresponse() as answer:
            _next(answer)
            yield answer


def _next(events: HTTPResponse) -> None:
    """Wait for the next event."""
    while not events.readline().startswith(b"data:"):
        pass


def _get(port: int, path: str) -> None:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", path)
        assert json.loads(connection.getresponse().read())["ok"]


BENCHES: tuple[Bench, ...] = (saves,)
