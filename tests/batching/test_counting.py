"""Counting cases: what is counted, for whom, and that nobody outside is told of few people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planforms as pf
from planforms.models.statistics import ClosureFigure, Figure, Hiding, Statistics
from planforms.rules.statistics import untold_problems
from tests.commands import call
from tests.reports import setting_of

SECRET = "Zyxwvut"
CATEGORIES = ("work", "right_authority", "moved", "lost_contact")


def a_case(
    number: int, began: str | None, ended: str | None = None, how: str = "work", **parts: Any
) -> dict[str, Any]:
    """A rights document of Team Work, about a case that began and ended on some days."""
    case: dict[str, Any] = {
        "number": f"TW {number}",
        "service": "team_work",
        "participant": {"name": SECRET},
        "enrolled_on": began,
    }
    if ended:
        case["closure"] = {"category": how, "closed_on": ended}
    return {"schema": 2, "kind": "rights", "language": "sv", "case": case, **parts}


def many(*groups: tuple[int, str, str | None, str]) -> list[dict[str, Any]]:
    """So many cases of each group: how many, the days of beginning and end, and how it ended."""
    numbers = iter(range(1000))
    return [
        a_case(next(numbers), began, ended, how)
        for count, began, ended, how in groups
        for _ in range(count)
    ]


RUNNING = (9, "2025-02-03", None, "")


def counted(cases: list[dict[str, Any]], period: str, **options: Any) -> Statistics:
    return pf.count(cases, service="team_work", period=period, **options)


def told(figure: Figure | None) -> int | Hiding | None:
    return None if figure is None else figure.hidden or figure.count


def endings(data: Statistics) -> dict[str, int | Hiding | None]:
    return {f"{one.category} {one.form or ''}".strip(): told(one) for one in data.closures}


# --- what is counted ----------------------------------------------------------------------------


def test_inside_all_numbers_are_told_also_of_a_month() -> None:
    cases = many(RUNNING, (2, "2026-03-02", "2026-03-20", "moved"), (1, "2026-04-01", None, ""))
    data = counted(cases, "2026-03", internal=True)
    assert (told(data.started), told(data.closed), told(data.running)) == (2, 2, 9)
    assert endings(data)["moved"] == 2
    assert data.audience is pf.Audience.INTERNAL


def test_the_days_at_the_ends_of_a_period_belong_to_it() -> None:
    cases = many((1, "2026-01-01", "2026-03-31", "work"), (1, "2025-12-31", "2026-04-01", "work"))
    data = counted(cases, "2026-Q1", internal=True)
    assert (told(data.started), told(data.closed), told(data.running)) == (1, 1, 1)


def test_a_case_with_several_documents_is_one_and_the_last_one_tells_how_it_ended() -> None:
    cases = [
        a_case(1, "2026-01-12", "2026-03-02", "moved", issued_on="2026-03-03"),
        a_case(1, "2026-01-12", "2026-03-02", "work", issued_on="2026-03-20"),
        a_case(1, "2026-01-12", issued_on="2026-01-13"),
    ]
    data = counted(cases, "2026", internal=True)
    assert (told(data.started), told(data.closed)) == (1, 1)
    assert endings(data)["work"] == 1


def test_who_comes_back_runs_again() -> None:
    [again] = many((1, "2026-01-12", "2026-02-02", "work"))
    again["case"]["reentered_on"] = "2026-03-02"
    data = counted([again], "2026-Q1", internal=True)
    assert (told(data.started), told(data.closed), told(data.running)) == (2, 1, 1)


def test_complaints_are_counted_once_and_by_whether_they_were_answered_in_time() -> None:
    def paper(number: int, kind: str, **parts: Any) -> dict[str, Any]:
        return {**a_case(number, None), "kind": kind, **parts}

    cases = [
        paper(1, "complaint", receipt={"received_on": "2026-02-02"}),
        paper(
            1,
            "complaint_reply",
            receipt={"received_on": "2026-02-02"},
            issued_on="2026-02-06",
            status="final",
        ),
        paper(2, "complaint", receipt={"received_on": "2026-02-02", "answered_on": "2026-06-01"}),
        paper(3, "complaint", receipt={"received_on": "2026-02-03"}),
    ]
    data = counted(cases, "2026-Q1", internal=True)
    found = told(data.complaints), told(data.answered_in_time), told(data.answered_late)
    assert found == (3, 1, 2)


def test_other_services_and_papers_of_no_case_are_passed_over() -> None:
    other = a_case(1, "2026-01-12")
    other["case"]["service"] = "hjortmossen"
    unit = {"schema": 2, "kind": "statistics", "language": "sv", "service": "team_work"}
    assert told(counted([other, unit], "2026", internal=True).started) == 0


def test_goals_are_shares_of_what_ended() -> None:
    def ended(number: int, form: str) -> dict[str, Any]:
        case = a_case(number, "2026-01-12", "2026-02-02")
        case["case"] |= {"service": "vivirk"}
        case["case"]["closure"]["form"] = form
        return {**case, "language": "da"}

    cases = [ended(n, "flex_job" if n < 9 else "ordinary_job") for n in range(15)]
    for internal in (True, False):
        data = pf.count(cases, service="vivirk", period="2026", internal=internal)
        reached = {goal.goal: goal.reached for goal in data.goals}
        assert reached == {"work_with_support": 60, "ordinary_work": 40}


# --- outside ------------------------------------------------------------------------------------


def test_outside_few_are_hidden_and_what_gives_them_back() -> None:
    cases = many(
        RUNNING,
        (3, "2025-05-05", "2026-02-02", "moved"),
        (6, "2025-05-05", "2026-02-02", "right_authority"),
        (9, "2025-05-05", "2026-02-02", "work"),
    )
    data = counted(cases, "2026-Q1")
    assert told(data.closed) == 18
    assert endings(data)["moved"] is Hiding.FEW
    assert endings(data)["right_authority"] is Hiding.WITHHELD
    assert endings(data)["work"] == 9
    assert data.running is None
    assert "3" not in json.dumps(data.model_dump(mode="json")["closures"])


def test_outside_a_share_is_told_only_of_numbers_that_are() -> None:
    cases = many((20, "2025-01-07", None, ""), (2, "2025-05-05", "2026-02-02", "work"))
    for case in cases:
        case["case"]["service"] = "hjortmossen"
    [goal] = pf.count(cases, service="hjortmossen", period="2026-Q1").goals
    assert (goal.reached, goal.hidden) == (None, Hiding.WITHHELD)


def test_how_many_run_is_told_of_years_that_hide_nothing() -> None:
    cases = many((9, "2024-02-05", None, ""), (7, "2024-02-05", "2025-05-05", "work"))
    assert told(counted(cases, "2024").running) == 16
    assert told(counted(cases, "2025").running) == 9
    few = [*cases, a_case(999, "2025-05-05")]
    assert told(counted(few, "2024").running) == 16
    assert told(counted(few, "2025").running) is Hiding.WITHHELD
    assert told(counted(few, "2026").running) is Hiding.WITHHELD


def test_of_a_unit_with_few_participants_nothing_is_told() -> None:
    cases = many((12, "2026-01-12", "2026-02-02", "work"), (2, "2026-01-12", None, ""))
    data = counted(cases, "2026-Q1")
    assert {told(data.started), told(data.closed), *endings(data).values()} == {Hiding.WITHHELD}


@pytest.mark.parametrize("period", ["2026-03", "2026-Q5", "26", "2026-13", "2026-Q1 ", "1850"])
def test_outside_there_are_years_and_quarters_alone(period: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        counted(many(RUNNING), period)
    assert caught.value.problems[0].place == "period"


a_life = st.tuples(
    st.integers(0, 30), st.integers(0, 12), st.sampled_from(CATEGORIES), st.integers(1, 7)
)


@settings(deadline=None, max_examples=25)
@given(st.lists(a_life, min_size=1, max_size=8))
def test_what_is_told_outside_breaks_no_rule_and_adds_up(
    lives: list[tuple[int, int, str, int]],
) -> None:
    groups = [(n, _month(a), _month(a + length), how) for a, length, how, n in lives]
    cases = many(*groups)
    for period in ("2025", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026"):
        data = counted(cases, period)
        assert list(untold_problems(data, setting_of(data))) == []
        inside = counted(cases, period, internal=True)
        for one, other in zip(_figures(data), _figures(inside), strict=True):
            assert one is None or one.hidden or (other is not None and one.count == other.count)


def _figures(data: Statistics) -> Iterator[Figure | None]:
    yield from (data.started, data.closed, data.running, data.complaints)
    by_name = {(one.category, one.form): one for one in data.closures}
    keys = sorted(by_name, key=str)
    yield from (by_name[key] for key in keys if key[0] != "studies")


def _month(number: int) -> str:
    return date(2024 + number // 12, number % 12 + 1, 10).isoformat()


# --- what goes wrong ----------------------------------------------------------------------------


def test_all_bad_records_are_told_at_once_with_their_place_and_without_their_data(
    tmp_path: Path,
) -> None:
    wrong = a_case(2, SECRET)
    unknown = a_case(3, "2026-01-12", "2026-02-02", "vacation")
    for name, content in {"a": a_case(1, "2026-01-12"), "b": wrong, "c": unknown}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    (tmp_path / "d.json").write_text("{")
    with pytest.raises(pf.DataError) as caught:
        pf.count(tmp_path, service="team_work", period="2026")
    places = [problem.place for problem in caught.value.problems]
    assert places[:2] == ["b.json: case.enrolled_on", "c.json: case.closure.category"]
    assert places[2].startswith("d.json: ")
    assert SECRET not in str(caught.value)
    assert "vacation" not in str(caught.value)


def test_numbers_by_hand_are_looked_at_too() -> None:
    data = counted(many(RUNNING), "2026")
    by_hand = {
        "running": Figure(count=3),
        "closed": Figure(count=14),
        "closures": (
            ClosureFigure(category="work", count=9),
            ClosureFigure(category="moved", hidden=Hiding.FEW),
        ),
        "period": pf.Period(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31)),
        "complaints": Figure(count=7),
        "answered_in_time": Figure(count=7),
        "answered_late": Figure(count=1),
    }
    changed = pf.revise(data, **by_hand)
    problems = untold_problems(changed, setting_of(changed))
    assert {(problem.code, problem.place) for problem in problems} == {
        ("data.few", "running"),
        ("data.few", "answered_late"),
        ("data.given_back", "closures[1]"),
        ("data.period", "period"),
        ("data.sum", "complaints"),
    }
    inside = pf.revise(changed, audience="internal")
    assert [one.code for one in untold_problems(inside, setting_of(inside))] == ["data.sum"]


# --- the command --------------------------------------------------------------------------------


def test_the_command_writes_data_to_be_completed_or_a_draft(tmp_path: Path) -> None:
    lines = tmp_path / "cases.jsonl"
    lines.write_text("\n".join(map(json.dumps, many(RUNNING))))
    options = ("--service", "team_work", "--period", "2026-Q1")
    for name in ("numbers.json", "numbers.docx"):
        answer = call("count", lines, *options, "-o", tmp_path / name)
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    data = pf.load(tmp_path / "numbers.json")
    assert data == counted(many(RUNNING), "2026-Q1")
    assert (tmp_path / "numbers.docx").read_bytes()[:2] == b"PK"
    printed = call("count", "-", *options, "-o", "-", stdin=lines.read_bytes())
    assert json.loads(printed.stdout)["kind"] == "statistics"


def test_the_command_refuses_without_writing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(a_case(1, SECRET)))
    out = tmp_path / "out.json"
    answer = call("count", bad, "--service", "team_work", "--period", "2026", "-o", out)
    assert answer.returncode == 1
    assert "case.enrolled_on" in answer.stderr
    assert SECRET not in answer.stderr
    assert not out.exists()
