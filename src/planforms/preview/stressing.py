"""What templates must bear: words that are longer, values that are, and parts that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle, islice
from typing import Any, TypeVar

from planforms.document import CheckBox, Document, Letterhead, Stroke, Text
from planforms.errors import DataError
from planforms.loading import load
from planforms.models.completeness import LETTERS_A_LINE, MAX_PRINTED_LINES
from planforms.models.documents import DocumentData
from planforms.models.fields import MAX_LINE_LETTERS, MAX_TEXT_LETTERS, Needed
from planforms.models.paths import without_items
from planforms.models.shapes import Form, Shape
from planforms.models.values import plain, put
from planforms.models.walking import walk

PSEUDO, LONGEST, SPARSE, PROTECTED = "pseudo", "longest", "sparse", "protected"
STRESSES = (PSEUDO, LONGEST, SPARSE, PROTECTED)
"""Words two fifths longer; the longest values; optional parts empty; a protected identity."""

D = TypeVar("D", bound=DocumentData)
N = TypeVar("N")

_ACCENTS = str.maketrans("aeiouycnszdrltAEIOUYCNSZDRLT", "áéíóúýčñšžďřľťÁÉÍÓÚÝČÑŠŽĎŘĽŤ")
_VOWELS = frozenset("aeiouyæøåäöAEIOUYÆØÅÄÖаеєиіїоуюяАЕЄИІЇОУЮЯ")
_LONGER_IN_HUNDRED = 40
_SHARE_OF_LINES = 0.8
"""How much of the longest accepted document the longest values fill."""


def stressed(document: Document, stress: str) -> Document:
    """The document with longer words that are easy to tell, if that is the stress."""
    if stress != PSEUDO:
        return document
    return replace(document, blocks=tuple(_mapped(block) for block in document.blocks))


def pseudo(text: str) -> str:
    """The words with accents, and two fifths longer, as other languages may be."""
    owed, letters = 0, []
    for letter in text:
        letters.append(letter)
        owed += _LONGER_IN_HUNDRED
        if letter in _VOWELS and owed >= 100:
            more, owed = divmod(owed, 100)
            letters.append(letter * more)
    return "".join(letters).translate(_ACCENTS)


def _mapped(node: N) -> N:
    """A part of the tree with other words; values of the data and the sender stay."""
    match node:
        case Text(text):
            return replace(node, text=pseudo(text))
        case CheckBox() | Stroke():
            return replace(node, label=pseudo(node.label))
        case Letterhead():
            return node
        case tuple():
            return type(node)(map(_mapped, node))
    if not is_dataclass(node) or isinstance(node, type):
        return node
    inner = {one.name: getattr(node, one.name) for one in fields(node)}
    changed = {name: _mapped(value) for name, value in inner.items() if isinstance(value, tuple)}
    return replace(node, **changed) if changed else node


# --- data -----------------------------------------------------------------------------------


def stressed_data(data: D, stress: str) -> D:
    """The data as hard as the model allows, if that is the stress.

    What the model does not allow to be longer, or to be missing, stays as it is.
    """
    match stress:
        case str(name) if name == LONGEST:
            return _changed(data, dict(_longest(data)))
        case str(name) if name == SPARSE:
            return _changed(data, dict(_left_out(data)))
        case str(name) if name == PROTECTED:
            return _changed(data, {"case.participant.protected_identity": True})
    return data


def _longest(data: DocumentData) -> Iterator[tuple[str, str]]:
    texts = [
        (path, shape, value)
        for path, shape, value in walk(type(data), data)
        if isinstance(value, str) and shape.form in (Form.LINE, Form.TEXT) and value
    ]
    count = sum(shape.form is Form.TEXT for _, shape, _ in texts)
    room = int(MAX_PRINTED_LINES * LETTERS_A_LINE * _SHARE_OF_LINES) // max(count, 1)
    for path, shape, value in texts:
        limit = MAX_LINE_LETTERS if shape.form is Form.LINE else min(MAX_TEXT_LETTERS, room)
        yield path, "".join(islice(cycle(f"{value} "), limit)).strip()


def _left_out(data: DocumentData) -> Iterator[tuple[str, None]]:
    kept: set[str] = {without_items(path) for path in data.needed}
    for path, shape, value in walk(type(data), data):
        if value is not None and _is_optional(shape) and without_items(path) not in kept:
            yield path, None


def _is_optional(shape: Shape) -> bool:
    fixed = (Form.CHOICE, Form.FLAG, Form.PART, Form.LIST)
    return shape.form not in fixed and shape.mark(Needed) is None


def _changed(data: D, changes: Mapping[str, Any]) -> D:
    """The data with other values, but for those that the model refuses."""
    left = dict(changes)
    while left:
        try:
            return load(_with(data, left), type(data))
        except DataError as error:
            places = [problem.place for problem in error.problems]
            refused = [path for path in left if _is_named(path, places)]
            for path in refused or [next(reversed(left))]:
                del left[path]
    return data


def _is_named(path: str, places: list[str]) -> bool:
    """Whether a problem is told at a path, or at a part around it."""
    return any(path == place or path.startswith((f"{place}.", f"{place}[")) for place in places)


def _with(data: DocumentData, changes: Mapping[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = plain(data)
    for path, value in changes.items():
        whole = put(type(data), whole, path, value)
    return whole
