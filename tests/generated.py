"""Generated case data: every field of every kind, with words that try to be more than words."""

from __future__ import annotations

from datetime import date
from typing import Any

from annotated_types import MaxLen
from hypothesis import strategies as st
from pydantic import BaseModel

from planforms.models.fields import OneEach
from planforms.models.letters import clean
from planforms.models.migration import CURRENT
from planforms.models.paths import split
from planforms.models.shapes import Form, Shape, shapes_along, shapes_of
from planforms.models.values import put
from planforms.models.walking import walk_shapes
from planforms.registry import KINDS
from planforms.setting import read_setting

HOSTILE = (
    "<script>alert(1)</script>",
    "</p></body><h1>",
    "<!-- x -->",
    "<field n='0'></field>",
    "&amp; &lt; & <avd> ]]>",
    "{{ case.number }}",
    "{% for x in y %}",
    "{# x #}",
    "${7*7} #{7} %s %(x)s",
    "\"quotes\" 'and' `ticks`",
    "\\n \\a \\f \\u0000",
    "a\u200eb\u200fc",
    "soft\u00adhyphen",
    "zero\u200bwidth",
    "combining a\u030a",
    "Ǩiõll sääʹmǩiõll",
    "\u2714\ufe0f \u2764\ufe0f \u2611\ufe0f 1\ufe0f\u20e3",
    "new \U0001fa77 \U0001fae9 \u0378",
    "no\u00a0break\u202fspace",
    "Žižka Łódź Čáhci Олена",
    "٣ עברית",
    "👍🏽 👩‍🚒",
    "x" * 199,
    "file:///etc/passwd http://example.org",
    "PAGE \\* MERGEFORMAT",
    "- a list\n- of lines",
    "one\n\ntwo\n\n\n\nthree",
)

_LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Co"),
    # U+200B lets a line end inside a word, which reads like two words in a PDF
    exclude_characters="\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    + "".join(map(chr, (*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)))
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)),
)
_WORDS = st.lists(
    st.sampled_from(HOSTILE) | st.text(_LETTERS, min_size=1, max_size=30), min_size=1, max_size=4
).map(" ".join)
TEXTS = _WORDS.map(str.strip).filter(clean)
LINES = TEXTS.map(lambda text: " ".join(text.split())[:200].strip()).filter(clean)

_FORMS: dict[Form, st.SearchStrategy[Any]] = {
    Form.LINE: LINES,
    Form.TEXT: TEXTS,
    Form.FLAG: st.just(False),
    Form.DATE: st.just(date(2026, 10, 30).isoformat()),
    Form.TIME: st.just("09:00"),
    Form.NUMBER: st.integers(0, 100),
    Form.MONEY: st.integers(0, 100_000),
}
BIRTH_DATE = "1979-05-17"
"""Before every other day, which are all the same one."""
_SERVICE = "team_work"
"""The service of all generated cases; it has keys for every vocabulary but ``instrument``."""
_FIXED: dict[str, st.SearchStrategy[Any]] = {
    "DocumentData.schema": st.just(CURRENT),
    "DocumentData.language": st.sampled_from(["no", "nn", "sv", "da"]),
    "DocumentData.status": st.just("draft"),
    "Case.number": st.from_regex(r"[A-Z0-9][A-Z0-9/.-]{0,20}[0-9]", fullmatch=True),
    "Case.service": st.just(_SERVICE),
    "UnitDocument.service": st.just(_SERVICE),
    "Participant.birth_date": st.just(BIRTH_DATE),
    "Attendance.planned_days": st.just(100),
    "Meeting.ends": st.just("10:00"),
    "AttendedDay.attended": st.integers(0, 24),
    "AttendedDay.planned": st.integers(0, 24),
}
_LEFT_OUT = frozenset(
    {
        "AttendanceSheet.attended_hours",
        "AttendanceSheet.planned_hours",
        "Closure.expected_until",
        "Closure.form",
        "Closure.last_application_on",
        "Checklist.ticks",
        "ConsentLine.answer",
        "DocumentData.variant",
        "Documentation.answer",
        "FreePlaces.total",
        "InstrumentUse.areas",
        "InstrumentUse.demands_by",
        "FinalReport.instruments",
        "PlacementPlan.known",
        "Statistics.audience",
        "UnitReport.sections",
        "Withdrawal.areas",
    }
)
"""What has to fit other values; the examples hold it."""
_OPTIONAL = 4
"""One optional value in so many is left out."""


def data_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Valid data of a kind; all dates are one day, so that none contradicts another."""
    form = {"kind": kind, "schema": CURRENT}
    part = _part(KINDS[kind].model, _WITHOUT.get(kind, ()))
    return part.map(lambda data: {**data, **form})


_WITHOUT = {
    "attendance_sheet": ("days",),
    "closure_notice": ("reason", "tried", "heard_on", "view", "decided_by", "contact"),
    "questionnaire": ("answers", "course", "earlier"),
    "statistics": ("goals", "closed", "complaints"),
    "survey": ("writer", "recipient"),
}
"""What has to fit other values of one kind."""


def _part(
    model: type[BaseModel], without: tuple[str, ...] = ()
) -> st.SearchStrategy[dict[str, Any]]:
    fields = {}
    for name, shape in shapes_of(model).items():
        required = name in model.model_fields and model.model_fields[name].is_required()
        if shape.label_key not in _LEFT_OUT and name not in without:
            strategy = _strategy(shape)
            fields[name] = strategy if required else _sometimes(strategy)
    return st.fixed_dictionaries(fields).map(_without_none)


def _sometimes(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(1, _OPTIONAL).flatmap(lambda chance: strategy if chance > 1 else st.none())


def _without_none(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}


def _strategy(shape: Shape) -> st.SearchStrategy[Any]:
    if shape.label_key in _FIXED:
        return _FIXED[shape.label_key]
    if shape.item is not None:
        return _list(shape, shape.item)
    if shape.model is not None:
        return _part(shape.model)
    keys = shape.members or open_keys(shape)
    if keys:
        return st.sampled_from(keys)
    return st.none() if shape.form is Form.CHOICE else _FORMS[shape.form]


def open_keys(shape: Shape) -> tuple[str, ...]:
    """The keys that the profiles have for a choice that the models leave open."""
    return read_setting(_SERVICE).keys(shape.vocabulary)


def _list(shape: Shape, item: Shape) -> st.SearchStrategy[list[Any]]:
    each, bound = shape.mark(OneEach), shape.mark(MaxLen)
    most = min(3, bound.max_length) if bound else 3
    if each:
        return st.lists(_strategy(item), max_size=most, unique_by=lambda part: part[each.field])
    return st.lists(_strategy(item), max_size=most)


def longest(kind: str) -> dict[str, Any]:
    """A draft of a kind in which every value is as long as it may be, and every list has one."""
    model = KINDS[kind].model
    data = {"kind": kind, "language": "no", "status": "draft"}
    for path, shape in walk_shapes(model):
        if split(path)[0] in _WITHOUT.get(kind, ()):
            continue
        if path not in data and _can_be_filled(model, path):
            data = put(model, data, path.replace("[]", "[0]"), _longest(shape))
    return data


def _can_be_filled(model: type[BaseModel], path: str) -> bool:
    """Whether a single value stands at a path, and there is one that it can have."""
    *around, shape = shapes_along(model, path)
    if shape.model or shape.item or any(one.label_key in _LEFT_OUT for one in (*around, shape)):
        return False
    return shape.form is not Form.CHOICE or bool(shape.members or open_keys(shape))


def _longest(shape: Shape) -> Any:
    fixed = {"DocumentData.schema": CURRENT, "Case.number": "X" * 40, "Case.service": _SERVICE}
    fixed |= {"UnitDocument.service": _SERVICE}
    fixed |= {"Participant.birth_date": BIRTH_DATE, "Meeting.ends": "10:00"}
    if shape.label_key in fixed:
        return fixed[shape.label_key]
    keys = shape.members or open_keys(shape)
    return max(keys, key=len) if keys else _LONGEST[shape.form]


_LONGEST: dict[Form, Any] = {
    Form.LINE: "y" * 200,
    Form.TEXT: "Å " * 150 + "x" * 300,
    Form.FLAG: False,
    Form.DATE: "2026-10-30",
    Form.TIME: "09:00",
    Form.NUMBER: 100,
    Form.MONEY: 1_000_000.25,
}
"""Texts are not of 20,000 letters: of those a document may not hold as many as a kind has."""
