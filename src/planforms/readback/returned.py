"""What the readers of files give: what was written, and nothing interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planforms.forms.identity import Identity

Written = str | tuple[str, ...]
"""What stands in a field: letters as they were written, or the keys of the ticked options."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A form as it came back.

    Attributes:
        identity: which form it is.
        values: what stands at each path; empty fields are left out.
        changed: whether something that was printed is not what it was.
    """

    identity: Identity
    values: Mapping[str, Written]
    changed: bool = False
