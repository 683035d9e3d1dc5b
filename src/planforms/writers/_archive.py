"""The ZIP archive that a Word file is: read with limits, written the same way every time."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from planforms.errors import Problem, TemplateError

MAX_ENTRIES = 300
MAX_BYTES = 20_000_000
"""Most bytes that a letterhead shell may have, packed or unpacked."""

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
    """Every entry of a letterhead shell by name; nothing is unpacked before the sizes are known.

    Raises:
        TemplateError: it is no ZIP archive, damaged, encrypted, ambiguous or too large.
    """
    if len(content) > MAX_BYTES:
        raise TemplateError([_too_large()])
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if problems := list(_problems(archive.infolist())):
                raise TemplateError(problems)
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except _DAMAGE:
        hint = "save the letterhead anew in Word as a Word document (.docx)"
        message = "the letterhead is not a readable .docx file"
        raise TemplateError.of("shell.archive", "letterhead", message, hint) from None


def _problems(entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    if len(entries) > MAX_ENTRIES:
        message = f"the letterhead has more than {MAX_ENTRIES} parts"
        yield Problem("shell.size", "letterhead", message, "remove what it does not need")
    if sum(entry.file_size for entry in entries) > MAX_BYTES:
        yield _too_large()
    seen: set[str] = set()
    for entry in entries[:MAX_ENTRIES]:
        if entry.filename.lower() in seen:
            yield Problem("shell.archive", entry.filename, "this part occurs twice")
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _READABLE:
            yield Problem("shell.archive", entry.filename, "this part is encrypted or packed oddly")
        seen.add(entry.filename.lower())


def _too_large() -> Problem:
    message = f"the letterhead has more than {MAX_BYTES // 1_000_000} million bytes"
    return Problem("shell.size", "letterhead", message, "use smaller pictures")
