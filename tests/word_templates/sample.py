"""A small Word template, made here, and ways to put things into it."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import docx
from lxml import etree

from tests.word_files import Change, Entries, R, W, archive_of, entries_of

NAME = "no/consent.docx"
BODY, HEADER = "word/document.xml", "word/header1.xml"
SIGN = "Sted og dato"
"""The words of the paragraph that things are put into."""
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


@cache
def plain() -> bytes:
    """A heading, two paragraphs around a table of two rows, and a header with a word in it."""
    word = docx.Document()
    word.add_heading("Samtykke", 1)
    word.add_paragraph("Sak {{ case.number }}")
    table = word.add_table(2, 2)
    for number, words in enumerate(("Navn", "{{ case.participant.name }}", "Tiltak", "AFT")):
        table.cell(number // 2, number % 2).text = words
    word.add_paragraph(SIGN)
    word.sections[0].header.paragraphs[0].text = "Lillevik kommune"
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def template(*changes: Change) -> bytes:
    """The plain template with something done to it."""
    entries = entries_of(plain())
    for change in changes:
        change(entries)
    return archive_of(entries)


def inserted(content: str, words: str = SIGN, part: str = BODY) -> Change:
    """This XML at the end of the paragraph that has these words."""

    def change(entries: Entries) -> None:
        tree = etree.fromstring(entries[part])
        paragraphs = tree.iter(f"{{{W}}}p")
        [paragraph] = (one for one in paragraphs if words in "".join(map(str, one.itertext())))
        paragraph.extend(list(etree.fromstring(f"<x {_NAMES}>{content}</x>")))
        entries[part] = etree.tostring(tree)

    return change


def run(text: str) -> str:
    """A run with this text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
