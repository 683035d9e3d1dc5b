"""Every bench runs, at its smallest size; what it measures is for people to judge."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from scripts.bench import BENCHES
from scripts.bench_figures import SMALLEST, Bench, Figure, table
from scripts.count_code import entered
from tests.reports import COMPLETE, ROOT

NAMES = [f"{bench.__module__.rpartition('_')[2]}-{bench.__name__}" for bench in BENCHES]


@pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")  # WeasyPrint's own
@pytest.mark.parametrize("bench", BENCHES, ids=NAMES)
def test_a_bench_measures_something(bench: Bench) -> None:
    figures = list(bench(SMALLEST))
    assert all(math.isfinite(figure.value) for figure in figures)
    assert bool(figures) == (bench.__name__ != "large"), "the large one has to be asked for"


def test_the_table_tells_which_goals_are_reached() -> None:
    figures = [
        Figure("fast", 9.94, "ms", goal=10),
        Figure("slow", 1_250, "ms", goal=10),
        Figure("many", 0.91, "times", goal=0.9, at_least=True),
        Figure("few", 0.5, "times", goal=0.9, at_least=True),
        Figure("free", 1, "MiB"),
    ]
    assert [line.split() for line in table(figures)] == [
        ["figure", "goal", "reached", "or", "not"],
        ["fast", "9.94", "ms", "at", "most", "10", "ms", "reached"],
        ["slow", "1,250", "ms", "at", "most", "10", "ms", "NOT", "REACHED"],
        ["many", "0.91", "times", "at", "least", "0.9", "times", "reached"],
        ["few", "0.5", "times", "at", "least", "0.9", "times", "NOT", "REACHED"],
    ]


def test_code_counts_once_however_often_it_is_entered() -> None:
    entered(str(COMPLETE))  # what is read once is read now
    assert entered(str(COMPLETE)) == entered(str(COMPLETE)) > 50


def test_a_process_of_its_own_counts_the_modules_too() -> None:
    command = [sys.executable, "-m", "scripts.count_code", str(COMPLETE)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert int(answer.stdout) > entered(str(COMPLETE))
