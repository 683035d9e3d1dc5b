"""Templates as rows of pieces and sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforms.checking.outline import sections_of
from planforms.checking.pieces import PieceKind, pieces_of
from planforms.checking.sources import SourceFile, read_sources


def template(content: str, name: str = "consent.html") -> SourceFile:
    return SourceFile("no", Path("no", name), content)


def values(content: str) -> list[str]:
    return [piece.value for piece in pieces_of(template(content))]


def test_a_template_falls_into_words_tags_fields_and_statements() -> None:
    pieces = list(pieces_of(template("<p>Hei {{ name }}!</p>{% if a %}{# nei #}{% endif %}")))
    assert [(piece.kind, piece.value) for piece in pieces] == [
        (PieceKind.TAG, "<p>"),
        (PieceKind.TEXT, "Hei"),
        (PieceKind.FIELD, "name"),
        (PieceKind.TEXT, "!"),
        (PieceKind.END_TAG, "</p>"),
        (PieceKind.STATEMENT, "if a"),
        (PieceKind.STATEMENT, "endif"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{{ a.b|date('short') }}", '{{a.b | date( "short" )}}'),
        ("{%- if a == 'x' -%}", '{% if  a=="x" %}'),
        ("{% if (a or b) and not (c) %}", "{% if(a or b)and not(c) %}"),
        ("{{ period(a, b) }}", "{{ period( a,b ) }}"),
        ('<th scope="col" width="30%">', '<th width="40%" scope="col">'),
        ("<p>two\n  words</p>", "<p>two words</p>"),
    ],
)
def test_ways_of_writing_the_same_are_the_same(one: str, other: str) -> None:
    assert values(one) == values(other)


def test_each_piece_knows_where_it_stands() -> None:
    for file in read_sources().templates():
        for piece in pieces_of(file):
            assert file.content[piece.offset : piece.end] == piece.raw


def test_the_words_and_fields_of_a_picture_are_pieces_too() -> None:
    assert values('<img src="logo" alt="Logo for {{ unit }}">') == [
        '<img src="logo">',
        "Logo for",
        "unit",
    ]


def test_nothing_is_lost_of_a_template_but_comments() -> None:
    for file in read_sources().templates():
        pieces = [p for p in pieces_of(file) if p.kind is not PieceKind.TEXT]
        assert sum(p.kind is PieceKind.FIELD for p in pieces) == file.content.count("{{")
        assert sum(p.kind is PieceKind.STATEMENT for p in pieces) == file.content.count("{%")


@pytest.mark.parametrize("broken", ["{{ a", "<p", "{% if", "{# a", "<p>{{ a }</p>", "}}", "<>"])
def test_a_template_that_breaks_off_has_pieces_too(broken: str) -> None:
    assert values(f"<p>Hei</p>{broken}")[:3] == ["<p>", "Hei", "</p>"]


def test_a_tag_that_never_ends_is_given_up_at_once() -> None:
    assert values("<p>Hei</p><p " + "{{ a }} " * 100)[:4] == ["<p>", "Hei", "</p>", "<p"]


def test_sections_begin_at_headings_and_are_named_by_their_first_field() -> None:
    file = template(
        "<h1>{{ title }}</h1><h2>Oppdraget</h2><p>{{ assignment.reference|label }}</p>"
        "<h2>Regler</h2><p>Les.</p><h2>Mer</h2><p>{{ hours(extent.planned) }}</p><h2>Slutt</h2>"
    )
    assert [(section.name, section.heading) for section in sections_of(file)] == [
        ("title", "title"),
        ("assignment.reference", "Oppdraget"),
        ("text", "Regler"),
        ("extent.planned", "Mer"),
        ("text-2", "Slutt"),
    ]


def test_the_sections_of_shared_parts_are_their_macros() -> None:
    file = template(
        "{# note #}{% macro a() %}<p>x</p>{% endmacro %}\n{% macro b(c) %}<h2>y</h2>{% endmacro %}",
        "_parts.html",
    )
    assert [section.name for section in sections_of(file)] == ["a", "b"]
