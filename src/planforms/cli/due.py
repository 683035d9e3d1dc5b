"""The command ``due``: its options, its table and its answer in JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from planforms.cli.times import day, span
from planforms.errors import Problem, TemplateError

if TYPE_CHECKING:
    from planforms.batching.agenda import Agenda, Entry

FORTNIGHT = timedelta(days=14)
HEADINGS = {
    "overdue": ("Overdue", "bold red"),
    "due": ("Due by {last}", "bold"),
    "blocked": ("Blocked: somebody must see to it by hand", "bold"),
    "later": ("Later", "bold"),
}
"""The heading of each group, and how it looks on a terminal."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("input", metavar="INPUT", help="a folder, a JSON Lines file, or -")
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day to reckon from; today if not given"
    )
    parser.add_argument(
        "--within",
        type=span,
        default=FORTNIGHT,
        metavar="SPAN",
        help="what is due by then comes before what is later: 14d (if not given) or 2w",
    )


def run(options: argparse.Namespace) -> int:
    """Print what is due; 1 if a record has problems, else 0."""
    from planforms.batching.agenda import agenda

    as_of = options.as_of or date.today()
    names = _Names(options)
    found = agenda(
        sys.stdin.buffer if options.input == "-" else options.input,
        as_of=as_of,
        within=options.within,
        services=options.services,
    )
    if options.json:
        print(json.dumps(_as_json(found, as_of, names), ensure_ascii=False, indent=2))
    else:
        _print(found, as_of, as_of + options.within, names)
        for place, problem in found.problems:
            print(f"error: {place}: {problem}", file=sys.stderr)
    for problem in names.missing:
        print(f"warning: {problem}", file=sys.stderr)
    return 1 if found.problems else 0


# --- names ------------------------------------------------------------------------------------


class _Names:
    """The names of rules in the language asked for, else in each service's own."""

    def __init__(self, options: argparse.Namespace) -> None:
        from planforms.languages import load_words
        from planforms.setting import folder_paths

        self._language: str | None = options.language
        self._templates = folder_paths(options.templates)
        self._services = folder_paths(options.services)
        self._known: dict[tuple[str, str, str], str] = {}
        self.missing: dict[Problem, None] = {}
        if self._language:
            load_words(self._language, self._templates)

    def __call__(self, entry: Entry) -> str:
        """What is due, and in which document; a rule without a name is told by its key."""
        key = entry.service, entry.kind, entry.rule
        if key not in self._known:
            self._known[key] = self._name(entry)
        return self._known[key]

    def _name(self, entry: Entry) -> str:
        name = self._term(entry, "deadline", entry.rule)
        if not entry.kind:
            return name
        from planforms.services import load_service

        title = load_service(entry.service, self._services).document(entry.kind).title
        return f"{name} ({self._term(entry, 'title', title or entry.kind)})"

    def _term(self, entry: Entry, context: str, key: str) -> str:
        from planforms.languages import load_words

        try:
            return load_words(self._language or entry.language, self._templates).term(context, key)
        except TemplateError as error:
            self.missing.update(dict.fromkeys(error.problems))
            return key


# --- the answer -------------------------------------------------------------------------------


def _print(found: Agenda, as_of: date, last: date, names: _Names) -> None:
    say = _terminal() if sys.stdout.isatty() else _say_plainly
    rows = [(entry, _row(entry, as_of, names)) for entry in found.entries]
    widths = [max(map(len, column)) for column in zip(*(row for _, row in rows), strict=True)]
    for group, members in groupby(rows, key=lambda row: row[0].group.value):
        lines = [row for _, row in members]
        heading, style = HEADINGS[group]
        say(f"{heading.format(last=last)} ({len(lines)})", style)
        for row in lines:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            say(f"  {'  '.join(cells)}".rstrip(), "")
    if not rows:
        say("nothing is due", "")


def _row(entry: Entry, as_of: date, names: _Names) -> tuple[str, ...]:
    due = str(entry.due) if entry.due else "withheld"
    return due, _distance(entry, as_of), entry.case, entry.service, names(entry)


def _distance(entry: Entry, as_of: date) -> str:
    days = (entry.due - as_of).days if entry.due else 0
    if days == 0:
        return "today" if entry.due else ""
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days} {unit}" if days > 0 else f"{-days} {unit} ago"


def _say_plainly(text: str, _style: str) -> None:
    print(text)


def _terminal() -> Callable[[str, str], None]:
    from rich.console import Console

    console = Console(highlight=False)

    def say(text: str, style: str) -> None:
        if style:
            console.print(text, style=style, markup=False, soft_wrap=True)
        else:
            print(text)

    return say


def _as_json(found: Agenda, as_of: date, names: _Names) -> dict[str, Any]:
    groups = [entry.group.value for entry in found.entries]
    return {
        "as_of": as_of.isoformat(),
        "counts": {group: groups.count(group) for group in HEADINGS},
        "deadlines": [_entry(entry, as_of, names) for entry in found.entries],
        "problems": [{"record": place, **problem.to_dict()} for place, problem in found.problems],
    }


def _entry(entry: Entry, as_of: date, names: _Names) -> dict[str, Any]:
    return {
        "group": entry.group.value,
        "due": entry.due.isoformat() if entry.due else None,
        "days": (entry.due - as_of).days if entry.due else None,
        "case": entry.case,
        "service": entry.service,
        "rule": entry.rule,
        "kind": entry.kind or None,
        "name": names(entry),
    }
