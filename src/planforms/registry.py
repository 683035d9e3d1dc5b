"""The kinds of document, each with its model: the built-in ones, and those that others add.

Others add a model with :func:`register`, or name it under the entry point group
``planforms.kinds`` of their package. planforms then registers it by itself, in every process: the
command line and the workers of a batch know it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from threading import RLock
from typing import Literal, TypeVar, get_args, get_origin

from planforms.errors import UsageError
from planforms.models.action_plan import ActionPlan
from planforms.models.complaint import Complaint, ComplaintReply
from planforms.models.consent import Consent
from planforms.models.documentation import Documentation
from planforms.models.documents import DocumentData
from planforms.models.final_report import FinalReport
from planforms.models.mapping import NeedsMapping
from planforms.models.rights import Rights

ENTRY_POINTS = "planforms.kinds"
_KIND = re.compile(r"[a-z][a-z0-9_]{0,49}")

M = TypeVar("M", bound=DocumentData)

_BUILT_IN: dict[str, type[DocumentData]] = {
    "action_plan": ActionPlan,
    "mapping": NeedsMapping,
    "complaint": Complaint,
    "complaint_reply": ComplaintReply,
    "rights": Rights,
    "consent": Consent,
    "documentation": Documentation,
    "final_report": FinalReport,
}


class Kinds(Mapping[str, type[DocumentData]]):
    """The model of each kind. Packages that add kinds are asked when somebody first looks."""

    def __init__(self, models: Mapping[str, type[DocumentData]]) -> None:
        self._models = dict(models)
        self._asked = False
        self._lock = RLock()  # a package may look here while it is asked

    def add(self, kind: str, model: type[DocumentData]) -> None:
        """Add a model.

        Raises:
            UsageError: another model has this kind.
        """
        with self._lock:
            if self._models.setdefault(kind, model) is not model:
                hint = "choose another name for the kind"
                raise UsageError.of("kind.taken", kind, "another model has this kind", hint)

    def __getitem__(self, kind: str) -> type[DocumentData]:
        return self._all()[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._all()))

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, type[DocumentData]]:
        with self._lock:
            if not self._asked:
                self._asked = True
                try:
                    for point in sorted(entry_points(group=ENTRY_POINTS)):
                        register(_loaded(point))
                except BaseException:
                    self._asked = False  # whoever looks next is told again
                    raise
            return self._models


KINDS = Kinds(_BUILT_IN)
"""Model by kind. The kind is also the template's file name and the key of its title."""


def register(model: type[M]) -> type[M]:
    """Add a kind of document for this process; the model comes back, so it can be a decorator.

    The field ``kind`` of the model names it: ``kind: Literal["visit_note"]``. To register the same
    model again changes nothing.

    Raises:
        UsageError: the class is no model of a document, its kind does not have the right form, or
            another model has it.
    """
    KINDS.add(_kind_of(model), model)
    return model


def _kind_of(model: object) -> str:
    if not isinstance(model, type) or not issubclass(model, DocumentData):
        hint = "derive it from planforms.models.DocumentData"
        raise UsageError.of("kind.model", "register", "is not the model of a document", hint)
    annotation = model.model_fields["kind"].annotation
    kinds = get_args(annotation) if get_origin(annotation) is Literal else ()
    if len(kinds) != 1 or not isinstance(kinds[0], str) or not _KIND.fullmatch(kinds[0]):
        hint = 'give it one name of small letters, digits and _: kind: Literal["visit_note"]'
        raise UsageError.of("kind.form", model.__name__, "does not name its kind", hint)
    return kinds[0]


def _loaded(point: EntryPoint) -> type[DocumentData]:
    """The model that a package names; whatever it raises is told as its mistake."""
    try:
        model: type[DocumentData] = point.load()
    except Exception as error:
        package = point.dist.name if point.dist else "a package"
        hint = f"{package} names it in {ENTRY_POINTS}: {type(error).__name__}"
        raise UsageError.of("kind.package", point.value, "cannot be imported", hint) from error
    return model
