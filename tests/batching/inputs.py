"""Inputs for batches: many small cases, and ways to run over them."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import planforms as pf
from tests.bounds import STUCK_SECONDS
from tests.reports import report_data

LOOKS = 30_000
"""How often is looked whether a process has ended."""
COMMAND = (sys.executable, "-m", "planforms", "batch")


def reports(count: int, **changes: Any) -> list[dict[str, Any]]:
    """So many complete reports, each of a case of its own."""
    return [report_data({"case.number": f"2026/{n:04d}", **changes}) for n in range(1, count + 1)]


def write_lines(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    """A JSON Lines file."""
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def write_folder(path: Path, records: dict[str, Any]) -> Path:
    """A folder of JSON files by name; a text is written as it is."""
    path.mkdir(exist_ok=True)
    for name, record in records.items():
        content = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
        (path / name).write_text(content, encoding="utf-8")
    return path


def run(source: Any, output: Path, **options: Any) -> pf.Batch:
    """A batch of web pages in this process."""
    with ThreadPoolExecutor(1) as executor:
        options = {"formats": ["html"], "executor": executor, "workers": 1, **options}
        return pf.batch(source, output, **options)


def outcomes(done: pf.Batch) -> dict[str, str]:
    """The outcome of each document by its name, or its place where it has none."""
    return {item.name or item.place: str(item.outcome) for item in done.items}


def codes(done: pf.Batch) -> dict[str, list[str]]:
    """The codes of each document's problems by its place."""
    return {item.place: [problem.code for problem in item.problems] for item in done.items}


def manifest(folder: Path) -> list[dict[str, Any]]:
    """The lines of a folder's manifest; each must be whole."""
    text = (folder / "manifest.jsonl").read_text(encoding="utf-8")
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def lines(out: Path) -> int:
    """How many lines the manifest has now."""
    path = out / "manifest.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each finished document of a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") and path.name != "manifest.jsonl"
    }


def start(source: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    """The command line at work in a process group of its own; Ctrl-C ends it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    return subprocess.Popen(
        [*COMMAND, str(source), "-o", str(output), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )


def descendants(pid: int) -> list[int]:
    """All living processes that a process has started."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def wait_for_end(pids: Iterable[int]) -> None:
    """Wait until processes have ended; fails if they do not."""
    left = list(pids)
    for _ in range(LOOKS):
        left = [pid for pid in left if _is_alive(pid)]
        if not left:
            return
        time.sleep(STUCK_SECONDS / LOOKS)
    raise AssertionError(f"still alive: {left}")


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
