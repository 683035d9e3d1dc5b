"""The circle of the web page: filled in in Chromium, what it saves is what was written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

import planforms as pf
from planforms.forms.identity import identity_of
from planforms.readback.web import read_web
from planforms.writers._web_form import SCRIPT
from tests.conformance.browser import fill_in
from tests.conformance.damage import changed
from tests.filling import a_few_forms, answers


def test_every_value_comes_back_as_it_was_written(tmp_path: Path) -> None:
    pages, documents = {}, {}
    for case in a_few_forms():
        page = tmp_path / f"{case.name}.html"
        documents[page] = case.document()
        pf.write(documents[page], page, fillable=True)
        text = page.read_text(encoding="utf-8")
        printed = set(re.findall(r'type="hidden" data-path="([^"]+)"', text))
        given = answers(documents[page])
        pages[page] = {path: given[path] for path in given if path not in printed}

    filled = fill_in(pages)

    for page, (saved, failures) in filled.items():
        assert failures == []
        returned = read_web(saved)
        assert returned.identity == identity_of(documents[page])
        assert {**returned.values, **pages[page]} == returned.values
        prefilled = {path for path, place in documents[page].places.items() if place.raw}
        assert returned.values.keys() - pages[page].keys() <= prefilled


FAULTS = {
    "both places": ("  keepInStep(control);", ""),
    "no focus": ("  summary.focus();", ""),
    "on paper": ("    control.after(copy);", ""),
    "taking back": ("    control.checked = false;\n    changed", "    changed"),
}


def test_what_is_wrong_with_a_page_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = pf.blank("consent", service="vivirk")
    pages = {tmp_path / f"{number}.html": said for number, said in enumerate(FAULTS)}
    script = str(SCRIPT)
    for page, said in pages.items():
        monkeypatch.setattr("planforms.writers.html.SCRIPT", Markup(changed(script, *FAULTS[said])))
        pf.write(document, page, fillable=True)

    filled = fill_in(dict.fromkeys(pages, answers(document)))

    for page, said in pages.items():
        told = {"taking back": "a choice back"}.get(said, said)
        assert any(told in failure for failure in filled[page].failures), said
