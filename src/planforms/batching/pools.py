"""The default pool: worker processes that are ended when they take too long or too much."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 120.0
"""The longest that one record may take; the longest accepted document takes a fraction of it."""
MEBIBYTES = 2_048
"""The most memory that one worker may use."""


class LimitedPool(Executor):
    """A ``concurrent.futures`` executor whose tasks end at a limit of time and memory."""

    def __init__(self, workers: int | None = None) -> None:
        """Make a pool with so many workers, by default one for each core."""
        self.workers = workers or len(os.sched_getaffinity(0))
        context = multiprocessing.get_context("forkserver")
        self._pool = ProcessPool(self.workers, initializer=_limit, context=context)

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give the pool one task."""
        future: Future[T] = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=SECONDS)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pool; with ``cancel_futures`` at once, whatever is under way."""
        if cancel_futures:
            self._pool.stop()  # type: ignore[no-untyped-call]
        else:
            self._pool.close()  # type: ignore[no-untyped-call]
        if wait:
            self._pool.join()


def _limit(*_: Any) -> None:
    """Run in each worker: limit its memory, and leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit = MEBIBYTES * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
