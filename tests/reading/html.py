"""Reads a web page aloud: the text of its body, with what a browser counts and draws."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

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
    its check box for a bullet.
    """
    body = html.document_fromstring(page).find("body")
    return "\n".join(line for part in _text(body).split("\n") if (line := " ".join(part.split())))


def _text(element: HtmlElement) -> str:
    if not isinstance(element.tag, str) or element.tag in UNREAD or "hidden" in element.attrib:
        return ""
    if element.tag == "br":
        return "\n"
    if element.tag == "img":
        return f"\n{element.get('alt', '')}\n"
    inner = _flat(element.text) + "".join(_text(child) + _flat(child.tail) for child in element)
    if element.tag == "li":
        inner = f"{_marker(element, inner)} {inner.lstrip()}"
    return inner if element.tag in INLINE else f"\n{inner}\n"


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _marker(item: HtmlElement, words: str) -> str:
    if words.lstrip().startswith(BOXES):
        return ""
    if item.getparent().tag == "ul":
        return BULLET
    return f"{_number(item)}."


def _number(item: HtmlElement) -> int:
    siblings = [sibling for sibling in item.getparent() if sibling.tag == "li"]
    return int(item.getparent().get("start", "1")) + siblings.index(item)
