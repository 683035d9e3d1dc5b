"""What every bench gives: figures, some with a goal; and how work is timed."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "vivirk" / "without_optional_sections.json"


@dataclass(frozen=True)
class Size:
    """How much a bench does."""

    warm_up: int = 5
    """Runs before those that count."""
    rounds: int = 25
    """Runs that a median is taken of."""
    kinds: int | None = None
    """How many kinds are measured; all without it."""
    distinct: int | None = None
    """Examples that both engines lay out; all without it."""
    renders: int = 500
    """Renders while memory is watched."""
    cases: int = 10_000
    """Cases in a search for what is due."""
    longest: float = 1.0
    """The part of the longest text that is accepted."""
    small: int = 50
    """Documents of a batch that is measured with its start."""
    middle: int = 500
    """Documents of a batch that is measured beside a bare loop."""
    large: int = 0
    """Documents of a batch that takes ten minutes; 0 leaves it out."""
    workers: int = 2
    """Processes that work on a batch."""
    check: tuple[str, ...] = ("check",)
    """The command that looks at all templates."""


FULL = Size()
SMALLEST = Size(
    warm_up=0,
    rounds=1,
    kinds=2,
    distinct=2,
    renders=2,
    cases=20,
    longest=0.02,
    small=2,
    middle=2,
    workers=1,
    check=("check", "--help"),
)
"""Enough to enter every line; the figures say nothing."""


@dataclass(frozen=True)
class Figure:
    """One thing that was measured."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False
    """The goal is the least that is good; otherwise it is the most."""

    @property
    def reached(self) -> bool:
        """Whether the goal is reached; a figure without a goal is always good."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        return f"{self.name:<44} {self._amount(self.value)}"

    def against_goal(self) -> str:
        """A row of the last table."""
        bound = "at least" if self.at_least else "at most"
        goal = f"{bound} {self._amount(self.goal or 0)}"
        return f"{self!s:<62} {goal:<22} {'reached' if self.reached else 'NOT REACHED'}"

    def _amount(self, value: float) -> str:
        return f"{value:,.3g} {self.unit}" if value < 100 else f"{value:,.0f} {self.unit}"


Bench = Callable[[Size], Iterable[Figure]]


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """A row for each figure that has a goal: figure, goal, reached or not."""
    yield f"{'figure':<62} {'goal':<22} reached or not"
    for figure in figures:
        if figure.goal is not None:
            yield figure.against_goal()


def timed(work: Callable[[], Any]) -> float:
    """The milliseconds that some work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def median(work: Callable[[], Any], size: Size) -> float:
    """The median time of some work in milliseconds."""
    for _ in range(size.warm_up):
        work()
    return statistics.median(timed(work) for _ in range(size.rounds))


def side_by_side(
    ours: Callable[[], Any], bare: Callable[[], Any], size: Size
) -> tuple[float, float]:
    """Medians of two pieces of work done in turn, so that both meet the same machine."""
    for _ in range(size.warm_up):
        ours()
        bare()
    times = [(timed(ours), timed(bare)) for _ in range(size.rounds)]
    return statistics.median(t for t, _ in times), statistics.median(t for _, t in times)


def bare_docxtpl(template: bytes, values: dict[str, Any]) -> Callable[[], bytes]:
    """What fills a Word template by docxtpl alone."""
    from docxtpl import DocxTemplate

    def fill() -> bytes:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(values, autoescape=True)
        answer = io.BytesIO()
        filled.save(answer)
        return answer.getvalue()

    return fill
