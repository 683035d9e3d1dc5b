"""From a choice to the document that would be sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planforms.document import Document
from planforms.errors import UsageError
from planforms.loading import load, revise
from planforms.models.documents import DocumentData
from planforms.preview.choosing import BLANK, EASY_SHEET, FILLABLE, Choice, Roots, example_named
from planforms.preview.stressing import stressed, stressed_data
from planforms.rendering import blank, render
from planforms.setting import Setting, read_setting, setting_for


def document_of(choice: Choice, roots: Roots) -> Document:
    """The document that somebody has chosen, made as every document is.

    Raises:
        PlanformsError: whatever making it raises; there is no such example.
    """
    data = data_of(choice, roots)
    known = {"variant": choice.variant} if choice.variant else None
    asked: dict[str, Any] = {
        "easy": choice.sheet == EASY_SHEET,
        "language": choice.language or None,
        "templates": roots.templates,
        "services": roots.services,
    }
    if data is None:
        made = blank(choice.kind, service=choice.service, data=known, **asked)
    else:
        made = render(data, **asked)
    return stressed(made, choice.stress)


def data_of(choice: Choice, roots: Roots) -> DocumentData | None:
    """The data of the chosen example, in the state that was chosen; none for an empty form.

    Raises:
        DataError: it has mistakes, or something is missing before it can be final.
        UsageError: there is no such example.
    """
    if choice.state in (BLANK, FILLABLE):
        return None
    if not choice.example:
        hint = "choose one of this kind, or the state blank"
        raise UsageError.of("preview.example", "example", "no example is chosen", hint)
    data = load(example_named(choice.example, roots.data).path)
    data = stressed_data(data, choice.stress)
    return data if data.status == choice.state else revise(data, status=choice.state)


def setting_of(choice: Choice, roots: Roots) -> Setting:
    """What the chosen document is made with.

    Raises:
        PlanformsError: whatever reading it raises.
    """
    data = data_of(choice, roots)
    folders: dict[str, Any] = {"templates": roots.templates, "services": roots.services}
    language = choice.language or None
    if data is None:
        return read_setting(choice.service, language, **folders)
    return setting_for(data, language, **folders)


def in_second_language(choice: Choice) -> Choice:
    """The same choice in the language that stands beside the first one."""
    return replace(choice, language=choice.beside, beside="")
