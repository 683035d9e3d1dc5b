"""The fillable Word file: a control for every place, and a map that says which is which."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

import planforms as pf
from planforms.document import Field, FieldType, Paragraph, Place, Text
from planforms.forms.identity import identity_of
from planforms.forms.places import offered
from planforms.forms.word_map import read_map
from planforms.readback.docx import read_docx
from planforms.writers.docx import to_docx
from tests.conformance.word_forms import BODY, W14, W
from tests.every import Case, every_case
from tests.filling import a_blank_of_each_kind, places_to_fill
from tests.writers.sample import document_of

BLANKS = {case.kind: case for case in a_blank_of_each_kind()}
DRAFTS = [
    case
    for case in every_case()
    if (case.state, case.language, case.easy) == ("draft", "no", False)
]


def part(content: bytes, name: str = BODY) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(content)).read(name))


@pytest.mark.parametrize("kind", BLANKS)
def test_every_place_that_is_asked_has_a_control_and_nothing_else_has(kind: str) -> None:
    document = BLANKS[kind].document()
    content = to_docx(document, fillable=True)
    controls = read_map(part(content, "customXml/item1.xml")).controls
    assert {one.path for one in controls.values()} == places_to_fill(document).keys()
    boxes = {(box.path, box.option) for box in document.boxes()}
    asked = {pair for pair in boxes if pair[0] in places_to_fill(document)}
    assert {(one.path, one.option) for one in controls.values() if one.option} == asked
    assert len(controls) == len([*part(content).iter(f"{W}sdt")])


def test_controls_have_names_and_cannot_be_deleted_and_the_file_is_not_protected() -> None:
    content = to_docx(BLANKS["action_plan"].document(), fillable=True)
    for control in part(content).iter(f"{W}sdt"):
        properties = next(control.iterchildren(f"{W}sdtPr"))
        found = {child.tag: child.get(f"{W}val") for child in properties}
        assert found[f"{W}lock"] == "sdtLocked"
        assert 0 < len(found[f"{W}alias"] or "") <= 64
        assert 0 < len(found[f"{W}tag"] or "") <= 64
    numbers = [each.get(f"{W}id") for each in part(content).iter(f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers) > 100
    settings = part(content, "word/settings.xml")
    assert settings.find(f"{W}documentProtection") is None


def test_each_kind_of_value_has_its_kind_of_control() -> None:
    content = to_docx(BLANKS["action_plan"].document(), fillable=True)
    kinds = {
        child.tag
        for properties in part(content).iter(f"{W}sdtPr")
        for child in properties
        if child.tag in KINDS
    }
    assert kinds == KINDS


KINDS = {
    f"{W}text",
    f"{W}richText",
    f"{W}date",
    f"{W}dropDownList",
    f"{W14}checkbox",
}


def test_no_list_offers_the_same_words_twice() -> None:
    document = pf.blank("action_plan", service="hjortmossen")
    role = document.places["case.team[1].role"]
    names = [name for _, name in role.options]
    assert len(names) > len(set(names))  # two roles that this service calls by one name
    for choices in part(to_docx(document, fillable=True)).iter(f"{W}dropDownList"):
        words = [item.get(f"{W}displayText") for item in choices]
        assert len(words) == len(set(words))
    taken = replace(role, raw=role.options[names.index("handläggare") + 1][0])
    assert {key for key, _ in offered(role)} != {key for key, _ in offered(taken)}


def test_the_identity_is_a_property_of_the_file_too() -> None:
    document = BLANKS["consent"].document()
    content = to_docx(document, fillable=True)
    custom = etree.tostring(part(content, "docProps/custom.xml")).decode()
    assert f">{identity_of(document)}<" in custom


@pytest.mark.parametrize("case", DRAFTS, ids=lambda case: case.name)
def test_what_a_draft_knows_stands_in_its_controls(case: Case) -> None:
    document = case.document()
    returned = read_docx(to_docx(document, fillable=True))
    places = places_to_fill(document)
    known = {path for path, place in places.items() if place.raw not in (None, ())}
    printed = {path for path in known if places[path].many and path not in returned.values}
    assert returned.values.keys() == known - printed
    for path, value in returned.values.items():
        place = places[path]
        if place.options and not place.many:
            assert value == (place.raw,)
        elif place.type in (FieldType.LINE, FieldType.TEXT) and isinstance(place.raw, str):
            assert value == place.raw.strip()


def test_what_is_known_twice_is_a_control_once() -> None:
    field = Field("a", FieldType.LINE, "A", "x")
    document = document_of(Paragraph((field,)), Paragraph((Text("b "), field)))
    places = {"a": Place(FieldType.LINE, "A", raw="x")}
    prompts = BLANKS["consent"].document().prompts
    content = to_docx(replace(document, places=places, prompts=prompts), fillable=True)
    assert len([*part(content).iter(f"{W}sdt")]) == 1


def test_the_same_form_has_the_same_bytes_and_a_plain_one_has_no_controls() -> None:
    document = BLANKS["mapping"].document()
    assert to_docx(document, fillable=True) == to_docx(document, fillable=True)
    plain = pf.to_docx(document)
    assert [*part(plain).iter(f"{W}sdt", f"{W}bookmarkStart")] == []
    assert not [name for name in ZipFile(BytesIO(plain)).namelist() if "custom" in name.lower()]
