"""Filling a template: from values and facts to HTML, with every error at its line."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2.exceptions import TemplateError as JinjaError
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from planforms.errors import Problem, TemplateError
from planforms.templating.environment import LineStarts, environment


def fill(
    language: str,
    folders: tuple[Path, ...],
    kind: str,
    names: Mapping[str, Any],
) -> str:
    """The HTML that a kind's template makes of some names.

    Args:
        language: code of the language, for the places in messages.
        folders: where templates are looked for, one's own first.
        kind: the kind of document; its template is ``<kind>.html``.
        names: what the template can use.

    Raises:
        TemplateError: the template has a mistake, with the file and line where it showed.
    """
    file = f"{kind}.html"
    try:
        return environment(folders).get_template(file).render(names)
    except TemplateNotFound as error:
        missing = error.name or file
        raise TemplateError.of(
            "template.missing", f"{language}/{missing}", "no such template"
        ) from None
    except TemplateSyntaxError as error:
        place = _letter(language, Path(error.filename or file), error.lineno)
        raise TemplateError.of("template.syntax", place, error.message or "syntax error") from None
    except TemplateError as error:
        place = _place(error, language, folders, file)
        raise TemplateError(_at(problem, place) for problem in error.problems) from None
    except JinjaError as error:
        place = _place(error, language, folders, file)
        message = error.message or "cannot be rendered"
        raise TemplateError.of("template.undefined", place, message) from None
    except TypeError as error:
        if not _is_a_call(error, folders):
            raise
        place = _place(error, language, folders, file)
        message = "a filter or macro gets too many or too few arguments"
        hint = "compare with the other languages"
        raise TemplateError.of("template.arguments", place, message, hint) from None
    except UnicodeDecodeError:
        raise TemplateError.of("template.encoding", f"{language}/{file}", "is not UTF-8") from None
    except RecursionError:
        hint = "a macro calls itself, or blocks are nested too deeply"
        raise TemplateError.of(
            "template.depth", f"{language}/{file}", "is too deep", hint
        ) from None


def require_template(language: str, folders: tuple[Path, ...], kind: str) -> None:
    """Refuse a kind that a language has no template of: one that an office brings may lack some.

    Raises:
        TemplateError: there is none; the hint tells which kinds there are.
    """
    file = f"{kind}.html"
    if any((folder / file).is_file() for folder in folders):
        return
    names = sorted({path.stem for folder in folders for path in folder.glob("[!_]*.html")})
    hint = f"it has {', '.join(names)}" if names else "it has none at all"
    what = "this language has no template of the kind"
    raise TemplateError.of("template.missing", f"{language}/{file}", what, hint)


def _at(problem: Problem, place: str) -> Problem:
    if problem.place:
        return problem
    return Problem(problem.code, place, problem.message, problem.hint)


def _is_a_call(error: TypeError, folders: tuple[Path, ...]) -> bool:
    """Whether the call of a filter or macro failed, rather than what it does."""
    innermost = Path(traceback.extract_tb(error.__traceback__)[-1].filename)
    return innermost.parent in folders or innermost.match("jinja2/*.py")


def _place(error: Exception, language: str, folders: tuple[Path, ...], file: str) -> str:
    """The innermost template line that the error passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.parent in folders:
            return _letter(language, path, frame.lineno or 1)
    return f"{language}/{file}"


def _letter(language: str, path: Path, number: int) -> str:
    """The place of a letter of a template, counted from 1: file, line and column."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return f"{language}/{path.name}"
    return f"{language}/{path.name}:{LineStarts(text).place(number - 1)}"
