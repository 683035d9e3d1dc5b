"""Case data for tests: the examples, changed where a test wants it."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import planforms as pf
from planforms.models import CaseDocument, DocumentData
from planforms.setting import Setting, read_setting

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.json"))
LANGUAGES = ("no", "nn", "sv", "da")
SERVICES = {
    "molde": "no",
    "harstad": "no",
    "team_work": "sv",
    "hjortmossen": "sv",
    "vivirk": "da",
}
"""Every service with its language."""
BESIDE_THEIR_OWN = {"nn": ("molde", "harstad")}
"""Languages that no service has for its own, and the services that write in them too."""
COMPLETE = ROOT / "examples" / "molde" / "complete_signed_electronically.json"

GONE = object()
"""Marks a value that is to be taken out."""


@cache
def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def report_data(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """The complete final report as plain data; ``changes`` maps dotted paths to new values."""
    return example_data(COMPLETE, changes)


def example_data(path: Path | str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """An example as plain data; ``changes`` maps dotted paths to new values.

    Args:
        path: the file, or its place in the folder of examples without the suffix.
        changes: new values; :data:`GONE` takes one out.
    """
    file = path if isinstance(path, Path) else ROOT / "examples" / f"{path}.json"
    data = copy.deepcopy(_read(file))
    for place, value in (changes or {}).items():
        *parents, last = place.split(".")
        holder: Any = data
        for step in parents:
            holder = holder[int(step)] if step.isdigit() else holder.setdefault(step, {})
        key = int(last) if isinstance(holder, list) else last
        if value is GONE:
            del holder[key]
        else:
            holder[key] = value
    return data


def case_of(source: Path | dict[str, Any]) -> CaseDocument:
    """A document of a case, loaded."""
    data = pf.load(source)
    assert isinstance(data, CaseDocument)
    return data


def setting_of(data: DocumentData) -> Setting:
    """The setting that a document would be rendered in."""
    return read_setting(data.service_key, data.language)


def render_with(changes: dict[str, Any] | None = None, **options: Any) -> pf.Document:
    """The rendered complete example, changed."""
    return pf.render(pf.load(report_data(changes)), **options)


def problems_of(error: pf.PlanformsError) -> set[tuple[str, str]]:
    """Code and place of each problem."""
    return {(problem.code, problem.place) for problem in error.problems}
