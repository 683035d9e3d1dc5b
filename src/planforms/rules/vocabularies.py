"""Keys and variants that a service or country profile must know."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.documents import DocumentData
from planforms.models.shapes import Form
from planforms.models.walking import walk
from planforms.services.instruments import INSTRUMENT_VOCABULARIES
from planforms.setting import Setting


def unknown_keys(data: BaseModel, setting: Setting) -> list[Problem]:
    """A Problem for each key, such as a measure's, that the profiles do not have.

    What belongs to another key, such as the items of an instrument, its own rule looks at.
    """
    return list(_unknown(data, setting))


def _unknown(data: BaseModel, setting: Setting) -> Iterator[Problem]:
    for place, shape, value in walk(type(data), data):
        if shape.form is Form.CHOICE and not shape.members and value is not None:
            known = setting.keys(shape.vocabulary)
            if value not in known and shape.vocabulary not in INSTRUMENT_VOCABULARIES:
                hint = "known: {known}" if known else "known: nothing"
                what, names = "is not a key of the profiles", ", ".join(known)
                yield Problem.of("data.key", place, what, hint, known=names)


def unknown_variant(data: DocumentData, setting: Setting) -> list[Problem]:
    """A Problem for a variant that the service does not have in this kind of document."""
    variants = setting.document(data.kind).variants
    if data.variant is None or data.variant in variants:
        return []
    what, known = "is not a variant of the profile", ", ".join(variants)
    hint = "known: {known}" if known else "the service has none: leave it out"
    return [Problem.of("data.variant", "variant", what, hint, known=known)]
