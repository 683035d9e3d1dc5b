"""From a form that somebody filled in to the data of a document, with all problems at once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from planforms.document import Place
from planforms.errors import DataError, Problem, Severity, UsageError
from planforms.forms.identity import Identity
from planforms.loading import load
from planforms.models.documents import DocumentData, SignatureState
from planforms.models.migration import migrated
from planforms.readback.assembling import Data, assemble
from planforms.readback.copies import is_ticked_copy, ticked_copy
from planforms.readback.knowledge import KnownForm, known_form
from planforms.readback.limits import MAX_FILE_BYTES
from planforms.readback.parsing import AskedField, parse_value
from planforms.readback.refusals import refusal
from planforms.readback.returned import Returned, Written
from planforms.readback.sniffing import read_returned
from planforms.registry import KINDS
from planforms.setting import Folders, folder_paths
from planforms.written import DoubtError

Source = bytes | bytearray | memoryview | str | os.PathLike[str] | BinaryIO | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says that came back.

    Attributes:
        data: the document, if the form makes one; ``None`` if it lacks what identifies it, or if
            something in it cannot be read.
        values: all that could be read, as JSON has it; ``blank(..., data=values)`` takes it too.
        problems: what cannot be read, what is missing and what was changed; none repeats a value.
        unread: what was written where no value could be read from it, by path.
    """

    data: DocumentData | None
    values: Data = field(repr=False)
    problems: tuple[Problem, ...] = ()
    unread: Mapping[str, Written] = field(default_factory=dict, repr=False)

    @property
    def is_clear(self) -> bool:
        """Whether nothing is wrong with what was written; something may be missing."""
        return all(problem.severity is Severity.WARNING for problem in self.problems)


def read(source: Source, *, templates: Folders = None, services: Folders = None) -> Reading:
    """Read a form that was filled in: a PDF, a Word file, or what the web page saves.

    Args:
        source: the file's bytes, its ``Path``, an open binary stream, or the JSON that the web
            page saves as text or as a mapping. A text is never the name of a file.
        templates: folders that come before the built-in templates; those of the form itself.
        services: folders that come before the built-in profiles; those of the form itself.

    Raises:
        DataError: it is no form of planforms, or one that cannot be read; the code tells why.
        UsageError: the file cannot be read, or there is no such folder.
        TemplateError: a template has a mistake.
        ProfileError: a profile has one.
    """
    place = Path(source).name if isinstance(source, os.PathLike) else ""
    own, profiles = folder_paths(templates), folder_paths(services)
    try:
        returned = read_returned(_content(source))
        return interpret(returned, known_form(returned.identity, own, profiles))
    except DataError as error:
        if not place:
            raise
        raise DataError(replace(problem, place=place) for problem in error.problems) from None


# --- the source -----------------------------------------------------------------------------


def _content(source: Source) -> bytes:
    """The bytes of the file, one more than a form may have at most."""
    match source:
        case bytes() | bytearray() | memoryview():
            return bytes(source)
        case str():
            return source.encode(errors="replace")
        case Mapping():
            return _saved(source)
        case os.PathLike():
            return _file(Path(source))
    if not callable(getattr(source, "read", None)):
        hint = "give bytes, an open binary file, a Path, or the JSON that the web page saves"
        what = f"cannot be of the type {type(source).__name__}"
        raise UsageError.of("source.type", "the source", what, hint)
    try:
        content = source.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError):
        raise UsageError.of("file.unreadable", "the stream", "cannot be read") from None
    if not isinstance(content, bytes):
        raise UsageError.of("file.unreadable", "the stream", "gives no bytes")
    return content


def _saved(source: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(dict(source), default=str).encode()
    except (TypeError, ValueError, RecursionError):
        raise refusal("form.damaged", "json") from None


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "cannot be read"
        raise UsageError.of("file.unreadable", str(path), reason) from None


# --- what it says ---------------------------------------------------------------------------


def interpret(returned: Returned, form: KnownForm) -> Reading:
    """What a form says that came back.

    Args:
        returned: the form as it was written.
        form: the same form as it is made today.
    """
    said = _said(returned.identity, form)
    answers = _Answers(form, said)
    for path, written in returned.values.items():
        answers.take(path, written)
    answers.take_copies()
    values, changes = answers.values, [*_changes(returned, form)]
    problems = [*changes, *answers.doubts, *_unknown(answers.unknown), *_signed(values)]
    data = assemble(form.model, values, said, whole=not returned.identity.is_known)
    return _loaded(_identified(data, returned.identity, form), problems, answers.unread)


class _Answers:
    """What was written, as far as it can be read.

    Attributes:
        values: what could be read, as JSON has it, by path.
        unread: what was written where no value could be read from it, by path.
        doubts: why not.
        unknown: how many fields there are that nobody is asked for.
    """

    def __init__(self, form: KnownForm, said: Mapping[str, Place]) -> None:
        self.values: dict[str, Any] = {}
        self.unread: dict[str, Written] = {}
        self.doubts: list[Problem] = []
        self.unknown = 0
        self._form, self._said = form, said
        self._copies: dict[str, Written] = {}

    def take(self, path: str, written: Written) -> None:
        """Read what was written at a path."""
        asked = _asked(path, self._form)
        if asked is None:
            self.unknown += 1
            self.unread[path] = written
            return
        if is_ticked_copy(written, asked.shape):
            self._copies[path] = written
            return
        with self._doubted(path, written):
            value = parse_value(written, asked)
            if value is not None:
                self.values[path] = value

    def take_copies(self) -> None:
        """Read who has a copy, now that all that was written is known."""
        for path, written in self._copies.items():
            with self._doubted(path, written):
                self.values |= ticked_copy(path, written, self.values, self._form, self._said)

    @contextmanager
    def _doubted(self, path: str, written: Written) -> Iterator[None]:
        """Note it if what was written at a path is no value."""
        try:
            yield
        except DoubtError as doubt:
            self.unread[path] = written
            self.doubts.append(Problem(doubt.code, path, doubt.message, doubt.hint))


def _said(identity: Identity, form: KnownForm) -> Mapping[str, Place]:
    """The places whose values the form that came back said itself, as the one of today does."""
    if identity.said != form.identity.said:
        return {}
    same = identity.fields == form.identity.fields
    return {path: place for path, place in form.places.items() if same or place.options}


def _asked(path: str, form: KnownForm) -> AskedField | None:
    found = form.place_at(path)
    if found is None:
        return None
    place, shape = found
    keys = form.keys_of(shape)
    return AskedField(
        place,
        shape,
        form.setting.words,
        keys,
        birth=path == form.model.birth,
        currency=form.setting.country.currency,
    )


def _changes(returned: Returned, form: KnownForm) -> Iterator[Problem]:
    """Warnings of a form that is not as it was made, or not as it is made today."""
    if returned.changed:
        hint = "compare it with an empty one before you rely on it"
        what = "something that was printed is not as it was"
        yield Problem("form.changed", "the form", what, hint, Severity.WARNING)
    if returned.identity.fingerprint != form.identity.fingerprint:
        hint = "templates or profiles have changed since it was made: compare it with an empty one"
        what = "is not the form of today"
        yield Problem("form.edition", "the form", what, hint, Severity.WARNING)


def _unknown(count: int) -> Iterator[Problem]:
    if count:
        what, hint = "has {count} fields that nobody is asked for", "what stands there is left out"
        yield Problem.of("form.unknown_field", "the form", what, hint, count=count).as_warning()


def _signed(values: Mapping[str, Any]) -> Iterator[Problem]:
    """A warning for each day of signing: whether somebody signed is seen on the form alone."""
    for path in values:
        if path.startswith("signatures[") and path.endswith("].signed_on"):
            what = "tells a day, but no field tells of a signature"
            hint = "look at the signature, and write its state: {expected}"
            keys = ", ".join((SignatureState.SIGNED, SignatureState.REFUSED))
            yield Problem.of("form.signature", path, what, hint, expected=keys).as_warning()


def _identified(data: Data, identity: Identity, form: KnownForm) -> Data:
    """The data with what the form's identity says: kind, language, service, version."""
    whole: Data = {
        "schema": identity.schema,
        "kind": identity.kind,
        **({KINDS[identity.kind].form_by: identity.variant} if identity.variant else {}),
        "language": form.setting.words.code,
        **data,
    }
    service = form.setting.service.id
    if form.model.service_path == "service":
        return {**whole, "service": service}
    return {**whole, "case": {"service": service, **whole.get("case", {})}}


def _loaded(data: Data, problems: Iterable[Problem], unread: Mapping[str, Written]) -> Reading:
    """The document of the data, if it makes one and nothing in the form is in doubt."""
    found = [*problems]
    values = dict(migrated(data))
    document = None
    try:
        document = load(values)
    except DataError as error:
        found += map(_as_gap, error.problems)
    reading = Reading(document, values, tuple(found), unread)
    return reading if reading.is_clear else replace(reading, data=None)


def _as_gap(problem: Problem) -> Problem:
    """A warning of what is missing; that much is left open is normal."""
    is_gap = problem.code == "data.missing"
    return replace(problem, severity=Severity.WARNING) if is_gap else problem
