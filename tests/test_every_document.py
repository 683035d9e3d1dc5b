"""All examples, filled, draft and blank, in all languages and formats.

The words of each file equal the document's own, and every file passes its validators.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.axe import axe
from tests.conformance.libreoffice import libreoffice
from tests.conformance.nu import nu
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.pdf_structure import pdf_structure, split_entries
from tests.conformance.verapdf import verapdf
from tests.every import every_case, write_all
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text

Files = dict[str, dict[str, Path]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return write_all(tmp_path_factory.mktemp("every"))


def named(failures: dict[Path, list[str]]) -> dict[str, list[str]]:
    """The files that have failures."""
    return {path.name: found for path, found in failures.items() if found}


def test_there_is_every_state_in_every_language() -> None:
    states = {(case.document.language, case.document.state.value) for case in every_case()}
    assert states == {(tag, s) for tag in ("nb", "sv", "da") for s in ("blank", "draft", "final")}


def test_the_web_page_says_what_the_document_says(files: Files) -> None:
    for case in every_case():
        read = html_text(files["html"][case.name].read_text(encoding="utf-8"))
        assert first_difference(case.document.text(), read) is None, case.name


def test_the_word_file_says_what_the_document_says(files: Files) -> None:
    for case in every_case():
        read = docx_text(files["docx"][case.name].read_bytes())
        assert first_difference(case.document.text(), read) is None, case.name


def test_the_pdf_says_what_the_document_says_by_its_structure_tree(files: Files) -> None:
    for case in every_case():
        read = pdf_text(files["pdf"][case.name].read_bytes())
        assert first_difference(case.document.text(), read) is None, case.name


def test_every_pdf_is_pdf_ua_1_and_pdf_a_2a(files: Files) -> None:
    assert named(verapdf(list(files["pdf"].values()))) == {}


def test_every_pdf_is_sound_where_validators_do_not_look(files: Files) -> None:
    assert named({path: pdf_structure(path) for path in files["pdf"].values()}) == {}


def test_every_label_is_tagged_with_its_value(files: Files) -> None:
    found = {
        files["pdf"][case.name]: split_entries(files["pdf"][case.name], case.document)
        for case in every_case()
    }
    assert named(found) == {}


def test_every_word_file_passes_the_open_xml_sdk(files: Files) -> None:
    assert named(openxml_sdk(list(files["docx"].values()))) == {}


def test_every_word_file_passes_openxml_audit(files: Files) -> None:
    assert named(openxml_audit(list(files["docx"].values()))) == {}


def test_libreoffice_converts_every_word_file(files: Files, tmp_path: Path) -> None:
    converted = libreoffice(list(files["docx"].values()), tmp_path)
    assert [path.name for path, result in converted.items() if result is None] == []


def test_every_web_page_is_accessible(files: Files) -> None:
    assert named(axe(list(files["html"].values()))) == {}


def test_every_web_page_is_valid(files: Files) -> None:
    assert named(nu(list(files["html"].values()))) == {}
