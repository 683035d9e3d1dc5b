"""Where a batch's case data comes from: a folder, a JSON Lines file, or a stream."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from planforms.errors import DataError, UsageError
from planforms.loading import MAX_DATA_BYTES

Input = str | os.PathLike[str] | BinaryIO
"""A folder of ``.json`` files, a JSON Lines file, or an open binary stream of JSON Lines."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where one document's data stands.

    Attributes:
        place: the file's name or the line's number, for messages.
        path: the file; ``None`` for the stream.
        offset: where in it the data begins, in bytes.
        size: how many bytes it has; ``-1`` for the whole file.
    """

    place: str
    path: Path | None
    offset: int = 0
    size: int = -1


class Records:
    """The records of an input; only their places are kept in memory."""

    def __init__(self, source: Input) -> None:
        """Find the records.

        Raises:
            UsageError: there is no such folder or file.
        """
        self._stream: BinaryIO | None = None
        if not isinstance(source, str | os.PathLike):
            self._stream = _spool(source)
            self.all = tuple(_lines(self._stream, None))
            return
        path = Path(source)
        try:
            if path.is_dir():
                self.all = tuple(Record(file.name, file) for file in sorted(path.glob("*.json")))
            else:
                with path.open("rb") as file:
                    self.all = tuple(_lines(file, path))
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "cannot be read"
            raise UsageError.of("file.unreadable", str(source), reason) from None

    def read(self, record: Record) -> bytes:
        """The bytes of one record.

        Raises:
            DataError: they cannot be read, or are more than a document may have.
        """
        limit = MAX_DATA_BYTES + 1 if record.size < 0 else record.size
        try:
            if record.path is None:
                assert self._stream is not None
                return _read_at(self._stream, record.offset, limit)
            with record.path.open("rb") as file:
                return _read_at(file, record.offset, limit)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else "cannot be read"
            raise DataError.of("data.unreadable", "the data", reason) from None


def _spool(stream: BinaryIO) -> BinaryIO:
    """A copy of the stream in a file without a name, which vanishes with the process."""
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the records do
    shutil.copyfileobj(stream, spool)
    spool.seek(0)
    return spool


def _lines(file: BinaryIO, path: Path | None) -> Iterator[Record]:
    offset = 0
    for number, size, empty in _line_sizes(file):
        if not empty:
            yield Record(f"line {number}", path, offset, size)
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


def _read_at(file: BinaryIO, offset: int, limit: int) -> bytes:
    file.seek(offset)
    return file.read(min(limit, MAX_DATA_BYTES + 1))
