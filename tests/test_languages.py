"""Words, dates and numbers of each language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import planforms as pf
from planforms.languages import list_languages, load_words
from tests.reports import LANGUAGES


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
    ],
)
def test_a_broken_word_file_is_named(tmp_path: Path, name: str, content: str, code: str) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(pf.TemplateError) as caught:
        load_words("no", [tmp_path])
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.place.startswith(f"no/{name}") for problem in caught.value.problems)


def test_a_language_without_a_folder_is_a_wrong_call() -> None:
    with pytest.raises(pf.UsageError) as caught:
        load_words("fi")
    assert caught.value.problems[0].hint == f"known: {', '.join(list_languages())}"
