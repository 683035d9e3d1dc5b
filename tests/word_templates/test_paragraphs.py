"""Tags are found in Word's paragraphs, however Word has cut them."""

from __future__ import annotations

import docx
import pytest
from lxml import etree

from planforms.word_templates.paragraphs import Level, Paragraph, TagKind, paragraph_of
from tests.word_templates.sample import run

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(content: str) -> Paragraph:
    return paragraph_of(etree.fromstring(f'<w:p xmlns:w="{_W}">{content}</w:p>'), "here")


def words(*runs: str) -> Paragraph:
    return paragraph("".join(map(run, runs)))


def test_a_tag_in_several_runs_is_one_with_the_look_of_its_first_letter() -> None:
    look = "<w:r><w:rPr><w:b/></w:rPr><w:t>{{ case.</w:t></w:r>"
    found = paragraph(f"{run('Sak ')}{look}{run('number')}{run(' }} her')}")
    assert found.words == "Sak {{ case.number }} her"
    [tag] = found.tags
    assert (tag.code, tag.kind, tag.is_split) == ("{{ case.number }}", TagKind.FIELD, True)
    assert [piece.text for piece in found.pieces] == ["Sak ", "{{ case.number }}", " her"]
    assert found.pieces[1].look is not None
    assert found.pieces[2].look is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{{ a|date(“short”) }}", '{{ a|date("short") }}'),
        ("{{ a|date(„short“) }}", '{{ a|date("short") }}'),
        ("{% if a == ‘x’ %}", "{% if a == 'x' %}"),
        ("{{\u00a0a\u00a0}}", "{{ a }}"),
        ("{{ ca\u00adse\u200b.number }}", "{{ case.number }}"),
        ("{%p if a %}", "{% if a %}"),
        ("{%tr for a in b %}", "{% for a in b %}"),
        ("{%tc endfor %}", "{% endfor %}"),
        ("{% print %}", "{% print %}"),
        ("{%- if a -%}", "{%- if a -%}"),
    ],
)
def test_what_word_puts_into_a_tag_is_mended(written: str, read: str) -> None:
    [tag] = words(written).tags
    assert (tag.raw, tag.code) == (written, read)


@pytest.mark.parametrize(
    ("tag", "level"),
    [
        ("{%p if a %}", Level.PARAGRAPHS),
        ("{%tr if a %}", Level.ROWS),
        ("{% tc if a %}", Level.CELLS),
        ("{% if a %}", Level.WORDS),
        ("{% print p %}", Level.WORDS),
    ],
)
def test_a_statement_says_what_it_governs(tag: str, level: Level) -> None:
    assert words(tag).tags[0].level is level


def test_a_statement_alone_in_its_paragraph_governs_paragraphs() -> None:
    assert [tag.level for tag in words("{% if a %} {# why #}").statements] == [Level.PARAGRAPHS]
    assert words("{% if a %}words{% endif %}").statements == ()
    assert words("{% if a %}{{ a }}{% endif %}").statements == ()
    assert words("{% if a %}", "\u00a0", "{% for b in c %}").statements != ()


def test_braces_that_belong_to_no_tag_are_told() -> None:
    assert words("{{ a }} and {{ b").torn == (12,)
    assert words("a }} b").torn == (2,)
    assert words("a { b } c").torn == ()
    link = f"<w:hyperlink>{run('number }}')}</w:hyperlink>"
    assert paragraph(f"{run('{{ case.')}{link}").torn == (0, 15)


def test_a_note_is_no_words() -> None:
    found = words("{# for the secretary #}")
    assert found.is_note
    assert not found.has_own_words


def test_signs_are_letters_and_pictures_are_none() -> None:
    found = paragraph(f"{run('a')}<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:drawing/></w:r>")
    assert found.words == "a\t\n-\ufffc"
    assert found.has_own_words


def test_what_was_taken_out_with_changes_tracked_is_not_read() -> None:
    gone = "<w:del><w:r><w:delText>{{ old }}</w:delText></w:r></w:del>"
    assert paragraph(f"<w:ins>{run('{{ new }}')}</w:ins>{gone}").words == "{{ new }}"


def test_the_words_of_python_docx_are_those_read() -> None:
    word = docx.Document()
    made = word.add_paragraph("{{ a }} – b")
    assert paragraph_of(made._p, "").words == made.text
