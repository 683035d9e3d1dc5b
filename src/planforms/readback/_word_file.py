"""Opens a Word file that came back: its parts, with limits, and nothing that could do harm."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from lxml import etree

from planforms.readback.limits import MAX_FILE_BYTES, MAX_UNPACKED_BYTES
from planforms.readback.refusals import refusal

PLACE = "docx"
MAX_ENTRIES = 3_000
MAX_XML_BYTES = 15_000_000
"""Most bytes of a part that is read."""
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Word files begin with that are encrypted, or older than 2007."""
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(OSError, ValueError, OverflowError, etree.LxmlError),
)
_MACROS = ("vbaproject.bin", "vbadata.xml")


class WordFile:
    """The parts of a Word file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def part(self, name: str) -> etree._Element:
        """The XML of a part.

        Raises:
            DataError: it is too large, or has a document type, which Word never writes.
        """
        if self._archive.getinfo(name).file_size > MAX_XML_BYTES:
            raise refusal("form.too_large", PLACE)
        content = self._archive.read(name)
        root = etree.fromstring(content, _parser())
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusal("form.damaged", PLACE)
        return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


@contextmanager
def open_word(content: bytes) -> Iterator[WordFile]:
    """A Word file; whatever is damaged in it is a refusal, inside of the block too.

    Raises:
        DataError: it is none, or too large, encrypted, damaged, or holds programs.
    """
    if len(content) > MAX_FILE_BYTES:
        raise refusal("form.too_large", PLACE)
    if content.startswith(_COMPOUND):
        raise refusal("form.encrypted" if _ENCRYPTED_PART in content else "form.foreign", PLACE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check(archive.infolist())
            yield WordFile(archive)
    except _DAMAGE:
        raise refusal("form.damaged", PLACE) from None


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
        raise refusal("form.too_large", PLACE)
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise refusal("form.encrypted", PLACE)
    is_odd = any(entry.compress_type not in _READABLE for entry in entries)
    if is_odd or len(set(names)) < len(names):
        raise refusal("form.damaged", PLACE)
    if any(name.endswith(_MACROS) for name in names):
        raise refusal("form.macro", PLACE)
    if "word/document.xml" not in names:
        raise refusal("form.foreign", PLACE)
