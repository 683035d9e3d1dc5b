"""Documentation: information in most services, a consent where a service asks for one."""

from planforms.models.documentation import Documentation
from planforms.registry import Kind
from planforms.rules.consent_answers import documentation_problems, open_documentation

KIND = Kind(
    Documentation,
    problems=(documentation_problems,),
    issue_problems=(open_documentation,),
    for_participant=True,
)
