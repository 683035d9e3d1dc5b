"""A language that an office brings: a folder with some kinds, in a script of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.document import Beside, Paragraph, Text
from planforms.languages import load_words
from planforms.services import list_services
from planforms.writers import ENGINES, fonts
from planforms.written import DoubtError, parse_date
from tests.commands import call
from tests.conformance.axe import axe
from tests.conformance.nu import nu
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.pdf_structure import pdf_structure
from tests.conformance.verapdf import verapdf
from tests.filling_pdf import filled_by_pypdf
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.glyphs import read_glyphs
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.reports import ROOT
from tests.writers.sample import document_of

BROUGHT = ROOT / "tests" / "brought"
SUMMONS = next(ROOT.glob("examples/team_work/summons_new_meeting*.json"))
ALPHABET = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"
LETTERS = ALPHABET + ALPHABET.lower() + "’«»№"

DOCUMENTS: dict[str, Callable[[], pf.Document]] = {
    "empty": lambda: pf.blank("summons", service="molde", language="uk", templates=BROUGHT),
    "filled": lambda: pf.render(pf.load(SUMMONS), language="uk-UA", templates=BROUGHT),
    "beside": lambda: pf.render(pf.load(SUMMONS), beside="uk", templates=BROUGHT),
    "latin": lambda: pf.blank("survey", service="vivirk", beside="en", templates=BROUGHT),
}
"""Each way in which a brought language is used."""
WAYS: list[dict[str, Any]] = [{"language": "uk"}, {"beside": "uk"}]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_formats_say_what_the_document_says(name: str, tmp_path: Path) -> None:
    document = DOCUMENTS[name]()
    words = document.text()
    assert first_difference(words, html_text(pf.to_html(document))) is None
    assert first_difference(words, docx_text(pf.to_docx(document))) is None
    for engine in ENGINES:
        pdf = tmp_path / f"{engine}.pdf"
        pf.write(document, pdf, engine=engine)
        assert first_difference(words, pdf_text(pdf.read_bytes())) is None
        assert pdf_structure(pdf) == []
    assert document.warnings == ()


def test_every_service_has_its_papers_in_it() -> None:
    for service in list_services():
        form = pf.blank("summons", service=service, language="uk", templates=BROUGHT)
        assert (form.language, form.locale) == ("uk", "uk-UA")
        assert "Запрошення на зустріч" in form.text()


@pytest.mark.long
def test_validators_find_nothing_in_the_files(tmp_path: Path) -> None:
    for name, made in DOCUMENTS.items():
        for engine in ENGINES:
            pf.write(made(), tmp_path / f"{name}-{engine}.pdf", engine=engine)
        for suffix in ("html", "docx", "pdf"):
            pf.write(made(), tmp_path / f"{name}.{suffix}")
            form = tmp_path / f"{name}-form.{suffix}"
            pf.write(made(), form, fillable=True)
    found = {
        **verapdf([*tmp_path.glob("*.pdf")]),
        **openxml_sdk([*tmp_path.glob("*.docx")]),
        **openxml_audit([*tmp_path.glob("*.docx")]),
        **axe([*tmp_path.glob("*.html")]),
    }
    assert {path.name: failures for path, failures in found.items() if failures} == {}
    assert [failures for failures in nu([*tmp_path.glob("*.html")]).values() if failures] == []


# --- letters ----------------------------------------------------------------------------------


def test_each_face_of_the_fonts_has_the_letters() -> None:
    assert fonts.covered() >= set(map(ord, LETTERS))
    assert fonts.subsets_for("Їжак") == (fonts.Subset.LATIN, fonts.Subset.REST)
    assert fonts.subset_rule(fonts.SEMIBOLD, fonts.Subset.REST) in pf.to_html(DOCUMENTS["empty"]())


@pytest.mark.parametrize("engine", ENGINES)
def test_words_are_hyphenated_as_the_language_does(engine: str) -> None:
    long = Paragraph((Text("відповідальність працевлаштування " * 12),))
    narrow = document_of(Beside(((long,), (long,))))
    pdf = pf.to_pdf(replace(narrow, language="uk"), engine=engine)
    drawn = "".join(glyph.text for glyph in read_glyphs(pdf))
    assert "\N{HYPHEN}" in drawn or "\N{SOFT HYPHEN}" in drawn


def test_a_form_comes_back_with_what_was_written_in_it() -> None:
    form = DOCUMENTS["empty"]()
    given = {
        "case.number": "TW-2026-017",
        "case.participant.name": "Ганна Їжакевич",
        "purpose": f"Про план. {LETTERS}",
        "meeting.day": "16 березня 2026 року",
        "meeting.starts": "о 13:00",
    }
    filled = filled_by_pypdf(form, pf.to_pdf(form, fillable=True), given)
    reading = pf.read(filled, templates=BROUGHT)
    assert reading.values["purpose"] == given["purpose"]
    assert reading.values["meeting"] == {"day": "2026-03-16", "starts": "13:00"}
    assert pf.read(pf.to_docx(form, fillable=True), templates=BROUGHT).problems


# --- dates and numbers --------------------------------------------------------------------------


def test_days_and_counts_are_written_and_read_as_the_language_has_them() -> None:
    words = load_words("uk", (BROUGHT,))
    day = date(2026, 3, 16)
    written = words.date(day).replace("\u00a0", " ")
    assert written == "16 березня 2026 року"
    assert words.date(day, "short") == "16.03.2026"
    for text in (written, "16 березня 2026 р.", "16 березень 2026", "понеділок 16.3.2026"):
        assert parse_date(text, words) == day
    with pytest.raises(DoubtError):
        parse_date("16 березіль 2026", words)
    counted = [words.plural("length", "days", count) for count in (1, 3, 5, 21)]
    assert counted == ["1 день", "3 дні", "5 днів", "21 день"]


# --- what is missing, and what is wrong ---------------------------------------------------------


def test_a_kind_that_is_not_there_is_told_by_its_file() -> None:
    for options in WAYS:
        with pytest.raises(pf.TemplateError) as caught:
            pf.blank("consent", service="molde", templates=BROUGHT, **options)
        [problem] = caught.value.problems
        assert (problem.code, problem.place) == ("template.missing", "uk/consent.html")
        assert "summons" in problem.hint


def test_without_its_folder_there_is_no_such_language(tmp_path: Path) -> None:
    answer = call("blank", "summons", "--service", "molde", "-l", "uk", "-o", tmp_path / "a.html")
    assert answer.returncode == 2
    assert "language.unknown" in answer.stderr


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    shutil.copytree(BROUGHT, folder)
    return folder


def told(folder: Path) -> list[tuple[str, str]]:
    found = pf.check(templates=folder)
    return [(one.code, Path(one.file).name) for one in found]  # type: ignore[attr-defined]


def change(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new), encoding="utf-8")


EXPECTED = [("check.file", "locale.toml"), ("check.no_dictionary", "locale.toml")] * 2
"""Of each of two languages: most kinds are not there, and no dictionary is installed."""


def test_the_check_asks_for_no_more_than_its_documents_need(own: Path) -> None:
    assert told(own) == EXPECTED


MISTAKES = [
    ("terms.po", "Запитання до", "", "check.term_missing"),
    ("terms.po", 'msgid "Summons.purpose"', 'msgid "Summons.purpse"', "check.term_missing"),
    ("terms.po", "Сторінка {page} з {pages}", "Сторінка {page}", "check.placeholder"),
    ("summons.html", "<h2>Час вам не підходить?</h2>", "", "check.parity"),
    ("summons.html", "{{ contact.phone }}. Тоді ми зн", "{{ contact.phne }}", "template.path"),
    ("_parts.html", "<p>Якщо вам потрібен перекладач, ми його запросимо. Для вас це безкоштовно. "
     "Діти ніколи не повинні перекладати.</p>", "", "check.parity"),
    ("summons.html", "Це ваша зустріч.", "ეს თქვენი შეხვედრაა.", "check.glyph"),
    ("summons.html", "Це ваша зустріч.", "זו הפגישה שלך.", "template.syntax"),
    ("terms.po", "Порядок денний", "סדר היום", "terms.letters"),
    ("locale.toml", 'babel = "uk_UA"', 'babel = "ar_SY"', "locale.direction"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code"), MISTAKES)
def test_the_check_finds_what_is_wrong(file: str, old: str, new: str, code: str, own: Path) -> None:
    change(own / "uk" / file, old, new)
    assert (code, file) in [one for one in told(own) if one not in EXPECTED]


@pytest.mark.parametrize("locale", ["ar_SY", "he_IL", "fa_IR", "ur_PK", "ckb_IQ", "ps_AF"])
def test_a_language_from_right_to_left_is_refused(locale: str, own: Path) -> None:
    change(own / "uk" / "locale.toml", "uk_UA", locale)
    for options in WAYS:
        with pytest.raises(pf.TemplateError) as caught:
            pf.blank("summons", service="molde", templates=own, **options)
        [problem] = caught.value.problems
        assert problem.code == "locale.direction"
        assert "right to left" in problem.message


def test_words_from_right_to_left_are_refused_in_a_template_and_in_terms(own: Path) -> None:
    change(own / "uk" / "summons.html", "Це ваша зустріч.", "هذا اجتماعك.")
    with pytest.raises(pf.TemplateError) as caught:
        pf.blank("summons", service="molde", language="uk", templates=own)
    assert "right to left" in caught.value.problems[0].message
    change(own / "uk" / "terms.po", "Порядок денний", "جدول الأعمال")
    with pytest.raises(pf.TemplateError) as caught:
        pf.blank("summons", service="molde", language="uk", templates=own)
    assert "right to left" in caught.value.problems[0].message


def test_words_from_right_to_left_in_the_data_are_a_warning() -> None:
    data = pf.load(SUMMONS).model_copy(update={"purpose": "لقاء"})
    document = pf.render(data, templates=BROUGHT)
    assert [problem.code for problem in document.warnings] == ["data.glyph"]
