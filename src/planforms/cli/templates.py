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
    from planforms.translating.copies import Copied

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

    _add_word(actions)


def _add_word(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    summary = "write a Word template to begin with, made from a built-in template"
    word = add_command(actions, "word", _word, summary)
    word.add_argument("kind", metavar="KIND", help="a kind of document")
    word.add_argument("language", metavar="LANGUAGE", help="a language, such as no or nb-NO")
    word.add_argument("--service", help="the service whose letterhead it has")
    add_folders(word, "services")
    word.add_argument(
        "-o", "--output", metavar="DIR", help="your folder; my-templates if not given"
    )
    word.add_argument(
        "--replace", action="store_true", help="throw away what you have changed in Word"
    )


def _word(options: argparse.Namespace) -> int:
    """Write a Word template to begin with."""
    from planforms.translating.copies import Existing
    from planforms.translating.word_starters import put_word_template, word_template

    content = word_template(options.kind, options.language, options.service, options.services)
    folder = Path(options.output or "my-templates")
    existing = Existing.REPLACE if options.replace else Existing.REFUSE
    _tell(put_word_template(content, options.kind, options.language, folder, existing), options)
    return 0


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
    _tell(copied, options)
    return 0


def _tell(copied: Copied, options: argparse.Namespace) -> None:
    """Print where a file lies now, and whether it was written."""
    if options.json:
        print(json.dumps({"path": str(copied.path), "written": copied.written}, ensure_ascii=False))
    else:
        print(f"{copied.path}\t{'written' if copied.written else 'kept'}")


def add_diff_options(parser: argparse.ArgumentParser) -> None:
    """The options of ``diff``."""
    parser.add_argument("kind", metavar="KIND", help="a kind of document, _parts or terms")
    parser.add_argument("language", metavar="LANGUAGE", help="a language, such as no or nb-NO")
    add_folders(parser, "templates")
    parser.add_argument(
        "--against", metavar="LANGUAGE", help="the only other language to show; all if not given"
    )

    parser.add_argument(
        "--word", action="store_true", help="show where your Word template says something else"
    )


def diff(options: argparse.Namespace) -> int:
    """Show words beside the old ones and the other languages, or those of a Word template."""
    from planforms.checking.sources import read_sources
    from planforms.setting import folder_paths
    from planforms.translating.comparison import compare
    from planforms.translating.word_comparison import compare_word

    folders = folder_paths(options.templates)
    sources, language = read_sources(folders), options.language
    if options.word:
        if options.against:
            raise UsageError.of("diff.against", "--against", "cannot stand beside --word")
        rows, names = compare_word(sources, options.kind, language), (".html", ".docx")
    else:
        before = read_sources() if folders else None
        rows = compare(sources, before, options.kind, language, options.against)
        names = ("before" if folders else "", language)
    if options.json:
        print(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        print("\n\n".join(_shown(row, *names) for row in rows))
    else:
        print("no words differ", file=sys.stderr)
    return 0


def _shown(row: Row, before: str, now: str) -> str:
    """A row for a terminal: each version on lines of its own, behind its name.

    Args:
        row: the row.
        before: what its earlier version is called; empty if nothing is compared.
        now: what its other one is called.
    """
    versions = {before: row.before or "(nothing)"} if before else {}
    versions |= {now: row.now or "(nothing)", **row.beside}
    lines = [f"{row.place}  {row.section}"]
    for name, words in versions.items():
        start = f"  {name:8}"
        lines += textwrap.wrap(
            words, WIDTH, initial_indent=start, subsequent_indent=" " * len(start)
        )
    return "\n".join(lines)
