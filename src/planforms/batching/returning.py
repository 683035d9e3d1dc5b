"""Reading many forms that came back: a folder of files becomes a folder of data.

Each file is read by a worker with limits of time and memory, since it comes from outside. What was
read is written beside a manifest with a line for each file; the same call again does what is left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from os import PathLike
from pathlib import Path

from planforms import __version__
from planforms.batching.basis import basis
from planforms.batching.dispatching import Dispatcher, Workers
from planforms.batching.manifest import PREFIX, Manifest, ManifestLine
from planforms.batching.pools import LimitedPool
from planforms.batching.records import files_in, read_plain, shown_path
from planforms.batching.working import OtherBasisError, problems_from_error
from planforms.errors import DataError, Problem, UsageError
from planforms.readback.limits import MAX_FILE_BYTES
from planforms.readback.reading import Reading, read
from planforms.setting import Folders, folder_paths
from planforms.writing import PRIVATE, replace_file

SUFFIXES = (".pdf", ".docx", ".json")
"""What forms that come back are called."""
SECONDS = 30.0
"""The longest that one file may take; a form takes a twentieth of a second."""


class ReturnedState(StrEnum):
    """What became of a form that came back."""

    COMPLETE = "complete"
    """It makes a document."""
    PARTLY = "partly"
    """All that was written was read, but it lacks what a document must have."""
    UNCLEAR = "unclear"
    """Something that was written could not be read; a person looks at it."""
    REFUSED = "refused"
    """It is no form that can be read."""


SETTLED = frozenset({ReturnedState.COMPLETE.value, ReturnedState.PARTLY.value})
"""What a later run leaves as it is."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A file, and what its form was made with.

    Attributes:
        content: the file.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.
        basis: what templates and profiles must add up to, so that no worker uses others.
    """

    content: bytes = field(repr=False)
    templates: tuple[Path, ...]
    services: tuple[Path, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of a file.

    Attributes:
        state: what became of it.
        values: what was read, as JSON; empty if it was refused.
        problems: what is wrong or missing.
    """

    state: ReturnedState
    values: bytes = field(default=b"", repr=False)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """One file of a folder that was read.

    Attributes:
        name: the file, below the folder.
        state: what became of it.
        is_new: whether this run read it, and no earlier one.
        files: what was written.
        problems: what is wrong or missing.
    """

    name: str
    state: ReturnedState
    is_new: bool = True
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


Progress = Callable[[ReturnedFile, int, int], None]


def read_file(task: ReadTask) -> ReadFile:
    """Read one file; its problems come back, they are not raised.

    Raises:
        OtherBasisError: this worker has other templates or profiles than the rest.
    """
    if basis(task.templates, task.services) != task.basis:
        raise OtherBasisError
    try:
        return told(read(task.content, templates=task.templates, services=task.services))
    except Exception as error:
        return ReadFile(ReturnedState.REFUSED, problems=problems_from_error(error))


def told(reading: Reading) -> ReadFile:
    """A reading as it is written: its values as JSON, and what became of it."""
    values = json.dumps(reading.values, ensure_ascii=False, indent=2) + "\n"
    return ReadFile(_state(reading), values.encode(), reading.problems)


def _state(reading: Reading) -> ReturnedState:
    if reading.data is not None:
        return ReturnedState.COMPLETE
    return ReturnedState.PARTLY if reading.is_clear else ReturnedState.UNCLEAR


def read_folder(
    source: str | PathLike[str],
    output: str | PathLike[str],
    *,
    templates: Folders = None,
    services: Folders = None,
    mode: int = PRIVATE,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[ReturnedFile, ...]:
    """Read all forms in a folder and below it into data in another folder.

    Args:
        source: the folder of forms: PDF, Word, and JSON that the web page saved.
        output: the folder for the data and ``manifest.jsonl``; made if it does not exist.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.
        mode: what others may do with new files, such as ``0o640``; nothing if not given.
        workers: how many processes; by default one for each core.
        progress: called after each file with it, how many are done, and how many there are.

    Raises:
        UsageError: the folder cannot be read or holds no forms, or the other one cannot be written
            in or belongs to another run.
    """
    folder, target = Path(source), Path(output)
    if target.resolve() == folder.resolve():
        hint = "what is read would be taken for forms"
        raise UsageError.of("batch.output", str(output), "is the folder of the forms", hint)
    own, profiles = folder_paths(templates), folder_paths(services)
    files = [path for path in files_in(folder, SUFFIXES) if target not in path.parents]
    if not files:
        hint = f"give files that end in {', '.join(SUFFIXES)}"
        raise UsageError.of("batch.empty", str(source), "holds no forms", hint)
    pool = LimitedPool(workers, seconds=SECONDS)
    try:
        with Manifest(target) as manifest:
            known = ReadTask(b"", own, profiles, basis(own, profiles))
            run = _FolderRun(folder, files, manifest, known, mode)
            done = run.run(Workers(pool, pool.workers), progress)
            return tuple(sorted(done, key=lambda one: one.name))
    finally:
        pool.shutdown(cancel_futures=True)


class _FolderRun:
    """One run over one folder of forms."""

    def __init__(
        self, folder: Path, files: list[Path], manifest: Manifest, task: ReadTask, mode: int
    ) -> None:
        self._files = {shown_path(path.relative_to(folder)): path for path in files}
        self._manifest = manifest
        self._task = task
        self._mode = mode
        self._digests: dict[str, str] = {}

    def run(self, workers: Workers, progress: Progress | None) -> Iterator[ReturnedFile]:
        """Read everything that is left to read; each file comes back when it is done."""
        dispatcher = Dispatcher(
            workers, read_file, self._read_task, lambda p: ReadFile(ReturnedState.REFUSED, b"", p)
        )
        known = {name: one for name in self._files if (one := self._known(name))}
        left = [name for name in self._files if name not in known]
        read_now = (self._store(name, one) for name, one in dispatcher.do(left))
        for number, one in enumerate(chain(known.values(), read_now), 1):
            if progress:
                progress(one, number, len(self._files))
            yield one

    def _read_task(self, name: str) -> ReadTask:
        try:
            content = read_plain(self._files[name], MAX_FILE_BYTES)
        except OSError:
            raise DataError.of("data.unreadable", name, "cannot be read") from None
        self._digests[name] = hashlib.sha256(content).hexdigest()
        return replace(self._task, content=content)

    def _known(self, name: str) -> ReturnedFile | None:
        """A file in which an earlier run found nothing unclear, if nothing has changed since."""
        line = self._manifest.line(name)
        if line is None or line["outcome"] not in SETTLED or not line["files"]:
            return None
        try:
            self._read_task(name)
        except DataError:
            return None
        same = all(line.get(key) == value for key, value in self._made_of(name).items())
        if not same or not self._manifest.holds(line, line["files"]):
            return None
        files = tuple(line["files"])
        return ReturnedFile(name, ReturnedState(line["outcome"]), is_new=False, files=files)

    def _made_of(self, name: str) -> dict[str, str]:
        digest = self._digests.get(name, "")
        return {"input": digest, "basis": self._task.basis, "version": __version__}

    def _store(self, name: str, one: ReadFile) -> ReturnedFile:
        files: dict[str, str] = {}
        if one.values:
            file = f"{name}.json"
            path = self._manifest.folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, one.values, PREFIX, self._mode)
            files[file] = hashlib.sha256(one.values).hexdigest()
        self._manifest.append(self._line(name, one, files))
        return ReturnedFile(name, one.state, files=tuple(files), problems=one.problems)

    def _line(self, name: str, one: ReadFile, files: dict[str, str]) -> ManifestLine:
        return {
            "name": name,
            "outcome": one.state.value,
            "case": "",
            **self._made_of(name),
            "files": files,
            "problems": [problem.to_dict() for problem in one.problems],
        }
