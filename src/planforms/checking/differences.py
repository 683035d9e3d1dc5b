"""``differences.toml``: where a language is meant to differ from the others, and why."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.checking.toml_files import offset_of_error
from planforms.errors import Problem, Severity
from planforms.languages import language_folders
from planforms.models.fields import Line
from planforms.models.validation import problems_from

FILE_NAME = "differences.toml"
Key = tuple[str, str, str]
"""The kind of document, the section, and what differs, in the words of the check."""
_NUMBER = re.compile(r"difference\[(\d+)\]")
_ENTRY = re.compile(r"^[ \t]*\[\[\s*difference\s*\]\]", re.MULTILINE)


class Entry(BaseModel):
    """One difference: where it is and what, in the words of the check, and why it is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    section: str
    what: str
    reason: Line


class Entries(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    difference: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry, and where it stands; an entry that one's own files hide is never told unused."""

    key: Key
    file: SourceFile
    offset: int
    hidden: bool

    def unused(self) -> Iterator[Finding]:
        """The warning that nothing differs here any more."""
        if not self.hidden:
            yield self.file.finding(
                "check.difference_unused",
                self.offset,
                "[[difference]]",
                f"the languages do not differ here ({self.key[2]})",
                "take the entry out, or correct its kind, section and what",
                Severity.WARNING,
            )


def read_differences(sources: Sources, language: str) -> tuple[list[Reason], list[Finding]]:
    """The reasons given in a language's folders, and what is wrong with these files."""
    reasons: list[Reason] = []
    findings: list[Finding] = []
    shown = sources.files.get((language, FILE_NAME))
    files = [shown] if shown else []
    for folder in language_folders(language, sources.folders):
        path = folder / FILE_NAME
        if path.is_file() and not (shown and path == shown.path):
            files.append(read_source(language, path))
    for file in files:
        found, problems = _read(file, hidden=file is not shown)
        reasons += found
        findings += problems
    return reasons, findings


def _read(file: SourceFile, *, hidden: bool) -> tuple[list[Reason], list[Finding]]:
    try:
        entries = Entries.model_validate(tomllib.loads(file.content)).difference
    except tomllib.TOMLDecodeError as error:
        return [], [_unreadable(file, str(error))]
    except ValidationError as error:
        problems = problems_from(error, Entries, code="check", show_keys=True)
        return [], [_told(file, found) for found in problems]
    places = _places(file, len(entries))
    return [
        Reason((entry.kind, entry.section, entry.what), file, offset, hidden)
        for entry, offset in zip(entries, places, strict=False)
    ], []


def _places(file: SourceFile, count: int) -> list[int]:
    """Where the entries begin; a list written in one line has no headings."""
    return [match.start() for match in _ENTRY.finditer(file.content)] + [0] * count


def _told(file: SourceFile, problem: Problem) -> Finding:
    number = _NUMBER.match(problem.place)
    offset = _places(file, int(number[1]) + 1)[int(number[1])] if number else 0
    message = f"{problem.place} {problem.message}"
    hint = "each entry has kind, section, what and reason"
    return file.finding("check.differences", offset, "", message, hint)


def _unreadable(file: SourceFile, reason: str) -> Finding:
    offset = offset_of_error(file.content, reason)
    hint = "texts stand in quotation marks, each entry below [[difference]]"
    return file.finding("check.differences", offset, "", f"cannot be read: {reason}", hint)
