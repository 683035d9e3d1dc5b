"""The circle of Word forms: what LibreOffice has saved is read as it was written."""

from __future__ import annotations

from pathlib import Path

import planforms as pf
from planforms.readback.docx import read_docx
from planforms.readback.returned import Written
from tests.conformance.word_forms import filled_docx, saved_by_libreoffice
from tests.filling import a_few_forms, answers


def test_libreoffice_keeps_every_value_and_the_print(tmp_path: Path) -> None:
    wanted: list[dict[str, Written]] = []
    files: list[Path] = []
    for case in a_few_forms():
        document = case.document()
        content = pf.to_docx(document, fillable=True)
        known = read_docx(content).values
        written = {path: v for path, v in answers(document).items() if path not in known}
        for given in ({}, written):
            files.append(tmp_path / f"{len(files)}.docx")
            files[-1].write_bytes(filled_docx(content, given))
            wanted.append({**known, **given})
    folder = tmp_path / "libreoffice"
    folder.mkdir()

    saved = saved_by_libreoffice(files, folder)

    for content, values in zip(saved, wanted, strict=True):
        returned = read_docx(content)
        assert returned.values == values
        assert not returned.changed
    for content, values in zip(saved[::2], wanted[1::2], strict=True):
        assert read_docx(filled_docx(content, values)).values == values
