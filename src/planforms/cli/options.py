"""What the commands have in common: how they are added, folders, days and spans of time."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date, timedelta

_FOLDERS = {
    "templates": "a folder that comes before the built-in templates",
    "services": "a folder that comes before the built-in profiles",
    "data": "a folder of case data to try the templates with",
}


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    """Add a command that a function runs."""
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="answer and report in JSON")
    parser.set_defaults(command=function)
    return parser


def add_folders(parser: argparse.ArgumentParser, *names: str) -> None:
    """Add options that name folders: ``templates``, ``services`` or ``data``."""
    for name in names:
        summary = f"{_FOLDERS[name]}; may be repeated"
        parser.add_argument(f"--{name}", action="append", metavar="DIR", help=summary)


def day(text: str) -> date:
    """A day, written ``2026-11-22``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the day as YYYY-MM-DD") from None


def span(text: str) -> timedelta:
    """A span of time, written ``14d`` or ``2w``."""
    match = re.fullmatch(r"(\d{1,4})([dw])", text)
    if not match:
        raise argparse.ArgumentTypeError("write it as 14d or 2w")
    return timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
