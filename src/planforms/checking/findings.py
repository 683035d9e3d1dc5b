"""What a check of the templates found: a problem that points at the letters it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planforms.errors import Problem, Severity


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """A problem with its place in a file of words.

    Attributes:
        file: path of the file as the user knows it.
        line: line, from 1.
        column: column of the first letter, from 1.
        text: the offending letters; empty if something is missing here.
        source: the whole line, to put a mark under.
        where: the place in a Word file, such as ``table 2, row 3, paragraph 1``, since nobody sees
            numbers of lines there; the line is then the paragraph, counted through the file.
    """

    file: str = ""
    line: int = 1
    column: int = 1
    text: str = ""
    source: str = ""
    where: str = ""

    @property
    def is_of_lines(self) -> bool:
        """Whether its file is a text, and not one of Word."""
        return self.file.endswith((".html", ".po", ".toml", ".txt"))

    @property
    def is_error(self) -> bool:
        """Whether it must be mended."""
        return self.severity is Severity.ERROR

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values, for JSON."""
        return {
            **Problem.to_dict(self),
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "text": self.text,
            "source": self.source,
            "where": self.where,
        }
