"""Hostile data changes nothing but the words: printed exactly, or a Problem names the field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import planforms as pf
from planforms.document import FieldType
from planforms.models.letters import INVISIBLE, clean
from planforms.models.values import values_at
from planforms.registry import KINDS
from planforms.rendering import printable_characters
from planforms.writers import TYPST, WEASYPRINT
from scripts.bench_documents import longest_parts
from tests.bounds import processor_seconds
from tests.generated import HOSTILE, data_of, longest
from tests.reading.comparison import NO_WIDTH, first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.reading.text import text_words, told_words
from tests.reports import LANGUAGES, render_with, report_data

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
"""A document takes its time; a failure is told as it was found."""
LONGEST_SECONDS = 60.0
"""The stated limit for the worst accepted document on a slow processor; see docs/integrating.md."""
LONGEST_SECONDS_OF_TYPST = LONGEST_SECONDS / 6


KIND = st.sampled_from(sorted(KINDS))
"""Any kind: how many documents are made up does not depend on how many kinds there are."""


def printed(text: str) -> str:
    """The text as it is kept and the document's fonts can print it."""
    covered = printable_characters()
    return "".join(letter if letter in covered else "\ufffd" for letter in clean(text))


def visible(text: str) -> str:
    """The text without characters that have no glyph by nature, but for spaces of no width."""
    return "".join(letter for letter in text if letter not in INVISIBLE - {NO_WIDTH})


def assert_same_words(document: pf.Document) -> None:
    assert_same_words_in_quick_formats(document)
    assert_same_words_in_pdf(document, WEASYPRINT)


def assert_same_words_in_pdf(document: pf.Document, engine: str) -> None:
    read = pdf_text(pf.to_pdf(document, engine=engine))
    assert first_difference(visible(document.text()), visible(read)) is None


def assert_same_words_in_quick_formats(document: pf.Document) -> None:
    wanted = visible(document.text())
    for read in (html_text(pf.to_html(document)), docx_text(pf.to_docx(document))):
        assert first_difference(wanted, visible(read)) is None
    text = text_words(pf.to_text(document), document.prompts.values())
    assert first_difference(visible(told_words(document)), visible(text)) is None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_printed_exactly_on_the_web_and_in_word(text: str) -> None:
    document = render_with(hostile(text))
    words = document.text()
    assert words.count(printed(" ".join(text.split()))) >= 4
    assert printed(" ".join(text.split())) in " ".join(words.split())
    assert_same_words_in_quick_formats(document)


def test_hostile_words_are_printed_exactly_in_a_pdf() -> None:
    """All of them in one document, which takes as long as one of them."""
    lines = [" ".join(text.split()) for text in HOSTILE]
    [activity, *_], [place, *_] = (report_data()[name] for name in ("activities", "workplaces"))
    document = render_with(
        {
            "conclusion": "\n".join(HOSTILE),
            "activities": [{**activity, "name": line} for line in lines],
            "workplaces": [{**place, "tasks": lines}],
            "additional": [
                {"label": line, "text": text} for line, text in zip(lines, HOSTILE, strict=True)
            ],
        }
    )
    words = " ".join(document.text().split())
    assert min(words.count(printed(line)) for line in lines) >= 4
    assert_same_words(document)


def test_hostile_words_are_printed_exactly_by_typst() -> None:
    """All in one document: it keeps nothing between two that one text could spoil for another."""
    parts = [{"label": " ".join(text.split()), "text": text} for text in (*HOSTILE, *TYPST_CODE)]
    document = render_with({"additional": parts, "conclusion": TYPST_CODE[0]})
    words = " ".join(document.text().split())
    assert all(printed(" ".join(text.split())) in words for text in (*HOSTILE, *TYPST_CODE))
    assert_same_words_in_pdf(document, TYPST)


TYPST_CODE = (
    '#panic("Kari")',
    '#import "@preview/cetz:0.3.0": canvas',
    '#read("/etc/passwd") #include "main.typ"',
    '"); #sys.inputs #eval("1/0") ("',
    "*bold* _emph_ `raw` $x^2$ @ref <label> // no comment /* none */ \\ ~ --- ... = x",
    "{{ x }} [y] #[z] #{ let a = 1 }",
)
"""What would run or change its look if Typst ever read words as markup."""


def hostile(text: str) -> dict[str, Any]:
    """A text in fields of all sorts."""
    line = " ".join(text.split())
    return {
        "status": "draft",  # a final document prints every letter of the name
        "conclusion": text,
        "case.participant.name": line,
        "activities.0.name": line,
        "workplaces.0.tasks.0": line,
        "additional": [{"label": line, "text": text}],
        "signatures.0.name": line,
    }


@settings(max_examples=72, deadline=None, suppress_health_check=SLOW, phases=NO_SHRINKING)
@given(KIND, st.data())
def test_any_document_says_the_same_on_the_web_and_in_word(kind: str, data: st.DataObject) -> None:
    assert_same_words_in_quick_formats(pf.render(pf.load(data.draw(data_of(kind)))))


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW, phases=NO_SHRINKING)
@given(KIND, st.data())
@pytest.mark.long
def test_any_document_says_the_same_in_every_format(kind: str, data: st.DataObject) -> None:
    document = pf.render(pf.load(data.draw(data_of(kind))))
    assert_same_words(document)
    assert_same_words_in_pdf(document, TYPST)


@settings(max_examples=160, deadline=None, suppress_health_check=SLOW, phases=NO_SHRINKING)
@given(KIND, st.data())
def test_every_value_of_any_document_is_printed_as_it_is(kind: str, data: st.DataObject) -> None:
    given_data = data.draw(data_of(kind))
    document = pf.render(pf.load(given_data))
    found: dict[str, list[str]] = {}
    for field in document.fields():
        if field.type in (FieldType.LINE, FieldType.TEXT):
            found.setdefault(field.path, []).append(field.text or "")
    for path, texts in found.items():
        for _, value in values_at(given_data, path):
            if isinstance(value, str):
                assert " ".join(printed(value).split()) in " ".join(" ".join(texts).split()), path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("service", ["molde", "vivirk"])
def test_a_draft_with_nothing_in_it_is_a_document(kind: str, service: str) -> None:
    case = {"number": "1", "service": service, "participant": {"name": "Ada Eksempel"}}
    for language in LANGUAGES:
        whose = (
            {"case": case}
            if issubclass(KINDS[kind].model, pf.CaseDocument)
            else {"service": service}
        )
        document = pf.render(pf.load({"kind": kind, "language": language, **whose}))
        assert_same_words_in_quick_formats(document)


LONGEST = sorted(KINDS, key=lambda kind: len(str(longest(kind))))[-3:]
"""The kinds that hold most."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_values_of_any_kind_stay_on_the_page_and_in_time(kind: str) -> None:
    with processor_seconds(LONGEST_SECONDS_OF_TYPST):
        document = pf.render(pf.load(longest(kind)))
        assert_same_words_in_pdf(document, TYPST)
    with processor_seconds(LONGEST_SECONDS):
        assert_same_words_in_quick_formats(document)
        if kind in LONGEST:
            assert_same_words_in_pdf(document, WEASYPRINT)


ENDLESS = {"conclusion": "x" * 20_000, "activities.0.name": "y" * 200, "methods": "Å " * 9_999}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_words_and_texts_stay_on_the_page_and_in_time(language: str) -> None:
    with processor_seconds(LONGEST_SECONDS_OF_TYPST):
        document = render_with(ENDLESS, language=language)
        assert_same_words_in_pdf(document, TYPST)
    with processor_seconds(LONGEST_SECONDS):
        assert_same_words_in_quick_formats(document)
        if language == "no":
            assert_same_words_in_pdf(document, WEASYPRINT)


def test_a_document_that_would_take_too_long_is_refused() -> None:
    additions = [{"label": "x", "text": "x\n" * 9_000}, {"label": "y", "text": "y" * 9_000}]
    with pytest.raises(pf.DataError) as caught:
        render_with({"additional": additions})
    assert {problem.code for problem in caught.value.problems} == {"data.length"}


@pytest.mark.long
def test_the_longest_document_that_is_accepted_is_made_in_time() -> None:
    """Of lines; those of words and of unbroken letters, as long to make, are in the bench."""
    with processor_seconds(LONGEST_SECONDS):
        assert pf.to_pdf(render_with(longest_parts(1)["lines"]))


@pytest.mark.parametrize("part", ["lines", "letters", "words"])
def test_typst_makes_the_longest_documents_in_a_sixth_of_that_time(part: str) -> None:
    document = render_with(longest_parts(1)[part])
    with processor_seconds(LONGEST_SECONDS_OF_TYPST):
        assert pf.to_pdf(document, engine=TYPST)


@pytest.mark.parametrize("text", ["a\x00", "\x1b[31m", "\x7f", "\u0085", "\ud83d", "\u202ex"])
def test_what_cannot_be_printed_is_a_problem_that_names_the_field(text: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.load(report_data({"case.participant.name": f"Ola {text} Li"}))
    assert [problem.place for problem in caught.value.problems] == ["case.participant.name"]
    assert "Ola" not in str(caught.value)


def test_markup_in_data_makes_no_element() -> None:
    page = pf.to_html(render_with({"conclusion": "<script>x</script><img src=x onerror=y>"}))
    assert "<script" not in page
    assert "onerror=y" not in page.replace("&lt;img src=x onerror=y&gt;", "")
