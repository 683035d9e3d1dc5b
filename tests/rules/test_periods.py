"""What a whole service owes by the calendar, and when it is done."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

import planforms as pf
from planforms.models import UnitDocument
from planforms.registry import KINDS
from planforms.services.timing import PeriodDeadline
from tests.commands import call

DAY = date(2026, 7, 10)
RULES = """
[documents.tally.periods.{rule}]
each = {each}
days = 10
source = "rutinen"
"""


class Tally(UnitDocument):
    """A kind about a service and a period, which only these tests know."""

    kind: Literal["tally"]


@pytest.fixture(autouse=True)
def _kind_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KINDS, "_others", {})
    pf.register(Tally)


@pytest.fixture
def services(tmp_path: Path) -> Path:
    return tmp_path


def profile(folder: Path, each: str, more: str = "") -> Path:
    """A folder with Molde's profile, in which a tally is due after some periods."""
    built_in = Path(pf.__file__).parent / "services"
    text = (built_in / "molde.toml").read_text(encoding="utf-8")
    text += RULES.format(rule="tally", each=each) + more
    (folder / "molde.toml").write_text(text, encoding="utf-8")
    (folder / "molde.png").write_bytes((built_in / "molde.png").read_bytes())
    return folder


def tally(starts_on: str, ends_on: str, status: str = "final", **more: Any) -> dict[str, Any]:
    period = {"starts_on": starts_on, "ends_on": ends_on}
    head = {"kind": "tally", "language": "no", "service": "molde", "status": status}
    return {**head, "issued_on": ends_on, "period": period, **more}


def owed(folder: Path, *documents: dict[str, Any], as_of: date = DAY) -> list[tuple[str, str]]:
    found = pf.agenda(documents, as_of=as_of, within=timedelta(days=14), services=folder)
    assert not found.problems
    own = (one for one in found.deadlines if one.kind == "tally")
    return [(one.case, f"{one.group} {one.due}") for one in own]


@pytest.mark.parametrize(
    ("each", "days"),
    [
        ("quarter", ["03-31", "06-30", "09-30", "12-31"]),
        ("third", ["04-30", "08-31", "12-31"]),
        ("half", ["06-30", "12-31"]),
        ("year", ["12-31"]),
        (["12-31", "06-30"], ["06-30", "12-31"]),
        (["02-29"], ["02-28"]),
    ],
)
def test_periods_end_on_days_of_the_year(each: Any, days: list[str]) -> None:
    deadline = PeriodDeadline(each=each, source="rutinen")
    assert [day.isoformat()[5:] for day in deadline.last_days(2026)] == days


def test_months_end_on_their_last_days_in_a_leap_year_too() -> None:
    ends = PeriodDeadline(each="month", source="rutinen").last_days(2028)
    assert [day.day for day in ends] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_a_service_that_issued_nothing_owes_the_last_period_and_the_next(services: Path) -> None:
    folder = profile(services, '"month"')
    assert owed(folder, tally("2026-01-01", "2026-01-31", "draft")) == [
        ("molde 2026-06-30", "due 2026-07-10"),
        ("molde 2026-07-31", "later 2026-08-10"),
    ]


def test_every_period_that_nothing_was_issued_about_is_owed(services: Path) -> None:
    folder = profile(services, '"month"')
    documents = [tally(f"2026-0{n}-01", ends) for n, ends in ((3, "2026-03-31"), (5, "2026-05-31"))]
    assert owed(folder, *documents) == [
        ("molde 2026-04-30", "overdue 2026-05-10"),
        ("molde 2026-06-30", "due 2026-07-10"),
        ("molde 2026-07-31", "later 2026-08-10"),
    ]
    documents += [tally("2026-04-01", "2026-04-30"), tally("2026-06-01", "2026-06-30")]
    assert owed(folder, *documents) == [("molde 2026-07-31", "later 2026-08-10")]


def test_a_variant_is_not_done_by_another(services: Path) -> None:
    more = RULES.replace(".periods", ".variants.yearly.periods").format(
        rule="yearly_tally", each='["06-30"]'
    )
    folder = profile(services, '["06-30"]', more)
    half = tally("2026-01-01", "2026-06-30")
    assert owed(folder, half) == [
        ("molde 2026-06-30", "due 2026-07-10"),
        *[("molde 2027-06-30", "later 2027-07-10")] * 2,
    ]
    documents = [half, {**half, "variant": "yearly"}]
    assert owed(folder, *documents) == [("molde 2027-06-30", "later 2027-07-10")] * 2


def test_a_document_tells_by_when_it_is_due(services: Path) -> None:
    folder = profile(services, '"half"')
    facts = pf.deadlines(pf.load(tally("2026-01-01", "2026-06-30")), services=folder)
    assert [(one.rule, one.date, one.source) for one in facts] == [
        ("tally", date(2026, 7, 10), "rutinen")
    ]
    other = tally("2026-01-01", "2026-05-31")
    assert pf.deadlines(pf.load(other), services=folder) == ()


def test_a_document_of_a_service_has_no_deadlines_of_cases() -> None:
    assert pf.deadlines(pf.load(tally("2026-01-01", "2026-06-30"))) == ()


def test_periods_of_a_document_about_a_case_are_a_mistake(services: Path) -> None:
    more = RULES.replace("tally", "action_plan", 1).format(rule="tally", each='"month"')
    profile(services, '"month"', more)
    with pytest.raises(pf.ProfileError) as caught:
        pf.blank("action_plan", service="molde", services=services)
    assert [one.code for one in caught.value.problems] == ["profile.period"]


def test_an_office_asks_for_a_service_beside_its_cases(tmp_path: Path) -> None:
    case = {"number": "M 1", "service": "molde", "participant": {"name": "Ada"}}
    source = [{"kind": "mapping", "language": "no", "case": case}]
    folder = profile(tmp_path, '"month"')
    asked = pf.agenda(
        source, as_of=DAY, within=timedelta(), services=folder, units=["molde", "molde"]
    )
    tallies = [one.case for one in asked.deadlines if one.kind == "tally"]
    assert tallies == ["molde 2026-06-30", "molde 2026-07-31"]
    assert not owed(folder, *source)
    with pytest.raises(pf.UsageError):
        pf.agenda(source, as_of=DAY, within=timedelta(), units=["nowhere"])


def test_the_command_knows_the_unit(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(
        '{"kind": "mapping", "language": "no", "case": {"number": "M 1", "service": "molde",'
        ' "participant": {"name": "Ada"}}}'
    )
    answer = call("due", path, "--unit", "nowhere")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert call("due", path, "--unit", "molde", "--as-of", "2026-07-10").returncode == 0


def test_statistics_are_due_each_month_where_the_method_says_so() -> None:
    source = [{"kind": "mapping", "language": "sv", "case": OTHER}]
    found = pf.agenda(source, as_of=DAY, within=timedelta(days=14), units=["team_work", "harstad"])
    own = [(one.service, one.rule, one.due) for one in found.deadlines if one.kind == "statistics"]
    assert own == [
        ("team_work", "monthly_statistics", date(2026, 7, 5)),
        ("harstad", "half_yearly_statistics", date(2026, 7, 10)),
        ("team_work", "monthly_statistics", date(2026, 8, 5)),
        ("harstad", "half_yearly_statistics", date(2027, 1, 10)),
    ]
    example = Path(__file__).parents[2] / "examples/team_work"
    data = pf.load(example / "statistics_of_a_month_for_the_unit.json")
    assert [one.rule for one in pf.deadlines(data)] == ["monthly_statistics"]


OTHER = {"number": "T 1", "service": "team_work", "participant": {"name": "Ada"}}
