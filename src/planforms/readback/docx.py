"""Reads a fillable Word file that somebody filled in, whatever program saved it.

LibreOffice drops the tags of controls and puts a control of its own around nearly each: what
counts is the innermost control in each bookmark, and the map says which field that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from planforms.document import CHECKED
from planforms.forms.identity import VERSION, Identity, parse
from planforms.forms.word_map import (
    PROPERTY,
    Mapped,
    WordMap,
    digest_of_print,
    is_map,
    number_of,
    read_map,
)
from planforms.readback._word_file import PLACE, WordFile, open_word
from planforms.readback.limits import MAX_FIELDS, MAX_PATH_LETTERS, MAX_VALUE_LETTERS
from planforms.readback.refusals import refusal
from planforms.readback.returned import Returned, Written

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ITEM = re.compile(r"customXml/item[0-9]{1,4}\.xml")
_CUSTOM = "docProps/custom.xml"
_SIGNS = {
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}tab": "\t",
    f"{_WORD}noBreakHyphen": "-",
}
_MOST_OPEN = 20
"""How many bookmarks may begin before one ends: they stand one after the other."""
_TICKED = (CHECKED, "\N{BALLOT BOX WITH X}")
_DELETED = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK})
"""What a program keeps and does not show."""


def read_docx(content: bytes) -> Returned:
    """The form in a Word file.

    Raises:
        DataError: it is no form, or one that cannot be read; the code tells why.
    """
    with open_word(content) as file:
        root = _map_of(file)
        identity = _identity(root.get("identity", ""))
        told = _read(root)
        body = file.part("word/document.xml").find(f"{_WORD}body")
        if body is None:
            raise refusal("form.damaged", PLACE)
        found = _find(body, told.controls)
        changed = digest_of_print(body, found.values()) != told.printed
        known = {path: keys for path, keys in told.known.items() if keys}
        return Returned(identity, {**known, **_values(found, told.controls)}, changed)


def _map_of(file: WordFile) -> etree._Element:
    for name in sorted(filter(_ITEM.fullmatch, file.names)):
        root = file.part(name)
        if is_map(root):
            return root
    raise refusal("form.fields" if _is_ours(file) else "form.foreign", PLACE)


def _is_ours(file: WordFile) -> bool:
    """Whether a file without the map says at least that it was a form."""
    if _CUSTOM not in file.names:
        return False
    return any(child.get("name") == PROPERTY for child in file.part(_CUSTOM))


def _identity(line: str) -> Identity:
    identity = parse(line)
    if identity is None:
        raise refusal("form.foreign", PLACE)
    if identity.version > VERSION:
        raise refusal("form.version", PLACE)
    return identity


def _read(root: etree._Element) -> WordMap:
    try:
        content = read_map(root)
    except ValueError:
        raise refusal("form.fields", PLACE) from None
    paths = [*(one.path for one in content.controls.values()), *content.known]
    if len(paths) > MAX_FIELDS or any(len(path) > MAX_PATH_LETTERS for path in paths):
        raise refusal("form.fields", PLACE)
    return content


# --- where the controls are -----------------------------------------------------------------


@dataclass(slots=True)
class _Search:
    """What stands in the bookmarks while the body is read.

    Attributes:
        open: the bookmarks that have begun, by their identifier in the file.
        controls: the innermost controls of each bookmark.
        loose: the bookmarks that hold words outside of any control.
    """

    open: dict[str, int] = field(default_factory=dict)
    controls: dict[int, list[etree._Element]] = field(default_factory=dict)
    loose: set[int] = field(default_factory=set)

    def look(self, element: etree._Element, inner: bool = False) -> None:
        """Go through an element; ``inner`` if it stands in an innermost control."""
        for child in element:
            if child.tag == f"{_WORD}bookmarkStart":
                self._begin(child)
            elif child.tag == f"{_WORD}bookmarkEnd":
                self.open.pop(child.get(f"{_WORD}id", ""), None)
            elif child.tag == f"{_WORD}sdt":
                self._control(child)
            elif child.tag == f"{_WORD}t" and not inner and (child.text or "").strip():
                self.loose |= set(self.open.values())
            else:
                self.look(child, inner)

    def _begin(self, mark: etree._Element) -> None:
        number = number_of(mark.get(f"{_WORD}name", ""))
        if number is not None:
            self.open[mark.get(f"{_WORD}id", "")] = number
            if number in self.controls or len(self.open) > _MOST_OPEN:
                raise refusal("form.fields", PLACE)
            self.controls[number] = []

    def _control(self, control: etree._Element) -> None:
        is_innermost = next(control.iterdescendants(f"{_WORD}sdt"), None) is None
        before = set(self.open.values())
        content = control.find(f"{_WORD}sdtContent")
        if content is not None:
            self.look(content, inner=is_innermost)
        if is_innermost:
            for number in before | set(self.open.values()):
                self.controls[number].append(control)


def _find(body: etree._Element, known: Mapping[int, Mapped]) -> dict[int, etree._Element]:
    """The control of each number; a field that was deleted with its row has none.

    Raises:
        DataError: a bookmark holds several controls, or words in place of its own.
    """
    search = _Search()
    search.look(body)
    found = {}
    for number, controls in search.controls.items():
        is_broken = len(controls) > 1 or (not controls and number in search.loose)
        if is_broken or number not in known:
            raise refusal("form.fields", PLACE)
        if controls:
            found[number] = controls[0]
    return found


# --- what stands in them --------------------------------------------------------------------


def _values(
    found: Mapping[int, etree._Element], controls: Mapping[int, Mapped]
) -> dict[str, Written]:
    """What was written; of a field that stands twice, what was written first."""
    texts: dict[str, Written] = {}
    ticked: dict[str, list[str]] = {}
    for number, control in sorted(found.items()):
        mapped = controls[number]
        if mapped.option:
            if _is_ticked(control) and mapped.option not in ticked.setdefault(mapped.path, []):
                ticked[mapped.path].append(mapped.option)
        elif text := _text(control, mapped):
            texts.setdefault(mapped.path, _chosen(text, mapped) if mapped.words else text)
    return {**texts, **{path: tuple(keys) for path, keys in ticked.items() if keys}}


def _is_ticked(control: etree._Element) -> bool:
    state = next(control.iterdescendants(f"{_WORD_2010}checked"), None)
    if state is not None:
        return state.get(f"{_WORD_2010}val") in ("1", "true", "on")
    return "".join(_letters(control)).strip() in _TICKED


def _text(control: etree._Element, mapped: Mapped) -> str:
    """What was written in a control; empty if it shows a hint, ours or that of Word."""
    content = control.find(f"{_WORD}sdtContent")
    text = "" if content is None else "".join(_letters(content)).strip()
    if len(text) > MAX_VALUE_LETTERS:
        raise refusal("form.fields", PLACE)
    return "" if text == mapped.empty or _shows_hint_of_word(control) else text


def _shows_hint_of_word(control: etree._Element) -> bool:
    """Whether somebody emptied a control in Word, which then shows a hint of its own.

    The mark alone does not tell: a program that knows nothing of hints may have left it behind.
    """
    if control.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is None:
        return False
    has_own = control.find(f"{_WORD}sdtPr/{_WORD}placeholder") is not None
    return has_own or next(control.iterdescendants(f"{_WORD}rStyle"), None) is not None


def _chosen(text: str, mapped: Mapped) -> Written:
    """The key of what was chosen; words of no choice, or of several, stay as they are.

    Of several with the same words, it is the one that was chosen when the form was made.
    """
    chosen = " ".join(text.split()).casefold()
    keys = [key for words, key in mapped.words if words.casefold() == chosen]
    if mapped.chosen in keys:
        return (mapped.chosen,)
    return (keys[0],) if len(keys) == 1 else text


def _letters(element: etree._Element) -> Iterator[str]:
    """The letters of an element, a new line for each paragraph after the first."""
    begun = False
    for child in element:
        if child.tag in _DELETED:
            continue
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            if child.tag == f"{_WORD}p" and begun:
                yield "\n"
            begun = begun or child.tag == f"{_WORD}p"
            yield from _letters(child)
