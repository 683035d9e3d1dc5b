"""The fillable page: every place has a named control, and nothing runs but its own script."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

import planforms as pf
from planforms.document import CheckBox, Document, Field, FieldType, Paragraph, Place, Text
from planforms.forms.identity import identity_of
from planforms.readback.web import read_web
from planforms.writers.html import to_html
from tests.every import Case, every_case
from tests.filling import a_blank_of_each_kind, places_to_fill
from tests.reading.comparison import first_difference
from tests.reading.html import html_text

BLANKS = {case.kind: case for case in a_blank_of_each_kind()}
HOSTILE = "\"><script>alert('1')</script>&amp; <b>\n</textarea>"


def page_of(document: Document) -> HtmlElement:
    return html.document_fromstring(to_html(document, fillable=True))


def controls_of(page: HtmlElement) -> list[HtmlElement]:
    return [one for one in page.iter("input", "select", "textarea") if one.get("data-path")]


@pytest.mark.parametrize("kind", BLANKS)
def test_every_place_that_is_asked_has_a_control_and_nothing_else_has(kind: str) -> None:
    document = BLANKS[kind].document()
    controls = controls_of(page_of(document))
    assert {one.get("data-path") for one in controls} == places_to_fill(document).keys()
    offered = {(box.path, box.option) for box in document.boxes()}
    asked = {pair for pair in offered if pair[0] in places_to_fill(document)}
    ticked = {
        (one.get("data-path"), one.get("value"))
        for one in controls
        if one.get("type") in ("checkbox", "radio")
    }
    assert ticked == asked


def name_of(page: HtmlElement, control: HtmlElement) -> str:
    """What a screen reader calls a control; options after the name of their group."""
    if control.get("aria-label"):
        return str(control.get("aria-label"))
    if control.get("type") in ("checkbox", "radio"):
        return f"{group_of(page, control)}: {words_of(*control.iterancestors('label'))}"
    return words_of(*(one for one in page.iter("label") if one.get("for") == control.get("id")))


def group_of(page: HtmlElement, option: HtmlElement) -> str:
    group = next(e for e in option.iterancestors() if e.tag == "fieldset" or e.get("role"))
    named = [one for one in page.iter() if one.get("id", "") == group.get("aria-labelledby")]
    words = group.get("aria-label") or words_of(*named, *group.findall("legend"))
    assert words, option.get("data-path")
    return str(words)


def words_of(*elements: HtmlElement) -> str:
    return " ".join(" ".join(element.text_content() for element in elements).split())


@pytest.mark.parametrize("kind", BLANKS)
def test_every_control_has_a_name_and_no_two_fields_of_a_table_have_the_same(kind: str) -> None:
    page = page_of(BLANKS[kind].document())
    assert [one.get("data-path") for one in controls_of(page) if not name_of(page, one)] == []
    for table in page.iter("table"):
        paths: dict[tuple[str, str | None], str | None] = {}
        for one in controls_of(table):
            key = name_of(page, one), one.get("value")
            assert paths.setdefault(key, one.get("data-path")) == one.get("data-path"), key


def test_the_policy_allows_exactly_the_style_and_the_script_in_the_page() -> None:
    text = to_html(BLANKS["consent"].document(), fillable=True)
    page = html.document_fromstring(text)
    (policy,) = (one.get("content") for one in page.iter("meta") if one.get("http-equiv"))
    digests = [
        base64.b64encode(
            hashlib.sha256(
                text.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0].encode()
            ).digest()
        ).decode()
        for tag in ("style", "script")
    ]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_nothing_in_the_page_needs_the_network() -> None:
    text = to_html(BLANKS["consent"].document(), fillable=True)
    page = html.document_fromstring(text)
    names = [(name, str(value)) for one in page.iter() for name, value in one.attrib.items()]
    addresses = [value for name, value in names if name in ("src", "href", "srcset", "action")]
    assert {address.partition(":")[0] for address in addresses} == {"data"}
    assert [name for name, _ in names if name == "style" or str(name).startswith("on")] == []
    assert len([*page.iter("script")]) == 1
    assert [*page.iter("link")] == []
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|localStorage|innerHTML|eval)\b", text)


def test_a_draft_is_filled_in_and_can_be_changed() -> None:
    case = next(c for c in _drafts() if c.kind == "final_report" and c.service == "molde")
    document = case.document()
    page = page_of(document)
    given = {one.get("data-path"): one for one in controls_of(page)}
    name = given["case.participant.name"]
    assert name.get("value") == document.places["case.participant.name"].raw
    chosen = [one.get("value") for one in page.iter("option") if "selected" in one.attrib]
    raw = {place.raw for place in document.places.values() if isinstance(place.raw, str)}
    assert chosen and set(chosen) <= raw


def _drafts() -> list[Case]:
    return [case for case in every_case() if case.state == "draft" and not case.easy]


@pytest.mark.parametrize("case", _drafts(), ids=lambda case: case.name)
def test_what_a_draft_prints_is_in_the_page_even_where_nobody_is_asked(case: Case) -> None:
    document = case.document()
    printed = {
        path
        for path, place in places_to_fill(document).items()
        if place.raw is not None and (place.options or not place.many)
    }
    given = {
        one.get("data-path")
        for one in controls_of(page_of(document))
        if one.get("value") or one.get("data-keys") or one.tag in ("select", "textarea")
    }
    assert printed <= given


def hostile() -> Document:
    document = BLANKS["consent"].document()
    places = {
        "a": Place(FieldType.TEXT, HOSTILE, raw=HOSTILE),
        "b": Place(FieldType.LINE, HOSTILE, raw=HOSTILE),
        "c": Place(FieldType.CHOICE, HOSTILE, ((HOSTILE, HOSTILE),), raw=HOSTILE),
        "d": Place(FieldType.CHOICE, HOSTILE, ((HOSTILE, HOSTILE),), many=True, raw=(HOSTILE,)),
        HOSTILE: Place(FieldType.LINE, HOSTILE),
    }
    nodes = (
        Field("a", FieldType.TEXT, HOSTILE, HOSTILE),
        Field("b", FieldType.LINE, HOSTILE, HOSTILE),
        Field("c", FieldType.CHOICE, HOSTILE, HOSTILE),
        CheckBox("d", HOSTILE, HOSTILE, checked=True),
        Field(HOSTILE, FieldType.LINE, HOSTILE, None),
        Text(HOSTILE),
    )
    prompts = dict.fromkeys(document.prompts, HOSTILE)
    blocks = tuple(Paragraph((node,)) for node in nodes)
    return replace(document, blocks=blocks, places=places, prompts=prompts, title=HOSTILE)


def test_neither_data_nor_words_can_become_markup() -> None:
    page = page_of(hostile())
    assert len([*page.iter("script")]) == 1
    assert [*page.iter("b")] == []
    assert [one.text for one in page.iter("textarea")] == [f"\n{HOSTILE}"]
    assert first_difference(hostile().text(), html_text(to_html(hostile(), fillable=True))) is None


def test_the_page_says_which_form_it_is_and_no_name_is_in_the_name_of_its_file() -> None:
    document = BLANKS["appeal"].document()
    form = page_of(document).get_element_by_id("form")
    assert form.get("data-identity") == str(identity_of(document))
    assert form.get("data-file") == "appeal.json"
    content = f'{{"planforms": "{form.get("data-identity")}", "values": {{}}}}'
    assert read_web(content.encode()).identity == identity_of(document)


def test_help_and_buttons_speak_the_language_of_the_form() -> None:
    for language, words in {
        "no": "Lagre som fil",
        "sv": "Spara som fil",
        "da": "Gem som fil",
    }.items():
        page = page_of(pf.blank("consent", service="molde", language=language))
        assert page.get_element_by_id("save").text == words
