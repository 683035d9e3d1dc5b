"""Where a batch's case data comes from: a folder, a JSON Lines file, or a stream."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from planforms.errors import DataError, UsageError
from planforms.loading import MAX_DATA_BYTES

Input = str | os.PathLike[str] | BinaryIO
"""A folder of ``.json`` files, a JSON Lines file, or an open binary stream of JSON Lines."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where one document's data stands.

    Attributes:
        place: the file's name or the line's number, for messages.
        path: the file that is the record; ``None`` for a line.
        offset: where the line begins, in bytes.
        size: how many bytes the line has.
    """

    place: str
    path: Path | None
    offset: int = 0
    size: int = 0


class Records:
    """The records of an input; only their places are kept in memory."""

    def __init__(self, source: Input) -> None:
        """Find the records.

        Raises:
            UsageError: there is no such folder or file, or it cannot be read.
        """
        self._lines: BinaryIO | None = None
        name = os.fspath(source) if isinstance(source, str | os.PathLike) else "the input"
        try:
            if isinstance(source, str | os.PathLike) and Path(source).is_dir():
                self.all = tuple(Record(_shown(path), path) for path in _files(Path(source)))
            else:
                self._lines = _open(source)
                self.all = tuple(_find_lines(self._lines))
        except OSError as error:
            self.__exit__()
            raise UsageError.of("file.unreadable", name, _reason(error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._lines is not None:
            self._lines.close()

    def read(self, record: Record) -> bytes:
        """The bytes of one record, one more than a document may have at most.

        Raises:
            DataError: they cannot be read.
        """
        try:
            if record.path is not None:
                return _read_file(record.path)
            assert self._lines is not None
            self._lines.seek(record.offset)
            return self._lines.read(min(record.size, MAX_DATA_BYTES + 1))
        except OSError as error:
            raise DataError.of("data.unreadable", "the data", _reason(error)) from None


def _files(folder: Path) -> list[Path]:
    """The folder's ``.json`` files; those that begin with a point are some program's own."""
    return sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))


def _shown(path: Path) -> str:
    """A file's name as it can be printed; Linux allows any bytes in it."""
    name = os.fsencode(path.name).decode(errors="replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def _open(source: Input) -> BinaryIO:
    """The lines, open for reading here and there; the file may be replaced meanwhile."""
    if not isinstance(source, str | os.PathLike):
        return _spool(source)
    file = Path(source).open("rb")  # noqa: SIM115  # lives as long as the records do
    if file.seekable():
        return file
    with file:
        return _spool(file)


def _spool(stream: BinaryIO) -> BinaryIO:
    """A copy of the stream in a file without a name, which vanishes with the process."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the records do
    try:
        shutil.copyfileobj(stream, spool)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def _find_lines(file: BinaryIO) -> Iterator[Record]:
    offset = 0
    for number, size, empty in _line_sizes(file):
        if not empty:
            yield Record(f"line {number}", None, offset, size)
        offset += size


def _line_sizes(file: BinaryIO) -> Iterator[tuple[int, int, bool]]:
    """Number, size and emptiness of each line, however long it is."""
    number, size, empty = 1, 0, True
    while piece := file.readline(MAX_DATA_BYTES):
        size += len(piece)
        empty = empty and not piece.strip()
        if piece.endswith(b"\n"):
            yield number, size, empty
            number, size, empty = number + 1, 0, True
    if size:
        yield number, size, empty


def _read_file(path: Path) -> bytes:
    """What stands in a file; nothing else is opened, since reading a pipe could wait for ever."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise DataError.of("data.unreadable", "the data", "is not a file")
    with path.open("rb") as file:
        return file.read(MAX_DATA_BYTES + 1)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "cannot be read"
