"""A language is a folder: a new one needs no code, and its other names are good everywhere."""

from __future__ import annotations

import ast
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

import planforms as pf
from planforms import cli
from planforms.batching.agenda import agenda
from planforms.languages import LOCALE_FILE, list_languages, load_words, template_root
from planforms.services import BUILT_IN
from tests.reports import COMPLETE, ROOT, problems_of, report_data

SETTINGS = """\
tag = "fr"
aliases = ["fr-CA", "quebec"]
babel = "fr_CA"
short_date = "yyyy-MM-dd"
word_locale = "fr-CA"
dictionary = "nb_NO"
abbreviations = ["f.eks", "nr"]

[conventions]
date = "2014-06-05"
time = "13:00"
"""
"""Norwegian words, written as in Québec: nobody mistakes one for the other."""


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder of templates with one new language."""
    folder = tmp_path / "my-templates"
    shutil.copytree(template_root() / "no", folder / "xx")
    (folder / "xx" / LOCALE_FILE).write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """A folder of services with one that writes in the new language."""
    folder = tmp_path / "my-services"
    folder.mkdir()
    profile = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    profile = profile.replace('id = "molde"', 'id = "lillevik"', 1)
    profile = profile.replace('language = "no"', 'language = "FR-ca"', 1)
    (folder / "lillevik.toml").write_text(profile, encoding="utf-8")
    shutil.copy(BUILT_IN / "molde.png", folder)
    return folder


# --- a new one --------------------------------------------------------------------------------


def test_a_new_language_writes_all_formats(templates: Path) -> None:
    data = pf.load(report_data({"language": "xx"}))
    document = pf.render(data, templates=templates)
    assert "6 novembre 2026" in document.text().replace("\u00a0", " ")
    assert (document.language, document.locale) == ("fr", "fr-CA")
    assert '<html lang="fr">' in pf.to_html(document)
    word = docx.Document(io.BytesIO(pf.to_docx(document)))
    assert {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))} == {"fr-CA"}
    pdf = pypdfium2.PdfDocument(pf.to_pdf(document))
    assert "Sluttrapport" in pdf[0].get_textpage().get_text_range()


def test_a_service_may_write_in_it(templates: Path, services: Path) -> None:
    options: dict[str, Any] = {"templates": templates, "services": services}
    for kind in pf.kinds():
        assert pf.blank(kind, service="lillevik", **options).language == "fr"
    data = pf.load(report_data({"case.service": "lillevik", "language": "fr-CA"}))
    assert pf.render(data, **options).language == "fr"


def test_the_check_holds_it_to_what_it_says_of_itself(templates: Path, services: Path) -> None:
    clean = pf.check(templates=templates, services=services)
    assert [str(problem) for problem in clean if problem.severity == "error"] == []
    path = templates / "xx" / "rights.html"
    added = "\n<p>Møt 2014-06-05 og 5.6.2014, kl 13:00, nr. 5, f.eks. Nav. Xqzw.</p>\n"
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    found = [problem for problem in pf.check(templates=templates) if problem not in clean]
    told = {(problem.code, getattr(problem, "text", "")) for problem in found}
    assert {("check.date", "5.6.2014"), ("check.spelling", "Xqzw")} <= told
    assert not {text for code, text in told if code in ("check.time", "check.number")}


# --- other names ------------------------------------------------------------------------------

NAMES = ("nb", "nb-NO", "NB-no", "NO")


@pytest.mark.parametrize("name", NAMES)
def test_an_alias_gives_the_same_document(name: str) -> None:
    wanted = pf.render(pf.load(report_data()), language="no")
    assert pf.render(pf.load(report_data({"language": name}))) == wanted
    assert pf.render(pf.load(report_data({"language": "da"})), language=name) == wanted
    form = pf.blank("consent", service="vivirk", language="no")
    assert pf.blank("consent", service="vivirk", language=name) == form
    data = pf.load(report_data())
    assert pf.deadlines(data, language=name) == pf.deadlines(data, language="no")


def test_files_of_a_batch_are_called_by_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(report_data({"language": "nb"})), "utf-8")
    for language, made in (("nb-NO", "no"), ("sv-SE", "sv"), (None, "no")):
        out = tmp_path / made
        done = pf.batch(tmp_path / "in.jsonl", out, formats=["html"], language=language)
        [item] = done.items
        assert (item.language, item.problems) == (made, ())
        assert [path.stem.rpartition("_")[2] for path in out.glob("*.html")] == [made]


def test_what_is_due_is_told_of_documents_by_any_name(templates: Path, services: Path) -> None:
    record = json.dumps(report_data({"language": "nb-NO", "status": "draft"})).encode()
    found = agenda(io.BytesIO(record), as_of=date(2026, 3, 1), within=timedelta(days=14))
    assert found.problems == ()


def test_commands_take_an_alias(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "report.html"
    assert cli.main(["render", str(COMPLETE), "-l", "sv-SE", "-o", str(page)]) == 0
    assert 'lang="sv"' in page.read_text(encoding="utf-8")
    blank = ["blank", "rights", "--service", "molde", "-l", "DA", "-o", str(page)]
    assert cli.main(blank) == 0
    assert 'lang="da"' in page.read_text(encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(json.dumps(report_data()), encoding="utf-8")
    assert cli.main(["due", str(tmp_path / "in.jsonl"), "--as-of", "2026-03-01", "-l", "nb"]) == 0
    assert cli.main(["templates", "copy", "rights", "nb", "-o", str(tmp_path / "mine")]) == 0
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["no"]
    own = ["--templates", str(tmp_path / "mine")]
    assert cli.main(["diff", "rights", "nb", "--against", "sv-SE", *own]) == 0
    assert cli.main(["check", "--accept", "rights", "nb-NO", *own]) == 0
    assert "error" not in capsys.readouterr().err


# --- one that there is not --------------------------------------------------------------------


def test_an_unknown_language_in_data_is_told_and_not_repeated() -> None:
    data = pf.load(report_data({"language": "zyxwvut"}))
    for call in (pf.render, pf.deadlines):
        with pytest.raises(pf.DataError) as caught:
            call(data)
        assert problems_of(caught.value) == {("language.unknown", "language")}
        [problem] = caught.value.problems
        assert problem.hint == f"known: {', '.join(list_languages())}"
        assert "zyxwvut" not in str(problem)


def test_an_unknown_language_in_a_file_is_told_and_not_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(report_data({"language": "zyxwvut"})), encoding="utf-8")
    assert cli.main(["render", str(path), "-o", str(tmp_path / "x.html")]) in (1, 2)
    assert [item.name for item in tmp_path.iterdir()] == ["data.json"]
    said = capsys.readouterr()
    assert "language: no templates in this language" in said.err
    assert "known: " in said.err
    assert "zyxwvut" not in said.err + said.out


def test_an_unknown_language_of_a_service_is_a_mistake_of_its_profile(
    templates: Path, services: Path
) -> None:
    with pytest.raises(pf.ProfileError) as caught:
        pf.blank("rights", service="lillevik", services=services)
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("profile.language", "lillevik.toml: language")
    assert problem.hint == f"known: {', '.join(list_languages())}"
    assert pf.blank("rights", service="lillevik", services=services, language="da")
    [found] = [p for p in pf.check(services=services) if p.code == "profile.language"]
    assert (getattr(found, "line", 0), found.severity) == (9, "error")


# --- no language in code ----------------------------------------------------------------------


def known_names() -> set[str]:
    """Every name that a language or its country goes by in what a program reads."""
    names = set()
    for code in list_languages():
        settings = load_words(code).settings
        names |= {code, settings.tag, settings.babel, *settings.aliases}
        names |= set(settings.babel.split("_"))
    return names | {name.replace("_", "-") for name in names}


NO_LANGUAGES = {
    (module, "no") for module in ("complaint.py", "parsing.py", "term_keys.py", "values.py")
}
"""The answer to a question."""


def test_no_language_is_named_in_the_code() -> None:
    found = set()
    for path in (ROOT / "src" / "planforms").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add((path.name, node.value))
    named = {(module, word) for module, word in found if word in known_names()}
    assert named == NO_LANGUAGES
