"""All examples, filled, draft and blank, in all languages and formats.

The words of each file equal the document's own. Web pages and Word files are made of all. Every
example and empty form is laid out in its service's language, some of them by both engines, and
some are given to validators; ``tests.every`` says which, and why those are enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

import planforms as pf
from planforms.document import (
    CHECKED,
    UNCHECKED,
    Block,
    Box,
    Chart,
    Section,
    Table,
    lines_of,
)
from planforms.forms.identity import identity_of
from planforms.models.paths import is_within, without_items
from planforms.models.shapes import Form
from planforms.models.walking import walk
from planforms.placement.turning import turned
from planforms.registry import KINDS
from planforms.writers import ENGINES, TYPST, WEASYPRINT
from tests.conformance.axe import axe
from tests.conformance.libreoffice import libreoffice
from tests.conformance.nu import nu
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.pages import pages
from tests.conformance.pdf_structure import pdf_structure, split_entries
from tests.conformance.pictures import differing_pages
from tests.conformance.verapdf import verapdf
from tests.every import (
    Case,
    every_case,
    forms,
    in_two_languages,
    in_two_languages_validated,
    laid_out,
    laid_out_fast,
    validated,
)
from tests.filling import a_blank_of_each_kind, a_few_forms
from tests.papers import Papers
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.reading.text import text_words, told_words
from tests.reports import EXAMPLES, LANGUAGES, SERVICES

STATES = ("blank", "draft", "final")


def ids(case: Case) -> str:
    return case.name


def test_there_is_every_kind_and_state_and_service_in_every_language() -> None:
    cases = every_case()
    assert {(case.paper, case.language) for case in cases} == {*product(KINDS.papers(), LANGUAGES)}
    assert {(case.state, case.language) for case in cases} == {*product(STATES, LANGUAGES)}
    assert {(case.service, case.language) for case in cases} == {*product(SERVICES, LANGUAGES)}
    assert {case.service for case in cases if case.state == "blank"} == set(SERVICES)


def test_what_validators_are_given_has_each_kind_and_each_state_and_service_in_each_language() -> (
    None
):
    given = validated()
    assert {case.paper for case in given} == set(KINDS.papers())
    assert {(case.state, case.language) for case in given} == {*product(STATES, LANGUAGES)}
    assert {(case.service, case.language) for case in given} == {*product(SERVICES, LANGUAGES)}


def test_both_engines_lay_out_that_and_each_kind_empty_and_filled() -> None:
    assert set(laid_out()) >= set(validated())
    wanted = {(case.paper, case.state == "blank") for case in every_case()}
    assert {(case.paper, case.state == "blank") for case in laid_out()} == wanted


def test_one_engine_lays_out_every_example_and_every_empty_form_in_its_own_language() -> None:
    made = {*laid_out(), *laid_out_fast()}
    assert {case.example for case in made} >= set(EXAMPLES)
    wanted = {*product(KINDS.papers(), SERVICES)}
    assert {(case.paper, case.service) for case in made if case.state == "blank"} == wanted


def test_there_is_a_form_to_fill_in_of_every_kind_in_every_language() -> None:
    assert {(case.kind, case.language) for case in forms()} == {*product(pf.kinds(), LANGUAGES)}


def test_a_kind_more_costs_a_document_more_to_validate_and_at_most_two_to_lay_out() -> None:
    """What languages and services cost, whatever the number of kinds: nine states, 15 letters."""
    fixed = len(LANGUAGES) * (len(STATES) + len(SERVICES))
    assert len(validated()) <= len(KINDS.papers()) + fixed
    assert len(laid_out()) <= len(validated()) + len(KINDS.papers()) * 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_that_was_written_in_an_example_is_lost(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if data.get("case", {}).get("participant", {}).pop("protected_identity", False):
        data["status"] = "draft"  # a protected identity withholds some; without it all is told
    words = " ".join(pf.render(pf.load(data)).text().split())
    written = texts(data["kind"], data)
    lost = [place for place, text in written if " ".join(text.split()) not in words]
    assert set(map(without_items, lost)) <= UNPRINTED.get(data["kind"], set())


UNPRINTED = {
    "survey": {"comment"},
    "action_plan": {"copies.recipient"},
    "complaint_reply": {"about.name", "complainant.contact"},
}
"""What a kind does not tell: a plan ticks who of the team has a copy, and a reply to a complaint
says by role whose the matter was."""


KEYS = ("kind", "variant", "language", "service")
"""Fields of every document that hold keys, and no words."""


def texts(kind: str, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a document's own fields, with its path; the case may hold more than it."""
    for path, shape, value in walk(KINDS[kind].model, data):
        is_text = shape.form in (Form.LINE, Form.TEXT) and isinstance(value, str)
        if is_text and path not in KEYS and not is_within(path, "case"):
            yield path, value


# --- words, in all of them ------------------------------------------------------------------


@pytest.mark.parametrize("case", every_case(), ids=ids)
def test_the_web_and_word_and_plain_text_say_what_the_document_says(case: Case) -> None:
    document = case.document()
    assert (document.kind, document.state.value) == (case.kind, case.state)
    words = document.text()
    assert first_difference(words, html_text(pf.to_html(document))) is None
    assert first_difference(words, docx_text(pf.to_docx(document))) is None
    text = text_words(pf.to_text(document), document.prompts.values())
    assert first_difference(told_words(document), text) is None
    assert [
        word for one in tables_in(document.blocks) for word in lost_where_rows_are_told(one)
    ] == []


def lost_where_rows_are_told(table: Table) -> Iterator[str]:
    """The words of a table that nobody is told where its rows are told one by one."""
    told = words_of(*turned(table))
    full = [row for row in table.rows if len(row) == len(table.head)]
    for head, *column in zip(table.head, *full, strict=True):
        if any(words_of(*cell.children) for cell in column):
            yield from (word for word in words_of(*head.children) if word not in told)
    for row in table.rows:
        rest = iter(told)
        cells = [word for cell in row for word in words_of(*cell.children)]
        yield from (word for word in cells if word not in (CHECKED, UNCHECKED) and word not in rest)


def words_of(*blocks: Block) -> list[str]:
    return [word for block in blocks for line in lines_of(block) for word in line.split()]


def tables_in(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case Chart(table=table):
                yield table
            case Box() | Section():
                yield from tables_in(block.children)


@pytest.mark.parametrize("case", forms(), ids=ids)
def test_a_form_to_fill_in_says_the_same_on_the_web_and_in_word(case: Case) -> None:
    document = case.document()
    words = document.text()
    assert first_difference(words, html_text(pf.to_html(document, fillable=True))) is None
    assert first_difference(words, docx_text(pf.to_docx(document, fillable=True))) is None


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", laid_out(), ids=ids)
def test_a_pdf_says_what_the_document_says(case: Case, engine: str, papers: Papers) -> None:
    assert wrong_with(papers.file(case, "pdf", engine=engine), case) == []


@pytest.mark.parametrize("case", laid_out_fast(), ids=ids)
def test_every_other_paper_says_what_its_document_says(case: Case, papers: Papers) -> None:
    assert wrong_with(papers.file(case, "pdf", engine=TYPST), case) == []


def wrong_with(pdf: Path, case: Case) -> list[str]:
    """What is wrong with a PDF of a case: its words, its structure, its pages."""
    document = case.document()
    difference = first_difference(document.text(), pdf_text(pdf.read_bytes()))
    return [
        *filter(None, [difference]),
        *pdf_structure(pdf),
        *split_entries(pdf, document),
        *pages_of(case, pdf),
    ]


def pages_of(case: Case, pdf: Path) -> list[str]:
    """What is wrong with the pages of a case's PDF; examples may be too long on purpose."""
    blank = case.state == "blank"
    most = KINDS[case.kind].most_pages(blank=blank, easy=case.easy)
    if not most or case.name.removesuffix(f"-{case.language}") in LONG:
        return []
    return pages(pdf, 2 * most if case.beside else most, blank=blank)


# --- two languages on one paper -------------------------------------------------------------


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_a_paper_in_two_languages_says_in_every_format_what_its_document_says(
    case: Case, papers: Papers
) -> None:
    document, pdf = case.document(), papers.file(case, "pdf", engine=TYPST)
    words = document.text()
    assert first_difference(words, html_text(pf.to_html(document))) is None
    assert first_difference(words, docx_text(pf.to_docx(document))) is None
    assert first_difference(words, pdf_text(pdf.read_bytes())) is None
    assert [*pdf_structure(pdf), *split_entries(pdf, document)] == []


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_a_paper_in_two_languages_is_at_most_twice_as_long(case: Case, papers: Papers) -> None:
    both, one = (papers.file(each, "pdf", engine=TYPST) for each in (case, case.in_one_language()))
    assert count_pages(both) <= 2 * count_pages(one)


@pytest.mark.parametrize("case", in_two_languages_validated(), ids=ids)
def test_both_engines_draw_two_languages_on_as_many_pages(case: Case, papers: Papers) -> None:
    drawn = [papers.file(case, "pdf", engine=engine) for engine in ENGINES]
    assert wrong_with(drawn[0], case) == []
    assert [*map(count_pages, drawn)] == [count_pages(drawn[0])] * 2
    found = [said.partition(" differs")[0] for said in differing_pages(*drawn)]
    assert found == NOTICED.get(case.name, [])


BLANKS_IN_TWO = [case for case in in_two_languages() if case.state == "blank"]


@pytest.mark.parametrize("case", BLANKS_IN_TWO, ids=ids)
def test_a_form_in_two_languages_says_on_the_web_and_in_word_what_its_paper_says(
    case: Case,
) -> None:
    document = case.document()
    words = document.text()
    assert first_difference(words, html_text(pf.to_html(document, fillable=True))) is None
    assert first_difference(words, docx_text(pf.to_docx(document, fillable=True))) is None


FORMS = sorted({*a_blank_of_each_kind(), *a_few_forms()}, key=ids)


@pytest.mark.parametrize("case", FORMS, ids=ids)
def test_a_form_to_fill_in_says_what_its_paper_says(case: Case, papers: Papers) -> None:
    document, pdf = case.document(), papers.file(case, "pdf", fillable=True)
    words = f"{document.text()}\n{identity_of(document)}"
    assert first_difference(words, pdf_text(pdf.read_bytes())) is None
    assert pdf_structure(pdf) == []
    assert split_entries(pdf, document) == []
    if case.state == "blank":
        assert count_pages(pdf) == count_pages(papers.file(case, "pdf"))


NOTICED = {
    "team_work-blank-consent-sv-da": ["page 2", "page 3"],
    "vivirk-complete_with_support_person-da-nn": ["page 2"],
    "team_work-blank-final_report-sv": ["page 7"],
    "team_work-rights_draft_before_the_first_talk-da": ["page 2"],
    "vivirk-blank-rights-da": ["page 2"],
    "vivirk-questionnaire_after_two_years-no": ["page 2"],
}
"""Where one engine breaks a line or a page that just fits and the other does not, so that what
stands below is some lines higher or lower."""


@pytest.mark.parametrize("case", laid_out(), ids=ids)
def test_hardly_a_reader_would_notice_which_engine_drew_the_pages(
    case: Case, papers: Papers
) -> None:
    drawn = [papers.file(case, "pdf", engine=engine) for engine in ENGINES]
    assert count_pages(drawn[0]) == count_pages(drawn[1])
    found = [said.partition(" differs")[0] for said in differing_pages(*drawn)]
    assert found == NOTICED.get(case.name, [])


LONG: set[str] = {"hjortmossen-all_instruments_and_long_text"}
"""Examples that are longer than documents of their kind should be, and are there for that."""


# --- validators, on a covering set ----------------------------------------------------------


class Validated:
    """The covering set, and a few forms to fill in, with every language and kind of control."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers

    def papers(self, suffix: str, engine: str = WEASYPRINT) -> list[Path]:
        cases = (*validated(), *in_two_languages_validated())
        return [self._papers.file(case, suffix, engine=engine) for case in cases]

    def forms(self, suffix: str) -> list[Path]:
        return [self._papers.file(case, suffix, fillable=True) for case in a_few_forms()]

    def fillable_pdfs(self) -> list[Path]:
        return [self._papers.file(case, "pdf", fillable=True) for case in FORMS]

    def filled_pdfs(self) -> list[Path]:
        return [self._papers.filled(case) for case in a_few_forms()]

    def all(self, suffix: str) -> list[Path]:
        return [*self.papers(suffix), *self.forms(suffix)]


@pytest.fixture
def files(papers: Papers) -> Validated:
    return Validated(papers)


def named(failures: dict[Path, list[str]]) -> dict[str, list[str]]:
    """The files that have failures."""
    return {path.name: found for path, found in failures.items() if found}


@pytest.mark.long
def test_every_pdf_is_pdf_ua_1_and_pdf_a_2a(files: Validated) -> None:
    """Those to fill in as well, of each kind as they are, and some after they were filled in."""
    pdfs = [pdf for engine in ENGINES for pdf in files.papers("pdf", engine)]
    assert named(verapdf([*pdfs, *files.fillable_pdfs(), *files.filled_pdfs()])) == {}


@pytest.mark.long
def test_every_word_file_passes_the_open_xml_sdk(files: Validated) -> None:
    assert named(openxml_sdk(files.all("docx"))) == {}


def test_every_word_file_passes_openxml_audit(files: Validated) -> None:
    assert named(openxml_audit(files.all("docx"))) == {}


@pytest.mark.long
def test_libreoffice_makes_at_most_a_page_more_of_a_word_file_than_the_pdf_has(
    files: Validated, tmp_path: Path
) -> None:
    converted = libreoffice(files.all("docx"), tmp_path)
    counts = {
        word.name: (count_pages(result), count_pages(pdf))
        for pdf, (word, result) in zip(files.all("pdf"), converted.items(), strict=True)
    }
    assert {name: both for name, both in counts.items() if not 0 < both[0] <= both[1] + 1} == {}


def count_pages(pdf: Path | None) -> int:
    if pdf is None:
        return 0
    with pdfium.PdfDocument(pdf) as document:
        return len(document)


@pytest.mark.long
def test_every_web_page_is_accessible(files: Validated) -> None:
    assert named(axe(files.all("html"))) == {}


def test_every_web_page_is_valid(files: Validated) -> None:
    assert named(nu(files.all("html"))) == {}
