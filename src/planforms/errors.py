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
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

Param = str | int
"""What a message speaks of: a limit, a name that the service knows, another place."""


class Severity(StrEnum):
    """How much a problem weighs: an error stops the document, a warning travels with it.

    A note is for somebody to know, and nothing is to be done about it.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, told without any value of the case.

    Attributes:
        code: stable identifier, safe to match on; the wording of ``message`` may change.
        place: path in the data (``case.participant.name``) or ``file:line``.
        message: what is wrong there.
        hint: what to do about it; empty if the message says it all.
        severity: :data:`Severity.ERROR` stops the document.
        params: what the message and the hint speak of, by name: limits, known names, other places;
            never a value of the case.
        forms: the message and the hint with the names of ``params`` in braces, where there are any.
    """

    code: str
    place: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    params: Mapping[str, Param] = field(default_factory=dict, kw_only=True, compare=False)
    forms: tuple[str, str] | None = field(default=None, kw_only=True, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        code: str,
        place: str,
        message: str,
        hint: str = "",
        /,
        **params: Param,
    ) -> Problem:
        """A problem whose message and hint name params in braces: ``at most {max_length}``."""
        said = filled(message, params), filled(hint, params)
        return Problem(code, place, *said, params=params, forms=(message, hint))

    def as_warning(self) -> Self:
        """The same, for somebody to judge."""
        return replace(self, severity=Severity.WARNING)

    @property
    def path(self) -> tuple[str | int, ...]:
        """The way to the value in the data: ``("activities", 2, "name")``.

        Empty where the whole data is meant, or something else than the data.
        """
        in_data = self.code.partition(".")[0] in _ABOUT_DATA and self.place not in _FORMATS
        steps = _STEP.findall(self.place) if in_data and _PATH.fullmatch(self.place) else ()
        return tuple(int(number) if number else name for name, number in steps)

    @property
    def pointer(self) -> str:
        """The same as a JSON pointer (RFC 6901): ``/activities/2/name``; empty for the whole."""
        return "".join(f"/{step}" for step in self.path)

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.message}{hint} [{self.code}]"

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain values, for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "path": list(self.path),
            "pointer": self.pointer,
            "message": self.message,
            "hint": self.hint,
            "params": dict(self.params),
        }


_ABOUT_DATA = frozenset({"data", "form", "release", "service", "language"})
"""The groups of codes whose places are paths in the data."""
_FORMATS = frozenset({"pdf", "docx", "html", "txt"})
"""Places of what is said of a whole file that came back."""
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_PATH = re.compile(rf"{_NAME}(?:\[\d+\])*(?:\.{_NAME}(?:\[\d+\])*)*")
_BRACES = re.compile(r"\{(\w+)\}")
_STEP = re.compile(rf"({_NAME})|\[(\d+)\]")


def filled(form: str, params: Mapping[str, Param]) -> str:
    """A message with the params in the place of their names in braces."""
    return _BRACES.sub(lambda found: str(params.get(found[1], found[0])), form)


class PlanformsError(Exception):
    """Root of all errors that planforms raises on purpose.

    Attributes:
        problems: every problem found, in the order of the input; never empty.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(cls, code: str, place: str, message: str, hint: str = "", /, **params: Param) -> Self:
        """An error with a single problem, whose words name params in braces."""
        return cls([Problem.of(code, place, message, hint, **params)])


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
    near = nearest(name, names)
    if otherwise and not near:
        return otherwise
    return filled(*_suggestion(form.format(near) if near else "", map(form.format, names)))


def suggestion(name: str, known: Iterable[str]) -> tuple[str, dict[str, Param]]:
    """The same hint with the names that it speaks of apart from it."""
    names = [*known]
    return _suggestion(nearest(name, names), names)


def _suggestion(near: str, names: Iterable[str]) -> tuple[str, dict[str, Param]]:
    if near:
        return "did you mean {near}?", {"near": near}
    known = ", ".join(names)
    return ("known: {known}", {"known": known}) if known else ("known: nothing", {})


def require_known(name: str, known: Iterable[str], *, place: str, code: str, what: str) -> None:
    """Refuse a name that is not among the known ones, with the one that may be meant.

    Raises:
        UsageError: of the code, at the place, saying what there is not.
    """
    names = [*known]
    if name not in names:
        raise UsageError.of(code, place, what, did_you_mean(name, names))
