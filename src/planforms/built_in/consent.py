"""The consent: no answer before it is signed, and none wider than what was asked."""

from planforms.models.consent import Consent
from planforms.registry import Kind
from planforms.rules import consent_answers
from planforms.rules.preprinted import consent_values

KIND = Kind(
    Consent,
    problems=(consent_answers.answer_problems,),
    issue_problems=(consent_answers.open_answers,),
    facts=(consent_answers.answers_of, consent_answers.asked_of, consent_answers.lapses_of),
    preprinted=consent_values,
    rules=consent_answers.RULES,
    for_participant=True,
    pages=3,
    easy=True,
)
