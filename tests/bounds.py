"""What a test may bound: the time of processors, never that of the clock on the wall.

On a machine that is busy with other things the clock goes on and the processor does not; a test
that asks the clock fails there, and nobody learns anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

STUCK_SECONDS = 600
"""The one limit for waiting: long after the busiest machine has its answer."""


def processor_time() -> float:
    """The seconds that processors have worked for this process and its children that ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@contextmanager
def processor_seconds(most: float) -> Iterator[None]:
    """Holds what is done within to so many seconds of a processor."""
    before = processor_time()
    yield
    spent = processor_time() - before
    assert spent < most, f"took {spent:.1f} s of a processor, and may take {most:.0f}"
