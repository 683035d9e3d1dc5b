"""The Word document: the letterhead of its service, and a body written from the tree.

Where an office has its own Word template for the kind, that makes the document.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.pkgwriter import PackageWriter

from planforms.document import Document
from planforms.placement import placed
from planforms.writers._archive import pack
from planforms.writers._word_body import write_body
from planforms.writers._word_controls import ControlWriter
from planforms.writers._word_letterhead import one_line, with_letterhead
from planforms.writers._word_own import with_own_template
from planforms.writers._word_sizes import enlarge, enlarge_letters
from planforms.writers.shell import load_shell

UNDATED = datetime(1980, 1, 1)
"""The date in the properties of a document without a date of issue: where ZIP's time begins."""


def to_docx(document: Document, *, fillable: bool = False) -> bytes:
    """The document as a Word file (.docx); the same document gives the same bytes.

    Args:
        document: the document.
        fillable: whether its empty fields and boxes are controls that can be filled in.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: the service's letterhead shell cannot be used.
    """
    controls = ControlWriter(document) if fillable else None
    if document.own_word:
        word = with_own_template(document, document.own_word, controls)
        enlarge_letters(word, document.scale)
    else:
        shell = load_shell(document.shell)
        word = with_letterhead(document)
        write_body(word, shell, placed(document), document.scale, controls)
        enlarge(word, document.scale)
    if controls:
        controls.finish(word.part)
    set_properties(word, document)
    return save(word)


def set_properties(word: WordDocument, document: Document) -> None:
    """Set the properties after docxtpl, which would escape them a second time."""
    properties = word.core_properties
    properties._element[:] = []
    properties.title = one_line(document.title)
    properties.author = one_line(document.author)
    properties.language = document.language
    if document.keywords:
        properties.keywords = ", ".join(map(one_line, document.keywords))
    issued = document.issued_on
    properties.created = datetime.combine(issued, time()) if issued else UNDATED
    properties.modified = properties.created


def save(word: WordDocument) -> bytes:
    """The file's bytes; python-docx itself would write the time of day into them."""
    package, parts = word.part.package, _Entries()
    writer: Any = PackageWriter
    writer._write_content_types_stream(parts, package.parts)
    writer._write_pkg_rels(parts, package.rels)
    writer._write_parts(parts, package.parts)
    _release(word)
    return pack(parts.found)


class _Entries:
    """Takes what python-docx would write into an archive."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bytes]] = []

    def write(self, name: PackURI, content: bytes) -> None:
        """Take one entry."""
        self.found.append((name.membername, content))


def _release(word: WordDocument) -> None:
    """Give the XML trees back now: python-docx's objects refer to each other in circles."""
    for part in word.part.package.iter_parts():
        if isinstance(part, XmlPart):
            part.element.clear()
