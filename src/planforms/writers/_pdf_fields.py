"""Makes the fields of a form out of the inputs that WeasyPrint laid out.

Interactive forms, in terms of ISO 32000-1, chapter 12.7: fields stand in a tree along the path in
the data, and each has a widget wherever it is printed. PDF/A-2 (ISO 19005-2, 6.3 and 6.4) wants a
drawing of each and forbids scripts; PDF/UA-1 (ISO 14289-1, 7.18) wants words for each, and the
widget in its place in the structure, which is the order of tabs too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from planforms.document import FieldType, Place
from planforms.forms.names import IDENTITY
from planforms.forms.places import is_one_of_several
from planforms.writers._form_appearances import SIZE, Appearances, default_appearance
from planforms.writers._form_font import form_font
from planforms.writers._widgets import Names, Widget, spoken_names

# Objects of pydyf (dictionaries and lists that know their number) and boxes of WeasyPrint: untyped.
Field = Any
Box = Any
Edges = tuple[float, float, float, float]
"""The left, lower, right and upper edge, in points from the sheet's left and lower edge."""

LINES_FROM = 26.0
"""How high a field is at least that has several lines, in points."""
_IDENTITY_SIZE = 6.5
_IDENTITY_EDGES = (25.0, 5.5, 190.0, 9.0)
"""Where the line stands that says which form it is, in mm."""
_POINTS_A_PIXEL, _POINTS_A_MM = 0.75, 72 / 25.4
_TICKED, _EMPTY = "Yes", "Off"

_PRINTED = 1 << 2
_READ_ONLY, _REQUIRED = 1 << 0, 1 << 1
_SEVERAL_LINES, _RADIO, _COMBO, _SEVERAL_CHOICES = 1 << 12, 1 << 15, 1 << 17, 1 << 21


@dataclass(frozen=True, slots=True)
class Look:
    """What all fields of a form share.

    Attributes:
        identity: which form it is.
        scale: how much larger its letters are than those of the usual size.
    """

    identity: str
    scale: float = 1


def add_fields(document: Any, pdf: Any, widgets: Sequence[Widget], look: Look) -> None:
    """Complete a PDF that has an input for each widget.

    Args:
        document: the pages as WeasyPrint laid them out.
        pdf: the PDF before it is written.
        widgets: what each input stands for, by the number in its name.
        look: what all of them share.
    """
    form = _Form(pdf, widgets, look)
    for dictionary, number, edges in _laid_out(document):
        form.add(widgets[number], dictionary, edges)
    form.finish()


# --- where the inputs are -------------------------------------------------------------------


def _laid_out(document: Any) -> Iterator[tuple[Field, int, Edges]]:
    """What WeasyPrint made of each input in the order of reading, its number, and its place."""
    for page in document.pages:
        height = page.height * _POINTS_A_PIXEL
        cells = dict(_lone_inputs(page._page_box))
        for box, _ in (found for group in page.forms.values() for found in group):
            x, y, across, down = (part * _POINTS_A_PIXEL for part in _area(box, cells))
            number = int(box.element.attrib["name"])
            yield box.widget_annotation, number, (x, height - y - down, x + across, height - y)


def _area(box: Box, cells: dict[int, Box]) -> Edges:
    """Where an input is and how large, in pixels: the whole cell if it has one for itself."""
    if id(box) not in cells:
        return box.content_box_x(), box.content_box_y(), box.width, box.height
    cell = cells[id(box)]
    return cell.padding_box_x(), cell.padding_box_y(), cell.padding_width(), cell.padding_height()


def _lone_inputs(box: Box) -> Iterator[tuple[int, Box]]:
    """The inputs to write in that are all that stands in a cell of a table, each with the cell."""
    for child in getattr(box, "children", ()):
        leaves = [*_leaves(child)] if child.element_tag in ("td", "th") else []
        match leaves:
            case [only] if only.element_tag == "input" and only.element.get("class") != "tick":
                yield id(only), child
            case []:
                yield from _lone_inputs(child)


def _leaves(box: Box) -> Iterator[Box]:
    if box.element_tag == "input" or not getattr(box, "children", ()):
        yield box
    else:
        for child in box.children:
            yield from _leaves(child)


# --- what becomes of them -------------------------------------------------------------------


class _Form:
    """The fields of a PDF while they are made."""

    def __init__(self, pdf: Any, widgets: Sequence[Widget], look: Look) -> None:
        self._pdf = pdf
        self._identity = look.identity
        self._letters = round(SIZE * look.scale, 1)
        self._lines_from = LINES_FROM * look.scale
        self._spoken = spoken_names(widgets)
        self._counts = Counter(widget.names for widget in widgets)
        self._appearances = Appearances(pdf, form_font(), self._letters)
        self._roots = pydyf.Array()
        self._nodes: dict[Names, Field] = {}

    def add(self, widget: Widget, dictionary: Field, edges: Edges) -> None:
        """Make a widget of what WeasyPrint made of an input, and its field with the first."""
        if widget.names == (IDENTITY,):
            left, lower, right, upper = (edge * _POINTS_A_MM for edge in _IDENTITY_EDGES)
            edges = left, lower, right, upper
        kept = {key: dictionary[key] for key in ("P", "StructParent")}
        dictionary.clear()
        dictionary.update({"Type": "/Annot", "Subtype": "/Widget", "F": _PRINTED, **kept})
        dictionary["Rect"] = pydyf.Array([round(edge, 2) for edge in edges])
        size = edges[2] - edges[0], edges[3] - edges[1]
        field = self._field(widget, dictionary, size)
        dictionary["TU"] = field["TU"]
        dictionary.update(self._drawn(widget, field, size))

    def _field(self, widget: Widget, dictionary: Field, size: tuple[float, float]) -> Field:
        """The field of a widget; where there is only one widget, the two are one dictionary."""
        names = widget.names
        alone = self._counts[names] == 1 and not _is_radio(widget)
        if names not in self._nodes:
            field = dictionary if alone else self._added({"Kids": pydyf.Array()})
            self._hang(names, field)
            field["TU"] = pydyf.String(self._spoken[names])
            field.update(self._properties(widget, size))
        field = self._nodes[names]
        if not alone:
            dictionary["Parent"] = field.reference
            field["Kids"].append(dictionary.reference)
        return field

    def _hang(self, names: Names, node: Field) -> None:
        """Give a node of the tree its place, below the nodes of the names before its own."""
        *above, own = names
        siblings = self._roots
        if above:
            parent = self._nodes.get(tuple(above))
            if parent is None:
                parent = self._added({"Kids": pydyf.Array()})
                self._hang(tuple(above), parent)
            node["Parent"], siblings = parent.reference, parent["Kids"]
        node["T"] = pydyf.String(own)
        siblings.append(node.reference)
        self._nodes[names] = node

    def _added(self, content: dict[str, Any]) -> Field:
        dictionary = pydyf.Dictionary(content)
        self._pdf.add_object(dictionary)
        return dictionary

    def finish(self) -> None:
        """Put the form into the catalog, and say among the properties which form it is."""
        self._pdf.catalog["AcroForm"] = pydyf.Dictionary(
            {
                "Fields": self._roots,
                "DR": self._appearances.resources,
                "DA": default_appearance(self._letters),
            }
        )
        self._pdf.info["Planforms"] = pydyf.String(self._identity)
        self._pdf.info["PlanformsPages"] = pydyf.String(_fingerprint(self._pdf))

    def _properties(self, widget: Widget, size: tuple[float, float]) -> dict[str, Any]:
        """What a field is, and what stands in it."""
        place = widget.place
        if widget.names == (IDENTITY,):
            words = {"V": pydyf.String(self._identity), "DA": default_appearance(_IDENTITY_SIZE)}
            return {"FT": "/Tx", "Ff": _READ_ONLY, **words}
        if place is None:
            return {"FT": "/Sig"}
        flags = _REQUIRED if place.needed else 0
        if widget.option:
            flags |= _RADIO if _is_radio(widget) else 0
            return {"FT": "/Btn", "Ff": flags, "V": f"/{_state(widget)}"}
        if place.options:
            return {**_choice(place, widget.chosen, flags), "DA": default_appearance(self._letters)}
        several = self._has_lines(place, size)
        letters = self._appearances.size_of(widget.text, *size, several)
        limit = {"MaxLen": place.limit} if place.limit else {}
        flags |= _SEVERAL_LINES if several else 0
        words = {"V": pydyf.String(widget.text), "DA": default_appearance(letters)}
        return {"FT": "/Tx", "Ff": flags, **words, **limit}

    def _drawn(self, widget: Widget, field: Field, size: tuple[float, float]) -> dict[str, Any]:
        """How a widget looks."""
        if widget.option:
            on = widget.option if _is_radio(widget) else _TICKED
            states = {on: self._appearances.box(True, *size)}
            states[_EMPTY] = self._appearances.box(False, *size)
            state = on if widget.option in widget.chosen else _EMPTY
            return {"AS": f"/{state}", "AP": pydyf.Dictionary({"N": pydyf.Dictionary(states)})}
        return {"AP": pydyf.Dictionary({"N": self._words(widget, size)})}

    def _words(self, widget: Widget, size: tuple[float, float]) -> bytes:
        place = widget.place
        if widget.names == (IDENTITY,):
            return self._appearances.line(self._identity, _IDENTITY_SIZE, *size)
        if place is None:
            return self._appearances.nothing(*size)
        several = self._has_lines(place, size) or (place.many and not widget.option)
        names = dict(place.options)
        text = "\n".join(names[key] for key in widget.chosen if key in names) or widget.text
        letters = self._appearances.size_of(text, *size, several)
        draw = self._appearances.lines if several else self._appearances.line
        return draw(text, letters, *size)

    def _has_lines(self, place: Place, size: tuple[float, float]) -> bool:
        """Whether a field for words has several lines: a text always, a line if two have room."""
        return place.type is FieldType.TEXT or (
            place.type is FieldType.LINE and not place.options and size[1] >= self._lines_from
        )


def _fingerprint(pdf: Any) -> str:
    """What the drawings of all pages amount to, by which a change of them is found."""
    seen = hashlib.sha256()
    for reference in pdf.page_references:
        page = pdf.objects[int(reference.split()[0])]
        contents = pdf.objects[int(page["Contents"].split()[0])]
        drawn = pydyf.Stream(contents.stream).data.partition(b"stream\n")[2]
        seen.update(drawn.removesuffix(b"endstream").strip() + b"\f")
    return seen.hexdigest()[:32]


def _is_radio(widget: Widget) -> bool:
    return bool(widget.option) and widget.place is not None and is_one_of_several(widget.place)


def _state(widget: Widget) -> str:
    """The state of the field that a box belongs to."""
    if _is_radio(widget):
        return next(iter(widget.chosen), _EMPTY)
    return _TICKED if widget.option in widget.chosen else _EMPTY


def _choice(place: Place, chosen: Sequence[str], flags: int) -> dict[str, Any]:
    """A list to choose from; in one of which one is chosen, the first entry takes it back."""
    keys = [pydyf.String(key) for key in chosen]
    entries = place.options if place.many else (("", " "), *place.options)
    return {
        "FT": "/Ch",
        "Ff": flags | (_SEVERAL_CHOICES if place.many else _COMBO),
        "Opt": pydyf.Array([pydyf.Array(map(pydyf.String, pair)) for pair in entries]),
        "V": pydyf.Array(keys) if place.many else next(iter(keys), pydyf.String("")),
    }
