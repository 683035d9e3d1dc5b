"""Filling a Word template: from values and facts to the XML and the words of a Word file."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, Template
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.exceptions import TemplateSyntaxError

from planforms.document import FilledPart, FilledTemplate, NewList
from planforms.errors import Problem, TemplateError
from planforms.templating.environment import RENDERING, TemplateEnvironment
from planforms.templating.values import Rendering
from planforms.word_templates.assembling import Assembly
from planforms.word_templates.source import PartSource
from planforms.word_templates.template import WordTemplate

MAIN = "word/document.xml"
_KEPT = 64
"""How many parts are kept compiled: a template has three or four."""


class WordEnvironment(TemplateEnvironment):
    """The environment of all templates; the words of this one are no HTML, and hold signs."""

    def __init__(self) -> None:
        super().__init__(DictLoader({}))

    def refused_words(self, words: str) -> str:
        """Nothing: the source has looked at them when it was made."""
        return ""


_ENVIRONMENT = WordEnvironment()


def fill_word(template: WordTemplate, names: Mapping[str, Any]) -> FilledTemplate:
    """What a Word template says of some names.

    Args:
        template: the template.
        names: what it can use, as other templates can.

    Raises:
        TemplateError: the template has a mistake, with the paragraph where it showed.
    """
    if template.problems:
        raise TemplateError(template.problems)
    rendering: Rendering = names[RENDERING]
    assembly = Assembly(rendering.marks, rendering.places, template.highest)
    parts = []
    for part in template.parts:
        text = _rendered(part, names)
        try:
            parts.append(FilledPart(part.name, assembly.part(part.slots, text, part.is_main)))
        except TemplateError as error:
            raise _at(error, template.name) from None
    lists = tuple(NewList(*one) for one in assembly.lists)
    return FilledTemplate(template.content, tuple(parts), lists)


def _rendered(part: PartSource, names: Mapping[str, Any]) -> str:
    """The text of a part with its signs, and the marks of its values."""
    try:
        return _compiled(part).render(names)
    except TemplateSyntaxError as error:
        place = part.place(error.lineno - 1)
        raise TemplateError.of("template.syntax", place, error.message or "syntax error") from None
    except TemplateError as error:
        raise _at(error, _place(error, part)) from None
    except JinjaError as error:
        message = error.message or "cannot be rendered"
        raise TemplateError.of("template.undefined", _place(error, part), message) from None
    except TypeError as error:
        if not _is_a_call(error, part):
            raise
        message = "a filter gets too many or too few values"
        raise TemplateError.of("template.arguments", _place(error, part), message) from None
    except RecursionError:
        message = "is too deep"
        raise TemplateError.of("template.depth", part.place(0), message) from None


@lru_cache(_KEPT)
def _compiled(part: PartSource) -> Template:
    code = _ENVIRONMENT.compile(part.text, part.name, _file_of(part))
    return Template.from_code(_ENVIRONMENT, code, {})


def _file_of(part: PartSource) -> str:
    """What Python calls the code of a part."""
    return f"<{part.name} {id(part)}>"


def _is_a_call(error: TypeError, part: PartSource) -> bool:
    innermost = traceback.extract_tb(error.__traceback__)[-1].filename
    return innermost == _file_of(part) or "jinja2" in innermost


def _place(error: Exception, part: PartSource) -> str:
    """The paragraph of the innermost tag that an error passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == _file_of(part):
            return part.place((frame.lineno or 1) - 1)
    return part.place(0)


def _at(error: TemplateError, place: str) -> TemplateError:
    return TemplateError(
        one if one.place else Problem(one.code, place, one.message, one.hint)
        for one in error.problems
    )
