"""The record of what a batch has done, one JSON object a line; it survives anything.

A line is appended after its files are in place. A line that was cut off by a crash is taken away
at the next start; its files are then made again, byte for byte the same.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import socket
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Self

from planforms.errors import Problem, Severity, UsageError
from planforms.files import open_plain

MANIFEST = "manifest.jsonl"
LOCK = ".planforms.lock"
KEY = ".planforms.key"
PREFIX = ".planforms-batch-"
"""What files that a batch is writing begin with; nobody else writes such files."""

MAX_KEY_BYTES = 1_000
"""No key is a tenth as long."""

ManifestLine = dict[str, Any]


class Manifest:
    """The manifest of one output folder, held by one run at a time.

    Attributes:
        problems: a warning for each line that a failing disk or a hand has spoilt.
    """

    def __init__(self, folder: Path) -> None:
        """Take hold of a folder; it is made if need be.

        Raises:
            UsageError: another run holds it, or it cannot be written in.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _take_lock(folder / LOCK)
        except OSError as error:
            raise _unwritable(folder, error) from None
        try:
            _sweep(folder)
            self._file = _open(folder / MANIFEST)
            self._last, self.problems, size = _read(self._file)
            if size != self._file.tell():
                self._file.truncate(size)
            _see_to_disk(folder)
        except OSError as error:
            os.close(self._lock)
            raise _unwritable(folder, error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._file.close()
        os.close(self._lock)

    def line(self, name: str) -> ManifestLine | None:
        """The last line of a document."""
        content = self._last.get(name)
        return _parse(content) if content else None

    def lines(self) -> Iterator[ManifestLine]:
        """The last line of each document."""
        return (line for line in map(_parse, self._last.values()) if line)

    def append(self, line: ManifestLine) -> None:
        """Add one line and see it to the disk, unless it is what stands there already.

        Raises:
            UsageError: the disk is full, or the folder has become read-only.
        """
        content = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        if self._last.get(line["name"]) == content:
            return
        try:
            self._file.write(content)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        self._last[line["name"]] = content

    def holds(self, line: ManifestLine | None, files: Iterable[str]) -> bool:
        """Whether files are what a line says they are."""
        digests: dict[str, str] = line["files"] if line else {}
        return all(
            file in digests and digests[file] == _digest(self.folder / file) for file in files
        )

    def key(self) -> bytes:
        """The folder's secret, by which the manifest can tell cases without naming them.

        Raises:
            UsageError: it cannot be read or written.
        """
        path = self.folder / KEY
        try:
            if not os.path.lexists(path):
                _write_key(path)
            with os.fdopen(open_plain(path, os.O_RDONLY), "rb") as file:
                key = file.read(MAX_KEY_BYTES)
        except OSError as error:
            raise _unwritable(path, error) from None
        if not key.strip():
            hint = "put the key back from a copy; a new one would give all cases new numbers"
            raise UsageError.of("batch.key", str(path), "the key is empty", hint)
        return key


def _write_key(path: Path) -> None:
    """Make a secret that its owner alone can read, whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=PREFIX, delete=False) as file:
        file.write(secrets.token_hex(32).encode())
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def _open(path: Path) -> BinaryIO:
    """The manifest, to be read and added to."""
    return os.fdopen(open_plain(path, os.O_RDWR | os.O_APPEND | os.O_CREAT), "a+b")


def _take_lock(path: Path) -> int:
    try:
        import fcntl
    except ImportError:
        what, hint = "a batch needs Linux or macOS", "on Windows, render the documents one by one"
        raise UsageError.of("batch.system", str(path.parent), what, hint) from None
    descriptor = open_plain(path, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}@{socket.gethostname()}".encode())
    except BlockingIOError:
        holder = os.read(descriptor, 200).decode(errors="replace")
        os.close(descriptor)
        hint = f"it belongs to run {holder}; wait for its end" if holder else "wait for its end"
        place = str(path.parent)
        raise UsageError.of("batch.locked", place, "another run works here", hint) from None
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _sweep(folder: Path) -> None:
    """Take away half-written files that a killed run left behind."""
    for path in folder.glob(f"{PREFIX}*"):
        path.unlink(missing_ok=True)


def _read(file: BinaryIO) -> tuple[dict[str, bytes], tuple[Problem, ...], int]:
    """The last line for each name, what is wrong in others, and where the last whole line ends."""
    last: dict[str, bytes] = {}
    problems = []
    size = 0
    file.seek(0)
    for number, content in enumerate(file, start=1):
        if not content.endswith(b"\n"):
            break
        size += len(content)
        line = _parse(content)
        if line is None:
            problems.append(_spoilt(number))
        else:
            last[line["name"]] = content
    return last, tuple(problems), size


def _spoilt(number: int) -> Problem:
    hint = "what it told of is made again"
    what, place = "is no line of a manifest", f"{MANIFEST}:{number}"
    return Problem("batch.manifest", place, what, hint, Severity.WARNING)


def _parse(content: bytes) -> ManifestLine | None:
    """A line of the manifest; ``None`` if a failing disk or a hand has spoilt it."""
    try:
        line = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) and _is_whole(line) else None


def _is_whole(line: dict[str, Any]) -> bool:
    """Whether a line has everything that later runs read, each of its type."""
    files = line.get("files")
    return (
        all(isinstance(line.get(key), str) for key in ("name", "outcome", "case"))
        and isinstance(files, dict)
        and all(isinstance(digest, str) for digest in files.values())
    )


def _see_to_disk(folder: Path) -> None:
    """Make sure that the manifest's own name outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _unwritable(path: Path, error: OSError) -> UsageError:
    reason = os.strerror(error.errno) if error.errno else "cannot be written"
    if error.errno in (errno.ELOOP, errno.EINVAL, errno.ENXIO):
        reason = "is no plain file where planforms keeps its own"
    return UsageError.of("file.unwritable", str(path), reason)
