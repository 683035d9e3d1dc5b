"""The default pool: worker processes that are ended when they take too long or too much.

Each worker has a pipe of its own and shares no lock with the others, so that one that is killed,
even in the middle of its answer, holds up nobody: it is replaced. (The pools of the standard
library and of Pebble share both; under kill -9 they break or wait for ever.)
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 120.0
"""The longest that one record may take; the longest accepted one takes a sixth of it."""
MEBIBYTES = 1_024
"""The most memory that a worker may use; the longest accepted record takes a quarter of it."""

# A new process inherits nothing: no lock, and no end of another worker's pipe.
_CONTEXT = multiprocessing.get_context("spawn")


class WorkerLostError(Exception):
    """A worker ended without an answer."""


class LimitedPool(Executor):
    """A ``concurrent.futures`` executor whose tasks end at a limit of time and memory.

    A task that takes too long ends with ``TimeoutError``, one that takes too much memory with
    ``MemoryError``, and one whose worker is killed with :class:`WorkerLostError`.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        seconds: float = SECONDS,
        mebibytes: int = MEBIBYTES,
    ) -> None:
        """Make a pool with so many workers, by default one for each core."""
        self.workers = workers or _cores()
        self.seconds = seconds
        self._mebibytes = mebibytes
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._running: set[_Worker] = set()
        self._lock = Lock()
        self._closed = False
        self._stopped = False
        self._threads = [Thread(target=self._serve, daemon=True) for _ in range(self.workers)]
        for thread in self._threads:
            thread.start()

    def submit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give the pool one task."""
        if self._closed:
            raise RuntimeError("the pool has been shut down")
        job = _Job(pickle.dumps((function, args, kwargs)))
        self._jobs.put(job)
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pool; with ``cancel_futures`` at once, whatever is under way."""
        self._closed = True
        if cancel_futures:
            with self._lock:
                self._stopped = True
                for worker in self._running:
                    worker.kill()
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _serve(self) -> None:
        """Look after one worker: start it when there is work, replace it when it is lost."""
        worker = None
        while job := self._jobs.get():
            if self._stopped:
                job.future.cancel()
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                worker = worker or self._start()
                job.set_answer(worker.ask(job.content, self.seconds))
            except Exception as error:
                if worker:
                    self._end(worker)
                    worker = None
                job.future.set_exception(error)
        if worker:
            self._end(worker)

    def _start(self) -> _Worker:
        with self._lock:
            if self._stopped:
                raise CancelledError
            worker = _Worker(self._mebibytes)
            self._running.add(worker)
            return worker

    def _end(self, worker: _Worker) -> None:
        with self._lock:
            self._running.remove(worker)
        worker.end()


def _cores() -> int:
    """How many cores this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Job:
    """Something to do, pickled, and where its answer goes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.future: Future[Any] = Future()

    def set_answer(self, content: bytes) -> None:
        """Hand on what a worker answered."""
        good, answer = pickle.loads(content)
        if good:
            self.future.set_result(answer)
        else:
            self.future.set_exception(answer)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, mebibytes: int) -> None:
        self._pipe, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_work, args=(theirs, mebibytes), daemon=True)
        with theirs:
            self._process.start()

    def ask(self, content: bytes, seconds: float) -> bytes:
        """What the process answers to a task; raises if it does not, or not in time."""
        try:
            self._pipe.send_bytes(content)
            if self._pipe.poll(seconds):
                return self._pipe.recv_bytes()
        except (OSError, EOFError):
            raise WorkerLostError from None
        raise TimeoutError

    def kill(self) -> None:
        """End the process whatever it does."""
        self._process.kill()

    def end(self) -> None:
        """End the process and give back what it held."""
        self._process.kill()
        self._process.join()
        with suppress(ValueError):  # when the interpreter ends, it may have joined it already
            self._process.close()
        self._pipe.close()


def _work(pipe: Connection, mebibytes: int) -> None:
    """Do one task after the other, until the parent closes the pipe or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    _limit_memory(mebibytes)
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            pipe.send_bytes(_answer(pipe.recv_bytes()))
        except (OSError, EOFError):
            return


def _limit_memory(mebibytes: int) -> None:
    import resource  # Windows has none

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = mebibytes * 2**20 if most == resource.RLIM_INFINITY else min(mebibytes * 2**20, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold case data


def _end_with_parent() -> None:
    """End in the middle of a task too: nobody is left to wait for it or to end it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _answer(content: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(content)
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:
        return pickle.dumps((False, error))
