"""The writers, and the one table that says which suffix is whose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

from planforms.document import Document
from planforms.errors import UsageError, require_known

FORMATS: dict[str, str] = {
    "html": "to_html",
    "pdf": "to_pdf",
    "docx": "to_docx",
    "txt": "to_text",
}
"""Writer function by format; the format is its module's name and the file's suffix."""

WEASYPRINT, TYPST = "weasyprint", "typst"
ENGINES = (WEASYPRINT, TYPST)
"""What can print a PDF; the first one does unless another is named."""

FILLABLE: frozenset[str] = frozenset(FORMATS) - {"txt"}
"""Formats whose writers make forms to be filled in on a screen."""


def require_engine(engine: str, *, fillable: bool = False) -> None:
    """Refuse what cannot print a PDF.

    Raises:
        UsageError: there is no such engine, or it makes no forms to be filled in on a screen.
    """
    what = "there is no such engine"
    require_known(engine, ENGINES, place="engine", code="engine.unknown", what=what)
    if fillable and engine != WEASYPRINT:
        what = "makes no forms that can be filled in on a screen"
        raise UsageError.of("engine.fillable", f"engine {engine}", what, f"use {WEASYPRINT}")


def writer(
    format: str, *, fillable: bool = False, engine: str = WEASYPRINT
) -> Callable[[Document], str | bytes]:
    """The writer of a format, imported only now: each brings a heavy library.

    Args:
        format: the format.
        fillable: whether forms are to be filled in on a screen.
        engine: what prints a PDF; the other formats need none.

    Raises:
        UsageError: forms of this format cannot be filled in on a screen, or there is no such
            engine.
    """
    require_engine(engine, fillable=fillable)
    if fillable and format not in FILLABLE:
        known = ", ".join(sorted(FILLABLE)) or "none yet"
        what = "forms of this format cannot be filled in on a screen"
        raise UsageError.of("format.fillable", format, what, f"those that can: {known}")
    function: Callable[..., str | bytes] = getattr(
        import_module(f"planforms.writers.{format}"), FORMATS[format]
    )
    if format == "pdf" and engine != WEASYPRINT:
        return partial(function, engine=engine)
    return partial(function, fillable=True) if fillable else function
