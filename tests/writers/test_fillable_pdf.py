"""Forms that are filled in on a screen: what their fields are, and that they look like paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO

import pikepdf
import pytest

import planforms as pf
from planforms.document import CheckBox, Document, Field, Place
from planforms.forms.identity import identity_of
from planforms.forms.names import IDENTITY, names_of, path_of
from planforms.forms.places import is_one_of_several, place_to_fill
from planforms.models.values import put
from planforms.registry import KINDS
from tests.reading.glyphs import read_glyphs
from tests.reading.structure import inherited
from tests.reports import SERVICES

Names = tuple[str, ...]
RADIO, COMBO, SEVERAL_LINES, REQUIRED, READ_ONLY = 1 << 15, 1 << 17, 1 << 12, 1 << 1, 1 << 0
SMALLEST_SIDE = 8
"""How many points a field is wide and high at least, so that one can hit it."""


def widgets(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        yield from page.obj.get("/Annots", ())


def names(widget: pikepdf.Object) -> Names:
    above = names(widget.Parent) if "/Parent" in widget else ()
    return (*above, str(widget.T)) if "/T" in widget else above


@cache
def blank(kind: str, service: str = "vivirk") -> Document:
    return pf.blank(kind, service=service)


@cache
def filled_in_on_a_screen(kind: str, service: str) -> bytes:
    return pf.to_pdf(blank(kind, service), fillable=True)


def form(kind: str, service: str = "vivirk") -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(filled_in_on_a_screen(kind, service)))


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pf.to_pdf(document, fillable=True)))


def wanted(document: Document) -> dict[Names, tuple[Place, str]]:
    """The names of all fields that a form must have, with the place and the option of a box."""
    fields: dict[Names, tuple[Place, str]] = {}
    nodes: list[Field | CheckBox] = [*document.boxes(), *document.fields()]
    for node in nodes:
        place = place_to_fill(document, node)
        if place:
            own = isinstance(node, CheckBox) and not is_one_of_several(place)
            option = node.option if isinstance(node, CheckBox) else ""
            fields.setdefault(names_of(node.path, option if own else ""), (place, option))
    return fields


@pytest.mark.parametrize(("kind", "service"), [*zip(pf.kinds(), [*SERVICES] * 2, strict=False)])
def test_every_place_of_a_form_is_a_field_that_can_be_hit_and_is_told_apart(
    kind: str, service: str
) -> None:
    document = blank(kind, service)
    with form(kind, service) as pdf:
        found: dict[Names, set[str]] = {}
        for widget in widgets(pdf):
            found.setdefault(names(widget), set()).add(str(widget.TU))
            left, lower, right, upper = map(float, widget.Rect)
            assert min(right - left, upper - lower) >= SMALLEST_SIDE, names(widget)
            assert "/N" in widget.AP
    signed = {one for one in found if one[0].startswith("signature-")}
    assert set(found) == {*wanted(document), (IDENTITY,), *signed}
    spoken = [said for several in found.values() for said in several]
    assert len(spoken) == len(set(spoken)) == len(found), "one name for each field, and no other"


@pytest.mark.parametrize("kind", ["action_plan", "complaint", "consent"])
def test_a_field_is_what_its_place_is(kind: str) -> None:
    document = blank(kind)
    with form(kind) as pdf:
        fields = {names(widget): widget for widget in widgets(pdf)}
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        for own, (place, option) in wanted(document).items():
            field = fields[own]
            flags = int(inherited(field, "/Ff") or 0)
            assert bool(flags & REQUIRED) == place.needed
            assert inherited(field, "/FT") == (
                "/Btn" if option else "/Ch" if place.options else "/Tx"
            )
            assert bool(flags & RADIO) == (bool(option) and is_one_of_several(place))
            limit = None if place.options or option else place.limit
            assert inherited(field, "/MaxLen") == limit
            if place.options and not option:
                keys = [str(key) for key, _ in inherited(field, "/Opt") or ()]
                assert keys == ["", *(key for key, _ in place.options)]


def test_the_names_of_a_field_are_the_steps_of_its_path() -> None:
    assert names_of("goals[0].due") == ("goals", "0", "due")
    assert names_of("grounds", "lack_of_respect") == ("grounds", "lack_of_respect")
    assert path_of(("goals", "0", "due")) == "goals[0].due"


def test_a_field_that_is_printed_twice_is_one_field() -> None:
    with form("consent") as pdf:
        twice = [one for one in widgets(pdf) if names(one) == ("case", "participant", "name")]
        assert len(twice) == 2
        assert twice[0].Parent.objgen == twice[1].Parent.objgen
        assert [one.objgen for one in twice[0].Parent.Kids] == [one.objgen for one in twice]


def test_somebody_signs_in_a_field_of_its_own() -> None:
    with form("rights") as pdf:
        signed = [one for one in widgets(pdf) if inherited(one, "/FT") == "/Sig"]
        assert [names(one) for one in signed] == [("signature-1",), ("signature-2",)]
        assert not any("/V" in one for one in signed)


def test_a_form_says_which_form_it_is_where_it_is_seen_and_among_its_properties() -> None:
    document = blank("appeal")
    with form("appeal") as pdf:
        [line] = [one for one in widgets(pdf) if names(one) == (IDENTITY,)]
        assert str(line.V) == str(pdf.docinfo["/Planforms"]) == str(identity_of(document))
        assert int(line.Ff) & READ_ONLY
        assert line.P.objgen == pdf.pages[-1].obj.objgen


@pytest.mark.parametrize("kind", ["complaint", "mapping", "consent"])
def test_the_words_stand_where_they_stand_on_paper(kind: str) -> None:
    """The same page, but for boxes, which are drawn by their fields."""
    document = blank(kind, "hjortmossen")
    paper, screen = (
        [
            (glyph.page, glyph.text, round(glyph.left), round(glyph.baseline))
            for glyph in read_glyphs(content)
            if glyph.text != "☐"
        ]
        for content in (pf.to_pdf(document), filled_in_on_a_screen(kind, "hjortmossen"))
    )
    assert screen == paper


def test_what_is_known_stands_in_the_fields_and_the_rest_is_open() -> None:
    text = "Første linje.\nAndre linje, og en (parentes)."
    data = put(KINDS["complaint"].model, {}, "incident.account", text)
    data = put(KINDS["complaint"].model, data, "incident.place", "I mars, Ąžuolas Жуков")
    data = put(KINDS["complaint"].model, data, "grounds", ["lack_of_respect"])
    with opened(pf.blank("complaint", service="molde", data=data)) as pdf:
        fields = {names(one): one for one in widgets(pdf)}
        assert str(fields["incident", "account"].V) == text
        assert str(fields["incident", "place"].V) == "I mars, Ąžuolas Жуков"
        assert fields["grounds", "lack_of_respect"].AS == "/Yes"
        ticked = [one for one, field in fields.items() if field.get("/AS") not in (None, "/Off")]
        assert ticked == [("grounds", "lack_of_respect")]


def test_a_long_text_that_is_known_is_seen_whole() -> None:
    text = "Hun fortalte om arbeidet på kjøkkenet og om turen dit. " * 60
    data = put(KINDS["complaint"].model, {}, "incident.account", text.strip())
    with opened(pf.blank("complaint", service="molde", data=data)) as pdf:
        fields = {names(one): one for one in widgets(pdf)}
        field = fields["incident", "account"]
        drawn = field.AP.N.read_bytes()
        lines = drawn.count(b" Tj")
        size = float(str(field.DA).split()[1])
        height = float(field.Rect[3]) - float(field.Rect[1])
        assert lines > 20
        assert lines * size * 1.25 <= height
