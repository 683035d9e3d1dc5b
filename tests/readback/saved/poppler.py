"""Fills in form.pdf with poppler, as Evince and Okular do."""

from __future__ import annotations

import json
from pathlib import Path

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Poppler  # noqa: E402

given = json.loads(Path("values.json").read_text(encoding="utf-8"))
values, names, states = given["fields"], given["names"], given["states"]
document = Poppler.Document.new_from_file(Path("form.pdf").absolute().as_uri(), None)
for number in range(document.get_n_pages()):
    page = document.get_page(number)
    for mapping in reversed(page.get_form_field_mapping()):
        field = mapping.field
        value = values.get(field.get_name())
        name = field.get_name()
        state = states[name].pop(0) if name in states else value
        if value is None or state != value:
            continue
        match field.get_field_type():
            case Poppler.FormFieldType.TEXT:
                field.text_set_text(value)
            case Poppler.FormFieldType.CHOICE:
                shown = map(field.choice_get_item, range(field.choice_get_n_items()))
                field.choice_select_item([*shown].index(names[value]))
            case Poppler.FormFieldType.BUTTON:
                field.button_set_state(True)
document.save(Path("poppler.pdf").absolute().as_uri())
