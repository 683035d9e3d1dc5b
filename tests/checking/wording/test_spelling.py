from __future__ import annotations

import time
from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.wording import check_wording
from planforms.checking.wording.spelling import misspelled, read_word_list, suggestions
from planforms.errors import Severity
from tests.checking.wording.files import LOCALES, sources, template

RIGHT = {
    "no": "Deltakeren får skjemaet og kan lese det i ro og mak. Spør en tolk.",
    "sv": "Deltagaren får blanketten och kan läsa den i lugn och ro. Fråga en tolk.",
    "da": "Deltageren får skemaet og kan læse det i ro og mag. Spørg en tolk.",
}
WRONG = {"no": "opplysnigner", "sv": "uppgiffter", "da": "oplysnigner"}


def check(language: str, text: str, folder: Path | None = None) -> list[Finding]:
    file = template(f"<p>{text}</p>", language)
    return list(check_wording(sources(file, folder=folder)))


@pytest.mark.parametrize("language", LOCALES)
def test_right_words_are_known(language: str) -> None:
    assert check(language, RIGHT[language]) == []


@pytest.mark.parametrize("language", LOCALES)
def test_a_wrong_word_is_an_error_wherever_it_stands(language: str) -> None:
    found = check(language, f"{RIGHT[language]} {WRONG[language]}, {{{{ a }}}} {WRONG[language]}")
    assert [(f.code, f.text) for f in found] == [("check.spelling", WRONG[language])] * 2
    assert found[0].severity is Severity.ERROR
    assert found[0].column < found[1].column


def test_the_hint_says_what_may_be_meant() -> None:
    [finding] = check("da", "oplysnigner")
    assert "“oplysninger”" in finding.hint
    assert "da/words.txt" in finding.hint


def test_the_hint_names_the_right_term_for_one_of_another_language() -> None:
    danish = template("<p>Spørg deltakeren om det.</p>", "da")
    [finding] = check_wording(sources(danish, template("<p>Ja</p>", "no")))
    assert "here it is called: deltager" in finding.hint


def test_a_missing_space_after_a_full_stop_is_found() -> None:
    [finding] = check("sv", "Läs först.Skriv sedan.")
    assert finding.text == "först.Skriv"


def test_expressions_and_numbers_are_not_spelled() -> None:
    assert check("no", "{{ xqzw }}s 2b {% if qqqq %}{% endif %}") == []


def test_ones_own_word_list_adds_to_the_built_in_one(tmp_path: Path) -> None:
    assert len(check("no", "Noe mer xqzw")) == 1
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "words.txt").write_text("xqzw # et merke\n", encoding="utf-8")
    assert check("no", "Noe mer xqzw", tmp_path) == []


def test_a_word_list_holds_words_first_parts_and_remarks(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("# remark\nnoe\nNav # name\ntiltaks-\n", encoding="utf-8")
    own = read_word_list([tmp_path])
    assert own.knows("noe")
    assert own.knows("Noe")
    assert own.knows("Nav")
    assert not own.knows("nav")
    assert own.rests("Tiltaksplassen") == ["plassen"]
    assert own.rests("tiltaksom") == []


def test_a_first_part_lets_known_words_follow_and_no_others() -> None:
    assert check("no", "Taushetsområdet") == []
    [finding] = check("no", "Taushetsområddet")
    assert finding.text == "Taushetsområddet"


def test_the_letters_of_the_language_are_asked_for() -> None:
    assert misspelled("nb_NO", ["blåbærsyltetøy", "blåbærsyltetøyx"]) == {"blåbærsyltetøyx"}


def test_a_letter_that_only_looks_right_makes_a_word_wrong() -> None:
    cyrillic = "\N{CYRILLIC SMALL LETTER A}"
    assert misspelled("nb_NO", ["samtykke", f"s{cyrillic}mtykke"]) == {f"s{cyrillic}mtykke"}


def test_suggestions_are_the_nearest_words() -> None:
    assert suggestions("sv_SE", ["samtykce"])["samtykce"].startswith("“samtycke”")


def test_without_hunspell_one_warning_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    [finding] = check("sv", "xqzw")
    assert (finding.code, finding.severity) == ("check.no_dictionary", Severity.WARNING)
    assert finding.file.endswith("sv/locale.toml")
    assert "sv_SE" in finding.message
    assert "hunspell-sv" in finding.hint


def test_a_language_without_dictionary_is_a_warning_and_the_others_are_spelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LOCALES, "no", "xx_XX")
    files = sources(template("<p>xqzw</p>", "no"), template("<p>xqzw</p>", "sv"))
    found = {f.code: f for f in check_wording(files)}
    assert set(found) == {"check.no_dictionary", "check.spelling"}
    assert found["check.spelling"].file.startswith("sv")


def test_a_text_of_wrong_words_alone_does_not_take_long() -> None:
    wrong = ". ".join(f"Xq{a}zw{b}" for a in "abcdefghij" for b in "abcdefghij")
    start = time.perf_counter()
    assert len(check("no", wrong)) == 100
    assert time.perf_counter() - start < 5
