"""The writers, and the one table that says which suffix is whose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from planforms.document import Document
from planforms.errors import UsageError

FORMATS: dict[str, str] = {"html": "to_html", "pdf": "to_pdf", "docx": "to_docx"}
"""Writer function by format; the format is its module's name and the file's suffix."""

FILLABLE: frozenset[str] = frozenset(FORMATS)
"""Formats whose writers make forms to be filled in on a screen."""


def writer(format: str, *, fillable: bool = False) -> Callable[[Document], str | bytes]:
    """The writer of a format, imported only now: each brings a heavy library.

    Raises:
        UsageError: forms of this format cannot be filled in on a screen.
    """
    if fillable and format not in FILLABLE:
        known = ", ".join(sorted(FILLABLE)) or "none yet"
        what = "forms of this format cannot be filled in on a screen"
        raise UsageError.of("format.fillable", format, what, f"those that can: {known}")
    function: Callable[..., str | bytes] = getattr(
        import_module(f"planforms.writers.{format}"), FORMATS[format]
    )
    return partial(function, fillable=True) if fillable else function
