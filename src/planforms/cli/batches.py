"""The command ``batch``: its options, its progress and its answer."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from planforms.cli.options import (
    add_beside,
    add_easy,
    add_engine,
    add_large,
    add_mode,
    day,
    span,
)
from planforms.errors import Severity, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from planforms.batching.planning import Item
    from planforms.batching.running import Batch

    Progress = Callable[[Item, int, int], None]

OUTCOMES = ("rendered", "unchanged", "failed", "blocked")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("input", metavar="INPUT", help="a folder, a JSON file, JSON Lines, or -")
    parser.add_argument("-o", "--output", required=True, metavar="DIR", help="where to write")
    parser.add_argument("--kind", action="append", help="only this kind; may be repeated")
    parser.add_argument(
        "--format",
        action="append",
        metavar="SUFFIX",
        help="pdf (if none is named), docx, html or txt; may be repeated",
    )
    parser.add_argument("--workers", type=_positive, metavar="N", help="processes; one for a core")
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day to reckon from; today if not given"
    )
    parser.add_argument(
        "--due-within", type=span, metavar="SPAN", help="only what is due by then: 14d or 2w"
    )
    parser.add_argument("--copies", action="store_true", help="a numbered copy for each receiver")
    parser.add_argument(
        "--names",
        choices=["case", "sequence"],
        default="case",
        help="name files by case number, or by a number that tells nothing",
    )
    add_easy(parser)
    add_large(parser)
    add_engine(parser)
    add_mode(parser)
    add_beside(parser)
    parser.add_argument("--scheduler", metavar="ADDRESS", help="run on this Dask cluster")
    parser.add_argument("--quiet", action="store_true", help="show no progress")


def run(options: argparse.Namespace) -> int:
    """Run the batch; 1 if a document failed, else 0."""
    from planforms.batching.running import batch

    with (
        _cluster(options.scheduler) as (executor, threads),
        _progress(quiet=options.quiet) as progress,
    ):
        done = batch(
            sys.stdin.buffer if options.input == "-" else options.input,
            options.output,
            formats=options.format or ("pdf",),
            kinds=options.kind,
            easy=options.easy,
            language=options.language,
            beside=options.beside,
            templates=options.templates,
            services=options.services,
            as_of=options.as_of or date.today(),
            due_within=options.due_within,
            copies=options.copies,
            names=options.names,
            large=options.large,
            engine=options.engine,
            mode=options.mode,
            workers=options.workers or threads,
            executor=executor,
            progress=progress,
        )
    if options.json:
        print(json.dumps(_as_json(done), ensure_ascii=False, indent=2))
    else:
        _summarise(done)
    return 0 if done.complete else 1


# --- reading options ------------------------------------------------------------------------


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


@contextmanager
def _cluster(address: str | None) -> Iterator[tuple[Executor | None, int | None]]:
    """An executor on a Dask cluster, and how many documents it can work on at once."""
    if address is None:
        yield None, None
        return
    try:
        from planforms.batching.cluster import connect
    except ImportError:
        hint = "install planforms[dask]"
        raise UsageError.of("batch.dask", "--scheduler", "Dask is not installed", hint) from None
    with connect(address) as cluster:
        yield cluster


# --- showing progress -----------------------------------------------------------------------


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as show:
            yield show
    else:
        yield _print_line


def _print_line(item: Item, done: int, total: int) -> None:
    name = item.name or item.place
    print(f"{done}/{total} {_word(item)} {name}", file=sys.stderr, flush=True)


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=None, rate="")

        def show(_item: Item, done: int, total: int) -> None:
            speed = progress.tasks[0].speed
            rate = f"{speed:.1f} documents/s" if speed else ""
            progress.update(task, total=total, completed=done, rate=rate)

        yield show


# --- the answer -----------------------------------------------------------------------------


def _summarise(done: Batch) -> None:
    counts = ", ".join(f"{name} {number}" for name, number in _counts(done).items())
    print(f"records {done.records}, {counts}")
    for problem in done.problems:
        print(f"{problem.severity.value}: {problem}", file=sys.stderr)
    for item in done.items:
        for problem in item.problems:
            what = _word(item) if problem.severity is Severity.ERROR else problem.severity.value
            print(f"{what}: {item.place}: {problem}", file=sys.stderr)
    for item in done.overdue:
        name = item.name or item.place
        print(f"overdue since {item.due}: {name} ({_word(item)})", file=sys.stderr)


def _counts(done: Batch) -> dict[str, int]:
    outcomes = Counter(map(_word, done.items))
    return {name: outcomes[name] for name in OUTCOMES} | {"overdue": len(done.overdue)}


def _word(item: Item) -> str:
    return item.outcome.value if item.outcome else ""


def _as_json(done: Batch) -> dict[str, Any]:
    return {
        "records": done.records,
        "counts": _counts(done),
        "documents": [
            {
                "place": item.place,
                "name": item.name,
                "outcome": _word(item),
                "due": item.due.isoformat() if item.due else None,
                "overdue": item.is_overdue(done.as_of),
                "files": item.files,
                "problems": [problem.to_dict() for problem in item.problems],
            }
            for item in done.items
        ],
        "problems": [problem.to_dict() for problem in done.problems],
    }
