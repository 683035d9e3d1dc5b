"""Handing out tasks to an executor, a few at a time, and bringing home the answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass
from typing import Generic, TypeVar

from planforms.batching.working import OtherBasisError, problems_from_error
from planforms.errors import DataError, Problem, UsageError

AHEAD = 2
"""Tasks given out for each worker: one in work, one waiting, so that no worker stands idle."""
TRIES = 2
"""How often a task is tried whose worker was lost; the loss need not be its fault."""

K = TypeVar("K")
T = TypeVar("T")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor, and how many tasks it can do at once."""

    executor: Executor
    count: int


class Dispatcher(Generic[K, T, A]):
    """Hands out tasks of one sort, and brings home the answers as they come.

    So few tasks are given out at a time that the most urgent are done first.
    """

    def __init__(
        self,
        workers: Workers,
        work: Callable[[T], A],
        task: Callable[[K], T],
        failed: Callable[[tuple[Problem, ...]], A],
    ) -> None:
        """Make a dispatcher.

        Args:
            workers: who does the work.
            work: what is done with a task; it raises nothing about the task.
            task: makes a task when its turn has come; may raise ``DataError``.
            failed: makes an answer of problems, where there is no other.
        """
        self._executor = workers.executor
        self._ahead = AHEAD * workers.count
        self._work = work
        self._task = task
        self._failed = failed
        self._waiting: deque[tuple[K, int]] = deque()
        self._under_way: dict[Future[A], tuple[K, int]] = {}

    def do(self, keys: Iterable[K]) -> Iterator[tuple[K, A]]:
        """Do the tasks of these keys, given in order of urgency.

        Raises:
            UsageError: the executor has ended, or a worker would make other documents.
        """
        self._waiting.extend((key, 1) for key in keys)
        try:
            while self._waiting or self._under_way:
                yield from self._hand_out()
                yield from self._bring_home()
        finally:
            for future in self._under_way:
                future.cancel()

    def _hand_out(self) -> Iterator[tuple[K, A]]:
        while self._waiting and len(self._under_way) < self._ahead:
            key, attempt = self._waiting.popleft()
            try:
                self._under_way[self._submit(self._task(key))] = key, attempt
            except DataError as error:
                yield key, self._failed(error.problems)

    def _submit(self, task: T) -> Future[A]:
        try:
            return self._executor.submit(self._work, task)
        except RuntimeError:
            message = "has ended; a later run does what is left"
            raise UsageError.of("batch.executor", "the executor", message) from None

    def _bring_home(self) -> Iterator[tuple[K, A]]:
        for future in wait(self._under_way, return_when=FIRST_COMPLETED).done:
            key, attempt = self._under_way.pop(future)
            error = _error(future)
            if error is None:
                yield key, future.result()
            elif isinstance(error, OtherBasisError):
                message = "templates, profiles or version differ from those the run began with"
                hint = "they must be the same on all machines, and stay so during a run"
                raise UsageError.of("batch.basis", "a worker", message, hint)
            elif attempt < TRIES and _is_loss(error):
                self._waiting.appendleft((key, attempt + 1))
            else:
                yield key, self._failed(_problems_of(error))


def _error(future: Future[A]) -> BaseException | None:
    return CancelledError() if future.cancelled() else future.exception()


def _is_loss(error: BaseException) -> bool:
    """Whether it was the worker that failed, not the task."""
    return not isinstance(error, TimeoutError | MemoryError)


def _problems_of(error: BaseException) -> tuple[Problem, ...]:
    if isinstance(error, TimeoutError):
        message = "took too long and was ended"
        return (Problem("batch.time", "the record", message),)
    if isinstance(error, MemoryError):
        return problems_from_error(error)
    hint = "often for want of memory; a later run tries again"
    return (Problem("batch.worker", "the record", "its worker ended without an answer", hint),)
