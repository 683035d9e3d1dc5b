"""Saves one form with each program that people fill in PDFs with; what they saved lies beside this.

``python -m tests.readback.saved.make FOLDER`` writes ``form.pdf``, what is to be written in it as
``values.json``, and what pypdf makes of the two. The other programs are none of the project's own
tools; each reads the two files in the folder where it is called and writes its own:

    python poppler.py            needs GObject introspection of poppler
    python mupdf.py              needs PyMuPDF
    node pdf_lib.mjs FONT        needs pdf-lib and @pdf-lib/fontkit
    node pdfjs.mjs               needs pdfjs-dist, playwright-core and Chromium

The files need not be saved anew when forms change: that older forms are read is what they show.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path

import pypdf

import planforms as pf
from tests.filling import answers
from tests.filling_pdf import fields_of, filled_by_pypdf


def main(folder: Path) -> None:
    """Write the form, what is to be written in it, and what pypdf makes of the two."""
    document = pf.blank("consent", service="vivirk")
    content = pf.to_pdf(document, fillable=True)
    given = answers(document)
    (folder / "form.pdf").write_bytes(content)
    (folder / "pypdf.pdf").write_bytes(filled_by_pypdf(document, content))
    names = {key: name for place in document.places.values() for key, name in place.options}
    fields = fields_of(document, given)
    values = {"values": given, "fields": fields, "names": names, "states": states(content)}
    text = json.dumps(values, ensure_ascii=False, indent=1)
    (folder / "values.json").write_text(text + "\n", encoding="utf-8")


def states(content: bytes) -> dict[str, list[str]]:
    """The states of the boxes of each choice of one, in their order."""
    fields = pypdf.PdfReader(BytesIO(content)).get_fields() or {}
    boxes = {name: field.get("/Kids", ()) for name, field in fields.items() if "/Kids" in field}
    found = {
        name: [
            next(state for state in kid.get_object()["/AP"]["/N"] if state != "/Off")
            for kid in kids
        ]
        for name, kids in boxes.items()
        if fields[name].get("/FT") == "/Btn"
    }
    return {name: list(map(str, several)) for name, several in found.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
