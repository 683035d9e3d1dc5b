"""What there is to look at, and what somebody has chosen of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from planforms.errors import PlanformsError, UsageError, require_known
from planforms.languages import list_languages
from planforms.registry import EASY, KINDS
from planforms.services import list_services, load_service

BLANK, DRAFT, FINAL, FILLABLE = "blank", "draft", "final", "fillable"
STATES = (BLANK, DRAFT, FINAL, FILLABLE)
"""What a document is made for; a fillable one is an empty form to fill in on a screen."""
EASY_SHEET = "easy"
"""The sheet that explains a paper, where its kind has one."""
MOST_EXAMPLES = 2_000
"""More files than this are not listed; whoever has more names the folder that matters."""


@dataclass(frozen=True, slots=True)
class Roots:
    """Where everything lies that the preview shows.

    Attributes:
        templates: folders that come before the built-in templates, first one first.
        services: folders that come before the built-in profiles.
        data: folders or files of case data.
    """

    templates: tuple[Path, ...] = ()
    services: tuple[Path, ...] = ()
    data: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody looks at; the address of the page says it.

    Attributes:
        service: the service whose document it is.
        kind: the kind of document.
        state: one of :data:`STATES`; ``draft`` and ``final`` take an example.
        language: a language folder; the service's own, or the example's, if empty.
        beside: a second language, shown beside the first one; none if empty.
        example: the name of an example, as :func:`examples_in` gives it.
        variant: a variant of the kind, for an empty form; none if empty.
        stress: one of :data:`planforms.preview.stressing.STRESSES`; none if empty.
        sheet: :data:`EASY_SHEET` for the easy sheet that explains the paper; the paper if empty.
    """

    service: str = ""
    kind: str = ""
    state: str = BLANK
    language: str = ""
    beside: str = ""
    example: str = ""
    variant: str = ""
    stress: str = ""
    sheet: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Choice:
        """What an address asks for; what it does not name stays as it is by default.

        Raises:
            UsageError: it asks for a state or a sheet that there is not.
        """
        given = {one.name: query[one.name] for one in fields(cls) if one.name in query}
        choice = cls(**given)
        require_known(
            choice.state, STATES, place="state", code="preview.state", what="no such state"
        )
        sheets = ("", EASY_SHEET)
        require_known(
            choice.sheet, sheets, place="sheet", code="preview.sheet", what="no such sheet"
        )
        return choice

    @property
    def paper(self) -> str:
        """The name of the template: of the paper, or of the sheet that explains it."""
        return f"{self.kind}{EASY}" if self.sheet else self.kind


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """One file of case data.

    Attributes:
        name: what it is called, unlike every other one.
        path: where it lies.
        service: the service that its data names.
        kind: the kind of document that it is.
        language: the language that it names.
        state: whether it is a draft or final.
    """

    name: str
    path: Path
    service: str
    kind: str
    language: str
    state: str


def examples_in(data: tuple[Path, ...]) -> tuple[ExampleFile, ...]:
    """The case data in some folders; what is no document is passed over."""
    found = (example for root in data for example in _below(root))
    return tuple(one for one, _ in zip(found, range(MOST_EXAMPLES), strict=False))


def _below(root: Path) -> Iterator[ExampleFile]:
    paths = sorted(root.rglob("*.json")) if root.is_dir() else [root]
    for path in paths:
        name = path.relative_to(root.parent if root.is_file() else root).as_posix()
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(data, dict) and data.get("kind") in KINDS:
            yield ExampleFile(
                name,
                path,
                service=_service_of(data),
                kind=data["kind"],
                language=str(data.get("language", "")),
                state=FINAL if data.get("status") == FINAL else DRAFT,
            )


def _service_of(data: Mapping[str, object]) -> str:
    case = data.get("case")
    named = case.get("service") if isinstance(case, Mapping) else data.get("service")
    return named if isinstance(named, str) else ""


def example_named(name: str, data: tuple[Path, ...]) -> ExampleFile:
    """The example of a name.

    Raises:
        UsageError: there is none.
    """
    found = next((one for one in examples_in(data) if one.name == name), None)
    if found is None:
        hint = "choose one of the list"
        raise UsageError.of("preview.example", "example", "there is no such example", hint)
    return found


def offered(roots: Roots) -> dict[str, object]:
    """Everything that can be chosen, as plain values: services, kinds, languages, examples.

    A profile with mistakes is offered as well: whoever chooses it is told what is wrong.
    """
    return {
        "services": [_service(name, roots) for name in list_services(roots.services)],
        "kinds": list(KINDS),
        "easy": [kind.name for kind in KINDS.values() if kind.easy],
        "languages": list_languages(roots.templates),
        "states": list(STATES),
        "examples": [
            {
                "name": one.name,
                "service": one.service,
                "kind": one.kind,
                "language": one.language,
                "state": one.state,
            }
            for one in examples_in(roots.data)
        ],
    }


def _service(name: str, roots: Roots) -> dict[str, object]:
    try:
        profile = load_service(name, roots.services)
    except PlanformsError:
        return {"id": name, "name": name, "language": "", "variants": {}}
    documents = {kind: profile.document(kind) for kind in KINDS}
    return {
        "id": name,
        "name": profile.name,
        "language": profile.language,
        "variants": {kind: list(one.variants) for kind, one in documents.items() if one.variants},
    }
