"""Documentation: information, and a question where a service wants to write more than it must."""

from planforms.models.documentation import Documentation
from planforms.registry import Kind
from planforms.rules.consent_answers import documentation_problems, open_documentation
from planforms.rules.preprinted import documentation_values

KIND = Kind(
    Documentation,
    problems=(documentation_problems,),
    issue_problems=(open_documentation,),
    for_participant=True,
    preprinted=documentation_values,
    pages=2,
)
