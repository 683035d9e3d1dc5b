"""The rows of a list on a form: those that it offers, and those that are known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planforms.models.values import member


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a list.

    Attributes:
        raw: what stands in it; ``None`` if it is empty.
        number: which row of the known ones it is; ``None`` if it is none of them.
        key: the field that tells the row from others; empty if there is none.
        index: at which number an empty form has the row; ``None`` if it has no such row.
    """

    raw: Any
    number: int | None = None
    key: str = ""
    index: int | None = None


def filled_in(
    offered: Sequence[Mapping[str, Any] | None], known: Sequence[Any]
) -> tuple[FormRow, ...]:
    """The rows that a form offers, with what is known in the rows where it belongs.

    A row whose key the form says itself stays where an empty form has it, so that a form that
    comes back is read by the rows of an empty one.

    Args:
        offered: the rows of the empty form, each with the field that it says, or ``None``.
        known: the rows that are known.
    """
    left = dict(enumerate(known))
    rows = [_keyed(row, left, index) for index, row in enumerate(offered)]
    for index, row in enumerate(rows):
        if left and row.raw is None:
            number = min(left)
            rows[index] = FormRow(left.pop(number), number)
    return (*rows, *(FormRow(one, number) for number, one in left.items()))


def _keyed(row: Mapping[str, Any] | None, left: dict[int, Any], index: int) -> FormRow:
    if not row:
        return FormRow(None)
    [(key, value)] = row.items()
    for number, one in left.items():
        if member(one, key) == value:
            return FormRow(left.pop(number), number, key, index)
    return FormRow(row, None, key, index)


def asked(said: Sequence[Any], known: Sequence[Any], key: str) -> tuple[FormRow, ...]:
    """The known rows of a list whose rows the service says, each where an empty form has it.

    Args:
        said: the rows of the empty form.
        known: the rows that are known: nobody is asked for others.
        key: the field that tells the rows apart.
    """
    places = {member(row, key): index for index, row in enumerate(said)}
    rows = [
        FormRow(row, number, key, places.get(member(row, key))) for number, row in enumerate(known)
    ]
    return tuple(sorted(rows, key=lambda row: len(said) if row.index is None else row.index))
