"""What a worker does: it inspects a record, or renders all its files, as bytes.

Everything that goes in and comes out can be pickled, so that the worker may be another process
or another machine. Nothing else ever reads a record: one that would take hours or fill the
memory does so where a limit ends it.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from planforms.batching.basis import basis
from planforms.document import Document
from planforms.errors import PlanformsError, Problem
from planforms.loading import load_for
from planforms.models.documents import DocumentData
from planforms.placement import large_print
from planforms.registry import EASY
from planforms.rendering import printable_characters, render
from planforms.rules.copies import copy_holder, receivers_of
from planforms.rules.deadlines import send_by
from planforms.rules.release import hindrances
from planforms.setting import Setting, service_finder, setting_for
from planforms.writing import to_bytes, warnings_of


@dataclass(frozen=True, slots=True)
class Task:
    """One record, and what to do with it.

    Attributes:
        data: the record, as JSON.
        formats: the formats to make.
        engine: what lays out a PDF.
        large: whether it is made in large print.
        language: language folder to use instead of the data's own.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.
        basis: what templates and profiles must add up to, so that no worker uses others.
        copy: which copy this is, from 1; 0 for the document itself.
        copies: how many copies there are.
        beside: the language whose words stand beside those of the document; none if empty.
        easy: whether to make the easy sheet that explains the document, in its stead.
    """

    data: bytes = field(repr=False)  # a cluster's log may print its tasks
    formats: tuple[str, ...]
    engine: str
    large: bool
    language: str | None
    templates: tuple[Path, ...]
    services: tuple[Path, ...]
    basis: str
    copy: int = 0
    copies: int = 0
    beside: str = ""
    easy: bool = False


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a batch must know of a record before it begins.

    Attributes:
        case: the case number; empty if the record cannot be used.
        kind: the kind of document.
        paper: the kind, or the name of its easy sheet.
        language: language of the document, with the one beside it as in ``no-da``.
        due: the day it must be sent by, if a rule says so.
        receivers: how many receive it.
        blocked: what keeps it from leaving the house without somebody's hand.
        problems: what keeps it from being made.
    """

    case: str = ""
    kind: str = ""
    paper: str = ""
    language: str = ""
    due: date | None = None
    receivers: int = 1
    blocked: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedRecord:
    """What came of a task: a file for each format, or none and why; warnings in either case."""

    files: tuple[bytes, ...] = field(default=(), repr=False)
    problems: tuple[Problem, ...] = ()


class OtherBasisError(Exception):
    """The worker has other templates, profiles or another version than the run began with."""


def inspect_record(task: Task) -> Inspection:
    """Inspect one record; its problems come back, they are not raised.

    Raises:
        OtherBasisError: this worker would make other documents than the rest.
    """
    _check_basis(task)
    try:
        report = load_for(task.data, service_finder(task.services))
        setting = _setting(report, task)
        return Inspection(
            case=report.reference,
            kind=report.kind,
            paper=f"{report.kind}{EASY}" if task.easy else report.kind,
            language="-".join(filter(None, (setting.words.code, task.beside))),
            due=send_by(report, setting),
            receivers=max(1, len(receivers_of(report))),
            blocked=hindrances(report, setting, printable_characters()),
        )
    except Exception as error:
        return Inspection(problems=problems_from_error(error))


def render_record(task: Task) -> RenderedRecord:
    """Render one record; its problems come back, they are not raised.

    Raises:
        OtherBasisError: this worker would make other documents than the rest.
    """
    _check_basis(task)
    try:
        report = load_for(task.data, service_finder(task.services))
        document = render(
            report,
            easy=task.easy,
            language=task.language,
            beside=task.beside or None,
            templates=task.templates,
            services=task.services,
        )
        document = _numbered(document, report, task)
        if task.large:
            document = large_print(document)
        files = tuple(to_bytes(document, suffix, engine=task.engine) for suffix in task.formats)
    except Exception as error:
        return RenderedRecord(problems=problems_from_error(error))
    return RenderedRecord(files, warnings_of(document, task.formats))


def problems_from_error(error: BaseException) -> tuple[Problem, ...]:
    """The problems of an error; the words of one that is not ours may hold case data."""
    if isinstance(error, PlanformsError):
        return error.problems
    if isinstance(error, MemoryError):
        message = "needs more memory than a worker may use"
        return (Problem("batch.memory", "the record", message),)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    hint = f"{type(error).__name__}{where}; please report it"
    return (Problem("batch.unexpected", "the record", "planforms itself made a mistake", hint),)


def _check_basis(task: Task) -> None:
    if basis(task.templates, task.services) != task.basis:
        raise OtherBasisError


def _setting(report: DocumentData, task: Task) -> Setting:
    return setting_for(report, task.language, templates=task.templates, services=task.services)


def _numbered(document: Document, report: DocumentData, task: Task) -> Document:
    """The document with the number of the copy, and whose it is, in its footer."""
    if not task.copy:
        return document
    setting = _setting(report, task)
    said = setting.words.term("note", "copy")
    said = said.replace("{copy}", str(task.copy)).replace("{copies}", str(task.copies))
    holders = [copy_holder(receiver, setting) for receiver in receivers_of(report)]
    parts = [document.footer.text, said, *filter(None, holders[task.copy - 1 : task.copy])]
    return replace(document, footer=replace(document.footer, text=" · ".join(parts)))
