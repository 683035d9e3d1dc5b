from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from PIL import Image

from tests.reading.docx import docx_text


@pytest.fixture
def document() -> Document:
    return docx.Document()


def read(document: Document) -> str:
    file = BytesIO()
    document.save(file)
    return docx_text(file.getvalue())


def restart_list(document: Document, paragraph: Paragraph) -> None:
    """Makes a paragraph the first of a list of its own, as Word does."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    list_id = style.pPr.numPr.numId.val
    abstract_id = numbering.num_having_numId(list_id).abstractNumId.val
    number = numbering.add_num(abstract_id)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    properties = parse_xml(f"<w:numPr {nsdecls('w')}><w:numId w:val='{number.numId}'/></w:numPr>")
    paragraph._p.get_or_add_pPr().append(properties)


def test_paragraphs_breaks_and_tables_are_read_in_order(document: Document) -> None:
    document.add_heading("Tittel", 1)
    document.add_paragraph("en").add_run().add_break()
    document.paragraphs[-1].add_run("to\tre 1-2")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Navn", "Ola"
    document.add_paragraph("slutt")
    assert read(document) == "Tittel\nen\nto re 1-2\nNavn\nOla\nslutt"


def test_bullets_and_numbers_are_those_that_word_shows(document: Document) -> None:
    document.add_paragraph("punkt", style="List Bullet")
    for word in ("en", "to"):
        document.add_paragraph(word, style="List Number")
    restart_list(document, document.add_paragraph("ny", style="List Number"))
    document.add_paragraph("fortsatt", style="List Number")
    assert read(document).split("\n") == ["• punkt", "1. en", "2. to", "1. ny", "2. fortsatt"]


def test_content_controls_are_read_around_and_within_paragraphs(document: Document) -> None:
    block = "<w:sdt {0}><w:sdtContent><w:p><w:r><w:t>blokk</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    inline = "<w:sdt {0}><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    paragraph = document.add_paragraph()
    paragraph._p.append(parse_xml(inline.format(nsdecls("w"))))
    paragraph.add_run(" Ja")
    paragraph._p.addprevious(parse_xml(block.format(nsdecls("w"))))
    assert read(document) == "blokk\n☐ Ja"


def test_a_picture_is_read_by_its_description(document: Document) -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    properties = next(document.element.body.iter(qn("wp:docPr")))
    properties.set("descr", "Molde kommune")
    assert read(document) == "Molde kommune"


def test_running_headers_field_codes_and_deletions_are_not_read(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "topptekst"
    document.sections[0].footer.paragraphs[0].text = "bunntekst"
    run = document.add_paragraph("synlig").add_run()
    code = OxmlElement("w:instrText")
    code.text = "PAGE"
    run._r.append(code)
    deleted = f"<w:del {nsdecls('w')}><w:r><w:delText>borte</w:delText></w:r></w:del>"
    document.paragraphs[0]._p.append(parse_xml(deleted))
    assert read(document) == "synlig"
