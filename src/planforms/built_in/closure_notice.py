"""The closure notice: inside the service without name and reason, to the participant with all."""

from planforms.models.closure_notice import ClosureNotice
from planforms.registry import Kind
from planforms.rules.closure_notices import closure_notice_problems, untold_inside

KIND = Kind(
    ClosureNotice,
    issue_problems=(untold_inside, closure_notice_problems),
    for_participant=True,
    pages=1,
)
