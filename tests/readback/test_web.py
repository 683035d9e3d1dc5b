"""What the fillable page saves is read strictly, and nothing else is taken for it."""

from __future__ import annotations

import json
import random

import pytest

import planforms as pf
from planforms.errors import DataError
from planforms.forms.identity import VERSION, identity_of
from planforms.readback.limits import MAX_FIELDS, MAX_FILE_BYTES, MAX_VALUE_LETTERS
from planforms.readback.web import read_web

IDENTITY = identity_of(pf.blank("consent", service="molde"))
VALUES = {"case.participant.name": "Kåre Øygård Ąžuolas Жуков", "copies": ["nav", "school"]}


def saved(**changes: object) -> bytes:
    document = {"planforms": str(IDENTITY), "values": VALUES, **changes}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def code_of(content: bytes) -> str:
    with pytest.raises(DataError) as caught:
        read_web(content)
    (problem,) = caught.value.problems
    assert problem.place == "json"
    assert "Kåre" not in str(problem)
    return problem.code


def test_values_come_back_as_they_were_written() -> None:
    returned = read_web(saved())
    assert returned.identity == IDENTITY
    assert returned.values == {**VALUES, "copies": ("nav", "school")}
    assert not returned.changed


def test_a_mark_of_the_encoding_before_it_and_empty_fields_do_no_harm() -> None:
    content = b"\xef\xbb\xbf" + saved(values={"a": "", "b": [], "c": " \n"})
    assert read_web(content).values == {"c": " \n"}


NEWER = str(IDENTITY).replace(f"planforms {VERSION} ", f"planforms {VERSION + 1} ", 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "form.damaged"),
        (saved()[:-20], "form.damaged"),
        (b"\xff\xfe" + saved(), "form.damaged"),
        (b"[" * 200_000, "form.damaged"),
        (b'{"planforms": "a", "planforms": "b"}', "form.damaged"),
        (saved().replace(b'"copies"', b'"case.participant.name"'), "form.damaged"),
        (b'{"planforms": NaN}', "form.damaged"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "form.damaged"),
        (b"[]", "form.foreign"),
        (b'{"a": 1}', "form.foreign"),
        (saved(planforms=1), "form.foreign"),
        (saved(planforms="planforms 1 x"), "form.foreign"),
        (saved(planforms=NEWER), "form.version"),
        (saved(more=1), "form.fields"),
        (saved(values=[]), "form.fields"),
        (saved(values={"a": 1}), "form.fields"),
        (saved(values={"a": ["x", 1]}), "form.fields"),
        (saved(values={"a": {"b": "c"}}), "form.fields"),
        (saved(values={"a": "x" * (MAX_VALUE_LETTERS + 1)}), "form.fields"),
        (saved(values={"a" * 1_000: "x"}), "form.fields"),
        (saved(values={str(n): "x" for n in range(MAX_FIELDS + 1)}), "form.fields"),
        (b" " * (MAX_FILE_BYTES + 1), "form.too_large"),
    ],
)
def test_anything_else_is_refused_with_a_code(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_damaged_files_raise_nothing_foreign() -> None:
    chance = random.Random(12)
    good = saved()
    for _ in range(300):
        content = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(content))
            match chance.randrange(3):
                case 0:
                    content[place] = chance.randrange(256)
                case 1:
                    del content[place : place + chance.randint(1, 30)]
                case _:
                    content[place:place] = good[: chance.randint(0, 200)]
        try:
            read_web(bytes(content))
        except DataError as error:
            assert len(error.problems) == 1
