"""Questionnaires and surveys: their questions, the course of answers, and where they may go."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.document import Chart, Table
from planforms.models.questionnaire import Questionnaire
from planforms.models.statistics import Hiding
from planforms.services import list_services, load_service
from tests.reports import GONE, example_data

LATER = "vivirk/questionnaire_after_two_years"
AFTER = "hjortmossen/questionnaire_six_months_after_the_end"
SURVEY = "molde/survey_filled_in"
NEW_CONSENT = {
    "area": "forsakringskassan",
    "decision": "given",
    "decided_on": "2027-04-14",
    "information": ["assessment"],
}
STRANGER = {"recipient": "Försäkringskassan", "secrecy_area": "forsakringskassan"}


def found(example: str, changes: dict[str, Any] | None = None) -> set[tuple[str, str]]:
    data = pf.load(example_data(example, changes))
    return {(problem.code, problem.place) for problem in pf.validate(data)}


def blocks_of(example: str, kind: type[Any], changes: dict[str, Any] | None = None) -> list[Any]:
    document = pf.render(pf.load(example_data(example, changes)))
    return [block for block in document.blocks if isinstance(block, kind)]


# --- the course of answers --------------------------------------------------------------------


def test_answers_of_all_times_are_drawn_a_line_for_each_question() -> None:
    [chart] = blocks_of(LATER, Chart)
    assert chart.steps == ("06.02.2024", "06.08.2024", "05.02.2025", "06.08.2025", "05.02.2026")
    assert (chart.low, chart.high) == (1, 5)
    values = {series.name: [point.value for point in series.points] for series in chart.series}
    assert len(values) == 8
    assert values["Jeg kommer til tiden."] == [3, 3, 4, 4, 5]
    assert values["Jeg tror på, at jeg kan få et job."] == [2, 2, 3, None, 4]


def test_the_numbers_stand_in_a_table_and_are_not_added_up() -> None:
    [chart] = blocks_of(LATER, Chart)
    assert len(chart.table.rows) == 8
    assert {len(row) for row in chart.table.rows} == {6}
    assert isinstance(pf.load(example_data(LATER)), Questionnaire)
    names = {name for name in Questionnaire.model_fields if "sum" in name or "total" in name}
    assert names == set()


def test_the_first_time_there_is_nothing_to_draw() -> None:
    assert blocks_of("vivirk/questionnaire_at_the_start", Chart) == []
    [matrix] = blocks_of("vivirk/questionnaire_at_the_start", Table)
    assert matrix.matrix


def test_an_empty_form_asks_what_the_profile_asks() -> None:
    text = pf.blank("questionnaire", service="vivirk").text()
    form = load_service("vivirk").questionnaires["progression"]
    assert all(question in text for question in form.items.values())
    assert f"1 betyder {form.low}. 5 betyder {form.high}." in text


@pytest.mark.parametrize("service", list_services())
def test_every_service_asks_all_its_participants_once_a_year(service: str) -> None:
    [form] = load_service(service).surveys.values()
    text = pf.blank("survey", service=service).text()
    assert all(question in text for question in form.items.values())


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("example", [LATER, AFTER, SURVEY, "vivirk/questionnaire_at_the_start"])
def test_the_examples_keep_to_the_rules(example: str) -> None:
    assert found(example) == set()


def test_to_decline_is_an_answer_and_nothing_follows() -> None:
    assert found(LATER, {"answers.0.value": "declined"}) == set()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"answers.0.item": "health"}, ("data.key", "answers[0].item")),
        ({"answers.0.item": "believe"}, ("data.key", "answers[1].item")),
        ({"earlier.1.answers.0.item": "health"}, ("data.key", "earlier[1].answers[0].item")),
        ({"earlier.0.answered_on": "2025-12-01"}, ("data.earlier", "earlier")),
        ({"form": GONE}, ("data.needed", "form")),
        ({"occasion": GONE}, ("data.needed", "occasion")),
    ],
)
def test_answers_that_belong_to_no_question_or_time_are_refused(
    changes: dict[str, Any], problem: tuple[str, str]
) -> None:
    assert problem in found(LATER, changes)


def test_after_the_end_answers_go_nowhere_without_a_new_consent() -> None:
    copies = {"copies": [STRANGER]}
    assert ("data.after_end", "copies[0]") in found(AFTER, copies)
    old = {**NEW_CONSENT, "decided_on": "2026-04-20"}
    assert ("data.after_end", "copies[0]") in found(AFTER, {**copies, "case.consents": [old]})
    withdrawn = {**NEW_CONSENT, "withdrawn_on": "2027-04-14"}
    assert ("data.after_end", "copies[0]") in found(AFTER, {**copies, "case.consents": [withdrawn]})
    new = found(AFTER, {**copies, "case.consents": [NEW_CONSENT]})
    assert "data.after_end" not in {code for code, _ in new}
    assert "data.after_end" not in {code for code, _ in found(LATER, copies)}


def test_a_survey_names_nobody() -> None:
    writer = {"role": "coordinator", "name": "Anne"}
    assert found(SURVEY, {"writer": writer}) == {("data.anonymous", "writer")}
    text = pf.render(pf.load(example_data(SURVEY, {"comment": "Hilsen Anne på kjøkkenet"}))).text()
    assert "kjøkkenet" not in text


# --- counting surveys -------------------------------------------------------------------------


def surveys(*values: int | None) -> list[dict[str, Any]]:
    """A survey of Molde for each answer to its first question, with words that name somebody."""
    return [
        example_data(
            SURVEY,
            {
                "answers": [{"item": "welcome", "value": value and str(value)}],
                "comment": "Hilsen Anne på kjøkkenet",
            },
        )
        for value in values
    ]


def test_surveys_are_counted_by_question_and_few_are_hidden() -> None:
    cases = surveys(*[5] * 9, *[4] * 3, *[3] * 6, *[1] * 2, None)
    [row] = pf.count(cases, service="molde", period="2026", internal=True).survey
    counts = [figure.count for figure in (row.low, row.middle, row.high, row.answered) if figure]
    assert counts == [2, 6, 12, 20]
    outward = pf.count(cases, service="molde", period="2026")
    [row] = outward.survey
    told = [f.hidden or f.count for f in (row.low, row.middle, row.high, row.answered) if f]
    assert told == [Hiding.FEW, Hiding.WITHHELD, 12, 20]
    text = pf.render(outward).text()
    assert "kjøkkenet" not in text + outward.model_dump_json()
    assert "Jeg ble tatt godt imot." in text


def test_surveys_of_another_period_are_not_counted() -> None:
    assert pf.count(surveys(*[5] * 9), service="molde", period="2025").survey == ()
    assert pf.count(surveys(*[5] * 9), service="molde", period="2026-Q1").survey == ()


def test_a_survey_with_a_foreign_question_is_told_with_its_record() -> None:
    [one] = surveys(5)
    one["answers"][0]["item"] = "weather"
    with pytest.raises(pf.DataError) as caught:
        pf.count([one], service="molde", period="2026")
    assert [problem.place for problem in caught.value.problems] == ["document 1: answers[0].item"]
