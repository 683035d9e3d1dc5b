"""HTML cut into tags and words, which drive the machine of the subset.

Every step goes on from the next ``<``, so the time is that of reading the letters once, whatever
they are. What is no whole tag is told, not guessed at.
"""

from __future__ import annotations

import re

from planforms.markup.subset import Element, Machine, unescaped

_TOKEN = re.compile(
    r"<(?P<start>[A-Za-z][^\s/<>]*+)(?P<attributes>(?:[^<>\"']|\"[^<\"]*+\"|'[^<']*+')*+)>"
    r"|</(?P<end>[A-Za-z][^\s/<>]*+)[^<>]*+>"
    r"|(?P<comment><!--).*?(?:-->|\Z)"
    r"|(?P<other><[!?])[^<>]*+>?"
    r"|(?P<torn></?[A-Za-z])",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s/=]+|=)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'=]*+))?")


def parse(html: str, language: str) -> Machine:
    """The machine of the subset after some HTML.

    Args:
        html: what a template made; its start tags say in ``data-at`` where they stand.
        language: code of the language, for the places in messages.

    Raises:
        TemplateError: tags are nested too deep, or too much is wrong to go on.
    """
    machine = Machine(Element("", {}, language))
    place = 0
    for token in _TOKEN.finditer(html):
        if token.start() > place:
            machine.text(html[place : token.start()])
        place = token.end()
        if token["start"]:
            machine.open(_element(token, language, machine))
        elif token["end"]:
            machine.close(token["end"].lower())
        else:
            machine.refuse(token["comment"] or token["other"] or token["torn"][:1])
    if place < len(html):
        machine.text(html[place:])
    return machine


def _element(token: re.Match[str], language: str, machine: Machine) -> Element:
    """The element that a tag opens, which says where in the templates it stands."""
    attributes: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(token["attributes"]):
        value = value[1:-1] if value[:1] in "\"'" else value
        attributes.setdefault(name.lower(), unescaped(value))
    at = attributes.pop("data-at", "")
    place = f"{language}/{at}" if at else machine.holder.place
    return Element(token["start"].lower(), attributes, place)
