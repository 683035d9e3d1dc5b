"""What a batch does and leaves, in which order, and what it does not let out of the house."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from tests.batching.inputs import codes, digests, outcomes, reports, run, write_folder, write_lines
from tests.reports import EXAMPLES, GONE, report_data

AS_OF = date(2026, 11, 22)
SWEDISH = next(path for path in EXAMPLES if path.name == "replaces_earlier_report.json")


def ending(number: str, day: str) -> dict[str, Any]:
    """A report of a service that has 14 days to send it, of a measure that ended on a day."""
    data = dict(pf.load(SWEDISH).model_dump(mode="json", exclude_none=True, by_alias=True))
    data["case"]["number"] = number
    data["measure"]["ended_on"] = day
    data["closing_meeting"]["held_on"] = day
    data["follow_up"]["planned_on"] = "2027-06-01"
    data["issued_on"] = "2026-12-31"
    return data


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Reports that are due on 8 December, 15 November, and 22 November."""
    days = ("2026-11-24", "2026-11-01", "2026-11-08")
    records = [ending(f"T{number}", day) for number, day in enumerate(days, start=1)]
    return write_lines(tmp_path / "in", records)


def test_the_most_urgent_come_first(three: Path, tmp_path: Path) -> None:
    order: list[str] = []
    done = run(three, tmp_path / "out", progress=lambda item, *_: order.append(item.place))
    assert [str(item.due) for item in done.items] == ["2026-11-15", "2026-11-22", "2026-12-08"]
    assert order == ["line 2", "line 3", "line 1"]


def test_what_should_have_been_sent_before_is_overdue(three: Path, tmp_path: Path) -> None:
    done = run(three, tmp_path / "out", as_of=AS_OF)
    assert [item.place for item in done.overdue] == ["line 2"]
    assert run(three, tmp_path / "out").overdue == ()


@pytest.mark.parametrize(
    ("days", "names"), [(0, ["T2", "T3"]), (15, ["T2", "T3"]), (16, ["T2", "T3", "T1"])]
)
def test_due_within_takes_what_is_due_by_then_and_what_is_overdue(
    three: Path, tmp_path: Path, days: int, names: list[str]
) -> None:
    done = run(three, tmp_path / "out", as_of=AS_OF, due_within=timedelta(days=days))
    assert [item.name.partition("_")[0] for item in done.items] == names


def test_a_due_date_follows_ones_own_profile_and_language(tmp_path: Path) -> None:
    profile = (SWEDISH.parents[2] / "src/planforms/services/hjortmossen.toml").read_text("utf-8")
    services, templates = tmp_path / "services", tmp_path / "templates"
    services.mkdir()
    (services / "hjortmossen.toml").write_text(
        profile.replace("days = 14", "days = 3").replace('logo = "hjortmossen.png"', ""), "utf-8"
    )
    (templates / "xx").mkdir(parents=True)
    built_in = SWEDISH.parents[2] / "templates" / "sv"
    for path in built_in.iterdir():
        (templates / "xx" / path.name).write_bytes(path.read_bytes())
    source = write_lines(tmp_path / "in", [ending("T1", "2026-11-01")])
    options = {"services": services, "templates": templates, "language": "xx"}
    done = run(source, tmp_path / "out", **options)
    assert [str(item.due) for item in done.items] == ["2026-11-04"]
    assert set(digests(tmp_path / "out")) == {"T1_final_report_xx.html"}


BLOCKED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "protected": ({"case.participant.protected_identity": True}, ["release.protected_identity"]),
    "draft": ({"status": "draft"}, ["release.draft"]),
    "no disclosure": ({"disclosure": GONE}, ["data.disclosure_basis"]),
    "no ground": ({"disclosure": {}}, ["data.disclosure_basis"]),
    "no consent": ({"case.consents": []}, ["data.consent_missing"]),
    "unnamed law": ({"disclosure": {"basis": "law"}}, ["data.disclosure_provision"]),
    "both": (
        {"case.participant.protected_identity": True, "disclosure": GONE},
        ["release.protected_identity", "data.disclosure_basis"],
    ),
}


@pytest.mark.parametrize("reason", BLOCKED)
def test_what_needs_a_persons_eye_is_blocked(reason: str, tmp_path: Path) -> None:
    changes, problems = BLOCKED[reason]
    source = write_lines(tmp_path / "in", [report_data(changes)])
    done = run(source, tmp_path / "out")
    assert [str(item.outcome) for item in done.items] == ["blocked"]
    assert codes(done) == {"line 1": problems}
    assert digests(tmp_path / "out") == {}
    assert done.complete


def test_files_from_before_a_document_was_blocked_are_told(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(1))
    run(source, tmp_path / "out")
    record = reports(1)[0]
    record["case"]["participant"]["protected_identity"] = True
    source = write_lines(tmp_path / "in", [record])
    expected = {"line 1": ["release.protected_identity", "batch.old_files"]}
    assert codes(run(source, tmp_path / "out")) == expected
    assert codes(run(source, tmp_path / "out")) == expected


def test_a_final_report_that_lacks_something_fails_with_every_problem(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [report_data({"conclusion": GONE, "resources": GONE})])
    [item] = run(source, tmp_path / "out").items
    assert [problem.place for problem in item.problems] == ["resources", "conclusion"]
    assert str(item.outcome) == "failed"


def test_warnings_come_with_the_document(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [report_data({"conclusion": "Fint 👍"})])
    [item] = run(source, tmp_path / "out").items
    assert str(item.outcome) == "rendered"
    assert [problem.place for problem in item.problems] == ["conclusion"]


def test_only_the_kinds_asked_for_are_made(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(1))
    assert len(run(source, tmp_path / "out", kinds=["final_report"]).items) == 1
    assert len(run(source, tmp_path / "out", kinds=[]).items) == 0


@pytest.mark.parametrize(
    "options",
    [
        {"kinds": ["final_rapport"]},
        {"formats": ["odt"]},
        {"formats": []},
        {"language": "fi"},
        {"names": "person"},
        {"templates": "none"},
        {"services": "none"},
        {"due_within": timedelta(days=1)},
    ],
)
def test_a_call_that_cannot_be_carried_out_writes_nothing(
    options: dict[str, Any], tmp_path: Path
) -> None:
    source = write_lines(tmp_path / "in", reports(1))
    with pytest.raises(pf.UsageError):
        run(source, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_the_order_of_the_input_does_not_matter_to_names_and_files(tmp_path: Path) -> None:
    one, two = reports(2)
    run(write_folder(tmp_path / "in1", {"a.json": one, "b.json": two}), tmp_path / "out1")
    run(write_folder(tmp_path / "in2", {"a.json": two, "b.json": one}), tmp_path / "out2")
    assert digests(tmp_path / "out1") == digests(tmp_path / "out2")
    assert outcomes(run(tmp_path / "in2", tmp_path / "out1")) == dict.fromkeys(
        ("2026-0001_final_report_no", "2026-0002_final_report_no"), "unchanged"
    )


def test_a_name_that_cannot_be_printed_keeps_the_document_in_the_house(tmp_path: Path) -> None:
    names = ("Ǩiõll Åsåsø", "Li 漢", "\U0001fa77")
    records = [
        report_data({"case.number": f"2026/{n}", "case.participant.name": name})
        for n, name in enumerate(names)
    ]
    done = run(write_lines(tmp_path / "in", records), tmp_path / "out")
    told = ["release.unprintable_name"]
    assert codes(done) == {"line 1": [], "line 2": told, "line 3": told}
