"""From JSON or plain data to a typed model, with every problem told at once."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from planforms.errors import DataError, Problem, UsageError
from planforms.models.completeness import contradictions
from planforms.models.documents import DocumentData
from planforms.models.validation import problems_from
from planforms.registry import KINDS

MAX_DATA_BYTES = 2_000_000
"""More than this is no single document; the limit keeps one file from filling the memory."""

Source = str | os.PathLike[str] | BinaryIO | Mapping[str, Any]


def load(source: Source) -> DocumentData:
    """The typed model of one document; its ``kind`` chooses the class.

    Args:
        source: a path to a JSON file, an open binary file, or the data itself as a mapping.

    Raises:
        UsageError: the file cannot be read.
        DataError: the data is not one document; every problem is told, none repeats a value.
    """
    if isinstance(source, Mapping):
        return _load_mapping(source)
    return _load_mapping(parse_json(_read(source)))


def parse_json(content: bytes) -> dict[str, Any]:
    """One JSON object; a key that stands twice is refused, since one of the two would be lost.

    Raises:
        DataError: the bytes are not one JSON object in UTF-8, or too large.
    """
    if len(content) > MAX_DATA_BYTES:
        raise DataError.of(
            "data.size", "the data", "is too large", f"at most {MAX_DATA_BYTES} bytes"
        )
    twice: list[int] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend([1] * (len(found) - len(dict(found))))
        return dict(found)

    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=pairs)
    except UnicodeDecodeError:
        raise DataError.of("data.encoding", "the data", "is not UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataError.of("data.json", place, "is not valid JSON", error.msg) from None
    except (RecursionError, ValueError):
        raise DataError.of("data.json", "the data", "is not JSON that can be read") from None
    if not isinstance(data, dict):
        raise DataError.of("data.json", "the data", "is not a JSON object", "start it with {")
    if twice:
        message = f"{len(twice)} keys stand twice in one object"
        raise DataError.of("data.duplicate_key", "the data", message, "keep one of each")
    return data


def _read(source: str | os.PathLike[str] | BinaryIO) -> bytes:
    if not isinstance(source, str | os.PathLike):
        return source.read(MAX_DATA_BYTES + 1)
    try:
        with Path(source).open("rb") as file:
            return file.read(MAX_DATA_BYTES + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "cannot be read"
        raise UsageError.of("file.unreadable", str(source), reason) from None


def _load_mapping(data: Mapping[str, Any]) -> DocumentData:
    model = _model_of(data)
    problems: list[Problem] = []
    document = None
    try:
        document = model.model_validate(data)
    except ValidationError as error:
        problems += problems_from(error, model, code="data")
    problems += contradictions(model, document or data)
    if problems or document is None:
        raise DataError(problems)
    return document


def _model_of(data: Mapping[str, Any]) -> type[DocumentData]:
    kind = data.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        return KINDS[kind].model
    what = "is missing" if kind is None else "is not a known kind of document"
    raise DataError.of("data.kind", "kind", what, f"known: {', '.join(KINDS)}")
