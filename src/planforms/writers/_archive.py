"""The ZIP archive that a Word file is: read with limits, written the same way every time."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from planforms.writers._word_faults import FaultyFileError, FileFault

MAX_ENTRIES = 300
MAX_BYTES = 20_000_000
"""Most bytes that a file from outside may have, packed or unpacked."""

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these entries in this order; equal entries give equal bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Every entry of a Word file by name; nothing is unpacked before the sizes are known.

    Raises:
        FaultyFileError: it is no ZIP archive, damaged, encrypted, ambiguous or too large.
    """
    if len(content) > MAX_BYTES:
        raise FaultyFileError([_too_large()])
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if faults := list(_faults(archive.infolist())):
                raise FaultyFileError(faults)
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except _DAMAGE:
        raise FaultyFileError([FileFault("archive", "", "is not a readable .docx file")]) from None


def _faults(entries: list[zipfile.ZipInfo]) -> Iterator[FileFault]:
    if len(entries) > MAX_ENTRIES:
        yield FileFault("size", "", f"has more than {MAX_ENTRIES} parts")
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        yield _too_large()
    seen: set[str] = set()
    for entry in entries[:MAX_ENTRIES]:
        if entry.filename.lower() in seen:
            yield FileFault("archive", entry.filename, "this part occurs twice")
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _READABLE:
            yield FileFault("archive", entry.filename, "this part is encrypted or packed oddly")
        seen.add(entry.filename.lower())


def _too_large() -> FileFault:
    return FileFault("size", "", f"has more than {MAX_BYTES // 1_000_000} million bytes")
