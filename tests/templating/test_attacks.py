"""Templates cannot read files, open connections, run code, or keep the process busy."""

from __future__ import annotations

from pathlib import Path

import pytest

import planforms as pf
from tests.bounds import processor_seconds
from tests.reports import render_with

LONGEST_SECONDS = 10.0
"""What no template may take of a slow processor; the step limit ends it far earlier."""


EXPRESSIONS = (
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum(100000) }}",
    "{{ range(10 ** 9) }}",
    "{{ namespace() }}",
    "{{ joiner() }}",
    "{{ dict() }}",
    "{{ self.__class__ }}",
    "{{ case.__class__ }}",
    "{{ case.__class__.__mro__ }}",
    "{{ case.raw }}",
    "{{ case.rendering }}",
    "{{ case.participant.model_dump() }}",
    "{{ case.participant.model_dump }}",
    "{{ service.model_dump() }}",
    "{{ service.logo }}",
    "{{ service.with_files(none, none) }}",
    "{{ rendering.words }}",
    "{{ rendering.service.shell }}",
    "{{ facts._facts }}",
    "{{ facts.__init__ }}",
    "{{ facts.find('send_by') }}",
    "{{ title.__class__ }}",
    "{{ title.upper() }}",
    "{{ title.format(1) }}",
    "{{ title[0] }}",
    "{{ activities[0] }}",
    "{{ case['number'] }}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ title ~ title }}",
    "{{ title + title }}",
    "{{ [1, 2, 3] }}",
    "{{ {'a': 1} }}",
    "{{ title|attr('__class__') }}",
    "{{ title|xmlattr }}",
    "{{ title|center(1000000000) }}",
    "{{ title|format }}",
    "{{ title|pprint }}",
    "{{ title|safe }}",
    "{{ title|map('upper') }}",
    "{{ case|tojson }}",
    "{{ case is defined }}",
    "{{ debug() }}",
    "{{ 'visible words' }}",
    "{{ 'words' if title else title }}",
    "{{ title or 'words' }}",
    "{{ period(*activities) }}",
    "{{ issued_on > title }}",
    "{{ title in activities }}",
    "{{ service.consequences.nothing.at_all }}",
    "{{ loop }}",
    "{{ case }}",
    "{{ activities }}",
    "{{ none }}",
    "{{ nobody }}",
    "{{ issued_on|label(1) }}",
    "{{ issued_on|date('long', 'short') }}",
)
"""What no template may print; Word templates are attacked with the same."""
STATEMENTS = (
    "{% include '/etc/passwd' %}",
    "{% include '../no/terms.po' %}",
    "{% extends 'x.html' %}",
    "{% import '_parts.html' as parts %}",
    "{% from '../../etc/passwd' import x with context %}",
    "{% from '/etc/passwd' import x with context %}",
    "{% from '_parts.html' import letterhead %}",
    "{% set x %}{{ title }}{% endset %}",
    "{% filter upper %}x{% endfilter %}",
    "{% call letterhead() %}x{% endcall %}",
    "{% do title.upper() %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{% for letter in title %}x{% endfor %}",
    "{% for x in service.closures %}x{% endfor %}",
    "{% for x in activities recursive %}x{% endfor %}",
    "{% block x %}{% endblock %}",
    "{% if %}",
    "{% for x in activities %}",
)
"""What none may state."""
TAGS = (
    '<p data-at="x">a</p>',
    '<p><field n="0"></field></p>',
    '<p>{{ title }}<FIELD n="0"/></p>',
    "<p>\ue0000\ue001</p>",
)
"""What no web page may hold."""


def render_template(folder: Path, text: str, parts: str = "") -> pf.Document:
    """Render the complete example with a template of one's own."""
    (folder / "no").mkdir(exist_ok=True)
    (folder / "no" / "final_report.html").write_text(text, encoding="utf-8")
    if parts:
        (folder / "no" / "own.html").write_text(parts, encoding="utf-8")
    return render_with(templates=folder)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_out_of_bounds_is_an_error(tmp_path: Path, expression: str) -> None:
    with pytest.raises(pf.TemplateError) as caught:
        render_template(tmp_path, f"<h1>x</h1>\n<p>{expression}</p>")
    [problem] = caught.value.problems
    assert problem.place.rpartition(":")[0] == "no/final_report.html:2"


@pytest.mark.parametrize("statement", (*STATEMENTS, *TAGS))
def test_a_statement_out_of_bounds_is_an_error(tmp_path: Path, statement: str) -> None:
    with pytest.raises(pf.TemplateError):
        render_template(tmp_path, f"<h1>x</h1>\n{statement}")


def nested_loops(depth: int) -> str:
    opened = "".join(f"{{% for a{level} in activities %}}" for level in range(depth))
    return f"<h1>x</h1>{opened}<p>x</p>{'{% endfor %}' * depth}"


def calling_itself() -> str:
    return "{% macro m() %}{{ m() }}{% endmacro %}<h1>x</h1>{{ m() }}"


def doubling_calls(levels: int) -> str:
    text = "{% macro m0() %}<p>x</p>{% endmacro %}"
    for level in range(1, levels):
        call = f"{{{{ m{level - 1}() }}}}"
        text += f"{{% macro m{level}() %}}{call}{call}{{% endmacro %}}"
    return f"{text}<h1>x</h1>{{{{ m{levels - 1}() }}}}"


def doubling_arguments(levels: int) -> str:
    text = "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}<h1>x</h1>{% set x0 = title %}"
    for level in range(1, levels):
        text += f"{{% set x{level} = twice(x{level - 1}) %}}"
    return f"{text}<p>{{{{ x{levels - 1} }}}}</p>"


@pytest.mark.parametrize(
    "template",
    [
        nested_loops(8),
        calling_itself(),
        doubling_calls(40),
        doubling_arguments(40),
        "<h1>x</h1>" + "{% if title %}" * 2_000 + "{% endif %}" * 2_000,
        "<h1>x</h1>{{ " + "(" * 5_000 + "title" + ")" * 5_000 + " }}",
        "x" * 600_000,
        "<h1>x</h1>" + "<ul><li>" * 5_000,
    ],
    ids=["loops", "recursion", "calls", "arguments", "ifs", "brackets", "length", "depth"],
)
def test_no_template_grows_without_bounds(tmp_path: Path, template: str) -> None:
    with processor_seconds(LONGEST_SECONDS), pytest.raises(pf.TemplateError):
        render_template(tmp_path, template)


def test_an_error_inside_a_macro_is_told_at_the_macros_line(tmp_path: Path) -> None:
    template = '{% from "own.html" import m with context %}\n<h1>x</h1>\n{{ m() }}'
    parts = "{% macro m() %}\n\n<p>{{ case.participant.nmae }}</p>{% endmacro %}"
    with pytest.raises(pf.TemplateError) as caught:
        render_template(tmp_path, template, parts)
    [problem] = caught.value.problems
    assert problem.code == "template.path"
    assert problem.place.rpartition(":")[0] == "no/own.html:3"
    assert problem.message == "case.participant.nmae: no such field"
    assert problem.hint == "did you mean name?"


def test_all_mistakes_in_the_tags_come_at_once_with_their_lines(tmp_path: Path) -> None:
    with pytest.raises(pf.TemplateError) as caught:
        render_template(tmp_path, "<h1>x</h1>\n<p class='a'>x</p>\n\n<span>y</span>\n")
    places = [problem.place for problem in caught.value.problems]
    lines = [place.rpartition(":")[0] for place in places]
    assert lines[:2] == ["no/final_report.html:2", "no/final_report.html:4"]


def test_a_template_in_ones_own_folder_replaces_the_built_in_one(tmp_path: Path) -> None:
    document = render_template(tmp_path, "<h1>{{ title }}</h1><p>{{ case.number }}</p>")
    assert document.text() == "Sluttrapport\n2026/0412"
    assert [field.path for field in document.fields()] == ["case.number"]


def test_a_template_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "final_report.html").write_bytes(b"<p>\xff</p>")
    with pytest.raises(pf.TemplateError) as caught:
        render_with(templates=tmp_path)
    assert caught.value.problems[0].code == "template.encoding"
