"""A gallery: every example and every empty form, as files that need no server and no script."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from planforms.batching.pools import LimitedPool, WorkerLostError
from planforms.errors import PlanformsError
from planforms.preview.choosing import BLANK, EASY_SHEET, Choice, Roots, examples_in
from planforms.preview.making import document_of
from planforms.preview.views import count_pages_in, pictures_of
from planforms.registry import EASY, KINDS
from planforms.services import list_services, load_service
from planforms.writing import replace_file, to_bytes

FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page", "txt": "Plain text"}
PICTURE_WIDTH = 720
"""In pixels; shown at half the size, so that a page is sharp on any screen."""
MOST_PICTURES = 8
"""Pages of a document that the gallery shows; the file has them all."""
_PUBLIC = 0o644
"""A gallery shows invented people, and whoever may see the folder may look at it."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document that lies in the gallery in every format.

    Attributes:
        service: the folder that it lies in.
        kind: the kind of document.
        name: the files' name without the suffix.
        state: blank, draft or final.
        title: the document's title.
        language: BCP 47 tag of the title.
        pages: how many pages the PDF has.
        pictures: how many of them are drawn.
    """

    service: str
    kind: str
    name: str
    state: str
    title: str
    language: str
    pages: int
    pictures: int

    @property
    def words(self) -> str:
        """What the document is called in the gallery."""
        return self.name.partition(".")[0].replace("_", " ").capitalize()


def export(roots: Roots, folder: Path) -> int:
    """Write the gallery; 1 if a document could not be made, else 0.

    Args:
        roots: where templates, profiles and data lie.
        folder: where to write; what lies there under the same names is replaced.
    """
    papers = [*_blanks(roots), *_examples(roots)]
    choices = [*papers, *_easy_sheets(papers)]
    shown, failures = [], 0
    with LimitedPool() as pool:
        jobs = {pool.submit(exhibit, choice, roots, folder): choice for choice in choices}
        for job in as_completed(jobs):
            try:
                shown.append(job.result())
            except (PlanformsError, TimeoutError, MemoryError, WorkerLostError) as error:
                failures += 1
                print(f"{_name(jobs[job], '')}:\n{error}", file=sys.stderr)
    shown.sort(key=lambda one: (one.service, one.state != BLANK, one.kind, one.name))
    _write(folder / "index.html", index_of(shown))
    print(f"{len(shown)} of {len(choices)} documents: {folder / 'index.html'}")
    return int(failures > 0)


def _blanks(roots: Roots) -> Iterator[Choice]:
    for service in list_services(roots.services):
        language = load_service(service, roots.services).language
        yield from (Choice(service, kind, BLANK, language) for kind in KINDS)


def _examples(roots: Roots) -> Iterator[Choice]:
    for one in examples_in(roots.data):
        yield Choice(one.service, one.kind, one.state, one.language, example=one.name)


def _easy_sheets(papers: list[Choice]) -> Iterator[Choice]:
    return (replace(one, sheet=EASY_SHEET) for one in papers if KINDS[one.kind].easy)


def exhibit(choice: Choice, roots: Roots, folder: Path) -> Exhibit:
    """Write one document in all formats, and pictures of its pages.

    Raises:
        PlanformsError: it cannot be made, or not be written.
    """
    document = document_of(choice, roots)
    name = _name(choice, document.language)
    place = folder / choice.service
    place.mkdir(parents=True, exist_ok=True)
    contents = {suffix: to_bytes(document, suffix) for suffix in FORMATS}
    pictures = [*pictures_of(contents["pdf"], PICTURE_WIDTH, MOST_PICTURES)]
    numbered = {f"{number}.png": picture for number, picture in enumerate(pictures, start=1)}
    for suffix, content in {**contents, **numbered}.items():
        _write(place / f"{name}.{suffix}", content)
    return Exhibit(
        choice.service,
        choice.kind,
        name,
        choice.state,
        document.title,
        document.language,
        count_pages_in(contents["pdf"]),
        len(pictures),
    )


def _name(choice: Choice, language: str) -> str:
    stem = Path(choice.example).stem if choice.example else f"blank_{choice.kind}"
    stem += EASY if choice.sheet else ""
    return f"{stem}.{language}" if language else f"{choice.service}: {stem}"


def index_of(shown: list[Exhibit]) -> bytes:
    """The page that shows all of them; beside it lie their folders."""
    template = files(__package__).joinpath("gallery.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    page = environment.from_string(template).render(
        services=[(name, list(some)) for name, some in groupby(shown, lambda one: one.service)],
        filters={
            name: sorted({getattr(one, name) for one in shown})
            for name in ("service", "kind", "language", "state")
        },
        formats=FORMATS,
        width=PICTURE_WIDTH // 2,
    )
    return page.encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content, mode=_PUBLIC)
