"""What an application needs before it is sent, and what its hours suggest."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.application import Application
from planforms.models.secrecy import Exchange, Information
from planforms.rules.consents import Passing, Standing, covering
from planforms.rules.facts import Fact
from planforms.setting import Setting

RULES = ("fewest_hours", "most_hours", "gentle_start_measure")


def application_problems(data: Application, setting: Setting) -> Iterator[Problem]:
    """A Problem for each kind of information that no consent lets the service obtain.

    A referrer of the service's own secrecy area needs none, and no form asks for the area: whoever
    enters the application knows it.
    """
    organisation = data.referrer.organisation if data.referrer else None
    area = organisation.secrecy_area if organisation else None
    if area is None:
        hint = "an issued document must have it; a draft may go without"
        place = "referrer.organisation.secrecy_area"
        yield Problem("data.needed", place, "is needed and missing", hint)
    if not area or not data.issued_on or area == setting.service.organisation.secrecy_area:
        return
    for information in _told(data, setting):
        passing = Passing(area, information, Exchange.OBTAIN)
        found = covering(data.case, passing, data.issued_on, setting.service.consent)
        if found.standing is not Standing.COVERED:
            what = "no consent in force covers what the referrer tells: {information}"
            hint = "ask the participant before the application is sent"
            place, said = "case.consents", information.value
            yield Problem.of("data.application_consent", place, what, hint, information=said)


def _told(data: Application, setting: Setting) -> tuple[Information, ...]:
    """The kinds of information that the referrer passes on."""
    headings = setting.document(data.kind, data.variant).headings
    told = [headings[one.heading] for one in data.background if one.heading in headings]
    if data.needs:
        told.append(Information.RESOURCES_AND_OBSTACLES)
    return tuple(dict.fromkeys(told))


def hours_of(data: Application | None, setting: Setting) -> Iterator[Fact]:
    """The fewest and the most hours a week that fit, and the measure for those with fewer.

    With data only what its hours do not keep to; an empty form tells both.
    """
    guide = setting.document("application", data.variant if data else None).hours
    if guide is None:
        return
    words, hours = setting.words, data.hours if data else None
    if data is None or (hours is not None and hours < guide.fewest):
        measure = setting.name("measure", guide.below)
        yield Fact("fewest_hours", None, words.number(guide.fewest), guide.source, guide.checked)
        yield Fact("gentle_start_measure", None, measure, guide.source, guide.checked)
    if data is None or (hours is not None and hours > guide.most):
        yield Fact("most_hours", None, words.number(guide.most), guide.source, guide.checked)


def hours_to_look_at(data: Application, setting: Setting) -> Iterator[Problem]:
    """A warning if somebody asks for more hours than the service is open, or for very few."""
    guide = setting.document(data.kind, data.variant).hours
    if guide is None or data.hours is None:
        return
    hint = "talk about it with the participant"
    if data.hours > guide.most:
        what = "is more than the {hours} hours a week that the service has"
        yield _warning(what, hint, hours=guide.most)
    elif data.hours < guide.fewest and data.case.measure != guide.below:
        what = "is less than {hours} hours a week; another measure may fit better"
        yield _warning(what, hint, hours=guide.fewest)


def _warning(message: str, hint: str, hours: int) -> Problem:
    return Problem.of("data.application_hours", "hours", message, hint, hours=hours).as_warning()
