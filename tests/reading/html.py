"""Reads a web page aloud: the text of its body, with what a browser counts and draws."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

import tinyhtml5

BULLET = "•"
BOXES = ("☐", "☑")

INLINE = {
    *("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "label", "mark", "q"),
    *("s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
}
UNREAD = {"script", "style", "template"}


def html_text(page: str) -> str:
    """The words of a page's body in reading order, a line for each block or line break.

    List numbers, bullets and descriptions of pictures are words in it. An option of a list has
    its check box for a bullet. Of a form, what stands in its fields is read, and no help.
    """
    root = tinyhtml5.parse(page.encode(), override_encoding="utf-8", namespace_html_elements=False)
    text = _text(root.find("body"))
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


def _text(element: Element) -> str:
    if element.tag in UNREAD or "hidden" in element.attrib or _is_help(element):
        return ""
    if element.tag in CONTROLS:
        return CONTROLS[element.tag](element)
    if element.tag == "br":
        return "\n"
    if element.tag == "img":
        return f"\n{element.get('alt', '')}\n"
    if element.get("role") == "img":
        return f"\n{element.get('aria-label', '')}\n"
    inner = _flat(element.text) + "".join(_child(element, child) for child in element)
    return inner if element.tag in INLINE else f"\n{inner}\n"


def _is_help(element: Element) -> bool:
    return "screen" in element.get("class", "").split()


def _input(element: Element) -> str:
    if element.get("type") in ("checkbox", "radio"):
        return BOXES["checked" in element.attrib]
    return element.get("value", "") if element.get("type") == "text" else ""


def _select(element: Element) -> str:
    chosen = (option for option in element if "selected" in option.attrib)
    return next((option.text or "" for option in chosen), "")


CONTROLS: dict[str, Callable[[Element], str]] = {
    "input": _input,
    "select": _select,
    "textarea": lambda element: f"\n{element.text or ''}\n",
}


def _child(parent: Element, child: Element) -> str:
    """The text of an element within another one, and what follows it there."""
    if not isinstance(child.tag, str):  # a comment
        return _flat(child.tail)
    words = _text(child)
    if child.tag == "li" and not words.lstrip().startswith(BOXES):
        words = f"\n{_mark(parent, child)} {words.lstrip()}"
    return words + _flat(child.tail)


def _mark(parent: Element, item: Element) -> str:
    if parent.tag == "ul":
        return BULLET
    return f"{int(parent.get('start', '1')) + parent.findall('li').index(item)}."


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
