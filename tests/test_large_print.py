"""Documents of every kind in large print, empty and filled: nothing is cut, broken or lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import planforms as pf
from planforms.document import Document, Fields
from planforms.placement import fitted
from planforms.writers import ENGINES, TYPST, WEASYPRINT
from tests.conformance.axe import axe
from tests.conformance.damage import changed_pdf
from tests.conformance.edges import beyond_margins
from tests.conformance.libreoffice import libreoffice
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.pdf_structure import pdf_structure
from tests.conformance.verapdf import verapdf
from tests.every import Case, in_large_print, in_large_print_by_both
from tests.papers import Papers
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.writers.sample import document_of, entry


def ids(case: Case) -> str:
    return case.name


def large(case: Case) -> Document:
    return pf.large_print(case.document())


def test_every_kind_is_here_empty_and_filled() -> None:
    wanted = {(kind, blank) for kind in pf.kinds() for blank in (True, False)}
    assert {(case.kind, case.state == "blank") for case in in_large_print()} == wanted
    assert {case.kind for case in in_large_print_by_both()} == set(pf.kinds())


@pytest.mark.parametrize("case", in_large_print(), ids=ids)
def test_all_formats_say_the_same(case: Case, papers: Papers) -> None:
    """No short word is broken either: the comparison joins none that was not hyphenated."""
    document = large(case)
    words = fitted(document).text()
    assert first_difference(words, html_text(pf.to_html(document))) is None
    assert first_difference(words, docx_text(pf.to_docx(document))) is None
    assert wrong_with(papers.file(case, "pdf", engine=TYPST, large=True), words) == []


@pytest.mark.parametrize("case", in_large_print_by_both(), ids=ids)
def test_both_engines_draw_all_of_it_within_the_margins(case: Case, papers: Papers) -> None:
    pdf = papers.file(case, "pdf", engine=WEASYPRINT, large=True)
    assert wrong_with(pdf, fitted(large(case)).text()) == []


def wrong_with(pdf: Path, words: str) -> list[str]:
    difference = first_difference(words, pdf_text(pdf.read_bytes()))
    return [*filter(None, [difference]), *pdf_structure(pdf), *beyond_margins(pdf)]


@pytest.mark.parametrize("case", in_large_print_by_both(), ids=ids)
def test_no_value_of_the_data_is_lost(case: Case) -> None:
    """What tables say is said by the rows they become; values that name columns are words there."""
    document = case.document()
    after = fitted(large(case))
    kept, words = {(field.path, field.text) for field in after.fields()}, after.text()
    lost = {(field.path, field.text) for field in document.fields()} - kept
    assert [path for path, text in lost if text is None or text not in words] == []
    ticks = {(box.path, box.option, box.checked) for box in document.boxes()}
    assert {(box.path, box.option, box.checked) for box in after.boxes()} == ticks


def test_letters_beyond_a_margin_are_found(papers: Papers, tmp_path: Path) -> None:
    pdf = papers.file(in_large_print()[0], "pdf", engine=TYPST, large=True)
    narrow = tmp_path / "narrow.pdf"

    def cut(opened: object) -> None:
        for page in opened.pages:  # type: ignore[attr-defined]
            page.mediabox = [0, 0, 500, 842]

    narrow.write_bytes(changed_pdf(pdf.read_bytes(), cut))
    assert beyond_margins(pdf) == []
    assert any("beyond the margins" in said for said in beyond_margins(narrow))


# --- validators, on a few -------------------------------------------------------------------

FEW = in_large_print_by_both()[:6]


@pytest.mark.long
def test_pdfs_are_pdf_ua_1_and_pdf_a_2a(papers: Papers) -> None:
    pdfs = [papers.file(case, "pdf", engine=e, large=True) for case in FEW for e in ENGINES]
    forms = [papers.file(case, "pdf", fillable=True, large=True) for case in FEW[:3]]
    assert {p.name: found for p, found in verapdf([*pdfs, *forms]).items() if found} == {}


@pytest.mark.long
def test_word_files_pass_the_open_xml_sdk_and_have_about_as_many_pages(
    papers: Papers, tmp_path: Path
) -> None:
    words = [papers.file(case, "docx", large=True) for case in FEW]
    words += [papers.file(case, "docx", fillable=True, large=True) for case in FEW[:3]]
    assert {path.name: found for path, found in openxml_sdk(words).items() if found} == {}
    assert {path.name: found for path, found in openxml_audit(words).items() if found} == {}
    converted = libreoffice(words[: len(FEW)], tmp_path)
    assert [word.name for word, pdf in converted.items() if pdf is None] == []


@pytest.mark.long
def test_web_pages_are_accessible(papers: Papers) -> None:
    pages = [papers.file(case, "html", large=True) for case in FEW]
    pages += [papers.file(case, "html", fillable=True, large=True) for case in FEW[:3]]
    assert {path.name: found for path, found in axe(pages).items() if found} == {}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", [11, 18])
def test_a_value_that_is_longer_than_a_page_goes_on_on_the_next(
    size: int, engine: str, tmp_path: Path
) -> None:
    items = (entry("Kort", "ja"), entry("Lang", "ord og flere ord " * 300))
    document = replace(document_of(Fields(items, (6, 6))), text_size=size)
    pdf = tmp_path / "long.pdf"
    pdf.write_bytes(pf.to_pdf(document, engine=engine))
    assert wrong_with(pdf, fitted(document).text()) == []
