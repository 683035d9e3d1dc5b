"""What summonses and notes of meetings must not lack, and whom they must not name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.letters import folded
from planforms.models.meeting_note import JOINT, MeetingNote
from planforms.models.secrecy import Information
from planforms.models.summons import Summons
from planforms.models.walking import walk
from planforms.rules.consents import Passing, Standing, covering
from planforms.rules.copies import receivers_of
from planforms.setting import Setting

LEAST_LETTERS = 3
"""Shorter parts of a name are too often words of their own."""


def nowhere(data: Summons, _setting: Setting) -> Iterator[Problem]:
    """A Problem if a summons does not say where to come; for somebody protected it never does."""
    meeting = data.meeting
    if meeting and not (meeting.place or meeting.link or data.is_protected):
        hint = "say the address and the room, or give the link"
        yield Problem("data.meeting_place", "meeting.place", "is missing, and so is a link", hint)


def unseen(data: Summons, setting: Setting) -> Iterator[Problem]:
    """A Problem for each party that another area must not learn is invited.

    Somebody of another secrecy area is named to a third one only once the participant has agreed to
    their part.
    """
    own = setting.service.organisation.secrecy_area
    areas = {receiver.area for receiver in receivers_of(data) if receiver.area} - {own}
    if not areas or data.issued_on is None:
        return
    for number, one in enumerate(data.invited):
        area = one.secrecy_area
        if area is None or area == own or areas == {area}:
            continue
        passing = Passing(area, Information.PLAN)
        found = covering(data.case, passing, data.issued_on, setting.service.consent)
        if found.standing is not Standing.COVERED:
            hint = "ask the participant for a consent, or leave it out of this summons"
            what = "is named to another area, but no consent covers its part"
            yield Problem("data.invited_area", f"invited[{number}]", what, hint)


def named_in_joint(data: MeetingNote, _setting: Setting) -> Iterator[Problem]:
    """A Problem for each text of a joint meeting's note that holds a part of a participant's name.

    Source: Team Work, page 22: cases are talked about without their names.
    """
    if data.variant != JOINT:
        return
    name, number = data.case.participant.name, data.case.number
    parts = {part for part in _words(name) if len(part) >= LEAST_LETTERS and name != number}
    for place, _, value in walk(type(data), data):
        inside = isinstance(value, str) and not place.startswith("case.")
        if inside and parts & set(_words(value)):
            hint = "the case number is enough"
            yield Problem("data.name_in_joint", place, "names the participant", hint)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
