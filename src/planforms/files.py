"""Files that others put into folders of templates and profiles: read as files, and not without end.

Whoever may put a file there shall not make planforms wait at a pipe, read a device for ever, or
print a file from elsewhere on the machine.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

MAX_BYTES = 10_000_000
"""More than any template, term list, profile or letterhead has."""
MAX_WORDS_BYTES = 1_000_000
"""The same of files of words and settings, which are read letter by letter."""
_MANY_POINTS = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++\s*+\.\s*+){50}")
"""A key of so many parts takes time and memory that grow with the square of them."""


def read_file(path: Path, limit: int = MAX_BYTES) -> bytes:
    """What stands in a file.

    It may be a link within its folder, as mounts of configuration have them, but none that leads
    out of it.

    Args:
        path: the file.
        limit: how many bytes it may have.

    Raises:
        OSError: there is no such file, it is none but a folder, pipe or device, it lies elsewhere,
            or is too large.
    """
    try:
        real = path.resolve(strict=True)
    except RuntimeError:  # from links in a ring, before Python 3.13
        raise OSError(errno.ELOOP, "is a link to itself") from None
    if path.parent.resolve() not in real.parents:
        raise OSError(errno.ELOOP, "is a link to another folder")
    with open(open_plain(real, os.O_RDONLY), "rb") as file:  # of a descriptor
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, "is too large")
    return content


def flags_of(*names: str) -> int:
    """The flags of :func:`os.open` of some names, as far as the system has them."""
    flags = 0
    for name in names:
        flags |= getattr(os, name, 0)
    return flags


_PLAIN = flags_of("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")


def open_plain(path: Path, flags: int) -> int:
    """The descriptor of a file; a new one is its owner's alone.

    Raises:
        OSError: it is a link or a folder, pipe or device, or cannot be opened.
    """
    descriptor = os.open(path, flags | _PLAIN, 0o600)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "is not a file")


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """The words of a file in UTF-8, without a byte order mark, its lines ended alike.

    Raises:
        OSError: as :func:`read_file` tells.
        UnicodeDecodeError: it is not UTF-8.
    """
    return ended_alike(read_file(path, limit).decode("utf-8-sig"))


def parse_toml(text: str) -> dict[str, Any]:
    """What a text in TOML says.

    Raises:
        ValueError: it is not valid, or nested deeper than anything is.
    """
    if len(text) > MAX_WORDS_BYTES:
        raise ValueError("is too large")
    if _MANY_POINTS.search(text):
        raise ValueError("is nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def ended_alike(text: str) -> str:
    """A text whose lines end in the same way, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def reason_of(error: Exception) -> str:
    """Why a file could not be read, without the name of a folder."""
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    return str(error)
