"""What the commands have in common: how they are added, folders, days and spans of time."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NoReturn

from planforms.errors import nearest
from planforms.writers import ENGINES

_FOLDERS = {
    "templates": "a folder that comes before the built-in templates",
    "services": "a folder that comes before the built-in profiles",
    "data": "a folder of case data to try the templates with",
}


def shown(text: str) -> str:
    """A text as it can be printed on a terminal: no letter of it steers the terminal."""
    return "".join(one if one.isprintable() or one == "\n" else "\ufffd" for one in text)


class Parser(argparse.ArgumentParser):
    """A parser that helps with spelling, and whose messages steer no terminal."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong, and what may have been meant, and end with status 2."""
        super().error(shown(message + self._meant(message)))

    def _meant(self, message: str) -> str:
        """The command, key or option that may have been meant by one that there is not."""
        choice = _CHOICE.search(message)
        if choice:
            near = nearest(choice[1], re.findall(r"[\w.-]+", choice[2]))
        else:
            unknown = _UNKNOWN.search(message)
            near = nearest(unknown[1], _options(self)) if unknown else ""
        return f"; did you mean {near}?" if near else ""


_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from (.*)\)")
_UNKNOWN = re.compile(r"unrecognized arguments: (--[\w-]+)")


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """The options of a parser and of the commands below it."""
    found = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= set().union(*map(_options, action.choices.values()))
    return found


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


def add_beside(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a second language."""
    help_ = "a second language, whose words stand beside those that count"
    parser.add_argument("--beside", metavar="LANGUAGE", help=help_)


def add_mode(parser: argparse.ArgumentParser) -> None:
    """Add the option that says what others may do with new files."""
    help_ = "what others may do with new files, such as 640; nothing if not given"
    parser.add_argument("--mode", type=_mode, default=0o600, metavar="MODE", help=help_)


def add_easy(parser: argparse.ArgumentParser) -> None:
    """Add the option that asks for the easy sheet of a paper."""
    help_ = "the easy sheet that explains the paper, in its stead; not every kind has one"
    parser.add_argument("--easy", action="store_true", help=help_)


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add the option that says what lays out a PDF."""
    help_ = f"what lays out a PDF: {' or '.join(ENGINES)}; {ENGINES[0]} if not given"
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=help_)


def add_large(parser: argparse.ArgumentParser) -> None:
    """Add the option for large print."""
    help_ = "in large print: letters of 18 points, less beside one another"
    parser.add_argument("--large", action="store_true", help=help_)


def _mode(text: str) -> int:
    if not re.fullmatch("0?[0-7]{3}", text):
        raise argparse.ArgumentTypeError("write it as 600, 640 or 644")
    return int(text, 8)


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
