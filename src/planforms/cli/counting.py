"""The command ``count``: from cases to the statistics of a period."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from planforms.cli.options import add_engine, add_folders, add_mode


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("input", metavar="INPUT", help="a folder, a JSON file, JSON Lines, or -")
    parser.add_argument("--service", required=True, help="the service whose cases are counted")
    parser.add_argument(
        "--period",
        required=True,
        help="2026 or 2026-Q1; with --internal also a month, 2026-03",
    )
    parser.add_argument(
        "--internal",
        action="store_true",
        help="tell all numbers, for the unit alone; else those of few people are hidden",
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="where to write: .json is the document's data, to be completed; .pdf, .docx or .html "
        "is its draft; - prints the data",
    )
    add_engine(parser)
    add_mode(parser)
    parser.add_argument("--language", help="language of the document; the service's own if absent")
    add_folders(parser, "templates", "services")


def run(options: argparse.Namespace) -> int:
    """Count, and write what was counted."""
    from planforms.batching.counting import count
    from planforms.rendering import render
    from planforms.writing import format_of, replace_files, to_bytes

    data = count(
        sys.stdin.buffer if options.input == "-" else options.input,
        service=options.service,
        period=options.period,
        internal=options.internal,
        language=options.language,
        services=options.services,
    )
    text = (
        json.dumps(data.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=2)
        + "\n"
    )
    if options.output == "-":
        print(text, end="")
        return 0
    path = Path(options.output)
    if path.suffix.lower() == ".json":
        content = text.encode()
    else:
        suffix = format_of(options.output)
        document = render(data, templates=options.templates, services=options.services)
        content = to_bytes(document, suffix, engine=options.engine)
    replace_files({path: content}, mode=options.mode)
    return 0
