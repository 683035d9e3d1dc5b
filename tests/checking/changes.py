"""The built-in templates, changed in memory."""

from __future__ import annotations

from dataclasses import replace

from planforms.checking.sources import SourceFile, Sources, read_sources


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
