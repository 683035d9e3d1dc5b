"""Where a mistake in a macro is told: in the macro, or where it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planforms.checking.findings import Finding

Macro = tuple[str, str]
"""A macro by the path of its file and its name."""
Call = tuple[str, int]
"""A call by the path of its file and its place there."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding, and what could be told in its stead.

    Attributes:
        finding: what is wrong, told where it shows.
        macro: the outermost macro that it shows in, if it depends on how that is called.
        call: the call of that macro.
        at_call: the same, told about the call.
        fits: whether the macro could use what the call gave it for something else.
    """

    finding: Finding
    macro: Macro | None = None
    call: Call | None = None
    at_call: Finding | None = None
    fits: bool = False


def settle(troubles: Iterable[Trouble], calls: Mapping[Macro, set[Call]]) -> list[Finding]:
    """The findings to be told, each once.

    What goes wrong in every call of a macro is the macro's mistake, unless there is only one call
    and nothing about it fits; what goes wrong in some is the mistake of these.

    Args:
        troubles: what was found, macros being looked into at each call.
        calls: all calls of each macro.
    """
    settled: dict[tuple[str, int, int, str], Finding] = {}
    at_calls: dict[tuple[str, int, int], Finding] = {}
    groups: dict[Finding, list[Trouble]] = {}
    for trouble in troubles:
        groups.setdefault(trouble.finding, []).append(trouble)
    for finding, group in groups.items():
        if _is_of_macro(group, calls):
            settled.setdefault((finding.file, finding.line, finding.column, finding.code), finding)
            continue
        for told in (trouble.at_call for trouble in group if trouble.at_call):
            at_calls.setdefault((told.file, told.line, told.column), told)
    return [*settled.values(), *at_calls.values()]


def _is_of_macro(group: list[Trouble], calls: Mapping[Macro, set[Call]]) -> bool:
    if any(trouble.at_call is None for trouble in group):
        return True
    failing = {trouble.call for trouble in group}
    every = calls.get(group[0].macro or ("", ""), set())
    return failing >= every and (len(every) > 1 or group[0].fits)
