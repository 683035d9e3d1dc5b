"""The same input gives the same bytes: in another process, time zone, hash seed, another day."""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

import planforms as pf
from planforms.writers import ENGINES, WEASYPRINT
from tests.reading.pdf import pdf_text
from tests.reports import COMPLETE, EXAMPLES, ROOT

PROGRAM = """
import hashlib, sys
from pathlib import Path
import planforms as pf
documents = [pf.render(pf.load(Path(path))) for path in sys.argv[1:]]
documents += [pf.blank(kind, service="vivirk") for kind in list(pf.kinds())[1::2]]
contents = []
for number, document in enumerate(documents):
    contents += pf.to_pdf(document, engine="typst"), pf.to_docx(document)
    contents += pf.to_html(document).encode(), pf.to_text(document).encode()
    contents += pf.to_docx(pf.large_print(document)),
    if number % 3 == 0:  # WeasyPrint takes ten times as long
        contents += pf.to_pdf(document),
form = pf.blank("complaint", service="molde")
contents += pf.to_pdf(form, fillable=True), pf.to_docx(form, fillable=True)
contents += pf.to_html(form, fillable=True).encode(),
both = pf.blank("consent", service="molde", beside="sv")
contents += pf.to_pdf(both), pf.to_pdf(both, engine="typst"), pf.to_docx(both)
contents += pf.to_html(both, fillable=True).encode(),
for content in contents:
    print(hashlib.sha256(content).hexdigest())
"""


def one_of_every_other_kind() -> list[Path]:
    """The first example of every other kind; of those between them, empty forms are made."""
    found: dict[str, Path] = {}
    for path in EXAMPLES:
        found.setdefault(json.loads(path.read_text(encoding="utf-8"))["kind"], path)
    return [found[kind] for kind in list(pf.kinds())[::2]]


def digests(**environment: str) -> list[str]:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, one_of_every_other_kind())],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()


@pytest.mark.long
def test_two_processes_make_the_same_bytes() -> None:
    here = digests(TZ="Europe/Oslo", PYTHONHASHSEED="1", LC_ALL="C")
    there = digests(TZ="Pacific/Kiritimati", PYTHONHASHSEED="4711", SOURCE_DATE_EPOCH="1")
    assert here == there
    kinds = len(pf.kinds())
    assert len(set(here)) == 5 * kinds + math.ceil(kinds / 3) + 3 + 4


def test_another_day_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    document = pf.render(pf.load(COMPLETE))

    def all_formats() -> list[str]:
        pdfs = [pf.to_pdf(document, engine=engine) for engine in ENGINES]
        contents = (*pdfs, pf.to_docx(document), pf.to_html(document).encode())
        return [hashlib.sha256(content).hexdigest() for content in contents]

    today = all_formats()
    later = 2_000_000_000.0
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert all_formats() == today


ODD = """
import os, sys
from pathlib import Path
import planforms as pf
report = pf.load(Path(sys.argv[1]), pf.FinalReport)
words = "Bra \U0001f49b \U0001fa77 \U0001f468\u200d\U0001f469 \u2714\ufe0f \u0378 漢 \u01e8"
document = pf.render(pf.revise(report, conclusion=words))
pf.write(document, sys.argv[2], engine=sys.argv[3])
sys.stdout.flush()
os._exit(0)  # as a process that is killed: nothing is cleared away
"""


def odd_letters(folder: Path, engine: str = WEASYPRINT, **environment: str) -> bytes:
    """The PDF of letters that no font of documents has, made by a process that ends at once."""
    file = folder / "x.pdf"
    command = [sys.executable, "-c", ODD, str(COMPLETE), str(file), engine]
    subprocess.run(command, env={**os.environ, **environment}, cwd=ROOT, check=True)
    return file.read_bytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_letter_that_no_font_has_is_the_same_mark_whatever_fonts_a_machine_has(
    engine: str, tmp_path: Path
) -> None:
    none = tmp_path / "fonts.conf"
    cache = f"<cachedir>{tmp_path / 'cache'}</cachedir>"
    none.write_text(f'<?xml version="1.0"?><fontconfig>{cache}</fontconfig>', encoding="utf-8")
    here = odd_letters(tmp_path, engine)
    assert odd_letters(tmp_path, engine, FONTCONFIG_FILE=str(none)) == here
    with pikepdf.open(io.BytesIO(here)) as pdf:
        fonts = {str(one.BaseFont) for page in pdf.pages for one in page.Resources.Font.values()}
    assert fonts
    assert all("+Planforms-Sans" in font for font in fonts)
    words = pdf_text(here)
    assert "Bra \ufffd \ufffd" in words
    assert "\u2714 \ufffd \ufffd \u01e8" in words


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_stays_in_the_folder_for_temporary_files(engine: str, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    assert odd_letters(tmp_path, engine, TMPDIR=str(folder))
    assert list(folder.iterdir()) == []
