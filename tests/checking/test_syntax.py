"""The first check: braces, statements, expressions and tags, each mistake at its letter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_sources
from planforms.checking.syntax import check_syntax
from planforms.templating.environment import environment
from planforms.templating.filters import FILTERS
from planforms.templating.grammar import PAYING

PARTS = (
    "{% macro line(x) %}<p>{{ x }}</p>{% endmacro %}{% macro words(x) %}{{ x }} a{% endmacro %}"
    "{% macro never() %}<li>a</li>{% endmacro %}"
)
IMPORT = '{% from "_parts.html" import line, words with context %}'


def found(template: str, parts: str = PARTS) -> list[Finding]:
    texts: Mapping[str, str] = {"final_report.html": template, "_parts.html": parts}
    files = {
        ("no", name): SourceFile("no", Path("no") / name, text) for name, text in texts.items()
    }
    return sorted(
        check_syntax(Sources((), files)), key=lambda one: (one.file, one.line, one.column)
    )


def marked(template: str, parts: str = PARTS) -> list[tuple[str, int, str]]:
    """Code, column and marked letters of each finding."""
    return [(one.code, one.column, one.text) for one in found(template, parts)]


@pytest.mark.parametrize(
    ("template", "code", "column", "text"),
    [
        ("<p>{{ a }</p>", "check.braces", 4, "{{ a }"),
        ("<p>{{ a</p>", "check.braces", 4, "{{ a"),
        ("<p>{ a }}</p>", "check.braces", 4, "{ a }}"),
        ("<p>{ { a.b } }</p>", "check.braces", 4, "{ { a.b } }"),
        ("<p>{a.b}</p>", "check.braces", 4, "{a.b}"),
        ("<p>{ name }</p>", "check.braces", 4, "{ name }"),
        ("<p>a }}</p>", "check.braces", 6, "}}"),
        ("{% if a }<p>x</p>{% endif %}", "check.braces", 1, "{% if a }"),
        ("{ % if a %}<p>x</p>{% endif %}", "check.braces", 1, "{ % if a %}"),
        ("{# a", "check.braces", 1, "{# a"),
        ("<p>{{ a|date(”short”) }}</p>", "check.letters", 14, "”"),
        ("<p>{{\u202fa }}</p>", "check.letters", 6, "\u202f"),
        ("<p>{{ a\u200b }}</p>", "check.letters", 8, "\u200b"),
        ("<aside class=»note»><p>a</p></aside>", "check.letters", 14, "»"),
        ("{% hvis a %}<p>x</p>{% endif %}", "check.keyword", 4, "hvis"),
        ("{% if a %}<p>x</p>{% slutt %}", "check.keyword", 22, "slutt"),
        ("{% if a %}<p>x</p>{% endfi %}", "check.keyword", 22, "endfi"),
        ("{% block a %}<p>x</p>{% endblock %}", "check.keyword", 4, "block"),
        ("{%%}", "check.keyword", 1, "{%%}"),
        ("{% if a %}<p>x</p>", "check.block", 1, "{% if a %}"),
        ("<p>x</p>{% endif %}", "check.block", 9, "{% endif %}"),
        ("<p>x</p>{% else %}", "check.block", 9, "{% else %}"),
        ("{% for a in b %}{% if a %}<p>x</p>{% endfor %}", "check.block", 17, "{% if a %}"),
        ("{% if a %}{% if b %}<p>x</p>{% endfor %}{% endif %}", "check.block", 29, "{% endfor %}"),
        ('{% if a = "x" %}<p>x</p>{% endif %}', "template.syntax", 9, "="),
        ("<p>{{ a b }}</p>", "template.syntax", 9, "b"),
        ("<p>{{ }}</p>", "template.syntax", 7, "}"),
        ("{% if a %}<p>x</p>{% else if b %}{% endif %}", "template.syntax", 27, "if"),
        ("<p>{{ a|date('short }}</p>", "template.syntax", 14, "'"),
        ("<p>{{ a & b }}</p>", "template.syntax", 9, "&"),
        ("<p>{{ a + b }}</p>", "template.syntax", 7, "a + b"),
        ("<p>{{ a, b }}</p>", "template.syntax", 8, ", b"),
        ("<p>{{ a[0] }}</p>", "template.syntax", 8, "[0]"),
        ("{% if a > 3 %}<p>x</p>{% endif %}", "template.syntax", 11, "3"),
        ("<p>{{ 'a' if b else c }}</p>", "check.words", 7, "'a' if b else c"),
        ("<p>a</strong></p>", "template.end_tag", 5, "</strong"),
        ("<p>a <strong>b</p>", "template.unclosed", 6, "<strong>"),
        ("<p>a<p>", "template.unclosed", 5, "<p>"),
        ("<p>a</p", "template.tag", 5, "</p"),
        ("<p>a <b>c</b></p>", "template.tag", 6, "<b>"),
        ("<p>a <strnog>c</strong></p>", "template.tag", 6, "<strnog>"),
        ("<p>a <!-- b --></p>", "template.tag", 6, "<!"),
        ("<p>a <!-- b</p>", "template.tag", 6, "<!--"),
        ('<p class="x">a</p>', "template.attribute", 4, "class"),
        ("<ul><p>a</p></ul>", "template.nesting", 5, "<p>"),
        ("<h1>a</h1>\nloose", "template.text", 1, "loose"),
        ("<p>&oslash;</p>", "check.entity", 4, "&oslash;"),
        ("<p>&#229;</p>", "check.entity", 4, "&#229;"),
        ("<p>&nsbp;</p>", "check.entity", 4, "&nsbp;"),
        ("<p>&copy 2026</p>", "check.entity", 4, "&copy"),
    ],
)
def test_a_mistake_is_marked_at_its_letters(
    template: str, code: str, column: int, text: str
) -> None:
    assert marked(template) == [(code, column, text)]


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{a}} {{ a.b|date('short') }} {{- a -}}</p>",
        "{# {{ “ }} {% x %} #}<p>a {1} { c</p>",
        "<p>a < b & c &amp; &nbsp;&shy; R&D</p>",
        "{% if a %}<h2>a</h2>{% else %}<h2>b</h2>{% endif %}",
        "{%- for a in b -%}<p>{{ a }}</p>{%- else -%}<p>x</p>{%- endfor -%}",
        "{% set a = b %}{% with c = a %}<p>{{ c }}</p>{% endwith %}",
        "<ul>{% for a in b %}<li>{{ a }}</li>{% endfor %}</ul>",
        '<header><img src="logo" alt="{{ a }} > b"></header>',
        f"{IMPORT}{{{{ line(a) }}}}<p>{{{{ words(a) }}}}</p>",
    ],
)
def test_what_is_right_raises_nothing(template: str) -> None:
    assert marked(template) == []


def test_all_mistakes_of_a_file_come_at_once() -> None:
    template = (
        "<p>{{ a b }}</p>\n<p>{{ c|date(”short”) }}</p>\n{% hvis d %}x{% endif %}\n<p>{{ e</p>"
    )
    assert [(one.line, one.code) for one in found(template)] == [
        (1, "template.syntax"),
        (2, "check.letters"),
        (3, "check.keyword"),
        (4, "check.braces"),
    ]


def test_tags_that_branches_open_and_close_crosswise_are_told() -> None:
    assert marked("{% if a %}<p>x{% endif %}</p>") == [
        ("template.unclosed", 11, "<p>"),
    ]
    assert marked("<p>{% if a %}x</p>{% else %}y</p>{% endif %}") == [
        ("template.unclosed", 1, "<p>"),
        ("template.end_tag", 15, "</p"),
        ("template.end_tag", 30, "</p"),
    ]


def test_a_macro_is_checked_where_it_is_called() -> None:
    [finding] = found(f"{IMPORT}<p>{{{{ line(a) }}}}</p>{{{{ line(b) }}}}")
    assert (finding.file, finding.code, finding.text) == (
        "no/final_report.html",
        "template.nesting",
        "line",
    )
    assert finding.message == "line cannot stand inside <p>"


def test_what_is_wrong_in_each_call_is_told_in_the_macro() -> None:
    parts = PARTS.replace("<p>{{ x }}</p>", "<p>{{ x }}")
    [finding] = found(f"{IMPORT}{{{{ line(a) }}}}{{{{ line(b) }}}}", parts)
    assert (finding.file, finding.code, finding.text) == (
        "no/_parts.html",
        "template.unclosed",
        "<p>",
    )


def test_a_macro_that_nobody_calls_is_checked_too() -> None:
    [finding] = found("<p>a</p>", PARTS.replace("<li>a</li>", "<li>a"))
    assert (finding.file, finding.code) == ("no/_parts.html", "template.unclosed")


def test_macros_that_call_each_other_without_end_do_not_stop_the_check() -> None:
    parts = "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}"
    assert marked('{% from "_parts.html" import a with context %}{{ a() }}', parts) == []


def test_a_file_that_is_not_utf_8_is_told_at_its_first_wrong_letter(tmp_path: Path) -> None:
    path = tmp_path / "final_report.html"
    path.write_bytes(b"<p>a</p>\n<p>bl\xe5</p>\n")
    text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    [finding] = found(text)
    assert (finding.code, finding.line, finding.column) == ("template.encoding", 2, 6)
    assert finding.source == "<p>bl\ufffd</p>"


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    folder.mkdir()
    (folder / "final_report.html").write_bytes("\ufeff<p>ø</p>\r\n<p>b</p>".encode())
    sources = read_sources([tmp_path])
    assert sources.files["no", "final_report.html"].content == "<p>ø</p>\n<p>b</p>"
    assert list(check_syntax(sources)) == []


def test_a_file_of_nothing_but_mistakes_ends() -> None:
    assert 20 <= len(found("<p>{{ a b }}</p>\n" * 500)) <= 60


def test_the_built_in_templates_are_sound() -> None:
    assert list(check_syntax(read_sources())) == []


def test_rendering_has_the_filters_of_the_one_table_and_what_loops_go_through() -> None:
    filters = environment(()).filters
    assert set(filters) == {*FILTERS, "each", PAYING}
    assert all(filters[name] is one for name, one in FILTERS.items())
