"""The kinds of document: the built-in ones, and those that others add.

A kind is one declaration, :class:`Kind`: its model, its rules and where its words lie. Others add
theirs with :func:`register`, or name it under the entry point group ``planforms.kinds`` of their
package. planforms then registers it by itself, in every process: the command line and the workers
of a batch know it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from itertools import chain
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args, get_origin, overload

from planforms.errors import Problem, UsageError, require_known
from planforms.models.documents import CaseDocument, DocumentData, UnitDocument

if TYPE_CHECKING:
    from planforms.rules.facts import Fact
    from planforms.services.profiles import ServiceProfile
    from planforms.services.timing import Deadline
    from planforms.setting import Setting

ENTRY_POINTS = "planforms.kinds"
EASY = "_easy"
"""How the name of a template ends that makes the easy sheet of a kind."""
_KIND = re.compile(r"[a-z][a-z0-9_]{0,49}")

BUILT_IN = (
    "service_description",
    "application",
    "consent",
    "documentation",
    "rights",
    "mapping",
    "action_plan",
    "placement_plan",
    "checklist",
    "summons",
    "meeting_note",
    "status_note",
    "questionnaire",
    "attendance_sheet",
    "complaint",
    "complaint_reply",
    "appeal",
    "closure_notice",
    "final_report",
    "statistics",
    "survey",
    "unit_plan",
    "unit_report",
    "partnership_plan",
)
"""The kinds that come along, each declared in a module of that name in ``planforms.built_in``:
first those to start with, then those to plan, to follow, to complain, to end, and of a unit."""

M = TypeVar("M", bound=DocumentData)


@dataclass(frozen=True)
class Kind(Generic[M]):
    """One kind of document.

    Attributes:
        model: its data; the field ``kind`` names the kind.
        problems: rules that find what is wrong in a document, be it a draft or final.
        issue_problems: rules that find what keeps a document from being issued as final.
        warnings: rules that find what somebody should look at; it travels with the document.
        facts: rules that say something to print; they are given ``None`` for an empty form.
        preprinted: the values of fields that the service's profile says where the data does not,
            by the fields' names; it is given ``None`` for an empty form.
        rules: the names of the facts that these can give.
        deadlines: those of these names that are deadlines.
        statutory: the deadlines that a law sets for a document, by the names of their rules.
        milestones: the milestones of its case that an issued document sets, each with the path
            of its day.
        vocabularies: the keys of open vocabularies that its model has, from a service's profile.
        templates: a folder with a folder for each language, which holds the kind's template and
            ``terms.po`` with its words; ``None`` if they lie among the built-in ones.
        services: a folder of service profiles that come with the kind, or ``None``.
        for_participant: whether it is the participant's own paper: its words are never broken at
            the ends of lines, and nothing in it tells that an identity is protected.
        landscape: whether its pages are wider than they are high, for wide tables.
        pages: how many A4 pages a document of ordinary length has as a PDF at most; ``None`` if
            nobody has said.
        blank_pages: how many its empty form has; as many as a filled one if nothing is said.
        easy: whether it has an easy sheet: one page in easy words that explains the paper and is
            none itself. It is made of the same data, by the template ``<kind>_easy.html``.
        form_by: the field whose key decides which form it is: which rows it offers, or which
            variant it is. A form that comes back says it.
    """

    model: type[M]
    problems: tuple[Callable[[M, Setting], Iterable[Problem]], ...] = ()
    issue_problems: tuple[Callable[[M, Setting], Iterable[Problem]], ...] = ()
    warnings: tuple[Callable[[M, Setting], Iterable[Problem]], ...] = ()
    facts: tuple[Callable[[M | None, Setting], Iterable[Fact]], ...] = ()
    preprinted: Callable[[M | None, Setting], Mapping[str, Any]] | None = None
    rules: tuple[str, ...] = ()
    deadlines: frozenset[str] = frozenset()
    statutory: Callable[[M, Setting], Mapping[str, Deadline]] | None = None
    milestones: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Mapping[str, Callable[[ServiceProfile], tuple[str, ...]]] = field(
        default_factory=dict
    )
    templates: Path | None = None
    services: Path | None = None
    for_participant: bool = False
    landscape: bool = False
    pages: int | None = None
    blank_pages: int | None = None
    easy: bool = False
    form_by: str = "variant"

    def most_pages(self, *, blank: bool, easy: bool = False) -> int | None:
        """How many A4 pages an empty form or another document has; ``None`` if nobody has said.

        Args:
            blank: whether it is an empty form.
            easy: whether it is the easy sheet, which is one sheet.
        """
        if easy:
            return 1
        return (self.blank_pages if blank else None) or self.pages

    @property
    def papers(self) -> tuple[str, ...]:
        """The names of its templates: its own, and that of its easy sheet if it has one."""
        return (self.name, f"{self.name}{EASY}") if self.easy else (self.name,)

    def values_for(self, data: M | None, setting: Setting) -> Mapping[str, Any]:
        """What the profile says where some data, or an empty form, does not, by field."""
        return self.preprinted(data, setting) if self.preprinted else {}

    @property
    def name(self) -> str:
        """The kind itself: also the name of its template, and the key of its title."""
        return _name_of(self.model)


AnyKind = Kind[Any]


class Kinds(Mapping[str, AnyKind]):
    """Every kind by its name.

    A built-in kind is imported when somebody first asks for it, since models take long to make;
    its name is known before. Packages that add kinds are asked when somebody first looks.
    """

    def __init__(self, built_in: tuple[str, ...]) -> None:
        self._names = built_in
        self._built_in: dict[str, AnyKind] = {}
        self._others: dict[str, AnyKind] = {}
        self._asked = False
        self._lock = RLock()  # a package may look here while it is asked

    def add(self, kind: AnyKind) -> None:
        """Add a kind.

        Raises:
            UsageError: another model has its name.
        """
        with self._lock:
            kinds = self._others
            if kind.name in self._names:
                kinds, _ = self._built_in, self[kind.name]
            known = kinds.setdefault(kind.name, kind)
            if known.model is not kind.model:
                hint = "choose another name for the kind"
                raise UsageError.of("kind.taken", kind.name, "another model has this kind", hint)
            if known == Kind(kind.model):  # a model alone, which now gets its rules and folders
                kinds[kind.name] = kind

    def __getitem__(self, kind: str) -> AnyKind:
        with self._lock:
            if kind not in self._names:
                return self._added()[kind]
            if kind not in self._built_in:
                point = EntryPoint(kind, f"planforms.built_in.{kind}:KIND", ENTRY_POINTS)
                self._built_in[kind] = point.load()
            return self._built_in[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in self._names or kind in self._added()

    def __iter__(self) -> Iterator[str]:
        return iter((*self._names, *self._added()))

    def __len__(self) -> int:
        return len(self._names) + len(self._added())

    def named(self, kind: str, place: str = "kind") -> AnyKind:
        """The kind of a name.

        Raises:
            UsageError: there is none.
        """
        what = "no such kind of document"
        require_known(kind, self, place=place, code="kind.unknown", what=what)
        return self[kind]

    def papers(self) -> dict[str, AnyKind]:
        """The kinds by the names of their templates, those of easy sheets among them."""
        return {paper: kind for kind in self.values() for paper in kind.papers}

    def of_paper(self, paper: str) -> tuple[AnyKind, bool]:
        """The kind of a template, and whether it makes the easy sheet of that kind."""
        return (self[paper], False) if paper in self else (self[paper.removesuffix(EASY)], True)

    def is_easy(self, paper: str) -> bool:
        """Whether a template of this name makes an easy sheet."""
        kind = paper.removesuffix(EASY)
        return paper not in self and kind in self and self[kind].easy

    def easy_sheet(self, kind: str, place: str = "kind") -> str:
        """The name of the template that makes the easy sheet of a kind.

        Raises:
            UsageError: there is no such kind, or it has no easy sheet.
        """
        found = self.named(kind, place)
        if not found.easy:
            has = ", ".join(name for name, one in self.items() if one.easy)
            what, hint = "has no easy sheet", f"there is one of {has}"
            raise UsageError.of("kind.easy", kind, what, hint)
        return f"{found.name}{EASY}"

    def keys_of(self, vocabulary: str, service: ServiceProfile) -> tuple[str, ...]:
        """The keys of an open vocabulary in a service, its own or those of the kind that has it."""
        own = service.keys(vocabulary)
        if own is not None:
            return own
        waiting = (self[name] for name in self if name not in self._built_in)
        for kind in chain(tuple(self._built_in.values()), waiting):
            if vocabulary in kind.vocabularies:
                return kind.vocabularies[vocabulary](service)
        return ()

    def template_folders(self) -> tuple[Path, ...]:
        """The folders of templates that kinds bring along."""
        return _folders(kind.templates for kind in self._added().values())

    def service_folders(self) -> tuple[Path, ...]:
        """The folders of profiles that kinds bring along."""
        return _folders(kind.services for kind in self._added().values())

    def _added(self) -> dict[str, AnyKind]:
        """The kinds that others have added, in that order."""
        with self._lock:
            if not self._asked:
                self._asked = True
                try:
                    for point in sorted(entry_points(group=ENTRY_POINTS)):
                        register(_loaded(point))
                except BaseException:
                    self._asked = False  # whoever looks next is told again
                    raise
            return self._others


KINDS = Kinds(BUILT_IN)


@overload
def register(kind: Kind[M]) -> Kind[M]: ...
@overload
def register(kind: type[M]) -> type[M]: ...
def register(kind: Kind[M] | type[M]) -> Kind[M] | type[M]:
    """Add a kind of document for this process; it comes back, so it can be a decorator.

    A model alone is a kind without rules of its own. The field ``kind`` of the model names it:
    ``kind: Literal["visit_note"]``. To register the same model again changes nothing, but that a
    declaration takes the place of its model alone.

    Raises:
        UsageError: the class is no model of a document, its kind does not have the right form, or
            another model has it.
    """
    KINDS.add(kind if isinstance(kind, Kind) else Kind(_model(kind)))
    return kind


def _model(model: object) -> type[Any]:
    if isinstance(model, type) and issubclass(model, CaseDocument | UnitDocument):
        return model
    hint = "derive it from planforms.models.CaseDocument or UnitDocument"
    raise UsageError.of("kind.model", "register", "is not the model of a document", hint)


def _name_of(model: type[DocumentData]) -> str:
    annotation = _model(model).model_fields["kind"].annotation
    kinds = get_args(annotation) if get_origin(annotation) is Literal else ()
    if len(kinds) != 1 or not isinstance(kinds[0], str) or not _KIND.fullmatch(kinds[0]):
        hint = 'give it one name of small letters, digits and _: kind: Literal["visit_note"]'
        raise UsageError.of("kind.form", model.__name__, "does not name its kind", hint)
    return kinds[0]


def _loaded(point: EntryPoint) -> AnyKind | type[DocumentData]:
    """What a package names; whatever it raises is told as its mistake."""
    try:
        kind: AnyKind | type[DocumentData] = point.load()
    except Exception as error:
        package = point.dist.name if point.dist else "a package"
        hint = f"{package} names it in {ENTRY_POINTS}: {type(error).__name__}"
        raise UsageError.of("kind.package", point.value, "cannot be imported", hint) from error
    return kind


def _folders(folders: Iterable[Path | None]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(folder for folder in folders if folder))
