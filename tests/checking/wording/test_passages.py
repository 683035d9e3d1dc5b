from __future__ import annotations

import time
from pathlib import Path

import pytest

from planforms.checking.sources import SourceFile
from planforms.checking.wording.passages import FIELD, WORD, passages
from planforms.checking.wording.reading import check_reading
from planforms.templating.limits import MAX_TEMPLATE_LETTERS
from tests.checking.wording.files import settings, template, words


def plain(content: str) -> list[str]:
    return [" ".join(passage.text.replace(FIELD, "·").split()) for passage in words(content)]


def test_each_block_is_a_passage_and_marks_within_a_line_are_not() -> None:
    content = "<h2>En</h2><p>To <strong>tre</strong><br>fire</p><ul><li>fem</li></ul>"
    assert plain(content) == ["En", "To tre fire", "fem"]


def test_tags_remarks_and_conditions_are_no_words() -> None:
    content = '{# skjult #}{% if state == "blank" %}<p>{% if a > b %}vist{% endif %}</p>{% endif %}'
    assert plain(content) == ["vist"]


def test_both_branches_of_a_condition_are_words() -> None:
    assert plain("<p>{% if x == 1 %}time{% else %}timer{% endif %}</p>") == ["time timer"]


def test_an_expression_keeps_its_length_and_stands_for_a_word() -> None:
    [passage] = words("<p>Til {{ a.b }}s mor</p>")
    assert passage.text == f"Til {FIELD * 9}s mor"
    assert [word[:1] for word in WORD.findall(passage.text)] == ["T", FIELD, "m"]


def test_a_block_of_expressions_alone_has_no_words() -> None:
    assert plain("<dt>{{ a|label }}</dt><dd>{{ a }}</dd>") == []


def test_the_words_that_stand_for_a_picture_are_read() -> None:
    assert plain('<header><img src="logo" alt="Logo for {{ name }}"></header>') == [
        "Logo for ··········"
    ]


def test_a_passage_knows_its_tag_its_box_and_its_section() -> None:
    content = '<h2>Svar</h2><aside class="sign"><ul><li>Les</li></ul></aside><p>Takk</p>'
    found = [(p.text, p.tag, p.section, p.box) for p in words(content)]
    assert found == [
        ("Svar", "h2", "Svar", ""),
        ("Les", "li", "Svar", "sign"),
        ("Takk", "p", "Svar", ""),
    ]


def test_a_macro_is_a_section() -> None:
    [passage] = words("{% macro note() %}<p>Les</p>{% endmacro %}")
    assert passage.section == "note"


def test_a_finding_points_at_the_letters_in_the_file() -> None:
    [passage] = words("<h1>{{ title }}</h1>\n<p>{{ x }} og <em>mye</em> feil</p>")
    place = passage.text.index("feil")
    finding = passage.finding("check.spelling", (place, place + 4), "is wrong")
    assert (finding.line, finding.column, finding.text) == (2, 28, "feil")
    assert finding.source == "<p>{{ x }} og <em>mye</em> feil</p>"


@pytest.mark.parametrize("broken", ["<p>{{ a</p>", "<p>{% if a</p>", "<p", "</p></p>ord<p>"])
def test_broken_syntax_is_left_to_other_checks(broken: str) -> None:
    for passage in words(broken):
        assert template(broken).content[passage.start :].startswith(passage.text[:1])


HOSTILE = [
    "{{",
    "{%",
    "{#",
    "<",
    "<p",
    "<{{",
    '<p "',
    "<!--",
    "<p {{a}}",
    "a<{% b",
    ".",
    ". ",
    "&a",
    "{{ a }}",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_grows_with_the_length_whatever_is_left_open(piece: str) -> None:
    part = MAX_TEMPLATE_LETTERS // 4
    start = time.process_time()
    list(check_reading(words("<p>ord " + piece * (part // len(piece))), settings("no")))
    assert time.process_time() - start < 2.5


TERMS = r"""msgid ""
msgstr ""
"Language: nb\n"

msgctxt "field"
msgid "Case.number"
msgstr "Sak"

msgctxt "after"
msgid "x"
msgid_plural "x"
msgstr[0] "{count} \"dag\""
msgstr[1] "{count} "
"dager"
"""


def test_a_term_list_is_read_without_its_header_keys_and_placeholders() -> None:
    file = SourceFile("no", Path("no/terms.po"), TERMS)
    found = [" ".join(p.text.replace(FIELD, "").split()) for p in passages(file)]
    assert found == ["Sak", "dag", "dager"]
    for passage in passages(file):
        last = passage.text.split()[-1]
        assert TERMS[passage.start :][passage.text.index(last) :].startswith(last)
