"""The commands ``templates`` and ``diff``: copies of one's own, and words beside each other."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from planforms.cli.options import add_command, add_folders
from planforms.errors import UsageError

if TYPE_CHECKING:
    from planforms.translating.comparison import Row

WIDTH = 100
LETTERHEAD = "letterhead"


def add_actions(parser: argparse.ArgumentParser) -> None:
    """What ``templates`` can do."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    summary = "put a built-in template, or the Word letterhead, into a folder of your own"
    copy = add_command(actions, "copy", _copy, summary)
    copy.add_argument(
        "kind", metavar="KIND", help="a kind of document, _parts, terms or letterhead"
    )
    copy.add_argument(
        "language",
        metavar="LANGUAGE",
        nargs="?",
        help="a language, such as no or nb-NO; none for letterhead",
    )
    help_ = "your folder; my-templates or, for letterhead, my-services if not given"
    copy.add_argument("-o", "--output", metavar="DIR", help=help_)
    changed = copy.add_mutually_exclusive_group()
    for choice, meaning in (
        ("keep", "keep a file that you have changed, and note that it is up to date"),
        ("replace", "throw away what you have changed"),
    ):
        changed.add_argument(
            f"--{choice}", dest="existing", action="store_const", const=choice, help=meaning
        )


def _copy(options: argparse.Namespace) -> int:
    """Copy one template, or the letterhead, which belongs to no language."""
    from planforms.translating.copies import Existing, copy_template
    from planforms.translating.letterheads import copy_letterhead

    existing = Existing(options.existing or "refuse")
    if (options.kind == LETTERHEAD) is bool(options.language):
        what = "the letterhead has no language" if options.language else "is missing"
        raise UsageError.of("copy.language", "LANGUAGE", what)
    if options.kind == LETTERHEAD:
        copied = copy_letterhead(Path(options.output or "my-services"), existing)
    else:
        folder = Path(options.output or "my-templates")
        copied = copy_template(options.kind, options.language, folder, existing)
    if options.json:
        print(json.dumps({"path": str(copied.path), "written": copied.written}, ensure_ascii=False))
    else:
        print(f"{copied.path}\t{'written' if copied.written else 'kept'}")
    return 0


def add_diff_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``diff``."""
    parser.add_argument("kind", metavar="KIND", help="a kind of document, _parts or terms")
    parser.add_argument("language", metavar="LANGUAGE", help="a language, such as no or nb-NO")
    add_folders(parser, "templates")
    parser.add_argument(
        "--against", metavar="LANGUAGE", help="the only other language to show; all if not given"
    )


def diff(options: argparse.Namespace) -> int:
    """Show words beside the old ones and the other languages."""
    from planforms.checking.sources import read_sources
    from planforms.setting import folder_paths
    from planforms.translating.comparison import compare

    folders = folder_paths(options.templates)
    before = read_sources() if folders else None
    language = options.language
    rows = compare(read_sources(folders), before, options.kind, language, options.against)
    if options.json:
        print(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        print("\n\n".join(_shown(row, language, compared=bool(folders)) for row in rows))
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
