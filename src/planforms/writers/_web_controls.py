"""The controls of the fillable web page, each as markup: what they are called is told to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from planforms.document import UNBROKEN, CheckBox, Field, FieldType, Place
from planforms.forms.places import is_one_of_several, keys_of, letters_of, offered
from planforms.writers._body import attribute, element

_LEAST_ROWS = 2
_LISTS = 64
"""How many lists to choose from are kept; they hold names of the service alone."""
_SCREEN = "screen"
"""The class of what is not of the paper."""

Attributes = Mapping[str, str]


def tag(name: str, /, **attributes: str) -> Markup:
    """An element that has no content; an attribute without a value has only its name."""
    written = "".join(
        f' {attribute(key)}="{escape(value)}"' if value else f" {attribute(key)}"
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{written}>")


def hint(words: str) -> Markup:
    """How a value is written, after its label."""
    return element("span", escape(words), class_=f"hint {_SCREEN}")


def control(node: Field, place: Place, names: Attributes, prompts: Mapping[str, str]) -> Markup:
    """Where one value is written or chosen.

    Args:
        node: the field.
        place: where it leads to.
        names: what it is called: ``id`` or ``aria_label``.
        prompts: the words of the form.
    """
    carried = {"data_path": node.path, **names}
    if place.options:
        return _choice(node, place, carried, prompts["pick"])
    letters = letters_of(place, node)
    if place.limit:
        carried["maxlength"] = str(place.limit)
    if place.type is FieldType.TEXT:
        rows = str(max(_LEAST_ROWS, node.lines))
        return element("textarea", Markup("\n") + escape(letters), rows=rows, **carried)
    if place.type in UNBROKEN:
        carried |= {"data_type": place.type.value, "class_": place.type.value}
    if place.type in (FieldType.NUMBER, FieldType.MONEY):
        carried["inputmode"] = "decimal"
    if place.type is FieldType.DATE and "id" not in names:  # else the label has a hint
        carried["placeholder"] = prompts["date_form"]
    given = {"value": letters} if letters else {}
    return tag("input", type="text", **carried, **given)


def _choice(node: Field, place: Place, carried: Attributes, pick: str) -> Markup:
    """A list to choose from."""
    chosen = keys_of(place)
    names = offered(place)
    if not chosen:
        return element("select", _entries(("", pick), *names), **carried)
    further = ((key, node.text or key) for key in chosen if key not in dict(names))
    entries = (
        _entry(key, name, chosen=key in chosen) for key, name in (("", pick), *names, *further)
    )
    return element("select", *entries, **carried)


@lru_cache(_LISTS)
def _entries(*entries: tuple[str, str]) -> Markup:
    """A list of which nothing is chosen, the same wherever it is offered."""
    return Markup("").join(_entry(key, name, chosen=False) for key, name in entries)


def _entry(key: str, name: str, *, chosen: bool) -> Markup:
    marks = {"selected": ""} if chosen else {}
    return tag("option", value=key, **marks) + escape(name) + Markup("</option>")


def box(node: CheckBox, place: Place, names: Attributes, group: str) -> Markup:
    """A box to tick, or one of several of which one is chosen, with its label.

    Args:
        node: the box.
        place: where it leads to.
        names: what it is called if its label is not printed.
        group: the name of the boxes of which one is chosen.
    """
    is_one = is_one_of_several(place)
    kind = {"type": "radio", "name": group} if is_one else {"type": "checkbox"}
    checked = {"checked": ""} if node.checked else {}
    mark = tag("input", **kind, value=node.option, data_path=node.path, **names, **checked)
    if node.bare:
        return element("label", mark, class_="bare")
    return element("label", mark, Markup(" "), element("span", escape(node.label)), class_="pick")


def carrier(node: Field, place: Place) -> Markup:
    """A value that is printed and not asked, which the saved file still has."""
    keys = {"data_keys": " ".join(keys_of(place))} if place.options else {}
    value = "" if keys else letters_of(place, node)
    return tag("input", type="hidden", data_path=node.path, **keys, value=value)
