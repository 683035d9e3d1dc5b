from collections.abc import Callable, Iterator

import pikepdf
import pytest

from tests.conformance.conftest import Store
from tests.conformance.damage import changed_pdf
from tests.conformance.pdf_structure import pdf_structure, split_entries
from tests.writers.sample import sample


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    """Every structure element with that tag, in reading order."""
    return [found for found in below(pdf.Root.StructTreeRoot) if f"/{tag}" == found.S]


def below(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = parent.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["dc:title"]


def without_title_in_the_window(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def two_titles(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = pikepdf.Name.H1


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = pikepdf.Name.H3


def without_scope(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A


def without_header_cells(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = pikepdf.Name.TD


def without_caption(pdf: pikepdf.Pdf) -> None:
    for caption in elements(pdf, "Caption"):
        caption.S = pikepdf.Name.P


def repeated_head(pdf: pikepdf.Pdf) -> None:
    body = elements(pdf, "TBody")[0]
    body.K.append(elements(pdf, "THead")[0].K[0])


def missing_cell(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TR")[1].K[0]


def item_without_body(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "LBody")[0].S = pikepdf.Name.Div


def figure_without_description(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


def footer_of_unknown_kind(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.contents_coalesce()
        page.Contents.write(page.Contents.read_bytes().replace(b"/Pagination", b"/Other"))


def lost_paragraph(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].K = pikepdf.Array()


def value_outside_of_its_entry(pdf: pikepdf.Pdf) -> None:
    entry = next(
        block for block in elements(pdf, "Div") if [kid.S for kid in block.K] == ["/P", "/Div"]
    )
    entry.P.K.append(entry.K[1])
    del entry.K[1]


@pytest.mark.parametrize(
    ("damage", "failure"),
    [
        (without_language, "no language"),
        (without_title, "no title"),
        (without_title_in_the_window, "not the title"),
        (two_titles, "the first heading, and no other"),
        (skipped_heading, "H3 follows H1"),
        (without_scope, "no scope"),
        (without_header_cells, "no header cell"),
        (without_caption, "no caption"),
        (repeated_head, "header row is repeated"),
        (missing_cell, "different numbers of cells"),
        (item_without_body, "not a label and its body"),
        (figure_without_description, "no description"),
        (footer_of_unknown_kind, "no running footer"),
        (footer_of_unknown_kind, "neither content nor pagination"),
        (lost_paragraph, "neither content nor pagination"),
    ],
)
def test_each_fault_is_found(
    pdf: bytes, store: Store, damage: Callable[[pikepdf.Pdf], None], failure: str
) -> None:
    damaged = store("damaged.pdf", changed_pdf(pdf, damage))
    assert any(failure in found for found in pdf_structure(damaged))


def test_a_good_file_has_no_fault(pdf: bytes, store: Store) -> None:
    assert pdf_structure(store("good.pdf", pdf)) == []


def test_a_label_belongs_to_its_value_alone(pdf: bytes, store: Store) -> None:
    document = sample()
    apart = store("apart.pdf", changed_pdf(pdf, value_outside_of_its_entry))
    assert split_entries(store("good.pdf", pdf), document) == []
    assert split_entries(apart, document) == ["the value of “Til” is tagged apart from it"]
