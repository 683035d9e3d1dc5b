"""WeasyPrint, set up once for all documents: no network, own fonts, no problem overheard.

Importing it takes most of a second, so only :func:`planforms.writers.pdf.to_pdf` does.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from planforms.errors import Problem, TemplateError
from planforms.writers import fonts
from planforms.writers._body import ROOM_RULES, WIDTH_RULES, read_style
from planforms.writers._page import scaled
from planforms.writers._pdf_structure import finish

with warnings.catch_warnings():
    # Said on import where no fonts are installed; a document brings its own.
    warnings.filterwarnings("ignore", "No fonts configured|FontConfig cannot load")
    from weasyprint import CSS, HTML
    from weasyprint.css import ColorProfile
    from weasyprint.document import Document as LaidOut
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

Finisher = Callable[[Any, Any], None]
"""What WeasyPrint calls with the laid out document and the PDF before it writes it."""
_COLOURS = "sRGB"
_DESCRIPTORS = "/proc/self/fd"
_SIZES = 4
"""For how many sizes of letters style sheets are kept."""

# Two threads that share a FontConfiguration corrupt the heap, so they lay out one after another.
_lock = Lock()


def print_page(page: str, size: float, add: Finisher | None = None, *, second: str = "") -> bytes:
    """A page of HTML, as long as it may be, as a PDF.

    Args:
        page: the page.
        size: how large its letters are, in points.
        add: what to add to the laid out pages and the PDF before it is written.
        second: the second language of a paper in two, as a BCP 47 tag.

    Raises:
        TemplateError: something in it cannot be laid out.
    """
    with _lock, _problems_raised():
        laid_out = _lay_out(page, size)
        pdf: bytes = laid_out.write_pdf(finisher=_finisher(add, second), **_options())
    return pdf


def _finisher(add: Finisher | None, second: str) -> Finisher:
    def finish_all(document: Any, pdf: Any) -> None:
        finish(document, pdf, second)
        if add:
            add(document, pdf)

    return finish_all


def count_pages_of(page: str, size: float) -> int:
    """How many pages of paper a page of HTML fills whose letters have a size, in points.

    Raises:
        TemplateError: something in it cannot be laid out.
    """
    with _lock, _problems_raised():
        return len(_lay_out(page, size).pages)


def _lay_out(page: str, size: float) -> LaidOut:
    font_configuration, fetcher = _shared()
    style = _style(size)
    html = HTML(string=page, url_fetcher=fetcher)
    profiles = {_COLOURS: _colours()}
    return html.render(font_configuration, color_profiles=profiles, **_options(style))


def _options(*styles: CSS) -> dict[str, Any]:
    variant = {"output_intent": _COLOURS, "pdf_variant": "pdf/a-2a"}
    return {"stylesheets": [*styles], **variant}


@cache
def _shared() -> tuple[FontConfiguration, URLFetcher]:
    """What every document uses; reading it anew would take longer than the layout, and memory."""
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
    configuration = _FontsInMemory() if _FontsInMemory.possible() else FontConfiguration()
    faces = "".join(map(fonts.face_rule, fonts.FACES))
    CSS(string=faces, font_config=configuration, url_fetcher=fetcher)
    return configuration, fetcher


@lru_cache(_SIZES)
def _style(size: float) -> CSS:
    """The style sheet of all documents whose letters have a size."""
    configuration, fetcher = _shared()
    sheets = (read_style(name) for name in ("paged.css", "translation.css", "pictured.css"))
    sheet = scaled("".join([read_style("common.css"), WIDTH_RULES, ROOM_RULES, *sheets]), size)
    return CSS(string=sheet, font_config=configuration, url_fetcher=fetcher)


class _FontsInMemory(FontConfiguration):  # type: ignore[misc]  # WeasyPrint tells no types
    """Keeps fonts in files without a name, which vanish with the process, however it ends.

    WeasyPrint itself writes them into a folder of ``TMPDIR``, which a process that is killed leaves
    behind. It asks a folder for a file, writes it, and tells its path to Fontconfig.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = _Memory()

    def __del__(self) -> None:
        """Leave it to the files: there is no folder to take away."""

    @staticmethod
    def possible() -> bool:
        """Whether the system has such files, and paths to them."""
        return hasattr(os, "memfd_create") and Path(_DESCRIPTORS).is_dir()


class _Memory:
    """What is asked for files as a folder is."""

    def __init__(self) -> None:
        self._files: dict[str, _MemoryFile] = {}

    def __truediv__(self, name: str) -> _MemoryFile:
        return self._files.setdefault(name, _MemoryFile())


class _MemoryFile:
    """A file without a name; its path holds in this process and in copies of it."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None

    def exists(self) -> bool:
        """Whether it has been written."""
        return self._file is not None

    def write_bytes(self, content: bytes) -> None:
        """Fill it."""
        self._file = os.fdopen(os.memfd_create("font"), "wb")
        self._file.write(content)
        self._file.flush()

    def as_posix(self) -> str:
        """Its path."""
        assert self._file is not None
        return f"{_DESCRIPTORS}/{self._file.fileno()}"


def _colours() -> ColorProfile:
    """What the colours mean (ISO 19005-2, 6.2.3): the profile that WeasyPrint brings.

    On its own account WeasyPrint opens the file anew for every PDF and never closes it.
    """
    return ColorProfile(BytesIO(_profile()), "sRGB2014.icc", "relative-colorimetric", "rgb")


@cache
def _profile() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


class _Errors(logging.Filter):
    """Takes out of WeasyPrint's log what a caller is told in another way.

    An error of WeasyPrint becomes a problem: its message without the arguments, which may hold case
    data. A letter that no font has is no error; rendering has put it among the document's warnings.
    """

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[Problem] = []

    def filter(self, record: logging.LogRecord) -> bool:
        message = str(record.msg)
        if record.levelno >= logging.ERROR:
            self.problems.append(_problem(message))
            return False
        return not message.startswith(".notdef glyph")


@contextmanager
def _problems_raised() -> Iterator[None]:
    errors = _Errors()
    logger = logging.getLogger("weasyprint")
    logger.addFilter(errors)
    try:
        yield
    except FatalURLFetchingError:  # a BaseException, and its message holds the address
        raise TemplateError([_problem("an address cannot be read")]) from None
    finally:
        logger.removeFilter(errors)
    if errors.problems:
        raise TemplateError(errors.problems)


def _problem(message: str) -> Problem:
    return Problem("pdf.layout", "document", f"the PDF cannot be laid out: {message}")
