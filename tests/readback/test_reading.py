"""From forms that were filled in to data, with all problems and without a value in them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

import planforms as pf
from planforms.document import FieldType
from planforms.errors import Severity
from planforms.forms.identity import identity_of
from planforms.forms.names import row_of_option
from planforms.languages import load_words
from planforms.models.values import value_at, values_at
from planforms.readback.knowledge import known_form
from planforms.readback.reading import interpret
from planforms.readback.returned import Returned, Written
from planforms.readback.sniffing import READERS
from planforms.registry import KINDS
from planforms.services import load_service
from planforms.writers import FILLABLE
from planforms.writing import to_bytes
from tests.filling import a_few_forms, places_to_fill, rows_named
from tests.readback.filling import fill
from tests.reports import EXAMPLES, LANGUAGES, SERVICES

SECRET = "Hemmelig"
WRITTEN = {
    FieldType.LINE: "Ánde Ødegård",
    FieldType.TEXT: "Første linje.\n\nAndre linje.",
    FieldType.NUMBER: "3",
    FieldType.TIME: "13.30",
    FieldType.MONEY: "1 250",
    FieldType.DATE: "1/6 2026",
}
IDENTIFIED = {"case.number": "2026/14", "case.participant.birth_date": "3. 2. 1999"}


def page(kind: str, service: str = "molde", **values: Written) -> dict[str, Any]:
    """What the page of a form saves; ``__`` in a name is a point."""
    identity = identity_of(pf.blank(kind, service=service))
    return {"planforms": str(identity), "values": values}


def named(kind: str, values: Mapping[str, Written]) -> dict[str, Any]:
    return {**page(kind), "values": dict(values)}


def plan(**values: Written) -> dict[str, Any]:
    who = {"case.number": "2026/14", "case.participant.name": "Ánde"}
    return named("action_plan", {**who, **values})


def codes(reading: pf.Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


# --- the circle -----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "service"), list(product(KINDS, SERVICES)))
def test_every_value_of_a_filled_form_is_read(kind: str, service: str) -> None:
    number = sorted(KINDS).index(kind) + list(SERVICES).index(service)
    languages = {load_service(service).language, LANGUAGES[number % len(LANGUAGES)]}
    for language in languages:
        document = pf.blank(kind, service=service, language=language)
        identity = identity_of(document)
        words = load_words(language)
        filled = fill(document, words, Random(f"{kind} {service} {language}"))
        assert len(filled.meant) > 4
        returned = Returned(identity, filled.written)
        reading = interpret(returned, known_form(identity))
        assert {p: value_at(reading.values, p) for p in filled.meant} == filled.meant
        copies = [name for _, name in values_at(reading.values, "copies[].recipient")]
        assert copies == filled.holders or "copies[0].recipient" in filled.meant
        assert not reading.unread
        for path, place in document.places.items():
            if place.fixed:
                raw = list(place.raw) if isinstance(place.raw, tuple) else place.raw
                assert value_at(reading.values, path) == raw, path


FORMS = [
    (kind, service, variant)
    for kind, service in product(KINDS, SERVICES)
    for variant in ("", *load_service(service).document(kind).variants)
]


@pytest.mark.parametrize(("kind", "service", "variant"), FORMS)
def test_every_kind_becomes_a_document_from_its_own_filled_form(
    kind: str, service: str, variant: str
) -> None:
    known = {"variant": variant} if variant else {}
    document = pf.blank(kind, service=service, data=known)
    values: dict[str, Any] = {}
    for path, place in places_to_fill(document).items():
        values[path] = [place.options[0][0]] if place.options else WRITTEN[place.type]
    values |= {path: [option] for path, option in rows_named(document).items()}
    fixed = {**IDENTIFIED, "meeting.ends": "14.30"}
    values |= {path: value for path, value in fixed.items() if path in values}
    reading = pf.read({"planforms": str(identity_of(document)), "values": values})
    assert isinstance(reading.data, KINDS[kind].model), reading.problems
    assert reading.data.variant == (variant or None)
    assert reading.is_clear


def sent(document: pf.Document) -> dict[str, Written]:
    """What comes back of a form that somebody sends as it is: what stood in its fields."""
    words = load_words(document.language)
    stands = {
        path: place.raw if isinstance(place.raw, tuple) else words_of(place.raw, words)
        for path, place in places_to_fill(document).items()
        if place.raw is not None
    }
    named = rows_named(document)
    return {path: (named[path],) if path in named else value for path, value in stands.items()}


def words_of(raw: object, words: Any) -> str:
    return words.term("flag", "yes" if raw else "no") if isinstance(raw, bool) else str(raw)


def leaves(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    match part:
        case dict():
            for name, one in part.items():
                yield from leaves(one, f"{path}.{name}")
        case list():
            for one in part:
                yield from leaves(one, f"{path}[]")
        case _:
            yield path.lstrip("."), part


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_form_with_what_is_known_comes_back_as_it_was_sent(path: Path) -> None:
    data = pf.load(path)
    document = pf.blank(data.kind, service=data.service_key, language=data.language, data=data)
    reading = pf.read({"planforms": str(identity_of(document)), "values": sent(document)})
    assert not reading.unread
    assert "form.edition" not in codes(reading)
    whole = json.loads(data.model_dump_json(by_alias=True))
    known = {(place, str(value)) for place, value in leaves(whole)}
    names = (name for _, name in values_at(data, "case.team[].name"))
    known |= {("copies[].recipient", name) for name in names}  # the box beside whoever has a copy
    asked = pf.blank(data.kind, service=data.service_key, language=data.language)
    said = {str(one) for place in asked.places.values() for one in _items(place.raw)}
    for place, value in leaves(reading.values):
        same = {(place, str(value)), (place, f"{value}.0"), (place, f"{value}0")}
        assert same & known or str(value) in said, place


def _items(raw: object) -> tuple[object, ...]:
    return raw if isinstance(raw, tuple) else (raw,)


@pytest.mark.parametrize("area", ["nav", "school"])
def test_a_row_that_was_known_is_not_mixed_with_one_that_the_form_says(area: str) -> None:
    document = pf.blank("consent", service="molde", data={"lines": [{"area": area}]})
    [place] = [path for path in document.places if path.endswith(".answer.decision")]
    values = {**sent(document), place: ("refused",)}
    reading = pf.read({"planforms": str(identity_of(document)), "values": values})
    [line] = reading.values["lines"]
    assert (line["area"], line["answer"]) == (area, {"decision": "refused"})
    said = load_service("molde").consent.receivers
    assert line["use"] == said[area].use


def test_a_copy_that_is_ticked_beside_a_member_is_theirs() -> None:
    team: dict[str, Written] = {"case.team[1].name": "Ánde", "case.team[2].role": ("mentor",)}
    boxes = rows_named(pf.blank("action_plan", service="molde"))
    reading = pf.read(plan(**team, **{path: (option,) for path, option in boxes.items()}))
    assert reading.values["copies"] == [
        {"recipient": "kontaktperson", "role": "contact_person"},
        {"recipient": "Ánde"},
        {"recipient": "mentor", "role": "mentor"},
    ]
    assert reading.is_clear
    document = pf.blank("action_plan", service="molde", data=reading.values)
    ticked = [box for box in document.boxes() if row_of_option(box.option) and box.checked]
    assert len(ticked) == 2, "who has no role cannot be told from others"


def test_a_copy_that_is_ticked_beside_nobody_is_a_doubt() -> None:
    [path, *_] = paths = [*rows_named(pf.blank("action_plan", service="molde"))][1:]
    for option in ("case~team~1", "case~team~99", "goals~0", "a~~b"):
        reading = pf.read(plan(**{path: (option,)}))
        [problem] = [one for one in reading.problems if one.severity is Severity.ERROR]
        assert (problem.code, problem.place) == ("form.tick", path)
        assert reading.unread == {path: (option,)}
    assert paths


# --- what is open ---------------------------------------------------------------------------


def test_a_form_that_is_partly_filled_is_normal() -> None:
    reading = pf.read(named("action_plan", {"case.participant.name": "Ánde"}))
    assert reading.data is None
    assert reading.is_clear
    assert {p.severity for p in reading.problems} == {Severity.WARNING}
    assert reading.values["case"] == {"service": "molde", "participant": {"name": "Ánde"}}
    again = pf.blank("action_plan", service="molde", data=reading.values)
    assert again.places["case.participant.name"].raw == "Ánde"


def test_rows_in_which_nothing_is_written_are_left_out() -> None:
    reading = pf.read(plan(**{"goals[0].text": "Jobb", "goals[2].text": "Bil"}))
    assert reading.values["goals"] == [{"text": "Jobb"}, {"text": "Bil"}]
    assert "signatures" not in reading.values


def test_who_signs_by_the_form_is_added_to_what_was_written() -> None:
    reading = pf.read(plan(**{"signatures[0].signed_on": "1/6 2026"}))
    assert reading.values["signatures"] == [{"role": "participant", "signed_on": "2026-06-01"}]
    assert codes(reading) == ["form.signature"]


def test_what_a_consent_asked_is_kept_where_nothing_was_answered() -> None:
    values = {"lines[0].answer.decision": ("refused",)}
    reading = pf.read(named("consent", values))
    asked = load_service("molde").consent.receivers
    assert [line["area"] for line in reading.values["lines"]] == list(asked)
    assert [line["area"] for line in reading.values["lines"] if "answer" in line] == ["nav"]


# --- what cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "written", "code"),
    [
        ("issued_on", "1/6", "form.year_missing"),
        ("issued_on", "010626", "form.date_order"),
        ("issued_on", f"snart {SECRET}", "form.date"),
        ("case.participant.birth_date", "1.6.99", "form.year_short"),
        ("issued_on", "søndag 1.6.2026", "form.weekday"),
        ("case.team[1].role", SECRET, "form.choice"),
        ("case.team[1].role", ("coach", "mentor"), "form.two_ticks"),
        ("goals[0].text", ("x",), "form.tick"),
        ("case.participant.name", "x" * 300, "data.string_too_long"),
        ("goals[0].text", "\u202e" + SECRET, "data.direction_override"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(path: str, written: Written, code: str) -> None:
    reading = pf.read(plan(**{path: written}))
    [problem] = [one for one in reading.problems if one.severity is Severity.ERROR]
    assert (problem.code, problem.place) == (code, path)
    assert reading.data is None
    assert SECRET not in str(reading.problems) + repr(reading)
    if code.startswith("form."):
        assert reading.unread == {path: written}


NOT_ASKED = (
    *("status", "schema", "kind", "case.service", "language", "variant", "", SECRET, "a.b[0"),
    *("goals", "goals[].text", "goals[0]", "goals[999].text"),
    "case.participant.protected_identity",
)


@pytest.mark.parametrize("path", NOT_ASKED)
def test_what_nobody_is_asked_for_is_left_out(path: str) -> None:
    reading = pf.read(plan(**{path: "final"}))
    assert codes(reading) == ["form.unknown_field"]
    assert reading.data is not None
    assert reading.unread == {path: "final"}
    assert SECRET not in str(reading.problems)


def test_a_choice_is_read_by_its_key_or_its_name() -> None:
    for written in ("contact_person", ("contact_person",), "Kontaktperson", " KONTAKTPERSON "):
        reading = pf.read(plan(**{"case.team[2].role": written}))
        assert reading.values["case"]["team"] == [{"role": "contact_person"}]


def test_a_line_that_came_back_broken_is_one_line() -> None:
    reading = pf.read(plan(**{"case.participant.name": "Ánde\r\n Ødegård\t"}))
    assert reading.values["case"]["participant"]["name"] == "Ánde Ødegård"


# --- which form it is -----------------------------------------------------------------------


def test_a_form_that_is_not_the_one_of_today_is_a_warning() -> None:
    saved = plan()
    identity = identity_of(pf.blank("action_plan", service="molde"))
    other = replace(identity, fingerprint="0" * 6 + identity.said)
    reading = pf.read({**saved, "planforms": str(other)})
    assert codes(reading) == ["form.edition"]
    assert reading.data is not None


def test_what_a_form_of_today_says_is_not_added_to_one_that_said_otherwise() -> None:
    values: dict[str, Written] = {"lines[0].answer.decision": ("refused",), **IDENTIFIED}
    identity = identity_of(pf.blank("consent", service="molde"))
    saved = named("consent", values)

    other_rows = replace(identity, fingerprint=identity.fields + "0" * 6)
    reading = pf.read({**saved, "planforms": str(other_rows)})
    assert reading.data is None
    assert reading.values["lines"] == [{"answer": {"decision": "refused"}}]
    assert codes(reading)[0] == "form.edition"
    assert "lines[0].area" in {problem.place for problem in reading.problems}

    other_words = replace(identity, fingerprint="0" * 6 + identity.said)
    reading = pf.read({**saved, "planforms": str(other_words)})
    assert reading.values["lines"][0] == {"area": "nav", "answer": {"decision": "refused"}}
    assert "purpose" not in reading.values
    assert codes(reading)[0] == "form.edition"


def test_print_that_was_changed_is_a_warning() -> None:
    identity = identity_of(pf.blank("action_plan", service="molde"))
    returned = Returned(identity, plan()["values"], changed=True)
    reading = interpret(returned, known_form(identity))
    assert codes(reading) == ["form.changed"]
    assert reading.data is not None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": 99}, "form.version"),
        ({"version": 2}, "form.version"),
        ({"kind": "nothing"}, "kind.unknown"),
        ({"service": "nowhere"}, "service.unknown"),
        ({"language": "xx"}, "language.unknown"),
    ],
)
def test_a_form_that_nobody_knows_is_refused(changes: dict[str, Any], code: str) -> None:
    identity = replace(identity_of(pf.blank("action_plan", service="molde")), **changes)
    with pytest.raises(pf.DataError) as caught:
        pf.read({**plan(), "planforms": str(identity)})
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_form_of_an_older_version_becomes_data_of_today() -> None:
    saved = named("complaint", {**IDENTIFIED, "matter": ("decision",), "wish": "Omgjøring"})
    identity = replace(identity_of(pf.blank("complaint", service="molde")), schema=1)
    saved["values"]["case.participant.name"] = "Ánde"
    reading = pf.read({**saved, "planforms": str(identity)})
    assert reading.values["schema"] == 2


# --- sources --------------------------------------------------------------------------------


def test_a_form_is_read_from_bytes_text_a_file_or_a_stream(tmp_path: Path) -> None:
    saved = plan()
    content = json.dumps(saved).encode()
    path = tmp_path / "back.json"
    path.write_bytes(content)
    readings = [
        pf.read(one) for one in (saved, content, bytearray(content), content.decode(), path)
    ]
    readings.append(pf.read(io.BytesIO(content)))
    assert all(reading == readings[0] for reading in readings)
    assert readings[0].data is not None


@pytest.mark.parametrize("source", [None, 3, ["x"], io.StringIO("{}")])
def test_what_is_no_source_is_a_wrong_call(source: Any) -> None:
    with pytest.raises(pf.UsageError):
        pf.read(source)


def test_data_that_no_page_saves_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["values"] = endless
    others: list[dict[str, Any]] = [{"values": {("a", 1): 2}}, {}, {"planforms": None}]
    for wrong in (endless, *others):
        with pytest.raises(pf.DataError):
            pf.read(wrong)


def test_a_file_that_is_refused_is_named(tmp_path: Path) -> None:
    path = tmp_path / "back.json"
    path.write_text("{}")
    with pytest.raises(pf.DataError) as caught:
        pf.read(path)
    assert [(p.code, p.place) for p in caught.value.problems] == [("form.foreign", "back.json")]


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    for wrong in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(pf.UsageError):
            pf.read(wrong)


# --- formats --------------------------------------------------------------------------------

BY_LENGTH = sorted(EXAMPLES, key=lambda path: path.stat().st_size)
FULLEST = {json.loads(path.read_text(encoding="utf-8"))["kind"]: path for path in BY_LENGTH}
"""The longest example of each kind."""


FILES = [
    (kind, format)
    for kind, format in product(FULLEST, sorted(READERS.keys() & FILLABLE))
    if format != "pdf" or kind in {case.kind for case in a_few_forms()}
]
"""Each kind in the formats that are made fast. PDF forms of all kinds come back in ``test_pdf``."""


LARGE = sorted((case.kind, format) for case in a_few_forms() for format in ("docx", "pdf"))


@pytest.mark.parametrize(("kind", "format"), dict.fromkeys(LARGE))
def test_a_form_in_large_print_gives_the_same_data(kind: str, format: str) -> None:
    """Its tables may have become blocks: what is filled in has the same names in the file."""
    data = pf.load(FULLEST[kind])
    document = pf.blank(data.kind, service=data.service_key, language=data.language, data=data)
    saved = {"planforms": str(identity_of(document)), "values": sent(document)}
    large = to_bytes(pf.large_print(document), format, fillable=True)
    assert pf.read(large) == pf.read(json.dumps(saved))


@pytest.mark.parametrize(("kind", "format"), FILES)
def test_a_file_gives_the_data_that_was_sent_in_it(kind: str, format: str) -> None:
    data = pf.load(FULLEST[kind])
    document = pf.blank(data.kind, service=data.service_key, language=data.language, data=data)
    saved = {"planforms": str(identity_of(document)), "values": sent(document)}
    wanted = pf.read(json.dumps(saved))
    reading = pf.read(to_bytes(document, format, fillable=True))
    assert dict(leaves(reading.values)) == dict(leaves(wanted.values))
    assert reading == wanted
