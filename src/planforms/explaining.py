"""Problems in the words of a language, for whoever fills in a form.

The words stand in ``problems.po`` of each language folder, under the English ones. What has no
words there stays English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from planforms.errors import Problem, filled
from planforms.languages import PROBLEMS_FILE, Words, language_folders, load_words, read_terms
from planforms.setting import Folders, folder_paths


def in_language(problem: Problem, language: str, *, templates: Folders = None) -> Problem:
    """The same problem with its message and its hint in a language.

    Args:
        problem: a problem of case data, in English.
        language: a language, such as ``no`` or ``nb-NO``.
        templates: folders that come before the built-in ones, first one first.

    Raises:
        UsageError: there is no such language or folder.
        TemplateError: the language's words cannot be read.
    """
    folders = folder_paths(templates)
    known = _known(language, folders)
    words = load_words(language, folders)
    params = {name: _named(name, value, words) for name, value in problem.params.items()}
    message, hint = problem.forms or (problem.message, problem.hint)
    said = [filled(known.get(form, form), params) for form in (message, hint)]
    return replace(problem, message=said[0], hint=said[1])


def _named(name: str, value: str | int, words: Words) -> str | int:
    """A key that the language has a word for, such as a kind of information, in that word."""
    has_word = isinstance(value, str) and words.has(name, value)
    return words.term(name, str(value)) if has_word else value


def _known(language: str, folders: tuple[Path, ...]) -> Mapping[str, str]:
    """The words of a language by the English ones; those of one's own come first."""
    paths = [folder / PROBLEMS_FILE for folder in reversed(language_folders(language, folders))]
    found: dict[str, str] = {}
    for path in paths:
        if path.is_file():
            found |= _read(path, path.stat().st_mtime_ns)
    return found


@lru_cache(maxsize=32)
def _read(path: Path, _modified: int) -> dict[str, str]:
    return {term.key[1]: term.forms[0] for term in read_terms(path) if term.is_usable}
