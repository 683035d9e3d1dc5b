"""The consent: no answer before it is signed, and none wider than what was asked."""

from planforms.models.consent import Consent
from planforms.registry import Kind
from planforms.rules import consents

KIND = Kind(
    Consent,
    problems=(consents.answer_problems,),
    issue_problems=(consents.open_answers,),
    facts=(consents.answers_of,),
    rules=consents.RULES,
)
