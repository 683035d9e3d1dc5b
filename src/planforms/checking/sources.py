"""The files that a check looks at: every template and term list of every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.errors import Severity, TemplateError, UsageError
from planforms.files import ended_alike, read_file, reason_of
from planforms.languages import language_code, language_folders, list_languages, template_root
from planforms.models.documents import DocumentData

TERMS = "terms"
"""What stands for a whole term list in the place of a kind."""
UNREADABLE = re.compile("[\udc80-\udcff]+")
"""Finds what is not UTF-8 in the content of a file."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a language folder, as it is used: one's own before the built-in one.

    Attributes:
        language: code of the folder.
        path: where the file lies; messages name it as it stands here.
        content: its text; bytes that are not UTF-8 are lone surrogates in it.
    """

    language: str
    path: Path
    content: str

    @property
    def kind(self) -> str:
        """The kind of document, or ``_parts``, ``terms``, ``locale``."""
        return self.path.stem

    def line_at(self, offset: int) -> int:
        """The number of the line of a letter, from 1."""
        return self.content.count("\n", 0, offset) + 1

    def offset_of(self, line: int, column: int = 1) -> int:
        """Where a line begins, or a column of it."""
        return _line_starts(self.content)[line - 1] + column - 1

    def place(self, offset: int) -> str:
        """File and line, the file by its language and name."""
        return f"{self.language}/{self.path.name}:{self.line_at(offset)}"

    def unreadable(self, code: str) -> list[Finding]:
        """A finding where letters first stand that are not UTF-8; none if all are."""
        found = UNREADABLE.search(self.content)
        what, hint = "letters that are not UTF-8", "save the file as UTF-8"
        return [self.finding(code, found.start(), found[0], what, hint)] if found else []

    def finding(self, code: str, offset: int, text: str, message: str, hint: str = "") -> Finding:
        """What is wrong with some letters of this file.

        Args:
            code: stable code, such as ``check.path``.
            offset: where in the content the letters begin.
            text: the letters, mended or as they stand there; may be empty. They are quoted as
                they stand there.
            message: what is wrong.
            hint: how to mend it.
        """
        start = self.content.rfind("\n", 0, offset) + 1
        line = self.line_at(offset)
        column = offset - start + 1
        source = self.content[start:].split("\n", 1)[0]
        place = f"{self.path}:{line}:{column}"
        text = self.content[offset : offset + len(text)]
        text, source = (UNREADABLE.sub("\ufffd", words) for words in (text, source))
        error, path = Severity.ERROR, str(self.path)
        return Finding(code, place, message, hint, error, path, line, column, text, source)


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of all languages.

    Attributes:
        folders: one's own template folders, first one first.
        files: by language and file name.
        services: folders that come before the built-in profiles.
        as_of: the day on which citations of profiles must not be too old; none if it is unknown.
        cases: case data that the templates are tried with, beside what the check makes up.
    """

    folders: tuple[Path, ...]
    files: dict[tuple[str, str], SourceFile]
    services: tuple[Path, ...] = ()
    as_of: date | None = None
    cases: tuple[DocumentData, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages, in alphabetical order."""
        return tuple(sorted({language for language, _ in self.files}))

    def code(self, name: str) -> str:
        """The folder of a language, asked for by any of its names; the name if there is none."""
        try:
            return language_code(name, self.folders)
        except UsageError:
            return name

    @property
    def kinds(self) -> list[str]:
        """The names of all templates and, for the term lists, ``terms``."""
        return sorted({TERMS, *(file.kind for file in self.templates())})

    def templates(self) -> Iterator[SourceFile]:
        """Every template, shared parts included."""
        return (file for (_, name), file in self.files.items() if name.endswith(".html"))

    def versions(self, language: str, name: str) -> list[SourceFile]:
        """The files of a name in all folders of a language, the one that is used first."""
        used = self.files.get((language, name))
        paths = [folder / name for folder in language_folders(language, self.folders)]
        below = [path for path in paths if path.is_file() and not (used and path == used.path)]
        return [*([used] if used else ()), *(read_source(language, path) for path in below)]

    def template(self, language: str, kind: str) -> SourceFile | None:
        """The template of a kind in a language, or ``None`` if there is none."""
        return self.files.get((language, f"{kind}.html"))


def is_brought(language: str) -> bool:
    """Whether a language is not built in, so that it need not have all kinds."""
    return not (template_root() / language).is_dir()


@lru_cache(maxsize=1024)
def _line_starts(content: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer("\n", content)))


def read_sources(folders: Sequence[Path] = ()) -> Sources:
    """Every file of words that rendering would use."""
    files = {}
    for language in list_languages(folders):
        for folder in reversed(language_folders(language, folders)):
            for path in sorted(folder.iterdir()):
                if path.suffix in (".html", ".po", ".toml"):
                    files[language, path.name] = read_source(language, path)
    return Sources(tuple(folders), files)


def read_source(language: str, path: Path) -> SourceFile:
    """One file of a language.

    Raises:
        TemplateError: it is a link to another folder, or too large.
    """
    try:
        content = read_file(path).decode("utf-8-sig", errors="surrogateescape")
    except OSError as error:
        place, message = f"{language}/{path.name}", f"cannot be read: {reason_of(error)}"
        raise TemplateError.of("template.unreadable", place, message) from None
    return SourceFile(language, path, ended_alike(content))
