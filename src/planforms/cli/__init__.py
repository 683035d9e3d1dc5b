"""The command line: answers on standard output, everything else on standard error.

Exit status 0: done. 1: the data, a template or a profile has problems. 2: the call cannot be
carried out (no such file, not JSON, unknown option). Heavy imports wait until they are needed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planforms import __version__
from planforms.cli import check, due, templates
from planforms.cli.batches import add_options, run
from planforms.cli.options import add_command, add_folders
from planforms.errors import PlanformsError, Problem, UsageError

if TYPE_CHECKING:
    from planforms.document import Document

DONE, PROBLEMS, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status comes back."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except PlanformsError as error:
        _report(error.problems, as_json=options.json)
        return UNUSABLE if _is_unusable(error) else PROBLEMS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("planforms: stopped; the same call again does what is left", file=sys.stderr)
        return 130


def _is_unusable(error: PlanformsError) -> bool:
    codes = {problem.code for problem in error.problems}
    return isinstance(error, UsageError) or bool(codes & {"data.json", "data.encoding"})


# --- commands -------------------------------------------------------------------------------


def _kinds(options: argparse.Namespace) -> int:
    from planforms.languages import list_languages, load_words
    from planforms.rendering import kinds

    words = [load_words(code) for code in list_languages()]
    titles = {
        kind: {one.code: one.term("title", kind) for one in words if one.has("title", kind)}
        for kind in kinds()
    }
    if options.json:
        print(json.dumps(titles, ensure_ascii=False, indent=2))
        return DONE
    for kind, names in titles.items():
        print(f"{kind}\t" + ", ".join(f"{name} ({code})" for code, name in names.items()))
    return DONE


def _render(options: argparse.Namespace) -> int:
    from planforms.loading import load
    from planforms.rendering import render

    data = load(sys.stdin.buffer if options.data == "-" else Path(options.data))
    document = render(
        data, language=options.language, templates=options.templates, services=options.services
    )
    return _write(document, options)


def _blank(options: argparse.Namespace) -> int:
    from planforms.rendering import blank

    document = blank(
        options.kind,
        service=options.service,
        language=options.language,
        templates=options.templates,
        services=options.services,
    )
    return _write(document, options)


def _schema(options: argparse.Namespace) -> int:
    from planforms.registry import KINDS

    schema = KINDS.named(options.kind, "KIND").model.model_json_schema()
    print(json.dumps(schema, ensure_ascii=False, indent=2))
    return DONE


def _write(document: Document, options: argparse.Namespace) -> int:
    """Make every format before the first file is written, so that a failure leaves none behind."""
    from planforms.writing import format_of, replace_file, to_bytes

    formats = [(path, format_of(path)) for path in options.output]
    contents = [(path, to_bytes(document, suffix)) for path, suffix in formats]
    for path, content in contents:
        replace_file(Path(path), content)
    _report(document.warnings, as_json=False)
    if options.json:
        warnings = [problem.to_dict() for problem in document.warnings]
        print(json.dumps({"written": options.output, "warnings": warnings}, ensure_ascii=False))
    return DONE


def _report(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        found = {"problems": [problem.to_dict() for problem in problems]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for problem in problems:
        print(f"{problem.severity.value}: {problem}", file=sys.stderr)


# --- options --------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="planforms",
        description="Official documents of Nordic work-rehabilitation services, from case data.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"planforms {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    add_command(commands, "kinds", _kinds, "list the kinds of document and their titles")

    render = add_command(commands, "render", _render, "make a document from case data")
    render.add_argument("data", metavar="DATA", help="a JSON file, or - for standard input")
    _add_rendering_options(render)

    blank = add_command(commands, "blank", _blank, "make an empty form to write on")
    blank.add_argument("kind", metavar="KIND", help="a kind of document, such as final_report")
    blank.add_argument("--service", required=True, help="the service whose form it is")
    _add_rendering_options(blank)

    batch = add_command(commands, "batch", run, "make the documents of many cases")
    add_options(batch)
    _add_language_and_folders(batch)

    agenda = add_command(commands, "due", due.run, "list what is due in many cases")
    due.add_options(agenda)
    _add_language_and_folders(agenda)

    schema = add_command(commands, "schema", _schema, "print the JSON schema of a kind's data")
    schema.add_argument("kind", metavar="KIND", help="a kind of document, such as final_report")

    checking = add_command(
        commands, "check", check.run, "tell what is wrong with templates and words"
    )
    check.add_options(checking)

    summary = "copy built-in templates into a folder of your own"
    own = commands.add_parser("templates", help=summary, description=summary, allow_abbrev=False)
    templates.add_actions(own)

    diff = add_command(commands, "diff", templates.diff, "show words beside old and other ones")
    templates.add_diff_options(diff)
    return parser


def _add_rendering_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        required=True,
        metavar="FILE",
        help="where to write; the suffix .pdf, .docx or .html picks the format; may be repeated",
    )
    _add_language_and_folders(parser)


def _add_language_and_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-l", "--language", help="a language, such as no or nb-NO")
    add_folders(parser, "templates", "services")
