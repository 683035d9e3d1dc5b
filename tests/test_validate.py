"""All that a document lacks before it can be final, told in one round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.models.paths import list_around
from planforms.models.values import put, value_at
from tests.reports import EXAMPLES, example_data, report_data

FINAL = [path for path in EXAMPLES if example_data(path)["status"] == "final"]
IDENTITY = ("schema", "kind", "variant", "language", "case", "service")


def reduced(data: dict[str, Any]) -> dict[str, Any]:
    """A draft with nothing but the case or the service."""
    return {name: data[name] for name in IDENTITY if name in data}


@pytest.mark.parametrize("path", FINAL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_issued_document_lacks_nothing(path: Path) -> None:
    assert pf.validate(pf.load(path)) == ()
    assert pf.validate(pf.load({**example_data(path), "status": "draft"})) == ()


@pytest.mark.parametrize("path", FINAL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_it_tells_is_what_keeps_the_final_document_from_being_made(path: Path) -> None:
    draft = pf.load(reduced(example_data(path)))
    problems = pf.validate(draft)
    assert problems
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.revise(draft, status="final"))
    assert caught.value.problems == problems


def test_whoever_fills_in_what_was_told_is_done() -> None:
    whole = report_data()
    data = {**reduced(whole), "recipient": whole["recipient"]}
    for problem in pf.validate(pf.load(data)):
        place = list_around(problem.place).removesuffix("[]") or problem.place
        value = value_at(whole, place)
        data = put(pf.FinalReport, data, place, value)
    assert pf.validate(pf.load(data)) == ()


def test_rules_and_missing_values_are_told_together() -> None:
    changed = report_data({"issued_on": None, "case.closure.category": "no_such_category"})
    codes = {problem.code for problem in pf.validate(pf.load({**changed, "status": "draft"}))}
    assert {"data.needed", "data.key"} <= codes


def test_a_model_that_nobody_looked_at_is_looked_at() -> None:
    report = pf.load(report_data(), pf.FinalReport)
    with pytest.raises(pf.DataError, match="conclusion"):
        pf.validate(report.model_copy(update={"conclusion": ""}))


def test_words_and_services_of_ones_own_are_heeded(tmp_path: Path) -> None:
    with pytest.raises(pf.DataError, match=r"case\.service"):
        pf.validate(pf.load(report_data({"case.service": "elsewhere"})))
    with pytest.raises(pf.UsageError, match="no such folder"):
        pf.validate(pf.load(report_data()), services=tmp_path / "nowhere")
