"""Where a batch's case data comes from: a folder, a file, a stream, or a program's own data."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from pydantic_core import PydanticSerializationError, to_json

from planforms.errors import DataError, UsageError
from planforms.loading import MAX_DATA_BYTES
from planforms.models.documents import DocumentData
from planforms.models.values import plain

Input = str | os.PathLike[str] | BinaryIO | Iterable[Mapping[str, Any] | DocumentData]
"""A folder of ``.json`` files, also in folders below it; a file or an open binary stream of JSON
Lines, or of one document; or documents as a program has them, as dicts or as models."""


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
            UsageError: there is no such folder or file, it cannot be read, or it holds nothing.
        """
        self._lines: BinaryIO | None = None
        name = os.fspath(source) if isinstance(source, str | os.PathLike) else "the input"
        try:
            self.all = tuple(self._find(source))
        except OSError as error:
            self.__exit__()
            raise UsageError.of("file.unreadable", name, _reason(error)) from None
        except UsageError:
            self.__exit__()
            raise
        if not self.all:
            self.__exit__()
            hint = "give files that end in .json, or a document in each line"
            raise UsageError.of("batch.empty", name, "holds no documents", hint)

    def _find(self, source: Input) -> Iterator[Record]:
        if isinstance(source, str | os.PathLike) and Path(source).is_dir():
            folder = Path(source)
            files = files_in(folder, (".json",))
            return (Record(shown_path(path.relative_to(folder)), path) for path in files)
        if isinstance(source, str | os.PathLike) or hasattr(source, "read"):
            self._lines = _open(cast("str | os.PathLike[str] | BinaryIO", source))
            return _find_lines(self._lines)
        self._lines = _spool_documents(source)
        return _find_lines(self._lines, "document")

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
                return read_plain(record.path, MAX_DATA_BYTES)
            assert self._lines is not None
            self._lines.seek(record.offset)
            return self._lines.read(min(record.size, MAX_DATA_BYTES + 1))
        except OSError as error:
            what = "cannot be read: {reason}"
            raise DataError.of("data.unreadable", "the data", what, reason=_reason(error)) from None


def files_in(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The files in a folder and below it that have one of some suffixes, such as ``.json``.

    What begins with a point is some program's own.
    """
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        own = (name for name in names if not name.startswith("."))
        found += [Path(place, name) for name in own if name.lower().endswith(suffixes)]
    return sorted(found)


def shown_path(path: Path) -> str:
    """A file's name as it can be printed; Linux allows any bytes in it."""
    name = os.fsencode(path.as_posix()).decode(errors="replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)


def _open(source: str | os.PathLike[str] | BinaryIO) -> BinaryIO:
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


def _spool_documents(documents: Iterable[Mapping[str, Any] | DocumentData]) -> BinaryIO:
    """A program's own documents as lines.

    Raises:
        UsageError: one of them is no document, or holds what is no data.
    """
    spool = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the records do
    try:
        for number, document in enumerate(documents, start=1):
            spool.write(_as_line(document, number) + b"\n")
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def _as_line(document: object, number: int) -> bytes:
    place, what = f"document {number}", "is neither a dict nor a model"
    if isinstance(document, Mapping | DocumentData):
        try:
            return to_json(plain(document))
        except (PydanticSerializationError, ValueError, RecursionError):
            what = "holds something that is no data"
    raise UsageError.of("batch.document", place, what, "give what planforms.load takes")


def _find_lines(file: BinaryIO, word: str = "line") -> Iterator[Record]:
    """A record for each line that is not empty; for a file that is one document, one."""
    whole = _size_of_one_document(file)
    if whole:
        yield Record("line 1", None, 0, whole)
        return
    offset = 0
    for number, size, empty in _line_sizes(file):
        if not empty:
            yield Record(f"{word} {number}", None, offset, size)
        offset += size


def _size_of_one_document(file: BinaryIO) -> int:
    """How long a file is that is one document over several lines; 0 if it is anything else."""
    content = file.read(MAX_DATA_BYTES + 1)
    file.seek(0)
    first = content.strip().split(b"\n")[0]
    if len(content) > MAX_DATA_BYTES or _is_object(first) or not _is_object(content):
        return 0
    return len(content)


def _is_object(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


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


def read_plain(path: Path, most: int) -> bytes:
    """What stands in a file, one byte more at most than it may have.

    Nothing else is opened, since reading a pipe could wait for ever.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise DataError.of("data.unreadable", "the data", "is not a file")
    with path.open("rb") as file:
        return file.read(most + 1)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "cannot be read"
