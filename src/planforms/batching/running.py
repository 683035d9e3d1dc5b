"""Running a batch: documents go out to workers, files and manifest lines come home one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from os import PathLike
from pathlib import Path

from planforms import __version__
from planforms.batching.basis import basis
from planforms.batching.dispatching import Dispatcher, Workers
from planforms.batching.manifest import PREFIX, Manifest, ManifestLine
from planforms.batching.names import Naming
from planforms.batching.planning import BatchOptions, InspectedRecord, Item, Outcome, plan
from planforms.batching.pools import LimitedPool
from planforms.batching.records import Input, Records
from planforms.batching.working import (
    Inspection,
    RenderedRecord,
    Task,
    inspect_record,
    render_record,
)
from planforms.errors import DataError, Problem, Severity, UsageError, require_known
from planforms.languages import language_code, language_folders
from planforms.registry import KINDS
from planforms.setting import Folders, folder_paths
from planforms.writers import FORMATS, WEASYPRINT
from planforms.writers.pdf import engine_version
from planforms.writing import PRIVATE, format_of, replace_file

UNKNOWN_WORKERS = 32
"""How many workers to reckon with where an executor does not tell and the caller does not know."""

Progress = Callable[[Item, int, int], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch has done, document by document, most urgent first.

    Attributes:
        items: every document with its outcome.
        as_of: the day that "overdue" is reckoned from; ``None`` if none was given.
        records: how many records the input holds; a copy for each receiver counts once.
        problems: what is wrong with the folder's manifest.
    """

    items: tuple[Item, ...]
    as_of: date | None = None
    records: int = 0
    problems: tuple[Problem, ...] = ()

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
    easy: bool = False,
    language: str | None = None,
    beside: str | None = None,
    templates: Folders = None,
    services: Folders = None,
    as_of: date | None = None,
    due_within: timedelta | None = None,
    copies: bool = False,
    names: str = "case",
    large: bool = False,
    engine: str = WEASYPRINT,
    mode: int = PRIVATE,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Render many documents into a folder, most urgent first.

    A run can be stopped at any moment: the next one does what is left. What has not changed
    since an earlier run is not made again. One bad record never stops the others. A program
    that calls this without an executor starts processes, so it needs the usual
    ``if __name__ == "__main__":``.

    Args:
        source: a folder of JSON files, a file or an open binary stream of JSON Lines or of one
            document, or documents as dicts or models.
        output: the folder for the files and ``manifest.jsonl``; made if it does not exist.
        formats: suffixes of the formats to make.
        kinds: only these kinds of document.
        easy: whether to make the easy sheets that explain the documents, in their stead; only of
            the kinds that have one.
        language: language folder to use instead of the data's own.
        beside: the language whose words stand beside those of each document, which count; the
            name of a file has both.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.
        as_of: the day that "overdue" and ``due_within`` are reckoned from.
        due_within: only documents due by then, overdue ones included; needs ``as_of``.
        copies: make a numbered copy for the recipient and for each of ``copies`` in the data.
        names: ``case`` names files by case number, ``sequence`` by a number that tells nothing.
        large: make them in large print; their names say so, so that the others can lie beside them.
        engine: what lays out a PDF: ``weasyprint``, or ``typst``, which needs the extra of that
            name; what another engine has made is made anew.
        mode: what others may do with new files, such as ``0o640``; nothing if not given.
        workers: how many processes, by default one for each core; with an executor, how many
            documents it can work on at once.
        executor: any ``concurrent.futures`` executor to use instead of processes of one's own;
            limits of time and memory are then its own affair.
        progress: called after each document with it, how many are done, and how many there are.

    Raises:
        UsageError: the input cannot be read or holds nothing, the folder cannot be written in or
            belongs to another run, an argument is unknown, templates changed meanwhile, or the
            executor has ended.
    """
    options = BatchOptions(
        formats=_formats(formats),
        engine=engine,
        engine_version=engine_version(engine),
        kinds=_kinds(kinds, easy=easy),
        easy=easy,
        language=language,
        templates=folder_paths(templates),
        services=folder_paths(services),
        as_of=as_of,
        due_within=due_within,
        copies=copies,
        naming=_naming(names),
        large=large,
        mode=mode,
        basis=basis(folder_paths(templates), folder_paths(services)),
        beside=_code(beside, folder_paths(templates)),
    )
    if due_within is not None and as_of is None:
        raise UsageError.of("batch.as_of", "due_within", "needs as_of, a day to reckon from")
    if language is not None:
        language_folders(language, options.templates)
    with (
        Records(source) as records,
        Manifest(Path(output)) as manifest,
        _workers(executor, workers) as available,
    ):
        run = _Run(records, options, manifest, available, progress)
        return Batch(tuple(run.run()), as_of, len(records.all), manifest.problems)


def _code(beside: str | None, templates: Sequence[Path]) -> str:
    return language_code(beside, templates, place="beside") if beside else ""


def _formats(suffixes: Iterable[str]) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(format_of(f"x.{suffix}") for suffix in suffixes))
    if not formats:
        raise UsageError.of("batch.formats", "formats", "names no format")
    return formats


def _kinds(kinds: Iterable[str] | None, *, easy: bool) -> tuple[str, ...] | None:
    """The kinds that are made; ``None`` for all of them.

    Raises:
        UsageError: there is no such kind, or it has no easy sheet.
    """
    if kinds is None:
        return tuple(kind.name for kind in KINDS.values() if kind.easy) if easy else None
    names = tuple(KINDS.named(kind, "kinds").name for kind in kinds)
    for name in names if easy else ():
        KINDS.easy_sheet(name)
    return names


def _naming(names: str) -> Naming:
    require_known(names, Naming, place="names", code="batch.names", what="no such way of naming")
    return Naming(names)


@contextmanager
def _workers(executor: Executor | None, count: int | None) -> Iterator[Workers]:
    """The executor to use and how much it does at once; our own ends with the run."""
    if executor is not None:
        yield Workers(executor, count or UNKNOWN_WORKERS)
        return
    pool = LimitedPool(count)
    try:
        yield Workers(pool, pool.workers)
    finally:
        pool.shutdown(cancel_futures=True)


class _Run:
    """One run over one folder."""

    def __init__(
        self,
        records: Records,
        options: BatchOptions,
        manifest: Manifest,
        workers: Workers,
        progress: Progress | None,
    ) -> None:
        self.records = records
        self.options = options
        self.manifest = manifest
        self.progress = progress
        self.inspecting = Dispatcher(
            workers, inspect_record, self._inspection_task, lambda p: Inspection(problems=p)
        )
        self.rendering = Dispatcher(
            workers, render_record, self._rendering_task, lambda p: RenderedRecord(problems=p)
        )
        self.digests: dict[int, str] = {}
        self.items: list[Item] = []
        self.done = 0

    def run(self) -> list[Item]:
        """Do everything that is left to do."""
        self.items = plan(self._inspected(), self.options, self.manifest)
        for index, rendered in self.rendering.do(self._finish_known()):
            self._store(index, rendered)
        return self.items

    def _inspected(self) -> Iterator[InspectedRecord]:
        """Every record and what is in it, in the order of the input."""
        inspections = dict(self.inspecting.do(range(len(self.records.all))))
        for index, record in enumerate(self.records.all):
            yield record, self.digests.get(index, ""), inspections[index]

    def _inspection_task(self, index: int) -> Task:
        data = self.records.read(self.records.all[index])
        self.digests[index] = hashlib.sha256(data).hexdigest()
        return self.options.task(data)

    def _rendering_task(self, index: int) -> Task:
        item = self.items[index]
        data = self.records.read(item.record)
        if hashlib.sha256(data).hexdigest() != item.digest:
            hint = "a later run takes it as it is then"
            raise DataError.of("batch.changed", "the record", "changed during the run", hint)
        if any((self.manifest.folder / file).is_dir() for file in self._files(item)):
            message, hint = "a folder has the name of its file", "move it away"
            raise DataError.of("batch.name", item.name, message, hint)
        return self.options.task(data, item.copy, item.copies)

    def _finish_known(self) -> list[int]:
        """Finish what needs no worker; what is left comes back."""
        left = []
        for index, item in enumerate(self.items):
            files = self._files(item)
            if item.outcome is not None:
                self._finish(index, item)
            elif self.manifest.holds(self._same_line(item), files):
                self._finish(index, replace(item, outcome=Outcome.UNCHANGED, files=files))
            else:
                left.append(index)
        return left

    def _store(self, index: int, rendered: RenderedRecord) -> None:
        item = self.items[index]
        if not rendered.files:
            self._finish(index, item.ended(Outcome.FAILED, rendered.problems))
            return
        digests = {}
        for file, content in zip(self._files(item), rendered.files, strict=True):
            replace_file(self.manifest.folder / file, content, PREFIX, self.options.mode)
            digests[file] = hashlib.sha256(content).hexdigest()
        item = replace(item, files=tuple(digests)).ended(Outcome.RENDERED, rendered.problems)
        self._finish(index, item, digests)

    def _files(self, item: Item) -> tuple[str, ...]:
        return tuple(f"{item.name}.{suffix}" for suffix in self.options.formats)

    def _finish(self, index: int, item: Item, digests: dict[str, str] | None = None) -> None:
        """Note what became of a document, in the list, the manifest and the progress."""
        if item.outcome in (Outcome.FAILED, Outcome.BLOCKED):
            item = replace(item, problems=(*item.problems, *self._warn_of_old(item)))
        self.items[index] = item
        self.done += 1
        if item.name and item.outcome is not Outcome.UNCHANGED:
            self.manifest.append(self._line(item, digests or {}))
        if self.progress:
            self.progress(item, self.done, len(self.items))

    def _warn_of_old(self, item: Item) -> Iterator[Problem]:
        files = [f"{item.name}.{suffix}" for suffix in FORMATS]
        if item.name and any((self.manifest.folder / file).exists() for file in files):
            message, hint = "files of an earlier run are still in the folder", "do not send them"
            yield Problem("batch.old_files", item.name, message, hint, Severity.WARNING)

    def _line(self, item: Item, digests: dict[str, str]) -> ManifestLine:
        """The manifest's line; files that were made earlier, of the same things, still count."""
        earlier = self._same_line(item) if digests else None
        return {
            "name": item.name,
            "outcome": item.outcome.value if item.outcome else "",
            "case": item.case,
            **self._made_of(item),
            "engine_version": self.options.engine_version,
            "kind": item.kind,
            "language": item.language,
            "due": item.due.isoformat() if item.due else None,
            "files": {**earlier["files"], **digests} if earlier else digests,
            "problems": [problem.to_dict() for problem in item.problems],
        }

    def _same_line(self, item: Item) -> ManifestLine | None:
        """The document's last line, if it was then made of the same things as it would be now."""
        line = self.manifest.line(item.name)
        wanted = {"outcome": Outcome.RENDERED.value, "case": item.case, **self._made_of(item)}
        same = line and all(line.get(key) == value for key, value in wanted.items())
        return line if same else None

    def _made_of(self, item: Item) -> dict[str, str]:
        return {
            "input": item.digest,
            "basis": self.options.basis,
            "version": __version__,
            "engine": self.options.engine,
        }
