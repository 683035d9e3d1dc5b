"""What a program writes in Python: mypy reads this file, and pydantic takes what it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_type

import pytest

import planforms as pf
from planforms.registry import BUILT_IN, KINDS


def case() -> pf.Case:
    participant = pf.Participant(name="Ada Eksempel", birth_date=date(1990, 2, 28))
    return pf.Case(number="2026/0042", service="molde", participant=participant)


def test_a_report_is_written_without_naming_its_kind() -> None:
    report = pf.FinalReport(
        language="no",
        case=case(),
        measure=pf.Measure(key="smia", ended_on=date(2026, 10, 30)),
        activities=(pf.Activity(name="Sveising"),),
        signatures=(pf.Signature(role=pf.Role.COACH, state=pf.SignatureState.TO_SIGN),),
    )
    assert report.kind == "final_report"
    assert_type(pf.load(report, pf.FinalReport), pf.FinalReport)
    assert pf.load(report) == report


def test_a_whole_number_is_a_number_of_hours() -> None:
    extent = pf.Extent(planned=20, at_start=Decimal("7.5"))
    step = pf.HoursFrom(starts_on=date(2026, 2, 2), hours=12)
    assert (extent.planned, extent.at_start, step.hours) == (20, Decimal("7.5"), 12)
    assert type(extent.planned) is Decimal
    assert pf.load({**pf.FinalReport(language="no", case=case(), extent=extent).model_dump()})


@pytest.mark.parametrize("kind", BUILT_IN)
def test_each_model_knows_its_kind(kind: str) -> None:
    model = KINDS[kind].model
    whose = {"case": case()} if issubclass(model, pf.CaseDocument) else {"service": "molde"}
    assert model(language="no", **whose).kind == kind


def test_problems_and_outcomes_are_compared_by_name() -> None:
    assert_type(pf.validate(pf.FinalReport(language="no", case=case())), tuple[pf.Problem, ...])
    assert pf.Problem("data.needed", "issued_on", "").severity is pf.Severity.ERROR
    assert pf.render(pf.FinalReport(language="no", case=case())).state is pf.State.DRAFT
    assert pf.Outcome.RENDERED in pf.Outcome
