"""What forms of questions must keep to: their questions, and where the answers may go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planforms.errors import Problem, did_you_mean
from planforms.models.people import Role
from planforms.models.questionnaire import (
    Course,
    CoursePoint,
    EarlierAnswers,
    Occasion,
    Questionnaire,
    RatedAnswer,
)
from planforms.models.secrecy import ConsentGiven, Decision
from planforms.models.survey import Survey, SurveyAnswer
from planforms.services.questions import Forms, QuestionForm
from planforms.setting import Setting

Answers = Sequence[RatedAnswer | SurveyAnswer]


# --- what the profile says --------------------------------------------------------------------


def questionnaire_values(data: Questionnaire | None, setting: Setting) -> Mapping[str, Any]:
    """What the profile says of a form, and the course of all answers."""
    said = _said(data, setting.service.questionnaires)
    if data is None or not data.earlier:
        return said
    return {**said, "course": tuple(_course(data))}


def survey_values(data: Survey | None, setting: Setting) -> Mapping[str, Any]:
    """What the profile says of a form."""
    return _said(data, setting.service.surveys)


def _said(data: Questionnaire | Survey | None, forms: Forms) -> dict[str, Any]:
    """The ends of the scale where the data do not say; an empty form is the service's first one."""
    key = data.form if data else next(iter(forms), None)
    form = forms.get(key or "")
    if form is None:
        return {}
    low, high = (data.low, data.high) if data else (None, None)
    return {"form": key, "low": low or form.low, "high": high or form.high}


def _course(data: Questionnaire) -> Iterator[Course]:
    times = sorted(data.earlier, key=lambda one: one.answered_on)
    for answer in data.answers:
        now = CoursePoint(answered_on=data.answered_on, value=answer.value)
        yield Course(item=answer.item, points=(*(_point(answer.item, t) for t in times), now))


def _point(item: str, answers: EarlierAnswers) -> CoursePoint:
    value = next((a.value for a in answers.answers if a.item == item), None)
    return CoursePoint(answered_on=answers.answered_on, value=value)


# --- what is wrong ----------------------------------------------------------------------------


def questionnaire_problems(data: Questionnaire, setting: Setting) -> Iterator[Problem]:
    """A Problem for each answer that belongs to no question, and for times that are mixed up."""
    form = setting.service.questionnaires.get(data.form or "")
    if form:
        yield from _answer_problems(data.answers, form, "answers")
        for number, earlier in enumerate(data.earlier):
            yield from _answer_problems(earlier.answers, form, f"earlier[{number}].answers")
    yield from _order_problems(data)


def _order_problems(data: Questionnaire) -> Iterator[Problem]:
    days = [one.answered_on for one in data.earlier]
    if days != sorted(days):
        what, hint = "are not in the order of their days", "put the first time first"
        yield Problem("data.earlier", "earlier", what, hint)


def survey_problems(data: Survey, setting: Setting) -> Iterator[Problem]:
    """A Problem for each answer that belongs to no question, and for whatever names somebody."""
    form = setting.service.surveys.get(data.form or "")
    if form:
        yield from _answer_problems(data.answers, form, "answers")
    for name in ("writer", "recipient"):
        if getattr(data, name) is not None:
            what, hint = "does not belong into a form without a name", "leave it out"
            yield Problem("data.anonymous", name, what, hint)


def _answer_problems(answers: Answers, form: QuestionForm, place: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, answer in enumerate(answers):
        if answer.item not in form.items:
            hint = did_you_mean(answer.item, form.items)
            yield Problem("data.key", f"{place}[{number}].item", "does not belong here", hint)
        elif answer.item in seen:
            yield Problem("data.key", f"{place}[{number}].item", "stands twice", "keep one")
        seen.add(answer.item)


def stray_copies(data: Questionnaire, _setting: Setting) -> Iterator[Problem]:
    """A Problem for each copy of answers from after the end that no new consent covers."""
    if data.occasion is not Occasion.AFTER:
        return
    for number, copy in enumerate(data.copies):
        if copy.role is not Role.PARTICIPANT and not any(
            _is_new(consent, data, copy.secrecy_area) for consent in data.case.consents
        ):
            what = "would have answers from after the end, and no consent since then covers it"
            hint = "ask the participant anew, or leave the copy out"
            yield Problem("data.after_end", f"copies[{number}]", what, hint)


def _is_new(consent: ConsentGiven, data: Questionnaire, area: str | None) -> bool:
    """Whether a consent was given after the end, for the area, and still holds."""
    ended = data.case.closure.closed_on if data.case.closure else None
    day = data.issued_on or data.answered_on
    holds = day is None or (
        (consent.valid_until is None or consent.valid_until >= day)
        and (consent.withdrawn_on is None or consent.withdrawn_on > day)
    )
    is_given = consent.decision is Decision.GIVEN and consent.area == area
    return is_given and holds and ended is not None and consent.decided_on > ended
