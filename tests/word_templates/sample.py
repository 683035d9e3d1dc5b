"""A small Word template, made here, and ways to put things into it."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from lxml import etree

from tests.word_files import Change, Entries, R, W, archive_of, entries_of

NAME = "no/consent.docx"
BODY, HEADER, FOOTER = "word/document.xml", "word/header1.xml", "word/footer1.xml"
SIGN = "Sted og dato"
"""The words of the paragraph that things are put into."""
NAMES = (
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
        paragraph.extend(list(etree.fromstring(f"<x {NAMES}>{content}</x>")))
        entries[part] = etree.tostring(tree)

    return change


def run(text: str) -> str:
    """A run with this text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


# --- a whole template ---------------------------------------------------------------------------


SUMMONS = (
    ("Heading 1", "{{ title }}"),
    ("Normal", '{{ issued_on|label }}: {{ issued_on|date("short") }}'),
    ("Normal", "Sak {{ case.number }}, {{ case.participant.name }}"),
    (
        "Normal",
        "{% if recipient.organisation.name != none %}Til {{ recipient.organisation.name }}. "
        "{% endif %}Vi ber deg komme til et møte.",
    ),
    (
        "Normal",
        "Tid: {{ meeting.day }}, kl. {{ meeting.starts }}"
        "{% if meeting.ends %} til {{ meeting.ends }}{% endif %}",
    ),
    ("Normal", "{%p if meeting.place %}"),
    ("Normal", "Sted: {{ meeting.place }}"),
    ("Normal", "{%p endif %}"),
    ("Heading 2", "{{ purpose|label }}"),
    ("Normal", "{{ purpose }}"),
    ("Normal", "{%p for point in meeting.agenda %}"),
    ("List Number", "{{ point }}"),
    ("Normal", "{%p endfor %}"),
    ("Normal", "{{ invited|label }}:"),
    (
        "table",
        "{{ invited.role|label }}\t{{ invited.name|label }}\n"
        "{%tr for one in invited %}\t\n"
        "{{ one.role }}\t{{ one.name }}\n"
        "{%tr endfor %}\t",
    ),
    ("Normal", "{%p if meeting.leader or meeting.host %}"),
    ("Normal", "Leder: {{ meeting.leader.role }}, vert: {{ meeting.host.role }}"),
    ("Normal", "{%p endif %}"),
    ("Normal", "Ring {{ contact.name }} på {{ contact.phone }} hvis tiden ikke passer."),
    ("Normal", '{% if state == "blank" %}Skriv tydelig.{% endif %}'),
    ("Normal", 'Sagt {{ spoken.told_on|date("short") }} av {{ spoken.told_by }}.'),
)
"""A letter in bokmål that asks somebody to come to a meeting: styles and words."""


@cache
def summons() -> bytes:
    """The same as a Word file, with a running header and a page number below."""
    word = docx.Document()
    for style, words in SUMMONS:
        if style == "table":
            _add_table(word, [row.split("\t") for row in words.split("\n")])
        else:
            word.add_paragraph(words, style)
    section = word.sections[0]
    section.header.paragraphs[0].text = "{{ service.organisation.unit }}"
    section.footer.paragraphs[0].text = "{{ case.number }}"
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _add_table(word: WordDocument, rows: list[list[str]]) -> None:
    table = word.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
