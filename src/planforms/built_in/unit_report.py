"""The unit report: all headings of its variant, and nothing by which somebody is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforms.errors import Problem, did_you_mean
from planforms.models.shapes import Form
from planforms.models.unit_report import UnitGoalState, UnitReport
from planforms.models.walking import walk
from planforms.registry import Kind
from planforms.rules.suppression import is_few
from planforms.setting import Setting

_OF_A_PERSON = re.compile(r"\b(?:19|20)?\d{6}[ +-]?\d{4,5}\b")
"""What looks like a national number of Norway, Sweden or Denmark."""


def section_problems(data: UnitReport, setting: Setting) -> Iterator[Problem]:
    """A Problem for each section that the report does not have, or has twice."""
    report = setting.service.reports.get(data.variant or "")
    known = report.headings if report else ()
    seen: set[str] = set()
    for number, section in enumerate(data.sections):
        place = f"sections[{number}].heading"
        if section.heading not in known:
            hint = did_you_mean(section.heading, known, otherwise="choose another variant")
            yield Problem("data.key", place, "is no heading of this report", hint)
        elif section.heading in seen:
            yield Problem("data.key", place, "stands twice", "keep one")
        seen.add(section.heading)


def untold_sections(data: UnitReport, setting: Setting) -> Iterator[Problem]:
    """A Problem for each heading under which an issued report tells nothing."""
    report = setting.service.reports.get(data.variant or "")
    told = {section.heading for section in data.sections}
    for key in report.headings if report else ():
        if key not in told:
            hint = "tell something under the heading {heading}, or that there is nothing to tell"
            what = "lack a heading of the report"
            yield Problem.of("data.needed", "sections", what, hint, heading=key)


def goals_behind(data: UnitReport, _: Setting) -> Iterator[Problem]:
    """A Problem for each goal that is behind while nothing is done about it."""
    for number, goal in enumerate(data.goals):
        if goal.state is UnitGoalState.BEHIND and not goal.action:
            what, hint = "is needed and missing", "tell what is done, since the goal is behind"
            yield Problem("data.needed", f"goals[{number}].action", what, hint)


def small_numbers(data: UnitReport, setting: Setting) -> Iterator[Problem]:
    """A Problem for each number of so few people that a report to others would tell of them."""
    report = setting.service.reports.get(data.variant or "")
    if report and not report.outward:
        return
    for number, one in enumerate(data.numbers):
        if one.count is not None and is_few(one.count):
            what = "is a number of so few people that they could be recognised"
            hint = "add it to another one, or leave out both"
            yield Problem("data.small_number", f"numbers[{number}].count", what, hint)


def people_told_of(data: UnitReport, _: Setting) -> Iterator[Problem]:
    """A Problem for each text in which a national number seems to stand."""
    for place, shape, value in walk(type(data), data):
        is_text = shape.form in (Form.LINE, Form.TEXT) and isinstance(value, str)
        if is_text and _OF_A_PERSON.search(value):
            what, hint = "seems to name somebody", "a report tells of no single person"
            yield Problem("data.person", place, what, hint)


KIND = Kind(
    UnitReport,
    problems=(section_problems, people_told_of),
    issue_problems=(untold_sections, goals_behind, small_numbers),
    pages=4,
)
