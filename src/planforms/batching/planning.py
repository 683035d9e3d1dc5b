"""What a batch is going to do, decided before anything is written."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from planforms.batching.manifest import Manifest
from planforms.batching.names import Naming, in_large_print, number_of, numbered, stem
from planforms.batching.records import Record
from planforms.batching.working import Inspection, Task
from planforms.errors import Problem
from planforms.models.letters import folded


class Outcome(StrEnum):
    """What became of one document."""

    RENDERED = "rendered"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    BLOCKED = "blocked"
    """Not for a batch: a protected identity, a draft, or nothing tells on what ground it may be
    passed on; a person sees to it by hand."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a batch, before or after its turn.

    Attributes:
        place: where its record stands: a file's name or a line's number.
        record: the record.
        digest: SHA-256 of the record.
        name: the files' name without suffix; empty if the record cannot be used.
        case: what tells the case in the manifest: its number, or a keyed hash that hides it.
        kind: the kind of document.
        language: language of the document, with the one beside it as in ``no-da``.
        copy: which copy, from 1; 0 for the document itself.
        copies: how many copies there are.
        due: the day it must be sent by, if a rule says so.
        outcome: what became of it; ``None`` before its turn.
        problems: what was found.
        files: names of the files, of a document that is as it should be.
    """

    place: str
    record: Record
    digest: str = ""
    name: str = ""
    case: str = ""
    kind: str = ""
    language: str = ""
    copy: int = 0
    copies: int = 0
    due: date | None = None
    outcome: Outcome | None = None
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()

    def is_overdue(self, day: date | None) -> bool:
        """Whether the document should have been sent before a day."""
        return self.due is not None and day is not None and self.due < day

    def ended(self, outcome: Outcome, problems: Iterable[Problem]) -> Item:
        """The same item with what kept it from being made."""
        return replace(self, outcome=outcome, problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What the caller asked for, and the basis that documents are made on."""

    formats: tuple[str, ...]
    engine: str
    engine_version: str
    kinds: tuple[str, ...] | None
    easy: bool
    language: str | None
    templates: tuple[Path, ...]
    services: tuple[Path, ...]
    as_of: date | None
    due_within: timedelta | None
    copies: bool
    naming: Naming
    large: bool
    mode: int
    basis: str
    beside: str = ""

    def task(self, data: bytes, copy: int = 0, copies: int = 0) -> Task:
        """What a worker is told to do with a record."""
        return Task(
            data=data,
            formats=self.formats,
            engine=self.engine,
            easy=self.easy,
            large=self.large,
            language=self.language,
            templates=self.templates,
            services=self.services,
            basis=self.basis,
            copy=copy,
            copies=copies,
            beside=self.beside,
        )

    def include(self, inspection: Inspection) -> bool:
        """Whether the caller wants this document; one that cannot be used is always told."""
        if inspection.problems:
            return True
        if self.kinds is not None and inspection.kind not in self.kinds:
            return False
        if self.due_within is None or self.as_of is None:
            return True
        return inspection.due is not None and inspection.due <= self.as_of + self.due_within


InspectedRecord = tuple[Record, str, Inspection]
"""A record, its SHA-256, and what is in it."""

_Namer = Callable[[Inspection], tuple[str, str]]
"""Gives a document the stem of its name, and what tells its case in the manifest."""


def plan(
    records: Iterable[InspectedRecord], options: BatchOptions, manifest: Manifest
) -> list[Item]:
    """All documents to make, most urgent first; what cannot be made already has its outcome."""
    namer = _Numbers(manifest) if options.naming is Naming.SEQUENCE else _by_case_number
    items = [
        replace(item, name=in_large_print(item.name)) if options.large and item.name else item
        for record, digest, inspection in records
        if options.include(inspection)
        for item in _items(Item(record.place, record, digest), inspection, namer, options.copies)
    ]
    return sorted(
        _refuse_taken(items, manifest), key=lambda item: (item.due or date.max, item.name)
    )


def _items(item: Item, inspection: Inspection, namer: _Namer, copies: bool) -> Iterator[Item]:
    if inspection.problems:
        yield item.ended(Outcome.FAILED, inspection.problems)
        return
    name, case = namer(inspection)
    item = replace(
        item, case=case, kind=inspection.kind, language=inspection.language, due=inspection.due
    )
    if inspection.blocked:
        item = item.ended(Outcome.BLOCKED, inspection.blocked)
    if not copies:
        yield replace(item, name=name)
        return
    for number in range(1, inspection.receivers + 1):
        yield replace(item, name=f"{name}_copy{number}", copy=number, copies=inspection.receivers)


def _by_case_number(inspection: Inspection) -> tuple[str, str]:
    return stem(inspection.case, inspection.paper, inspection.language), inspection.case


class _Numbers:
    """Names by number, kept from run to run; the manifest tells a keyed hash of the case."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._key = manifest.key()
        numbers = ((line["case"], number_of(line["name"])) for line in manifest.lines())
        self._known = {case: number for case, number in numbers if number}
        self._next = max(self._known.values(), default=0) + 1

    def __call__(self, inspection: Inspection) -> tuple[str, str]:
        text = stem(inspection.case, inspection.paper, inspection.language)
        case = hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
        if case not in self._known:
            self._known[case] = self._next
            self._next += 1
            # Noted before any file has it, so that no crash can give the number to another case.
            name = numbered(self._known[case])
            self._manifest.append({"name": name, "outcome": "numbered", "case": case, "files": {}})
        return numbered(self._known[case]), case


def _refuse_taken(items: list[Item], manifest: Manifest) -> list[Item]:
    """Fail every document whose files would be another's too: neither may win."""
    places: dict[str, list[str]] = {}
    for item in items:
        places.setdefault(folded(item.name), []).append(item.place)
    owners = {folded(line["name"]): line["case"] for line in manifest.lines()}
    return [
        _refuse(item, places[folded(item.name)], owners.get(folded(item.name), item.case))
        for item in items
    ]


def _refuse(item: Item, places: list[str], owner: str) -> Item:
    if not item.name or (len(places) == 1 and owner == item.case):
        return item
    others = ", ".join(place for place in places if place != item.place) or "an earlier run"
    message = "another document has the same file name"
    hint = f"see {others}; case number, kind and language must differ together"
    problem = Problem("batch.name", "case.number", message, hint)
    return replace(item, name="").ended(Outcome.FAILED, [problem])
