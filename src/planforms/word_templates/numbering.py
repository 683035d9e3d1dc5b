"""What a Word file says of its styles and lists, and which list an item belongs to.

Word counts through all items of one list number, wherever they stand. A list that is repeated is to
begin anew each time, so its items get a number of their own then. Where a list begins is told by
the loops around its items: what is repeated one by one is one list, what is repeated together is a
list each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from planforms.writers._word_xml import WORD

_PLAIN = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class ListItem:
    """Which list a paragraph is an item of.

    Attributes:
        group: the number of the list in the template.
        number: the number that Word has given it.
        level: how deep the item stands in it, from 0.
        depth: how many loops are around the whole list, each round of which begins it anew.
    """

    group: int
    number: int
    level: int
    depth: int = 0


class Numbering:
    """The styles and list numbers of a file.

    Args:
        styles: the part of the styles.
        numbering: the part of the lists, if there is one.
    """

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self._styles = {
            style.get(f"{WORD}styleId", ""): style
            for style in (() if styles is None else styles.iter(f"{WORD}style"))
        }
        self._numbers: dict[int, etree._Element] = {}
        self._abstract: dict[int, etree._Element] = {}
        for element in () if numbering is None else numbering:
            if element.tag == f"{WORD}num":
                self._numbers[_int(element, "numId")] = element
            elif element.tag == f"{WORD}abstractNum":
                self._abstract[_int(element, "abstractNumId")] = element

    @property
    def highest(self) -> int:
        """The highest number that a list has."""
        return max(self._numbers, default=0)

    def style(self, identifier: str) -> str:
        """The name of a style in lower case, as Word compares it."""
        style = self._styles.get(identifier)
        name = style.find(f"{WORD}name") if style is not None else None
        return name.get(f"{WORD}val", "").lower() if name is not None else ""

    def of(self, paragraph: etree._Element) -> tuple[int, int] | None:
        """Number and level of the counted list that a paragraph is in; ``None`` if in none."""
        properties = paragraph.find(f"{WORD}pPr")
        number, level = self._of_properties(properties)
        style = properties.find(f"{WORD}pStyle") if properties is not None else None
        identifier = style.get(f"{WORD}val", "") if style is not None else ""
        if self._is_heading(properties, identifier):
            return None
        if number is None:
            number, level = self._of_style(identifier)
        if not number or not self._is_counted(number, level or 0):
            return None
        return number, level or 0

    def _of_properties(self, properties: etree._Element | None) -> tuple[int | None, int | None]:
        if properties is None:
            return None, None
        number, level = (properties.find(f"{WORD}numPr/{WORD}{tag}") for tag in ("numId", "ilvl"))
        return (
            None if number is None else _int(number, "val"),
            None if level is None else _int(level, "val"),
        )

    def _of_style(self, identifier: str) -> tuple[int | None, int | None]:
        for style in self._line(identifier):
            number, level = self._of_properties(style.find(f"{WORD}pPr"))
            if number is not None:
                return number, level
        return None, None

    def indent_of_style(self, paragraph: etree._Element) -> etree._Element | None:
        """How far the style of a paragraph stands in, if its number comes from the style."""
        properties = paragraph.find(f"{WORD}pPr")
        if properties is None or properties.find(f"{WORD}numPr") is not None:
            return None
        style = properties.find(f"{WORD}pStyle")
        for one in self._line(style.get(f"{WORD}val", "") if style is not None else ""):
            if (indent := one.find(f"{WORD}pPr/{WORD}ind")) is not None:
                return indent
        return None

    def _line(self, identifier: str) -> list[etree._Element]:
        """A style and those that it is based on."""
        found: list[etree._Element] = []
        while (style := self._styles.get(identifier)) is not None and style not in found:
            found.append(style)
            base = style.find(f"{WORD}basedOn")
            identifier = base.get(f"{WORD}val", "") if base is not None else ""
        return found

    def _is_heading(self, properties: etree._Element | None, identifier: str) -> bool:
        held = [properties, *(style.find(f"{WORD}pPr") for style in self._line(identifier))]
        return any(one is not None and one.find(f"{WORD}outlineLvl") is not None for one in held)

    def _is_counted(self, number: int, level: int) -> bool:
        element = self._numbers.get(number)
        link = element.find(f"{WORD}abstractNumId") if element is not None else None
        abstract = self._abstract.get(_int(link, "val")) if link is not None else None
        if abstract is None:
            return False
        for one in abstract.iterfind(f"{WORD}lvl"):
            if _int(one, "ilvl") == level:
                format_ = one.find(f"{WORD}numFmt")
                return format_ is None or format_.get(f"{WORD}val") not in _PLAIN
        return False

    def lists(self) -> Lists:
        """What tells the lists of one part apart."""
        return Lists(self)


def _int(element: etree._Element, key: str) -> int:
    value = element.get(f"{WORD}{key}", "0")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


@dataclass(slots=True)
class _Group:
    """One list of the template: its number, and the level and the loops of each item."""

    number: int
    items: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    @property
    def depth(self) -> int | None:
        """How many loops are around the whole list; ``None`` if it is in none at all."""
        highest = min(level for level, _ in self.items)
        loops = [loops for level, loops in self.items if level == highest]
        around = loops[0]
        for other in loops[1:]:
            same = [a == b for a, b in zip(around, other, strict=False)]
            around = around[: same.index(False) if False in same else len(same)]
        if not any(loops for _, loops in self.items):
            return None
        return len(around) - 1 if around and loops == [around] else len(around)


class Lists:
    """Tells the lists of one part apart: items that follow each other are of one list.

    Attributes:
        breaks: how often something else than items stood between so far.
    """

    def __init__(self, numbering: Numbering) -> None:
        self.breaks = 0
        self._numbering = numbering
        self._groups: list[_Group] = []
        self._current: list[int | None] = []

    def begin(self) -> None:
        """A holder of paragraphs begins."""
        self._current.append(None)

    def end(self) -> None:
        """It ends."""
        self._current.pop()

    def interrupt(self) -> None:
        """Something that is no item stands between."""
        self.breaks += 1
        self._current[-1] = None

    def item(self, paragraph: etree._Element, loops: tuple[int, ...]) -> ListItem | None:
        """Which list a paragraph is an item of, as far as can be told before the part ends."""
        found = self._numbering.of(paragraph)
        if found is None:
            self.interrupt()
            return None
        number, level = found
        current = self._current[-1]
        if current is None or self._groups[current].number != number:
            current = len(self._groups)
            self._groups.append(_Group(number))
            self._current[-1] = current
        self._groups[current].items.append((level, loops))
        return ListItem(current, number, level)

    def finished(self, item: ListItem) -> ListItem | None:
        """The same, once the part has ended; ``None`` if no loop is around any item."""
        depth = self._groups[item.group].depth
        return None if depth is None else replace(item, depth=depth)
