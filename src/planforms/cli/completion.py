"""The command ``completion``: a script that lets a shell complete what somebody types."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

SHELLS = ("bash", "zsh", "tcsh")
_FOLDERS = frozenset({"DIR"})
_FILES = frozenset({"FILE", "DATA", "INPUT"})


def add_options(parser: argparse.ArgumentParser, whole: argparse.ArgumentParser) -> None:
    """The options of the command.

    Args:
        parser: the command's own parser.
        whole: the parser of all commands, which the script is made of.
    """
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))
    parser.set_defaults(whole=whole)


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from planforms.languages import list_languages
    from planforms.registry import KINDS
    from planforms.services import list_services

    known = {"KIND": tuple(KINDS), "LANGUAGE": tuple(list_languages())}
    known |= {"--service": tuple(list_services()), "--language": known["LANGUAGE"]}
    for action in _actions(options.whole):
        names = [name for name in (str(action.metavar), *action.option_strings) if name in known]
        if names and not action.choices:
            action.choices = known[names[0]]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    print(shtab.complete(options.whole, options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of a parser and of the commands below it."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _actions(one)
        else:
            yield action
