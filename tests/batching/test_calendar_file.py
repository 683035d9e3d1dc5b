"""Deadlines and meetings as a file for calendars, read back by a reader of the standard."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

import planforms as pf
from tests.commands import call
from tests.reports import EXAMPLES

AS_OF = date(2026, 2, 20)
EXAMPLE = {f"{path.parent.name}/{path.stem}": path for path in EXAMPLES}
SUMMONS = EXAMPLE["team_work/summons_first_team"]
NAMES = ("Nadja", "Provström", "Hassan", "Testman", "Exempelgatan", "Sölvesborg")


def calendar_of(*sources: Any, as_of: date = AS_OF, **options: Any) -> bytes:
    found = pf.agenda(
        [pf.load(source) for source in sources], as_of=as_of, within=timedelta(days=14)
    )
    assert not found.problems
    return pf.to_ics(found, as_of=as_of, **options)


def events(content: bytes) -> list[Event]:
    calendar = Calendar.from_ical(content)
    return [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]


def meetings(content: bytes) -> list[tuple[str, Any, Any]]:
    return [
        (str(one["summary"]), one.start, one.end)
        for one in events(content)
        if one.get("transp") != "TRANSPARENT"
    ]


def with_case(source: Path, **changes: Any) -> pf.DocumentData:
    data = pf.load(source)
    assert isinstance(data, pf.CaseDocument)
    return pf.revise(data, case=data.case.model_copy(update=changes))


def test_a_meeting_has_its_hours_by_the_clock_of_the_place() -> None:
    winter = [("TW-2026-017: möte", 8, 9.5)]
    found = meetings(calendar_of(SUMMONS))
    hours = [(text, one.hour, other.hour + other.minute / 60) for text, one, other in found]
    assert hours == winter
    network = EXAMPLE["vivirk/summons_network"]
    ((text, starts, ends),) = meetings(calendar_of(network, as_of=date(2026, 6, 1)))
    assert text == "VV-2024-013: møde"
    assert starts == datetime(2026, 6, 9, 11, tzinfo=UTC)  # 13.00 in summer
    assert ends == datetime(2026, 6, 9, 12, 15, tzinfo=UTC)


def test_a_meeting_that_does_not_say_when_it_ends_is_an_hour() -> None:
    note = EXAMPLE["vivirk/meeting_note_network"]
    ((_, starts, ends),) = meetings(calendar_of(note, as_of=date(2026, 6, 10)))
    assert ends - starts == timedelta(hours=1)


def test_a_meeting_that_two_papers_tell_of_stands_once_and_a_past_one_not_at_all() -> None:
    assert len(meetings(calendar_of(SUMMONS, SUMMONS))) == 1
    assert meetings(calendar_of(SUMMONS, as_of=date(2026, 3, 3))) == []
    draft = pf.revise(pf.load(SUMMONS), status="draft")
    assert meetings(calendar_of(draft)) == []


def test_a_deadline_is_a_whole_day_that_blocks_nothing() -> None:
    plan = EXAMPLE["team_work/summons_new_meeting_after_a_missed_one"]
    content = calendar_of(plan, as_of=date(2026, 3, 12))
    found = {
        str(one["summary"]): one.start
        for one in events(content)
        if one.get("transp") == "TRANSPARENT"
    }
    assert found["TW-2026-017: Nästa möte i teamet"] == date(2026, 3, 9)


def test_nobody_and_no_place_is_named() -> None:
    sources = [path for path in EXAMPLES if path.parent.name == "team_work"]
    text = calendar_of(*sources).decode().replace("\r\n ", "")
    assert "TW-2026-017" in text
    assert not [name for name in NAMES if name in text]
    assert not {"ATTENDEE", "ORGANIZER", "LOCATION", "DESCRIPTION"} & set(text.split(":"))


def test_nothing_tells_when_somebody_protected_is_met() -> None:
    data = pf.load(SUMMONS)
    assert isinstance(data, pf.CaseDocument)
    participant = data.case.participant.model_copy(update={"protected_identity": True})
    assert meetings(calendar_of(with_case(SUMMONS, participant=participant))) == []


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    content = calendar_of(*EXAMPLES)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    content.decode()
    required = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "CLASS"}
    found = events(content)
    assert found
    assert all(required <= set(one) for one in found)
    uids = [str(one["uid"]) for one in found]
    assert len(set(uids)) == len(uids)


def test_the_same_cases_and_day_give_the_same_bytes() -> None:
    assert calendar_of(*EXAMPLES) == calendar_of(*reversed(EXAMPLES))
    stamps = {one.DTSTAMP for one in events(calendar_of(*EXAMPLES))}
    assert stamps == {datetime(2026, 2, 20, tzinfo=UTC)}


def test_a_deadline_that_moved_keeps_its_identifier() -> None:
    def uids(sent_on: str) -> dict[str, Any]:
        milestones = {"first_team_meeting_on": "2026-03-02", "last_coordination_on": sent_on}
        case = pf.load(SUMMONS).model_dump(mode="json", by_alias=True)["case"]
        data = {"kind": "mapping", "language": "sv", "case": {**case, "milestones": milestones}}
        return {str(one["uid"]): one.start for one in events(calendar_of(data))}

    first, later = uids("2026-03-10"), uids("2026-04-14")
    assert first.keys() == later.keys()
    assert first != later


def test_names_come_in_the_language_asked_for() -> None:
    assert meetings(calendar_of(SUMMONS, language="da"))[0][0] == "TW-2026-017: møde"
    with pytest.raises(pf.UsageError):
        calendar_of(SUMMONS, language="xx")


def test_the_command_writes_the_file_beside_its_table(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    answer = call("due", SUMMONS, "--as-of", "2026-02-20", "--ics", path)
    assert (answer.returncode, answer.stderr) == (0, "records read: 1\n")
    assert path.read_bytes() == calendar_of(SUMMONS)
    nowhere = call("due", SUMMONS, "--ics", tmp_path / "no" / "due.ics")
    assert nowhere.returncode == 2


def test_without_the_library_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['icalendar'] = None\n"
        "import planforms as pf\n"
        "try: pf.to_ics(pf.Agenda((), (), 0), as_of=None)\n"
        "except pf.UsageError as error: print(error)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "pip install 'planforms[calendar]'" in answer.stdout
