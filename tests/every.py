"""Every document that planforms is held to: examples in all languages, and blank forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import planforms as pf
from tests.reports import EXAMPLES, LANGUAGES, SERVICES

Trait = tuple[str, str]


@dataclass(frozen=True)
class Case:
    """One document: an example, or the blank form of a kind, in one language."""

    kind: str
    language: str
    state: str
    service: str
    example: Path | None = None

    @property
    def name(self) -> str:
        """The name of its files."""
        which = self.example.stem if self.example else f"blank-{self.kind}"
        return f"{self.service}-{which}-{self.language}"

    @property
    def traits(self) -> frozenset[Trait]:
        """What a covering set must hold once."""
        kind, language, state = f"kind {self.kind}", f"language {self.language}", self.state
        service = f"service {self.service}"
        return frozenset({(kind, language), (kind, state), (language, state), (service, language)})

    @property
    def length(self) -> int:
        """About how much stands in it."""
        return self.example.stat().st_size if self.example else 0

    def document(self) -> pf.Document:
        """The document, rendered anew."""
        if self.example:
            return pf.render(pf.load(self.example), language=self.language)
        return pf.blank(self.kind, service=self.service, language=self.language)


@cache
def every_case() -> tuple[Case, ...]:
    """All examples in all languages, and the blank forms of all services."""
    return (*_examples(), *_blanks())


def _examples() -> Iterator[Case]:
    for language, path in product(LANGUAGES, EXAMPLES):
        data = json.loads(path.read_bytes())
        state = data.get("status", "draft")
        yield Case(data["kind"], language, state, path.parent.name, path)


def _blanks() -> Iterator[Case]:
    """Each kind for each service in its own language."""
    for (service, language), kind in product(SERVICES.items(), pf.kinds()):
        yield Case(kind, language, "blank", service)


def covering(cases: Iterable[Case]) -> tuple[Case, ...]:
    """A few cases that have every trait that all have, the longer ones first."""
    all_cases = tuple(cases)
    left = {trait for case in all_cases for trait in case.traits}
    chosen = []
    while left:
        best = max(all_cases, key=lambda case: (len(case.traits & left), case.length))
        chosen.append(best)
        left -= best.traits
    return tuple(chosen)


@cache
def laid_out() -> tuple[Case, ...]:
    """The cases that are laid out on pages: each example in its service's language, and a few."""
    own = (case for case in _examples() if SERVICES[case.service] == case.language)
    return tuple(dict.fromkeys((*own, *covering(every_case()))))
