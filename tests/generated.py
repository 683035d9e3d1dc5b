"""Generated case data: every field of the models, with words that try to be more than words."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from planforms.models.final_report import FinalReport
from planforms.models.shapes import Form, Shape, shapes_of

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
    exclude_categories=("Cc", "Cs", "Co", "Cn"),
    # U+200B lets a line end inside a word, which reads like two words in a PDF
    exclude_characters="\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029",
)
_WORDS = st.lists(
    st.sampled_from(HOSTILE) | st.text(_LETTERS, min_size=1, max_size=30), min_size=1, max_size=4
).map(" ".join)
TEXTS = _WORDS.map(str.strip).filter(bool)
LINES = TEXTS.map(lambda text: " ".join(text.split())[:200].strip()).filter(bool)

_FORMS: dict[Form, st.SearchStrategy[Any]] = {
    Form.LINE: LINES,
    Form.TEXT: TEXTS,
    Form.FLAG: st.just(False),
}
_FIXED: dict[str, st.SearchStrategy[Any]] = {
    "DocumentData.schema": st.just(1),
    "DocumentData.kind": st.just("final_report"),
    "DocumentData.language": st.sampled_from(["no", "sv", "da"]),
    "DocumentData.status": st.just("draft"),
    "Case.number": st.from_regex(r"[A-Z0-9][A-Z0-9/.-]{0,20}", fullmatch=True),
    "Case.service": st.just("hjortmossen"),
    "Organisation.secrecy_area": st.just("area"),
    "Closure.category": st.just("work"),
    "Measure.key": st.just("aktiv"),
    "InstrumentUse.instrument": st.sampled_from(["awp", "wri"]),
}
_OPTIONAL = 4
"""One optional value in so many is left out."""


def data_of(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Valid data of a model; all dates are one day, so that none contradicts another."""
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, shape in shapes_of(model).items():
        strategy = _strategy(shape)
        needed = model.model_fields.get(name)
        (required if needed is None or needed.is_required() else optional)[name] = strategy
    present = {
        name: st.integers(1, _OPTIONAL).flatmap(
            lambda chance, strategy=strategy: strategy if chance > 1 else st.none()  # type: ignore[misc]
        )
        for name, strategy in optional.items()
    }
    return st.fixed_dictionaries({**required, **present}).map(_without_none)


def _without_none(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}


def _strategy(shape: Shape) -> st.SearchStrategy[Any]:
    if shape.label_key in _FIXED:
        return _FIXED[shape.label_key]
    if shape.item is not None:
        return st.lists(_strategy(shape.item), max_size=3)
    if shape.model is not None:
        return data_of(shape.model)
    if shape.members:
        return st.sampled_from(shape.members)
    if shape.form is Form.DATE:
        return st.just(date(2026, 10, 30).isoformat())
    if shape.form is Form.NUMBER:
        return st.integers(0, 100)
    return _FORMS[shape.form]


REPORTS = data_of(FinalReport)
