import pikepdf

from tests.conformance.conftest import Store
from tests.conformance.damage import changed_pdf
from tests.conformance.verapdf import verapdf


def without_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_accessibility_claim(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def without_colour_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def test_a_good_file_passes_and_a_damaged_one_fails_its_profile(pdf: bytes, store: Store) -> None:
    good = store("good.pdf", pdf)
    untagged = store("untagged.pdf", changed_pdf(pdf, without_structure))
    unclaimed = store("unclaimed.pdf", changed_pdf(pdf, without_accessibility_claim))
    colourless = store("colourless.pdf", changed_pdf(pdf, without_colour_profile))
    text = store("text.pdf", b"no PDF")

    failures = verapdf([good, untagged, unclaimed, colourless, text])

    assert failures[good] == []
    assert profiles(failures[untagged]) == {"ua1", "2a"}
    assert profiles(failures[unclaimed]) == {"ua1"}
    assert profiles(failures[colourless]) == {"2a"}
    assert all("cannot be checked" in failure for failure in failures[text])
    assert profiles(failures[text]) == {"ua1", "2a"}


def profiles(failures: list[str]) -> set[str]:
    return {failure.split()[0] for failure in failures}
