"""What is known of the form that came back: the empty form that planforms makes today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from planforms.batching.basis import basis
from planforms.document import FieldType, Place, State
from planforms.errors import DataError, UsageError
from planforms.forms.identity import Identity, identity_of
from planforms.models.documents import DocumentData
from planforms.models.fields import MAX_ITEMS
from planforms.models.migration import CURRENT
from planforms.models.paths import EACH, split
from planforms.models.shapes import Form, Shape, resolve
from planforms.readback.refusals import refusal
from planforms.registry import KINDS
from planforms.rendering import compose
from planforms.setting import Setting, read_setting

RESERVED = frozenset({"kind", "schema", "language", "service", "status", "variant"})
"""Fields that the identity of a form tells, or that nobody fills in."""


@dataclass(frozen=True, slots=True)
class KnownForm:
    """An empty form, as it is made today.

    Attributes:
        model: the model of its data.
        setting: service, country and language.
        places: where something can be written in it.
        identity: which form it is.
    """

    model: type[DocumentData]
    setting: Setting
    places: Mapping[str, Place]
    identity: Identity

    def place_at(self, path: str) -> tuple[Place, Shape] | None:
        """What a path leads to; ``None`` if nobody fills that in."""
        steps = split(path)
        shape = resolve(self.model, path)
        beyond = any(step is EACH or _is_beyond(step) for step in steps)
        told = path in (self.model.service_path, KINDS[self.identity.kind].form_by)
        if shape is None or beyond or steps[0] in RESERVED or told:
            return None
        leaf = shape.item or shape
        place = self.places.get(path)
        if place is None and leaf.form not in (Form.PART, Form.LIST, Form.FLAG):
            place = self._further_place(shape, leaf)
        return None if place is None else (place, leaf)

    def _further_place(self, shape: Shape, leaf: Shape) -> Place:
        """A place that only a form with something in it had, such as a further row."""
        name = leaf.vocabulary or leaf.label_key
        options = tuple((key, self.setting.name(name, key)) for key in self.keys_of(leaf))
        label, many = leaf.label_key, shape.item is not None
        return Place(FieldType(leaf.form.value), label, options, many)

    def keys_of(self, leaf: Shape) -> tuple[str, ...]:
        """The keys that a choice can have in data, which are more than an empty form offers."""
        if leaf.form is not Form.CHOICE:
            return ()
        known = self.setting.country.known_here(leaf.vocabulary, leaf.members)
        return known or self.setting.keys(leaf.vocabulary)


def _is_beyond(step: object) -> bool:
    return isinstance(step, int) and step >= MAX_ITEMS


Folders = tuple[Path, ...]


def known_form(identity: Identity, templates: Folders = (), services: Folders = ()) -> KnownForm:
    """The form of an identity, as it is made today.

    Raises:
        DataError: there is no such kind, service or language, or its data is of a later version.
    """
    if identity.schema > CURRENT:
        raise refusal("form.version", "the form")
    which = identity.kind, identity.service, identity.language, identity.variant
    try:
        return _known_form(which, templates, services, basis(templates, services))
    except UsageError as error:
        raise DataError(error.problems) from None


@lru_cache(maxsize=32)
def _known_form(
    which: tuple[str, str, str, str], templates: Folders, services: Folders, _basis: str
) -> KnownForm:
    kind, service, language, variant = which
    found = KINDS.named(kind)
    setting = read_setting(service, language, templates=templates, services=services)
    known = {found.form_by: variant} if variant else None
    document = compose(found.name, None, setting, State.BLANK, known)
    return KnownForm(found.model, setting, document.places, identity_of(document))
