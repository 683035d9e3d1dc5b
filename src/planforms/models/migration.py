"""From the form that data had in earlier versions to the form it has now, one step for each.

Data that loaded once load in every later version. A step gets plain data that nobody has checked
yet: what it does not understand it leaves as it is, so that the model tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Plain = Mapping[str, Any]

CURRENT = 2
"""The form that the models have; :attr:`planforms.models.DocumentData.schema_version`."""


def migrated(data: Plain) -> Plain:
    """The data in the form of today; data that do not say their form have the first."""
    version, kind = data.get("schema", 1), data.get("kind")
    if version != 1 or isinstance(version, bool):
        return data
    step = _SECOND.get(kind) if isinstance(kind, str) else None
    return {**(step(data) if step else data), "schema": CURRENT}


def _without_appeals(data: Plain) -> Plain:
    """A complaint that appealed a decision is an appeal now."""
    if data.get("matter") != "decision":
        return data
    moved = {"matter", "complainant", "incident", "wish", "grounds", "other_ground", "about"}
    moved |= {"danger", "danger_action"}
    kept = {key: value for key, value in data.items() if key not in moved}
    reasons = "\n\n".join(_reasons(data))
    return {
        **kept,
        "kind": "appeal",
        **_given("appellant", _appellant(data.get("complainant"))),
        **_given("change", data.get("wish")),
        **_given("reasons", reasons),
    }


def _appellant(complainant: Any) -> Any:
    if not isinstance(complainant, Mapping):
        return complainant
    asked_of_complaints = {"participant_agrees", "name_may_be_told"}
    return {key: value for key, value in complainant.items() if key not in asked_of_complaints}


def _reasons(data: Plain) -> Iterator[str]:
    """What somebody wrote in fields that an appeal does not have."""
    incident = data.get("incident")
    told = incident if isinstance(incident, Mapping) else {}
    texts = [told.get("account"), told.get("when"), told.get("place")]
    texts += [data.get("other_ground"), data.get("danger_action")]
    return (text for text in texts if isinstance(text, str) and text)


def _given(key: str, value: Any) -> dict[str, Any]:
    return {key: value} if value else {}


_SECOND: dict[str, Callable[[Plain], Plain]] = {"complaint": _without_appeals}
"""What became of a kind's data with the second form."""
