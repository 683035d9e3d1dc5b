"""What can go wrong, said the same way everywhere.

::

    PlanformsError            everything the library raises on purpose; holds all problems at once
    ├── DataError             the case data cannot become this document
    ├── ProfileError          a service or country profile has mistakes
    ├── TemplateError         a template, a term list or a letterhead shell has mistakes
    └── UsageError            the call cannot be carried out (no such file, kind, format ...)

A :class:`Problem` never repeats a value of the case, nor an unknown key of it: both may hold
somebody's name. It tells the place, what is wrong there, and what to do about it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How much a problem weighs: an error stops the document, a warning travels with it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, told without any value of the case.

    Attributes:
        code: stable identifier, safe to match on; the wording of ``message`` may change.
        place: path in the data (``case.participant.name``) or ``file:line``.
        message: what is wrong there.
        hint: what to do about it; empty if the message says it all.
        severity: :data:`Severity.ERROR` stops the document.
    """

    code: str
    place: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.message}{hint} [{self.code}]"

    def to_dict(self) -> dict[str, str | int]:
        """The problem as plain values, for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "message": self.message,
            "hint": self.hint,
        }


class PlanformsError(Exception):
    """Root of all errors that planforms raises on purpose.

    Attributes:
        problems: every problem found, in the order of the input; never empty.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, code: str, place: str, message: str, hint: str = "") -> Self:
        """An error with a single problem."""
        return cls([Problem(code, place, message, hint)])


class DataError(PlanformsError):
    """The case data cannot become this document."""


class ProfileError(PlanformsError):
    """A service or country profile has mistakes."""


class TemplateError(PlanformsError):
    """A template, a term list or a letterhead shell has mistakes."""


class UsageError(PlanformsError):
    """The call cannot be carried out: no such file, kind, language, service or format."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that somebody may have meant by another one; empty if none is like it."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


def did_you_mean(name: str, known: Iterable[str], *, form: str = "{}", otherwise: str = "") -> str:
    """The hint for a name that there is not: the one that may be meant, else all that there are.

    Args:
        name: what was written.
        known: what could have been written.
        form: how a name is shown, such as ``<{}>`` for tags.
        otherwise: what to say if nothing is like it; all names if empty.
    """
    names = [*known]
    if near := nearest(name, names):
        return f"did you mean {form.format(near)}?"
    return otherwise or f"known: {', '.join(map(form.format, names)) or 'nothing'}"


def require_known(name: str, known: Iterable[str], *, place: str, code: str, what: str) -> None:
    """Refuse a name that is not among the known ones, with the one that may be meant.

    Raises:
        UsageError: of the code, at the place, saying what there is not.
    """
    names = [*known]
    if name not in names:
        raise UsageError.of(code, place, what, did_you_mean(name, names))
