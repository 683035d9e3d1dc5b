"""LibreOffice: whether it opens a Word document, and what the document looks like there."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from planforms.writers import fonts
from tests.conformance.programs import program, run

WORD_ONLY = "--infilter=MS Word 2007 XML"
"""Without it, LibreOffice opens a broken document as plain text."""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <match target="pattern">
    <test name="family"><string>Source Sans 3</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Planforms Sans</string></edit>
  </match>
</fontconfig>
"""
"""The letterhead's font is that of the PDF, which lies beside the writers by another name."""
ASCENT, DESCENT = 952, 269
"""How high and deep Calibri is, in thousandths: what Word takes where Source Sans is missing."""


def libreoffice(documents: Sequence[Path], folder: Path) -> dict[Path, Path | None]:
    """The PDF that LibreOffice makes of each document, or None where it cannot open one.

    It says nothing about a failure and exits with 0, so only the PDFs tell.

    Args:
        documents: Word documents.
        folder: an empty folder to work in; the PDFs are left there.
    """
    copies = [folder / f"{number}.docx" for number in range(len(documents))]
    for document, copy in zip(documents, copies, strict=True):
        shutil.copyfile(document, copy)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = (profile, "--headless", WORD_ONLY, "--convert-to", "pdf", "--outdir", folder)
    settings = _font_settings(folder)
    run(program("soffice"), *options, *copies, FONTCONFIG_FILE=str(settings))
    pdfs = [copy.with_suffix(".pdf") for copy in copies]
    return {
        document: pdf if pdf.exists() else None
        for document, pdf in zip(documents, pdfs, strict=True)
    }


def _font_settings(folder: Path) -> Path:
    """Settings under which LibreOffice lays out pages about as Word does on most computers."""
    (folder / "fonts").mkdir()
    for name, content in _fonts().items():
        (folder / "fonts" / name).write_bytes(content)
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(folder=folder / "fonts"))
    return settings


@cache
def _fonts() -> dict[str, bytes]:
    """The font of the PDF with lines as high as Calibri's."""
    return {path.name: _font(path) for path in Path(fonts.__file__).parent.glob("*.ttf")}


def _font(path: Path) -> bytes:
    font = TTFont(path)
    font["hhea"].ascent, font["hhea"].descent = ASCENT, -DESCENT
    metrics = font["OS/2"]
    metrics.sTypoAscender, metrics.sTypoDescender = ASCENT, -DESCENT
    metrics.usWinAscent, metrics.usWinDescent = ASCENT, DESCENT
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def convert_with_libreoffice(document: Path, suffix: str) -> Path:
    """What LibreOffice writes of a document in another format, or anew in the same one.

    Args:
        document: the document, in a folder of its own.
        suffix: of the format, such as ``odt``.
    """
    folder = document.parent / f"as {suffix}"
    profile = f"-env:UserInstallation={(document.parent / 'profile').as_uri()}"
    options = (profile, "--headless", "--convert-to", suffix, "--outdir", folder)
    run(program("soffice"), *options, document)
    return folder / f"{document.stem}.{suffix}"
