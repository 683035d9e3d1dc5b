"""What a worker does for the preview: it makes one view, or tells what is wrong."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planforms.checking.findings import Finding
from planforms.checking.sources import read_sources
from planforms.checking.syntax import check_syntax
from planforms.errors import PlanformsError, Problem, TemplateError
from planforms.languages import language_folders
from planforms.preview.choosing import Choice, Roots
from planforms.preview.making import document_of, setting_of
from planforms.preview.measuring import findings, measures
from planforms.preview.revisions import changes_between
from planforms.preview.views import Subject, view


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks of a worker.

    Attributes:
        choice: what is looked at.
        view: a view of it; ``margin`` for its measures, ``revisions`` for what changed.
        roots: where everything lies.
        before: where the words of the earlier revision lie, for ``revisions``.
        store: a folder for files that another program reads.
    """

    choice: Choice
    view: str
    roots: Roots
    before: Roots | None = None
    store: Path | None = None


def answer(question: Question) -> dict[str, Any]:
    """The view as plain values, or everything that is wrong; nothing is raised."""
    try:
        return {"ok": True, **_answer(question)}
    except PlanformsError as error:
        problems = [*error.problems, *_further(error, question)]
        return {"ok": False, "problems": [_told(one, question.roots) for one in problems]}
    except Exception as error:
        return {"ok": False, "problems": [_unexpected(error).to_dict()]}


def _answer(question: Question) -> dict[str, Any]:
    choice, roots = question.choice, question.roots
    match question.view:
        case "margin":
            return measures(document_of(choice, roots), setting_of(choice, roots))
        case "revisions":
            before = document_of(choice, question.before or roots).text()
            now = document_of(choice, roots).text()
            return {"rows": changes_between(before.split("\n"), now.split("\n"))}
        case "findings":
            return {"findings": findings(roots)}
    return view(question.view, Subject(choice, roots, question.store))


def _unexpected(error: Exception) -> Problem:
    """An error nobody raises on purpose: its place in the code, and nothing of the case."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
    return Problem("preview.unexpected", "planforms", message, "this is a mistake of planforms")


def _further(error: PlanformsError, question: Question) -> list[Problem]:
    """What the check finds in the templates beside the first mistake that rendering met."""
    if not isinstance(error, TemplateError):
        return []
    places = {_place_without_column(problem.place) for problem in error.problems}
    try:
        sources = read_sources(question.roots.templates)
        language = _language(question)
        shown = (f"{question.choice.paper}.html", "_parts.html")
        files = {
            key: file
            for key, file in sources.files.items()
            if key in {(language, one) for one in shown}
        }
        found = list(check_syntax(replace(sources, files=files)))
    except PlanformsError:
        return []
    return [one for one in found if f"{language}/{Path(one.file).name}:{one.line}" not in places]


def _language(question: Question) -> str:
    return setting_of(question.choice, question.roots).words.code


def _place_without_column(place: str) -> str:
    return place if place.count(":") < 2 else place.rpartition(":")[0]


def _told(problem: Problem, roots: Roots) -> dict[str, Any]:
    """A problem for the page; what is wrong in a template is told with its line."""
    if isinstance(problem, Finding):
        return problem.to_dict()
    return {**problem.to_dict(), **located(problem.place, roots)}


def located(place: str, roots: Roots) -> dict[str, Any]:
    """File, line, column and the line itself of a place such as ``no/consent.html:12:5``."""
    name, _, rest = place.partition(":")
    language, _, file = name.partition("/")
    try:
        folders = language_folders(language, roots.templates) if file else []
        path = next((folder / file for folder in folders if (folder / file).is_file()), None)
        line, _, column = rest.partition(":")
        if path is None or not line.isdecimal():
            return {}
        lines = path.read_text("utf-8-sig", errors="replace").split("\n")
    except (PlanformsError, OSError):
        return {}
    number = min(int(line), len(lines))
    return {
        "file": str(path),
        "line": number,
        "column": int(column) if column.isdecimal() else 1,
        "source": lines[number - 1],
    }
