"""The case a document belongs to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planforms.models.fields import MAX_ITEMS, CaseNumber, Day, Key, Needed, Rows, Vocabulary
from planforms.models.people import Part, Participant, TeamMember
from planforms.models.secrecy import ConsentGiven


class Closure(Part):
    """How the case ended.

    ``category`` is one of the service profile's closure categories; ``form`` is one of the forms
    that the profile tells apart within it, such as a job with and one without support. Other
    reasons below the category (prison, illness) have no place here. ``expected_from`` and
    ``expected_until`` are the planned dates of what the participant goes on to, such as a contract
    of employment; ``last_application_on`` is the last application for support before the contact
    broke off.
    """

    category: Annotated[Key | None, Needed(), Vocabulary("closure")] = None
    form: Annotated[Key | None, Vocabulary("closure_form")] = None
    closed_on: Annotated[Day | None, Needed()] = None
    expected_from: Day | None = None
    expected_until: Day | None = None
    last_application_on: Day | None = None


CLOSED_ON = "case.closure.closed_on"
"""Where the data says when the case closed."""

MILESTONES = "case.milestones."
"""What the path of a milestone begins with."""


class Milestones(Part):
    """The days in a case that deadlines run from, or that show a deadline was met."""

    first_team_meeting_on: Day | None = None
    last_meeting_on: Day | None = None
    last_review_on: Day | None = None
    last_coordination_on: Day | None = None
    plan_agreed_on: Day | None = None
    last_status_note_on: Day | None = None
    last_progress_form_on: Day | None = None
    extension_agreed_on: Day | None = None
    final_report_sent_on: Day | None = None
    closure_notice_sent_on: Day | None = None
    followed_up_on: Day | None = None


class Case(Part):
    """What identifies a case, who takes part in it, and what has happened in it.

    ``reentered_on`` is the day a participant came back to the service: consents from before it
    no longer hold. ``consents`` are the answers given, not the form that asks for them.
    """

    number: CaseNumber
    service: Key
    participant: Participant
    team: Annotated[tuple[TeamMember, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    referred_on: Day | None = None
    enrolled_on: Day | None = None
    reentered_on: Day | None = None
    measure: Annotated[Key | None, Vocabulary("measure")] = None
    milestones: Milestones | None = None
    consents: Annotated[tuple[ConsentGiven, ...], Field(max_length=MAX_ITEMS)] = ()
    closure: Closure | None = None
