from pathlib import Path

from tests.conformance.conftest import Store
from tests.conformance.libreoffice import libreoffice


def test_a_good_document_opens_and_broken_ones_do_not(
    docx: bytes, store: Store, tmp_path: Path
) -> None:
    good = store("good.docx", docx)
    truncated = store("truncated.docx", docx[: len(docx) // 2])
    text = store("text.docx", b"no Word document")
    folder = tmp_path / "converted"
    folder.mkdir()

    pdfs = libreoffice([good, truncated, text], folder)

    assert {document: pdf is not None for document, pdf in pdfs.items()} == {
        good: True,
        truncated: False,
        text: False,
    }
