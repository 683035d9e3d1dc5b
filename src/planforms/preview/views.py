"""What there is to see of a document, each way as plain values for JSON."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from planforms.document import Document, Place
from planforms.errors import UsageError
from planforms.models.fields import Guarded
from planforms.models.shapes import resolve
from planforms.models.walking import walk
from planforms.placement import large_print
from planforms.preview.choosing import FILLABLE, Choice, Roots
from planforms.preview.making import data_of, document_of, in_second_language, setting_of
from planforms.preview.origins import page_with_origins
from planforms.preview.sections import beside_each_other
from planforms.registry import KINDS
from planforms.rules.collection import facts_of
from planforms.writers import ENGINES
from planforms.writers.txt import to_text
from planforms.writing import to_bytes

_OFFICE_SECONDS = 45.0
MOST_PICTURES = 30
"""Pages of which there are pictures; of a longer document the rest is counted alone."""
_PICTURE_WIDTH = 1_000
"""In pixels: sharp at the width that a page has on a screen."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at, where it lies, and a folder for files that another program reads."""

    choice: Choice
    roots: Roots
    store: Path | None = None

    @property
    def document(self) -> Document:
        """The document itself."""
        return document_of(self.choice, self.roots)

    def file(self, format: str) -> bytes:
        """The document as a file, a form to fill in on a screen if that is the state."""
        return to_bytes(self.document, format, fillable=self.choice.state == FILLABLE)


def view(name: str, subject: Subject) -> dict[str, Any]:
    """One view of a document.

    Args:
        name: a key of :data:`VIEWS`.
        subject: what is looked at.

    Raises:
        PlanformsError: whatever making the document raises.
    """
    return VIEWS[name](subject)


def _pages(subject: Subject) -> dict[str, Any]:
    return {"engines": {"WeasyPrint": _drawn(subject.file("pdf"))}}


def _engines(subject: Subject) -> dict[str, Any]:
    """The pages of both engines; of a form to fill in, those that are printed."""
    document = subject.document
    drawn = {name: _drawn(to_bytes(document, "pdf", engine=name)) for name in ENGINES}
    return {"engines": drawn}


def _drawn(pdf: bytes) -> dict[str, Any]:
    pictures = [_data_uri("image/png", one) for one in pictures_of(pdf, _PICTURE_WIDTH)]
    return {"pages": pictures, "count": count_pages_in(pdf)}


def _web(subject: Subject) -> dict[str, Any]:
    if subject.choice.state == FILLABLE:
        return {"page": subject.file("html").decode()}
    return {"page": page_with_origins(subject.document)}


def _large(subject: Subject) -> dict[str, Any]:
    """The pages in large print."""
    return {"engines": {"WeasyPrint": _drawn(to_bytes(large_print(subject.document), "pdf"))}}


def _text(subject: Subject) -> dict[str, Any]:
    """What a braille display shows, line by line."""
    return {"lines": to_text(subject.document).splitlines()}


def _word(subject: Subject) -> dict[str, Any]:
    return {"paragraphs": list(_paragraphs(subject.file("docx")))}


def _word_pages(subject: Subject) -> dict[str, Any]:
    """Pages as LibreOffice lays them out, which is not always as Word does."""
    program = find_office()
    if program is None:
        hint = "install LibreOffice; on Debian and Ubuntu the package libreoffice-writer"
        raise UsageError.of("preview.office", "this view", "LibreOffice is not there", hint)
    with TemporaryDirectory(dir=subject.store) as name:
        folder = Path(name)
        (folder / "document.docx").write_bytes(subject.file("docx"))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", name]
        with suppress(subprocess.SubprocessError):  # what it could not make is not there
            subprocess.run(
                [*command, str(folder / "document.docx")],
                capture_output=True,
                timeout=_OFFICE_SECONDS,
                check=False,
            )
        made = folder / "document.pdf"
        if not made.is_file():
            raise UsageError.of("preview.office", "this view", "LibreOffice made no pages of it")
        return {"engines": {"LibreOffice": _drawn(made.read_bytes())}}


def find_office() -> str | None:
    """Where LibreOffice is; ``None`` if it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _facts(subject: Subject) -> dict[str, Any]:
    choice, roots = subject.choice, subject.roots
    data, setting = data_of(choice, roots), setting_of(choice, roots)
    setting = setting.on(data.issued_on if data else None)
    facts = facts_of(choice.kind, data, setting)
    return {
        "facts": [
            {
                "rule": fact.rule,
                "date": fact.date.isoformat() if fact.date else "",
                "words": fact.words,
                "source": fact.source,
                "checked": fact.checked.isoformat() if fact.checked else "",
            }
            for fact in facts
        ]
    }


def _data(subject: Subject) -> dict[str, Any]:
    document, model = subject.document, KINDS[subject.choice.kind].model
    data = data_of(subject.choice, subject.roots)
    unprinted = (
        {"path": path, "value": str(value)}
        for path, shape, value in (walk(model, data) if data else ())
        if value is not None and not (shape.model or shape.item) and path not in document.places
    )
    return {
        "places": [_place(model, path, place) for path, place in document.places.items()],
        "unprinted": list(unprinted),
    }


def _place(model: Any, path: str, place: Place) -> dict[str, Any]:
    shape = resolve(model, path)
    return {
        "path": path,
        "label": place.label,
        "type": place.type.value,
        "needed": place.needed,
        "guarded": shape is not None and shape.mark(Guarded) is not None,
        "value": place.raw,
    }


def _languages(subject: Subject) -> dict[str, Any]:
    other = document_of(in_second_language(subject.choice), subject.roots)
    return {"sections": beside_each_other(subject.document, other)}


VIEWS: dict[str, Callable[[Subject], dict[str, Any]]] = {
    "pages": _pages,
    "engines": _engines,
    "web": _web,
    "word": _word,
    "word_pages": _word_pages,
    "text": _text,
    "facts": _facts,
    "data": _data,
    "languages": _languages,
    "large": _large,
}
"""Every view by its name; the page shows them in this order."""


# --- pictures and paragraphs ------------------------------------------------------------------


def pictures_of(pdf: bytes, width: int, most: int = MOST_PICTURES) -> Iterator[bytes]:
    """The first pages of a PDF as PNG pictures of a width in pixels."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(len(document), most)):
            page = document[number]
            picture = page.render(scale=width / page.get_width()).to_pil()
            content = BytesIO()
            picture.save(content, "png", compress_level=1)
            yield content.getvalue()


def count_pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _paragraphs(docx: bytes) -> Iterator[dict[str, Any]]:
    """The paragraphs of a Word file in their order, each with its style and its table."""
    from docx import api
    from docx.table import Table as WordTable

    for part in api.Document(BytesIO(docx)).iter_inner_content():
        if isinstance(part, WordTable):
            rows = [[cell.text for cell in row.cells] for row in part.rows]
            yield {"style": "table", "rows": rows}
        elif part.text.strip():
            yield {"style": part.style.name if part.style else "", "text": part.text}
