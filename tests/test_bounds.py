"""No test asks the clock on the wall, and what tests are bound by instead does bind."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bounds import STUCK_SECONDS, processor_seconds
from tests.reports import ROOT

CLOCKS = {
    *("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"),
    *("clock_gettime", "clock_gettime_ns"),
}
TESTS = sorted(ROOT.glob("tests/**/*.py"))
SPIN = "import time\nwhile time.process_time() < 0.4: pass"


def asked(source: str) -> Iterator[str]:
    """Where a file asks a clock, or sets a time limit of its own."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"{node.lineno}: {name.name}" for name in node.names if name.name in CLOCKS)
        if isinstance(node, ast.Call):
            yield from _clock(node)
            yield from _limits(node)


def _clock(call: ast.Call) -> Iterator[str]:
    function = call.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return
    if (function.value.id == "time" and function.attr in CLOCKS) or (
        function.value.id == "datetime" and function.attr in ("now", "utcnow")
    ):
        yield f"{call.lineno}: {ast.unparse(function)}"


def _limits(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        value = ast.unparse(keyword.value)
        if keyword.arg == "timeout" and value != "STUCK_SECONDS":
            yield f"{call.lineno}: timeout={value}"
        if keyword.arg == "deadline" and value != "None" and "settings" in ast.unparse(call.func):
            yield f"{call.lineno}: deadline={value}"


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_test_asks_the_clock_on_the_wall(path: Path) -> None:
    assert list(asked(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "started = time.perf_counter()",
        "assert time.monotonic() - started < 5",
        "from time import monotonic",
        "now = datetime.now()",
        "future.result(timeout=20)",
        "settings(deadline=200)",
    ],
)
def test_a_line_that_asks_the_clock_is_found(line: str) -> None:
    assert len(list(asked(line))) == 1


@pytest.mark.parametrize(
    "line",
    ["time.sleep(0.01)", "time.process_time()", "f(timeout=STUCK_SECONDS)", "f(deadline=day)"],
)
def test_waiting_processor_time_and_the_one_limit_are_no_clock(line: str) -> None:
    assert list(asked(line)) == []


def test_work_beyond_its_bound_fails_here_and_in_a_child() -> None:
    with pytest.raises(AssertionError, match=r"took 0\.[4-9] s"), processor_seconds(0.3):
        start = time.process_time()
        while time.process_time() < start + 0.4:
            pass
    with pytest.raises(AssertionError, match="of a processor"), processor_seconds(0.3):
        subprocess.run([sys.executable, "-c", SPIN], check=True, timeout=STUCK_SECONDS)


def test_waiting_costs_nothing() -> None:
    with processor_seconds(0.3):
        time.sleep(0.4)
