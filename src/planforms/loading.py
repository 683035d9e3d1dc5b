"""From JSON, plain data or a model to a typed model, with every problem told at once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar, overload
from weakref import WeakValueDictionary

from pydantic import BaseModel, ValidationError

from planforms.errors import DataError, Problem, UsageError
from planforms.models.completeness import contradictions
from planforms.models.documents import DocumentData
from planforms.models.migration import migrated
from planforms.models.validation import problems_from
from planforms.models.values import own_values, plain, typed_values
from planforms.registry import KINDS, AnyKind

MAX_DATA_BYTES = 2_000_000
"""More than this is no single document; the limit keeps one file from filling the memory."""

MAX_DATA_VALUES = 150_000
"""More values than this no document holds; each that is wrong would take memory of its own."""

MAX_DEPTH = 50
"""Parts within parts; documents have less than ten."""

M = TypeVar("M", bound=DocumentData)


class Stream(Protocol):
    """An open file, of bytes or of text."""

    def read(self, size: int, /) -> bytes | str:
        """The next bytes or letters, none at the end."""
        ...


JsonText = bytes | bytearray | memoryview | str
Source = JsonText | os.PathLike[str] | Stream | Mapping[str, Any] | BaseModel


@overload
def load(source: Source) -> DocumentData: ...
@overload
def load(source: Source, model: type[M]) -> M: ...
def load(source: Source, model: type[DocumentData] = DocumentData) -> DocumentData:
    """The typed model of one document; its ``kind`` chooses the class.

    A text is never taken for the name of a file: only a ``Path`` is opened.

    Args:
        source: JSON as bytes or text, an open file of either, the path of a JSON file, the data
            itself as a mapping, or a model.
        model: the class that must come back; any document if not given.

    Raises:
        UsageError: the file cannot be read, or the source is none of these.
        DataError: the data is not one document, or not of that class; every problem is told, none
            repeats a value.
    """
    return _validated(_mapping(source), model)


def load_partly(source: Source, kind: AnyKind) -> DocumentData | dict[str, Any]:
    """A document or, if it lacks what identifies it, what is known, as values of its types.

    Args:
        source: as :func:`load` takes it; it need not name its kind.
        kind: the kind of the document.

    Raises:
        UsageError: the file cannot be read, or the source is none of these.
        DataError: what is there cannot stand in such a document.
    """
    data = {"kind": kind.name, **_mapping(source)}
    try:
        document: DocumentData = _validated(data, kind.model)
    except DataError as error:
        left = [problem for problem in error.problems if problem.code != "data.missing"]
        if left:
            raise DataError(left) from None
    else:
        return document
    return typed_values(kind.model, migrated(plain(data)))


def load_for(source: Source, find: Callable[[str], object]) -> DocumentData:
    """What :func:`load` gives; a service that there is not is told with all other problems.

    Args:
        source: as :func:`load` takes it.
        find: looks for a service by its key.

    Raises:
        UsageError: the file cannot be read, or the source is none of these.
        DataError: the data is not one document; if its service is unknown, that is told too.
    """
    data = _mapping(source)
    try:
        return _validated(data, DocumentData)
    except DataError as error:
        told = {problem.place for problem in error.problems}
        unknown = (one for one in _unknown_service(data, find) if one.place not in told)
        raise DataError([*error.problems, *unknown]) from None


def _unknown_service(data: Mapping[str, Any], find: Callable[[str], object]) -> Iterator[Problem]:
    kind = data.get("kind")
    if not (isinstance(kind, str) and kind in KINDS):
        return
    path = KINDS[kind].model.service_path
    value: Any = plain(data)
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        try:
            find(value)
        except UsageError as error:
            yield from (replace(problem, place=path) for problem in error.problems)


def _mapping(source: Source) -> Mapping[str, Any]:
    match source:
        case Mapping():
            return source
        case BaseModel():
            return own_values(source)
        case bytes() | bytearray() | memoryview():
            return parse_json(bytes(source))
        case str():
            return _parse_text(source)
        case os.PathLike():
            return parse_json(_read_file(Path(source)))
    if not callable(getattr(source, "read", None)):
        hint = "give JSON as bytes or text, an open file, a Path, a mapping or a model"
        what = f"cannot be of the type {type(source).__name__}"
        raise UsageError.of("source.type", "the source", what, hint)
    return parse_json(_read_stream(source))


def parse_json(content: bytes) -> dict[str, Any]:
    """One JSON object; a key that stands twice is refused, since one of the two would be lost.

    Raises:
        DataError: the bytes are not one JSON object in UTF-8, or too large.
    """
    if len(content) > MAX_DATA_BYTES:
        raise DataError.of(*_TOO_LARGE, "at most {bytes} bytes", bytes=MAX_DATA_BYTES)
    twice: list[int] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend([1] * (len(found) - len(dict(found))))
        return dict(found)

    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=pairs)
    except UnicodeDecodeError:
        raise _no_utf8() from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        hint = "a comma, a bracket or a quotation mark there is missing or too many"
        raise DataError.of("data.json", place, "is not valid JSON", hint) from None
    except (RecursionError, ValueError):
        raise DataError.of("data.json", "the data", "is not JSON that can be read") from None
    if not isinstance(data, dict):
        raise DataError.of("data.json", "the data", "is not a JSON object", "start it with {")
    if twice:
        message, count = "{count} keys stand twice in one object", len(twice)
        raise DataError.of(
            "data.duplicate_key", "the data", message, "keep one of each", count=count
        )
    return data


def _parse_text(text: str) -> dict[str, Any]:
    """One JSON object as text; what does not begin like one may be meant as a file's name."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        hint = "start it with {; for a file, give a Path"
        raise DataError.of("data.json", "the data", "is not a JSON object", hint)
    return parse_json(_encoded(text))


def _encoded(text: str) -> bytes:
    try:
        return text[: MAX_DATA_BYTES + 1].encode()
    except UnicodeEncodeError:
        raise _no_utf8() from None


def _no_utf8() -> DataError:
    return DataError.of("data.encoding", "the data", "is not UTF-8")


_TOO_LARGE = ("data.size", "the data", "is too large")


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_DATA_BYTES + 1)
    except OSError as error:
        raise UsageError.of("file.unreadable", str(path), _reason(error)) from None
    except ValueError:  # a zero byte in its name
        raise UsageError.of("file.unreadable", "the path", "is no name of a file") from None


def _read_stream(stream: Stream) -> bytes:
    """What an open file still holds, one byte more at most than a document may have."""
    pieces: list[bytes] = []
    left = MAX_DATA_BYTES + 1
    try:
        while left > 0 and (piece := stream.read(left)):
            pieces.append(_encoded(piece) if isinstance(piece, str) else bytes(piece))
            left -= len(pieces[-1])
    except UnicodeDecodeError:
        raise _no_utf8() from None
    except OSError as error:
        raise UsageError.of("file.unreadable", "the stream", _reason(error)) from None
    except (TypeError, ValueError):  # it is closed, or gives something else
        what = "gives neither bytes nor text"
        raise UsageError.of("file.unreadable", "the stream", what) from None
    return b"".join(pieces)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else "cannot be read"


def revise(document: M, /, **changes: object) -> M:
    """A copy of a document in which some of its fields have other values, all looked at anew.

    Args:
        document: the document; it stays as it is.
        changes: the new values by the names of the fields, as plain data or as parts of a model.

    Raises:
        DataError: there is no such field, or the changed data is not one document of that class.
    """
    return _validated({**own_values(document), **changes}, type(document))


def looked_at(document: M) -> M:
    """The document itself if it was loaded, else one that is made of its values like any other.

    Copies with changed values, which pydantic does not look at, become documents this way.

    Raises:
        DataError: its values are not one document of that class.
    """
    if _loaded.get(id(document)) is document:
        return document
    return _validated(own_values(document), type(document))


_loaded: WeakValueDictionary[int, DocumentData] = WeakValueDictionary()
"""The documents that were loaded, as long as somebody holds them; they cannot change."""


def _validated(data: Mapping[str, Any], wanted: type[M]) -> M:
    """The model of plain data, if that is one document of the wanted class."""
    _require_bounded(data)
    data = migrated(plain(data))
    model = _model_of(data, wanted)
    problems: list[Problem] = []
    document = None
    try:
        document = model.model_validate(data)
    except ValidationError as error:
        problems += problems_from(error, model, code="data")
    problems += contradictions(model, document or data)
    if problems or document is None:
        raise DataError(problems)
    _loaded[id(document)] = document
    return document


def _require_bounded(data: Mapping[str, Any]) -> None:
    """Refuse more values than a document can hold, before each wrong one makes a problem."""
    open_parts: list[Iterator[Any]] = [iter(data.values())]
    count = 0
    while open_parts:
        value = next(open_parts[-1], open_parts)
        if value is open_parts:
            open_parts.pop()
            continue
        count += 1
        if count > MAX_DATA_VALUES:
            raise DataError.of(*_TOO_LARGE, "at most {values} values", values=MAX_DATA_VALUES)
        open_parts += _inside(value)
        if len(open_parts) > MAX_DEPTH:
            hint = "at most {depth} parts within one another"
            raise DataError.of(*_TOO_LARGE, hint, depth=MAX_DEPTH)


def _inside(value: Any) -> Iterator[Iterator[Any]]:
    """The values of a part or of a list; nothing for a single value."""
    if isinstance(value, BaseModel):
        yield iter(vars(value).values())
    elif isinstance(value, Mapping):
        yield iter(value.values())
    elif isinstance(value, list | tuple):
        yield iter(value)


def _model_of(data: Mapping[str, Any], wanted: type[M]) -> type[M]:
    """The model of the kind that the data names, if it is the wanted one.

    Data that name no kind are of the wanted one.
    """
    own = wanted.model_fields["kind"].default
    kind = data.get("kind", own if isinstance(own, str) else None)
    if not isinstance(kind, str) or kind not in KINDS:
        what = "is missing" if kind is None else "is not a known kind of document"
        raise DataError.of("data.kind", "kind", what, "known: {known}", known=", ".join(KINDS))
    model = KINDS[kind].model
    if not issubclass(model, wanted):
        known = ", ".join(name for name in KINDS if issubclass(KINDS[name].model, wanted))
        what, hint = "is another kind of document", "wanted: {known}"
        raise DataError.of("data.kind", "kind", what, hint, known=known)
    return model
