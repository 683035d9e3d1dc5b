"""The built-in templates, changed in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from planforms.checking.sources import SourceFile, Sources, read_sources
from planforms.languages import template_root

_SAVED = TemporaryDirectory()
"""Holds all changes that a process has saved."""


def changed(
    language: str, name: str, old: str, new: str, *, base: Sources | None = None
) -> Sources:
    """The templates with another text in one file, where the old one first stands."""
    sources = base or read_sources()
    file = sources.files[language, name]
    assert old in file.content
    content = file.content.replace(old, new, 1)
    return replace(
        sources, files={**sources.files, (language, name): replace(file, content=content)}
    )


def added(language: str, name: str, content: str, *, base: Sources | None = None) -> Sources:
    """The templates with one more file, or another one in place of it."""
    sources = base or read_sources()
    folder = sources.files[language, "locale.toml"].path.parent
    file = SourceFile(language, folder / name, content)
    return replace(sources, files={**sources.files, (language, name): file})


def saved(sources: Sources) -> Sources:
    """The same, with what was changed in a folder of one's own: documents are made from files."""
    mine = Path(mkdtemp(dir=_SAVED.name))
    files = dict(sources.files)
    for (language, name), file in sources.files.items():
        built_in = template_root() / language / name
        if built_in.is_file() and built_in.read_text(encoding="utf-8") == file.content:
            continue
        path = mine / language / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(file.content, encoding="utf-8", errors="surrogateescape")
        files[language, name] = replace(file, path=path)
    return replace(sources, folders=(mine, *sources.folders), files=files)
