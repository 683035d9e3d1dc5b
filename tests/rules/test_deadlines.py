"""What is due when: the arithmetic, what starts, meets and ends a deadline, and its words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planforms as pf
from planforms.languages import load_words
from planforms.models import Status
from planforms.rules.calendars import Calendar
from planforms.rules.collection import rule_names
from planforms.rules.deadlines import (
    LAST_TRIGGER,
    Due,
    deadlines_of,
    due_date,
    dues_of,
    terms_of,
)
from planforms.services import list_services, load_country, load_service
from planforms.services.timing import DayOff, Deadline, Pause
from planforms.setting import read_setting
from tests.reports import GONE, LANGUAGES, ROOT, SERVICES, example_data, report_data, setting_of
from tests.rules.test_calendars import DAYS, HOLIDAYS, is_day_off

DAY = timedelta(days=1)


# --- arithmetic, against a slow statement of it -----------------------------------------------

LENGTHS = st.one_of(
    st.builds(lambda n: {"days": n}, st.integers(0, 400)),
    st.builds(lambda n: {"weeks": n}, st.integers(1, 60)),
    st.builds(lambda n: {"months": n}, st.integers(1, 30)),
    st.builds(lambda n: {"working_days": n}, st.integers(1, 60)),
    st.just({"month_end": True}),
)
PAUSES = st.lists(st.tuples(st.integers(0, 365), st.integers(1, 80)), max_size=2)
YEAR = [f"{date(2000, 1, 1) + number * DAY:%m-%d}" for number in range(366)]


def month_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def slowly(
    trigger: date, length: dict[str, int], paused: set[str], country: str, day_off: DayOff
) -> date:
    """The end of a deadline, found by walking from day to day."""
    [(unit, count)] = length.items()
    if unit == "months":
        days = (month_later(trigger, count) - trigger).days
    elif unit == "month_end":
        days = monthrange(trigger.year, trigger.month)[1] - trigger.day
    else:
        days = count * (7 if unit == "weeks" else 1)
    end = trigger
    while days:
        end += DAY
        works = unit != "working_days" or not is_day_off(country, end)
        days -= works and f"{end:%m-%d}" not in paused
    step = {DayOff.KEEP: 0, DayOff.NEXT: 1, DayOff.PREVIOUS: -1}[day_off]
    while step and is_day_off(country, end):
        end += step * DAY
    return end


@given(DAYS, LENGTHS, PAUSES, st.sampled_from(list(HOLIDAYS)), st.sampled_from(DayOff))
def test_a_deadline_ends_where_walking_from_day_to_day_ends(
    trigger: date,
    length: dict[str, int],
    pauses: list[tuple[int, int]],
    country: str,
    day_off: DayOff,
) -> None:
    periods = [[YEAR[(start + n) % 366] for n in range(days)] for start, days in pauses]
    stops = tuple(
        Pause.model_validate({"first": period[0], "last": period[-1], "source": "x"})
        for period in periods
    )
    walked = {day for period in periods for day in period}
    deadline = Deadline.model_validate(
        {"after": "x", "source": "x", "pauses": True, "on_day_off": day_off, **length}
    )
    calendar = Calendar(load_country(country), stops)
    assert due_date(deadline, trigger, calendar) == slowly(
        trigger, length, walked, country, day_off
    )


def end_of(trigger: str, country: str = "NO", **length: Any) -> str:
    deadline = Deadline.model_validate({"after": "x", "source": "x", **length})
    pauses = load_service("team_work").pauses
    calendar = Calendar(load_country(country), pauses)
    return str(due_date(deadline, date.fromisoformat(trigger), calendar))


@pytest.mark.parametrize(
    ("trigger", "length", "end"),
    [
        ("2026-08-31", {"months": 6}, "2027-02-28"),
        ("2027-08-31", {"months": 6}, "2028-02-29"),
        ("2028-02-29", {"months": 12}, "2029-02-28"),
        ("2026-01-31", {"months": 1}, "2026-02-28"),
        ("2026-02-28", {"months": 1}, "2026-03-28"),
        ("2026-10-30", {"days": 14}, "2026-11-13"),
        ("2028-02-15", {"weeks": 2}, "2028-02-29"),
        ("2026-04-30", {"working_days": 1}, "2026-05-04"),
        ("2026-02-14", {"month_end": True}, "2026-02-28"),
        ("2026-12-31", {"month_end": True}, "2026-12-31"),
        ("2026-05-16", {"days": 1, "on_day_off": "next"}, "2026-05-18"),
        ("2026-05-16", {"days": 1, "on_day_off": "previous"}, "2026-05-15"),
        ("2026-05-16", {"days": 1, "on_day_off": "keep"}, "2026-05-17"),
        ("2026-06-15", {"weeks": 5}, "2026-07-20"),
        ("2026-06-15", {"weeks": 5, "pauses": True}, "2026-08-20"),
        ("2026-07-10", {"days": 1, "pauses": True}, "2026-08-01"),
    ],
)
def test_ends_that_can_be_looked_up_in_a_calendar(
    trigger: str, length: dict[str, Any], end: str
) -> None:
    assert end_of(trigger, **length) == end


def test_a_trigger_near_the_end_of_time_has_no_deadline_and_does_no_harm() -> None:
    assert end_of("9999-12-31", months=6) == "None"
    assert end_of(str(LAST_TRIGGER), months=120, pauses=True, on_day_off="next") != "None"
    assert end_of("0001-01-01", days=0, on_day_off="previous") == "0001-01-01"
    data = load("hjortmossen", enrolled_on="2100-12-31")
    assert str(facts(data)["enrolment"].date) == "2101-04-30"
    with pytest.raises(pf.DataError):
        load("hjortmossen", enrolled_on="9999-12-31")


# --- cases ------------------------------------------------------------------------------------


def hjortmossen_data(changes: dict[str, Any]) -> dict[str, Any]:
    return report_data(
        {"case.service": "hjortmossen", "language": "sv", "issued_on": GONE, **changes}
    )


def load(service: str, kind: str = "final_report", **changes: Any) -> Any:
    """A draft of a kind with nothing in it but what identifies it, and what a test gives it."""
    own: dict[str, Any] = {
        name: changes.pop(name) for name in ("receipt", "issued_on", "status") if name in changes
    }
    case = {"number": "T 1", "service": service, "participant": {"name": "Nomen Nescio"}}
    identity = {"schema": 1, "kind": kind, "language": SERVICES[service]}
    return pf.load({**identity, "case": {**case, **changes}, **own})


def dues(data: Any) -> dict[str, list[Due]]:
    found: dict[str, list[Due]] = {}
    for due in dues_of(data, setting_of(data)):
        found.setdefault(due.rule, []).append(due)
    return found


def open_on(day: str, data: Any) -> dict[str, list[str]]:
    """The open deadlines on a day: the last days by rule."""
    found = {
        rule: [str(due.day) for due in each if due.is_open(date.fromisoformat(day))]
        for rule, each in dues(data).items()
    }
    return {rule: days for rule, days in found.items() if days}


def test_the_first_meetings_of_a_team_and_what_follows() -> None:
    met = {"first_team_meeting_on": "2026-09-07"}
    data = load("team_work", enrolled_on="2026-09-01", milestones=met)
    assert open_on("2026-09-08", data) == {
        "next_meeting": ["2026-09-14"],
        "plan_ready": ["2026-10-12"],
        "coordination_talk": ["2026-10-07"],
        "case_review": ["2026-11-01"],
    }


def test_what_repeats_is_due_again_after_the_last_time() -> None:
    milestones = {"first_team_meeting_on": "2026-09-07", "last_meeting_on": "2026-09-16"}
    data = load("team_work", milestones=milestones)
    assert open_on("2026-09-17", data)["next_meeting"] == ["2026-09-23"]


def test_a_meeting_from_before_the_team_met_does_not_bring_the_next_one_forward() -> None:
    milestones = {"first_team_meeting_on": "2026-09-07", "last_meeting_on": "2026-09-01"}
    data = load("team_work", milestones=milestones)
    assert open_on("2026-09-08", data)["next_meeting"] == ["2026-09-14"]


def test_what_is_done_once_is_met_from_that_day_on() -> None:
    milestones = {"first_team_meeting_on": "2026-09-07", "plan_agreed_on": "2026-10-01"}
    data = load("team_work", milestones=milestones)
    assert "plan_ready" in open_on("2026-09-30", data)
    assert "plan_ready" not in open_on("2026-10-01", data)


def test_the_plan_of_a_team_waits_for_the_holidays_to_end() -> None:
    data = load("team_work", milestones={"first_team_meeting_on": "2026-06-15"})
    assert open_on("2026-06-16", data)["plan_ready"] == ["2026-08-20"]


def test_a_closed_case_has_no_meetings_but_must_be_told_before_the_month_ends() -> None:
    data = load(
        "team_work",
        enrolled_on="2026-01-12",
        milestones={"first_team_meeting_on": "2026-01-19", "last_meeting_on": "2026-04-01"},
        closure={"category": "work", "closed_on": "2026-04-14"},
    )
    assert open_on("2026-04-14", data) == {"closure_notice": ["2026-04-30"]}
    assert "next_meeting" in open_on("2026-04-07", data)


def test_a_notice_that_was_sent_closes_the_case_for_good() -> None:
    data = load(
        "team_work",
        milestones={"closure_notice_sent_on": "2026-04-13"},
        closure={"category": "work", "closed_on": "2026-04-14"},
    )
    assert open_on("2026-04-20", data) == {}


def test_lost_contact_waits_three_months_from_the_last_application() -> None:
    closure = {"category": "lost_contact", "last_application_on": "2026-11-30"}
    data = load("team_work", closure=closure)
    assert open_on("2026-12-01", data) == {"lost_contact_wait": ["2027-02-28"]}
    moved = load("team_work", closure={**closure, "category": "moved"})
    assert open_on("2026-12-01", moved) == {}


def test_an_enrolment_lasts_four_months_or_six_if_it_is_extended() -> None:
    plain = load("hjortmossen", enrolled_on="2026-08-31")
    assert open_on("2026-09-01", plain)["enrolment"] == ["2026-12-31"]
    longer = load(
        "hjortmossen",
        enrolled_on="2026-08-31",
        milestones={"extension_agreed_on": "2026-12-10"},
    )
    found = open_on("2026-12-11", longer)
    assert "enrolment" not in found
    assert found["extended_enrolment"] == ["2027-02-28"]


def test_only_a_gentle_start_ends_after_eight_weeks() -> None:
    gentle = load("hjortmossen", enrolled_on="2026-08-31", measure="aktiv")
    assert open_on("2026-09-01", gentle)["gentle_start"] == ["2026-10-26"]
    other = load("hjortmossen", enrolled_on="2026-08-31", measure="hjortmossen")
    assert "gentle_start" not in open_on("2026-09-01", other)


def test_what_holds_for_the_assessment_is_not_asked_of_a_gentle_start() -> None:
    gentle = {"enrolled_on": "2026-08-31", "measure": "aktiv"}
    assert open_on("2026-09-01", load("hjortmossen", **gentle)) == {"gentle_start": ["2026-10-26"]}
    longer = load("hjortmossen", **gentle, milestones={"extension_agreed_on": "2026-10-20"})
    assert open_on("2026-10-21", longer) == {"gentle_start": ["2026-10-26"]}
    closure = {"category": "completed", "closed_on": "2026-10-26"}
    assert open_on("2026-10-27", load("hjortmossen", **gentle, closure=closure)) == {}


def test_six_months_after_the_end_somebody_asks_how_it_went() -> None:
    closure = {"category": "completed", "closed_on": "2026-08-31"}
    data = load("hjortmossen", closure=closure)
    assert open_on("2026-09-01", data) == {"follow_up_after_closure": ["2027-02-28"]}
    done = load("hjortmossen", closure=closure, milestones={"followed_up_on": "2027-02-20"})
    assert open_on("2027-02-21", done) == {}


def test_smia_alone_has_a_talk_every_week() -> None:
    smia = load("molde", enrolled_on="2026-11-02", measure="smia")
    assert open_on("2026-11-03", smia) == {"follow_up_talk": ["2026-11-09"]}
    assert open_on("2026-11-03", load("molde", enrolled_on="2026-11-02", measure="ata")) == {}


def test_a_course_has_notes_every_three_months_and_a_form_at_the_start_and_each_half_year() -> None:
    course = load("vivirk", enrolled_on="2026-08-10")
    assert open_on("2026-08-10", course) == {
        "status_note": ["2026-11-10"],
        "first_progress_form": ["2026-08-10"],
        "progress_form": ["2027-02-10"],
    }
    begun = load(
        "vivirk", enrolled_on="2026-08-10", milestones={"last_progress_form_on": "2026-08-12"}
    )
    assert open_on("2026-08-13", begun) == {
        "status_note": ["2026-11-10"],
        "progress_form": ["2027-02-12"],
    }


def test_nothing_is_due_where_no_source_says_so() -> None:
    assert open_on("2026-09-01", load("harstad", enrolled_on="2026-08-31")) == {}


# --- coming back ------------------------------------------------------------------------------


def test_whoever_comes_back_begins_anew() -> None:
    data = load(
        "team_work",
        enrolled_on="2024-01-15",
        reentered_on="2026-09-01",
        milestones={"first_team_meeting_on": "2024-01-22", "plan_agreed_on": "2024-02-20"},
        closure={"category": "moved", "closed_on": "2024-06-30"},
    )
    assert open_on("2026-09-02", data) == {"case_review": ["2026-11-01"]}
    again = load(
        "team_work",
        enrolled_on="2024-01-15",
        reentered_on="2026-09-01",
        milestones={"first_team_meeting_on": "2026-09-07", "plan_agreed_on": "2024-02-20"},
    )
    assert open_on("2026-09-08", again)["plan_ready"] == ["2026-10-12"]


def test_the_day_of_the_return_itself_counts() -> None:
    data = load(
        "team_work",
        enrolled_on="2024-01-15",
        reentered_on="2026-09-07",
        milestones={"first_team_meeting_on": "2026-09-07"},
    )
    assert open_on("2026-09-08", data)["plan_ready"] == ["2026-10-12"]


# --- consents ---------------------------------------------------------------------------------

GIVEN = {
    "area": "nav",
    "decision": "given",
    "decided_on": "2026-01-10",
    "information": ["plan", "attendance"],
    "valid_until": "2026-12-31",
}


def expiring(*consents: dict[str, Any], **case: Any) -> list[str]:
    data = load("molde", consents=list(consents), **case)
    return open_on("2026-11-22", data).get("consent_expiry", [])


def test_a_consent_expires_on_its_last_day() -> None:
    assert expiring(GIVEN) == ["2026-12-31"]


@pytest.mark.parametrize(
    "changed",
    [
        {"valid_until": None},
        {"decision": "refused"},
        {"withdrawn_on": "2026-05-01"},
        {"decided_on": "2025-01-10"},
    ],
    ids=["without end", "refused", "withdrawn", "from before the return"],
)
def test_a_consent_that_does_not_hold_does_not_expire(changed: dict[str, Any]) -> None:
    assert expiring({**GIVEN, **changed}, reentered_on="2026-01-02") == []


LATER = {**GIVEN, "decided_on": "2026-11-01", "valid_until": "2027-12-31"}


def test_a_later_answer_about_the_same_takes_the_place_of_a_consent() -> None:
    assert expiring(GIVEN, LATER) == ["2027-12-31"]
    assert expiring(LATER, GIVEN) == ["2027-12-31"]
    assert expiring(GIVEN, {**LATER, "decision": "refused", "information": []}) == []


def test_a_later_answer_about_something_else_does_not() -> None:
    assert expiring(GIVEN, {**LATER, "area": "school"}) == ["2026-12-31", "2027-12-31"]
    assert expiring(GIVEN, {**LATER, "information": ["plan"]}) == ["2026-12-31", "2027-12-31"]


def test_a_closed_case_does_not_ask_for_new_consents() -> None:
    assert expiring(GIVEN, closure={"closed_on": "2026-10-30"}) == []


# --- documents --------------------------------------------------------------------------------


def test_a_final_account_is_due_14_days_after_the_measure_ended() -> None:
    data = pf.load(hjortmossen_data({"status": "draft", "measure.ended_on": "2026-10-30"}))
    assert open_on("2026-11-01", data)["send_by"] == ["2026-11-13"]


@pytest.mark.parametrize(
    "told",
    [{"case.measure": "aktiv", "measure.key": "aktiv"}, {"measure.key": "aktiv"}],
)
def test_what_is_not_aktivs_does_not_hold_for_it_wherever_the_measure_is_told(
    told: dict[str, str],
) -> None:
    changes = {"measure.ended_on": "2026-10-30", "case.closure.closed_on": "2026-10-30"}
    own = hjortmossen_data({"status": "draft", **changes, **told})
    found = open_on("2026-11-01", pf.load(own))
    assert not {"follow_up_after_closure", "enrolment", "extended_enrolment"} & set(found)
    other = {"case.measure": "hjortmossen", "measure.key": "hjortmossen"}
    found = open_on(
        "2026-11-01", pf.load(hjortmossen_data({"status": "draft", **changes, **other}))
    )
    assert "follow_up_after_closure" in found


def test_a_final_account_waits_until_somebody_notes_that_it_was_sent() -> None:
    changes = {"measure.ended_on": "2026-10-30", "issued_on": "2026-11-06"}
    assert "send_by" in open_on("2026-11-20", pf.load(hjortmossen_data(changes)))
    sent = {**changes, "case.milestones": {"final_report_sent_on": "2026-11-07"}}
    assert "send_by" not in open_on("2026-11-20", pf.load(hjortmossen_data(sent)))


def test_a_reply_is_given_on_its_day_and_not_while_it_is_a_draft() -> None:
    changes = {"receipt": {"received_on": "2026-03-09"}, "issued_on": "2026-03-16"}
    draft = load("molde", "complaint_reply", **changes)
    assert open_on("2026-03-20", draft) == {"answer_by": ["2026-03-23"]}
    final = load("molde", "complaint_reply", status="final", **changes)
    assert open_on("2026-03-20", final) == {}


def plan(**milestones: str) -> Any:
    changes = {"case.milestones": milestones, "review.meets_on": "2026-04-17"}
    return pf.load(example_data("molde/action_plan_workshop_and_bike_shop", changes))


def test_an_agreed_day_is_met_by_a_meeting_on_that_day_or_later() -> None:
    assert "plan_meeting" in open_on("2026-04-18", plan())
    assert "plan_meeting" in open_on("2026-04-18", plan(last_meeting_on="2026-04-10"))
    assert "plan_meeting" not in open_on("2026-04-18", plan(last_meeting_on="2026-04-17"))


def test_every_step_of_a_plan_is_followed_up_on_its_own_day() -> None:
    found = dues(plan())
    assert len(found["activity_follow_up"]) > 1
    places = {due.place for due in found["activity_follow_up"]}
    assert "goals[0].activities[0].follow_up.due" in places
    assert len(places) == len(found["activity_follow_up"])


# --- facts ------------------------------------------------------------------------------------


def facts(data: Any, **options: Any) -> dict[str, pf.Fact]:
    return {fact.rule: fact for fact in pf.deadlines(data, **options)}


def test_a_fact_has_a_date_words_and_a_source() -> None:
    fact = facts(pf.load(hjortmossen_data({"measure.ended_on": "2026-10-30"})))["send_by"]
    assert fact.date == date(2026, 11, 13)
    assert fact.words == "13\u00a0november\u00a02026"
    assert "Hjortmossen" in fact.source


def test_without_a_date_the_fact_still_speaks() -> None:
    fact = facts(pf.load(hjortmossen_data({"measure.ended_on": GONE})))["send_by"]
    assert fact.date is None
    assert fact.words == "14 dagar efter att insatsen har avslutats"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("plan_ready", "5 veckor efter det första teammötet"),
        ("next_meeting", "1 vecka efter förra mötet"),
        ("case_review", "2 månader efter förra genomgången"),
        ("closure_notice", "före slutet av den månad då ärendet avslutades"),
        ("consent_expiry", "när samtycket löper ut"),
    ],
)
def test_a_blank_form_tells_when_something_is_due_in_words(rule: str, words: str) -> None:
    said = deadlines_of("final_report", None, read_setting("team_work"))
    assert {fact.rule: fact.words for fact in said}[rule] == words
    assert all(fact.date is None for fact in said)


def test_a_rule_that_holds_for_some_is_silent_on_a_blank_form() -> None:
    said = deadlines_of("final_report", None, read_setting("molde"))
    assert "follow_up_talk" not in {fact.rule for fact in said}


def test_several_days_of_one_rule_are_several_facts_the_first_day_first() -> None:
    last_days = ("2027-03-01", "2026-12-31")
    areas = ("nav", "school")
    consents = [
        {**GIVEN, "area": a, "valid_until": d} for a, d in zip(areas, last_days, strict=True)
    ]
    said = [
        str(fact.date)
        for fact in pf.deadlines(load("molde", consents=consents))
        if fact.rule == "consent_expiry"
    ]
    assert said == ["2026-12-31", "2027-03-01"]


def test_what_ended_before_it_fell_due_is_not_a_fact() -> None:
    for closed_on, stands in (("2026-10-11", False), ("2026-10-12", True)):
        data = load(
            "team_work",
            milestones={"first_team_meeting_on": "2026-09-07"},
            closure={"closed_on": closed_on},
        )
        assert ("plan_ready" in facts(data)) == stands


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", list_services())
def test_every_language_names_every_deadline_of_every_service(service: str, language: str) -> None:
    words = load_words(language)
    assert [term for term in terms_of(load_service(service)) if not words.has(*term)] == []
    assert all(words.plural("length", unit, 2) for unit in ("days", "weeks", "months"))
    assert "2" in words.plural("length", "working_days", 2)


def test_templates_may_ask_for_every_rule_of_every_service() -> None:
    names = rule_names("final_report", read_setting("harstad"))
    assert {"send_by", "plan_ready", "status_note", "consent_expiry"} <= set(names)


def test_a_draft_prints_by_when_it_is_to_be_sent_and_the_receiver_is_not_told() -> None:
    for path in (ROOT / "examples" / "hjortmossen").glob("*.json"):
        report = pf.load(path)
        if isinstance(report, pf.FinalReport):
            day = facts(report)["send_by"].words
            draft = report.model_copy(update={"status": Status.DRAFT})
            assert f"Ska skickas senast\n{day}" in pf.render(draft).text()
            assert "Ska skickas senast" not in pf.render(report).text()
