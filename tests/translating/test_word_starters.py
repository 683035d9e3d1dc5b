"""Word templates to begin with."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import planforms as pf
from planforms import cli
from planforms.checking.sources import Sources, read_sources
from planforms.checking.word_templates import check_word_templates
from planforms.document import Letterhead
from planforms.readback.docx import read_docx
from planforms.translating.word_starters import made_from, put_word_template, word_template
from planforms.word_templates.template import make_template
from planforms.writers._word_xml import WORD
from tests.conformance.openxml import openxml_audit, openxml_sdk
from tests.conformance.word_forms import filled_docx
from tests.every import from_starters
from tests.filling import answers
from tests.reading.docx import docx_text
from tests.reports import LANGUAGES, problems_of

A_FEW = {
    "consent": "molde",
    "final_report": None,
    "statistics": "vivirk",
    "questionnaire": "hjortmossen",
    "complaint_reply": "team_work",
}
"""Kinds that together have all that a template can hold, each with a service or none."""


@cache
def every_source() -> Sources:
    return read_sources()


def expected_text(document: pf.Document) -> str:
    """What a document says, without the logo that a starter has only for a service."""
    [first, *others] = document.blocks
    assert isinstance(first, Letterhead)
    plain = replace(document, blocks=(replace(first, logo=None), *others))
    return " ".join(plain.text().split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", pf.kinds())
def test_it_says_the_same_words_in_the_same_order(kind: str, language: str, tmp_path: Path) -> None:
    content = made_from(every_source(), kind, language)
    put_word_template(content, kind, language, tmp_path)
    chosen = [one for one in from_starters() if (one.kind, one.language) == (kind, language)]
    assert chosen
    for case in chosen:
        document = case.document(tmp_path)
        said = " ".join(docx_text(pf.to_docx(document)).split())
        assert said == expected_text(document), case.name


@pytest.mark.parametrize("kind", ["consent", "complaint"])
def test_a_form_to_fill_in_is_read_like_the_built_in_one(kind: str, tmp_path: Path) -> None:
    put_word_template(word_template(kind, "no", "molde"), kind, "no", tmp_path)
    plain = pf.blank(kind, service="molde")
    forms = (plain, pf.blank(kind, service="molde", templates=tmp_path))
    ours, own = (pf.to_docx(form, fillable=True) for form in forms)
    known = read_docx(ours).values
    given = {path: value for path, value in answers(plain).items() if path not in known}
    values = read_docx(filled_docx(own, given)).values
    assert values == read_docx(filled_docx(ours, given)).values
    assert len(values) > 20


@pytest.fixture(scope="session")
def a_few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Word templates of the kinds that hold most, each in another language."""
    folder = tmp_path_factory.mktemp("starters")
    for number, (kind, service) in enumerate(A_FEW.items()):
        language = LANGUAGES[number % len(LANGUAGES)]
        put_word_template(word_template(kind, language, service), kind, language, folder)
    return folder


def test_the_check_finds_nothing_in_them(a_few: Path) -> None:
    found = [one for one in check_word_templates(read_sources([a_few])) if one.code != "word.own"]
    assert [f"{one.place}: {one.message}" for one in found] == []


def test_they_are_valid_word_files(a_few: Path) -> None:
    files = sorted(a_few.glob("*/*.docx"))
    assert len(files) == len(A_FEW)
    for failures in (openxml_sdk(files), openxml_audit(files)):
        assert {file.name: found for file, found in failures.items() if found} == {}


def test_the_same_template_gives_the_same_bytes() -> None:
    assert word_template("consent", "no", "molde") == word_template("consent", "no", "molde")


def test_what_looks_are_made_of_are_styles_with_names_that_people_understand() -> None:
    paragraphs = make_template(word_template("rights", "sv"), "x").parts[0].paragraphs
    found = (p.element.find(f"{WORD}pPr/{WORD}pStyle") for p in paragraphs)
    styles = {style.get(f"{WORD}val") for style in found if style is not None}
    assert {
        "Heading1",
        "Heading2",
        "PlanformsLabel",
        "PlanformsStatement",
        "PlanformsLaw",
    } <= styles


def test_the_letterhead_is_that_of_the_service() -> None:
    plain, own = word_template("consent", "no"), word_template("consent", "no", "molde")
    assert b"word/media/image" not in plain
    assert b"word/media/image" in own


def test_nobody_is_named_in_a_template_but_those_who_made_it() -> None:
    words = "".join(
        p.words for p in make_template(word_template("consent", "no"), "x").parts[0].paragraphs
    )
    assert "{{ service.organisation.unit }}" in words
    assert "Molde" not in words


# --- the command ----------------------------------------------------------------------------


def run(*words: str | Path) -> int:
    return cli.main(["templates", "word", *map(str, words)])


def test_the_command_writes_where_templates_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rights", "nb-NO", "--service", "molde", "-o", tmp_path, "--json") == 0
    path = tmp_path / "no" / "rights.docx"
    assert json.loads(capsys.readouterr().out) == {"path": str(path), "written": True}
    assert path.read_bytes() == word_template("rights", "no", "molde")


def test_what_was_changed_in_word_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "no" / "rights.docx"
    assert run("rights", "no", "-o", tmp_path) == 0
    assert run("rights", "no", "-o", tmp_path) == 0
    path.write_bytes(b"mine")
    assert run("rights", "no", "-o", tmp_path) == 2
    assert path.read_bytes() == b"mine"
    assert run("rights", "no", "-o", tmp_path, "--replace") == 0
    assert path.read_bytes() == word_template("rights", "no")


@pytest.mark.parametrize(
    ("kind", "language", "service", "code"),
    [
        ("right", "no", None, "kind.unknown"),
        ("_parts", "no", None, "kind.unknown"),
        ("rights", "xx", None, "language.unknown"),
        ("rights", "no", "moldee", "service.unknown"),
    ],
)
def test_what_there_is_not_is_told(kind: str, language: str, service: str, code: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        word_template(kind, language, service)
    assert {problem for problem, _ in problems_of(caught.value)} == {code}
