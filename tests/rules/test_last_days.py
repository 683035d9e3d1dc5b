"""The last days of the services' own rules, reckoned by hand with a calendar on the wall.

Those of appeals, which laws set, are in :mod:`tests.rules.test_appeals`.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest

from planforms.rules.calendars import Calendar
from planforms.rules.deadlines import Due, due_date
from planforms.services import list_services, load_country, load_service
from planforms.services.timing import Deadline

CASES = [
    # Team Work: a meeting a week, over New Year too
    ("team_work", "", "next_meeting", "2026-09-07", "2026-09-14", "Mon"),
    ("team_work", "", "next_meeting", "2026-12-28", "2027-01-04", "Mon"),
    # five weeks, in which July does not count: from its last day before to its first behind
    ("team_work", "", "plan_ready", "2026-09-07", "2026-10-12", "Mon"),
    ("team_work", "", "plan_ready", "2026-05-25", "2026-06-29", "Mon"),
    ("team_work", "", "plan_ready", "2026-05-26", "2026-06-30", "Tue"),
    ("team_work", "", "plan_ready", "2026-05-27", "2026-08-01", "Sat"),
    ("team_work", "", "plan_ready", "2026-06-30", "2026-09-04", "Fri"),
    ("team_work", "", "plan_ready", "2026-07-15", "2026-09-04", "Fri"),
    ("team_work", "", "plan_ready", "2026-07-31", "2026-09-04", "Fri"),
    ("team_work", "", "plan_ready", "2026-08-01", "2026-09-05", "Sat"),
    # months end where February does
    ("team_work", "", "coordination_talk", "2026-09-07", "2026-10-07", "Wed"),
    ("team_work", "", "coordination_talk", "2026-01-31", "2026-02-28", "Sat"),
    ("team_work", "", "coordination_talk", "2028-01-31", "2028-02-29", "Tue"),
    ("team_work", "", "case_review", "2026-08-31", "2026-10-31", "Sat"),
    ("team_work", "", "case_review", "2026-12-31", "2027-02-28", "Sun"),
    ("team_work", "", "case_review", "2027-12-30", "2028-02-29", "Tue"),
    ("team_work", "", "closure_notice", "2026-02-01", "2026-02-28", "Sat"),
    ("team_work", "", "closure_notice", "2028-02-29", "2028-02-29", "Tue"),
    ("team_work", "", "closure_notice", "2026-04-30", "2026-04-30", "Thu"),
    ("team_work", "", "closure_notice", "2026-05-01", "2026-05-31", "Sun"),
    ("team_work", "", "lost_contact_wait", "2026-01-31", "2026-04-30", "Thu"),
    ("team_work", "", "lost_contact_wait", "2026-11-30", "2027-02-28", "Sun"),
    ("team_work", "", "lost_contact_wait", "2027-11-30", "2028-02-29", "Tue"),
    ("team_work", "complaint", "answer_by", "2026-04-16", "2026-04-30", "Thu"),
    ("team_work", "complaint_reply", "answer_by", "2026-06-05", "2026-06-19", "Fri"),
    # Hjortmossen
    ("hjortmossen", "", "enrolment", "2026-04-20", "2026-08-20", "Thu"),
    ("hjortmossen", "", "enrolment", "2026-08-31", "2026-12-31", "Thu"),
    ("hjortmossen", "", "enrolment", "2026-10-31", "2027-02-28", "Sun"),
    ("hjortmossen", "", "extended_enrolment", "2026-08-31", "2027-02-28", "Sun"),
    ("hjortmossen", "", "extended_enrolment", "2027-08-31", "2028-02-29", "Tue"),
    ("hjortmossen", "", "gentle_start", "2026-08-31", "2026-10-26", "Mon"),
    ("hjortmossen", "", "gentle_start", "2026-11-09", "2027-01-04", "Mon"),
    ("hjortmossen", "", "follow_up_after_closure", "2026-10-30", "2027-04-30", "Fri"),
    ("hjortmossen", "", "follow_up_after_closure", "2026-08-30", "2027-02-28", "Sun"),
    ("hjortmossen", "final_report", "send_by", "2026-10-30", "2026-11-13", "Fri"),
    ("hjortmossen", "final_report", "send_by", "2028-02-15", "2028-02-29", "Tue"),
    ("hjortmossen", "final_report", "send_by", "2026-12-18", "2027-01-01", "Fri"),
    ("hjortmossen", "complaint", "answer_by", "2026-12-17", "2026-12-31", "Thu"),
    ("hjortmossen", "complaint_reply", "answer_by", "2026-12-31", "2027-01-14", "Thu"),
    # ViVirk'R
    ("vivirk", "", "status_note", "2026-11-30", "2027-02-28", "Sun"),
    ("vivirk", "", "status_note", "2026-08-10", "2026-11-10", "Tue"),
    ("vivirk", "", "first_progress_form", "2026-08-10", "2026-08-10", "Mon"),
    ("vivirk", "", "progress_form", "2026-08-31", "2027-02-28", "Sun"),
    ("vivirk", "", "progress_form", "2027-08-31", "2028-02-29", "Tue"),
    ("vivirk", "final_report", "send_by", "2026-06-12", "2026-06-26", "Fri"),
    ("vivirk", "complaint", "answer_by", "2026-03-16", "2026-03-30", "Mon"),
    ("vivirk", "complaint_reply", "answer_by", "2026-05-22", "2026-06-05", "Fri"),
    # Molde and Harstad: days off stay where they fall, since no law moves these
    ("molde", "", "follow_up_talk", "2026-04-24", "2026-05-01", "Fri"),
    ("molde", "", "follow_up_talk", "2026-04-30", "2026-05-07", "Thu"),
    ("molde", "complaint", "answer_by", "2026-03-09", "2026-03-23", "Mon"),
    ("molde", "complaint_reply", "answer_by", "2026-12-11", "2026-12-25", "Fri"),
    ("harstad", "complaint", "answer_by", "2028-02-15", "2028-02-29", "Tue"),
    ("harstad", "complaint_reply", "answer_by", "2028-02-16", "2028-03-01", "Wed"),
]
"""Service, kind (none for the case), rule, the day it runs from, the last day and its weekday."""
KINDS = ("final_report", "complaint", "complaint_reply")


def deadline_of(service: str, kind: str, rule: str) -> Deadline:
    profile = load_service(service)
    return (profile.documents[kind].deadlines if kind else profile.deadlines)[rule]


def last_day(service: str, kind: str, rule: str, trigger: date) -> date | None:
    profile = load_service(service)
    days = Calendar(load_country(profile.country), profile.pauses)
    return due_date(deadline_of(service, kind, rule), trigger, days)


@pytest.mark.parametrize(("service", "kind", "rule", "trigger", "last", "weekday"), CASES)
def test_the_last_day_is_the_one_that_was_reckoned_by_hand(
    service: str, kind: str, rule: str, trigger: str, last: str, weekday: str
) -> None:
    day = date.fromisoformat(last)
    assert calendar.day_abbr[day.weekday()] == weekday
    assert last_day(service, kind, rule, date.fromisoformat(trigger)) == day


@pytest.mark.parametrize(("service", "kind", "rule", "_trigger", "last", "_weekday"), CASES)
def test_what_was_done_on_the_last_day_is_done_and_the_day_after_it_was_open(
    service: str, kind: str, rule: str, _trigger: str, last: str, _weekday: str
) -> None:
    day = date.fromisoformat(last)
    deadline = deadline_of(service, kind, rule)
    for late in (timedelta(0), timedelta(days=1)):
        due = Due(rule, kind, deadline.after, deadline.after, day, done=day + late)
        assert due.is_open(day) == bool(late)
        assert not due.is_open(day + late)


def test_no_length_of_the_papers_that_the_services_describe_is_left_out() -> None:
    known = {case[:3] for case in CASES}
    for service in list_services():
        for kind in KINDS:
            rules = load_service(service).documents[kind].deadlines
            assert {(service, kind, rule) for rule in rules} <= known
