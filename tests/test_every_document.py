"""All examples, filled, draft and blank, in all languages and formats.

The words of each file equal the document's own, and every file passes its validators.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.models.paths import is_within
from planforms.models.shapes import Form
from planforms.models.walking import walk
from planforms.registry import KINDS
from tests.conformance.axe import axe
from tests.conformance.libreoffice import libreoffice
from tests.conformance.nu import nu
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.pdf_structure import pdf_structure, split_entries
from tests.conformance.verapdf import verapdf
from tests.every import Case, cases_in, every_case, write_all
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.reports import EXAMPLES, LANGUAGES, SERVICES


@dataclass(frozen=True)
class Made:
    """The documents of one language, and their files by format and name."""

    cases: tuple[Case, ...]
    files: dict[str, dict[str, Path]]

    def of(self, suffix: str) -> list[Path]:
        """All files in one format."""
        return list(self.files[suffix].values())


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    cases = cases_in(request.param)
    return Made(cases, write_all(cases, tmp_path_factory.mktemp("every")))


def named(failures: dict[Path, list[str]]) -> dict[str, list[str]]:
    """The files that have failures."""
    return {path.name: found for path, found in failures.items() if found}


def test_there_is_every_state_in_every_language() -> None:
    states = {(case.document.language, case.document.state.value) for case in every_case()}
    assert states == {(tag, s) for tag in ("nb", "sv", "da") for s in ("blank", "draft", "final")}


def test_there_is_every_kind_in_every_language_and_of_every_service() -> None:
    kinds = {(case.document.kind, case.document.language) for case in every_case()}
    assert kinds == {(kind, tag) for kind in pf.kinds() for tag in ("nb", "sv", "da")}
    blank = {case.name.split("-")[0] for case in every_case() if "-blank-" in case.name}
    assert blank == set(SERVICES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_that_was_written_in_an_example_is_lost(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["case"]["participant"].pop("protected_identity", False):
        data["status"] = "draft"  # a protected identity withholds some; without it all is told
    words = " ".join(pf.render(pf.load(data)).text().split())
    written = texts(data["kind"], data)
    lost = [place for place, text in written if " ".join(text.split()) not in words]
    assert set(lost) <= UNPRINTED


UNPRINTED = {"about.name", "complainant.contact"}
"""What a reply to a complaint does not tell: it says whose the matter was by role."""


def texts(kind: str, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a document's own fields, with its path; the case may hold more than it."""
    for path, shape, value in walk(KINDS[kind].model, data):
        is_text = shape.form in (Form.LINE, Form.TEXT) and isinstance(value, str)
        if is_text and path != "kind" and not is_within(path, "case"):
            yield path, value


def test_the_web_page_says_what_the_document_says(made: Made) -> None:
    for case in made.cases:
        read = html_text(made.files["html"][case.name].read_text(encoding="utf-8"))
        assert first_difference(case.document.text(), read) is None, case.name


def test_the_word_file_says_what_the_document_says(made: Made) -> None:
    for case in made.cases:
        read = docx_text(made.files["docx"][case.name].read_bytes())
        assert first_difference(case.document.text(), read) is None, case.name


def test_the_pdf_says_what_the_document_says_by_its_structure_tree(made: Made) -> None:
    for case in made.cases:
        read = pdf_text(made.files["pdf"][case.name].read_bytes())
        assert first_difference(case.document.text(), read) is None, case.name


def test_every_pdf_is_pdf_ua_1_and_pdf_a_2a(made: Made) -> None:
    assert named(verapdf(made.of("pdf"))) == {}


def test_every_pdf_is_sound_where_validators_do_not_look(made: Made) -> None:
    assert named({path: pdf_structure(path) for path in made.of("pdf")}) == {}


def test_every_label_is_tagged_with_its_value(made: Made) -> None:
    found = {
        made.files["pdf"][case.name]: split_entries(made.files["pdf"][case.name], case.document)
        for case in made.cases
    }
    assert named(found) == {}


def test_every_word_file_passes_the_open_xml_sdk(made: Made) -> None:
    assert named(openxml_sdk(made.of("docx"))) == {}


def test_every_word_file_passes_openxml_audit(made: Made) -> None:
    assert named(openxml_audit(made.of("docx"))) == {}


def test_libreoffice_converts_every_word_file(made: Made, tmp_path: Path) -> None:
    converted = libreoffice(made.of("docx"), tmp_path)
    assert [path.name for path, result in converted.items() if result is None] == []


def test_every_web_page_is_accessible(made: Made) -> None:
    assert named(axe(made.of("html"))) == {}


def test_every_web_page_is_valid(made: Made) -> None:
    assert named(nu(made.of("html"))) == {}
