"""Which format a file has, told from its bytes alone, and who reads that format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from planforms.readback.limits import MAX_FILE_BYTES
from planforms.readback.refusals import refusal
from planforms.readback.returned import Returned

READERS: dict[str, str] = {
    "docx": "docx:read_docx",
    "json": "web:read_web",
    "pdf": "pdf:read_pdf",
}
"""The function that reads a format, behind the module that it stands in."""

HEAD_BYTES = 1_024
"""How far into a file the mark of a PDF may stand."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Word files begin with that are encrypted, or older than 2007."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_returned(content: bytes) -> Returned:
    """The form in a file.

    Raises:
        DataError: it is no form that can be read; the code tells why.
    """
    if len(content) > MAX_FILE_BYTES:
        raise refusal("form.too_large", "the file")
    format = format_in(content)
    module, _, function = READERS.get(format, "").partition(":")
    if not module:
        raise refusal("form.foreign", format)
    reader: Callable[[bytes], Returned] = getattr(
        import_module(f"planforms.readback.{module}"), function
    )
    return reader(content)


def format_in(content: bytes) -> str:
    """The format of a file: ``pdf``, ``docx`` or ``json``.

    Raises:
        DataError: it is something else.
    """
    head = content[:HEAD_BYTES]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return "json"
    raise refusal(_reason(content), "the file")


def _reason(content: bytes) -> str:
    """Why a file of another format is not read."""
    head = content[:HEAD_BYTES]
    if head.startswith(_PICTURES) or head[4:12] in (b"ftypheic", b"ftypmif1"):
        return "form.scanned"
    if head.startswith(_COMPOUND) and _ENCRYPTED in content:
        return "form.encrypted"
    start = head.lower().removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<!doctype html", b"<html")):
        return "form.page"
    return "form.foreign"
