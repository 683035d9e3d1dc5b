"""The note of a meeting; that of a joint meeting names no participant."""

from planforms.models.meeting_note import MeetingNote
from planforms.registry import Kind
from planforms.rules.meetings import named_in_joint

KIND = Kind(MeetingNote, problems=(named_in_joint,), pages=2)
