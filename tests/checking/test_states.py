"""The third check: templates are made in every state, with data that takes every branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pydantic import BaseModel

import planforms as pf
from planforms.checking.demands import EMPTY, FILLED, Demand, Want, add_demand, combine
from planforms.checking.findings import Finding
from planforms.checking.samples import Sample
from planforms.checking.sources import Sources, read_source, read_sources
from planforms.checking.states import check_states
from planforms.models.final_report import FinalReport
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.registry import KINDS
from tests.reports import EXAMPLES, report_data

HEAD = "<h1>{{ title }}</h1>\n"


def found(template: str, parts: str = "", **more: Any) -> list[Finding]:
    """What is found in one template; the words are those of the built-in language."""
    with TemporaryDirectory() as mine:
        folder = Path(mine) / "no"
        folder.mkdir()
        texts = {"final_report.html": HEAD + template, "_parts.html": parts}
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        files = {("no", name): read_source("no", folder / name) for name in texts}
        return list(check_states(Sources((Path(mine),), files, **more)))


def told(template: str, parts: str = "") -> list[tuple[str, int, str]]:
    """Code, line and marked letters of each finding."""
    return [(one.code, one.line, one.text) for one in found(template, parts)]


@pytest.mark.parametrize(
    ("template", "code", "line", "text"),
    [
        ("<h3>a</h3>", "template.outline", 2, "<h3>"),
        ("<p>a</p>\n<h1>b</h1>", "template.outline", 3, "<h1>"),
        ("<h2>{{ facts.ground.words }}</h2>", "template.absent", 2, "facts"),
        ("<h2>{{ obstacles }}</h2>", "template.empty", 2, "<h2>"),
        ("<dl><dt>a</dt></dl>", "template.pairs", 2, "<dl>"),
        ('<header><img src="logo"></header>', "template.image", 2, "<img"),
        ("<table><tbody></tbody></table>", "template.table", 2, "<table>"),
        (
            "{% if state == 'final' and signatures %}\n{% for s in signatures %}\n"
            "{% if s.state == 'refused' and s.note %}<h3>a</h3>{% endif %}{% endfor %}{% endif %}",
            "template.outline",
            4,
            "<h3>",
        ),
    ],
)
def test_what_shows_only_when_filled_is_told_at_its_letters(
    template: str, code: str, line: int, text: str
) -> None:
    [(found_code, found_line, found_text)] = told(template)
    assert (found_code, found_line) == (code, line)
    assert found_text.startswith(text)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if case.number %}<p>a</p>{% endif %}", "always holds"),
        (
            "{% if state == 'blank' and state == 'final' %}<p>a</p>{% endif %}",
            "never holds",
        ),
        ("{% if methods and not methods %}<p>a</p>{% endif %}", "never holds"),
        (
            "{% if methods != none %}{% for a in activities %}"
            "{% if methods == none %}<p>a</p>{% endif %}"
            "{% endfor %}{% endif %}",
            "never holds",
        ),
        ("<p>{{ title if title else case.number }}</p>", "always holds"),
    ],
)
def test_a_condition_that_has_one_answer_only_is_warned_about(template: str, message: str) -> None:
    [finding] = found(template)
    assert (finding.code, finding.is_error) == ("check.never", False)
    assert message in finding.message


@pytest.mark.parametrize(
    "template",
    [
        "{% if methods %}<p>a</p>{% elif obstacles and not conclusion %}<p>b</p>{% endif %}",
        "{% for s in signatures %}{% if s.state == 'refused' and s.note and s.name == none %}"
        "<p>a</p>{% endif %}{% endfor %}",
        "{% if issued_on == measure.ended_on %}<p>a</p>{% endif %}",
        "{% if extent.planned == 1 %}<p>a</p>{% endif %}",
        "{% if next_step.direction != 'studies' and next_step.direction != none %}<p>a</p>"
        "{% endif %}",
        "{% if facts.ground and facts.send_by %}<p>{{ facts.ground.words }}</p>{% endif %}",
        "{% if service.rights.access and not service.organisation.web %}<p>a</p>{% endif %}",
        "{% if service.consequences %}<p>{{ service.consequences.source }}</p>{% endif %}",
        "{% if country.emergency.police == country.emergency.ambulance %}<p>a</p>{% endif %}",
        "{% for a in activities %}<p>{{ a.name }}{% if not loop.last %}, {% endif %}</p>"
        "{% endfor %}",
        "{% if case.participant.protected_identity %}<p>a</p>{% endif %}",
        "{% if case.participant.name == none %}<p>a</p>{% endif %}",
    ],
)
def test_every_branch_that_can_be_taken_is_taken(template: str) -> None:
    assert told(template) == []


def test_a_branch_of_a_macro_counts_for_all_documents_that_call_it() -> None:
    parts = "{% macro show(x) %}{% if x %}<p>{{ x }}</p>{% endif %}{% endmacro %}"
    template = '{% from "_parts.html" import show with context %}{{ show(case.number) }}'
    assert [one.code for one in found(template, parts)] == ["check.never"]
    assert found(f"{template}{{{{ show(methods) }}}}", parts) == []


def test_a_template_that_cannot_be_read_is_not_tried() -> None:
    assert told("{% if %}<h3>a</h3>") == []
    assert told("<h3>{{ nothing }}</h3>") == []


def test_ones_own_cases_are_tried_too() -> None:
    case = pf.load(report_data({"case.number": "2026/7"}))
    template = "{% if recipient.reference == case.number %}<h3>a</h3>{% endif %}"
    alike = pf.load(report_data({"case.number": "2026/7", "recipient.reference": "2026/7"}))
    never = "{% if case.number == '2026/7' and state == 'draft' %}<h3>a</h3>{% endif %}"
    assert [one.code for one in found(template, cases=(alike,))] == ["template.outline"]
    assert [one.code for one in found(never, cases=(case,))] == ["template.outline"]


def test_the_built_in_templates_are_made_in_every_state() -> None:
    assert [one for one in check_states(read_sources()) if one.is_error] == []


def test_the_examples_can_be_made() -> None:
    cases = tuple(pf.load(path) for path in EXAMPLES)
    sources = replace(read_sources(), cases=cases)
    assert [one for one in check_states(sources) if one.is_error] == []


# --- made-up data ---------------------------------------------------------------------------


def options(shape: Shape) -> tuple[str, ...]:
    return shape.members or ("first", "second")


def empty_fields(model: type[BaseModel], part: BaseModel, prefix: str = "") -> list[str]:
    """The paths of a part that hold nothing."""
    empty = []
    for name, shape in shapes_of(model).items():
        value = getattr(part, "schema_version" if name == "schema" else name)
        path = f"{prefix}{name}"
        if value is None or value == ():
            empty.append(path)
        elif isinstance(value, BaseModel):
            empty += empty_fields(type(value), value, f"{path}.")
        elif shape.form is Form.LIST and shape.item and shape.item.model:
            empty += [one for item in value for one in empty_fields(type(item), item, f"{path}.")]
    return empty


@pytest.mark.parametrize("kind", KINDS)
def test_full_data_leaves_nothing_empty(kind: str) -> None:
    model = KINDS[kind].model
    document = Sample(options).document(model)
    assert empty_fields(model, document) == []


def test_data_that_holds_only_what_is_needed_leaves_the_rest_empty() -> None:
    document = Sample(options, full=False).document(FinalReport)
    assert isinstance(document, FinalReport)
    assert document.conclusion
    assert document.methods is None
    assert document.activities == ()


def test_data_is_as_it_is_wanted() -> None:
    demand: Demand = {
        "methods": EMPTY,
        "signatures[].state": Want.one("refused"),
        "signatures[].name": EMPTY,
        "next_step.direction": Want(never=frozenset({None, "employment"})),
        "measure.started_on": replace(FILLED, shared="x"),
        "measure.ended_on": replace(FILLED, shared="x"),
    }
    document = Sample(options, [demand], items=1).document(FinalReport)
    assert isinstance(document, FinalReport)
    assert document.methods is None
    assert [(one.state.value, one.name) for one in document.signatures] == [("refused", None)]
    assert document.next_step
    assert isinstance(document.next_step.direction, Enum)
    assert document.next_step.direction.value != "employment"
    assert document.measure
    assert isinstance(document.measure.started_on, date)
    assert document.measure.started_on == document.measure.ended_on


def test_each_item_of_a_list_can_be_wanted_otherwise() -> None:
    demands: list[Demand] = [{"signatures[].state": Want.one("signed")}]
    for state in ("refused", "to_sign", "signed"):
        demands = add_demand(demands, {"signatures[].state": Want.one(state)}) or []
    demands = add_demand(demands, {"methods": EMPTY}) or []
    document = Sample(options, demands).document(FinalReport)
    assert isinstance(document, FinalReport)
    assert document.methods is None
    assert [one.state.value for one in document.signatures] == ["signed", "refused", "to_sign"]
    assert add_demand(demands, {"signatures": EMPTY}) is None


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (FILLED, Want.one("a"), Want(frozenset("a"), frozenset([None]))),
        (FILLED, EMPTY, None),
        (Want.one("a"), EMPTY, None),
        (Want.one("a"), Want.one("b"), None),
        (Want.one("a"), Want.not_one("a"), None),
        (Want.not_one("a"), Want.not_one("b"), Want(never=frozenset("ab"))),
    ],
)
def test_two_wants_meet_or_contradict_each_other(one: Want, other: Want, both: Want | None) -> None:
    assert one.meet(other) == both
    assert other.meet(one) == both


def test_nothing_is_wanted_inside_of_what_must_be_empty() -> None:
    assert combine({"a": EMPTY}, {"a.b": FILLED}) is None
    assert combine({"a": EMPTY}, {"ab": FILLED}) is not None
    assert combine({"a": EMPTY}, {"a[].b": Want.one(1)}) is None


def test_paths_of_files_do_not_matter(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    folder.mkdir()
    (folder / "final_report.html").write_text(f"{HEAD}<h3>a</h3>", encoding="utf-8")
    [finding] = [one for one in check_states(read_sources([tmp_path])) if one.is_error]
    assert finding.file == str(folder / "final_report.html")
