"""Typst, set up once for each thread: own fonts, no network, no folder, none of its messages.

Needs the extra ``typst``. Typst knows no way to share a compiler between threads; it lets go of
Python's lock while it works, so that threads work side by side.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local
from typing import Any

import typst

from planforms.document import Document
from planforms.errors import Problem, TemplateError
from planforms.writers import fonts
from planforms.writers._typst_finish import finish
from planforms.writers._typst_tree import tree_of

_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_LOOKS = 8
"""How many letterheads are kept as Typst reads them."""

_here = local()


def print_document(document: Document) -> bytes:
    """The document as a PDF file.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: something in the document, such as a broken logo, cannot be laid out.
    """
    tree = tree_of(document)
    sources: Any = {  # as Typst takes it, but not as it declares it
        "main.typ": _template("pages.typ"),
        "document.typ": _template("document.typ"),
        "document.json": json.dumps(tree.data, ensure_ascii=False, separators=(",", ":")).encode(),
        "look.typ": _look(tree.logo, tree.accent, tree.size),
    }
    try:
        pdf = _compiler().compile(sources, format="pdf", pdf_standards=_STANDARDS)
    except typst.TypstError as error:
        raise TemplateError([_problem(error.message)]) from None
    assert isinstance(pdf, bytes)
    return finish(pdf, tree.headers, dated=document.issued_on is not None)


def _compiler() -> typst.Compiler:
    compiler: typst.Compiler | None = getattr(_here, "compiler", None)
    if compiler is None:
        own = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(Path(fonts.__file__).parent)],
        )
        with TemporaryDirectory() as gone:  # where Typst will look for files and find nothing
            compiler = _here.compiler = typst.Compiler(
                root=gone, font_paths=own, package_path=gone, package_cache_path=gone
            )
    return compiler


@cache
def _template(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


@lru_cache(_LOOKS)
def _look(logo: bytes, accent: str, size: float) -> bytes:
    """Logo, colour and size of letters as a module: Typst keeps modules it has read."""
    png = "".join(f"{byte}," for byte in logo)
    colour = f'#let accent = rgb("{accent}")'
    return f"#let logo = bytes(({png}))\n{colour}\n#let size = {size:g}pt".encode()


def _problem(message: str) -> Problem:
    """What went wrong in words of our own: those of Typst may hold case data."""
    what = "Failed to load image" if "image" in message else "Typst cannot draw something in it"
    return Problem("pdf.layout", "document", f"the PDF cannot be laid out: {what}")
