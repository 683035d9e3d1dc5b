"""Makes the pictures of docs/word.md: a Word template and what comes out of it.

Run it from the checkout: ``PYTHONPATH=. python scripts/make_word_pictures.py``; it needs
LibreOffice. Pages look a little otherwise in Word.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageOps

import planforms as pf
from planforms.translating.copies import Existing
from planforms.translating.word_starters import put_word_template, word_template
from tests.conformance.libreoffice import libreoffice

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
LETTER = ROOT / "examples" / "molde" / "summons_talk_with_nav_and_the_workplace.json"
SCALE = 0.8
"""Pixels for each point of a page."""
GAP = 16
"""Pixels between two pages."""
COLOURS = 48


def make(folder: Path) -> None:
    """Put the pictures into a folder."""
    with TemporaryDirectory() as name:
        pages = _first_pages(_documents(Path(name)), Path(name))
    _save([pages["template"], pages["letter"]], folder / "word_template.png")
    _save([pages["form"]], folder / "word_form.png")


def _documents(folder: Path) -> dict[str, bytes]:
    """The template, a letter and an empty form made with it."""
    content = word_template("summons", "no", "molde")
    put_word_template(content, "summons", "no", folder, Existing.REFUSE)
    letter = pf.render(pf.load(LETTER), templates=folder)
    form = pf.blank("summons", service="molde", templates=folder)
    return {"template": content, "letter": pf.to_docx(letter), "form": pf.to_docx(form)}


def _first_pages(documents: Mapping[str, bytes], folder: Path) -> dict[str, Image.Image]:
    paths = {name: folder / f"{name}.docx" for name in documents}
    for name, content in documents.items():
        paths[name].write_bytes(content)
    (folder / "pages").mkdir()
    made = libreoffice(list(paths.values()), folder / "pages")
    pages = {}
    for name, path in paths.items():
        with pypdfium2.PdfDocument(made[path]) as pdf:
            page = pdf[0].render(scale=SCALE).to_pil().convert("RGB")
            pages[name] = ImageOps.expand(page, 1, "#b8b8b8")
    return pages


def _save(pages: list[Image.Image], path: Path) -> None:
    """The pages beside each other as a small picture."""
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    picture = Image.new("RGB", (width, max(page.height for page in pages)), "white")
    left = 0
    for page in pages:
        picture.paste(page, (left, 0))
        left += page.width + GAP
    picture.quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    make(IMAGES)
