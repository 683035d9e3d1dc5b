"""Who has a copy, where that is ticked beside a member of the team and not written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planforms.document import Place
from planforms.forms.names import row_of_option
from planforms.models.paths import child
from planforms.models.shapes import Shape
from planforms.readback.knowledge import KnownForm
from planforms.readback.returned import Written
from planforms.written import DoubtError

_OWNER, _RECIPIENT, _ROLE = "Copy", "recipient", "role"


def is_ticked_copy(written: Written, shape: Shape) -> bool:
    """Whether a tick says who has a copy."""
    is_recipient = (shape.owner, shape.name) == (_OWNER, _RECIPIENT)
    return is_recipient and isinstance(written, tuple) and any(map(row_of_option, written))


def ticked_copy(
    path: str,
    written: Written,
    values: Mapping[str, Any],
    form: KnownForm,
    said: Mapping[str, Place],
) -> Iterator[tuple[str, Any]]:
    """The values of a copy that a tick stands for, by path: whom its row names, or the role's name.

    Args:
        path: where the copy's recipient stands.
        written: what is ticked.
        values: what was written elsewhere, by path.
        form: the form as it is made today.
        said: the places whose values the form said itself.

    Raises:
        DoubtError: nothing is written in the row.
    """
    row = next(filter(None, map(row_of_option, written)))
    role_path = child(row, _ROLE)
    fixed = said.get(role_path)
    role = values.get(role_path) or (fixed.raw if fixed and fixed.fixed else None)
    name = values.get(child(row, "name"))
    if not name and not role:
        hint = "write who it is in the same row"
        raise DoubtError("form.tick", "is ticked, but nobody stands in its row", hint)
    yield path, name or form.setting.name(_ROLE, str(role))
    if role:
        yield child(path.rpartition(".")[0], _ROLE), str(role)
