"""The summons: it says where, and names nobody to others without a consent."""

from planforms.models.summons import Summons
from planforms.registry import Kind
from planforms.rules.meetings import nowhere, unseen

KIND = Kind(Summons, issue_problems=(nowhere, unseen), for_participant=True, pages=1, easy=True)
