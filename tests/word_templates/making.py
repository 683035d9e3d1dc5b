"""Word templates made here, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from lxml import etree

from planforms.word_templates.template import WordTemplate, make_template

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = "no/final_report.docx"
Making = Callable[[WordDocument], object]


def made(*steps: str | Making) -> bytes:
    """A Word file: a paragraph for each text, and whatever else somebody does to it."""
    word = docx.Document()
    for step in steps:
        if isinstance(step, str):
            word.add_paragraph(step)
        else:
            step(word)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def template(*steps: str | Making) -> WordTemplate:
    """The same as a template."""
    return make_template(made(*steps), NAME)


def rows(*rows: str, style: str = "") -> Making:
    """A table, its cells cut at `` | ``."""

    def make(word: WordDocument) -> None:
        columns = max(row.count(" | ") + 1 for row in rows)
        table = word.add_table(0, columns, style or None)
        for row in rows:
            cells = table.add_row().cells
            for cell, words in zip(cells, row.split(" | "), strict=False):
                cell.paragraphs[0].text = words

    return make


def styled(words: str, style: str) -> Making:
    """A paragraph of a style."""
    return lambda word: word.add_paragraph(words, style)


def cut(*runs: str, bold: int = -1) -> Making:
    """A paragraph whose words stand in several runs, one of them bold."""

    def make(word: WordDocument) -> None:
        paragraph = word.add_paragraph()
        for number, words in enumerate(runs):
            paragraph.add_run(words).bold = True if number == bold else None

    return make


def header(words: str) -> Making:
    """Words in the running header."""

    def make(word: WordDocument) -> None:
        word.sections[0].header.paragraphs[0].text = words

    return make


def footer(words: str) -> Making:
    """Words in the running footer."""

    def make(word: WordDocument) -> None:
        word.sections[0].footer.paragraphs[0].text = words

    return make


def folder_with(folder: Path, content: bytes, kind: str = "final_report", code: str = "no") -> Path:
    """A folder of templates that holds one Word template."""
    (folder / code).mkdir(exist_ok=True)
    (folder / code / f"{kind}.docx").write_bytes(content)
    return folder


_BOX = (
    '<w:r xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1" '
    'cy="1"/><wp:docPr id="7" name="x"/><a:graphic><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    "<wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent>{p}</w:txbxContent></wps:txbx>"
    "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def box(*texts: str) -> Making:
    """A text box as Word keeps it, once for programs of today and once for older ones."""

    def make(word: WordDocument) -> None:
        paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
        content = _BOX.format(w=_W[1:-1], p=paragraphs)
        word.add_paragraph()._p.append(etree.fromstring(content))

    return make
