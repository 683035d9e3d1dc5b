"""The writers, and the one table that says which suffix is whose."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from planforms.document import Document

FORMATS: dict[str, str] = {"html": "to_html", "pdf": "to_pdf", "docx": "to_docx"}
"""Writer function by format; the format is its module's name and the file's suffix."""


def writer(format: str) -> Callable[[Document], str | bytes]:
    """The writer of a format, imported only now: each brings a heavy library."""
    function: Callable[[Document], str | bytes] = getattr(
        import_module(f"planforms.writers.{format}"), FORMATS[format]
    )
    return function
