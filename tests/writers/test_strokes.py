"""A place to write by hand that is no datum: every writer draws it as an empty field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planforms.document import (
    Block,
    Cell,
    DescriptionList,
    Document,
    Field,
    Fields,
    FieldType,
    Inline,
    List,
    Stroke,
    Strong,
    Table,
    Text,
)
from planforms.writers.docx import to_docx
from planforms.writers.html import to_html
from planforms.writers.pdf import to_pdf
from tests.writers.sample import document_of, entry, paragraph


def everywhere(place: Inline) -> Document:
    """A document with one place to write wherever one can stand."""
    alone, within = paragraph(place), paragraph("Fra ", place, " til ", Strong((place,)))
    cells = (Cell((alone,)), Cell((within,)))
    blocks: tuple[Block, ...] = (
        alone,
        within,
        List(ordered=True, items=((alone,), (within,))),
        DescriptionList((entry("Underskrift", alone), entry("Dato", within))),
        Table((Text("Uker"),), (50, 50), cells, (cells,)),
        Fields((entry("Sted og dato", alone), entry("Underskrift", alone)), (6, 6)),
    )
    return document_of(*blocks)


@pytest.mark.parametrize("writer", [to_docx, to_html, to_pdf])
@pytest.mark.parametrize(("lines", "type_"), [(1, FieldType.LINE), (3, FieldType.DATE)])
def test_a_stroke_is_drawn_as_an_empty_field_is(
    writer: Callable[[Document], str | bytes], lines: int, type_: FieldType
) -> None:
    field = Field("signatures[0]", type_, "Underskrift", None, lines)
    stroke = Stroke("Underskrift", lines, type_)
    assert writer(everywhere(stroke)) == writer(everywhere(field))


def test_a_stroke_has_no_words_and_is_no_field() -> None:
    document = document_of(paragraph("Underskrift: ", Stroke("Underskrift")))
    assert document.text() == "Notat\nUnderskrift:"
    assert list(document.fields()) == []
