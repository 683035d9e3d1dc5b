"""Problems in the languages of those who fill in forms: every code has words, none repeats data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import planforms as pf
from planforms.languages import PROBLEMS_FILE, load_words, parse_terms, template_root
from tests.problem_texts import SOURCE, texts
from tests.reports import LANGUAGES, ROOT, report_data
from tests.test_docs import literal_codes, pydantic_codes

SECRET = "Kari Hemmelig"


def words(language: str) -> dict[str, str]:
    """The words for problems of a language by the English ones."""
    path = template_root() / language / PROBLEMS_FILE
    return {term.key[1]: term.forms[0] for term in parse_terms(path.read_text(encoding="utf-8"))}


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_and_hint_of_every_code_has_words(language: str) -> None:
    known = words(language)
    lacking = {code: told - known.keys() for code, told in texts().items()}
    assert {code: told for code, told in lacking.items() if told} == {}


def test_every_code_of_case_data_has_messages() -> None:
    groups = ("data.", "form.", "release.", "service.", "language.")
    named = {code for code in literal_codes() if code.startswith(groups)} - {"data.path"}
    profiles_alone = {"service.toml"}
    assert named - profiles_alone - texts().keys() == set()
    assert len(texts()) > 80
    assert "data.string_too_long" in texts() and "too_long" in pydantic_codes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_kept_for_what_nobody_says(language: str) -> None:
    said = set().union(*texts().values())
    assert words(language).keys() - said == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_name_what_the_english_ones_name(language: str) -> None:
    found = words(language).items()
    assert [text for text, said in found if placeholders(text) != placeholders(said)] == []


def test_the_languages_differ_from_english_and_from_one_another() -> None:
    for text in set().union(*texts().values()) - {"known: {known}"}:
        said = {words(language)[text] for language in LANGUAGES}
        assert text not in said
    bokmål, nynorsk, swedish, danish = (set(words(language).values()) for language in LANGUAGES)
    assert len(bokmål & swedish) < 30 and len(bokmål & danish) < 90
    assert len(nynorsk & swedish) < 30 and len(nynorsk & danish) < 30
    assert len(bokmål & nynorsk) < 40


# --- what comes back --------------------------------------------------------------------------


def problem_of(changes: dict[str, object]) -> pf.Problem:
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load(report_data(changes)))
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("changes", "language", "message", "hint"),
    [
        ({"issued_on": "6.11.2026"}, "no", "er ikke en dato", "skriv den på formen ÅÅÅÅ-MM-DD"),
        ({"status": "done"}, "sv", "är inte ett av alternativen", "möjliga värden: draft, final"),
        ({"conclusion": "a" * 20_001}, "da", "er for langt", "højst 20000 tegn"),
        (
            {"language": "se"},
            "nb-NO",
            "det finnes ingen maler på dette språket",
            "velg blant: da, nn, no, sv",
        ),
        (
            {"measure.started_on": "2027-01-01"},
            "sv",
            "ligger efter measure.ended_on",
            "ett av de två datumen är fel",
        ),
        ({"conlcusion": "x"}, "da", "ukendt felt nr. 1", "mente du conclusion?"),
        ({"measure.key": "elsewhere"}, "no", "finnes ikke hos denne tjenesten", None),
        ({"measure.key": "elsewhere"}, "nn-NO", "finst ikkje hos denne tenesta", None),
    ],
)
def test_a_problem_is_told_in_a_language(
    changes: dict[str, object], language: str, message: str, hint: str | None
) -> None:
    english = problem_of(changes)
    told = pf.in_language(english, language)
    assert told.message == message
    assert hint is None or told.hint == hint
    assert (told.code, told.place, told.params) == (english.code, english.place, english.params)
    assert pf.in_language(told, "sv").message == pf.in_language(english, "sv").message


def test_a_key_with_a_word_is_told_in_that_word() -> None:
    consents = [{"area": "nav", "decision": "refused", "decided_on": "2026-02-01"}]
    problem = problem_of({"case.consents": consents, "disclosure": {"basis": "consent"}})
    assert problem.params == {"information": "assessment"}
    said = load_words("no").term("information", "assessment")
    assert pf.in_language(problem, "no").message == f"deltakeren har sagt nei: {said}"


def test_warnings_are_told_too() -> None:
    [warning] = pf.render(pf.load(report_data({"conclusion": "Bra jobba 👍"}))).warnings
    told = pf.in_language(warning, "da")
    assert told.message == "skrifttyperne i dokumentet mangler 1 af tegnene"
    assert told.severity is pf.Severity.WARNING


def test_words_of_ones_own_come_first_and_the_rest_stays(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    folder.mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = 'msgctxt "problem"\nmsgid "is not a date"\nmsgstr "skal være en dato"\n'
    (folder / PROBLEMS_FILE).write_text(head + entry, encoding="utf-8")
    told = pf.in_language(problem_of({"issued_on": "x"}), "no", templates=tmp_path)
    assert (told.message, told.hint) == ("skal være en dato", "skriv den på formen ÅÅÅÅ-MM-DD")


def test_a_language_without_words_for_problems_tells_them_in_english(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    for name in ("locale.toml", "terms.po"):
        content = (template_root() / "no" / name).read_text(encoding="utf-8")
        (tmp_path / "xx" / name).write_text(content, encoding="utf-8")
    problem = problem_of({"issued_on": "x"})
    assert pf.in_language(problem, "xx", templates=tmp_path) == problem


def test_what_is_wrong_with_the_words_is_told(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / PROBLEMS_FILE).write_bytes(b'msgid "\xff"')
    with pytest.raises(pf.TemplateError, match=r"no/problems\.po"):
        pf.in_language(problem_of({"issued_on": "x"}), "no", templates=tmp_path)
    with pytest.raises(pf.UsageError):
        pf.in_language(problem_of({"issued_on": "x"}), "fi")


# --- no values --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "changes",
    [
        {SECRET: "x"},
        {"issued_on": SECRET},
        {"status": SECRET},
        {"measure.key": "kari_hemmelig"},
        {"variant": "kari_hemmelig"},
        {"case.service": "kari_hemmelig"},
        {"case.number": f"2026 {SECRET}"},
        {"signatures.0.role": SECRET},
        {"extent.planned": SECRET},
        {"language": "Kari-Hemmelig"},
        {"instruments.0.areas": [{"area": "kari_hemmelig", "items": []}]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_nothing_of_a_problem_repeats_a_value(changes: dict[str, object], language: str) -> None:
    problem = problem_of(changes)
    told = pf.in_language(problem, language)
    for text in (repr(problem), str(problem.to_dict()), repr(told), str(told), str(told.params)):
        assert "emmelig" not in text


# --- paths ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "place", "path", "pointer"),
    [
        ("data.needed", "issued_on", ("issued_on",), "/issued_on"),
        ("data.date_form", "activities[2].name", ("activities", 2, "name"), "/activities/2/name"),
        ("data.date_form", "a[1][0].b", ("a", 1, 0, "b"), "/a/1/0/b"),
        ("service.unknown", "case.service", ("case", "service"), "/case/service"),
        ("release.draft", "status", ("status",), "/status"),
        ("form.date", "goals[0].due", ("goals", 0, "due"), "/goals/0/due"),
        ("form.damaged", "pdf", (), ""),
        ("form.changed", "the form", (), ""),
        ("data.json", "line 3, column 4", (), ""),
        ("data.size", "the data", (), ""),
        ("file.unreadable", "report.json", (), ""),
        ("profile.missing", "molde.toml: organisation", (), ""),
    ],
)
def test_a_place_in_the_data_is_a_path_and_a_pointer(
    code: str, place: str, path: tuple[str | int, ...], pointer: str
) -> None:
    problem = pf.Problem(code, place, "is wrong")
    assert (problem.path, problem.pointer) == (path, pointer)
    told = problem.to_dict()
    assert (told["path"], told["pointer"]) == (list(path), pointer)


def test_the_path_leads_to_the_wrong_value() -> None:
    data = report_data({"signatures.0.role": "nobody", "activities.0.name": ""})
    with pytest.raises(pf.DataError) as caught:
        pf.load(data)
    for problem in caught.value.problems:
        value: object = data
        for step in problem.path:
            value = value[step]  # type: ignore[index]
        assert value in ("nobody", "")


def test_words_for_problems_ship_with_the_package() -> None:
    assert all((ROOT / "templates" / one / PROBLEMS_FILE).is_file() for one in LANGUAGES)
    assert SOURCE.is_dir()
