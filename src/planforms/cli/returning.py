"""The command ``read``: one form that came back, or a folder of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planforms.cli.options import add_folders, add_mode, shown
from planforms.errors import Problem, UsageError

if TYPE_CHECKING:
    from planforms.batching.returning import ReturnedFile

DONE, PROBLEMS = 0, 1
GOOD = ("complete", "partly")
"""What nobody must look at."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("source", metavar="INPUT", help="a form, a folder of them, or -")
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE|DIR",
        help="where to write what was read, as JSON; for a folder a folder; - is standard output",
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes; one for a core")
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    add_mode(parser)
    add_folders(parser, "templates", "services")


def run(options: argparse.Namespace) -> int:
    """Read what came back; 1 if something could not be read, else 0."""
    if options.source != "-" and Path(options.source).is_dir():
        return _read_folder(options)
    return _read_file(options)


# --- one form -------------------------------------------------------------------------------


def _read_file(options: argparse.Namespace) -> int:
    from planforms.batching.returning import told
    from planforms.readback.reading import read
    from planforms.writing import replace_file

    if options.output == "-" and options.json:
        what = "standard output can hold one answer alone"
        raise UsageError.of("output.twice", "--output", what)
    source = sys.stdin.buffer if options.source == "-" else Path(options.source)
    reading = told(read(source, templates=options.templates, services=options.services))
    if options.output == "-":
        sys.stdout.buffer.write(reading.values)
    else:
        replace_file(Path(options.output), reading.values, mode=options.mode)
    if options.json:
        print(_as_json({"written": options.output, "state": reading.state}, reading.problems))
    else:
        _report("", reading.problems)
        print(reading.state, file=sys.stderr)
    return DONE if reading.state in GOOD else PROBLEMS


# --- a folder -------------------------------------------------------------------------------


def _read_folder(options: argparse.Namespace) -> int:
    from planforms.batching.returning import read_folder

    done = read_folder(
        options.source,
        options.output,
        templates=options.templates,
        services=options.services,
        mode=options.mode,
        workers=options.workers,
        progress=None if options.quiet else _show,
    )
    counts = Counter(one.state.value for one in done)
    if options.json:
        files = [_file_as_json(one) for one in done]
        print(json.dumps({"counts": counts, "files": files}, ensure_ascii=False, indent=2))
    else:
        for one in done:
            _report(f"{shown(one.name)}: ", one.problems)
        print(", ".join(f"{state} {number}" for state, number in sorted(counts.items())))
    return DONE if set(counts) <= set(GOOD) else PROBLEMS


def _show(one: ReturnedFile, done: int, total: int) -> None:
    state = one.state.value if one.is_new else "unchanged"
    print(f"{done}/{total} {state} {shown(one.name)}", file=sys.stderr, flush=True)


def _file_as_json(one: ReturnedFile) -> dict[str, Any]:
    problems = [problem.to_dict() for problem in one.problems]
    files = {"written": list(one.files), "is_new": one.is_new}
    return {"name": one.name, "state": one.state.value, **files, "problems": problems}


# --- the answer -----------------------------------------------------------------------------


def _as_json(answer: dict[str, Any], problems: tuple[Problem, ...]) -> str:
    found = {**answer, "problems": [problem.to_dict() for problem in problems]}
    return json.dumps(found, ensure_ascii=False, indent=2)


def _report(before: str, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(f"{problem.severity.value}: {before}{shown(str(problem))}", file=sys.stderr)
