"""Which consent covers what: one authority, against a slow account day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planforms.models.case import Case
from planforms.models.secrecy import ConsentGiven, Decision, Exchange, Information
from planforms.rules.consents import Passing, Standing, covering, is_spent
from planforms.rules.disclosure import ground_of, undisclosed
from planforms.services.consents import ConsentProfile, ConsentReceiver
from tests.reports import case_of, report_data, setting_of

DAY = date(2026, 11, 6)
REPORT = case_of(report_data())
KEPT = {name: getattr(REPORT.case, name) for name in ("number", "participant", "team", "closure")}


def codes_of(report: Any) -> set[tuple[str, str]]:
    return {(problem.code, problem.place) for problem in undisclosed(report, setting_of(report))}


KINDS = (Information.ASSESSMENT, Information.ATTENDANCE)
DAYS = st.dates(DAY - timedelta(days=5), DAY + timedelta(days=5))
CONSENTS = st.builds(
    ConsentGiven,
    area=st.sampled_from(["nav", "health_service"]),
    decision=st.sampled_from(Decision),
    decided_on=DAYS,
    exchange=st.sampled_from([*Exchange, "both"]),
    information=st.sets(st.sampled_from(KINDS)).map(tuple),
    valid_from=st.none() | DAYS,
    valid_until=st.none() | DAYS,
    withdrawn_on=st.none() | DAYS,
)


START = DAY - timedelta(days=40)


def is_about(consent: ConsentGiven, kind: Information, way: Exchange) -> bool:
    if consent.area != "nav":
        return False
    if consent.decision is Decision.REFUSED and not consent.information:
        return True
    return kind in consent.information and way in consent.exchange


def holding_slowly(
    case: Case, kind: Information, day: date, way: Exchange = Exchange.GIVE
) -> ConsentGiven | None:
    """Walk through all days up to this one and keep what holds, decision by decision."""
    holding: ConsentGiven | None = None
    for number in range((day - START).days + 1):
        current = START + timedelta(days=number)
        for consent in case.consents:
            if consent.decided_on == current and is_about(consent, kind, way):
                holding = consent if consent.decision is Decision.GIVEN else None
        if case.reentered_on == current and holding and holding.decided_on < current:
            holding = None
    sent_on = case.milestones.final_report_sent_on if case.milestones else None
    if holding and sent_on and holding.decided_on <= sent_on < day:
        return None
    if holding is None or (holding.withdrawn_on and holding.withdrawn_on <= day):
        return None
    first, last = holding.valid_from or date.min, holding.valid_until or date.max
    return holding if first <= day <= last else None


cases = st.builds(
    lambda consents, reentered_on, sent_on: {
        "consents": consents,
        "reentered_on": reentered_on,
        "milestones": {"final_report_sent_on": sent_on},
    },
    st.lists(CONSENTS, max_size=5),
    st.none() | DAYS,
    st.none() | DAYS,
)


def case_with(parts: dict[str, Any]) -> Case:
    data = {"number": "1", "service": "molde", "participant": {"name": "A"}, **parts}
    return Case.model_validate(data)


@given(cases, DAYS, st.sampled_from(KINDS), st.sampled_from([Exchange.GIVE, Exchange.OBTAIN]))
def test_what_covers_is_what_a_day_by_day_account_holds(
    parts: dict[str, Any], day: date, kind: Information, way: Exchange
) -> None:
    case = case_with(parts)
    found = covering(case, Passing("nav", kind, way), day, ConsentProfile())
    assert found.consent is holding_slowly(case, kind, day, way)
    assert (found.standing is Standing.COVERED) == (found.consent is not None)


@given(cases, DAYS)
def test_disclosure_and_the_printed_basis_follow_the_account(
    parts: dict[str, Any], day: date
) -> None:
    report = REPORT.model_copy(
        update={"case": REPORT.case.model_copy(update=vars(case_with(parts)) | KEPT)}
    ).model_copy(update={"issued_on": day})
    holding = [holding_slowly(report.case, kind, day) for kind in KINDS]
    consent_codes = {code for code, _ in codes_of(report) if code.startswith("data.consent")}
    assert bool(consent_codes) == (None in holding)
    days = sorted({consent.decided_on for consent in holding if consent})
    setting = setting_of(report)
    said = "; ".join(fact.words for fact in ground_of(report, setting))
    assert said == "; ".join(
        f"Samtykke fra {setting.words.date(one)} (gjelder Nav Molde)" for one in days
    )


@given(cases)
def test_a_consent_matters_until_it_ends_or_later_decisions_replace_all_of_it(
    parts: dict[str, Any],
) -> None:
    case = case_with(parts)
    ways = product(KINDS, (Exchange.GIVE, Exchange.OBTAIN))
    sent_on = case.milestones.final_report_sent_on if case.milestones else None
    latest = [latest_slowly(case, kind, way) for kind, way in ways]
    for consent in (consent for consent in case.consents if consent.area == "nav"):
        ended = (
            consent.decision is Decision.REFUSED
            or consent.withdrawn_on is not None
            or (case.reentered_on is not None and consent.decided_on < case.reentered_on)
            or (sent_on is not None and consent.decided_on <= sent_on)
        )
        assert is_spent(consent, case) == (ended or not any(one is consent for one in latest))


def latest_slowly(case: Case, kind: Information, way: Exchange) -> ConsentGiven | None:
    latest: ConsentGiven | None = None
    for consent in sorted(case.consents, key=lambda one: one.decided_on):
        latest = consent if is_about(consent, kind, way) else latest
    return latest


YEAR = ConsentProfile(receivers={"health_service": ConsentReceiver(months=12)})
KINDS_OF = (Information.HEALTH,)
KNOWN = {"area": "health_service", "decision": "given", "information": ["health"]}


@pytest.mark.parametrize(
    ("decided_on", "valid_until", "day", "standing"),
    [
        ("2025-11-06", None, "2026-11-06", Standing.COVERED),
        ("2025-11-06", None, "2026-11-07", Standing.EXPIRED),
        ("2024-02-29", None, "2025-02-28", Standing.COVERED),
        ("2024-02-29", None, "2025-03-01", Standing.EXPIRED),
        ("2025-11-06", "2027-12-31", "2026-11-07", Standing.EXPIRED),
        ("2025-11-06", "2026-01-31", "2026-02-01", Standing.EXPIRED),
        ("2025-11-06", "2026-01-31", "2026-01-31", Standing.COVERED),
    ],
)
def test_a_statute_lets_a_consent_lapse(
    decided_on: str, valid_until: str | None, day: str, standing: Standing
) -> None:
    given_one = {**KNOWN, "decided_on": decided_on, "valid_until": valid_until}
    case, passing = case_with({"consents": [given_one]}), Passing("health_service", KINDS_OF[0])
    assert covering(case, passing, date.fromisoformat(day), YEAR).standing is standing


@pytest.mark.parametrize(
    ("sent_on", "day", "standing"),
    [
        ("2026-11-06", "2026-11-06", Standing.COVERED),
        ("2026-11-06", "2026-11-07", Standing.ENDED),
        ("2026-01-15", "2026-11-07", Standing.COVERED),  # an earlier stay's
    ],
)
def test_a_consent_ends_when_the_final_report_has_been_sent(
    sent_on: str, day: str, standing: Standing
) -> None:
    given_one = {**KNOWN, "decided_on": "2026-02-02"}
    parts = {"consents": [given_one], "milestones": {"final_report_sent_on": sent_on}}
    case, passing = case_with(parts), Passing("health_service", KINDS_OF[0])
    found = covering(case, passing, date.fromisoformat(day), ConsentProfile()).standing
    assert found is standing
