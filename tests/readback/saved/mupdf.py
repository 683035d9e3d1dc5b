"""Fills in form.pdf with MuPDF."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf

values = json.loads(Path("values.json").read_text(encoding="utf-8"))["fields"]
document = pymupdf.open("form.pdf")
for page in document:
    for widget in page.widgets():
        value = values.get(widget.field_name)
        if value is None:
            continue
        if widget.field_type in (
            pymupdf.PDF_WIDGET_TYPE_CHECKBOX,
            pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON,
        ):
            if widget.on_state() != value.removeprefix("/"):
                continue
            widget.field_value = True
        else:
            widget.field_value = value
        widget.update()
document.save("mupdf.pdf")
