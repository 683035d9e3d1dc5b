"""Fills in the fields of a PDF as a program does that people fill in forms with."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from io import BytesIO

import pypdf
from pypdf.generic import NameObject

from planforms.document import Document
from planforms.forms.names import names_of
from planforms.forms.places import is_one_of_several
from planforms.readback.returned import Written
from tests.filling import answers, places_to_fill

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it misses a glyph for the end of a line


def fields_of(document: Document, values: Mapping[str, Written]) -> dict[str, str]:
    """What stands in each field of a form that was filled in, by the name that programs have."""
    return dict(_fields(document, values))


def _fields(document: Document, values: Mapping[str, Written]) -> Iterator[tuple[str, str]]:
    places = places_to_fill(document)
    boxed = {box.path for box in document.boxes()}
    for path, value in values.items():
        if isinstance(value, str):
            yield ".".join(names_of(path)), value
        elif path not in boxed:
            yield ".".join(names_of(path)), value[0]
        elif not is_one_of_several(places[path]):
            yield from ((".".join(names_of(path, key)), "/Yes") for key in value)
        else:
            yield ".".join(names_of(path)), f"/{value[0]}"


def filled_by_pypdf(
    document: Document, content: bytes, values: Mapping[str, Written] | None = None
) -> bytes:
    """A form with some values in it; with answers to nearly everything if none are given."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(content))
    given = fields_of(document, values or answers(document))
    entries = {name: NameObject(v) if v.startswith("/") else v for name, v in given.items()}
    writer.update_page_form_field_values(None, entries, auto_regenerate=False)
    filled = BytesIO()
    writer.write(filled)
    return filled.getvalue()
