"""``locale.toml`` of each language: what is wrong in it, and names that two languages claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.toml_files import key_of, offset_of_error
from planforms.errors import Problem, TemplateError
from planforms.languages import LOCALE_FILE, LocaleSettings, parse_settings, template_root

_UNKNOWN = re.compile(r"unknown field '(.+)'")


def check_locales(sources: Sources) -> Iterator[Finding]:
    """Mistakes, and aliases that are names of other languages too."""
    files = [sources.files[language, LOCALE_FILE] for language in sources.languages]
    owners = {file.language.casefold(): file.language for file in files}
    for file in sorted(files, key=lambda file: template_root() not in file.path.parents):
        settings, findings = read_locale(file)
        yield from findings
        for alias in settings.aliases if settings else ():
            owner = owners.setdefault(alias.casefold(), file.language)
            if owner != file.language:
                yield _claimed(file, alias, owner)


def read_locale(file: SourceFile) -> tuple[LocaleSettings | None, list[Finding]]:
    """What a ``locale.toml`` says, or what is wrong with it."""
    if findings := file.unreadable("locale.syntax"):
        return None, findings
    try:
        return parse_settings(file.content, file.path.name), []
    except TemplateError as error:
        return None, [_finding(file, problem) for problem in error.problems]


def _finding(file: SourceFile, problem: Problem) -> Finding:
    """A problem at its key, or where the file could be read no further."""
    path = problem.place.partition(": ")[2]
    if unknown := _UNKNOWN.search(problem.message):
        path = unknown[1] if path == "the data" else f"{path}.{unknown[1]}"
    key = key_of(file, path)
    offset = key.offset if path else offset_of_error(file.content, problem.hint)
    message = f"{path}: {problem.message}" if path and not unknown else problem.message
    return file.finding(problem.code, offset, key.text, message, problem.hint)


def _claimed(file: SourceFile, alias: str, owner: str) -> Finding:
    offset = max(file.content.find(f'"{alias}"'), 0)
    message, hint = f"“{alias}” is a name of {owner} already", "take it out of one of the two"
    return file.finding("locale.alias", offset, f'"{alias}"', message, hint)
