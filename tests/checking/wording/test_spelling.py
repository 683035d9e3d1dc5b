from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.wording import check_wording, hunspell
from planforms.checking.wording.hunspell import misspelled, suggestions
from planforms.checking.wording.spelling import MAX_SUGGESTED, read_word_list
from planforms.errors import Severity
from tests.checking.wording.files import SETTINGS, sources, template
from tests.reports import LANGUAGES

RIGHT = {
    "no": "Deltakeren får skjemaet og kan lese det i ro og mak. Spør en tolk.",
    "nn": "Deltakaren får skjemaet og kan lese det i ro og mak. Spør ein tolk.",
    "sv": "Deltagaren får blanketten och kan läsa den i lugn och ro. Fråga en tolk.",
    "da": "Deltageren får skemaet og kan læse det i ro og mag. Spørg en tolk.",
}
WRONG = {"no": "opplysnigner", "nn": "opplysnignar", "sv": "uppgiffter", "da": "oplysnigner"}


def check(language: str, text: str, folder: Path | None = None) -> list[Finding]:
    file = template(f"<p>{text}</p>", language)
    return list(check_wording(sources(file, folder=folder)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_words_are_known(language: str) -> None:
    assert check(language, RIGHT[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
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


@pytest.fixture
def dictionaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which hunspell looks for dictionaries; no answer of before counts."""
    monkeypatch.setenv("DICPATH", str(tmp_path))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    hunspell._answers.cache_clear()
    hunspell._dictionaries.cache_clear()


@pytest.mark.parametrize(
    ("encoding", "right", "wrong"),
    [
        ("UTF-8", ["ŋielladit", "đahkat", "sámegiella"], ["ŋielladitt", "sáŋmegiella", "ŋđahkat"]),
        ("ISO8859-10", ["đahkat", "sámegiella", "ŋielladit"], ["đđahkat", "łđahkat"]),
        ("ISO8859-2", ["łąka", "Jarosław"], ["łłąka", "ŋłąka", "łąkaŋ"]),
        ("", ["blåbær"], ["łblåbær", "blåŋbær", "blåbærł"]),
    ],
)
def test_a_letter_counts_whatever_encoding_the_dictionary_has(
    dictionaries: Path, encoding: str, right: list[str], wrong: list[str]
) -> None:
    affixes = f"# affixes\nSET {encoding}\n" if encoding else ""
    listed = "\n".join([str(len(right)), *right, ""])
    (dictionaries / "xx_XX.aff").write_text(affixes, encoding="ascii")
    coded = listed.encode(encoding or "latin-1")
    (dictionaries / "xx_XX.dic").write_bytes(coded)
    assert misspelled("xx_XX", [*right, *wrong]) == set(wrong)


@pytest.mark.parametrize(
    ("dictionary", "word"), [("sv_SE", "Jarosław"), ("sv_SE", "Miloš"), ("da_DK", "Chełmno")]
)
def test_a_name_that_the_dictionary_knows_is_right_whatever_its_letters(
    dictionary: str, word: str
) -> None:
    assert misspelled(dictionary, [word, f"{word}ŋ"]) == {f"{word}ŋ"}


@pytest.mark.parametrize("letter", ["ŋ", "đ", "š", "ł"])
def test_a_letter_that_the_dictionary_lacks_makes_a_word_wrong_wherever_it_stands(
    letter: str,
) -> None:
    wrong = [f"{letter}samtykke", f"sam{letter}tykke", f"samtykke{letter}", f"{letter}{letter}"]
    assert misspelled("nb_NO", ["samtykke", *wrong]) == set(wrong)
    assert suggestions("nb_NO", wrong) == {}


def test_ones_own_word_list_may_have_any_letter(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "words.txt").write_text("Kárášjohka\nŋuoddu-\n", encoding="utf-8")
    assert check("no", "Les om Kárášjohka i Ŋuoddusamtykke", tmp_path) == []
    [finding] = check("no", "Les om Kárašjohka", tmp_path)
    assert finding.text == "Kárašjohka"
    assert "no/words.txt" in finding.hint


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
    other = SETTINGS["no"].replace('dictionary = "nb_NO"', 'dictionary = "xx_XX"')
    monkeypatch.setitem(SETTINGS, "no", other)
    files = sources(template("<p>xqzw</p>", "no"), template("<p>xqzw</p>", "sv"))
    found = {f.code: f for f in check_wording(files)}
    assert set(found) == {"check.no_dictionary", "check.spelling"}
    assert found["check.spelling"].file.startswith("sv")


def test_a_text_of_wrong_words_alone_asks_hunspell_for_few_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Sequence[str]] = []

    def ask(dictionary: str, mode: str, lines: Sequence[str]) -> str:
        asked.append(lines)
        return ""

    monkeypatch.setattr(hunspell, "_ask", ask)
    wrong = ". ".join(f"Xq{a}zw{b}" for a in "abcdefghij" for b in "abcdefghij")
    assert len(check("no", wrong)) == 100
    assert sorted(map(len, asked)) == [MAX_SUGGESTED, 100]
