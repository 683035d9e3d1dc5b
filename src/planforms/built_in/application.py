"""The application for a place: refused without a consent, and its hours are looked at."""

from planforms.models.application import Application
from planforms.registry import Kind
from planforms.rules import applications

KIND = Kind(
    Application,
    issue_problems=(applications.application_problems,),
    facts=(applications.hours_of,),
    warnings=(applications.hours_to_look_at,),
    rules=applications.RULES,
    vocabularies={
        "application_heading": lambda service: tuple(service.document("application").headings)
    },
    for_participant=True,
    pages=2,
)
