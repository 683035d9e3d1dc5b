"""The record of what a batch has done, one JSON object a line; it survives anything.

A line is appended after its files are in place. A line that was cut off by a crash is taken away
at the next start; its files are then made again, byte for byte the same.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from planforms.errors import UsageError

MANIFEST = "manifest.jsonl"
LOCK = ".planforms.lock"
TEMPORARY = ".planforms-*"


class Manifest:
    """The manifest of one output folder, held by one run at a time."""

    def __init__(self, folder: Path) -> None:
        """Take hold of a folder; it is made if need be.

        Raises:
            UsageError: another run holds it, or it cannot be written in.
        """
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _take_lock(folder / LOCK)
            _sweep(folder)
            self.last, size = _read(folder / MANIFEST)
            self._file = (folder / MANIFEST).open("ab")
            self._file.truncate(size)
        except OSError as error:
            raise _unwritable(folder, error) from None

    def append(self, line: dict[str, Any]) -> None:
        """Add one line and see it to the disk.

        Raises:
            UsageError: the disk is full, or the folder has become read-only.
        """
        self.last[line["name"]] = line
        try:
            content = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
            self._file.write(content.encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self.folder, error) from None

    def is_done(self, name: str, wanted: dict[str, Any], files: list[str]) -> bool:
        """Whether these files were made from the same things and are still what they were."""
        line = self.last.get(name)
        if line is None or any(line.get(key) != value for key, value in wanted.items()):
            return False
        digests: dict[str, str] = line["files"]
        return all(digests.get(file) == _digest(self.folder / file) for file in files)

    def close(self) -> None:
        """Let go of the folder."""
        with suppress(OSError):
            self._file.close()
        os.close(self._lock)


def _take_lock(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 200).decode(errors="replace").strip()
        os.close(descriptor)
        hint = f"it belongs to run {holder}; wait for its end" if holder else "wait for its end"
        place = str(path.parent)
        raise UsageError.of("batch.locked", place, "another run works here", hint) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, run_id().encode())
    return descriptor


def run_id() -> str:
    """What names this run to others: process and host."""
    return f"{os.getpid()}@{socket.gethostname()}"


def _sweep(folder: Path) -> None:
    """Take away half-written files that a killed run left behind."""
    for path in folder.glob(TEMPORARY):
        path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[dict[str, dict[str, Any]], int]:
    """The last line for each name, and where the last whole line ends."""
    last: dict[str, dict[str, Any]] = {}
    size = 0
    if not path.exists():
        return last, size
    with path.open("rb") as file:
        for content in file:
            try:
                line = json.loads(content)
                name = line["name"]
            except (ValueError, KeyError, TypeError):
                break
            if not content.endswith(b"\n"):
                break
            last[name] = line
            size += len(content)
    return last, size


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _unwritable(folder: Path, error: OSError) -> UsageError:
    reason = os.strerror(error.errno) if error.errno else "cannot be written"
    return UsageError.of("file.unwritable", str(folder), reason)
