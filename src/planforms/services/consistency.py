"""What the model of a profile cannot see: whether its paths and keys fit the data and itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.documents import DocumentData
from planforms.models.shapes import Form, Shape, resolve
from planforms.registry import KINDS
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile
from planforms.services.timing import LEAP_YEAR, Deadline, DeadlineCondition

MAX_PAUSED_DAYS = 183
"""Half a year: with longer pauses a deadline would hardly ever end."""


def service_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Everything about a service that does not fit, with file and key."""
    if profile.id != Path(file).stem:
        yield Problem("profile.name", f"{file}: id", "differs from the file's name")
    if profile.organisation.secrecy_area not in profile.secrecy_areas:
        place, hint = f"{file}: organisation.secrecy_area", "name it in [secrecy_areas]"
        yield Problem("profile.key", place, "is not one of the secrecy areas", hint)
    for category in profile.closure_rules:
        if category not in profile.closures:
            place = f"{file}: closure_rules.{category}"
            yield Problem("profile.key", place, "is not one of the closures")
    yield from _document_problems(profile, file)
    yield from _deadlines_problems(profile, file)
    yield from _vacancy_problems(profile, file)


def country_problems(country: CountryProfile, file: str) -> Iterator[Problem]:
    """Everything about a country that does not fit, with file and key."""
    if country.code != Path(file).stem:
        yield Problem("profile.name", f"{file}: code", "differs from the file's name")
    yield from _statute_problems(country, file)


def _document_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Kinds of document that there are not, and fields that they do not have."""
    for kind, document in profile.documents.items():
        place = f"{file}: documents.{kind}"
        if kind not in KINDS:
            hint = f"known: {', '.join(KINDS)}"
            yield Problem("profile.kind", place, "no such kind of document", hint)
            continue
        for field in ("needed", "left_out"):
            for path in getattr(document, field):
                if resolve(KINDS[kind], path) is None:
                    yield Problem("profile.path", f"{place}.{field}", f"no such field: {path}")


def _deadlines_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """What is wrong with the deadlines and pauses of a service."""
    for rule, deadline in profile.deadlines.items():
        place = f"{file}: deadlines.{rule}"
        for key, path in _all_paths(deadline):
            if not path.startswith("case."):
                hint = "it holds for all kinds of document; put it under one of them"
                yield Problem("profile.path", f"{place}.{key}", "does not begin with case.", hint)
        yield from _deadline_problems(DocumentData, deadline, profile, place)
    for kind, document in profile.documents.items():
        for rule, deadline in document.deadlines.items() if kind in KINDS else ():
            place = f"{file}: documents.{kind}.deadlines.{rule}"
            yield from _deadline_problems(KINDS[kind], deadline, profile, place)
    if _paused_days(profile) > MAX_PAUSED_DAYS:
        hint = f"at most {MAX_PAUSED_DAYS} days a year in all"
        yield Problem("profile.pauses", f"{file}: pauses", "are too long", hint)


def _vacancy_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """Vacant roles in measures that there are not."""
    for measure in profile.complaints.vacant if profile.complaints else ():
        if measure not in profile.measures:
            place = f"{file}: complaints.vacant.{measure}"
            yield Problem("profile.key", place, "is not one of the measures")


def _statute_problems(country: CountryProfile, file: str) -> Iterator[Problem]:
    """Deadlines of appeals from days that an appeal does not have."""
    for key, statute in country.statutes.items():
        for name in ("appeal", "latest", "reconsidered"):
            after = getattr(getattr(statute, name), "after", "")
            what = _path_problem(KINDS["complaint"], after, after, needs_date=True) if after else ""
            if what:
                place = f"{file}: statutes.{key}.{name}.after"
                yield Problem("profile.path", place, f"{what}: {after}")


def _paused_days(profile: ServiceProfile) -> int:
    first = date(LEAP_YEAR, 1, 1)
    days = (first + timedelta(days=number) for number in range(366))
    return sum(any(pause.holds((day.month, day.day)) for pause in profile.pauses) for day in days)


def _all_paths(deadline: Deadline) -> Iterator[tuple[str, str]]:
    yield from deadline.paths.items()
    if deadline.when:
        yield "when.path", deadline.when.path


def _deadline_problems(
    model: type[BaseModel], deadline: Deadline, profile: ServiceProfile, place: str
) -> Iterator[Problem]:
    for key, path in _all_paths(deadline):
        what = _path_problem(model, path, deadline.after, needs_date=key != "when.path")
        if what:
            yield Problem("profile.path", f"{place}.{key}", f"{what}: {path}")
        elif key == "when.path" and deadline.when:
            yield from _condition_problems(model, deadline.when, profile, f"{place}.when")


def _path_problem(model: type[BaseModel], path: str, after: str, *, needs_date: bool) -> str:
    """What is wrong with a path; empty if nothing is."""
    steps = path.split(".")
    shapes = [resolve(model, ".".join(steps[: end + 1])) for end in range(len(steps))]
    if None in shapes:
        return "no such field"
    if any(
        _is_list(shape) != step.endswith("[]") for shape, step in zip(shapes, steps, strict=True)
    ):
        return "every list, and nothing else, is followed by []"
    last = shapes[-1]
    if needs_date and (last is None or last.form is not Form.DATE):
        return "is not a date"
    if not _within(path, after):
        return "its list is not the one of after"
    return ""


def _is_list(shape: Shape | None) -> bool:
    return shape is not None and shape.form is Form.LIST


def _within(path: str, after: str) -> bool:
    """Whether a path goes through no lists but those that the trigger's path goes through."""
    lists = path[: path.rfind("[]") + 2] if "[]" in path else ""
    return after.startswith(lists)


def _condition_problems(
    model: type[BaseModel], condition: DeadlineCondition, profile: ServiceProfile, place: str
) -> Iterator[Problem]:
    shape = resolve(model, condition.path)
    if shape is None or not condition.values:
        return
    if shape.form is not Form.CHOICE:
        hint = "without values it holds when there is any"
        what = f"is not a choice: {condition.path}"
        yield Problem("profile.path", f"{place}.path", what, hint)
        return
    known = profile.keys(shape.vocabulary) or shape.members
    for value in condition.values:
        if known and value not in known:
            hint = f"known: {', '.join(known)}"
            yield Problem("profile.key", f"{place}.values", f"no such key: {value}", hint)
