"""The command ``preview``: every document beside its words, in a browser or as a gallery."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from planforms.cli.options import add_folders
from planforms.errors import UsageError

NEEDED = ("pypdfium2", "starlette", "uvicorn", "watchfiles")
PORT = 8765
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EDITOR = "vscode://file{file}:{line}:{column}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_folders(parser, "templates", "services")
    parser.add_argument(
        "--data",
        action="append",
        metavar="PATH",
        help="case data to show, a file or a folder; may be repeated; examples if it is there",
    )
    parser.add_argument(
        "--host", default=LOOPBACK[0], help="the address to answer at; this machine alone"
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"the port; {PORT}")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    parser.add_argument(
        "--editor",
        default=EDITOR,
        metavar="PATTERN",
        help="the address that opens a file in your editor, with {file}, {line} and {column}",
    )
    parser.add_argument("--export", metavar="DIR", help="write a gallery there, and serve nothing")


def run(options: argparse.Namespace) -> int:
    """Serve the preview until somebody stops it, or write the gallery."""
    from planforms.preview.choosing import Roots
    from planforms.setting import folder_paths

    _require(NEEDED[:1] if options.export else NEEDED)
    roots = Roots(
        folder_paths(options.templates), folder_paths(options.services), _data(options.data)
    )
    if options.export:
        from planforms.preview.gallery import export

        return export(roots, Path(options.export))
    from planforms.preview.server import serve

    serve(roots, options.host, options.port, editor=options.editor, open_page=options.open)
    return 0


def _data(paths: list[str] | None) -> tuple[Path, ...]:
    found = tuple(Path(path).resolve() for path in paths or ())
    for path in found:
        if not path.exists():
            raise UsageError.of("folder.missing", str(path), "no such file or folder")
    examples = Path("examples").resolve()
    return found or ((examples,) if examples.is_dir() else ())


def _require(packages: tuple[str, ...]) -> None:
    """Tell of the packages that the preview needs and that are not there.

    Raises:
        UsageError: one is missing.
    """
    lacking = [name for name in packages if find_spec(name) is None]
    if lacking:
        what = f"needs {', '.join(lacking)}"
        hint = f"{Path(sys.executable).name} -m pip install 'planforms[preview]'"
        raise UsageError.of("preview.missing", "preview", what, hint)
