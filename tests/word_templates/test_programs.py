"""Templates that went through other programs say the same, or are refused clearly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

import planforms as pf
from planforms.checking.sources import read_sources
from planforms.checking.word_templates import check_word_templates
from planforms.word_templates.template import make_template
from tests.conformance.openxml import openxml_audit
from tests.reports import ROOT
from tests.word_templates.programs import (
    IN_BOX,
    from_google_docs,
    from_libreoffice,
    from_word_for_mac,
    with_box,
)

LETTER = ROOT / "examples" / "molde" / "summons_talk_with_nav_and_the_workplace.json"
VALID = ("relationships/theme", "Numbering definition '0'")
"""What the audit tells of though it is right: a file without a theme, a paragraph out of a list."""
_STORE = TemporaryDirectory()
Way = Callable[[bytes, Path], bytes]
WAYS: dict[str, Way] = {
    "Word for Mac": lambda content, _: from_word_for_mac(content),
    "Google Docs": lambda content, _: from_google_docs(content),
    "LibreOffice": from_libreoffice,
    "LibreOffice and its own format": lambda content, folder: from_libreoffice(
        content, folder, "odt"
    ),
    "Word for Mac, Google Docs, LibreOffice": lambda content, folder: from_libreoffice(
        from_google_docs(from_word_for_mac(content)), folder
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_template_means_the_same_in_another_program(way: Way, tmp_path: Path) -> None:
    content = way(with_box(), tmp_path)
    assert words_of(content) == words_of(with_box())
    assert IN_BOX in words_of(content)
    for made, own in zip(documents(content), documents(with_box()), strict=True):
        assert words_of(made) == words_of(own)
        path = tmp_path / "made.docx"
        path.write_bytes(made)
        told = openxml_audit([path])[path]
        assert [one for one in told if not any(words in one for words in VALID)] == []
    folder = tmp_path / "templates"
    (folder / "no").mkdir(parents=True)
    (folder / "no" / "summons.docx").write_bytes(content)
    found = check_word_templates(read_sources((folder,)))
    assert [one.code for one in found] == ["word.own"]


def documents(content: bytes) -> list[bytes]:
    """A letter and an empty form that a template makes."""
    folder = Path(mkdtemp(dir=_STORE.name))
    (folder / "no").mkdir()
    (folder / "no" / "summons.docx").write_bytes(content)
    letter = pf.render(pf.load(LETTER), templates=folder)
    form = pf.blank("summons", service="molde", templates=folder)
    return [pf.to_docx(letter), pf.to_docx(form)]


def words_of(content: bytes) -> list[str]:
    """What the paragraphs of a Word file say, in text boxes too, spaces put aside."""
    template = make_template(content, "no/summons.docx")
    words = [
        " ".join(p.words.replace("\ufffc", "").split())
        for part in template.parts
        for p in part.paragraphs
    ]
    return sorted({line for line in words if line})
