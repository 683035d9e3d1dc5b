"""The command ``due``: its options, its table and its answer in JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planforms.cli.options import day, span

if TYPE_CHECKING:
    from planforms.batching.agenda import Agenda, OpenDeadline
    from planforms.batching.wording import DeadlineNames

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
    parser.add_argument("input", metavar="INPUT", help="a folder, a JSON file, JSON Lines, or -")
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
    parser.add_argument(
        "--ics",
        type=Path,
        metavar="FILE",
        help="also put the deadlines and the coming meetings into this file for calendars",
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar="SERVICE",
        help="also what this service owes by the calendar, such as statistics of each month",
    )


def run(options: argparse.Namespace) -> int:
    """Print what is due; 1 if a record has problems, else 0."""
    from planforms.batching.agenda import agenda
    from planforms.batching.wording import DeadlineNames
    from planforms.setting import folder_paths

    as_of = options.as_of or date.today()
    folders = folder_paths(options.templates), folder_paths(options.services)
    names = DeadlineNames(options.language, *folders)
    found = agenda(
        sys.stdin.buffer if options.input == "-" else options.input,
        as_of=as_of,
        within=options.within,
        services=options.services,
        units=options.unit,
    )
    if options.ics:
        _write_calendar(found, as_of, options)
    if options.json:
        print(json.dumps(_as_json(found, as_of, names), ensure_ascii=False, indent=2))
    else:
        _print(found, as_of, as_of + min(options.within, date.max - as_of), names)
        for place, problem in found.problems:
            print(f"error: {place}: {problem}", file=sys.stderr)
        print(f"records read: {found.records}", file=sys.stderr)
    for problem in names.missing:
        print(f"warning: {problem}", file=sys.stderr)
    return 1 if found.problems else 0


def _write_calendar(found: Agenda, as_of: date, options: argparse.Namespace) -> None:
    from planforms.batching.calendar_file import to_ics
    from planforms.writing import replace_file

    content = to_ics(
        found,
        as_of=as_of,
        language=options.language,
        templates=options.templates,
        services=options.services,
    )
    replace_file(options.ics, content)


# --- the answer -------------------------------------------------------------------------------


def _print(found: Agenda, as_of: date, last: date, names: DeadlineNames) -> None:
    say = _terminal() if sys.stdout.isatty() else _say_plainly
    rows = [(deadline, _row(deadline, as_of, names)) for deadline in found.deadlines]
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


def _row(deadline: OpenDeadline, as_of: date, names: DeadlineNames) -> tuple[str, ...]:
    due = str(deadline.due) if deadline.due else "withheld"
    return due, _distance(deadline, as_of), deadline.case, deadline.service, names(deadline)


def _distance(deadline: OpenDeadline, as_of: date) -> str:
    days = (deadline.due - as_of).days if deadline.due else 0
    if days == 0:
        return "today" if deadline.due else ""
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


def _as_json(found: Agenda, as_of: date, names: DeadlineNames) -> dict[str, Any]:
    groups = [deadline.group.value for deadline in found.deadlines]
    return {
        "as_of": as_of.isoformat(),
        "records": found.records,
        "counts": {group: groups.count(group) for group in HEADINGS},
        "deadlines": [_deadline_as_json(deadline, as_of, names) for deadline in found.deadlines],
        "problems": [{"record": place, **problem.to_dict()} for place, problem in found.problems],
    }


def _deadline_as_json(deadline: OpenDeadline, as_of: date, names: DeadlineNames) -> dict[str, Any]:
    return {
        "group": deadline.group.value,
        "due": deadline.due.isoformat() if deadline.due else None,
        "days": (deadline.due - as_of).days if deadline.due else None,
        "case": deadline.case,
        "service": deadline.service,
        "rule": deadline.rule,
        "kind": deadline.kind or None,
        "name": names(deadline),
    }
