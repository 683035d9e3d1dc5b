"""Files of words, made for a test."""

from __future__ import annotations

from pathlib import Path

from planforms.checking.sources import SourceFile, Sources
from planforms.checking.wording.passages import Passage, passages
from planforms.languages import LocaleSettings, parse_settings, template_root
from tests.reports import LANGUAGES

SETTINGS = {
    language: (template_root() / language / "locale.toml").read_text(encoding="utf-8")
    for language in LANGUAGES
}
"""The ``locale.toml`` of each language; a test may change one."""


def settings(language: str) -> LocaleSettings:
    return parse_settings(SETTINGS[language], "locale.toml")


def template(content: str, language: str = "no", kind: str = "consent") -> SourceFile:
    return SourceFile(language, Path(language, f"{kind}.html"), content)


def words(content: str, language: str = "no", kind: str = "consent") -> list[Passage]:
    """The passages of a template."""
    return list(passages(template(content, language, kind)))


def sources(*files: SourceFile, folder: Path | None = None) -> Sources:
    """Some files, each language with its settings."""
    locales = [
        SourceFile(language, Path(language, "locale.toml"), SETTINGS[language])
        for language in {file.language for file in files}
    ]
    by_name = {(file.language, file.path.name): file for file in (*locales, *files)}
    return Sources((folder,) if folder else (), by_name)
