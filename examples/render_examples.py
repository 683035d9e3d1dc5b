"""Renders every example and every blank form to out/, with a contact sheet.

    python examples/render_examples.py

Shows how to render a folder of case data with the public names of planforms alone. Afterwards
out/index.html shows the first page of each document.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

import pypdfium2
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import planforms

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page"}
THUMBNAIL_WIDTH = 360
"""In pixels; the contact sheet shows it at half the size, so that it is sharp on any screen."""


@dataclass(frozen=True)
class Rendered:
    """A document that stands in out/ in every format.

    Attributes:
        service: the folder in out/.
        name: the files' name without the suffix.
        title: the document's title.
        language: BCP 47 tag of the title.
        pages: how many pages the PDF has.
    """

    service: str
    name: str
    title: str
    language: str
    pages: int


def main() -> int:
    """Render everything; say what failed and return 1 if anything did."""
    profiles = sorted((ROOT / "src/planforms/services").glob("*.toml"))
    jobs: list[tuple[str, Callable[[], Rendered]]] = [
        *(
            (f"blank {kind} of {profile.stem}", partial(render_blank, profile, kind))
            for profile in profiles
            for kind in planforms.kinds()
        ),
        *(
            (str(path.relative_to(ROOT)), partial(render_example, path))
            for path in sorted((ROOT / "examples").glob("*/*.json"))
        ),
    ]
    rendered = []
    for name, job in jobs:
        try:
            rendered.append(job())
        except planforms.PlanformsError as error:
            print(f"{name}:\n{error}", file=sys.stderr)
    write_contact_sheet(rendered)
    print(f"{len(rendered)} of {len(jobs)} documents rendered: {OUT / 'index.html'}")
    return 0 if len(rendered) == len(jobs) else 1


def render_example(data: Path) -> Rendered:
    """Render one file of case data in its own language."""
    report = planforms.load(data)
    name = f"{data.stem}.{report.language}"
    return write(planforms.render(report), data.parent.name, name)


def render_blank(profile: Path, kind: str) -> Rendered:
    """Render a kind as an empty form, in the language that a service profile names."""
    language = tomllib.loads(profile.read_text(encoding="utf-8"))["language"]
    document = planforms.blank(kind, service=profile.stem, language=language)
    return write(document, profile.stem, f"blank_{kind}.{language}")


def write(document: planforms.Document, service: str, name: str) -> Rendered:
    """Write a document in all formats, and a picture of its first page."""
    folder = OUT / service
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in FORMATS:
        planforms.write(document, folder / f"{name}.{suffix}")
    pages = draw_first_page(folder / f"{name}.pdf", folder / f"{name}.png")
    return Rendered(service, name, document.title, document.language, pages)


def draw_first_page(pdf: Path, png: Path) -> int:
    """Draw the first page of a PDF; returns how many pages it has."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        scale = THUMBNAIL_WIDTH / page.get_width()
        page.render(scale=scale).to_pil().save(png, optimize=True)
        return len(document)


def write_contact_sheet(rendered: list[Rendered]) -> None:
    """Write out/index.html, the documents grouped by service."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    documents = sorted(rendered, key=lambda one: (one.service, one.name))
    services = [(name, list(group)) for name, group in groupby(documents, lambda one: one.service)]
    page = environment.get_template("contact_sheet.html").render(
        services=services, formats=FORMATS, width=THUMBNAIL_WIDTH // 2
    )
    OUT.mkdir(exist_ok=True)
    (OUT / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
