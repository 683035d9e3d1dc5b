"""The map that a fillable Word file carries: which of its bookmarks stands for which field.

The words of a file change when somebody fills it in, and programs drop what they do not know. What
all of them keep are bookmarks and this part: around each control stands a bookmark with a number,
and the map leads from the number to the field. It also says which form the file is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

NAMESPACE = "urn:planforms:form"
_PLACE, _CHOICE, _KNOWN = (f"{{{NAMESPACE}}}{name}" for name in ("place", "choice", "known"))
PROPERTY = "planforms"
"""The name of the custom property that says which form a file is."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT, _HYPHEN = f"{{{_WORD}}}t", f"{{{_WORD}}}noBreakHyphen"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOOKMARK = re.compile("pf_([1-9][0-9]{0,4})")
_NOT_COMPARED = re.compile("[\\s\u00ad\u200b\u2007\u202f\ufeff]+")
"""Spaces, and letters that programs put between others."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a numbered control stands for.

    Attributes:
        path: where its value stands in the data.
        option: the key of the option that it ticks; empty if it ticks none.
        empty: what stands in it before anybody writes.
        words: the words of what can be chosen in it, with their keys.
        chosen: the key that was chosen in it before anybody filled it in.
    """

    path: str
    option: str = ""
    empty: str = ""
    words: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


def bookmark(number: int) -> str:
    """The name of the bookmark around a control."""
    return f"pf_{number}"


def number_of(name: str) -> int | None:
    """The number of the control that a bookmark stands around; ``None`` if it is another one."""
    match = _BOOKMARK.fullmatch(name)
    return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class WordMap:
    """All that the part says.

    Attributes:
        identity: which form the file is.
        printed: what :func:`digest_of_print` says of it.
        controls: what the number of each control stands for.
        known: the keys of lists of choices that are printed and no control, by path.
    """

    identity: str
    printed: str
    controls: Mapping[int, Mapped]
    known: Mapping[str, tuple[str, ...]]


def write_map(content: WordMap) -> bytes:
    """The part with the map."""
    root = etree.Element(f"{{{NAMESPACE}}}form", nsmap={"pf": NAMESPACE})
    root.set("identity", content.identity)
    root.set("printed", content.printed)
    for number, one in content.controls.items():
        place = etree.SubElement(root, _PLACE, n=str(number), path=one.path)
        for name in ("option", "empty", "chosen"):
            if getattr(one, name):
                place.set(name, getattr(one, name))
        for words, key in one.words:
            etree.SubElement(place, _CHOICE, key=key).text = words
    for path, keys in content.known.items():
        place = etree.SubElement(root, _KNOWN, path=path)
        for key in keys:
            etree.SubElement(place, _CHOICE, key=key)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def is_map(root: etree._Element) -> bool:
    """Whether a part is the map."""
    return root.tag == f"{{{NAMESPACE}}}form"


def read_map(root: etree._Element) -> WordMap:
    """What the part says.

    Raises:
        ValueError: it is not as :func:`write_map` makes it.
    """
    found: dict[int, Mapped] = {}
    for place in root.iterchildren(_PLACE):
        number = number_of(f"pf_{place.get('n')}")
        path = place.get("path")
        if number is None or number in found or not path:
            raise ValueError
        words = tuple((one.text or "", one.get("key", "")) for one in place.iterchildren(_CHOICE))
        option, empty, chosen = (place.get(name, "") for name in ("option", "empty", "chosen"))
        found[number] = Mapped(path, option, empty, words, chosen)
    known = {
        place.get("path", ""): tuple(one.get("key", "") for one in place.iterchildren(_CHOICE))
        for place in root.iterchildren(_KNOWN)
    }
    return WordMap(root.get("identity", ""), root.get("printed", ""), found, known)


def digest_of_print(body: etree._Element, controls: Iterable[etree._Element]) -> str:
    """What the words outside of controls amount to, however programs space and break them.

    Args:
        body: the body of the document.
        controls: the controls, whose words are left out.
    """
    words = "".join(_print(body, controls)).replace("\u2011", "-")
    return hashlib.sha256(_NOT_COMPARED.sub("", words).encode()).hexdigest()[:24]


def _print(body: etree._Element, controls: Iterable[etree._Element]) -> Iterator[str]:
    left_out = (*controls, *body.iter(_FALLBACK))
    inside = {word for element in left_out for word in element.iter(_TEXT, _HYPHEN)}
    for word in body.iter(_TEXT, _HYPHEN):
        if word not in inside:
            yield "-" if word.tag == _HYPHEN else word.text or ""
