"""The page for those who run it every night: its scripts run, and its units and figures hold."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planforms.batching.pools import MEBIBYTES, SECONDS
from tests.batching.inputs import digests, reports, write_lines
from tests.bounds import STUCK_SECONDS
from tests.reports import ROOT, report_data

PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
PSQL = """#!/bin/bash
printf '%s\\n' "$@" > psql-was-told
cat database.jsonl
exit "$(cat status 2>/dev/null || echo 0)"
"""


def blocks(language: str) -> list[str]:
    """The fenced blocks of the page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the nightly script, and the programs it calls; the database is a stand-in."""
    programs = {
        "bin/planforms": f'#!/bin/sh\nexec "{sys.executable}" -m planforms "$@"\n',
        "bin/psql": PSQL,
        "nightly.sh": blocks("bash")[0].replace("/srv/reports", str(tmp_path)),
    }
    (tmp_path / "bin").mkdir()
    for name, text in programs.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    records = [*reports(2), report_data({"case.number": "2026/0412"})]
    write_lines(tmp_path / "database.jsonl", records)
    return tmp_path


def leave_out_pdf(office: Path) -> None:
    """Let the nightly script make Word files alone, which takes a tenth of the time."""
    script = office / "nightly.sh"
    script.write_text(script.read_text("utf-8").replace("--format pdf ", ""), "utf-8")


def call(command: str, office: Path) -> subprocess.CompletedProcess[str]:
    """What a command of the page does, with as little around it as cron gives."""
    path = f"{office / 'bin'}:{os.defpath}:/usr/local/bin"
    environment = {"PATH": path, "HOME": str(office), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        ["bash", "-c", command.replace("/srv/reports", str(office))],
        cwd=office,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=STUCK_SECONDS,
    )


def test_the_first_call_makes_both_formats(office: Path) -> None:
    write_lines(office / "cases.jsonl", reports(1))
    command = blocks("sh")[0]
    assert call(command, office).stdout == (
        "records 1, rendered 1, unchanged 0, failed 0, blocked 0, overdue 0\n"
    )
    assert {Path(name).suffix for name in digests(office / "reports")} == {".pdf", ".docx"}


def cron_command() -> str:
    """What cron would call, without the times."""
    [table] = blocks("cron")
    times, command = re.findall(r"^((?:[\d*]+ ){5})(.+)$", table, re.MULTILINE)[0]
    assert times == "15 2 * * * "
    return str(command)


def test_the_nightly_script_runs_from_crons_line_and_again(office: Path) -> None:
    for outcome in ("rendered", "unchanged"):
        answer = call(cron_command(), office)
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
        assert json.loads((office / "answer.json").read_text("utf-8"))["counts"][outcome] == 3
    assert "SELECT document::jsonb" in (office / "psql-was-told").read_text("utf-8")
    assert (office / "out").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (office / "out").glob("*.pdf"))


def test_a_query_that_breaks_off_fails_the_night_and_the_next_one_completes_it(
    office: Path,
) -> None:
    leave_out_pdf(office)
    whole = (office / "database.jsonl").read_bytes()
    (office / "database.jsonl").write_bytes(whole[: len(whole) // 2])
    (office / "status").write_text("3")
    assert call(cron_command(), office).returncode != 0
    assert 0 < len(digests(office / "out")) < 3
    (office / "database.jsonl").write_bytes(whole)
    (office / "status").unlink()
    assert call(cron_command(), office).returncode == 0
    assert len(digests(office / "out")) == 3


def test_the_commands_for_watching_and_forgetting_do_what_they_say(office: Path) -> None:
    if shutil.which("jq") is None:
        pytest.fail("the tests need jq")
    leave_out_pdf(office)
    record = report_data({"case.number": "X1", "issued_on": "never"})
    with (office / "database.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    assert call(cron_command(), office).returncode == 1
    healthy, to_send, failed = blocks("bash")[1].splitlines()
    assert call(healthy, office).returncode == 1
    assert set(call(to_send, office).stdout.split()) == set(digests(office / "out"))
    assert call(failed, office).stdout == "line 4: data.date_form issued_on\n"

    assert call(blocks("bash")[2], office).returncode == 0
    left = {f"2026-000{number}_final_report_no.docx" for number in (1, 2)}
    assert set(digests(office / "out")) == left
    assert "0412" not in (office / "out" / "manifest.jsonl").read_text("utf-8")

    write_lines(office / "database.jsonl", reports(2))
    assert call(cron_command(), office).returncode == 0
    assert call(healthy, office).returncode == 0
    assert call(to_send, office).stdout == ""


def test_the_units_of_systemd_are_right(office: Path) -> None:
    service, timer = (text.replace("/srv/reports", str(office)) for text in blocks("ini"))
    for name, text in (("planforms.service", service), ("planforms.timer", timer)):
        (office / name).write_text(text, encoding="utf-8")
        configparser.ConfigParser(interpolation=None).read_string(text)
    if shutil.which("systemd-analyze"):
        units = "planforms.service planforms.timer"
        answer = call(f"SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no {units}", office)
        told = [line for line in answer.stderr.splitlines() if "planforms" in line]
        assert (answer.returncode, told) == (0, [])


def draft(service: str, number: str, *, protected: bool = False, **parts: Any) -> dict[str, Any]:
    participant = {"name": "Nomen Nescio", "protected_identity": protected}
    case = {"number": number, "service": service, "participant": participant}
    case |= parts.pop("case", {})
    return {"kind": "final_report", "language": "sv", "case": case, **parts}


def test_what_is_due_is_listed_as_the_page_shows(office: Path) -> None:
    met = {"first_team_meeting_on": "2026-09-07", "last_meeting_on": "2026-11-16"}
    met |= {"plan_agreed_on": "2026-10-02", "last_coordination_on": "2026-11-16"}
    hand = {"ended_on": "2026-11-13"}
    ended = {"closure": {"closed_on": "2026-08-31"}}
    records = [
        draft("hjortmossen", "HM-2026-018", case=ended),
        draft("hjortmossen", "HM-2026-009", protected=True, measure=hand),
        draft("hjortmossen", "HM-2026-041", measure={"ended_on": "2026-10-30"}),
        draft("team_work", "TW-2026-014", case={"milestones": met}),
    ]
    write_lines(office / "cases.jsonl", records)
    [shown] = [text for text in blocks("text") if text.startswith("Overdue")]
    assert call(blocks("sh")[1], office).stdout == shown


def test_cases_are_counted_as_the_page_shows(office: Path) -> None:
    write_lines(office / "cases.jsonl", [draft("hjortmossen", "HM-2026-041")])
    assert call(blocks("sh")[2], office).returncode == 0
    numbers = json.loads((office / "numbers.json").read_text(encoding="utf-8"))
    assert (numbers["kind"], numbers["service"]) == ("statistics", "hjortmossen")


def test_the_papers_of_a_case_are_put_together_as_the_page_shows(office: Path) -> None:
    folder = office / "cases" / "TW-2026-017"
    folder.mkdir(parents=True)
    for path in sorted((ROOT / "examples" / "team_work").glob("*.json")):
        if json.loads(path.read_bytes()).get("case", {}).get("number") == folder.name:
            shutil.copy(path, folder)
    assert call(blocks("sh")[3], office).returncode == 0
    assert (office / "papers.pdf").exists() and (office / "left-out.pdf").exists()


def test_large_print_and_plain_text_are_made_as_the_page_shows(office: Path) -> None:
    (office / "examples").symlink_to(ROOT / "examples")
    for command in blocks("console"):
        done = call(f"set -e\n{command}", office)
        assert done.returncode == 0, done.stderr
        assert all((office / name).stat().st_size for name in re.findall(r"-o (\S+)", command))


def test_the_limits_on_the_page_are_those_of_the_pool() -> None:
    assert f"over {SECONDS:.0f} s or {MEBIBYTES // 1024} GiB" in PAGE


def test_every_script_of_the_page_is_one_that_is_run_here() -> None:
    four, three = ["sh"] * 4, ["text"] * 3
    fenced = re.findall(r"^```(\w+)$", PAGE, re.MULTILINE)
    programs = ["bash", "bash", "bash", "console", "console", "cron", "ini", "ini"]
    assert sorted(fenced) == [*programs, *four, *three]
