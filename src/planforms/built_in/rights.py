"""The rights document."""

from planforms.models.rights import Rights
from planforms.registry import Kind

KIND = Kind(Rights, for_participant=True)
