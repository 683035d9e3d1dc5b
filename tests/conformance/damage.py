"""Damages good files, to show that the checkers notice."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pikepdf


def changed_pdf(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A PDF after ``change`` has worked on it."""
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(file)
    return file.getvalue()


def changed_docx(docx: bytes, old: str, new: str) -> bytes:
    """A Word document with the first ``old`` in its main part replaced."""
    file = BytesIO()
    with ZipFile(BytesIO(docx)) as source, ZipFile(file, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                content = changed(content.decode(), old, new).encode()
            target.writestr(part, content)
    return file.getvalue()


def changed(text: str, old: str, new: str) -> str:
    """A text with the first ``old`` in it replaced; there must be one."""
    if old not in text:
        raise ValueError(f"nothing to change: no {old}")
    return text.replace(old, new, 1)
