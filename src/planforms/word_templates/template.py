"""A Word template as a whole: a clean package, and the source of each part that holds words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

from planforms.errors import Problem, TemplateError
from planforms.files import reason_of
from planforms.word_templates.numbering import Numbering
from planforms.word_templates.package import read_template, template_name
from planforms.word_templates.places import Places
from planforms.word_templates.source import PartSource, source_of
from planforms.writers._archive import pack
from planforms.writers._word_own import BOX_STYLE
from planforms.writers._word_package import entries_of
from planforms.writers._word_xml import add

WITH_WORDS = ("officeDocument", "header", "footer", "footnotes", "endnotes")
"""The kinds of parts that may hold words and tags."""
_BOX_FONT = "Segoe UI Symbol"
_KEPT = 16
"""How many templates are kept, each some megabytes and as large as its pictures."""


@dataclass(frozen=True, eq=False)
class WordTemplate:
    """A Word template that can be filled, unless it has problems.

    Attributes:
        name: what problems call it, such as ``no/consent.docx``.
        content: the file without what tells of its editors.
        parts: its parts as templates, the document's body first.
        highest: the highest number that a list has in it.
        problems: what keeps it from being filled: tags that are torn, or end elsewhere.
    """

    name: str
    content: bytes
    parts: tuple[PartSource, ...]
    highest: int
    problems: tuple[Problem, ...]


def load_template(path: Path) -> WordTemplate:
    """The Word template of a file; read once, and anew when the file has changed.

    Raises:
        TemplateError: it cannot be read, or holds what no template may.
    """
    try:
        found = path.stat()
    except OSError as error:
        message = f"cannot be read: {reason_of(error)}"
        raise TemplateError.of("template.unreadable", template_name(path), message) from None
    return _loaded(path, found.st_mtime_ns, found.st_size)


def _declare_at_root(root: etree._Element) -> None:
    """Declare all namespaces of a part at its root, so that any piece of it stands for itself."""
    found: dict[str, str] = {}
    for element in root.iter("{*}*"):
        found |= {p: uri for p, uri in element.nsmap.items() if p and p not in found}
    etree.cleanup_namespaces(root, top_nsmap=found, keep_ns_prefixes=list(found))


def _add_box_style(styles: etree._Element) -> None:
    """Add what boxes to tick are drawn with, which no template needs to have."""
    style = add(styles, "style", type="character", customStyle="1", styleId=BOX_STYLE)
    add(style, "name", val=BOX_STYLE)
    look = add(style, "rPr")
    add(look, "rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), _BOX_FONT))


@lru_cache(_KEPT)
def _loaded(path: Path, modified: int, size: int) -> WordTemplate:
    return make_template(path)


def make_template(source: Path | bytes, name: str = "") -> WordTemplate:
    """The Word template of a file, or of what stands in one.

    Args:
        source: the file, or its bytes.
        name: what problems call it; a path's own name if empty.

    Raises:
        TemplateError: it cannot be read, or holds what no template may.
    """
    package = read_template(source, name)
    name = name or (template_name(source) if isinstance(source, Path) else "")
    places = Places(name, package)
    styles, lists = (next(package.trees(kind), (None, None))[1] for kind in ("styles", "numbering"))
    numbering = Numbering(styles, lists)
    parts: list[PartSource] = []
    problems: list[Problem] = []
    for kind in WITH_WORDS:
        for part, root in package.trees(kind):
            _declare_at_root(root)
            source_text, found = source_of(part, root, places, numbering)
            parts.append(source_text)
            problems += found
    _add_box_style(next(package.trees("styles"))[1])
    content = pack(entries_of(package))
    return WordTemplate(name, content, tuple(parts), numbering.highest, tuple(problems))
