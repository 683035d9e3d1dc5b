"""Letters: the recipient's address in the window of an envelope, and what file properties hold."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

import planforms as pf
from planforms.document import AddressWindow, Text
from planforms.services.reading import BUILT_IN
from tests.reports import LANGUAGES, report_data

ADDRESS = {"street": "Storgata 1", "postal_code": "6413", "town": "MOLDE"}


@pytest.fixture
def wishes(tmp_path: Path) -> Path:
    """A service whose reports go out in window envelopes, with keywords in its files."""
    built_in = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    (tmp_path / "molde.png").write_bytes((BUILT_IN / "molde.png").read_bytes())
    own = "\n[letterhead.window]\nreports = true\n\n[file_properties]\n"
    keywords = 'keywords = ["case_number", "language"]\n'
    (tmp_path / "molde.toml").write_text(f"{built_in}{own}{keywords}", encoding="utf-8")
    return tmp_path


def letter(changes: dict[str, Any] | None = None, **options: Any) -> pf.Document:
    changes = {"recipient.address": ADDRESS, **(changes or {})}
    return pf.render(pf.load(report_data(changes)), **options)


def windows(document: pf.Document) -> list[AddressWindow]:
    return [block for block in document.blocks if isinstance(block, AddressWindow)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_shows_the_recipients_address_in_the_window(wishes: Path, language: str) -> None:
    document = letter(services=wishes, language=language)
    [window] = windows(document)
    assert not isinstance(window.lines[0], Text) or window.lines[0].text
    lines = document.text().splitlines()
    at = lines.index("Storgata 1")
    assert lines[at - 1 : at + 2] == [lines[at - 1], "Storgata 1", "6413 MOLDE"]
    assert lines[at - 1] == report_data()["recipient"]["name"]
    for content in (pf.to_pdf(document), pf.to_docx(document), pf.to_html(document)):
        assert content


def test_there_is_no_window_where_the_service_wants_none_or_nobody_knows_the_address(
    wishes: Path,
) -> None:
    assert windows(letter()) == []
    assert windows(letter({"recipient.address": None}, services=wishes)) == []
    assert windows(pf.blank("final_report", service="molde", services=wishes)) == []


def test_an_address_is_withheld_for_a_protected_identity(wishes: Path) -> None:
    document = letter({"case.participant.protected_identity": True}, services=wishes)
    assert windows(document) == []
    assert "Storgata" not in document.text()


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_file_properties_hold_case_number_and_language_where_the_profile_wishes(
    wishes: Path, engine: str
) -> None:
    document = letter(services=wishes)
    number = report_data()["case"]["number"]
    assert document.keywords == (number, "nb")
    with pikepdf.open(BytesIO(pf.to_pdf(document, engine=engine))) as pdf:
        assert str(pdf.docinfo["/Keywords"]) == f"{number}, nb"
        assert str(pdf.Root.Lang) == "nb"
        with pdf.open_metadata() as metadata:
            assert number in str(metadata["pdf:Keywords"])
    word = docx.Document(BytesIO(pf.to_docx(document))).core_properties
    assert (word.keywords, word.language) == (f"{number}, nb", "nb")
    assert f'<meta name="keywords" content="{number}, nb">' in pf.to_html(document)
    form = pf.blank("final_report", service="molde", services=wishes)
    assert form.keywords == ("nb",)


def test_file_properties_hold_no_case_number_otherwise() -> None:
    document = letter()
    assert document.keywords == ()
    with pikepdf.open(BytesIO(pf.to_pdf(document))) as pdf:
        assert "/Keywords" not in pdf.docinfo
    assert docx.Document(BytesIO(pf.to_docx(document))).core_properties.keywords == ""
    assert "keywords" not in pf.to_html(document).partition("<style>")[0]
