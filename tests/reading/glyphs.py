"""The letters that a PDF paints, with where they stand and how the file marks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import pikepdf
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT, PSLiteral
from pdfminer.utils import Matrix

OPERATORS = "q Q cm Do BMC BDC EMC BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Tj TJ ' \""
"""What paints letters, moves them or marks them in a content stream."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The innermost marked content that says something about a letter.

    Attributes:
        mcid: the number by which the structure tree refers to it, or None.
        artifact: None for content; for an artifact its type, or "" if it states none.
        language: the language that it is said to be in; empty if nothing is said.
    """

    mcid: int | None = None
    artifact: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A painted letter; lengths are in points from the lower left corner of the page."""

    page: int
    mark: Mark
    text: str
    left: float
    right: float
    baseline: float
    size: float


@lru_cache(maxsize=1)
def read_glyphs(data: bytes) -> tuple[Glyph, ...]:
    """Every painted letter in the order of the content streams; pages count from 0."""
    resources = PDFResourceManager()
    painter = _Painter(resources)
    interpreter = _Interpreter(resources, painter)
    for number, page in enumerate(PDFPage.get_pages(_pages_alone(data))):
        painter.page = number
        interpreter.process_page(page)
    return tuple(painter.glyphs)


def _pages_alone(data: bytes) -> BytesIO:
    """The file without its structure tree and fields, which pdfminer would read for nothing."""
    file = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
            for name in {"/StructTreeRoot", "/AcroForm", "/Annots"} & holder.keys():
                del holder[name]
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    file.seek(0)
    return file


def words_between(before: Glyph, after: Glyph) -> str:
    """What a reader sees between two letters of a text: nothing, a space, or a new line."""
    if before.page != after.page or abs(before.baseline - after.baseline) > after.size / 2:
        return "\n"
    return " " if after.left - before.right > after.size * 0.12 else ""


class _Interpreter(PDFPageInterpreter):
    """Has content streams taken apart by qpdf, which is many times as fast as pdfminer."""

    def execute(self, streams: Sequence[object]) -> None:
        content = b"\n".join(stream_value(stream).get_data() for stream in streams)
        with pikepdf.new() as pdf:
            for step in pikepdf.parse_content_stream(pikepdf.Stream(pdf, content), OPERATORS):
                name = str(step.operator).replace("*", "_a").replace('"', "_w").replace("'", "_q")
                getattr(self, f"do_{name}")(*map(_operand, step.operands))


def _operand(value: object) -> object:
    """A value of pikepdf as pdfminer has it."""
    match value:
        case int():
            return value
        case Decimal():
            return float(value)
        case pikepdf.Name():
            return LIT(str(value).removeprefix("/"))
        case pikepdf.String():
            return bytes(value)
        case pikepdf.Array():
            return [*map(_operand, value)]
        case pikepdf.Dictionary():
            return {key.removeprefix("/"): _operand(one) for key, one in value.items()}
    return value


class _Painter(PDFTextDevice):
    """Collects letters instead of painting them."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = 0
        self.glyphs: list[Glyph] = []
        self._marks: list[Mark] = []

    def begin_tag(self, tag: PSLiteral, props: PDFStackT | None = None) -> None:
        outer = self._marks[-1] if self._marks else Mark()
        self._marks.append(_mark(tag, props, outer))

    def end_tag(self) -> None:
        self._marks.pop()

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        advance = font.char_width(cid) * fontsize * scaling
        mark = self._marks[-1] if self._marks else Mark()
        left, baseline = matrix[4], matrix[5] + rise
        right, size = left + advance * matrix[0], fontsize * abs(matrix[3])
        text = font.to_unichr(cid)
        self.glyphs.append(Glyph(self.page, mark, text, left, right, baseline, size))
        return advance


def _mark(tag: PSLiteral, properties: PDFStackT | None, outer: Mark) -> Mark:
    values = dict(_literals(properties)) if properties else {}
    if tag.name == "Artifact":
        return Mark(artifact=str(values.get("Type", "")))
    if "MCID" in values:
        language = values.get("Lang", b"")
        assert isinstance(language, bytes)
        return Mark(mcid=int(str(values["MCID"])), language=language.decode())
    return outer


def _literals(properties: PDFStackT) -> Iterator[tuple[str, object]]:
    if not isinstance(properties, dict):
        raise TypeError(f"cannot read the properties {properties!r} of marked content")
    for key, value in properties.items():
        yield key, value.name if isinstance(value, PSLiteral) else value
