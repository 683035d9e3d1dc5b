"""A Word template to begin with: a kind's template, drawn with its tags in place.

How things look stands in styles, so that whoever changes them in Word changes them everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lxml import etree

from planforms.document import Document, Footer, Logo, Pictogram, State, Window
from planforms.word_templates.starting_body import OfPaper, StarterBody
from planforms.word_templates.starting_paragraphs import Spot
from planforms.word_templates.starting_styles import add_styles
from planforms.word_templates.tree import Node
from planforms.writers._word_forms import Page
from planforms.writers._word_letterhead import with_letterhead
from planforms.writers._word_xml import WORD
from planforms.writers.docx import save, set_properties
from planforms.writers.shell import load_shell

NO_ACCENT = "#1f4e79"
"""The colour of a starter that is made for no service: that of the built-in letterhead."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a starter is drawn on.

    Attributes:
        kind: the kind of document.
        language: BCP 47 tag.
        locale: what Word calls the language.
        title: what the file's properties call it.
        author: whose template it is.
        page: words with ``{page}`` and ``{pages}`` for the foot of each page.
        window: where the window of an envelope is.
        described: tells what a pictogram shows.
        accent: the letterhead's colour as ``#rrggbb``.
        shell: the service's own Word letterhead; ``None`` for the built-in one.
        logo: the service's logo, if it is made for one.
        landscape: whether its pages are wider than they are high.
        of_case: whether its documents belong to a case, whose number stands at the foot.
    """

    kind: str
    language: str
    locale: str
    title: str
    author: str
    page: str
    window: Window
    described: Callable[[Pictogram], str]
    accent: str = NO_ACCENT
    shell: bytes | None = None
    logo: Logo | None = None
    landscape: bool = False
    of_case: bool = True


def start(parts: tuple[Node, ...], paper: Paper) -> bytes:
    """The Word template of a kind, as a file; the same template gives the same bytes.

    Args:
        parts: the kind's template.
        paper: what it is drawn on.

    Raises:
        TemplateError: the service's letterhead cannot be used.
    """
    document = _letterhead_of(paper)
    shell = load_shell(paper.shell)
    word = with_letterhead(document)
    styles = add_styles(word.styles.element, shell.styles)
    body = word.element.body
    section = body[-1]
    body.remove(section)
    logo = None if shell.has_logo else paper.logo
    top, left, width = _page(section)
    writer = StarterBody(
        word, shell, styles, OfPaper(logo, paper.window, Page(top, left), paper.described)
    )
    writer.draw(parts, Spot(body, width))
    body.append(section)
    set_properties(word, _named(document, paper))
    return save(word)


def _letterhead_of(paper: Paper) -> Document:
    """A document without words of its own, whose running parts print what each document says."""
    number = '{% if state != "blank" %}{{ case.number }} · {% endif %}' if paper.of_case else ""
    return Document(
        kind=paper.kind,
        language=paper.language,
        locale=paper.locale,
        title="{{ title }}",
        author="{{ service.organisation.name }}",
        state=State.BLANK,
        issued_on=None,
        accent=paper.accent,
        footer=Footer(f"{number}{{{{ title }}}}", paper.page),
        blocks=(),
        shell=paper.shell,
        landscape=paper.landscape,
    )


def _named(document: Document, paper: Paper) -> Document:
    """The document with what the properties of the template itself say."""
    return replace(document, title=paper.title, author=paper.author)


def _page(section: etree._Element) -> tuple[int, int, int]:
    """Where the text of a page begins, from above and from the left, and how wide it is."""
    size, margins = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
    assert size is not None and margins is not None
    sides = ("top", "left", "right", "gutter")
    top, left, right, gutter = (int(margins.get(f"{WORD}{side}", 0)) for side in sides)
    return abs(top), left + gutter, int(size.get(f"{WORD}w", 0)) - left - right - gutter
