"""Keys that a service profile must know."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.shapes import Form, shapes_of
from planforms.models.values import member
from planforms.services.profiles import ServiceProfile


def unknown_keys(part: BaseModel, service: ServiceProfile, prefix: str = "") -> list[Problem]:
    """A Problem for each measure, instrument or closure category that the service does not have."""
    return list(_unknown(part, service, prefix))


def _unknown(part: BaseModel, service: ServiceProfile, prefix: str) -> Iterator[Problem]:
    for name, shape in shapes_of(type(part)).items():
        value = member(part, name)
        place = f"{prefix}{name}"
        if isinstance(value, BaseModel):
            yield from _unknown(value, service, f"{place}.")
        elif shape.form is Form.LIST and shape.item and shape.item.model:
            for index, item in enumerate(value or ()):
                yield from _unknown(item, service, f"{place}[{index}].")
        elif shape.form is Form.CHOICE and not shape.members and value is not None:
            known = _known(shape.vocabulary, service)
            if value not in known:
                hint = f"known: {', '.join(known)}"
                yield Problem("data.key", place, "is not a key of the service's profile", hint)


def _known(vocabulary: str, service: ServiceProfile) -> tuple[str, ...]:
    own = service.vocabulary(vocabulary)
    return tuple(own) if own is not None else service.closures
