"""Tries all cases: ``python -m tests.fuzz``, or some of them: ``... data 1000 0``.

The arguments are a sort, how many cases of it, and the number of the first one. A case is its sort
and its number; the same case is the same everywhere. What fails is printed with both, and the
status is 1.
"""

from __future__ import annotations

import resource
import signal
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tests.fuzz.cases import SORTS, fault_of

SECONDS = 20.0
"""What a case may take of a processor."""
MEGABYTES = 2_500
"""What the process may address; a case that wants more fails."""
MOST_FAULTS = 40
"""So many faults of a sort are told; then the next sort begins."""


class TooLongError(Exception):
    """A case took more of a processor than any may."""


@contextmanager
def processor_limit() -> Iterator[None]:
    """Ends what takes too long of a processor, wherever it is."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def run(sort: str, count: int, first: int = 0) -> int:
    """Try some cases of a sort, and print what fails; how many faults there are comes back."""
    faults = 0
    for number in range(first, first + count):
        with processor_limit():
            fault = fault_of(sort, number)
        if fault is not None:
            faults += 1
            print(f"FAULT {sort} {number}: {type(fault).__name__}: {str(fault)[:200]}")
            print("".join(traceback.format_tb(fault.__traceback__)[-4:]), flush=True)
        if faults >= MOST_FAULTS:
            break
    print(f"{sort}: {number - first + 1} cases from {first}, {faults} faults", flush=True)
    return faults


def main(arguments: list[str]) -> int:
    """Try the cases that the arguments name."""
    limit = MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    warnings.simplefilter("error")
    if arguments:
        sort, *numbers = arguments
        return min(run(sort, *map(int, numbers or [str(SORTS[sort][1])])), 1)
    return min(sum(run(sort, count) for sort, (_, count) in SORTS.items()), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
