"""Plain text: what a screen reader says and a braille display shows, line by line."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

import planforms as pf
from planforms.document import (
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    CheckBox,
    Choices,
    DescriptionList,
    Fields,
    FieldType,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Pictogram,
    Pictured,
    Quote,
    Stroke,
    Table,
    Text,
    Translated,
    Translation,
)
from planforms.errors import UsageError
from planforms.writers.txt import to_text
from planforms.writing import to_bytes
from tests.every import Case, every_case
from tests.reading.comparison import first_difference
from tests.reading.text import text_words, told_words
from tests.writers.sample import blank, document_of, entry, filled, paragraph, sample

LEGEND = {"text_boxes": "[x] betyr ja.", "text_blanks": "____ er tomt.", "intro": "Fyll ut."}


def told(*blocks: Block) -> str:
    """What is told of some blocks below the title."""
    text = to_text(document_of(*blocks))
    assert text.startswith("# Notat\n\n")
    return text.removeprefix("# Notat\n\n")


def tick(label: str, checked: bool = False, bare: bool = False) -> CheckBox:
    return CheckBox("svar", label, label, checked=checked, bare=bare)


@pytest.mark.parametrize("case", every_case()[::9], ids=lambda case: case.name)
def test_the_lines_of_every_kind_are_clean(case: Case) -> None:
    text = to_text(case.document())
    lines = text.split("\n")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not text.startswith("\n")
    assert "\n\n\n" not in text
    assert [line for line in lines if line != line.strip() and not line.startswith("  ")] == []
    categories = {unicodedata.category(letter) for letter in text if letter != "\n"}
    assert not categories & {"Cc", "Cf", "Cs"}
    for sign in ("☑", "☐", "•", "\u00a0"):
        assert sign not in text


def test_headings_say_their_level_and_stand_alone() -> None:
    text = told(paragraph("a"), Heading(2, (Text("Mål"), Break(), Text("og vei"))), paragraph("b"))
    assert text == "a\n\n## Mål / og vei\n\nb\n"


def test_a_paragraph_is_one_line_however_long() -> None:
    words = "ord " * 400
    assert told(paragraph(words)) == words.strip() + "\n"
    assert told(paragraph("Vei 1", Break(), " 6400 Molde")) == "Vei 1\n6400 Molde\n"
    text = filled("Mål", "En.\nTo.\n\n \nTre.", FieldType.TEXT)
    assert told(paragraph(text)) == "En.\nTo.\n\nTre.\n"


def test_a_label_stands_before_its_value() -> None:
    items = (
        entry("Navn", paragraph(filled("Navn", "Kari"))),
        entry("Har du tolk?", paragraph("Ja")),
        entry("Dato", paragraph(blank("Dato"))),
        entry("Mål", paragraph("En"), paragraph("To")),
        entry("Hvem", List(False, ((paragraph("lege"),),))),
    )
    wanted = "Navn: Kari\nHar du tolk? Ja\nDato: ____\nMål:\nEn\nTo\nHvem:\n- lege\n"
    assert told(DescriptionList(items)) == wanted
    assert told(Fields(items, (3, 3, 3, 3, 3))) == wanted


def test_lists_have_signs_or_numbers_and_what_is_in_them_stands_in() -> None:
    inner = List(False, ((paragraph("a"),),))
    assert told(List(True, ((paragraph("En"), inner), (paragraph("To"),)))) == (
        "1. En\n  - a\n2. To\n"
    )
    options = List(False, ((paragraph(tick("ja", True)),), (paragraph(tick("nei")),)))
    assert told(options) == "[x] ja\n[ ] nei\n"
    assert told(Choices((Text("Hva?"),), ((tick("ja"),), (tick("nei", True),)), 2)) == (
        "Hva?\n[ ] ja\n[x] nei\n"
    )


def cell(*words: str | Inline, header: bool = False) -> Cell:
    return Cell((paragraph(*words),), header)


def test_a_table_is_told_row_by_row_below_its_caption() -> None:
    head = (cell("Rolle"), cell("Dato"), cell("Underskrift"))
    rows = (
        (cell("Ansatte", header=True),),
        (cell("leder", header=True), cell("1. mai"), cell(Stroke("Underskrift", signed=True))),
        (cell("veileder", header=True), Cell(()), cell(tick("x", True, bare=True))),
    )
    assert told(Table((Text("Hvem"),), (40, 30, 30), head, rows)) == (
        "Hvem\n\nAnsatte\n\nRolle: leder\nDato: 1. mai\nUnderskrift: ____\n\n"
        "Rolle: veileder\nUnderskrift: [x]\n"
    )


def test_a_matrix_is_told_as_questions() -> None:
    head = (cell("Spørsmål"), cell("Enig"), cell("Uenig"))
    row = (
        cell("Jeg trives.", header=True),
        cell(tick("a", True, True)),
        cell(tick("b", bare=True)),
    )
    table = Table((Text("Svar"),), (60, 20, 20), head, (row,), matrix=True)
    assert told(table) == "Svar\n\nSpørsmål: Jeg trives.\n[x] Enig\n[ ] Uenig\n"


def test_frames_and_columns_are_told_one_after_the_other() -> None:
    box = Box(BoxKind.NOTE, (paragraph("a"), paragraph("b")))
    assert told(box, Beside(((paragraph("c"),), (paragraph("d"),)))) == "a\n\nb\n\nc\n\nd\n"
    assert told(Quote((paragraph("Jeg vil", Break(), "jobbe."),))) == "> Jeg vil\n> jobbe.\n"


def test_a_part_in_a_second_language_begins_with_its_tag() -> None:
    second = Translated("sv", "sv-SE", (Text("Mål på svenska"),))
    heading = Heading(2, (Text("Mål"), Break(), second))
    assert told(heading, Translation("sv", "sv-SE", (paragraph("Du väljer."),))) == (
        "## Mål / Mål på svenska\n\n(sv)\nDu väljer.\n"
    )


def test_a_pictogram_is_told_in_brackets_before_its_part() -> None:
    part = (Heading(2, (Text("Hva deler vi?"),)), paragraph("Det du vil."))
    assert told(Pictured(Pictogram.LOCK, "Hengelås", part)) == (
        "(Hengelås)\n\n## Hva deler vi?\n\nDet du vil.\n"
    )


def test_a_picture_is_told_by_what_it_shows() -> None:
    head = Letterhead(Logo(b"", "Logo for Smia", 1, 1), (paragraph("Smia"),))
    assert told(head) == "Logo for Smia\nSmia\n"
    assert told(replace(head, logo=Logo(b"", "", 1, 1))) == "Smia\n"


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (tick("ja"), "[x] betyr ja.\n\n"),
        (blank("Navn"), "____ er tomt.\n\n"),
        (Text("ord"), ""),
    ],
)
def test_a_sign_is_explained_at_the_top_if_it_is_there(node: Inline, said: str) -> None:
    document = replace(document_of(paragraph(node)), prompts=LEGEND)
    assert to_text(document).startswith(f"{said}# Notat\n")


def test_letters_that_nobody_sees_are_left_out() -> None:
    hidden = "a\u202eb\u2066c\x1b[31md\u00ade\ufeff\x85f\u2028g\x00h\ud800i\u00a0j"
    assert told(paragraph(hidden)) == "abc[31mde\nf\nghi j\n"
    assert told(paragraph("نمی\u200cشود")) == "نمی\u200cشود\n"


def test_an_empty_document_is_an_empty_line() -> None:
    assert to_text(replace(sample(), blocks=())) == "\n"


def test_plain_text_is_no_form_to_fill_in() -> None:
    with pytest.raises(UsageError, match=r"format\.fillable"):
        to_bytes(sample(), "txt", fillable=True)


def test_large_print_says_the_same() -> None:
    document = sample()
    assert to_text(pf.large_print(document)) == to_text(document)


def test_a_word_that_is_lost_is_found() -> None:
    document = sample()
    text, lost = to_text(document), to_text(document).replace("kantina", "")
    assert first_difference(told_words(document), text_words(text)) is None
    assert first_difference(told_words(document), text_words(lost)) is not None
