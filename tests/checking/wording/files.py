"""Files of words, made for a test."""

from __future__ import annotations

from pathlib import Path

from planforms.checking.sources import SourceFile, Sources
from planforms.checking.wording.passages import Passage, passages

LOCALES = {"no": "nb_NO", "sv": "sv_SE", "da": "da_DK"}


def template(content: str, language: str = "no", kind: str = "consent") -> SourceFile:
    return SourceFile(language, Path(language, f"{kind}.html"), content)


def words(content: str, language: str = "no", kind: str = "consent") -> list[Passage]:
    """The passages of a template."""
    return list(passages(template(content, language, kind)))


def sources(*files: SourceFile, folder: Path | None = None) -> Sources:
    """Some files, each language with its settings."""
    settings = [
        SourceFile(language, Path(language, "locale.toml"), f'babel = "{LOCALES[language]}"\n')
        for language in {file.language for file in files}
    ]
    by_name = {(file.language, file.path.name): file for file in (*settings, *files)}
    return Sources((folder,) if folder else (), by_name)
