"""A Dask cluster as an executor. Needs the extra ``dask``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

import distributed

from planforms.errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")

SECONDS_TO_FETCH = 60
"""How long an answer may take on its way home before its task is given to another worker."""


@contextmanager
def connect(address: str) -> Iterator[tuple[Executor, int | None]]:
    """The cluster of a scheduler, and how many tasks it can do at once, if it has workers yet.

    Raises:
        UsageError: no scheduler answers there.
    """
    try:
        client = distributed.Client(address, timeout="5s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError):
        hint = "an address that begins with tls:// needs certificates in Dask's configuration"
        message = "no scheduler answers there"
        raise UsageError.of("batch.dask", "--scheduler", message, hint) from None
    with client:
        threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
        yield Cluster(client), sum(threads.values()) or None


class Cluster(Executor):
    """The workers of a Dask cluster.

    Dask's own executor leaves a task without an answer for ever when the scheduler is lost while
    the answer is fetched; this one ends it with an error.
    """

    def __init__(self, client: distributed.Client) -> None:
        self._client = client
        self._asked: set[distributed.Future[Any]] = set()

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give the cluster one task."""
        if self._client.status != "running":
            raise RuntimeError("the scheduler is lost")
        future: Future[T] = Future()
        asked = self._client.submit(function, *args, pure=False, **kwargs)
        self._asked.add(asked)  # Dask forgets a task that nobody refers to
        asked.add_done_callback(lambda done: self._hand_on(done, future))  # type: ignore[no-untyped-call]
        return future

    def _hand_on(self, done: distributed.Future[T], future: Future[T]) -> None:
        self._asked.discard(done)
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(done.result(timeout=SECONDS_TO_FETCH))
        except TimeoutError:
            future.set_exception(RuntimeError("the answer did not come home"))
        except BaseException as error:
            future.set_exception(error)
