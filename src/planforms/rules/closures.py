"""Whether a case fits the category it was closed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from planforms.errors import Problem
from planforms.models.case import Closure
from planforms.models.documents import CaseDocument
from planforms.services.profiles import ClosureCategory, ClosureRule
from planforms.setting import Setting


def closure_problems(data: CaseDocument, setting: Setting) -> list[Problem]:
    """A Problem for each date that contradicts the category of the closure.

    The length is the expected one, such as that of a contract, so the planned dates are compared.
    """
    closure = data.case.closure
    category = setting.service.closures.get(closure.category or "") if closure else None
    if closure is None or category is None:
        return []
    form = category.forms.get(closure.form or "")
    rules = (category.rule, form.rule if form else None)
    found = [problem for rule in rules if rule for problem in _contradictions(closure, rule)]
    elsewhere = closure.form in setting.keys("closure_form")
    return [*(_wrong_form(closure, category) if elsewhere else ()), *found]


def _wrong_form(closure: Closure, category: ClosureCategory) -> Iterator[Problem]:
    """A form that the service tells apart in another category, but not in this one."""
    if closure.form not in category.forms:
        what, known = "is not a form of the category", ", ".join(category.forms)
        hint = "known: {known}" if known else "the category has none: leave it out"
        yield Problem.of("data.key", "case.closure.form", what, hint, known=known)


def _contradictions(closure: Closure, rule: ClosureRule) -> Iterator[Problem]:
    least = relativedelta(months=rule.expected_months or 0, weeks=rule.expected_weeks or 0)
    start, end = closure.expected_from, closure.expected_until
    if start and end and _after(end) < start + least:
        yield _too_early("case.closure.expected_until", *_least(rule))
    waited = rule.months_since_application or 0
    applied = closure.last_application_on
    if applied and closure.closed_on and closure.closed_on < applied + relativedelta(months=waited):
        hint = "wait {months} months from the last application"
        yield _too_early("case.closure.closed_on", hint, waited)


def _too_early(place: str, hint: str, count: int) -> Problem:
    what = "is too early for the category"
    return Problem.of("data.closure", place, what, hint, months=count, weeks=count)


def _least(rule: ClosureRule) -> tuple[str, int]:
    if rule.expected_months:
        return "the category means at least {months} months", rule.expected_months
    return "the category means at least {weeks} weeks", rule.expected_weeks or 0


def _after(last_day: date) -> date:
    """The day after the last one: a contract from 1 January to 31 March lasts three months."""
    return last_day + relativedelta(days=1)
