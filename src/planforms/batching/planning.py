"""What a batch is going to do, settled before anything is written."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from planforms import __version__
from planforms.batching.manifest import Manifest
from planforms.batching.names import Naming, folded, sequence_stem, stem
from planforms.batching.records import Record, Records
from planforms.errors import PlanformsError, Problem
from planforms.languages import template_root
from planforms.loading import load
from planforms.models.documents import DocumentData, Status
from planforms.rendering import deadlines
from planforms.services import BUILT_IN, COUNTRIES


class Outcome(StrEnum):
    """What became of one document."""

    RENDERED = "rendered"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    BLOCKED = "blocked"
    """Not for a batch: a protected identity or a draft; a person releases it by hand."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a batch, before or after its turn.

    Attributes:
        place: where its record stands: a file's name or a line's number.
        record: the record.
        name: the files' name without suffix; empty if the record cannot be read.
        kind: the kind of document.
        language: language of the document.
        copy: which copy, from 1; 0 for the document itself.
        copies: how many copies there are.
        identity: what the manifest knows a numbered document by; empty where names tell.
        digest: SHA-256 of the record.
        due: the day it must be sent by, if a rule says so.
        outcome: what became of it; ``None`` before its turn.
        problems: what was found.
        files: names of the files.
    """

    place: str
    record: Record
    name: str = ""
    kind: str = ""
    language: str = ""
    copy: int = 0
    copies: int = 0
    identity: str = ""
    digest: str = ""
    due: date | None = None
    outcome: Outcome | None = None
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()

    def is_overdue(self, day: date | None) -> bool:
        """Whether the document should have been sent before a day."""
        return self.due is not None and day is not None and self.due < day

    def failed(self, outcome: Outcome, problems: Iterable[Problem]) -> Item:
        """The same item with what kept it from being made."""
        return replace(self, outcome=outcome, problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller asked for."""

    formats: tuple[str, ...]
    kinds: tuple[str, ...] | None
    language: str | None
    templates: tuple[Path, ...]
    services: tuple[Path, ...]
    as_of: date | None
    due_within: timedelta | None
    copies: bool
    naming: Naming


def plan(records: Records, wishes: Wishes, manifest: Manifest) -> list[Item]:
    """All documents to make, most urgent first; what cannot be made already has its outcome.

    Two documents that would have the same file name are both failed: neither may win.
    """
    numbers = _Numbers(manifest)
    items = [item for record in records.all for item in _items(record, records, wishes, numbers)]
    taken = Counter(folded(item.name) for item in items if item.name)
    settled = [_refuse_double(item, taken) for item in items]
    return sorted(settled, key=lambda item: (item.due or date.max, item.name))


def basis(templates: Sequence[Path], services: Sequence[Path]) -> str:
    """A hash of all templates and profiles, and of the version: what documents rest on."""
    digest = hashlib.sha256(__version__.encode())
    for folder in (*templates, template_root(), *services, BUILT_IN, COUNTRIES):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(folder)).encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _items(record: Record, records: Records, wishes: Wishes, numbers: _Numbers) -> list[Item]:
    item = Item(record.place, record)
    try:
        data = records.read(record)
        report = load(io.BytesIO(data))
        due = next((fact.date for fact in deadlines(report, services=wishes.services)), None)
    except PlanformsError as error:
        return [item.failed(Outcome.FAILED, error.problems)]
    if not _is_wanted(report, due, wishes):
        return []
    item = replace(
        item,
        kind=report.kind,
        language=wishes.language or report.language.value,
        digest=hashlib.sha256(data).hexdigest(),
        due=due,
    )
    copies = 1 + len(getattr(report, "copies", ())) if wishes.copies else 0
    numbered = range(1, copies + 1) if copies else (0,)
    named = [
        numbers.named(replace(item, copy=copy, copies=copies), report.case.number, wishes.naming)
        for copy in numbered
    ]
    return [_refuse_by_hand(one, report) for one in named]


def _is_wanted(report: DocumentData, due: date | None, wishes: Wishes) -> bool:
    if wishes.kinds is not None and report.kind not in wishes.kinds:
        return False
    if wishes.due_within is None or wishes.as_of is None:
        return True
    return due is not None and due <= wishes.as_of + wishes.due_within


def _refuse_by_hand(item: Item, report: DocumentData) -> Item:
    if report.case.participant.protected_identity:
        message, hint = "the identity is protected", "render it alone and release it by hand"
        problem = Problem("batch.protected_identity", "case.participant", message, hint)
        return item.failed(Outcome.BLOCKED, [problem])
    if report.status is Status.DRAFT:
        hint = "set the status to final when it is complete"
        problem = Problem("batch.draft", "status", "is a draft", hint)
        return item.failed(Outcome.BLOCKED, [problem])
    return item


def _refuse_double(item: Item, taken: Counter[str]) -> Item:
    if not item.name or taken[folded(item.name)] == 1:
        return item
    message = "another record would have the same file name"
    hint = "case number, kind and language must differ together"
    return item.failed(Outcome.FAILED, [Problem("batch.name", "case.number", message, hint)])


class _Numbers:
    """Gives each document its name; a sequence number is kept from run to run."""

    def __init__(self, manifest: Manifest) -> None:
        self._known = {
            line["identity"]: int(name.partition("_")[0])
            for name, line in manifest.last.items()
            if line.get("identity")
        }
        self._next = max(self._known.values(), default=0) + 1

    def named(self, item: Item, case_number: str, naming: Naming) -> Item:
        if naming is Naming.CASE:
            return replace(item, name=stem(case_number, item.kind, item.language, item.copy))
        plain = stem(case_number, item.kind, item.language, 0)
        identity = hashlib.sha256(plain.encode()).hexdigest()
        if identity not in self._known:
            self._known[identity] = self._next
            self._next += 1
        return replace(
            item, name=sequence_stem(self._known[identity], item.copy), identity=identity
        )
