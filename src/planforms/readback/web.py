"""Reads what the fillable web page saves: JSON with the form's identity and its values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from planforms.forms.identity import VERSION, parse
from planforms.readback.limits import (
    MAX_FIELDS,
    MAX_FILE_BYTES,
    MAX_PATH_LETTERS,
    MAX_VALUE_LETTERS,
)
from planforms.readback.refusals import refusal
from planforms.readback.returned import Returned, Written

PLACE = "json"


def read_web(content: bytes) -> Returned:
    """The form in a file that the web page saved.

    Raises:
        DataError: it is no such file, or one that was changed by hand into something else.
    """
    if len(content) > MAX_FILE_BYTES:
        raise refusal("form.too_large", PLACE)
    document = _parsed(content)
    if not isinstance(document, dict) or not isinstance(document.get("planforms"), str):
        raise refusal("form.foreign", PLACE)
    identity = parse(document["planforms"])
    if identity is None:
        raise refusal("form.foreign", PLACE)
    if identity.version > VERSION:
        raise refusal("form.version", PLACE)
    if document.keys() != {"planforms", "values"}:
        raise refusal("form.fields", PLACE)
    return Returned(identity, _values(document["values"]))


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise refusal("form.damaged", PLACE) from None


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(key)
        found[key] = value
    return found


def _refuse(name: str) -> None:
    raise ValueError(name)


def _values(found: Any) -> dict[str, Written]:
    if not isinstance(found, dict) or len(found) > MAX_FIELDS:
        raise refusal("form.fields", PLACE)
    return {path: written for path, value in found.items() if (written := _written(path, value))}


def _written(path: str, value: Any) -> Written:
    keys = value if isinstance(value, list) else [value]
    if not all(isinstance(key, str) and len(key) <= MAX_VALUE_LETTERS for key in keys):
        raise refusal("form.fields", PLACE)
    if len(path) > MAX_PATH_LETTERS or len(keys) > MAX_FIELDS:
        raise refusal("form.fields", PLACE)
    return tuple(keys) if isinstance(value, list) else str(value)
