"""The words of a document as the pages of the PDF have them."""

from __future__ import annotations

from markupsafe import Markup

from planforms.placement.blocks import (
    LEAST_BESIDE_WINDOW,
    WINDOW_GAP,
    Option,
    PlacedBlock,
    PlacedFields,
    PlacedPictured,
    PlacedTable,
    PlacedWindow,
)
from planforms.placement.page import LEFT_MARGIN
from planforms.writers import _pictograms
from planforms.writers._body import BodyWriter, data_uri, element
from planforms.writers._chart_pictures import svg_of
from planforms.writers._chart_shapes import Drawing
from planforms.writers._page import TOP_MARGIN

TRANSLATION, TRANSLATED = "article", "a"
"""Elements of words in the second language of a paper: nothing else is tagged as these are, so that
their tags can be told from others when the PDF is finished."""


class PagedBodyWriter(BodyWriter):
    """Writes blocks with the elements from which WeasyPrint makes the right tags.

    Attributes:
        scale: how much larger everything is than on a page of letters of the usual size.
    """

    _list_name = "div"
    _label_name = "p"
    _value_name = "div"
    _letterhead_name = "div"
    _section_name = "div"
    _translation_name = TRANSLATION
    _translated_name = TRANSLATED

    def __init__(self, width: int, scale: float = 1) -> None:
        super().__init__(width)
        self.scale = scale

    def _strong(self, words: Markup) -> Markup:
        return element("span", words, class_="strong")

    def _emphasis(self, words: Markup) -> Markup:
        return element("span", words, class_="emphasis")

    def _item(self, blocks: tuple[PlacedBlock, ...]) -> Markup:
        return element("div", self.blocks(blocks))

    def _fields(self, block: PlacedFields) -> Markup:
        rows = (
            element("div", *(self._field(field, "field") for field in row), class_="field-row")
            for row in block.rows
        )
        return element("div", *rows, class_="fields")

    def _option(self, option: Option) -> Markup:
        return element("div", super()._option(option))

    def _window(self, block: PlacedWindow) -> Markup:
        """What stands above the window is as high as the paper above it."""
        window = block.window
        above = f"height:{window.top - TOP_MARGIN}mm"
        left = window.left - LEFT_MARGIN
        size = f"margin-left:{left}mm;width:{window.width}mm;height:{window.height}mm"
        address = element("p", self.inlines(block.lines), class_="window", style=size)
        room = self.width - left - window.width - WINDOW_GAP
        return element(
            "div",
            element("div", self.blocks(block.above), class_="above", style=above),
            self._addressed(address, block.beside, room),
        )

    def _addressed(self, address: Markup, fields: PlacedFields | None, room: int) -> Markup:
        """An address, and what stands beside it, or below it if there is too little room."""
        if fields is None:
            return address
        if room < LEAST_BESIDE_WINDOW:
            return address + self.block(fields)
        beside = element("div", self.block(fields), style=f"width:{room}mm")
        return element("div", address, beside, class_="addressed")

    def _table(self, table: PlacedTable) -> Markup:
        return self._bare_table(table, element("caption", self.inlines(table.caption)))

    def _pictogram(self, block: PlacedPictured) -> Markup:
        """A picture with a text in its stead: of an SVG in the page, WeasyPrint tells none."""
        source = data_uri("image/svg+xml", _pictograms.svg_of(block.pictogram).encode())
        return Markup('<img class="pictogram" src="{}" alt="{}">').format(source, block.alt)

    def _drawing(self, drawing: Drawing) -> Markup:
        """A ground without words: what is no content of its own has no tag."""
        source = data_uri("image/svg+xml", svg_of(drawing).encode())
        style = f"height:{drawing.height * self.scale:.2f}mm;background-image:url({source})"
        return element("div", class_="chart", style=style)
