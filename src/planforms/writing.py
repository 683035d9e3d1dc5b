"""Putting documents into files, whole or not at all."""

from __future__ import annotations

import os
import secrets
from os import PathLike
from pathlib import Path

from planforms.document import Document
from planforms.errors import UsageError, did_you_mean
from planforms.writers import FORMATS, writer


def write(document: Document, path: str | PathLike[str]) -> None:
    """Write a document to a file; the suffix picks the format.

    The file appears complete or not at all; one that was there before stays until then.

    Raises:
        UsageError: the suffix is no format, or the file cannot be written.
    """
    replace_file(Path(path), to_bytes(document, format_of(path)))


def to_bytes(document: Document, format: str) -> bytes:
    """A document as the bytes of a file in some format."""
    content = writer(format)(document)
    return content.encode() if isinstance(content, str) else content


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


def replace_file(path: Path, content: bytes, prefix: str = ".planforms-") -> None:
    """Put bytes into a file by writing a temporary one beside it and renaming it.

    Args:
        path: the file.
        content: the bytes.
        prefix: what the temporary file's name begins with, by which its owner knows it again.

    Raises:
        UsageError: the folder does not exist, is full, or is not ours to write in.
    """
    try:
        temporary = _write_beside(path, content, prefix)
        try:
            temporary.replace(path)
        except BaseException:
            temporary.unlink()
            raise
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "cannot be written"
        raise UsageError.of("file.unwritable", str(path), reason) from None


def _write_beside(path: Path, content: bytes, prefix: str) -> Path:
    temporary = path.parent / f"{prefix}{secrets.token_hex(8)}"
    with temporary.open("xb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            temporary.unlink()
            raise
    return temporary
