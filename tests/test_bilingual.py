"""Two languages on one paper: nothing of either is lost, and each answer has one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

import planforms as pf
from planforms.bilingual import in_two_languages as merged
from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    CheckBox,
    Choices,
    Description,
    Document,
    Field,
    Fields,
    FieldType,
    Heading,
    Inline,
    Letterhead,
    List,
    Paragraph,
    Place,
    Section,
    SectionKind,
    State,
    Stroke,
    Table,
    Text,
    Translated,
    Translation,
    inline_text,
    inlines_of,
)
from planforms.placement.fitting import fitted
from planforms.writers import ENGINES
from tests.every import Case, in_two_languages, in_two_languages_validated
from tests.filling import answers
from tests.filling_pdf import filled_by_pypdf
from tests.reading.languages import docx_letters, html_letters, letters, pdf_letters
from tests.reports import COMPLETE, report_data
from tests.writers.sample import document_of

CONSENT = next(case for case in in_two_languages() if case.kind == "consent")


def ids(case: Case) -> str:
    return case.name


# --- every kind -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_each_answer_has_the_one_place_that_the_first_language_gives_it(case: Case) -> None:
    both, own = case.document(), case.in_one_language().document()
    assert [*both.fields()] == [*own.fields()]
    assert [*both.boxes()] == [*own.boxes()]
    assert both.places == own.places
    assert strokes(both.blocks) == strokes(own.blocks)


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_all_of_the_first_language_stands_there_in_its_order(case: Case) -> None:
    words = iter(case.document().text().split())
    lost = [word for word in case.in_one_language().document().text().split() if word not in words]
    assert lost == []


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_all_of_the_second_language_stands_there_but_for_what_stands_once(case: Case) -> None:
    both = case.document()
    said = letters(both.text())
    other = replace(case.in_one_language(), language=str(case.beside)).document()
    read = (paragraph for block in other.blocks for paragraph in paragraphs(block))
    lost = [text for text in read if letters(text) not in said]
    assert lost == []


def paragraphs(block: Block) -> Iterator[str]:
    """The words of what the participant reads: paragraphs, labels and heads with words alone."""
    match block:
        case Letterhead() | AddressWindow() | Section(SectionKind.STAFF) | Section(internal=True):
            return
        case Heading(_, words) | Paragraph(words):
            if all(isinstance(node, Text) for node in words):
                yield inline_text(words)
        case _ if is_dataclass(block):
            yield from within(tuple(getattr(block, field.name) for field in fields(block)))


def within(values: tuple[object, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from within(value)
        elif isinstance(value, Description):
            if all(isinstance(node, Text) for node in value.label):
                yield inline_text(value.label)
            yield from within(value.value)
        elif is_dataclass(value) and not isinstance(value, type):
            yield from paragraphs(value)  # type: ignore[arg-type]  # cells are looked into as well


def strokes(value: object) -> list[Stroke]:
    if isinstance(value, Stroke):
        return [value]
    if isinstance(value, tuple):
        return [stroke for inner in value for stroke in strokes(inner)]
    if is_dataclass(value):
        return strokes(tuple(getattr(value, field.name) for field in fields(value)))
    return []


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_what_staff_fills_in_stands_in_the_first_language_alone(case: Case) -> None:
    assert staff_parts(case.document().blocks) == staff_parts(
        case.in_one_language().document().blocks
    )


def staff_parts(blocks: tuple[Block, ...]) -> list[Section]:
    sections = [block for block in blocks if isinstance(block, Section)]
    inner = [part for section in sections for part in staff_parts(section.children)]
    return [s for s in sections if s.kind is SectionKind.STAFF or s.internal] + inner


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_the_title_is_followed_by_which_language_counts(case: Case) -> None:
    blocks = case.document().blocks
    title = next(n for n, block in enumerate(blocks) if isinstance(block, Heading))
    note = blocks[title + 1]
    assert isinstance(note, Box)
    assert note.kind is BoxKind.NOTE
    counts = [block for block in blocks if isinstance(block, Box) and block == note]
    assert len(counts) == 1


def test_which_language_counts_is_said_in_both() -> None:
    lines = pf.blank("consent", service="molde", beside="sv").text().splitlines()
    assert (
        "Teksten på norsk bokmål gjelder. Teksten på svensk er en hjelp til å forstå den." in lines
    )
    assert "Texten på norskt bokmål gäller. Texten på svenska är en hjälp att förstå den." in lines


# --- which language it is -------------------------------------------------------------------


@pytest.mark.parametrize("case", in_two_languages(), ids=ids)
def test_web_and_word_mark_all_of_the_second_language_as_such(case: Case) -> None:
    document = case.document()
    language, locale, told = second(document)
    assert html_letters(pf.to_html(document), language) == told
    assert docx_letters(pf.to_docx(document), locale) == told


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", in_two_languages_validated(), ids=ids)
def test_a_pdf_marks_all_of_the_second_language_as_such(case: Case, engine: str) -> None:
    document = case.document()
    language, _, told = second(document)
    assert pdf_letters(pf.to_pdf(document, engine=engine), language) == told


def test_a_form_to_fill_in_marks_it_too() -> None:
    document = CONSENT.document()
    language, locale, told = second(document)
    assert pdf_letters(pf.to_pdf(document, fillable=True), language) == told
    assert docx_letters(pf.to_docx(document, fillable=True), locale) == told
    assert html_letters(pf.to_html(document, fillable=True), language) == told


def second(document: Document) -> tuple[str, str, str]:
    """Tag and locale of the second language, and the letters of all that is said in it."""
    parts = [*translated(document.blocks)]
    [(language, locale)] = {(part.language, part.locale) for part in parts}
    assert language == document.beside != document.language
    words = (
        part.children if isinstance(part, Translated) else tuple(inlines_of(part.children))
        for part in parts
    )
    return language, locale, letters("".join(map(inline_text, words)))


def translated(value: object) -> Iterator[Translated | Translation]:
    if isinstance(value, Translated | Translation):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from translated(inner)
    elif is_dataclass(value):
        yield from translated(tuple(getattr(value, field.name) for field in fields(value)))


def test_large_print_has_both_languages() -> None:
    document = pf.large_print(CONSENT.document())
    language, locale, told = second(fitted(document))
    assert html_letters(pf.to_html(document), language) == told
    assert docx_letters(pf.to_docx(document), locale) == told
    assert pdf_letters(pf.to_pdf(document, engine="typst"), language) == told


# --- forms that come back ---------------------------------------------------------------------


def test_a_form_in_two_languages_comes_back_as_one_in_its_first() -> None:
    own, both = CONSENT.in_one_language().document(), CONSENT.document()
    given = answers(own)
    assert answers(both) == given
    pages = [filled_by_pypdf(one, pf.to_pdf(one, fillable=True)) for one in (own, both)]
    assert pf.read(pages[0]) == pf.read(pages[1])
    words = [pf.to_docx(one, fillable=True) for one in (own, both)]
    assert pf.read(words[0]) == pf.read(words[1])


def test_a_value_that_can_be_changed_on_the_screen_is_not_told_twice() -> None:
    both = pf.blank("final_report", service="molde", beside="sv", data=report_data())
    told = [word.text for part in translated(both.blocks) for word in texts(part)]
    assert not [text for text in told if "Torbjørn" in text]


def texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif is_dataclass(value):
        yield from texts(tuple(getattr(value, field.name) for field in fields(value)))


# --- rules ------------------------------------------------------------------------------------


def two(own: Block, other: Block, **changes: object) -> tuple[Block, ...]:
    """What stands on a paper of two blocks that say the same, below its title and its note."""
    documents = [
        replace(document_of(block), language=language, locale=language, **changes)  # type: ignore[arg-type]
        for block, language in ((own, "nb"), (other, "sv"))
    ]
    return merged(documents[0], documents[1], ("Norsk gjelder.", "Norska gäller.")).blocks[2:]


def text(*words: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(word) if isinstance(word, str) else word for word in words))


def sv(*words: Inline | str) -> Translated:
    return Translated("sv", "sv", text(*words).children)


NAME = Field("name", FieldType.LINE, "Navn", "Ola")
OPEN_NAME = replace(NAME, text=None)
DAY = Field("day", FieldType.DATE, "Dag", "5. juni 2026")


def test_what_is_read_stands_below_one_another() -> None:
    assert two(text("Les dette."), text("Läs det här.")) == (
        text("Les dette."),
        Translation("sv", "sv", (text("Läs det här."),)),
    )


def test_what_both_say_alike_stands_once_however_a_day_is_written() -> None:
    assert two(text("Info: ", NAME), text("Info: ", NAME)) == (text("Info: ", NAME),)
    swedish = replace(DAY, text="5 juni 2026")
    assert two(text(DAY), text(swedish)) == (text(DAY),)


def test_a_heading_has_the_other_language_below_its_own() -> None:
    [heading] = two(Heading(2, (Text("Mål"),)), Heading(2, (Text("Mål i sikte"),)))
    assert heading == Heading(2, (Text("Mål"), Break(), sv("Mål i sikte")))


def test_a_label_has_the_other_language_behind_its_own() -> None:
    own = Fields((Description((Text("Navn"),), (text(OPEN_NAME),)),), (6,))
    other = Fields((Description((Text("Namn"),), (text(OPEN_NAME),)),), (6,))
    label = (Text("Navn"), Text(" / "), sv("Namn"))
    assert two(own, other) == (Fields((Description(label, (text(OPEN_NAME),)),), (6,)),)


def test_an_option_has_the_other_language_behind_its_own_and_one_box() -> None:
    box = CheckBox("yes", "yes", "Ja, takk", checked=False)
    own = Choices((Text("Vil du?"),), ((box,),))
    other = Choices((Text("Vill du?"),), ((replace(box, label="Ja, tack"),),))
    question = (Text("Vil du?"), Text(" / "), sv("Vill du?"))
    assert two(own, other) == (Choices(question, ((box, Text(" / "), sv("Ja, tack")),)),)


def test_a_question_stands_before_the_lines_that_answer_it() -> None:
    [asked] = two(text("Navn: ", OPEN_NAME), text("Namn: ", OPEN_NAME))
    assert asked == text("Navn:", " / ", sv("Namn:"), " ", OPEN_NAME)


def test_lines_to_write_on_stand_once() -> None:
    assert two(text(OPEN_NAME), text(OPEN_NAME)) == (text(OPEN_NAME),)


def test_a_gap_in_a_sentence_is_written_in_where_the_first_language_has_it() -> None:
    own, other = text("Møt ", OPEN_NAME, " i dag."), text("Träffa ", OPEN_NAME, " i dag.")
    assert two(own, other) == (
        own,
        Translation("sv", "sv", (text("Träffa ", "…", " i dag."),)),
    )


def test_what_has_no_counterpart_stands_by_itself() -> None:
    table = Table((Text("Tall"),), (100,), (), ((),))
    [alone, told] = two(text("Bare her."), table)
    assert alone == text("Bare her.")
    assert told == Translation("sv", "sv", (text("Tall"),))
    items = List(ordered=False, items=((text("en"),), (text("to"),)))
    assert two(items, List(ordered=False, items=((text("ett"),),)))[0] == items


def test_two_parts_beside_each_other_stand_below_one_another_if_they_are_long() -> None:
    short = Beside(((text("Ett"),), (text("To"),)))
    assert isinstance(two(short, short)[0], Beside)
    long = Beside(((text("ord " * 200),), (text("To"),)))
    assert two(long, long) == (*long.parts[0], *long.parts[1])


def test_nobody_ticks_in_the_second_language() -> None:
    box = CheckBox("yes", "yes", "Ja", checked=False)
    [_, told] = two(text("Uten rute."), List(ordered=False, items=((text(box),),)))
    assert told == Translation("sv", "sv", (List(ordered=False, items=((text("Ja"),),)),))


def test_a_value_that_a_form_asks_for_is_left_to_the_first_language() -> None:
    own = text("Hei ", NAME, ", velkommen.")
    other = text("Hej ", NAME, ", välkommen.")
    places = {"name": Place(FieldType.LINE, "Navn")}
    [_, told] = two(own, other, state=State.BLANK, places=places)
    assert told == Translation("sv", "sv", (text("Hej ", "…", ", välkommen."),))
    fixed = {"name": Place(FieldType.LINE, "Navn", fixed=True)}
    [_, told] = two(own, other, state=State.BLANK, places=fixed)
    assert told == Translation("sv", "sv", (text("Hej ", "Ola", ", välkommen."),))


# --- asking for it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beside", "code"),
    [("no", "beside.same"), ("nb-NO", "beside.same"), ("xx", "language.unknown")],
)
def test_the_same_language_twice_and_an_unknown_one_are_wrong_calls(beside: str, code: str) -> None:
    with pytest.raises(pf.UsageError) as of_form:
        pf.blank("consent", service="molde", beside=beside)
    with pytest.raises(pf.UsageError) as of_paper:
        pf.render(pf.load(COMPLETE), beside=beside)
    for [problem] in (of_form.value.problems, of_paper.value.problems):
        assert (problem.place, problem.code) == ("beside", code)
