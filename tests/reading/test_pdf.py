import pikepdf
import pytest
import weasyprint

from tests.conformance.damage import changed_pdf
from tests.reading.pdf import pdf_text
from tests.reading.structure import read_structure


def pdf(body: str, style: str = "") -> bytes:
    page = f"<html lang='nb'><title>T</title><style>{style}</style><body>{body}</body></html>"
    data: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return data


def test_words_of_one_line_stay_together() -> None:
    body = "<p>Hei <strong>på</strong> <em>de</em><b>g</b>.</p>"
    assert pdf_text(pdf(body)) == "Hei på deg."


def test_numbers_bullets_and_cells_are_read_apart() -> None:
    table = "<table><tr><th>Navn<td>Ola</table>"
    text = pdf_text(pdf(f"<ol><li>en<li>to</ol><ul><li>x</ul>{table}"))
    assert text.split() == ["1.", "en", "2.", "to", "•", "x", "Navn", "Ola"]


def test_letters_outside_of_ascii_are_read() -> None:
    body = "<p>Æøå ß ĐđŊŋŦŧ ŁłŻż Ğğİı</p>"
    assert pdf_text(pdf(body)) == "Æøå ß ĐđŊŋŦŧ ŁłŻż Ğğİı"


def test_a_word_hyphenated_at_the_end_of_a_line_is_whole_again() -> None:
    style = "p{width:7em;hyphens:auto}"
    text = pdf_text(pdf("<p>Arbeidsmarkedsforberedelser er fint</p>", style))
    assert text.split() == ["Arbeidsmarkedsforberedelser", "er", "fint"]


def test_a_hyphen_within_a_line_remains() -> None:
    assert pdf_text(pdf("<p>en\N{HYPHEN}to arbeids- og</p>")) == "en\N{HYPHEN}to arbeids- og"


def test_every_printed_line_is_a_line() -> None:
    assert pdf_text(pdf("<p>en<br>to</p><p>tre</p>")) == "en\nto\ntre"


def test_a_picture_is_read_by_its_description() -> None:
    size = "width='9' height='9'"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect {size}/></svg>"
    source = f"data:image/svg+xml,{svg}"
    text = pdf_text(pdf(f'<p>Fra</p><img alt="Molde kommune" src="{source}"><p>til</p>'))
    assert text == "Fra\nMolde kommune\ntil"


def test_running_footers_are_not_read() -> None:
    style = "@page{@bottom-center{content:'bunntekst'}}"
    assert pdf_text(pdf("<p>synlig</p>", style)) == "synlig"


def test_the_order_is_that_of_the_structure_not_of_the_page() -> None:
    def turn(opened: pikepdf.Pdf) -> None:
        parent = opened.Root.StructTreeRoot.K[0]
        parent.K = pikepdf.Array(reversed(list(parent.K)))

    data = pdf("<p>en</p><p>to</p>")
    assert pdf_text(changed_pdf(data, turn)) == "to\nen"


def test_roles_of_a_file_are_mapped_to_the_standard_ones() -> None:
    def rename(opened: pikepdf.Pdf) -> None:
        root = opened.Root.StructTreeRoot
        root.RoleMap = pikepdf.Dictionary(Avsnitt=pikepdf.Name.P)
        root.K[0].K[0].S = pikepdf.Name.Avsnitt

    structure = read_structure(changed_pdf(pdf("<p>en</p>"), rename))
    assert "P" in {element.tag for element in structure.elements()}


def test_an_untagged_file_is_refused() -> None:
    untagged = weasyprint.HTML(string="<p>en</p>").write_pdf()
    with pytest.raises(ValueError, match="not tagged"):
        pdf_text(untagged)
