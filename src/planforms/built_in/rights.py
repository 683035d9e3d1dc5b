"""The rights document."""

from planforms.models.rights import Rights
from planforms.registry import Kind

KIND = Kind(Rights, pages=3, blank_pages=2, for_participant=True, easy=True)
