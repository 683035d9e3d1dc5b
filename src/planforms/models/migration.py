"""From the form that data had in earlier versions to the form it has now, one step for each.

Data that loaded once load in every later version. A step gets plain data that nobody has checked
yet: what it does not understand it leaves as it is, so that the model tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from planforms.models.complaint import Complaint

Plain = Mapping[str, Any]

CURRENT = 2
"""The form that the models have; :attr:`planforms.models.DocumentData.schema_version`."""


def migrated(data: Plain) -> Plain:
    """The data in the form of today; data that do not say their form have the first.

    A model as plain data may name the form by its attribute.
    """
    version = data.get("schema", data.get("schema_version", 1))
    kind = data.get("kind")
    if version != 1 or type(version) is not int:
        return data
    step = _SECOND.get(kind) if isinstance(kind, str) else None
    return {**(step(data) if step else data), "schema": CURRENT}


def _without_appeals(data: Plain) -> Plain:
    """A complaint that appealed a decision is an appeal now.

    Data with mistakes stay a complaint, so that these are told by the names that stand in the data.
    Answers that no appeal asks for (danger, grounds, whom it is about) are left out.
    """
    complaint = _complaint(data) if data.get("matter") == "decision" else None
    if complaint is None:
        return data
    kept = {key: value for key, value in data.items() if key not in _MOVED}
    appellant = {
        key: value
        for key, value in (data.get("complainant") or {}).items()
        if key not in _ASKED_OF_COMPLAINTS
    }
    reasons = "\n\n".join(text for text in _reasons(complaint) if text)
    moved = {"appellant": appellant, "change": data.get("wish"), "reasons": reasons}
    return {**kept, "kind": "appeal", **{key: value for key, value in moved.items() if value}}


def _complaint(data: Plain) -> Complaint | None:
    try:
        return Complaint.model_validate({**data, "schema": CURRENT})
    except ValidationError:
        return None


def _reasons(complaint: Complaint) -> Iterator[str | None]:
    """What somebody wrote in fields that an appeal does not have.

    Where it happened is withheld from papers about a protected identity; reasons are printed.
    """
    incident = complaint.incident
    if incident:
        yield from (incident.account, incident.when)
        yield None if complaint.is_protected else incident.place
    yield from (complaint.other_ground, complaint.danger_action)


_MOVED = frozenset(
    {"matter", "complainant", "incident", "wish", "grounds", "other_ground", "about"}
    | {"danger", "danger_action"}
)
_ASKED_OF_COMPLAINTS = frozenset({"participant_agrees", "name_may_be_told"})

_SECOND: dict[str, Callable[[Plain], Plain]] = {"complaint": _without_appeals}
"""What became of a kind's data with the second form."""
