"""The questionnaire, in the questions of a service's profile."""

from planforms.models.questionnaire import Questionnaire
from planforms.registry import Kind
from planforms.rules.questions import questionnaire_problems, questionnaire_values, stray_copies

KIND = Kind(
    Questionnaire,
    problems=(questionnaire_problems,),
    issue_problems=(stray_copies,),
    preprinted=questionnaire_values,
    form_by="form",
    pages=2,
    for_participant=True,
)
