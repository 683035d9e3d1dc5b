"""Word files taken apart, changed, and put together again."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from planforms.pictures import PNG_SIGNATURE

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Entries = dict[str, bytes]
Change = Callable[[Entries], None]


def png_of(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of a size, with whatever stands for its pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def entries_of(content: bytes) -> Entries:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(entries: Entries) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(name: str, old: str, new: str) -> Change:
    def change(entries: Entries) -> None:
        assert old.encode() in entries[name]
        entries[name] = entries[name].replace(old.encode(), new.encode())

    return change


def related(name: str, kind: str, target: str, outside: bool = False) -> Change:
    """A reference from the part ``name``."""
    folder, file = name.rsplit("/", 1)

    def change(entries: Entries) -> None:
        mode = ' TargetMode="External"' if outside else ""
        kind_ = kind if ":" in kind else f"{R}/{kind}"
        row = f'<Relationship Id="x9" Type="{kind_}" Target="{target}"{mode}/>'
        path = f"{folder}/_rels/{file}.rels"
        empty = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        )
        old = entries.get(path, f"{empty}</Relationships>".encode())
        entries[path] = old.replace(b"</Relationships>", f"{row}</Relationships>".encode())

    return change


def added(name: str, content: bytes) -> Change:
    def change(entries: Entries) -> None:
        entries[name] = content

    return change


def both(*changes: Change) -> Change:
    def change(entries: Entries) -> None:
        for each in changes:
            each(entries)

    return change
