"""Words, dates and numbers of each language."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import planforms as pf
from planforms.languages import language_code, language_folders, list_languages, load_words
from tests.reports import LANGUAGES

OLD = 'tag = "nb"\nbabel = "nb_NO"\nshort_date = "dd.MM.yyyy"\n'
"""Settings of before there were others."""


@pytest.mark.parametrize(
    ("language", "tag", "long", "short", "number", "joined"),
    [
        ("no", "nb", "2. mars 2026", "02.03.2026", "12 345,5", "a, b og c"),
        ("sv", "sv", "2 mars 2026", "2026-03-02", "12 345,5", "a, b och c"),
        ("da", "da", "2. marts 2026", "02.03.2026", "12.345,5", "a, b og c"),
    ],
)
def test_each_language_writes_dates_and_numbers_its_own_way(
    language: str, tag: str, long: str, short: str, number: str, joined: str
) -> None:
    words = load_words(language)
    day = date(2026, 3, 2)
    assert words.tag == tag
    assert words.date(day) == long.replace(" ", "\u00a0")
    assert words.date(day, "short") == short
    assert long.startswith(words.date(day, "day").replace("\u00a0", " ").rstrip("."))
    assert words.number(Decimal("12345.50")) == number.replace(" ", "\u00a0")
    assert words.join(["a", "b", "c"]) == joined


def test_the_footer_says_page_and_pages_in_every_language() -> None:
    for language in LANGUAGES:
        words = load_words(language).term("note", "page")
        assert "{page}" in words
        assert "{pages}" in words


def test_ones_own_terms_come_before_the_built_in_ones(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    folder.mkdir()
    (folder / "terms.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "title"\nmsgid "final_report"\nmsgstr "Avslutningsrapport"\n',
        encoding="utf-8",
    )
    words = load_words("no", [tmp_path])
    assert words.term("title", "final_report") == "Avslutningsrapport"
    assert words.term("flag", "yes") == "Ja"
    assert load_words("no").term("title", "final_report") == "Sluttrapport"


def test_a_missing_word_is_an_error_that_says_where_to_add_it() -> None:
    with pytest.raises(pf.TemplateError) as caught:
        load_words("no").term("title", "no_such")
    [problem] = caught.value.problems
    assert problem.place == "no/terms.po"
    assert 'msgid "no_such"' in problem.hint


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("terms.po", "hello", "terms.syntax"),
        ("terms.po", "\udcff", "terms.syntax"),
        ("locale.toml", "tag = ", "locale.syntax"),
        ("locale.toml", 'tag = "nb"\nbabel = "xx_YY"\nshort_date = "d"', "locale.syntax"),
        ("locale.toml", 'tag = "nb"', "locale.missing"),
        ("locale.toml", "\udcff", "locale.syntax"),
        ("locale.toml", OLD + 'month = "x"', "locale.unknown_field"),
        ("locale.toml", OLD + '[conventions]\nyear = "x"', "locale.unknown_field"),
        ("locale.toml", OLD + 'aliases = ["to ord"]', "locale.string_pattern_mismatch"),
        ("locale.toml", OLD + 'abbreviations = "f.eks"', "locale.tuple_type"),
    ],
)
def test_a_broken_word_file_is_named(tmp_path: Path, name: str, content: str, code: str) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(pf.TemplateError) as caught:
        load_words("no", [tmp_path])
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.place.startswith(f"no/{name}") for problem in caught.value.problems)


def write_settings(folder: Path, code: str, content: str) -> None:
    (folder / code).mkdir()
    (folder / code / "locale.toml").write_text(content, encoding="utf-8")


def test_settings_of_three_keys_are_enough(tmp_path: Path) -> None:
    write_settings(tmp_path, "no", OLD)
    words = load_words("no", [tmp_path])
    assert words.word_locale == "nb-NO"
    assert words.settings.aliases == words.settings.abbreviations == ()
    assert words.settings.conventions.date == ""
    assert words.term("flag", "yes") == "Ja"


def test_settings_may_begin_with_a_mark_of_their_encoding(tmp_path: Path) -> None:
    write_settings(tmp_path, "no", f"\ufeff{OLD}")
    assert load_words("no", [tmp_path]).tag == "nb"


@pytest.mark.parametrize(
    ("language", "locale"), [("no", "nb-NO"), ("nn", "nn-NO"), ("sv", "sv-SE"), ("da", "da-DK")]
)
def test_each_language_has_its_name_in_word(language: str, locale: str) -> None:
    assert load_words(language).word_locale == locale


def test_word_may_call_a_language_otherwise(tmp_path: Path) -> None:
    write_settings(tmp_path, "no", OLD + 'word_locale = "se-NO"')
    assert load_words("no", [tmp_path]).word_locale == "se-NO"


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no", "no"),
        ("NO", "no"),
        ("nb", "no"),
        ("nb-NO", "no"),
        ("NB-no", "no"),
        ("sv-SE", "sv"),
        ("da-dk", "da"),
    ],
)
def test_a_language_answers_to_its_folder_and_its_aliases(name: str, code: str) -> None:
    assert language_code(name) == load_words(name).code == code
    assert language_folders(name) == language_folders(code)


def test_a_new_setting_is_read_at_once(tmp_path: Path) -> None:
    write_settings(tmp_path, "xx", OLD + 'aliases = ["xx-YY"]')
    assert language_code("xx-yy", [tmp_path]) == "xx"
    (tmp_path / "xx" / "locale.toml").write_text(OLD + 'aliases = ["zz"]', encoding="utf-8")
    os.utime(tmp_path / "xx" / "locale.toml", ns=(0, 0))
    assert language_code("zz", [tmp_path]) == "xx"


def test_a_folder_comes_before_an_alias(tmp_path: Path) -> None:
    write_settings(tmp_path, "nb", OLD)
    assert language_code("nb", [tmp_path]) == "nb"
    assert language_code("nb-NO", [tmp_path]) == "no"


def test_an_alias_of_two_languages_is_a_wrong_call(tmp_path: Path) -> None:
    write_settings(tmp_path, "xx", OLD + 'aliases = ["NB"]')
    with pytest.raises(pf.UsageError) as caught:
        language_code("nb", [tmp_path])
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("language.ambiguous", "language")
    assert problem.hint == "write one of: no, xx"


def test_settings_with_mistakes_keep_no_other_language_from_being_found(tmp_path: Path) -> None:
    write_settings(tmp_path, "aa", "tag =")
    assert language_code("nb", [tmp_path]) == "no"


@pytest.mark.parametrize("name", ["", ".", "..", "../no", "no/", "x" * 10_000, "\x00"])
def test_a_name_that_is_none_opens_no_file(name: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        language_code(name)
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("language.unknown", "language")
    assert problem.message == "no templates in this language"


def test_a_language_without_a_folder_is_a_wrong_call() -> None:
    with pytest.raises(pf.UsageError) as caught:
        load_words("fi")
    assert caught.value.problems[0].hint == f"known: {', '.join(list_languages())}"
