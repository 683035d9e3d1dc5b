"""The command ``due``, as an office calls it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planforms.services import BUILT_IN
from tests.batching.inputs import write_folder, write_lines
from tests.commands import Answer, call
from tests.reports import SERVICES

SECRET = "Zyxwvut"


def due(*arguments: str | Path, stdin: bytes = b"") -> Answer:
    return call("due", *arguments, stdin=stdin)


def rows(*arguments: str | Path) -> list[dict[str, Any]]:
    """The deadlines that ``--json`` tells."""
    answer = due(*arguments, "--json")
    assert answer.stderr == ""
    found: list[dict[str, Any]] = json.loads(answer.stdout)["deadlines"]
    return found


def short(found: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(row["group"], row["rule"], row["due"]) for row in found]


def record(
    service: str, number: str = "T 1", kind: str = "final_report", **parts: Any
) -> dict[str, Any]:
    """A draft with nothing in it but what a test needs."""
    case = {"number": number, "service": service, "participant": {"name": SECRET}}
    return {
        "schema": 1,
        "kind": kind,
        "language": SERVICES[service],
        "case": {**case, **parts.pop("case", {})},
        **parts,
    }


def final_report(number: str, ended_on: str, **parts: Any) -> dict[str, Any]:
    """A report of Hjortmossen, due 14 days after the measure ended."""
    return record("hjortmossen", number, measure={"ended_on": ended_on}, **parts)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A late report, one due soon, one that is blocked, one with time, and two broken files."""
    protected = {"participant": {"name": SECRET, "protected_identity": True}}
    records = {
        "late.json": final_report("A1", "2026-10-30"),
        "soon.json": final_report("A2", "2026-11-15"),
        "guarded.json": final_report("A3", "2026-10-20", case=protected),
        "later.json": final_report("A4", "2026-12-01"),
        "wrong.json": final_report("A5", SECRET),
        "broken.json": "{",
    }
    return write_folder(tmp_path / "in", records)


# --- the answer -------------------------------------------------------------------------------


def test_the_table_tells_what_is_late_what_is_due_and_what_has_time(mixed: Path) -> None:
    answer = due(mixed, "--as-of", "2026-11-20")
    assert answer.returncode == 1
    name = "hjortmossen  Skickas senast (Slutredovisning)"
    assert answer.stdout.splitlines() == [
        "Overdue (1)",
        f"  2026-11-13  7 days ago   A1  {name}",
        "Due by 2026-12-04 (1)",
        f"  2026-11-29  in 9 days    A2  {name}",
        "Blocked: somebody must see to it by hand (1)",
        f"  2026-11-03  17 days ago  A3  {name}",
        "Later (1)",
        f"  2026-12-15  in 25 days   A4  {name}",
    ]


def test_problems_name_file_and_place_and_do_not_stop_the_others(mixed: Path) -> None:
    answer = due(mixed, "--as-of", "2026-11-20")
    assert [line.split(" (")[0] for line in answer.stderr.splitlines()] == [
        "error: broken.json: line 1, column 2: is not valid JSON",
        "error: wrong.json: measure.ended_on: is not a date",
        "records read: 6",
    ]
    assert SECRET not in answer.stdout + answer.stderr


def test_json_tells_the_same_to_a_program(mixed: Path) -> None:
    answer = due(mixed, "--as-of", "2026-11-20", "--json")
    assert (answer.returncode, answer.stderr) == (1, "")
    told = json.loads(answer.stdout)
    assert told["as_of"] == "2026-11-20"
    assert told["counts"] == {"overdue": 1, "due": 1, "blocked": 1, "later": 1}
    assert told["deadlines"][0] == {
        "group": "overdue",
        "due": "2026-11-13",
        "days": -7,
        "case": "A1",
        "service": "hjortmossen",
        "rule": "send_by",
        "kind": "final_report",
        "name": "Skickas senast (Slutredovisning)",
    }
    problems = [(problem["record"], problem["code"]) for problem in told["problems"]]
    assert problems == [("broken.json", "data.json"), ("wrong.json", "data.date_form")]
    assert SECRET not in answer.stdout


def test_without_problems_the_exit_status_is_0(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [final_report("A1", "2026-10-30")])
    assert due(source, "--as-of", "2026-11-20").returncode == 0


def test_an_input_without_deadlines_says_so(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [record("harstad")])
    answer = due(source, "--as-of", "2026-11-20")
    assert (answer.returncode, answer.stdout) == (0, "nothing is due\n")


def test_lines_come_from_standard_input_too() -> None:
    stdin = json.dumps(final_report("A1", "2026-10-30")).encode()
    answer = due("-", "--as-of", "2026-11-20", stdin=stdin)
    assert answer.stdout.startswith("Overdue (1)\n  2026-11-13  7 days ago  A1")


def test_a_terminal_shows_the_same_words(mixed: Path) -> None:
    screen, side = pty.openpty()
    command = [sys.executable, "-m", "planforms", "due", str(mixed), "--as-of", "2026-11-20"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    subprocess.run(command, stdout=side, stderr=subprocess.DEVNULL, check=False, env=environment)
    os.close(side)
    shown = os.read(screen, 100_000).decode()
    os.close(screen)
    assert "\x1b[" in shown
    for words in ("Overdue (1)", "2026-11-13", "7 days ago", "Later (1)"):
        assert words in shown


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "within", "group"),
    [
        ("2026-11-13", "14d", "due"),
        ("2026-11-14", "14d", "overdue"),
        ("2026-10-30", "14d", "due"),
        ("2026-10-30", "2w", "due"),
        ("2026-10-30", "13d", "later"),
        ("2026-11-13", "0d", "due"),
    ],
)
def test_what_is_due_within_the_span_includes_its_first_and_last_day(
    tmp_path: Path, as_of: str, within: str, group: str
) -> None:
    source = write_lines(tmp_path / "in", [final_report("A1", "2026-10-30")])
    assert short(rows(source, "--as-of", as_of, "--within", within)) == [
        (group, "send_by", "2026-11-13")
    ]


def test_today_is_the_day_where_none_is_named(tmp_path: Path) -> None:
    ended = date.today() - timedelta(days=14)
    source = write_lines(tmp_path / "in", [final_report("A1", str(ended))])
    assert rows(source)[0]["days"] in (0, -1)  # midnight may pass meanwhile


def test_the_last_day_there_is_does_no_harm(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [final_report("A1", "2100-12-31")])
    last = ("--as-of", "9999-12-31", "--within", "9999w")
    [row] = rows(source, *last)
    assert row["group"] == "overdue"
    assert due(source, *last).returncode == 0


# --- several documents of one case ------------------------------------------------------------


def team_work(kind: str = "final_report", **milestones: str) -> dict[str, Any]:
    met = {"first_team_meeting_on": "2026-09-07", **milestones}
    return record("team_work", "TW 1", kind, case={"milestones": met})


def test_what_belongs_to_the_case_is_told_once(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [team_work(), team_work("action_plan"), team_work()])
    rules = [rule for _, rule, _ in short(rows(source, "--as-of", "2026-09-08"))]
    assert sorted(rules) == ["coordination_talk", "next_meeting", "plan_ready"]


def test_the_document_that_knows_of_more_is_right(tmp_path: Path) -> None:
    old = team_work()
    new = team_work(last_meeting_on="2026-09-14", last_coordination_on="2026-09-14")
    for records in ([old, new], [new, old]):
        source = write_lines(tmp_path / "in", records)
        assert short(rows(source, "--as-of", "2026-09-16")) == [
            ("due", "next_meeting", "2026-09-21"),
            ("later", "plan_ready", "2026-10-12"),
            ("later", "coordination_talk", "2026-10-14"),
        ]


def test_weekly_meetings_end_once_the_plan_stands_or_the_case_is_closed(tmp_path: Path) -> None:
    met = {"last_meeting_on": "2026-09-14"}
    agreed = team_work(**met, plan_agreed_on="2026-09-21")
    closed = team_work(**met)
    closed["case"]["closure"] = {"category": "moved", "closed_on": "2026-09-18"}
    for record_ in (agreed, closed):
        source = write_lines(tmp_path / "in", [record_])
        rules = [rule for _, rule, _ in short(rows(source, "--as-of", "2026-09-22"))]
        assert "next_meeting" not in rules
    source = write_lines(tmp_path / "in", [team_work(**met)])
    assert ("overdue", "next_meeting", "2026-09-21") in short(rows(source, "--as-of", "2026-09-22"))


def test_the_same_number_in_another_service_is_another_case(tmp_path: Path) -> None:
    enrolled = {"enrolled_on": "2026-09-01"}
    records = [record(s, "T 1", case=enrolled) for s in ("team_work", "hjortmossen")]
    source = write_lines(tmp_path / "in", records)
    found = [(row["service"], row["rule"]) for row in rows(source, "--as-of", "2026-09-02")]
    assert {service for service, _ in found} == {"team_work", "hjortmossen"}
    assert {("team_work", "case_review"), ("hjortmossen", "enrolment")} <= set(found)


def plan(issued_on: str, revise_by: str, **parts: Any) -> dict[str, Any]:
    review = {"revise_by": revise_by}
    return record("molde", "M 1", "action_plan", issued_on=issued_on, review=review, **parts)


def test_a_plan_that_was_replaced_has_no_deadlines_any_more(tmp_path: Path) -> None:
    old = plan("2026-02-01", "2026-06-01")
    new = plan("2026-05-20", "2026-10-01", replaces={"issued_on": "2026-02-01"})
    source = write_lines(tmp_path / "in", [old, {**new, "status": "final"}])
    assert short(rows(source, "--as-of", "2026-06-02")) == [
        ("later", "plan_revision", "2026-10-01")
    ]
    source = write_lines(tmp_path / "in", [old, new])
    assert ("overdue", "plan_revision", "2026-06-01") in short(
        rows(source, "--as-of", "2026-06-02")
    )


def test_two_documents_of_a_kind_keep_their_own_deadlines(tmp_path: Path) -> None:
    complaints = [
        record("molde", "M 1", "complaint", receipt={"received_on": day})
        for day in ("2026-03-02", "2026-03-09")
    ]
    source = write_lines(tmp_path / "in", complaints)
    assert short(rows(source, "--as-of", "2026-03-10")) == [
        ("due", "answer_by", "2026-03-16"),
        ("due", "answer_by", "2026-03-23"),
    ]


def test_the_law_that_a_decision_rests_on_says_by_when_it_can_be_appealed(tmp_path: Path) -> None:
    decision = {"told_on": "2026-03-02", "statute": "sosialtjenesteloven"}
    appeal = record("molde", "M 1", "appeal", decision=decision)
    source = write_lines(tmp_path / "in", [appeal])
    assert short(rows(source, "--as-of", "2026-03-10")) == [("due", "appeal_by", "2026-03-23")]
    received = {**appeal, "receipt": {"received_on": "2026-03-09"}}
    source = write_lines(tmp_path / "in", [received])
    rules = {rule for _, rule, _ in short(rows(source, "--as-of", "2026-03-10"))}
    assert "appeal_by" not in rules


# --- what needs a hand ------------------------------------------------------------------------


def test_a_final_report_that_may_not_be_passed_on_is_blocked(tmp_path: Path) -> None:
    receiver = {"organisation": {"name": "X", "secrecy_area": "arbetsformedlingen"}}
    report = final_report(
        "A1",
        "2026-10-30",
        status="final",
        recipient=receiver,
        issued_on="2026-11-06",
        conclusion="Det gick bra.",
    )
    source = write_lines(tmp_path / "in", [report])
    assert short(rows(source, "--as-of", "2026-11-10")) == [("blocked", "send_by", "2026-11-13")]
    lawful = {**report, "disclosure": {"basis": "law", "provision": "10 kap. 28 § OSL"}}
    source = write_lines(tmp_path / "in", [lawful])
    assert short(rows(source, "--as-of", "2026-11-10")) == [("due", "send_by", "2026-11-13")]


def test_where_a_protected_person_is_to_be_met_is_not_told(tmp_path: Path) -> None:
    participant = {"name": SECRET, "protected_identity": True}
    review = {"meets_on": "2026-04-17", "revise_by": "2026-06-01"}
    secret = record("molde", "M 1", "action_plan", review=review, case={"participant": participant})
    source = write_lines(tmp_path / "in", [secret])
    answer = due(source, "--as-of", "2026-04-01")
    assert "2026-04-17" not in answer.stdout
    assert short(rows(source, "--as-of", "2026-04-01")) == [
        ("blocked", "plan_meeting", None),
        ("later", "plan_revision", "2026-06-01"),
    ]


# --- words and profiles of one's own ----------------------------------------------------------


def test_names_are_in_the_language_asked_for(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [final_report("A1", "2026-10-30")])
    names = [
        rows(source, "--as-of", "2026-11-20", *options)[0]["name"]
        for options in ((), ("-l", "no"), ("-l", "da"))
    ]
    assert names == [
        "Skickas senast (Slutredovisning)",
        "Sendes senest (Sluttrapport)",
        "Sendes senest (Slutrapport)",
    ]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of services in which Molde has a deadline of its own and another length."""
    profile = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    logo = (BUILT_IN / "molde.png").read_bytes()
    more = '[deadlines.visit]\nworking_days = 3\nafter = "case.enrolled_on"\nsource = "x"\n'
    folder = tmp_path / "services"
    folder.mkdir()
    (folder / "molde.toml").write_text(f"{profile}\n{more}", encoding="utf-8")
    (folder / "molde.png").write_bytes(logo)
    return folder


def test_a_profile_adds_its_own_deadlines_and_words_without_code(own: Path, tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", [record("molde", case={"enrolled_on": "2026-04-01"})])
    answer = due(source, "--as-of", "2026-04-01", "--services", own)
    assert "2026-04-09  in 8 days  T 1  molde  visit" in answer.stdout
    assert "\nwarning: no/terms.po: no word for deadline visit" in answer.stderr
    words = tmp_path / "templates" / "no"
    words.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    entry = 'msgctxt "deadline"\nmsgid "visit"\nmsgstr "Besøk"\n'
    (words / "terms.po").write_text(header + entry, encoding="utf-8")
    options = ("--services", own, "--templates", words.parent)
    answer = due(source, "--as-of", "2026-04-01", *options)
    assert answer.stdout.endswith("molde  Besøk\n")
    assert answer.stderr == "records read: 1\n"


def test_a_mistake_in_a_profile_is_told_for_each_record(own: Path, tmp_path: Path) -> None:
    path = own / "molde.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("working_days = 3", "working_days = 0"), encoding="utf-8")
    source = write_lines(tmp_path / "in", [record("molde"), final_report("A1", "2026-10-30")])
    answer = due(source, "--as-of", "2026-11-20", "--services", own)
    assert answer.returncode == 1
    assert "line 1: molde.toml: deadlines.visit.working_days: is too small" in answer.stderr
    assert "A1" in answer.stdout


# --- calls that cannot be carried out ---------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.jsonl"],
        ["in", "--as-of", "22.11.2026"],
        ["in", "--within", "14"],
        ["in", "-l", "fi"],
        ["in", "--services", "none"],
        [],
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").write_text("", encoding="utf-8")
    answer = due(*arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr


# --- what an issued document tells of its case ----------------------------------------------


def team_plan(status: str, issued_on: str, **parts: Any) -> dict[str, Any]:
    """A plan of Team Work, whose team met for the first time on 2 March 2026."""
    milestones = {"first_team_meeting_on": "2026-03-02"}
    case = {"milestones": milestones, "enrolled_on": "2026-02-02"}
    kind = {"kind": "action_plan", "status": status, "issued_on": issued_on}
    return record("team_work", case=case, **kind, **parts)


def test_what_another_paper_tells_of_the_end_of_a_case_ends_what_is_due_in_it(
    tmp_path: Path,
) -> None:
    def overdue(closed_on: str | None, **of_plan: Any) -> set[str]:
        plan = team_plan("draft", "2026-04-07")
        plan["case"] |= of_plan
        closure = {"category": "work", "closed_on": closed_on}
        report = record("team_work", case={"enrolled_on": "2026-02-02", "closure": closure})
        name = f"{closed_on} {len(of_plan)}"
        folder = write_folder(tmp_path / name, {"plan.json": plan, "report.json": report})
        return {row["rule"] for row in rows(folder, "--as-of", "2026-04-20")}

    assert {"plan_ready", "next_meeting"} <= overdue(None)
    assert not {"plan_ready", "next_meeting"} & overdue("2026-04-17")
    assert "plan_ready" in overdue("2026-04-21")
    assert "plan_ready" not in overdue("2026-02-20")
    assert "plan_ready" in overdue("2026-02-20", reentered_on="2026-02-27")


def test_an_issued_plan_is_the_day_on_which_it_was_agreed(tmp_path: Path) -> None:
    def rules(name: str, *records: dict[str, Any]) -> set[str]:
        folder = write_folder(tmp_path / name, {f"{n}.json": r for n, r in enumerate(records)})
        return {row["rule"] for row in rows(folder, "--as-of", "2026-04-20")}

    draft, final = team_plan("draft", "2026-04-07"), team_plan("final", "2026-04-07")
    other = {**draft, "issued_on": "2026-04-14"}
    assert {"plan_ready", "next_meeting"} <= rules("draft", draft)
    assert not {"plan_ready", "next_meeting"} & rules("final", final)
    assert not {"plan_ready", "next_meeting"} & rules("both", other, final)
    elsewhere = {**final, "case": {**final["case"], "number": "X"}}
    assert {"plan_ready", "next_meeting"} <= rules("elsewhere", draft, elsewhere)
