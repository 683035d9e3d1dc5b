"""Where somebody fills in a form: which of a document's places have a control."""

from __future__ import annotations

from planforms.document import CheckBox, Document, Field, FieldType, Place
from planforms.forms.names import row_of_option


def place_to_fill(document: Document, node: Field | CheckBox) -> Place | None:
    """The place that a field or a check box is a control of; ``None`` if it stays as printed.

    What the form says by itself, what is withheld, and boxes that neither are an option of a choice
    nor name a row are not filled in on a screen.
    """
    place = document.places.get(node.path)
    if place is None or place.fixed:
        return None
    if isinstance(node, CheckBox):
        known = node.option in dict(place.options) or row_of_option(node.option)
        return place if known else None
    if place.many and not place.options:
        return None
    is_withheld = node.text is not None and place.raw is None
    return None if is_withheld else place


def offered(place: Place) -> tuple[tuple[str, str], ...]:
    """What can be chosen from a list, as keys and names, no name twice.

    Of two that a service calls by one name, it is the one that is chosen already, or the first.
    """
    chosen = keys_of(place)
    found: dict[str, tuple[str, str]] = {}
    for key, name in place.options:
        if key in chosen or name.casefold() not in found:
            found[name.casefold()] = (key, name)
    return tuple(found.values())


def known_lists(document: Document) -> dict[str, tuple[str, ...]]:
    """The lists of choices that are printed as words, which no control can hold, by path."""
    found = ((field, place_to_fill(document, field)) for field in document.fields())
    return {
        field.path: keys_of(place)
        for field, place in found
        if place and place.many and field.text is not None
    }


def letters_of(place: Place, node: Field) -> str:
    """What stands in the control of a field before anybody writes: as the data has a text.

    A day that is printed without its year, as in the head of a table, stands as the data has it.
    """
    printed = node.text or ""
    if not isinstance(place.raw, str):
        return printed
    is_text = place.type in (FieldType.LINE, FieldType.TEXT)
    lacks_year = place.type is FieldType.DATE and place.raw[:4] not in printed
    return place.raw if is_text or lacks_year else printed


def is_one_of_several(place: Place) -> bool:
    """Whether ticking one box of a place takes back another, since one value can stand there."""
    return bool(place.options) and not place.many


def ticked_of(place: Place, box: CheckBox) -> tuple[str, ...]:
    """The options that are ticked before anybody ticks: those of a choice, or the box's own."""
    if place.options:
        return keys_of(place)
    return (box.option,) if box.checked else ()


def keys_of(place: Place) -> tuple[str, ...]:
    """The keys that are chosen before anybody chooses."""
    match place.raw:
        case None:
            return ()
        case tuple():
            return place.raw
    return (str(place.raw),)
