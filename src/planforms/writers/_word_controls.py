"""The content controls of a fillable Word file.

The document is not protected: LibreOffice would let nobody write inside of controls. Around each
control stands a bookmark, by which the file is read after any program has saved it; see
:mod:`planforms.forms.word_map`. The order of properties is the schema's: ECMA-376 part 1, 17.5.2.
"""

from __future__ import annotations

from copy import deepcopy

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree

from planforms.document import CheckBox, Document, Field, FieldType, Place
from planforms.forms.identity import identity_of
from planforms.forms.places import keys_of, known_lists, offered, place_to_fill
from planforms.forms.word_map import PROPERTY, Mapped, WordMap, bookmark, digest_of_print, write_map
from planforms.writers._word_xml import WORD, add

_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_LONGEST_NAME = 64
"""How many letters the title and the tag of a control may have."""
_FIRST_IDENTIFIER, _FIRST_BOOKMARK = 100_000, 1_000
_BOX_FONT = "MS Gothic"
"""The font of the boxes that Word itself draws when somebody ticks one."""
_ITEM = "{6B1F0E1A-0000-4000-8000-706C616E6672}"
_PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" \
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property \
fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}"><vt:lpwstr>{identity}\
</vt:lpwstr></property></Properties>"""
_ITEM_PROPERTIES = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ds:datastoreItem ds:itemID="{_ITEM}" \
xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/>\
</ds:datastoreItem>"""


class ControlWriter:
    """Puts the controls of one document around its words, and the map of them into the file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._written: list[Mapped] = []
        self._given: set[str] = set()
        self._begun: set[int] = set()
        self._lists: dict[tuple[tuple[str, str], ...], etree._Element] = {}

    def is_control(self, node: Field | CheckBox) -> bool:
        """Whether something is filled in here; what is known once is printed where it returns."""
        place = place_to_fill(self._document, node)
        if place is None or (place.many and isinstance(node, Field)):
            return False
        is_known = isinstance(node, Field) and node.text is not None
        return not is_known or id(node) in self._begun or node.path not in self._given

    def begin(self, field: Field) -> bool:
        """Whether this is the first part of a field; its control holds all of its paragraphs."""
        is_first = id(field) not in self._begun
        self._begun.add(id(field))
        self._given.add(field.path)
        return is_first

    def has_begun(self, field: Field) -> bool:
        """Whether the control of a field stands already."""
        return id(field) in self._begun

    def place(self, node: Field | CheckBox) -> Place:
        """Where a control leads to."""
        return self._document.places[node.path]

    def box(self, paragraph: etree._Element, node: CheckBox) -> etree._Element:
        """A new control that ticks an option; returns what its box is written into."""
        name = f"{self.place(node).label}: {node.label}"
        properties, content = self._start(paragraph, Mapped(node.path, node.option), name)
        box = etree.SubElement(properties, f"{{{_WORD_2010}}}checkbox", nsmap={"w14": _WORD_2010})
        for tag, value, font in (
            ("checked", str(int(node.checked)), ""),
            ("checkedState", "2611", _BOX_FONT),
            ("uncheckedState", "2610", _BOX_FONT),
        ):
            values = {f"{{{_WORD_2010}}}val": value}
            if font:
                values[f"{{{_WORD_2010}}}font"] = font
            etree.SubElement(box, f"{{{_WORD_2010}}}{tag}", values)
        return content

    def field(self, paragraph: etree._Element, node: Field) -> tuple[etree._Element, str]:
        """A new control of a field.

        Returns:
            what its words are written into, and what it says while nobody has written; empty if
            something stands in it.
        """
        place = self.place(node)
        empty = self._empty(place)
        words = tuple((name, key) for key, name in offered(place))
        chosen = next(iter(keys_of(place)), "") if words else ""
        mapped = Mapped(node.path, empty=empty, words=words, chosen=chosen)
        properties, content = self._start(paragraph, mapped, place.label)
        shown = empty if node.text is None else ""
        if shown:
            add(properties, "showingPlcHdr")
        self._add_kind(properties, place, empty)
        return content, shown

    def _empty(self, place: Place) -> str:
        prompts = self._document.prompts
        if place.options:
            return prompts["pick"]
        return prompts["date_form" if place.type is FieldType.DATE else "write"]

    def _add_kind(self, properties: etree._Element, place: Place, empty: str) -> None:
        if place.options:
            properties.append(self._choices(offered(place), empty))
        elif place.type is FieldType.DATE:
            date = add(properties, "date")
            add(date, "dateFormat", val=self._document.prompts["date_pattern"])
            add(date, "lid", val=self._document.locale)
            add(date, "storeMappedDataAs", val="date")
            add(date, "calendar", val="gregorian")
        else:  # LibreOffice moves the lines of a plain text control out of it
            add(properties, "richText" if place.type is FieldType.TEXT else "text")

    def _choices(self, entries: tuple[tuple[str, str], ...], empty: str) -> etree._Element:
        """What can be chosen, the same wherever it is offered."""
        if entries not in self._lists:
            choices = etree.Element(f"{WORD}dropDownList", nsmap={"w": WORD[1:-1]})
            add(choices, "listItem", displayText=empty, value="")
            for key, name in entries:
                add(choices, "listItem", displayText=name, value=key)
            self._lists[entries] = choices
        return deepcopy(self._lists[entries])

    def _start(
        self, paragraph: etree._Element, mapped: Mapped, name: str
    ) -> tuple[etree._Element, etree._Element]:
        self._written.append(mapped)
        number = len(self._written)
        mark = _FIRST_BOOKMARK + number
        add(paragraph, "bookmarkStart", id=mark, name=bookmark(number))
        control = add(paragraph, "sdt")
        add(paragraph, "bookmarkEnd", id=mark)
        properties = add(control, "sdtPr")
        add(properties, "alias", val=name[:_LONGEST_NAME])
        add(properties, "tag", val=mapped.path[:_LONGEST_NAME])
        add(properties, "id", val=_FIRST_IDENTIFIER + number)
        add(properties, "lock", val="sdtLocked")
        return properties, add(control, "sdtContent")

    def finish(self, part: DocumentPart) -> None:
        """Put the map into the file, and which form it is."""
        identity = str(identity_of(self._document))
        body = part.element.body
        printed = digest_of_print(body, body.iter(f"{WORD}sdt"))
        numbered = dict(enumerate(self._written, start=1))
        content = write_map(WordMap(identity, printed, numbered, known_lists(self._document)))
        item = self._add_part(part, "/customXml/item1.xml", CONTENT_TYPE.XML, content)
        part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
        kind = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES
        content = _ITEM_PROPERTIES.encode()
        properties = self._add_part(part, "/customXml/itemProps1.xml", kind, content)
        item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
        content = _PROPERTIES.format(name=PROPERTY, identity=identity).encode()
        kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
        custom = self._add_part(part, "/docProps/custom.xml", kind, content)
        part.package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

    def _add_part(self, part: DocumentPart, name: str, kind: str, content: bytes) -> Part:
        return Part(PackURI(name), kind, content, part.package)
