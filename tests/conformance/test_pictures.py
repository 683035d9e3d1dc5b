from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planforms.document import Block, Document
from planforms.writers.pdf import to_pdf
from tests.conformance.pictures import differing_pages
from tests.writers.sample import DESCRIPTION, document_of, paragraph


def pdf(folder: Path, document: Document) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.pdf"
    path.write_bytes(to_pdf(document, engine="typst"))
    return path


PLAIN = tuple(paragraph(f"{number}. {DESCRIPTION}") for number in range(6))


def test_the_same_words_drawn_by_two_engines_look_alike(tmp_path: Path) -> None:
    one, other = pdf(tmp_path, document_of(*PLAIN)), tmp_path / "other.pdf"
    other.write_bytes(to_pdf(document_of(*PLAIN)))
    assert one.read_bytes() != other.read_bytes()
    assert differing_pages(one, other) == []


@pytest.mark.parametrize(
    "blocks",
    [PLAIN[:3], (paragraph("x"), *PLAIN), tuple(reversed(PLAIN)) * 3],
    ids=["half is missing", "a line more above", "a page more"],
)
def test_pages_that_a_reader_could_tell_apart_differ(
    blocks: tuple[Block, ...], tmp_path: Path
) -> None:
    one, other = (pdf(tmp_path, document_of(*found)) for found in (PLAIN, blocks))
    assert differing_pages(one, other)


def test_another_colour_of_the_letterhead_alone_is_told_by_nobody(tmp_path: Path) -> None:
    """Pictures are grey: the colour is the writers' own affair, and their tests hold it."""
    document = document_of(*PLAIN)
    one, other = (pdf(tmp_path, replace(document, accent=c)) for c in ("#1f5c4d", "#1f4d5c"))
    assert differing_pages(one, other) == []
