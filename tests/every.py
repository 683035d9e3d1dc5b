"""Every document that the conformance tests look at, rendered once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle, product
from pathlib import Path

import planforms as pf
from tests.reports import EXAMPLES, LANGUAGES, SERVICES

FORMATS = ("pdf", "docx", "html")


@dataclass(frozen=True)
class Case:
    """One document: an example or a blank form, in one language."""

    name: str
    document: pf.Document


@cache
def every_case() -> tuple[Case, ...]:
    """All examples and a blank form of every kind, in all languages."""
    return (*_examples(), *_blanks())


def _examples() -> Iterator[Case]:
    for language in LANGUAGES:
        for path in EXAMPLES:
            document = pf.render(pf.load(path), language=language)
            yield Case(f"{path.parent.name}-{path.stem}-{language}", document)


def _blanks() -> Iterator[Case]:
    """Each kind in each language; the services take turns, so that each has its share."""
    services = cycle(SERVICES)
    for language, kind in product(LANGUAGES, pf.kinds()):
        service = next(services)
        document = pf.blank(kind, service=service, language=language)
        yield Case(f"{service}-blank-{kind}-{language}", document)


@cache
def cases_in(language: str) -> tuple[Case, ...]:
    """The cases that are made with one language folder."""
    return tuple(case for case in every_case() if case.name.endswith(f"-{language}"))


def write_all(cases: Iterable[Case], folder: Path) -> dict[str, dict[str, Path]]:
    """Cases as files in every format: paths by format and name."""
    files: dict[str, dict[str, Path]] = {suffix: {} for suffix in FORMATS}
    for case in cases:
        for suffix in FORMATS:
            path = folder / f"{case.name}.{suffix}"
            pf.write(case.document, path)
            files[suffix][case.name] = path
    return files
