"""What an issued document tells of its case: it sets the milestones that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from planforms.models.case import Milestones
from planforms.models.documents import CaseDocument, DocumentData, Status
from planforms.models.values import value_at
from planforms.registry import KINDS
from planforms.setting import Setting

D = TypeVar("D", bound=DocumentData)


def milestones_set_by(data: DocumentData, setting: Setting) -> Iterator[tuple[str, date]]:
    """The milestones that a final document sets, each with its day; a draft sets none."""
    if not isinstance(data, CaseDocument) or data.status is Status.DRAFT:
        return
    own = setting.document(data.kind, data.variant).milestones
    for name, path in {**KINDS[data.kind].milestones, **own}.items():
        day = value_at(data, path)
        if isinstance(day, date):
            yield name, day


def with_milestones(data: D, setting: Setting) -> D:
    """A document whose case has the milestones that the document itself sets.

    A later day that the data has already stays.
    """
    found = dict(milestones_set_by(data, setting))
    if not found or not isinstance(data, CaseDocument):
        return data
    known = data.case.milestones or Milestones()
    later = {name: max(getattr(known, name) or day, day) for name, day in found.items()}
    case = data.case.model_copy(update={"milestones": known.model_copy(update=later)})
    return data.model_copy(update={"case": case})
