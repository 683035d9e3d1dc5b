"""Running a batch: documents go out to workers, files and manifest lines come home one by one."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from datetime import date, timedelta
from os import PathLike
from pathlib import Path

from planforms import __version__
from planforms.batching.manifest import Manifest
from planforms.batching.names import Naming
from planforms.batching.planning import Item, Outcome, Wishes, basis, plan
from planforms.batching.pools import SECONDS, LimitedPool
from planforms.batching.records import Input, Records
from planforms.batching.working import Made, Task, make
from planforms.errors import PlanformsError, Problem, UsageError
from planforms.rendering import Folders, folder_paths
from planforms.writing import format_of, replace_file

AHEAD = 2
"""Tasks given out for each worker: one in work, one waiting, so that no worker stands idle."""
TRIES = 2
"""How often a document is tried whose worker was lost; the loss need not be its fault."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch has done, document by document, most urgent first.

    Attributes:
        items: every document with its outcome.
        as_of: the day that "overdue" is reckoned from; ``None`` if none was given.
    """

    items: tuple[Item, ...]
    as_of: date | None = None

    def count(self, outcome: Outcome) -> int:
        """How many documents came to this end."""
        return sum(item.outcome is outcome for item in self.items)

    @property
    def overdue(self) -> tuple[Item, ...]:
        """The documents that should have been sent before ``as_of``."""
        return tuple(item for item in self.items if item.is_overdue(self.as_of))

    @property
    def complete(self) -> bool:
        """Whether no document failed."""
        return self.count(Outcome.FAILED) == 0


def batch(
    source: Input,
    output: str | PathLike[str],
    *,
    formats: Iterable[str] = ("pdf",),
    kinds: Iterable[str] | None = None,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
    as_of: date | None = None,
    due_within: timedelta | None = None,
    copies: bool = False,
    names: str = "case",
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[Item, int, int], None] | None = None,
) -> Batch:
    """Render many documents into a folder, most urgent first.

    A run can be stopped at any moment: the next one does what is left. What has not changed
    since an earlier run is not made again. One bad record never stops the others.

    Args:
        source: a folder of JSON files, a JSON Lines file, or an open binary stream of JSON Lines.
        output: the folder for the files and ``manifest.jsonl``; made if it does not exist.
        formats: suffixes of the formats to make.
        kinds: only these kinds of document.
        language: language folder to use instead of the data's own.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.
        as_of: the day that "overdue" and ``due_within`` are reckoned from.
        due_within: only documents due by then, overdue ones included; needs ``as_of``.
        copies: make a numbered copy for the recipient and for each of ``copies`` in the data.
        names: ``case`` names files by case number, ``sequence`` by a number that tells nothing.
        workers: how many processes; by default one for each core.
        executor: any ``concurrent.futures`` executor to use instead of processes of one's own;
            limits of time and memory are then its own affair.
        progress: called after each document with it, how many are done, and how many there are.

    Raises:
        UsageError: the input cannot be read, the folder cannot be written in or belongs to
            another run, or an argument is unknown.
    """
    wishes = _wishes(
        formats, kinds, language, templates, services, as_of, due_within, copies, names
    )
    records = Records(source)
    manifest = Manifest(Path(output))
    try:
        run = _Run(records, wishes, manifest, progress)
        return Batch(tuple(run.run(executor, workers)), as_of)
    finally:
        manifest.close()


def _wishes(
    formats: Iterable[str],
    kinds: Iterable[str] | None,
    language: str | None,
    templates: Folders,
    services: Folders,
    as_of: date | None,
    due_within: timedelta | None,
    copies: bool,
    names: str,
) -> Wishes:
    if due_within is not None and as_of is None:
        raise UsageError.of("batch.as_of", "due_within", "needs as_of, a day to reckon from")
    if names not in set(Naming):
        hint = f"known: {', '.join(Naming)}"
        raise UsageError.of("batch.names", "names", "no such way of naming", hint)
    return Wishes(
        formats=tuple(dict.fromkeys(format_of(f"x.{suffix}") for suffix in formats)),
        kinds=tuple(kinds) if kinds is not None else None,
        language=language,
        templates=folder_paths(templates),
        services=folder_paths(services),
        as_of=as_of,
        due_within=due_within,
        copies=copies,
        naming=Naming(names),
    )


class _Run:
    """One run over one folder."""

    def __init__(
        self,
        records: Records,
        wishes: Wishes,
        manifest: Manifest,
        progress: Callable[[Item, int, int], None] | None,
    ) -> None:
        self.records = records
        self.wishes = wishes
        self.manifest = manifest
        self.progress = progress
        self.basis = basis(wishes.templates, wishes.services)
        self.items = plan(records, wishes, manifest)
        self.done = 0

    def run(self, executor: Executor | None, workers: int | None) -> list[Item]:
        waiting: deque[tuple[int, int]] = deque()
        for index, item in enumerate(self.items):
            if item.outcome is not None:
                self._settle(index, item)
            elif self._is_done(item):
                files = tuple(self._file(item, suffix) for suffix in self.wishes.formats)
                self._settle(index, replace(item, outcome=Outcome.UNCHANGED, files=files))
            else:
                waiting.append((index, 1))
        if waiting:
            self._make(waiting, executor, workers)
        return self.items

    def _make(
        self, waiting: deque[tuple[int, int]], executor: Executor | None, workers: int | None
    ) -> None:
        pool = executor or LimitedPool(workers)
        ahead = AHEAD * (getattr(pool, "workers", None) or workers or 4)
        try:
            self._feed(pool, waiting, ahead)
        except BaseException:
            if executor is None:
                pool.shutdown(cancel_futures=True)
            raise
        if executor is None:
            pool.shutdown()

    def _feed(self, pool: Executor, waiting: deque[tuple[int, int]], ahead: int) -> None:
        """Keep the workers busy and bring home what they have made."""
        under_way: dict[Future[Made], tuple[int, int]] = {}
        while waiting or under_way:
            while waiting and len(under_way) < ahead:
                index, attempt = waiting.popleft()
                under_way[self._submit(pool, index)] = (index, attempt)
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                index, attempt = under_way.pop(future)
                if self._is_lost(future) and attempt < TRIES:
                    waiting.appendleft((index, attempt + 1))
                else:
                    self._bring_home(index, future)

    def _submit(self, pool: Executor, index: int) -> Future[Made]:
        item, wishes = self.items[index], self.wishes
        try:
            data = self.records.read(item.record)
            task = Task(
                data=data,
                formats=wishes.formats,
                language=wishes.language,
                templates=wishes.templates,
                services=wishes.services,
                copy=item.copy,
                copies=item.copies,
            )
            return pool.submit(make, task)
        except (PlanformsError, BrokenExecutor, RuntimeError) as error:
            failed: Future[Made] = Future()
            failed.set_exception(error)
            return failed

    @staticmethod
    def _is_lost(future: Future[Made]) -> bool:
        """Whether the worker ended without an answer, for a reason other than the time limit."""
        error = future.exception()
        expected = (PlanformsError, TimeoutError, BrokenExecutor, RuntimeError)
        return error is not None and not isinstance(error, expected)

    def _bring_home(self, index: int, future: Future[Made]) -> None:
        error = future.exception()
        if error is not None:
            self._settle(index, self.items[index].failed(Outcome.FAILED, _told(error)))
            return
        made = future.result()
        item = self.items[index]
        if not made.files:
            self._settle(index, item.failed(Outcome.FAILED, made.problems))
            return
        digests = {}
        for suffix, content in made.files:
            file = self._file(item, suffix)
            replace_file(self.manifest.folder / file, content)
            digests[file] = hashlib.sha256(content).hexdigest()
        item = replace(item, outcome=Outcome.RENDERED, files=tuple(digests), problems=made.problems)
        self._settle(index, item, digests)

    def _settle(self, index: int, item: Item, digests: dict[str, str] | None = None) -> None:
        """Note what became of a document, in the list, the manifest and the progress."""
        self.items[index] = item
        self.done += 1
        if item.name and item.outcome is not Outcome.UNCHANGED:
            self.manifest.append(self._line(item, digests or {}))
        if self.progress:
            self.progress(item, self.done, len(self.items))

    def _line(self, item: Item, digests: dict[str, str]) -> dict[str, object]:
        return {
            "name": item.name,
            "outcome": item.outcome.value if item.outcome else "",
            **self._wanted(item),
            "kind": item.kind,
            "language": item.language,
            "due": item.due.isoformat() if item.due else None,
            "identity": item.identity,
            "files": digests,
            "problems": [problem.to_dict() for problem in item.problems],
        }

    def _wanted(self, item: Item) -> dict[str, str]:
        """What must be the same for a document not to be made again."""
        return {"input": item.digest, "basis": self.basis, "version": __version__}

    def _is_done(self, item: Item) -> bool:
        wanted = {"outcome": Outcome.RENDERED.value, **self._wanted(item)}
        files = [self._file(item, suffix) for suffix in self.wishes.formats]
        return self.manifest.is_done(item.name, wanted, files)

    @staticmethod
    def _file(item: Item, suffix: str) -> str:
        return f"{item.name}.{suffix}"


def _told(error: BaseException) -> tuple[Problem, ...]:
    """What to say about an error that a worker ended with; its own words may hold case data."""
    if isinstance(error, PlanformsError):
        return error.problems
    if isinstance(error, TimeoutError):
        message = f"took longer than {SECONDS:.0f} seconds and was ended"
        return (Problem("batch.time", "the record", message),)
    hint = f"{type(error).__name__}; a later run tries again"
    return (Problem("batch.worker", "the record", "its worker ended without an answer", hint),)
