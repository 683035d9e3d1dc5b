"""The command line: answers on standard output, everything else on standard error.

Exit status 0: done. 1: the data, a template or a profile has problems. 2: the call cannot be
carried out (no such file, not JSON, unknown option, a full disk). 130: it was interrupted. 141:
nobody reads the answer any more. Heavy imports wait until they are needed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planforms import __version__
from planforms.cli import (
    check,
    completion,
    counting,
    due,
    envelopes,
    preview,
    returning,
    templates,
)
from planforms.cli.batches import add_options, run
from planforms.cli.options import (
    Parser,
    add_beside,
    add_command,
    add_easy,
    add_engine,
    add_folders,
    add_large,
    add_mode,
    shown,
)
from planforms.errors import PlanformsError, Problem, UsageError, require_known
from planforms.writers import FORMATS

if TYPE_CHECKING:
    from planforms.document import Document

DONE, PROBLEMS, UNUSABLE = 0, 1, 2
CLOSED = 141
"""Whoever was to read the answer went away; the shell says so of programs that are ended by it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status comes back."""
    options = _parser().parse_args(arguments)
    _print_any_letter()
    try:
        status = _answer(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _say_no_more()
        return CLOSED
    except OSError as error:
        if error.filename is not None:
            raise
        _say_no_more()
        print(f"planforms: standard output: {error.strerror}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("planforms: stopped; the same call again does what is left", file=sys.stderr)
        return 130


def _answer(options: argparse.Namespace) -> int:
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except PlanformsError as error:
        _report(error.problems, as_json=options.json)
        return UNUSABLE if _is_unusable(error) else PROBLEMS


def _say_no_more() -> None:
    """Let nothing that is still to be printed fail once more when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _services(options: argparse.Namespace) -> int:
    from planforms.catalogue import service_names

    names = service_names(services=options.services)
    if options.json:
        print(json.dumps(names, ensure_ascii=False, indent=2))
        return DONE
    for service, name in names.items():
        print(f"{service}\t{name}")
    return DONE


def _render(options: argparse.Namespace) -> int:
    from planforms.loading import load_for
    from planforms.rendering import blank, render
    from planforms.setting import service_finder

    source = sys.stdin.buffer if options.data == "-" else Path(options.data)
    data = load_for(source, service_finder(options.services))
    if options.fillable:
        document = blank(
            data.kind,
            service=data.service_key,
            language=options.language or data.language,
            beside=options.beside,
            data=data,
            easy=options.easy,
            templates=options.templates,
            services=options.services,
        )
        return _write(document, options)
    document = render(
        data,
        easy=options.easy,
        language=options.language,
        beside=options.beside,
        templates=options.templates,
        services=options.services,
    )
    return _write(document, options)


def _blank(options: argparse.Namespace) -> int:
    from planforms.rendering import blank

    document = blank(
        options.kind,
        service=options.service,
        easy=options.easy,
        language=options.language,
        beside=options.beside,
        data=_chosen_form(options),
        templates=options.templates,
        services=options.services,
    )
    return _write(document, options)


def _chosen_form(options: argparse.Namespace) -> dict[str, str] | None:
    """What chooses one of a kind's forms, as data has it; raises a usage error for another one."""
    if options.form is None:
        return None
    from planforms.registry import KINDS
    from planforms.rendering import form_keys
    from planforms.setting import read_setting

    setting = read_setting(
        options.service,
        options.language,
        templates=options.templates,
        services=options.services,
    )
    known, what = form_keys(options.kind, setting), "this service has no such form of the kind"
    require_known(options.form, known, place="--form", code="blank.form", what=what)
    return {KINDS[options.kind].form_by: options.form}


def _schema(options: argparse.Namespace) -> int:
    from planforms.data_schema import schema

    found = schema(
        options.kind,
        service=options.service,
        language=options.language,
        templates=options.templates,
        services=options.services,
    )
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return DONE


def _write(document: Document, options: argparse.Namespace) -> int:
    """Make every format before the first file is written, so that a failure leaves none behind."""
    from planforms.placement import large_print
    from planforms.writing import format_of, replace_files, to_bytes, warnings_of

    _require_one_answer(options)
    if options.large:
        document = large_print(document)
    formats = [
        (path, options.format if path == "-" else format_of(path)) for path in options.output
    ]
    contents = {
        path: to_bytes(document, suffix, fillable=options.fillable, engine=options.engine)
        for path, suffix in formats
    }
    printed = contents.pop("-", b"")
    replace_files({Path(path): content for path, content in contents.items()}, mode=options.mode)
    if printed:
        sys.stdout.buffer.write(printed)
        sys.stdout.flush()
    warnings = warnings_of(document, [suffix for _, suffix in formats])
    _report(warnings, as_json=False)
    if options.json:
        told = [problem.to_dict() for problem in warnings]
        print(json.dumps({"written": options.output, "warnings": told}, ensure_ascii=False))
    return DONE


def _require_one_answer(options: argparse.Namespace) -> None:
    """Refuse a document on standard output whose format nobody tells, or beside another answer.

    Raises:
        UsageError: it is.
    """
    printed = options.output.count("-")
    if printed > 1 or (printed and options.json):
        what = "standard output can hold one answer alone"
        raise UsageError.of("output.twice", "--output", what)
    if printed and not options.format:
        what = "the format of standard output is not told"
        raise UsageError.of(
            "output.format", "--format", what, "give --format pdf, docx, html or txt"
        )
    if options.format and not printed:
        what, hint = "tells the format of -o - alone", "a file's suffix tells its format"
        raise UsageError.of("output.format", "--format", what, hint)


def _print_any_letter() -> None:
    """Let no letter fail that the terminal's encoding lacks: it is printed as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _report(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        found = {"problems": [problem.to_dict() for problem in problems]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for problem in problems:
        print(f"{problem.severity.value}: {shown(str(problem))}", file=sys.stderr)


# --- options --------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog="planforms",
        description="Official documents of Nordic work-rehabilitation services, from case data.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"planforms {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    add_command(commands, "kinds", _kinds, "list the kinds of document and their titles")

    named = add_command(commands, "services", _services, "list the services and their names")
    add_folders(named, "services")

    render = add_command(commands, "render", _render, "make a document from case data")
    render.add_argument("data", metavar="DATA", help="a JSON file, or - for standard input")
    _add_rendering_options(render)

    blank = add_command(commands, "blank", _blank, "make an empty form to write on")
    blank.add_argument("kind", metavar="KIND", help="a kind of document, such as final_report")
    blank.add_argument("--service", required=True, help="the service whose form it is")
    blank.add_argument(
        "--form", metavar="KEY", help="which of its forms: a variant, or one of the checklists"
    )
    _add_rendering_options(blank)

    batch = add_command(commands, "batch", run, "make the documents of many cases")
    add_options(batch)
    _add_language_and_folders(batch)

    reading = add_command(commands, "read", returning.run, "read forms that were filled in")
    returning.add_options(reading)

    agenda = add_command(commands, "due", due.run, "list what is due in many cases")
    due.add_options(agenda)
    _add_language_and_folders(agenda)

    numbers = add_command(commands, "count", counting.run, "count cases for the statistics")
    counting.add_options(numbers)

    enclosing = add_command(
        commands, "envelope", envelopes.run, "put the papers of a case together for one receiver"
    )
    envelopes.add_options(enclosing)
    add_folders(enclosing, "templates", "services")

    schema = add_command(commands, "schema", _schema, "print the JSON schema of a kind's data")
    schema.add_argument("kind", metavar="KIND", help="a kind of document, such as final_report")
    schema.add_argument("--service", help="a service whose keys are listed")
    _add_language_and_folders(schema)

    checking = add_command(
        commands, "check", check.run, "tell what is wrong with templates and words"
    )
    check.add_options(checking)

    showing = add_command(
        commands, "preview", preview.run, "show documents in a browser while their words change"
    )
    preview.add_options(showing)

    summary = "copy built-in templates into a folder of your own"
    own = commands.add_parser("templates", help=summary, description=summary, allow_abbrev=False)
    templates.add_actions(own)

    completing = add_command(commands, "completion", completion.run, "print a script for a shell")
    completion.add_options(completing, parser)

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
        help="where to write; the suffix .pdf, .docx, .html or .txt picks the format; may be "
        "repeated; - is standard output",
    )
    parser.add_argument("--format", choices=sorted(FORMATS), help="the format of -o -")
    parser.add_argument(
        "--fillable",
        action="store_true",
        help="a form to be filled in on a screen, with what is known of it filled in",
    )
    add_easy(parser)
    add_large(parser)
    add_engine(parser)
    add_mode(parser)
    add_beside(parser)
    _add_language_and_folders(parser)


def _add_language_and_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-l", "--language", help="a language, such as no or nb-NO")
    add_folders(parser, "templates", "services")
