"""Putting documents into files, whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from planforms.document import Document
from planforms.errors import Problem, UsageError, did_you_mean, require_known
from planforms.files import flags_of
from planforms.writers import FORMATS, WEASYPRINT, writer

PREFIX = ".planforms-"
PRIVATE = 0o600
"""Documents tell of people: whoever wrote one shares it, nobody else."""


def write(
    document: Document,
    target: str | PathLike[str] | BinaryIO,
    format: str | None = None,
    *,
    fillable: bool = False,
    engine: str = WEASYPRINT,
    mode: int | None = None,
) -> None:
    """Write a document to a file, whose suffix picks the format, or to an open binary stream.

    The file appears complete or not at all; one that was there before stays until then, and what
    its owner allows others to do with it stays for good.

    Args:
        document: the document.
        target: the file, or the stream.
        format: ``pdf``, ``docx``, ``html`` or ``txt``; a stream needs it.
        fillable: whether its empty fields and boxes can be filled in on a screen.
        engine: what lays out a PDF: ``weasyprint``, or ``typst``, which needs the extra of that
            name; the other formats need neither.
        mode: what others may do with a new file, such as ``0o640``; nothing if not given.

    Raises:
        UsageError: there is no such format or engine, or it cannot be filled in, or the target
            cannot be written.
    """
    if isinstance(target, str | PathLike):
        known = format_of(target) if format is None else _known(format)
        content = to_bytes(document, known, fillable=fillable, engine=engine)
        replace_file(Path(target), content, mode=PRIVATE if mode is None else mode)
        return
    content = to_bytes(document, _known(format or ""), fillable=fillable, engine=engine)
    try:
        target.write(content)
    except (OSError, ValueError) as error:
        raise UsageError.of("file.unwritable", "the stream", _reason(error)) from None


def to_bytes(
    document: Document, format: str, *, fillable: bool = False, engine: str = WEASYPRINT
) -> bytes:
    """A document as the bytes of a file in some format.

    Raises:
        UsageError: it is to be filled in on a screen, and files of this format cannot be, or it is
            an easy sheet; or there is no such engine, or it is not installed.
    """
    if fillable and document.easy:
        hint = "the paper that it explains is: make that one"
        raise UsageError.of("format.easy", "fillable", "the easy sheet is no form", hint)
    content = writer(format, fillable=fillable, engine=engine)(document)
    return content.encode() if isinstance(content, str) else content


def warnings_of(document: Document, formats: Iterable[str]) -> tuple[Problem, ...]:
    """What there is to say of a document that was made in some formats.

    Nobody who made a PDF needs to hear what is said of Word files alone.
    """
    if "docx" in formats:
        return document.warnings
    return tuple(one for one in document.warnings if not one.code.startswith("word."))


def format_of(path: str | PathLike[str]) -> str:
    """The format that a file's suffix names.

    Raises:
        UsageError: it names none.
    """
    suffix = Path(path).suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        hint = did_you_mean(suffix, FORMATS, form=".{}")
        raise UsageError.of("format.unknown", str(path), "no writer for this suffix", hint)
    return suffix


def _known(format: str) -> str:
    require_known(
        format, FORMATS, place="format", code="format.unknown", what="there is no such format"
    )
    return format


def replace_file(path: Path, content: bytes, prefix: str = PREFIX, mode: int | None = None) -> None:
    """Put bytes into a file by writing a temporary one beside it and renaming it.

    Args:
        path: the file.
        content: the bytes.
        prefix: what the temporary file's name begins with, by which its owner knows it again.
        mode: what others may do with a new file; if not given, what the system has by default.

    Raises:
        UsageError: the folder does not exist, is full, or is not ours to write in.
    """
    replace_files({path: content}, prefix, mode)


def replace_files(
    contents: Mapping[Path, bytes], prefix: str = PREFIX, mode: int | None = None
) -> None:
    """Put bytes into several files, into all of them or into none.

    Raises:
        UsageError: one of them cannot be written; the others are as they were.
    """
    with ExitStack() as cleared:
        staged = {}
        for path, content in contents.items():
            with _blaming(path):
                staged[path] = _write_beside(path, content, prefix, mode)
                cleared.callback(staged[path].unlink, missing_ok=True)
        kept: dict[Path, Path] = {}
        if len(staged) > 1:  # of one alone, the renaming itself is all or nothing
            for path in staged:
                with _blaming(path):
                    kept[path] = _keep(path, prefix)
                    cleared.callback(kept[path].unlink, missing_ok=True)
        _rename(staged, kept)


def _rename(staged: Mapping[Path, Path], kept: Mapping[Path, Path]) -> None:
    """Rename each file to where it belongs; if one cannot be, take the others back."""
    done: list[Path] = []
    try:
        for path, temporary in staged.items():
            with _blaming(path):
                temporary.replace(path)
            done.append(path)
    except BaseException:
        for path in done:
            if kept[path].exists():
                kept[path].replace(path)
            else:
                path.unlink(missing_ok=True)
        raise


def _keep(path: Path, prefix: str) -> Path:
    """Another name for what is at a path now; the name of nothing, if nothing is."""
    kept = _beside(path, prefix)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists():
        try:
            kept.hardlink_to(path)
        except OSError:  # some file systems give no second name
            shutil.copy2(path, kept)
    return kept


def _beside(path: Path, prefix: str) -> Path:
    """A name in the same folder that nobody has, and nobody can guess."""
    return path.parent / f"{prefix}{secrets.token_hex(8)}"


def _write_beside(path: Path, content: bytes, prefix: str, mode: int | None) -> Path:
    temporary = _beside(path, prefix)
    mode = _mode_of(path, mode)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | flags_of("O_CLOEXEC", "O_BINARY")
    created = os.open(temporary, flags, 0o666 if mode is None else PRIVATE)
    try:
        with open(created, "wb") as file:  # noqa: PTH123  # of a descriptor, not a path
            file.write(content)
            file.flush()
            if mode is not None and hasattr(os, "fchmod"):  # Windows has no such modes
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink()
        raise
    return temporary


def _mode_of(path: Path, mode: int | None) -> int | None:
    """What others may do with a file: as it was, if it is there already."""
    try:
        found = path.lstat().st_mode
    except OSError:
        return mode
    return stat.S_IMODE(found) if stat.S_ISREG(found) else mode


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Tell which file cannot be written.

    Raises:
        UsageError: what is done here fails.
    """
    try:
        yield
    except OSError as error:
        raise UsageError.of("file.unwritable", str(path), _reason(error)) from None


def _reason(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return os.strerror(number) if number else "cannot be written"
