"""A template as a tree, its macros written out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import planforms as pf
from planforms.checking.sources import read_sources
from planforms.translating.written_out import written_out
from planforms.word_templates.tree import Governed, Node, Printing, Said, Tagged, in_parts
from tests.reports import LANGUAGES, problems_of

HEAD = "{% macro one(who, how) %}\n<p>{{ who.name }}{% if how %} {{ how|label }}{% endif %}</p>\n"

Write = Callable[[str], tuple[Node, ...]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Reads one's own template of a kind, written out."""

    def write(content: str) -> tuple[Node, ...]:
        folder = tmp_path / "no"
        folder.mkdir(exist_ok=True)
        (folder / "rights.html").write_text(content, encoding="utf-8")
        return written_out(read_sources([tmp_path]), "no", "rights")

    return write


def plain(parts: tuple[Node, ...]) -> str:
    """A tree as HTML again."""
    return "".join(map(_plain, parts))


def _plain(part: Node) -> str:
    match part:
        case Said(text):
            return text
        case Printing(code):
            return f"{{{{ {code} }}}}"
        case Governed(branches, end):
            inner = (f"{{% {b.statement} %}}{plain(b.parts)}" for b in branches)
            return f"{''.join(inner)}{{% {end} %}}"
        case Tagged(tag):
            return f"<{tag}>{plain(part.parts)}</{tag}>"


def test_the_values_of_a_call_stand_in_for_those_of_the_macro(write: Write) -> None:
    text = f'{HEAD}{{% endmacro %}}\n{{{{ one(contact, contact.role) }}}}<p>who, "who"</p>'
    expected = "<p>{{ contact.name }}{% if contact.role %} {{ contact.role|label }}{% endif %}</p>"
    assert plain(write(text)).replace("> <", "><").strip() == f'{expected}<p>who, "who"</p>'


def test_names_in_quotes_and_behind_points_are_no_values_of_the_macro(write: Write) -> None:
    text = (
        '{% macro one(key) %}{% if key == "key" %}{{ case.key|date("key") }}{% endif %}'
        "{% endmacro %}<p>{{ one(state) }}</p>"
    )
    inner = '{% if state == "key" %}{{ case.key|date("key") }}{% endif %}'
    assert plain(write(text)) == f"<p>{inner}</p>"


def test_a_macro_may_call_another(write: Write) -> None:
    text = (
        "{% macro inner(x) %}{{ x.name }}{% endmacro %}"
        "{% macro outer(x) %}<p>{{ inner(x.participant) }}</p>{% endmacro %}{{ outer(case) }}"
    )
    assert plain(write(text)) == "<p>{{ case.participant.name }}</p>"


def test_white_space_is_kept_where_a_reader_sees_it(write: Write) -> None:
    text = "<p>A {# note #}B\n  <strong>C</strong>{% if state %} D{%- endif %}\u00a0{{ title }}</p>"
    shown = "<p>A B <strong>C</strong>{% if state %} D{% endif %}\u00a0{{ title }}</p>"
    assert plain(write(text)) == shown


def test_a_call_that_cannot_be_written_out_is_told(write: Write) -> None:
    text = f"{HEAD}{{% endmacro %}}\n{{{{ one(contact) }}}}"
    with pytest.raises(pf.TemplateError) as caught:
        write(text)
    assert problems_of(caught.value) == {("template.call", "no/rights.html:4")}


@pytest.mark.parametrize("text", ["<p>{{ title }", "<p><b>x</b></p>", "<p>{% if state %}</p>"])
def test_a_template_with_mistakes_is_for_the_check(text: str, write: Write) -> None:
    with pytest.raises(pf.TemplateError) as caught:
        write(text)
    assert problems_of(caught.value) == {("template.mistakes", "no/rights.html")}


def test_every_built_in_template_can_be_written_out() -> None:
    sources = read_sources()
    for language in LANGUAGES:
        for kind in pf.kinds():
            parts = tuple(in_parts(written_out(sources, language, kind)))
            calls = [part for part in parts if isinstance(part, Printing) and _is_call(part.code)]
            assert parts
            assert calls == []


def _is_call(code: str) -> bool:
    return code.partition("(")[0].isidentifier() and "(" in code
