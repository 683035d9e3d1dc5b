"""Whether a case fits the category it was closed in."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.rules.closures import closure_problems
from planforms.rules.collection import problems_of
from tests.reports import case_of, example_data, report_data, setting_of


def problems_with(**closure: Any) -> list[tuple[str, str]]:
    changes = {"case.service": "team_work", "language": "sv", "case.closure": closure}
    data = case_of(report_data(changes))
    found = closure_problems(data, setting_of(data))
    return [(problem.code, problem.place) for problem in found]


@pytest.mark.parametrize(
    ("category", "first", "last", "fits"),
    [
        ("work", "2026-01-01", "2026-03-31", True),
        ("work", "2026-01-01", "2026-03-30", False),
        ("work", "2026-11-30", "2027-02-27", True),
        ("work", "2026-11-30", "2027-02-26", False),
        ("studies/employment_training", "2026-01-05", "2026-04-26", True),
        ("studies/employment_training", "2026-01-05", "2026-04-25", False),
        ("studies/lasting_studies", "2026-01-05", "2026-04-25", True),
        ("studies", "2026-01-05", "2026-04-25", True),
        ("moved", "2026-01-01", "2026-01-02", True),
        ("right_authority", "2026-01-01", "2026-01-02", True),
    ],
)
def test_work_means_three_months_and_training_of_the_employment_service_sixteen_weeks(
    category: str, first: str, last: str, fits: bool
) -> None:
    category, _, form = category.partition("/")
    told = {"form": form} if form else {}
    found = problems_with(category=category, expected_from=first, expected_until=last, **told)
    assert found == ([] if fits else [("data.closure", "case.closure.expected_until")])


def test_a_form_belongs_to_its_category() -> None:
    assert problems_with(category="work", form="lasting_studies") == [
        ("data.key", "case.closure.form")
    ]


def test_a_form_that_no_category_has_is_told_once() -> None:
    changes = {
        "case.service": "team_work",
        "language": "sv",
        "case.closure": {"category": "work", "form": "flex_job"},
    }
    data = case_of(report_data(changes))
    found = problems_of(data, setting_of(data))
    assert [one.place for one in found].count("case.closure.form") == 1


def test_lasting_work_needs_no_planned_end() -> None:
    assert problems_with(category="work", expected_from="2026-01-01") == []


@pytest.mark.parametrize(("closed", "fits"), [("2026-05-28", True), ("2026-05-27", False)])
def test_lost_contact_waits_three_months_from_the_last_application(closed: str, fits: bool) -> None:
    found = problems_with(
        category="lost_contact", closed_on=closed, last_application_on="2026-02-28"
    )
    assert found == ([] if fits else [("data.closure", "case.closure.closed_on")])


def test_a_case_that_is_open_contradicts_nothing() -> None:
    assert problems_with() == []


def test_the_form_of_work_stands_in_the_report_where_the_service_tells_forms_apart() -> None:
    path = "vivirk/moved_and_partly_agrees"
    changes = {"case.closure.category": "work", "case.closure.form": "flex_job"}
    assert "Fleksjob" in pf.render(pf.load(example_data(path, changes))).text()
    assert "Fleksjob" not in pf.render(pf.load(example_data(path))).text()
    assert "Slags afslutning" not in pf.render(pf.load(example_data(path))).text()
