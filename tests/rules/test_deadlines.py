"""The fact "send by"."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import planforms as pf
from planforms.languages import load_words
from planforms.rules.deadlines import deadlines_of, due_date
from planforms.services import load_service
from planforms.services.profiles import Deadline
from tests.reports import GONE, ROOT, report_data


def hjortmossen(changes: dict[str, object]) -> tuple[pf.Fact, ...]:
    data = report_data({"case.service": "hjortmossen", "language": "sv", **changes})
    return pf.deadlines(pf.load(data))


def test_hjortmossen_sends_its_report_within_14_days_after_the_measure_ended() -> None:
    [fact] = hjortmossen({"measure.ended_on": "2026-10-30"})
    assert (fact.rule, fact.date) == ("send_by", date(2026, 11, 13))
    assert fact.words == "13\u00a0november\u00a02026"
    assert "Hjortmossen" in fact.source


def test_without_a_date_the_fact_still_speaks() -> None:
    [fact] = hjortmossen({"measure.ended_on": GONE})
    assert fact.date is None
    assert "14 dagar" in fact.words


def test_a_service_without_such_a_rule_has_no_fact() -> None:
    assert pf.deadlines(pf.load(report_data())) == ()


def test_a_blank_form_says_the_deadline_in_words() -> None:
    for language, words in (("no", "14 dager"), ("sv", "14 dagar"), ("da", "14 dage")):
        service = load_service("hjortmossen")
        [fact] = deadlines_of("final_report", None, service, load_words(language))
        assert words in fact.words


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_the_day_of_the_trigger_does_not_count(trigger: date, days: int) -> None:
    due = due_date(Deadline(days=days, after="measure.ended_on", source="x"), trigger)
    counted = 0
    day = trigger
    while counted < days:
        day += timedelta(days=1)
        counted += 1
    assert due == day


def test_the_examples_of_hjortmossen_print_their_deadline() -> None:
    for path in (ROOT / "examples" / "hjortmossen").glob("*.json"):
        report = pf.load(path)
        [fact] = pf.deadlines(report)
        assert fact.words in pf.render(report).text()
