"""The command ``envelope``: the papers of a case for one receiver, as a file or as a folder."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planforms.cli.options import add_beside, add_engine, add_large, add_mode, day

if TYPE_CHECKING:
    from planforms.batching.envelope import Envelope
    from planforms.models.documents import CaseDocument


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command, without those for folders."""
    parser.add_argument(
        "papers", nargs="+", metavar="CASE", help="JSON files, or folders with them, of one case"
    )
    parser.add_argument(
        "--to",
        required=True,
        metavar="RECEIVER",
        help="participant, or a secrecy area of the service, such as ifo",
    )
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day on which they go; today if not given"
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="PATH",
        help="a file that ends in .pdf, .docx, .html or .txt, or a folder for a PDF of each paper",
    )
    parser.add_argument(
        "--sheet", metavar="FILE", help="where to tell, for the service, what was left out and why"
    )
    add_large(parser)
    add_beside(parser)
    add_engine(parser)
    add_mode(parser)


def run(options: argparse.Namespace) -> int:
    """Write what goes, and tell what does not."""
    from planforms.batching.envelope import envelope
    from planforms.writing import replace_files

    found = envelope(
        _papers(options.papers),
        options.to,
        as_of=options.as_of or date.today(),
        beside=options.beside,
        templates=options.templates,
        services=options.services,
    )
    contents = _contents(found, options)
    if _is_folder(options.output):
        Path(options.output).mkdir(exist_ok=True)
    replace_files(contents, mode=options.mode)
    left_out = [
        {
            "title": one.title,
            "issued_on": one.issued_on.isoformat() if one.issued_on else None,
            "reason": one.reason,
        }
        for one in found.left_out
    ]
    if options.json:
        written = [str(path) for path in contents]
        print(json.dumps({"written": written, "left_out": left_out}, ensure_ascii=False, indent=2))
    for one in () if options.json else left_out:
        named = ", ".join(filter(None, (one["title"], one["issued_on"])))
        print(f"left out: {named}: {one['reason']}", file=sys.stderr)
    return 0


def _papers(paths: Sequence[str]) -> list[CaseDocument]:
    """The papers in some files and folders.

    Raises:
        DataError: some are no papers of a case; all problems are told, each with its file.
    """
    from planforms.errors import DataError
    from planforms.loading import load
    from planforms.models.documents import CaseDocument

    papers, problems = [], []
    for file in _files(map(Path, paths)):
        try:
            papers.append(load(file, CaseDocument))
        except DataError as error:
            problems += [replace(one, place=f"{file}: {one.place}") for one in error.problems]
    if problems:
        raise DataError(problems)
    return papers


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    from planforms.batching.records import files_in

    for path in paths:
        yield from files_in(path, (".json",)) if path.is_dir() else (path,)


def _contents(found: Envelope, options: argparse.Namespace) -> dict[Path, bytes]:
    """The bytes of every file, made before the first of them is written."""
    from planforms.placement import large_print
    from planforms.writing import format_of, to_bytes

    whole, papers = found.document, found.papers
    if options.large:
        whole, papers = large_print(whole), tuple(map(large_print, papers))
    if _is_folder(options.output):
        contents = {
            Path(options.output, f"{number:02}-{paper.kind}-{paper.issued_on}.pdf"): to_bytes(
                paper, "pdf", engine=options.engine
            )
            for number, paper in enumerate(papers, start=1)
        }
    else:
        suffix = format_of(options.output)
        contents = {Path(options.output): to_bytes(whole, suffix, engine=options.engine)}
    if options.sheet and found.sheet:
        suffix = format_of(options.sheet)
        contents[Path(options.sheet)] = to_bytes(found.sheet, suffix, engine=options.engine)
    return contents


def _is_folder(output: str) -> bool:
    return output.endswith("/") or Path(output).is_dir() or not Path(output).suffix
