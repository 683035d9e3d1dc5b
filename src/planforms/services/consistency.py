"""What the model of a profile cannot see: whether its paths and keys fit the data and itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel

from planforms.errors import Problem, did_you_mean
from planforms.models.case import MILESTONES, Milestones
from planforms.models.documents import CaseDocument, UnitDocument
from planforms.models.paths import is_within, list_around
from planforms.models.shapes import Form, resolve, shapes_of, with_brackets
from planforms.registry import KINDS
from planforms.services.checklists import item_keys
from planforms.services.countries import CountryProfile
from planforms.services.profiles import DocumentVariant, ServiceProfile
from planforms.services.reports import report_problems
from planforms.services.timing import LEAP_YEAR, Deadline, DeadlineCondition

MAX_PAUSED_DAYS = 183
"""Half a year: with longer pauses a deadline would hardly ever end."""
_OTHER_LIST = "its list is not the one of after"


def service_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Everything about a service that does not fit, with file and key."""
    if profile.id != Path(file).stem:
        yield Problem("profile.name", f"{file}: id", "differs from the file's name")
    if profile.organisation.secrecy_area not in profile.secrecy_areas:
        place, hint = f"{file}: organisation.secrecy_area", "name it in [secrecy_areas]"
        yield Problem("profile.key", place, "is not one of the secrecy areas", hint)
    yield from _document_problems(profile, file)
    yield from _case_problems(profile, file)
    yield from _ended_problems(profile, file)
    yield from _vacancy_problems(profile, file)
    yield from _checklist_problems(profile, file)
    variants = profile.document("unit_report").variants
    yield from report_problems(profile.reports, profile.report_headings, variants, file)
    yield from _counting_problems(profile, file)
    yield from _question_problems(profile, file)


def country_problems(country: CountryProfile, file: str) -> Iterator[Problem]:
    """Everything about a country that does not fit, with file and key."""
    if country.code != Path(file).stem:
        yield Problem("profile.name", f"{file}: code", "differs from the file's name")
    yield from _statute_problems(country, file)


def appeal_problems(profile: ServiceProfile, country: CountryProfile) -> Iterator[Problem]:
    """Bodies for appeals by laws that the service's country does not have."""
    for key in profile.appeals:
        if key not in country.statutes:
            place, hint = f"{profile.id}.toml: appeals.{key}", did_you_mean(key, country.statutes)
            yield Problem("profile.key", place, "is not one of the country's statutes", hint)


def _document_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Kinds of document that there are not, and what does not fit in those there are."""
    for kind, document in profile.documents.items():
        place = f"{file}: documents.{kind}"
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS)
            yield Problem("profile.kind", place, "no such kind of document", hint)
            continue
        yield from _variant_problems(KINDS[kind].model, document, profile, place)
        if document.hours and document.hours.below not in profile.measures:
            hint = did_you_mean(document.hours.below, profile.measures)
            yield Problem("profile.key", f"{place}.hours.below", "is not one of the measures", hint)
        for name, variant in document.variants.items():
            variant_place = f"{place}.variants.{name}"
            yield from _variant_problems(KINDS[kind].model, variant, profile, variant_place)


def _variant_problems(
    model: type[BaseModel], variant: DocumentVariant, profile: ServiceProfile, place: str
) -> Iterator[Problem]:
    """Fields that a kind of document does not have."""
    for key in ("needed", "left_out"):
        for path in getattr(variant, key):
            yield from _path_problems(model, path, f"{place}.{key}")
    for rule, deadline in variant.deadlines.items():
        yield from _deadline_problems(model, deadline, profile, f"{place}.deadlines.{rule}")
    if variant.periods and not issubclass(model, UnitDocument):
        hint = "name them for a kind that is about the whole service"
        yield Problem("profile.period", f"{place}.periods", "is about a case, not a period", hint)
    for name, path in variant.milestones.items():
        yield from _milestone_problems(model, name, path, f"{place}.milestones.{name}")


def _milestone_problems(
    model: type[BaseModel], name: str, path: str, place: str
) -> Iterator[Problem]:
    """A milestone that no case has, or whose day does not stand at one place."""
    if resolve(model, MILESTONES + name) is None:
        hint = did_you_mean(name, shapes_of(Milestones))
        yield Problem("profile.key", place, "is no milestone of a case", hint)
    yield from _date_problems(model, path, path, place)
    if "[]" in path:
        yield Problem("profile.path", place, f"leads through a list: {path}")


def _case_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """What is wrong with the deadlines of every case, and with pauses."""
    for rule, deadline in profile.deadlines.items():
        place = f"{file}: deadlines.{rule}"
        asked = {f"{key}.path": condition.path for key, condition in deadline.conditions.items()}
        paths = deadline.paths | asked
        for key, path in paths.items():
            if not path.startswith("case."):
                hint = "it holds for all kinds of document; put it under one of them"
                yield Problem("profile.path", f"{place}.{key}", "does not begin with case.", hint)
        yield from _deadline_problems(CaseDocument, deadline, profile, place)
    if _paused_days(profile) > MAX_PAUSED_DAYS:
        hint = f"at most {MAX_PAUSED_DAYS} days a year in all"
        yield Problem("profile.pauses", f"{file}: pauses", "are too long", hint)


def _ended_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Ended measures that there are not."""
    for number, measure in enumerate(profile.ended_measures):
        if measure not in profile.measures:
            place = f"{file}: ended_measures[{number}]"
            yield Problem("profile.key", place, "is not one of the measures")


def _vacancy_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Vacant roles in measures that there are not."""
    for measure in profile.complaints.vacant if profile.complaints else ():
        if measure not in profile.measures:
            place = f"{file}: complaints.vacant.{measure}"
            yield Problem("profile.key", place, "is not one of the measures")


def _counting_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Goals that count what no case can end as."""
    known = {*profile.closures}
    for category, closure in profile.closures.items():
        known |= {f"{category}.{form}" for form in closure.forms}
    for name, goal in profile.counting.goals.items():
        for key in (*goal.closures, *goal.among):
            if key not in known:
                place, hint = f"{file}: counting.goals.{name}", did_you_mean(key, known)
                yield Problem("profile.key", place, "is not one of the closures", hint)


def _question_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Questions of two forms with one key, and a survey that is called as a questionnaire is."""
    for table in ("questionnaires", "surveys"):
        seen: set[str] = set()
        for name, form in getattr(profile, table).items():
            place = f"{file}: {table}.{name}"
            if table == "surveys" and name in profile.questionnaires:
                yield Problem("profile.key", place, "is a questionnaire too", "rename one")
            for key in form.items:
                if key in seen:
                    what = "is a question of two forms"
                    yield Problem("profile.key", f"{place}.items.{key}", what, "rename one")
                seen.add(key)


def _checklist_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Points of two lists with one key, and evidence that is no day of the case."""
    seen: set[str] = set()
    for name, key in item_keys(profile.checklists):
        place = f"{file}: checklists.{name}.{key}"
        if key in seen:
            yield Problem("profile.key", place, "is a point of two lists or groups", "rename one")
        seen.add(key)
        item = profile.checklists[name].items[key]
        if item.evidence and not item.evidence.startswith("case."):
            hint = "what shows a point stands in the case"
            yield Problem("profile.path", f"{place}.evidence", "does not begin with case.", hint)
        elif item.evidence:
            path = item.evidence
            yield from _date_problems(CaseDocument, path, path, f"{place}.evidence")
            for condition in item.when:
                yield from _condition_problems(CaseDocument, condition, path, f"{place}.when")
                yield from _key_problems(CaseDocument, condition, profile, f"{place}.when")


def _statute_problems(country: CountryProfile, file: str) -> Iterator[Problem]:
    """Deadlines of appeals from days that an appeal does not have."""
    for key, statute in country.statutes.items():
        for name in ("appeal", "latest", "reconsidered"):
            after = getattr(getattr(statute, name), "after", "")
            if after:
                place = f"{file}: statutes.{key}.{name}.after"
                yield from _date_problems(KINDS["appeal"].model, after, after, place)


def _paused_days(profile: ServiceProfile) -> int:
    first = date(LEAP_YEAR, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return sum(any(pause.holds((day.month, day.day)) for pause in profile.pauses) for day in days)


def _deadline_problems(
    model: type[BaseModel], deadline: Deadline, profile: ServiceProfile, place: str
) -> Iterator[Problem]:
    for key, path in deadline.paths.items():
        yield from _date_problems(model, path, deadline.after, f"{place}.{key}")
    for key, condition in deadline.conditions.items():
        yield from _condition_problems(model, condition, deadline.after, f"{place}.{key}")
        yield from _key_problems(model, condition, profile, f"{place}.{key}")


def _date_problems(model: type[BaseModel], path: str, after: str, place: str) -> Iterator[Problem]:
    """What is wrong with the path of a date."""
    shape = resolve(model, path)
    problems = list(_path_problems(model, path, place))
    if problems:
        yield from problems
    elif shape is None or shape.form is not Form.DATE:
        yield Problem("profile.path", place, f"is not a date: {path}")
    elif not is_within(after, list_around(path)):
        yield Problem("profile.path", place, f"{_OTHER_LIST}: {path}")


def _condition_problems(
    model: type[BaseModel], condition: DeadlineCondition, after: str, place: str
) -> Iterator[Problem]:
    """What is wrong with the path of a condition."""
    path, shape = condition.path, resolve(model, condition.path)
    problems = list(_path_problems(model, path, f"{place}.path"))
    if problems:
        yield from problems
    elif shape is None or shape.form is Form.LIST:
        yield Problem("profile.path", f"{place}.path", f"is a list: {path}")
    elif not is_within(after, list_around(path)):
        yield Problem("profile.path", f"{place}.path", f"{_OTHER_LIST}: {path}")
    elif condition.values and shape.form is not Form.CHOICE:
        hint = "without values it holds when there is any"
        yield Problem("profile.path", f"{place}.path", f"is not a choice: {path}", hint)


def _key_problems(
    model: type[BaseModel], condition: DeadlineCondition, profile: ServiceProfile, place: str
) -> Iterator[Problem]:
    """Values of a condition that the choice at its path cannot have."""
    shape = resolve(model, condition.path)
    known = (shape.members or KINDS.keys_of(shape.vocabulary, profile)) if shape else ()
    for value in condition.values:
        if known and value not in known:
            hint = did_you_mean(value, known)
            yield Problem("profile.key", f"{place}.values", f"no such key: {value}", hint)


def _path_problems(model: type[BaseModel], path: str, place: str) -> Iterator[Problem]:
    """What is wrong with a path: it leads nowhere, or does not mark the lists on its way."""
    right = with_brackets(model, path)
    if not right:
        yield Problem("profile.path", place, f"no such field: {path}")
    elif path != right:
        what = f"every list on the way, and nothing else, is followed by []: {path}"
        yield Problem("profile.path", place, what, f"write {right}")
