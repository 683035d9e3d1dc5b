from io import BytesIO

import docx
import weasyprint
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.conformance.damage import changed_pdf
from tests.reading.languages import docx_letters, html_letters, pdf_letters


def test_words_of_a_page_are_in_the_language_of_the_nearest_element_that_names_one() -> None:
    page = (
        "<html lang='nb'><body><p>A <b lang='sv'>b <i>c</i> <u lang='nb'>d</u> e</b> f</p></html>"
    )
    assert html_letters(page, "sv") == "bce"
    assert html_letters(page, "nb") == "Adf"
    assert html_letters(page, "da") == ""


def test_words_of_word_are_in_the_language_of_their_run() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("en")
    run = paragraph.add_run("två")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    run._r.get_or_add_rPr().append(language)
    file = BytesIO()
    document.save(file)
    assert docx_letters(file.getvalue(), "sv-SE") == "två"
    assert docx_letters(file.getvalue(), "da-DK") == ""


def test_words_of_a_pdf_are_in_the_language_of_the_element_around_them() -> None:
    page = "<html lang='nb'><title>T</title><body><p>en</p><blockquote><p>två</p></blockquote>"
    pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    assert pdf_letters(pdf, "sv") == ""

    def name(opened: object) -> None:
        for thing in opened.objects:  # type: ignore[attr-defined]
            if getattr(thing, "get", None) and thing.get("/S") == "/BlockQuote":
                thing.Lang = "sv"

    assert pdf_letters(changed_pdf(pdf, name), "sv") == "två"
