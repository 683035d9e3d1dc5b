"""What holds for Typst alone; what holds for every engine is in ``test_pdf``."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from importlib.resources import files

import pytest
import typst

from planforms import writers
from planforms.document import Footer
from planforms.errors import TemplateError, UsageError
from planforms.writers import _typst_engine
from planforms.writers.pdf import engine_version, to_pdf
from tests.reading.pdf import pdf_text
from tests.writers.sample import document_of, paragraph, sample

PAGES, BLOCKS = (
    files(writers).joinpath(f"{n}.typ").read_text("utf-8") for n in ("pages", "document")
)


def test_without_the_extra_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.delitem(sys.modules, "planforms.writers._typst_engine")
    with pytest.raises(UsageError) as caught:
        to_pdf(sample(), engine="typst")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("engine.missing", "pip install 'planforms[typst]'")


def test_without_the_extra_no_version_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(UsageError, match=r"engine\.missing"):
        engine_version("typst")


def test_the_templates_read_what_is_given_with_them_and_run_nothing() -> None:
    """A package or a file of the machine is never asked for."""
    assert re.findall('#import "(.*?)"', PAGES) == ["document.typ"]
    assert re.findall('#import "(.*?)"', BLOCKS) == ["look.typ"]
    assert re.findall(r'json\("(.*?)"\)', PAGES + BLOCKS) == ["document.json"]
    for template in (PAGES, BLOCKS):
        code = re.sub("(?m)^// .*", "", template)
        for name in ("include", "eval", "read", "plugin", "csv", "toml", "yaml", "xml", "cbor"):
            assert not re.search(rf"\b{name}[ (.]", code), name
        assert not re.search(r"\bsys[ (.]", code)
        assert "@preview" not in template


def test_blocks_are_drawn_by_what_no_document_changes() -> None:
    """Typst keeps what it has read only where nothing in it depends on the document."""
    assert "document.json" not in BLOCKS
    assert "document-data" not in BLOCKS


def test_typst_sees_no_folder() -> None:
    """What could be asked for in a template is not there."""
    compiler = _typst_engine._compiler()
    for path in ("/etc/passwd", "/fonts/OFL.txt", "x.typ", "../../../../../etc/passwd"):
        with pytest.raises(typst.TypstError):
            compiler.compile({"main.typ": f'#read("{path}")'.encode()})  # type: ignore[type-var]


def test_nothing_that_typst_says_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def compile(self, *_: object, **__: object) -> bytes:
            error = typst.TypstError("cannot show Kari Eksempel", "Kari Eksempel")
            error.message = "cannot show Kari Eksempel"  # as Typst itself sets it
            raise error

    monkeypatch.setattr(_typst_engine, "_compiler", Failing)
    with pytest.raises(TemplateError) as caught:
        to_pdf(sample(), engine="typst")
    assert [problem.code for problem in caught.value.problems] == ["pdf.layout"]
    assert "Kari" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("words", ["漢 ע ☒", "soft\u00adhyphen zero\u200bwidth ✔\ufe0f"])
def test_letters_without_a_glyph_stand_anywhere(words: str) -> None:
    document = replace(
        document_of(paragraph(words)), title=words, author=words, footer=Footer(words, "{page}")
    )
    read = pdf_text(to_pdf(document, engine="typst"))
    assert "\ufffd" in read or "zero" in read
    assert not set(words) & {"漢", "ע"} & set(read)


def test_a_word_wider_than_its_line_breaks_and_one_that_fits_does_not() -> None:
    long = "x" * 300
    text = pdf_text(to_pdf(document_of(paragraph(f"kort {long} slutt")), engine="typst"))
    assert "kort" in text.split()
    assert max(map(len, text.split())) < 150
    assert "".join(text.split()) == f"Notatkort{long}slutt"
