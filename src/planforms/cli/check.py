"""The command ``check``: what is wrong with words and templates, as a compiler would tell it."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planforms.cli.options import add_folders, day
from planforms.errors import Problem, Severity

if TYPE_CHECKING:
    from planforms.checking.findings import Finding

WIDTH = 100
"""Letters of a source line that are shown; of a longer one those around the mark."""
BEFORE_MARK = 40
"""Letters that are shown before the mark in a line that is too long."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_folders(parser, "templates", "services", "data")
    parser.add_argument(
        "--format",
        choices=["text", "github"],
        default="text",
        help="text with the line and a mark, or annotations for GitHub Actions",
    )
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day to reckon from; today if not given"
    )
    parser.add_argument(
        "--outdated",
        action="store_true",
        help="tell also which translations nobody has looked at since another language changed",
    )
    parser.add_argument(
        "--accept",
        nargs=2,
        metavar=("KIND", "LANGUAGE"),
        help="note that this translation has been looked at, and check nothing",
    )


def run(options: argparse.Namespace) -> int:
    """Check all templates; 1 if anything must be mended, else 0."""
    from planforms.checking.checks import check

    if options.accept:
        return _accept(options)
    with _uncollected():
        problems = check(
            templates=options.templates,
            services=options.services,
            data=options.data,
            as_of=options.as_of or date.today(),
            outdated=options.outdated,
            pages=bool(options.templates),
        )
    if options.json:
        found = {"problems": [problem.to_dict() for problem in problems]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show = _annotation if options.format == "github" else _shown
        for problem in problems:
            print(show(problem))
    print(_summary(problems), file=sys.stderr)
    return int(any(problem.severity is Severity.ERROR for problem in problems))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No collecting of garbage: trees of templates are many objects, and it takes a fifth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _accept(options: argparse.Namespace) -> int:
    from planforms.checking.sources import read_sources
    from planforms.setting import folder_paths
    from planforms.translating.outdated import accept

    path = accept(read_sources(folder_paths(options.templates)), *options.accept)
    print(json.dumps({"path": str(path)}) if options.json else path)
    return 0


def _summary(problems: Sequence[Problem]) -> str:
    counts = Counter(problem.severity.value for problem in problems)
    told = (f"{counts[key]} {key}{'s' * (counts[key] != 1)}" for key in Severity if counts[key])
    return ", ".join(told) or "no problems"


def _file(finding: Finding) -> str:
    """A finding's file, from the working directory if it lies below that."""
    path = Path(os.path.relpath(finding.file))
    return finding.file if path.parts[0] == os.pardir else str(path)


# --- text -----------------------------------------------------------------------------------


def _shown(problem: Problem) -> str:
    """A problem with its line and a mark under the letters that it is about."""
    from planforms.checking.findings import Finding

    if not isinstance(problem, Finding):
        return f"{problem.severity.value}: {problem}\n"
    number = f"{problem.line:5}" if problem.is_of_lines else " " * 5
    lines = [f"{_place(problem)}: {problem.severity.value}: {problem.message} [{problem.code}]"]
    if problem.is_of_lines or problem.source:
        source, mark = _source_and_mark(problem)
        lines += [f"{number} | {source}", f"{' ' * len(number)} | {mark}"]
    if problem.hint:
        lines.append(f"{' ' * len(number)} = {problem.hint}")
    return "\n".join((*lines, ""))


def _place(finding: Finding) -> str:
    """Where something is wrong: file, line and column, or the paragraph of a Word file."""
    if finding.is_of_lines:
        return f"{_file(finding)}:{finding.line}:{finding.column}"
    return ": ".join(filter(None, (_file(finding), finding.where)))


def _source_and_mark(finding: Finding) -> tuple[str, str]:
    """The source line, cut if it is long, and the line that marks letters in it."""
    from rich.cells import cell_len

    source, start = finding.source, finding.column - 1
    end = max(min(start + len(finding.text.split("\n")[0]), len(source)), start + 1)
    cut = max(0, min(start - BEFORE_MARK, len(source) - WIDTH))
    last = cut + WIDTH
    before, marked = source[cut:start], source[start : min(end, last)]
    dots = "…" if cut else ""
    space = "".join("\t" if letter == "\t" else " " * cell_len(letter) for letter in before)
    mark = " " * len(dots) + space + "^" * max(cell_len(marked), 1)
    return dots + source[cut:last] + ("…" if last < len(source) else ""), mark


# --- annotations ----------------------------------------------------------------------------


def _annotation(problem: Problem) -> str:
    """A problem as a workflow command of GitHub Actions."""
    from planforms.checking.findings import Finding

    words = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    where = {"title": problem.code}
    if isinstance(problem, Finding) and not problem.is_of_lines:
        where |= {"file": _file(problem)}
        words = f"{problem.where}: {words}" if problem.where else words
    elif isinstance(problem, Finding):
        where |= {"file": _file(problem), "line": str(problem.line), "col": str(problem.column)}
        width = len(problem.text.split("\n")[0])
        where |= {"endColumn": str(problem.column + width)} if width else {}
    given = ",".join(f"{key}={_escape(value, ':,')}" for key, value in where.items())
    level = "notice" if problem.severity is Severity.NOTE else problem.severity.value
    return f"::{level} {given}::{_escape(words)}"


def _escape(text: str, also: str = "") -> str:
    """A text as values of workflow commands hold it."""
    for letter in "%\r\n" + also:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
