from __future__ import annotations

import pytest

from planforms.checking.findings import Finding
from planforms.checking.sources import read_sources
from planforms.checking.wording.passages import FIELD, passages
from planforms.checking.wording.reading import (
    MAX_EASY_LIX,
    MAX_EASY_MEAN,
    MAX_SENTENCE_WORDS,
    check_reading,
    is_label,
    lix,
    split_sentences,
)
from planforms.errors import Severity
from tests.checking.wording.files import settings, words
from tests.reports import LANGUAGES

NORWEGIAN = settings("no")
EASY = "Du kan si ja eller nei. "
HARD = "Underskriften dokumenterer rettighetsinformasjonen overfor samarbeidspartnerne. "


def check(content: str) -> list[Finding]:
    return list(check_reading(words(content), NORWEGIAN))


def sentences(text: str) -> list[str]:
    return [sentence for _, sentence in split_sentences(text, NORWEGIAN)]


def test_lix_is_words_a_sentence_and_the_percentage_of_long_words() -> None:
    # 8 words in 2 sentences; 2 of them, of 7 and 12 letters, are long
    assert lix(["Du leser skjemaet i ro.", "Skriv under etterpåsiden."]) == 8 / 2 + 100 * 2 / 8


def test_six_letters_are_not_long_and_seven_are() -> None:
    assert lix(["abcdef"]) == 1
    assert lix(["abcdefg"]) == 101


def test_an_expression_is_one_short_word() -> None:
    assert lix([f"Ring {FIELD * 30}."]) == 2


def test_fields_alone_are_no_sentence() -> None:
    assert sentences(f"{FIELD}. {FIELD * 3}: {FIELD}") == []


def test_a_number_is_a_word() -> None:
    assert lix(["Du har 14 dager."]) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les. Skriv!", ["Les.", "Skriv!"]),
        ("Vil du det? Ja", ["Vil du det?", "Ja"]),
        ("Du kan: si ja", ["Du kan:", "si ja"]),
        ("Møt kl. 9 hos f.eks. Nav. Takk", ["Møt kl. 9 hos f.eks. Nav.", "Takk"]),
        ("Den 5. juni er det møte", ["Den 5. juni er det møte"]),
        ("Skriv under «Svar». Si fra.", ["Skriv under «Svar».", "Si fra."]),
        (f"Ring {FIELD}. {FIELD} svarer.", [f"Ring {FIELD}.", f"{FIELD} svarer."]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_abbreviations_are_those_of_the_language() -> None:
    text = "Skriv f.eks. Nav. Ring t.ex. Nav."
    assert sentences(text) == ["Skriv f.eks. Nav.", "Ring t.ex.", "Nav."]
    swedish = [found for _, found in split_sentences(text, settings("sv"))]
    assert swedish == ["Skriv f.eks.", "Nav.", "Ring t.ex. Nav."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("no", "Se forvaltningsloven § 13 a nr. 1 og kap. 5 i loven."),
        ("sv", "Se 26 kap. 1 § i lagen, t.ex. 12 kap. 2 §."),
        ("da", "Se retssikkerhedslovens § 60, stk. 2, og § 11 a, stk. 1, jf. § 4."),
        ("da", "Det står i art. 9, stk.\u00a02, litra a."),
    ],
)
def test_the_abbreviations_of_statutes_end_no_sentence(language: str, text: str) -> None:
    assert [found for _, found in split_sentences(text, settings(language))] == [text]


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("no", "Du får 4 stk. Du kan få flere.", "Du får 4 stk."),
        ("no", "Ta med papirer, kart m.m. Vi har resten.", "Ta med papirer, kart m.m."),
        ("sv", "Reglerna står i samma kap. Fråga oss.", "Reglerna står i samma kap."),
        ("da", "Det følger af samme stk. Spørg os.", "Det følger af samme stk."),
        ("da", "Du kan tage kaffe, te osv. Det koster ikke noget.", "Du kan tage kaffe, te osv."),
    ],
)
def test_an_abbreviation_before_a_sentence_ends_one(language: str, text: str, first: str) -> None:
    found = [sentence for _, sentence in split_sentences(text, settings(language))]
    assert found == [first, text.removeprefix(first).strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_close_a_sentence_is_an_abbreviation(language: str) -> None:
    assert {*settings(language).closing} < {*settings(language).abbreviations}


def easy(content: str) -> list[Finding]:
    return list(check_reading(words(content, kind="consent_easy"), NORWEGIAN))


def test_an_easy_sheet_must_be_easier_than_its_paper() -> None:
    middling = "Vi deler opplysningene dine med kommunen du bor i. "
    assert check(f"<p>{middling * 6}</p>") == []
    [finding] = easy(f"<p>{middling * 6}</p>")
    assert (finding.code, finding.severity) == ("check.lix", Severity.ERROR)
    assert f"under {MAX_EASY_LIX}" in finding.message


def test_an_easy_sheet_has_short_sentences_in_the_mean() -> None:
    long = "Du kan si ja til oss, og så kan du si nei til dem. "
    assert easy(f"<p>{long}Du kan si nei.</p>") == []
    [] = check(f"<p>{long * 3}</p>")
    [finding] = easy(f"<p>{long * 3}</p>")
    assert (finding.code, finding.severity) == ("check.mean", Severity.ERROR)
    assert f"at most {MAX_EASY_MEAN}" in finding.message
    assert finding.text.startswith("Du kan si ja til oss")


@pytest.mark.parametrize("letter", ["ŋ", "đ", "ł", "č", "å"])
def test_no_sentence_begins_with_a_small_letter_of_any_alphabet(letter: str) -> None:
    assert len(sentences(f"Den 5. {letter}ab er det møte.")) == 1
    assert len(sentences(f"Det er bra. {letter.upper()}ab kommer.")) == 2


def test_a_long_sentence_is_a_warning_at_the_sentence() -> None:
    long = "Dette er " + "en lang " * 11 + "setning."
    [] = check(f"<p>{long}</p>")
    [finding] = check(f"<p>Kort.\n{long.replace('setning', 'lang setning')}</p>")
    assert (finding.code, finding.severity) == ("check.sentence", Severity.WARNING)
    assert (finding.line, finding.column) == (2, 1)
    assert f"{MAX_SENTENCE_WORDS + 1} words" in finding.message


def test_a_hard_section_is_an_error_that_names_its_longest_words() -> None:
    [finding] = check(f"<h2>A</h2><p>{EASY * 60}</p><h2>B</h2><p>{HARD * 10}</p>")
    assert (finding.code, finding.severity) == ("check.lix", Severity.ERROR)
    assert "this section" in finding.message
    assert finding.text == HARD.strip()
    assert "rettighetsinformasjonen" in finding.hint


def test_a_hard_document_is_told_once() -> None:
    parts = "".join(f"<h2>{i}</h2><p>{HARD * 3}{EASY * 2}</p>" for i in range(4))
    [finding] = check(parts)
    assert "the document" in finding.message


def test_a_box_must_be_easier_than_the_rest() -> None:
    middling = "Vi deler opplysningene dine med kommunen du bor i. "
    assert check(f"<p>{middling * 6}</p>") == []
    [finding] = check(f'<aside class="summary"><p>{middling * 6}</p></aside>')
    assert "this box" in finding.message


def test_few_words_have_no_lix() -> None:
    assert check(f"<p>{HARD * 5}</p>") == []


def test_labels_and_headings_are_not_running_text() -> None:
    label = "<h3>Rettighetsinformasjonen</h3><dl><dt>Samarbeidspartnerne</dt></dl>"
    assert check(label * 60) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sted og dato", True),
        (f"{FIELD} timer i uken", True),
        ("Skriv under.", False),
        (EASY, False),
    ],
)
def test_a_few_words_without_a_full_stop_are_a_label(text: str, label: bool) -> None:
    assert is_label(text) is label


def test_the_built_in_templates_are_easy_to_read() -> None:
    found = [
        f
        for file in read_sources().templates()
        for f in check_reading([*passages(file)], NORWEGIAN)
    ]
    assert found == []
