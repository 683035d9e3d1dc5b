"""Pages of a Word document in landscape, whatever the letterhead's shell has."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.opc.part import XmlPart
from lxml import etree

from planforms.writers._word_xml import WORD

_RUNNING = ("/word/header", "/word/footer")


def turn_pages(word: WordDocument) -> None:
    """Turn the paper, with its margins as they are; what stands at the right edge follows it."""
    size = word.element.body[-1].find(f"{WORD}pgSz")
    width, height = (int(size.get(f"{WORD}{side}")) for side in ("w", "h"))
    if width >= height:
        return
    for side, length in (("w", height), ("h", width)):
        size.set(f"{WORD}{side}", str(length))
    size.set(f"{WORD}orient", "landscape")
    margins = word.element.body[-1].find(f"{WORD}pgMar")
    around = sum(int(margins.get(f"{WORD}{side}", 0)) for side in ("left", "right", "gutter"))
    scale = (height - around) / (width - around)
    for tab in running_tabs(word):
        tab.set(f"{WORD}pos", str(round(int(tab.get(f"{WORD}pos", 0)) * scale)))


def running_tabs(word: WordDocument) -> Iterator[etree._Element]:
    """The tab stops of running headers and footers, and of the styles they have."""
    roots = [
        part.element
        for part in word.part.package.iter_parts()
        if isinstance(part, XmlPart) and str(part.partname).startswith(_RUNNING)
    ]
    used = {style.get(f"{WORD}val") for root in roots for style in root.iter(f"{WORD}pStyle")}
    styles = word.styles.element.iter(f"{WORD}style")
    roots += [style for style in styles if style.get(f"{WORD}styleId") in used]
    for root in roots:
        for tabs in root.iter(f"{WORD}tabs"):
            yield from tabs.iter(f"{WORD}tab")
