"""``differences.toml``: where a language is meant to differ from the others, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.toml_files import key_of, read_toml
from planforms.models.fields import Line

FILE_NAME = "differences.toml"
DifferenceKey = tuple[str, str, str]
"""The kind of document, the section, and what differs, in the words of the check."""


class Difference(BaseModel):
    """One difference: where it is and what, in the words of the check, and why it is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    section: str
    what: str
    reason: Line


class Differences(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    difference: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One entry, and where it stands; an entry that one's own files hide is never told unused."""

    key: DifferenceKey
    file: SourceFile
    offset: int
    hidden: bool

    def unused(self) -> Iterator[Finding]:
        """The warning that nothing differs here any more."""
        if not self.hidden:
            what = f"the languages do not differ here ({self.key[2]})"
            hint = "take the entry out, or correct its kind, section and what"
            code, text = "check.difference_unused", "[[difference]]"
            yield self.file.finding(code, self.offset, text, what, hint).as_warning()


def read_reasons(sources: Sources, language: str) -> tuple[list[Reason], list[Finding]]:
    """The reasons given in a language's folders, and what is wrong with these files."""
    reasons: list[Reason] = []
    findings: list[Finding] = []
    hint = "each entry has kind, section, what and reason, in quotation marks"
    for file in sources.versions(language, FILE_NAME):
        found, wrong = read_toml(file, Differences, "check.differences", hint)
        findings += wrong
        hidden = file != sources.files.get((language, FILE_NAME))
        for number, one in enumerate(found.difference if found else ()):
            offset = key_of(file, f"difference[{number}]").offset
            reasons.append(Reason((one.kind, one.section, one.what), file, offset, hidden))
    return reasons, findings
