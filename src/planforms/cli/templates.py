"""The commands ``templates`` and ``diff``: copies of one's own, and words beside each other."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planforms.checking.comparison import Row

WIDTH = 100


def add_actions(parser: argparse.ArgumentParser) -> None:
    """What ``templates`` can do."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    summary = "put a built-in template into a folder of your own"
    copy = actions.add_parser("copy", help=summary, description=summary, allow_abbrev=False)
    copy.add_argument("--json", action="store_true", help="answer and report in JSON")
    copy.add_argument("kind", metavar="KIND", help="a kind of document, _parts or terms")
    copy.add_argument("language", metavar="LANGUAGE", help="a language folder, such as no")
    copy.add_argument(
        "-o", "--output", metavar="DIR", default="my-templates", help="your folder; my-templates"
    )
    copy.set_defaults(command=_copy)
    changed = copy.add_mutually_exclusive_group()
    changed.add_argument(
        "--keep",
        dest="existing",
        action="store_const",
        const="keep",
        help="keep a file that you have changed, and note that it is up to date",
    )
    changed.add_argument(
        "--replace",
        dest="existing",
        action="store_const",
        const="replace",
        help="throw away what you have changed",
    )


def _copy(options: argparse.Namespace) -> int:
    """Copy one template."""
    from planforms.checking.copies import Existing, copy_template

    existing = Existing(options.existing or "refuse")
    copied = copy_template(options.kind, options.language, Path(options.output), existing)
    if options.json:
        print(json.dumps({"path": str(copied.path), "written": copied.written}, ensure_ascii=False))
    else:
        print(f"{copied.path}\t{'written' if copied.written else 'kept'}")
    return 0


def add_diff_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``diff``."""
    parser.add_argument("kind", metavar="KIND", help="a kind of document, _parts or terms")
    parser.add_argument("language", metavar="LANGUAGE", help="a language folder, such as no")
    parser.add_argument(
        "--templates",
        action="append",
        metavar="DIR",
        help="your folder, to compare with the built-in templates; may be repeated",
    )
    parser.add_argument(
        "--against", metavar="LANGUAGE", help="the only other language to show; all if not given"
    )


def diff(options: argparse.Namespace) -> int:
    """Show words beside the old ones and the other languages."""
    from planforms.checking.comparison import compare
    from planforms.checking.sources import read_sources
    from planforms.setting import folder_paths

    folders = folder_paths(options.templates)
    before = read_sources() if folders else None
    rows = compare(read_sources(folders), before, options.kind, options.language, options.against)
    if options.json:
        print(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        print("\n\n".join(_shown(row, options.language, compared=bool(folders)) for row in rows))
    else:
        print("no words differ", file=sys.stderr)
    return 0


def _shown(row: Row, language: str, *, compared: bool) -> str:
    """A row for a terminal: each version on lines of its own, behind its name."""
    versions = {"before": row.before or "(nothing)"} if compared else {}
    versions |= {language: row.now or "(nothing)", **row.beside}
    lines = [f"{row.place}  {row.section}"]
    for name, words in versions.items():
        start = f"  {name:8}"
        lines += textwrap.wrap(
            words, WIDTH, initial_indent=start, subsequent_indent=" " * len(start)
        )
    return "\n".join(lines)
