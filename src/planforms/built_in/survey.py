"""The yearly survey without a name, in the questions of a service's profile."""

from planforms.models.survey import Survey
from planforms.registry import Kind
from planforms.rules.questions import survey_problems, survey_values

KIND = Kind(
    Survey,
    problems=(survey_problems,),
    preprinted=survey_values,
    form_by="form",
    pages=2,
    for_participant=True,
)
