"""Measures processes: how long they take to start, and commands over much data."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from scripts.bench_figures import EXAMPLE, ROOT, Bench, Figure, Size, median, timed


def code_entered(_size: Size) -> Iterator[Figure]:
    """How much of planforms one render enters, module bodies included."""
    command = [sys.executable, "-m", "scripts.count_code", str(EXAMPLE)]
    count = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    yield Figure("code objects entered by one render", int(count), "")


def starts(size: Size) -> Iterator[Figure]:
    """What a process takes until it has imported, or made its first document."""
    empty = _start("pass", size)
    yield Figure("start of Python alone", empty, "ms")
    yield Figure("import planforms", _start("import planforms", size) - empty, "ms", goal=150)
    given = "pf.load(pathlib.Path(sys.argv[1]))"
    first = f"import pathlib, sys, planforms as pf; {given}"
    yield Figure("import planforms and load a model", _start(first, size) - empty, "ms")
    for suffix in ("pdf", "docx", "html"):
        code = f"import pathlib, sys, planforms as pf; pf.to_{suffix}(pf.render({given}))"
        yield Figure(f"first {suffix} after a cold start", _start(code, size), "ms")


def commands(size: Size) -> Iterator[Figure]:
    """Commands that people wait for."""
    yield Figure("planforms --help", _planforms(size, "--help"), "ms", goal=300)
    few = Size(warm_up=min(size.warm_up, 1), rounds=min(size.rounds, 5))
    yield Figure("planforms check", _planforms(few, *size.check) / 1000, "s", goal=4)


def due(size: Size) -> Iterator[Figure]:
    """What is due in many cases: every example again and again, each time as another case."""
    read = (json.loads(path.read_bytes()) for path in sorted(ROOT.glob("examples/*/*.json")))
    examples = [data for data in read if "case" in data]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, data in zip(range(size.cases), itertools.cycle(examples), strict=False):
            case = {**data["case"], "number": f"B {number}"}
            file.write(json.dumps({**data, "case": case}, ensure_ascii=False) + "\n")
        file.flush()
        options = ("due", file.name, "--as-of", "2026-11-20", "--json")
        took = timed(lambda: _run("-m", "planforms", *options))
    yield Figure(f"due, {size.cases:,} cases of all kinds", took / 1000, "s", goal=10)


def _start(code: str, size: Size) -> float:
    return median(lambda: _run("-c", code, str(EXAMPLE)), size)


def _planforms(size: Size, *arguments: str) -> float:
    return median(lambda: _run("-m", "planforms", *arguments), size)


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


BENCHES: tuple[Bench, ...] = (code_entered, starts, commands, due)
