"""Pictures without what a camera, a program or a person wrote beside the picture itself.

A logo can carry where and when a photograph was taken, by whom, a smaller picture of what was cut
away, or anything at all behind its end. What is kept is named here; everything else stays behind.
Nothing is encoded anew, so that the picture looks as it did.

Sources: PNG 1.2, sections 3 and 4; ITU-T T.81 annex B with JFIF 1.02; GIF89a.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"pHYs", b"IDAT", b"IEND"}
)
"""The picture, its transparency, the meaning of its colours, and its size on paper."""

_JFIF, _ADOBE = b"JFIF\0", b"Adobe\0"
_APP0, _APP14, _COMMENT, _SCAN, _END = 0xE0, 0xEE, 0xFE, 0xDA, 0xD9
_APPLICATIONS = range(_APP0, 0xF0)
_JFIF_LENGTH = 14
"""From the signature of JFIF to the size of the small picture, which is set to nought."""

_GIF_COLOURS, _GIF_CONTROL, _GIF_APPLICATION = 0x80, 0xF9, 0xFF
_GIF_LOOPING = b"NETSCAPE2.0"


MAX_PIXELS = 12_000_000
"""Most pixels of a picture that is decoded to see whether it is whole."""
_FORMATS = ("PNG", "JPEG", "GIF")
_lock = Lock()


def is_whole(content: bytes, formats: tuple[str, ...] = _FORMATS) -> bool:
    """Whether a picture can be decoded to its end; only for those that are not too large."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            image.verify()
        with _strictly(), Image.open(io.BytesIO(content), formats=formats) as image:
            image.load()
        stripped(content)
    except Exception:  # whatever Pillow says of broken files
        return False
    return True


@contextmanager
def _strictly() -> Iterator[None]:
    """Let Pillow refuse pixels that are cut off: WeasyPrint makes it take them, everywhere."""
    from PIL import ImageFile

    with _lock:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def fault_of_picture(content: bytes) -> str:
    """Why a picture cannot be printed; empty if it can."""
    from PIL import Image

    try:
        stripped(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                pixels = image.width * image.height
    except Exception:  # whatever Pillow says of broken files
        return "not a PNG, JPEG or GIF picture, or cut off"
    if pixels > MAX_PIXELS:
        return f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels"
    return "" if is_whole(content) else "not a PNG, JPEG or GIF picture, or cut off"


def stripped(content: bytes) -> bytes:
    """A PNG, JPEG or GIF picture with nothing but the picture.

    Raises:
        ValueError: it is none of these, or is cut off.
    """
    if content.startswith(PNG_SIGNATURE):
        pieces = _png(content)
    elif content.startswith(b"\xff\xd8\xff"):
        pieces = _jpeg(content)
    elif content.startswith((b"GIF87a", b"GIF89a")):
        pieces = _gif(content)
    else:
        raise ValueError("no PNG, JPEG or GIF picture")
    try:
        return b"".join(pieces)
    except (IndexError, struct.error):
        raise ValueError("the picture is cut off") from None


def _cut(content: bytes, start: int, end: int) -> bytes:
    if end > len(content):
        raise IndexError
    return content[start:end]


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG_SIGNATURE
    place, kind = len(PNG_SIGNATURE), b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, place)
        kind = _cut(content, place + 4, place + 8)
        if kind in _PNG_CHUNKS:
            yield _cut(content, place, place + length + 12)
        place += length + 12


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    place = 2
    while True:
        if content[place] != 0xFF:
            raise IndexError
        marker = content[place + 1]
        if marker == 0xFF:  # a byte to fill
            place += 1
            continue
        if marker == _END:
            yield content[place : place + 2]
            return
        (length,) = struct.unpack_from(">H", content, place + 2)
        segment = _cut(content, place, place + 2 + length)
        place += 2 + length
        yield _kept_segment(marker, segment)
        if marker == _SCAN:
            end = _end_of_scan(content, place)
            yield content[place:end]
            place = end


def _kept_segment(marker: int, segment: bytes) -> bytes:
    """A segment of a JPEG without what is no picture; nothing if it is none at all."""
    data = segment[4:]
    if marker == _APP0 and data.startswith(_JFIF) and len(data) >= _JFIF_LENGTH:
        kept = data[: _JFIF_LENGTH - 2] + b"\0\0"
        return segment[:2] + struct.pack(">H", 2 + len(kept)) + kept
    if marker == _APP14 and data.startswith(_ADOBE):
        return segment
    return b"" if marker in _APPLICATIONS or marker == _COMMENT else segment


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker begins that is no part of the scan."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise IndexError
        following = content[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return place
        place += 2


def _gif(content: bytes) -> Iterator[bytes]:
    place = 13 + _gif_colours(content[10])
    yield _cut(content, 0, place)
    while True:
        start, kind = place, content[place]
        if kind == 0x3B:
            yield content[place : place + 1]
            return
        if kind == 0x2C:
            place = _end_of_blocks(content, place + 11 + _gif_colours(content[place + 9]))
            yield content[start:place]
        elif kind == 0x21:
            label = content[place + 1]
            place = _end_of_blocks(content, place + 2)
            looping = content[start + 3 : start + 14] == _GIF_LOOPING
            if label == _GIF_CONTROL or (label == _GIF_APPLICATION and looping):
                yield content[start:place]
        else:
            raise IndexError


def _gif_colours(flags: int) -> int:
    """How many bytes a table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & _GIF_COLOURS else 0


def _end_of_blocks(content: bytes, place: int) -> int:
    while content[place]:
        place += content[place] + 1
    return place + 1
