"""All rules together: the facts a template may print, and the problems rules find in the data."""

from __future__ import annotations

from planforms.errors import Problem
from planforms.models.documents import CaseDocument, DocumentData
from planforms.registry import KINDS
from planforms.rules import protection
from planforms.rules.closures import closure_problems
from planforms.rules.consent_dates import late_consents
from planforms.rules.copies import copies_of
from planforms.rules.deadlines import deadlines_of
from planforms.rules.disclosure import ground_of, undisclosed
from planforms.rules.facts import Fact
from planforms.rules.periods import period_facts
from planforms.rules.signing import signing_problems
from planforms.rules.vocabularies import unknown_keys, unknown_variant
from planforms.setting import Setting

COMMON = (*protection.RULES, "copies", "ground")
"""The rules that any kind of document may have a fact by, beside the deadlines."""


def rule_names(kind: str, setting: Setting) -> frozenset[str]:
    """The names of all rules that may have a fact in a kind of document."""
    return setting.rules.union(COMMON, KINDS[kind].rules)


def facts_of(kind: str, data: DocumentData | None, setting: Setting) -> tuple[Fact, ...]:
    """What the rules say about one document; ``None`` as data for a blank form."""
    return (
        *deadlines_of(kind, data, setting),
        *period_facts(data, setting),
        *copies_of(data, setting),
        *ground_of(data, setting),
        *protection.protection_facts(setting),
        *(fact for rule in KINDS[kind].facts for fact in rule(data, setting)),
    )


def problems_of(data: DocumentData, setting: Setting) -> list[Problem]:
    """What the rules find wrong in a document, whether it is a draft or final."""
    return [
        *unknown_keys(data, setting),
        *unknown_variant(data, setting),
        *(_case_problems(data, setting) if isinstance(data, CaseDocument) else ()),
        *(problem for rule in KINDS[data.kind].problems for problem in rule(data, setting)),
    ]


def _case_problems(data: CaseDocument, setting: Setting) -> list[Problem]:
    """What the rules find wrong in a document of a case."""
    return [*closure_problems(data, setting), *late_consents(data, setting)]


def problems_of_issue(data: DocumentData, setting: Setting) -> list[Problem]:
    """What keeps a document from being issued as final, beyond values that are missing."""
    return [
        *undisclosed(data, setting),
        *signing_problems(data, setting),
        *(problem for rule in KINDS[data.kind].issue_problems for problem in rule(data, setting)),
    ]


def warnings_of(data: DocumentData, setting: Setting) -> list[Problem]:
    """What somebody should look at; it keeps no document from being issued."""
    return [problem for rule in KINDS[data.kind].warnings for problem in rule(data, setting)]
