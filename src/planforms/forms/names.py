"""What the fields of a form are called: the steps of their path, one below the other.

The field at ``goals[0].due`` is ``due`` in ``0`` in ``goals``; the box of an option stands below
its choice. A name with a hyphen is no place in the data. A box that is ticked to name a row of the
form, such as a member of a team, has the steps of the row's path for an option.
"""

from __future__ import annotations

from collections.abc import Sequence

from planforms.models.paths import join, split

IDENTITY = "planforms"
"""The field that says which form it is."""
SIGNATURE = "signature-{number}"
"""A field in which somebody signs, by its number from 1."""
_STEP = "~"
"""Between the steps of a row's path in an option; no key of a choice has it."""


def names_of(path: str, option: str = "") -> tuple[str, ...]:
    """The names of the field at a path, or of the box of one of its options."""
    names = tuple(str(step) for step in split(path))
    return (*names, option) if option else names


def path_of(names: Sequence[str]) -> str:
    """The path that the names of a field are the steps of."""
    return join(int(name) if name.isdecimal() else name for name in names)


def option_of_row(path: str) -> str:
    """The option of a box that names the row at a path."""
    return _STEP.join(names_of(path))


def row_of_option(option: str) -> str:
    """The path of the row that an option names; empty if it names none."""
    return path_of(option.split(_STEP)) if _STEP in option else ""
