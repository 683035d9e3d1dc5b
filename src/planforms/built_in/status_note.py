"""The status note: what its variants need stands in the profiles."""

from planforms.models.status_note import StatusNote
from planforms.registry import Kind

KIND = Kind(StatusNote, milestones={"last_status_note_on": "issued_on"}, pages=2)
