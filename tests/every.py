"""Every document that the conformance tests look at, rendered once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
    """All examples and the blank forms of all services, in all languages."""
    cases = []
    for language in LANGUAGES:
        for path in EXAMPLES:
            document = pf.render(pf.load(path), language=language)
            cases.append(Case(f"{path.parent.name}-{path.stem}-{language}", document))
        for service in SERVICES:
            document = pf.blank("final_report", service=service, language=language)
            cases.append(Case(f"{service}-blank-{language}", document))
    return tuple(cases)


def write_all(folder: Path) -> dict[str, dict[str, Path]]:
    """Every case as a file in every format: paths by format and name."""
    files: dict[str, dict[str, Path]] = {suffix: {} for suffix in FORMATS}
    for case in every_case():
        for suffix in FORMATS:
            path = folder / f"{case.name}.{suffix}"
            pf.write(case.document, path)
            files[suffix][case.name] = path
    return files
