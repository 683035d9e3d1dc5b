"""Summonses and notes of meetings: what they must say, and what they must keep to themselves."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import planforms as pf

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text())
    return data


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in pf.validate(pf.load(data))]


SUMMONS = example("team_work/summons_first_team")
ACCOUNT = example("team_work/short_account_to_the_social_worker")
JOINT = example("team_work/note_of_a_joint_meeting_without_names")


# --- summonses ------------------------------------------------------------------------------


def test_a_summons_says_where_to_come() -> None:
    meeting = {name: value for name, value in SUMMONS["meeting"].items() if name != "place"}
    assert problems({**SUMMONS, "meeting": meeting}) == [("data.meeting_place", "meeting.place")]
    assert problems({**SUMMONS, "meeting": {**meeting, "link": "https://moete.example/1"}}) == []


def test_a_summons_names_somebody_to_call_and_when_it_was_told() -> None:
    data = {**SUMMONS, "contact": {"role": "coach", "phone": "0456-00 00 21"}, "spoken": None}
    assert problems(data) == [("data.needed", "contact.name"), ("data.needed", "spoken")]


def test_somebody_protected_asks_for_the_place_and_no_page_tells_it() -> None:
    participant = {**SUMMONS["case"]["participant"], "protected_identity": True}
    data = {**SUMMONS, "case": {**SUMMONS["case"], "participant": participant}}
    text = pf.render(pf.load(data)).text()
    assert "Ring oss på 0456-00\u00a000\u00a000, så får du veta var." in text
    assert "Exempelgatan" not in text.partition("Kallelse")[2]


def _to_an_agency(*consents: str) -> dict[str, Any]:
    """An invitation to IFO, which names somebody of Arbetsförmedlingen too."""
    given = [
        {
            "area": area,
            "decision": "given",
            "decided_on": "2026-02-16",
            "information": ["plan"],
        }
        for area in consents
    ]
    organisation = {"name": "Sölvesborgs kommun", "secrecy_area": "ifo"}
    officer = {"role": "caseworker", "secrecy_area": "arbetsformedlingen"}
    return {
        **SUMMONS,
        "variant": "invite_agency",
        "recipient": {"organisation": organisation},
        "disclosure": {"basis": "consent"},
        "case": {**SUMMONS["case"], "consents": given},
        "invited": [*SUMMONS["invited"], officer],
    }


def test_those_invited_see_each_other_only_as_consented() -> None:
    assert problems(_to_an_agency("ifo", "arbetsformedlingen")) == []
    assert problems(_to_an_agency("ifo")) == [("data.invited_area", "invited[2]")]
    own = {**_to_an_agency(), "recipient": None, "variant": "first_team"}
    assert problems({**own, "disclosure": None}) == []


def test_an_agency_is_invited_only_with_a_consent() -> None:
    found = problems(_to_an_agency("arbetsformedlingen"))
    assert ("data.consent_missing", "recipient.organisation") in found


def test_an_invitation_to_others_does_not_speak_to_the_participant() -> None:
    text = pf.render(pf.load(_to_an_agency("ifo", "arbetsformedlingen"))).text()
    assert "Vi ber er komma" in text
    assert "ditt möte" not in text


def test_a_summons_comes_before_its_meeting_and_after_the_one_that_was_missed() -> None:
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load({**SUMMONS, "issued_on": "2026-03-03", "missed_on": "2026-03-04"}))
    places = {(one.code, one.place) for one in caught.value.problems}
    assert places == {("data.date_order", "issued_on"), ("data.date_order", "missed_on")}


# --- notes ----------------------------------------------------------------------------------


def test_a_short_account_says_no_more_than_consents_cover() -> None:
    assert problems(ACCOUNT) == []
    more = {**ACCOUNT, "reasons": "Barnen har varit sjuka."}
    assert problems(more) == [("data.consent_missing", "recipient.organisation")]
    assert problems({**ACCOUNT, "disclosure": None}) == [
        ("data.disclosure_basis", "disclosure.basis")
    ]


def test_a_short_account_goes_to_somebody_who_was_absent() -> None:
    data = {**ACCOUNT, "absent": [], "recipient": None, "disclosure": None}
    assert problems(data) == [
        ("data.needed", "absent"),
        ("data.needed", "recipient.organisation"),
    ]


def test_a_joint_meeting_names_a_case_by_its_number_alone() -> None:
    text = pf.render(pf.load(JOINT)).text()
    assert "TW-2026-017" in text
    named = pf.render(pf.load({**JOINT, "case": SUMMONS["case"]}))
    assert "Provström" not in named.text() + pf.to_html(named)
    assert "Nadja" not in text + str(pf.to_html(pf.render(pf.load(JOINT))))


@pytest.mark.parametrize("written", ["Nadja mår bra.", "PROVSTRÖM ringde."])
def test_a_name_in_the_texts_of_a_joint_meeting_is_refused(written: str) -> None:
    data = {**JOINT, "case": SUMMONS["case"], "discussed": written}
    assert problems(data) == [("data.name_in_joint", "discussed")]
    assert problems({**data, "variant": "team"}) == []


def test_what_others_decide_says_who_does() -> None:
    data = {**JOINT, "open_matters": [{"what": "Om planen ska ändras."}]}
    assert problems(data) == [("data.needed", "open_matters[0].decided_by")]
    text = pf.render(pf.load(example("team_work/meeting_note_first_team"))).text()
    assert "Mötet bestämmer inte det här." in text


def test_a_note_of_a_meeting_is_the_day_on_which_people_last_met() -> None:
    """The plan's next meeting is no longer due once a note tells that it was held."""
    talk = example("team_work/summons_new_meeting_after_a_missed_one")
    note = example("team_work/meeting_note_first_team")
    milestones = {"first_team_meeting_on": "2026-03-02"}
    note = {**note, "case": {**note["case"], "milestones": milestones}}

    def due(*documents: dict[str, Any]) -> list[date | None]:
        found = pf.agenda(documents, as_of=date(2026, 3, 12), within=timedelta(days=14))
        assert not found.problems
        return [one.due for one in found.deadlines if one.rule == "next_meeting"]

    assert due(talk) == [date(2026, 3, 9)]
    later = {**note, "meeting": {"day": "2026-03-11"}, "issued_on": "2026-03-12"}
    later = {**later, "next_meeting": None, "agreed": []}
    assert due(talk, later) == [date(2026, 3, 18)]


def test_a_meeting_after_the_day_hides_none_before_it() -> None:
    """The follow-up of a case stands in its folder too: on an earlier day it meets nothing yet."""
    names = (
        "action_plan_to_the_warehouse",
        "meeting_note_weekly_talk",
        "meeting_note_three_months_in_the_job",
    )
    plan, weekly, follow_up = (example(f"molde/{name}") for name in names)

    def open_on(day: date, *documents: dict[str, Any]) -> list[date | None]:
        found = pf.agenda(documents, as_of=day, within=timedelta(days=14))
        assert not found.problems
        return [one.due for one in found.deadlines if one.rule == "plan_meeting"]

    met_on = date(2026, 6, 12)
    assert open_on(met_on - timedelta(days=1), plan, weekly, follow_up) == [date(2026, 3, 13)]
    assert open_on(met_on, plan, weekly) == []
    assert open_on(met_on, plan, weekly, follow_up) == []
