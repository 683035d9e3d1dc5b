"""What a worker does: one record to all its files, as bytes.

Everything that goes in and comes out can be pickled, so that the worker may be another process
or another machine.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from planforms.document import Document
from planforms.errors import PlanformsError, Problem
from planforms.languages import load_words
from planforms.loading import load
from planforms.rendering import render
from planforms.writing import to_bytes


@dataclass(frozen=True, slots=True)
class Task:
    """One document to make.

    Attributes:
        data: the record, as JSON.
        formats: the formats to make.
        language: language folder to use instead of the data's own.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.
        copy: which copy this is, from 1; 0 for the document itself.
        copies: how many copies there are.
    """

    data: bytes
    formats: tuple[str, ...]
    language: str | None
    templates: tuple[Path, ...]
    services: tuple[Path, ...]
    copy: int
    copies: int


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a task: the files by format, or the problems; warnings in either case."""

    files: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def make(task: Task) -> Made:
    """Render one record; its problems come back, they are not raised."""
    try:
        report = load(io.BytesIO(task.data))
        language = task.language or report.language.value
        document = render(
            report, language=language, templates=task.templates, services=task.services
        )
        document = _numbered(document, language, task)
        files = tuple((suffix, to_bytes(document, suffix)) for suffix in task.formats)
    except PlanformsError as error:
        return Made(problems=error.problems)
    except MemoryError:
        problem = Problem("batch.memory", "the record", "needs more memory than a worker may use")
        return Made(problems=(problem,))
    return Made(files, document.warnings)


def _numbered(document: Document, language: str, task: Task) -> Document:
    """The document with the number of the copy in its footer."""
    if not task.copy:
        return document
    words = load_words(language, task.templates).term("note", "copy")
    words = words.replace("{copy}", str(task.copy)).replace("{copies}", str(task.copies))
    footer = replace(document.footer, text=f"{document.footer.text} · {words}")
    return replace(document, footer=footer)
