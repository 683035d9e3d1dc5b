"""All rules together: the facts a template may print, and the problems rules find in the data."""

from __future__ import annotations

from planforms.errors import Problem
from planforms.languages import Words
from planforms.models.documents import DocumentData
from planforms.rules import appeals, consents, deadlines, protection, routing
from planforms.rules.appeals import appeal_facts
from planforms.rules.closures import closure_problems
from planforms.rules.complaints import complaint_problems
from planforms.rules.consents import answer_problems, answers_of, open_answers
from planforms.rules.copies import copies_of
from planforms.rules.disclosure import ground_of, undisclosed
from planforms.rules.facts import Fact
from planforms.rules.follow_up import follow_up_of, unfollowed
from planforms.rules.protection import protection_facts
from planforms.rules.routing import routing_facts
from planforms.rules.signing import signing_problems
from planforms.rules.team import team_problems
from planforms.rules.vocabularies import unknown_keys
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile


def rule_names(service: ServiceProfile, kind: str) -> tuple[str, ...]:
    """The names of all rules that may have a fact in a kind of document."""
    return (
        *deadlines.rule_names(service),
        *protection.RULES,
        *consents.RULES,
        *routing.RULES,
        *appeals.RULES,
        "adds_follow_up",
        "copies",
        "ground",
    )


def facts_of(
    kind: str,
    data: DocumentData | None,
    service: ServiceProfile,
    country: CountryProfile,
    words: Words,
) -> tuple[Fact, ...]:
    """What the rules say about one document; ``None`` as data for a blank form."""
    return (
        *deadlines.deadlines_of(kind, data, service, country, words),
        *copies_of(data, service, words),
        *ground_of(data, service, words),
        *answers_of(data, service, words),
        *follow_up_of(kind, service, words),
        *protection_facts(service, country, words),
        *routing_facts(kind, data, service, words),
        *appeal_facts(data, country, words),
    )


def problems_of(
    data: DocumentData, service: ServiceProfile, country: CountryProfile
) -> list[Problem]:
    """What the rules find wrong in a document, whether it is a draft or final."""
    return [
        *unknown_keys(data, service, country),
        *closure_problems(data, service),
        *answer_problems(data, service),
    ]


def problems_of_issue(
    data: DocumentData, service: ServiceProfile, country: CountryProfile
) -> list[Problem]:
    """What keeps a document from being issued as final, beyond values that are missing."""
    return [
        *undisclosed(data, service),
        *signing_problems(data, service),
        *open_answers(data, service),
        *unfollowed(data, service),
        *complaint_problems(data),
        *team_problems(data),
    ]
