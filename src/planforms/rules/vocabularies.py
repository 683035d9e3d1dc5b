"""Keys that a service or country profile must know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.models.values import member
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile


def keys_of(vocabulary: str, service: ServiceProfile, country: CountryProfile) -> tuple[str, ...]:
    """The keys of an open vocabulary, the service's own or its country's."""
    return service.keys(vocabulary) or tuple(country.vocabulary(vocabulary) or ())


def unknown_keys(
    part: BaseModel, service: ServiceProfile, country: CountryProfile, prefix: str = ""
) -> list[Problem]:
    """A Problem for each key, such as a measure's, that the profiles do not have."""
    return list(_unknown(part, service, country, prefix))


def _unknown(
    part: BaseModel, service: ServiceProfile, country: CountryProfile, prefix: str
) -> Iterator[Problem]:
    for name, shape in shapes_of(type(part)).items():
        value = member(part, name)
        place = f"{prefix}{name}"
        if isinstance(value, BaseModel):
            yield from _unknown(value, service, country, f"{place}.")
        elif shape.form is Form.LIST and shape.item and shape.item.model:
            for index, item in enumerate(value or ()):
                yield from _unknown(item, service, country, f"{place}[{index}].")
        else:
            known = keys_of((shape.item or shape).vocabulary, service, country)
            yield from _unlisted(shape, value, place, known)


def _unlisted(shape: Shape, value: Any, place: str, known: tuple[str, ...]) -> Iterator[Problem]:
    """A Problem for a key, or each of several, that is not among those known."""
    choice = shape.item or shape
    if choice.form is not Form.CHOICE or choice.members or value is None:
        return
    hint = f"known: {', '.join(known)}"
    message = "is not a key of the profiles"
    for index, key in enumerate(value if shape.item else (value,)):
        if key not in known:
            where = f"{place}[{index}]" if shape.item else place
            yield Problem("data.key", where, message, hint)
