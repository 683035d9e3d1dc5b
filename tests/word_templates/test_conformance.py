"""What a Word template makes is Word, to programs that know it better than we do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import planforms as pf
from planforms.readback.docx import read_docx
from planforms.translating.word_starters import word_template
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.word_forms import filled_docx, saved_by_libreoffice
from tests.filling import answers
from tests.reports import EXAMPLES, render_with
from tests.word_templates.making import box, cut, folder_with, footer, header, made, rows, styled

KINDS = {"final_report": "molde", "statistics": "molde", "consent": "harstad", "survey": "molde"}
"""Kinds whose templates have all devices between them: fields, matrices, charts, lists, boxes."""


def everything() -> bytes:
    """A template with all that a template can have."""
    return made(
        "{{ title }} {{ case.number }}",
        cut("{{ case.part", "icipant.name }}", bold=0),
        "{%p for a in activities %}",
        styled("{{ a.name }}", "List Number"),
        "{%p endfor %}",
        rows("Navn | Til", "{%tr for a in activities %}", "{{ a.name }} | x", "{%tr endfor %}"),
        rows("Hva | {%tc for a in case.team %} | {{ a.role }} | {%tc endfor %}", "x"),
        rows("{{ case.participant.phone }}", "{{ next_step.direction|boxes }}"),
        box("{{ case.number }}", "{%p for a in case.team %}", "{{ a.role }}", "{%p endfor %}"),
        "{{ resources }}",
        header("{{ title }}"),
        footer("{{ case.number }}"),
    )


def files(folder: Path) -> Iterator[Path]:
    own = folder_with(folder, everything())
    documents = [render_with(templates=own), render_with({"activities": []}, templates=own)]
    documents.append(pf.blank("final_report", service="molde", templates=own))
    for number, (kind, service) in enumerate(KINDS.items()):
        templates = folder / str(number)
        templates.mkdir()
        folder_with(templates, word_template(kind, "no", service), kind)
        documents.append(pf.blank(kind, service=service, templates=templates))
        for path in EXAMPLES:
            if path.parent.name == service and path.name.startswith(kind):
                documents.append(pf.render(pf.load(path), templates=templates))
                break
    for number, document in enumerate(documents):
        for fillable in {False, document.state is pf.State.BLANK}:
            path = folder / f"{number}_{document.kind}_{fillable}.docx"
            path.write_bytes(pf.to_docx(document, fillable=fillable))
            yield path


@pytest.fixture(scope="module")
def made_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(files(tmp_path_factory.mktemp("word")))


def test_they_pass_the_open_xml_sdk(made_files: list[Path]) -> None:
    found = openxml_sdk(made_files)
    assert {path.name: faults for path, faults in found.items() if faults} == {}


def test_they_pass_openxml_audit(made_files: list[Path]) -> None:
    found = openxml_audit(made_files)
    assert {path.name: faults for path, faults in found.items() if faults} == {}


def test_libreoffice_keeps_what_was_filled_in(tmp_path: Path) -> None:
    forms, wanted = [], []
    for kind, service in KINDS.items():
        (tmp_path / kind).mkdir()
        templates = folder_with(tmp_path / kind, word_template(kind, "no", service), kind)
        document = pf.blank(kind, service=service, templates=templates)
        content = pf.to_docx(document, fillable=True)
        known = read_docx(content).values
        written = {path: one for path, one in answers(document).items() if path not in known}
        forms.append(tmp_path / f"{kind}.docx")
        forms[-1].write_bytes(filled_docx(content, written))
        wanted.append({**known, **written})
    folder = tmp_path / "libreoffice"
    folder.mkdir()
    for content, values in zip(saved_by_libreoffice(forms, folder), wanted, strict=True):
        returned = read_docx(content)
        assert {path: returned.values.get(path) for path in values} == values
        assert not returned.changed
