"""Examples that an authority would not return: days, weeks, hours, steps and roles fit each other.

Everything is reckoned by rule from the data of each example, whatever its kind. Each rule gives
what does not hold; the mistakes at the end show that each can find something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

import planforms as pf
from planforms.models import CaseDocument, DocumentData, Role
from planforms.models.final_report import Activity, Measure, Workplace
from planforms.models.shapes import Form
from planforms.models.walking import walk
from planforms.rules.calendars import Calendar
from planforms.setting import setting_for
from tests.reports import EXAMPLES, example_data

IDS = [f"{path.parent.name}/{path.stem}" for path in EXAMPLES]
ANY_DAY = frozenset(
    {"birth_date", "valid_until", "expected_from", "expected_until", "starts_on", "ends_on"}
)
"""Days that may be a Sunday: a birthday, and the ends of what runs or is counted."""
BESIDE = frozenset({Role.SUPERVISOR, Role.MENTOR, Role.INTERPRETER, Role.MANAGER})
"""Roles of people beside the team: at a workplace, or of the house."""
HOURS_A_DAY = (2, 8)
YOUNGEST, OLDEST, OF_AGE = 15, 67, 18
DAY = timedelta(days=1)
WEEKDAYS = {
    "no": "mandag til fredag",
    "nn": "måndag til fredag",
    "sv": "måndag till fredag",
    "da": "mandag til fredag",
}
WEEKENDS = {
    "no": r"\b[ls]ø[rn]dag",
    "nn": r"\b(laur|sun)dag",
    "sv": r"\b[ls]ö[rn]dag",
    "da": r"\b[ls]ø[rn]dag",
}
WEEKS = {"no": r"uker\b", "nn": r"veker\b", "sv": r"veckor\b", "da": r"uger\b"}
HOURS = {
    "no": r"timer i uk[ae]",
    "nn": r"timar i veka",
    "sv": r"timmar i veckan",
    "da": r"timer om ugen",
}
NUMBERS = {
    "no": "to tre fire fem seks sju åtte ni ti elleve tolv",
    "nn": "to tre fire fem seks sju åtte ni ti elleve tolv",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv",
}


def days(data: DocumentData) -> Iterator[tuple[str, date]]:
    for place, shape, value in walk(type(data), data):
        if shape.form is Form.DATE and value is not None:
            yield place, value


def text_of(data: DocumentData) -> str:
    return "\n".join(value for _, _, value in walk(type(data), data) if isinstance(value, str))


def language_of(data: DocumentData) -> str:
    return data.language[:2]


def calendar_of(data: DocumentData) -> Calendar:
    setting = setting_for(data)
    return Calendar(setting.country, setting.service.pauses)


# --- every kind -------------------------------------------------------------------------------


def on_working_days(data: DocumentData) -> Iterator[object]:
    calendar = calendar_of(data)
    for place, day in days(data):
        if place.rpartition(".")[2] not in ANY_DAY and calendar.is_day_off(day):
            yield place, day


def dates_told(data: DocumentData) -> Iterator[tuple[str, list[date]]]:
    """What a text tells as a day with its month: the day, in each year that the data names."""
    months = Locale(language_of(data)).months["format"]["wide"]
    numbers = {name.casefold(): number for number, name in months.items()}
    years = {day.year for _, day in days(data)}
    for found in re.finditer(r"\b(\d{1,2})\.? (\w+)(?: (\d{4}))?", text_of(data).casefold()):
        if found[2] in numbers:
            asked = {int(found[3])} if found[3] else years
            yield found[0], [date(year, numbers[found[2]], int(found[1])) for year in asked]


def told_in_the_time_of_the_case(data: DocumentData) -> Iterator[object]:
    known = [day for place, day in days(data) if not place.endswith("birth_date")]
    first, last = min(known) - 31 * DAY, max(known) + 366 * DAY
    for words, possible in dates_told(data):
        if not any(first <= day <= last for day in possible):
            yield words


def weekdays_told_are_right(data: DocumentData) -> Iterator[object]:
    names = Locale(language_of(data)).days["format"]["wide"]
    text = text_of(data).casefold()
    for words, possible in dates_told(data):
        for number, name in names.items():
            said = re.search(rf"\b{name}(?:en)? (?:den )?{re.escape(words)}", text)
            if said and number not in {day.weekday() for day in possible}:
                yield said[0]


def monday_to_friday_is_no_saturday(data: DocumentData) -> Iterator[object]:
    language, text = language_of(data), text_of(data)
    if WEEKDAYS[language] in text:
        yield from re.findall(WEEKENDS[language], text)


def one_role_a_name(data: DocumentData) -> Iterator[object]:
    roles: dict[str, set[Role]] = {}
    for _, _, value in walk(type(data), data):
        role, name = getattr(value, "role", None), getattr(value, "name", None)
        if isinstance(role, Role) and isinstance(name, str):
            roles.setdefault(name, set()).add(role)
    if isinstance(data, CaseDocument):
        roles.setdefault(data.case.participant.name, set()).add(Role.PARTICIPANT)
    yield from (name for name, found in roles.items() if len(found) > 1)


def signers_fit(data: DocumentData) -> Iterator[object]:
    """Nobody signs in a role twice, or what is sent to them; the participant by their own name."""
    seen: set[Role] = set()
    receiver = getattr(data, "recipient", None)
    for signature in getattr(data, "signatures", ()):
        if signature.role in seen or (
            signature.name and receiver and signature.name == receiver.name
        ):
            yield signature.role
        seen.add(signature.role)
        own = isinstance(data, CaseDocument) and data.case.participant.name
        if signature.role is Role.PARTICIPANT and signature.name not in (None, own):
            yield signature.role


def ages_fit(data: DocumentData) -> Iterator[object]:
    born = data.case.participant.birth_date if isinstance(data, CaseDocument) else None
    if not isinstance(data, CaseDocument) or born is None:
        return
    seen = data.issued_on or max(day for _, day in days(data))
    age = seen.year - born.year - ((seen.month, seen.day) < (born.month, born.day))
    if not YOUNGEST <= age <= OLDEST:
        yield age
    for one in data.case.participant.representatives:
        if one.kind.value == "parent" and age >= OF_AGE:
            yield one.kind


# --- final reports ----------------------------------------------------------------------------


def within_the_measure(data: pf.FinalReport) -> Iterator[object]:
    measure = data.measure or Measure()
    parts: list[Workplace | Activity] = [*data.workplaces, *data.activities]
    for part in parts:
        for day in (part.started_on, part.ended_on):
            first, last = measure.started_on or date.min, measure.ended_on or date.max
            if day and not first <= day <= last:
                yield day


def within_the_case(data: pf.FinalReport) -> Iterator[object]:
    first, last = data.case.enrolled_on or date.min, data.issued_on or date.max
    seen = [day for use in data.instruments for day in (use.assessed_on, use.assessed_again_on)]
    seen += [statement.stated_on for statement in data.statements]
    seen += [data.closing_meeting.held_on] if data.closing_meeting else []
    yield from (day for day in seen if day and not first <= day <= last)


def steps_fit(data: pf.FinalReport) -> Iterator[object]:
    """Steps run from the first to the last hours within the measure; texts tell their hours."""
    extent, measure = data.extent, data.measure
    if not (extent and extent.steps and measure and measure.started_on and measure.ended_on):
        return
    starts = [step.starts_on for step in extent.steps]
    if starts != sorted(set(starts)) or starts[0] != measure.started_on:
        yield starts
    if starts[-1] > measure.ended_on:
        yield starts[-1]
    if (extent.steps[0].hours, extent.steps[-1].hours) != (extent.at_start, extent.at_end):
        yield extent.at_start, extent.at_end
    known = {float(step.hours) for step in extent.steps}
    told = re.findall(rf"(\d+(?:,\d)?) {HOURS[language_of(data)]}", text_of(data))
    yield from (hours for hours in told if float(hours.replace(",", ".")) not in known)


def hours_of(data: pf.FinalReport) -> list[float]:
    extent = data.extent
    found = [extent.planned, extent.at_start, extent.at_end] if extent else []
    found += [step.hours for step in extent.steps] if extent else []
    return [float(hours) for hours in found if hours is not None]


def workplaces_fit(data: pf.FinalReport) -> Iterator[object]:
    most = max(hours_of(data), default=0)
    yield from (one.hours for one in data.workplaces if one.hours and one.hours > most)


def working_days(data: pf.FinalReport) -> int:
    measure, calendar = data.measure, calendar_of(data)
    if not (measure and measure.started_on and measure.ended_on):
        return 0
    length = (measure.ended_on - measure.started_on).days + 1
    every = (measure.started_on + number * DAY for number in range(length))
    return sum(not calendar.is_day_off(day) for day in every)


def attendance_fits(data: pf.FinalReport) -> Iterator[object]:
    """Days agreed are working days of the measure, neither hardly begun nor too long."""
    planned = data.attendance.planned_days if data.attendance else None
    working, hours = working_days(data), hours_of(data)
    if not (planned and working and hours):
        return
    if planned > working:
        yield planned, working
    shortest, longest = HOURS_A_DAY
    weeks = working / 5
    if max(hours) * weeks / planned < shortest or min(hours) * weeks / planned > longest:
        yield planned, hours


def weeks_told_fit(data: pf.FinalReport) -> Iterator[object]:
    language = language_of(data)
    names = {name: number for number, name in enumerate(NUMBERS[language].split(), 2)}
    for words in re.findall(rf"(\w+) {WEEKS[language]}", text_of(data)):
        number = names.get(words.casefold(), int(words) if words.isdigit() else 0)
        if data.measure and data.measure.ended_on and number > working_days(data) / 5 + 1:
            yield words


def whoever_acts_is_known(data: pf.FinalReport) -> Iterator[object]:
    known = {member.role for member in data.case.team} | {Role.PARTICIPANT, *BESIDE}
    known |= {data.recipient.role} if data.recipient and data.recipient.role else set()
    known |= {signature.role for signature in data.signatures}
    asked = [step.responsible for step in (data.next_step.plan if data.next_step else ())]
    asked += [data.follow_up.responsible] if data.follow_up else []
    asked += [use.assessor for use in data.instruments]
    yield from (role for role in asked if role and role not in known)
    names = {member.name for member in data.case.team}
    named = (use.assessor_name for use in data.instruments)
    yield from (name for name in named if name and name not in names)


def plan_fits(data: pf.FinalReport) -> Iterator[object]:
    """A plan begins when the measure has ended, and stands in the order of its days."""
    due = [step.due for step in (data.next_step.plan if data.next_step else ()) if step.due]
    ended = data.measure.ended_on if data.measure and data.measure.ended_on else date.min
    yield from (day for day in due if day < ended)
    if due != sorted(due):
        yield due


def read_before_signed(data: pf.FinalReport) -> Iterator[object]:
    read = data.participant_view.read_on if data.participant_view else None
    for signature in data.signatures:
        if read and signature.signed_on and signature.signed_on < read:
            yield signature.role


OF_ALL: tuple[Callable[[DocumentData], Iterator[object]], ...] = (
    on_working_days,
    told_in_the_time_of_the_case,
    weekdays_told_are_right,
    monday_to_friday_is_no_saturday,
    one_role_a_name,
    signers_fit,
    ages_fit,
)
OF_REPORTS: tuple[Callable[[pf.FinalReport], Iterator[object]], ...] = (
    within_the_measure,
    within_the_case,
    steps_fit,
    workplaces_fit,
    attendance_fits,
    weeks_told_fit,
    whoever_acts_is_known,
    plan_fits,
    read_before_signed,
)


def faults(data: DocumentData) -> dict[str, list[object]]:
    """What does not hold in a document, by rule."""
    found = {rule.__name__: list(rule(data)) for rule in OF_ALL}
    if isinstance(data, pf.FinalReport):
        found |= {rule.__name__: list(rule(data)) for rule in OF_REPORTS}
    return {rule: what for rule, what in found.items() if what}


@pytest.mark.parametrize("path", EXAMPLES, ids=IDS)
def test_an_example_holds(path: Path) -> None:
    assert faults(pf.load(path)) == {}


# --- all examples together --------------------------------------------------------------------

OWN_SERIES = frozenset({"complaint", "complaint_reply"})
"""Kinds that a service counts apart."""


def numbers_that_fit_no_other(documents: Iterable[CaseDocument]) -> Iterator[str]:
    """Numbers of another form than the others of their service, or of more than one person."""
    forms: dict[tuple[str, bool], str] = {}
    names: dict[tuple[str, str], str] = {}
    for document in documents:
        number, service = document.case.number, document.case.service
        form = re.sub(r"\d", "0", number)
        name = document.case.participant.name
        fits = forms.setdefault((service, document.kind in OWN_SERIES), form) == form
        named = name != number  # what a joint meeting notes has the number alone
        if not fits or (named and names.setdefault((service, number), name) != name):
            yield number


def documents_of_cases() -> list[CaseDocument]:
    return [data for data in map(pf.load, EXAMPLES) if isinstance(data, CaseDocument)]


def test_a_case_has_one_number_and_each_service_one_form_of_them() -> None:
    assert list(numbers_that_fit_no_other(documents_of_cases())) == []


@pytest.mark.parametrize("number", ["TW-2026-017", "TW/2026-099", "2026-099", "TW-26"])
def test_a_number_that_fits_no_other_is_found(number: str) -> None:
    other = pf.load(example_data("team_work/consent_to_sign", {"case.number": number}))
    assert isinstance(other, CaseDocument)
    assert list(numbers_that_fit_no_other([*documents_of_cases(), other])) == [number]


# --- the cases that are told as a whole -------------------------------------------------------


LISTED = re.compile(r"^(\d+)\. \[[^]]+\]\((\w+/\w+)\.json\): ", re.MULTILINE)
"""A paper in the list of a case: its number in the list, and its file."""


WITHOUT_APPLICATION = frozenset({"team_work"})
"""Services whose method names no application: a case begins with the consent before enrolment."""


def listed_cases() -> dict[str, list[str]]:
    """The papers of each told case, by service, as the page about the examples lists them."""
    page = (EXAMPLES[0].parents[1] / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (\w+)$", page, flags=re.MULTILINE)
    found = {}
    for service, text in zip(parts[1::2], parts[2::2], strict=True):
        listed = LISTED.findall(text)
        assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1)), service
        assert len(listed) == len(re.findall(r"\.json\)", text)), service
        found[service] = [name for _, name in listed]
    return found


TOLD = listed_cases()


def paper(name: str, changes: dict[str, Any] | None = None) -> CaseDocument:
    data = pf.load(example_data(name, changes))
    assert isinstance(data, CaseDocument)
    return data


def one_person(papers: list[CaseDocument]) -> Iterator[object]:
    """Papers of another case, name, birth date or day of enrolment than the final report's."""
    end = next(one.case for one in papers if one.kind == "final_report")
    for one in papers:
        case, person = one.case, one.case.participant
        if (case.number, case.service) != (end.number, end.service):
            yield case.number
        if person.name not in (end.participant.name, case.number):  # some tell the number alone
            yield person.name
        if person.birth_date not in (end.participant.birth_date, None):
            yield person.birth_date
        if (case.referred_on, case.enrolled_on or end.enrolled_on) != (
            end.referred_on,
            end.enrolled_on,
        ):
            yield case.referred_on, case.enrolled_on
        if case.enrolled_on and one.issued_on and one.issued_on < case.enrolled_on:
            yield one.kind, one.issued_on


def in_the_order_of_days(papers: list[CaseDocument]) -> Iterator[object]:
    days = [one.issued_on or date.max for one in papers]
    yield from (later for earlier, later in pairwise(days) if later < earlier)


def begins_and_ends(papers: list[CaseDocument]) -> Iterator[object]:
    """An application first, where the method has one; consent, plan, report; then what follows."""
    kinds = [one.kind for one in papers]
    first = "consent" if papers[0].case.service in WITHOUT_APPLICATION else "application"
    if kinds[0] != first:
        yield kinds[0]
    steps = ["consent", "action_plan", "final_report"]
    places = [kinds.index(kind) for kind in steps if kind in kinds]
    if len(places) < len(steps) or places != sorted(places) or kinds[-1] == "final_report":
        yield kinds


def consents_were_signed(papers: list[CaseDocument]) -> Iterator[object]:
    """Consents that a paper leans on, but that stand signed on no form and no application."""
    signed: dict[tuple[str, date], set[str]] = {}
    for one in papers:
        lines = one.lines if isinstance(one, pf.Consent) else ()
        answers = [line.answer for line in lines if line.answer]
        answers += one.case.consents if one.kind == "application" else ()
        for answer in answers:
            known = signed.setdefault((answer.area, answer.decided_on), set())
            known |= {f"{way} {kind}" for way, kind in product(answer.exchange, answer.information)}
    for one in papers:
        for given in one.case.consents:
            known = signed.get((given.area, given.decided_on), set())
            asked = {f"{way} {kind}" for way, kind in product(given.exchange, given.information)}
            if asked - known:
                yield one.kind, given.area, given.decided_on


OF_CASES: tuple[Callable[[list[CaseDocument]], Iterator[object]], ...] = (
    one_person,
    in_the_order_of_days,
    begins_and_ends,
    consents_were_signed,
)


def test_each_service_tells_one_case() -> None:
    assert set(TOLD) == {path.parent.name for path in EXAMPLES}


@pytest.mark.parametrize("service", TOLD)
def test_the_papers_of_a_told_case_fit_each_other(service: str) -> None:
    papers = [paper(name) for name in TOLD[service]]
    assert {rule.__name__: list(rule(papers)) for rule in OF_CASES} == {
        rule.__name__: [] for rule in OF_CASES
    }


@pytest.mark.parametrize("service", TOLD)
def test_the_list_of_a_told_case_leaves_out_none_of_its_papers(service: str) -> None:
    number = paper(TOLD[service][0]).case.number
    own = [one for one in EXAMPLES if one.parent.name == service]
    of_case = {
        f"{service}/{one.stem}"
        for one in own
        if example_data(one).get("case", {}).get("number") == number
    }
    assert of_case == set(TOLD[service])


MISTAKES_OF_CASES: list[tuple[Callable[..., Iterator[object]], str, dict[str, Any]]] = [
    (one_person, "vivirk/summons_network", {"case.number": "VV-2024-014"}),
    (one_person, "molde/action_plan_to_the_warehouse", {"case.participant.name": "En Annen"}),
    (one_person, "molde/placement_plan_warehouse", {"case.participant.birth_date": "1979-05-18"}),
    (one_person, "harstad/summons_closing", {"case.enrolled_on": "2025-08-19"}),
    (one_person, "harstad/summons_closing", {"case.referred_on": "2025-06-17"}),
    (one_person, "molde/consent_on_the_first_day", {"issued_on": "2026-01-30"}),
    (in_the_order_of_days, "team_work/placement_plan_bakery", {"issued_on": "2026-03-19"}),
    (
        consents_were_signed,
        "hjortmossen/consent_on_the_first_day",
        {"lines.0.answer.information": ["attendance", "plan"]},
    ),
    (
        consents_were_signed,
        "vivirk/complete_with_support_person",
        {"case.consents.0.decided_on": "2026-10-19"},
    ),
    (
        consents_were_signed,
        "harstad/action_plan_to_a_trade",
        {"case.consents.0.exchange": "both"},
    ),
]


@pytest.mark.parametrize(("rule", "name", "changes"), MISTAKES_OF_CASES)
def test_a_paper_that_does_not_fit_its_case_is_found(
    rule: Callable[..., Iterator[object]], name: str, changes: dict[str, Any]
) -> None:
    told = TOLD[name.partition("/")[0]]
    assert list(rule([paper(one, changes if one == name else None) for one in told]))


@pytest.mark.parametrize("kind", ["application", "consent", "action_plan"])
def test_a_case_that_lacks_a_step_is_found(kind: str) -> None:
    papers = [paper(name) for name in TOLD["molde"]]
    assert list(begins_and_ends([one for one in papers if one.kind != kind]))


def test_a_case_that_ends_with_its_report_is_found() -> None:
    papers = [paper(name) for name in TOLD["molde"]]
    assert list(begins_and_ends(papers[:-1]))


def test_every_rule_of_cases_has_a_mistake_that_it_finds() -> None:
    assert {*OF_CASES} == {begins_and_ends, *(rule for rule, _, _ in MISTAKES_OF_CASES)}


# --- mistakes -----------------------------------------------------------------------------------


ALL = "hjortmossen/all_instruments_and_long_text"
BAKERY = "team_work/final_report_work_at_a_bakery"
MISTAKES: list[tuple[Callable[..., Iterator[object]], str, dict[str, Any]]] = [
    (on_working_days, ALL, {"closing_meeting.held_on": "2026-10-10"}),
    (on_working_days, ALL, {"statements.0.stated_on": "2026-06-19"}),
    (told_in_the_time_of_the_case, ALL, {"resources": "Sedan den 3 maj 2021."}),
    (weekdays_told_are_right, ALL, {"resources": "Hon började måndagen den 21 april 2026."}),
    (
        monday_to_friday_is_no_saturday,
        ALL,
        {"resources": "Fyra timmar måndag till fredag. Högt ljud på lördagar."},
    ),
    (one_role_a_name, BAKERY, {"case.team.2.name": "Hassan Exempel"}),
    (signers_fit, BAKERY, {"signatures.1.name": "Birgitta Testman"}),
    (signers_fit, BAKERY, {"signatures.0.name": "Hassan Exempel"}),
    (signers_fit, BAKERY, {"signatures.1.role": "participant"}),
    (ages_fit, BAKERY, {"case.participant.birth_date": "2016-01-01"}),
    (within_the_measure, ALL, {"activities.2.ended_on": "2026-10-20"}),
    (within_the_case, ALL, {"instruments.0.assessed_on": "2026-04-01"}),
    (steps_fit, ALL, {"extent.steps.1.starts_on": "2026-09-01"}),
    (steps_fit, ALL, {"extent.at_end": 25}),
    (steps_fit, ALL, {"resources": "Hon klarar 30 timmar i veckan."}),
    (workplaces_fit, ALL, {"workplaces.0.hours": 37.5}),
    (attendance_fits, ALL, {"attendance.planned_days": 140}),
    (attendance_fits, ALL, {"attendance": {"planned_days": 20, "attended_days": 20}}),
    (weeks_told_fit, BAKERY, {"resources": "I 40 veckor."}),
    (whoever_acts_is_known, BAKERY, {"follow_up.responsible": "psychologist"}),
    (whoever_acts_is_known, ALL, {"instruments.0.assessor_name": "Annan Person"}),
    (plan_fits, ALL, {"next_step.plan.0.due": "2026-12-04"}),
    (plan_fits, ALL, {"next_step.plan.0.due": "2026-10-02"}),
    (read_before_signed, ALL, {"signatures.0.signed_on": "2026-10-23"}),
]


@pytest.mark.parametrize(("rule", "name", "changes"), MISTAKES)
def test_a_mistake_in_an_example_would_be_found(
    rule: Callable[..., Iterator[object]], name: str, changes: dict[str, Any]
) -> None:
    assert list(rule(pf.load(example_data(name, changes))))


def test_every_rule_has_a_mistake_that_it_finds() -> None:
    assert {*OF_ALL, *OF_REPORTS} == {rule for rule, _, _ in MISTAKES}
