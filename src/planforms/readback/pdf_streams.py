"""What is packed in a PDF: how much it would unpack to, told before anybody unpacks it."""

from __future__ import annotations

import re
import zlib
from typing import Any

from planforms.readback.limits import MAX_UNPACKED_BYTES
from planforms.readback.refusals import refusal

_STREAM = re.compile(rb"stream\r?\n")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A letter of a name, written as its code."""
_UNUSUAL = re.compile(rb"LZWDecode|RunLengthDecode|/Filter\s*\[\s*/\w+\s*/(?!DCT|JPX|CCITT|JBIG2)")
"""Ways to pack that no program uses for a form, and that may unpack without end."""
_FIRST_PIECE, _PIECE = 1 << 12, 1 << 20
"""How much is unpacked at once: most streams end early, and what follows them is copied."""
_MOST_STREAMS = 100_000


class Unpacking:
    """Counts what the streams of a file unpack to."""

    def __init__(self) -> None:
        self._left = MAX_UNPACKED_BYTES
        self._streams = _MOST_STREAMS

    def check(self, content: bytes) -> None:
        """Refuse a file that unpacks to more than any form, or may.

        Raises:
            DataError: it does.
        """
        if _UNUSUAL.search(_CODE.sub(lambda match: bytes([int(match[1], 16)]), content)):
            raise refusal("form.foreign", "pdf")
        view = memoryview(content)
        for match in _STREAM.finditer(content):
            self._count(view[match.end() :])

    def content_of(self, stream: Any) -> bytes:
        """What a stream holds that is packed as planforms and other programs do it.

        Raises:
            ValueError: it is packed in another way, or damaged.
            DataError: it unpacks to more than is left.
        """
        packed: bytes = stream.read_raw_bytes()
        content = packed
        if "/Filter" in stream:
            if str(stream.Filter) not in ("/FlateDecode", "[/FlateDecode]"):
                raise ValueError
            content = _unpacked(packed, self._left + 1)
        self._take(len(content))
        return content

    def _take(self, count: int) -> None:
        self._left -= count
        if self._left < 0 or self._streams < 0:
            raise refusal("form.too_large", "pdf")

    def _count(self, packed: memoryview) -> None:
        """Unpack a stream piece by piece, as far as it goes."""
        self._streams -= 1
        machine = zlib.decompressobj()
        start, size = 0, _FIRST_PIECE
        while start < len(packed):
            rest: bytes | memoryview = packed[start : start + size]
            start, size = start + size, _PIECE
            while rest:
                try:
                    self._take(len(machine.decompress(rest, _PIECE)))
                except zlib.error:
                    return
                rest = machine.unconsumed_tail
            if machine.eof:
                return


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        raise ValueError from None
