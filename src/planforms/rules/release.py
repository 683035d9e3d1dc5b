"""Whether a document may leave the house by itself, or only from a person's hand."""

from __future__ import annotations

from collections.abc import Iterator, Set

from planforms.errors import Problem
from planforms.models.documents import CaseDocument, DocumentData, Status
from planforms.rules.disclosure import undisclosed
from planforms.setting import Setting

DRAFT = "release.draft"
"""The code of the hindrance that a document is still being written."""


def hindrances(data: DocumentData, setting: Setting, printable: Set[str]) -> tuple[Problem, ...]:
    """Why a person must see to a document before it leaves the house; empty if nobody must.

    Args:
        data: the document.
        setting: what it is made with.
        printable: the letters that the fonts can print.
    """
    return tuple(_hindrances(data, setting, printable))


def _hindrances(data: DocumentData, setting: Setting, printable: Set[str]) -> Iterator[Problem]:
    yield from unprintable_name(data, printable)
    if data.is_protected:
        message, hint = "the identity is protected", "render it alone and release it by hand"
        yield Problem("release.protected_identity", "case.participant", message, hint)
    if data.status is Status.DRAFT:
        hint = "set the status to final when it is complete"
        yield Problem(DRAFT, "status", "is a draft", hint)
    else:
        yield from undisclosed(data, setting)


def unprintable_name(data: DocumentData, printable: Set[str]) -> Iterator[Problem]:
    """A Problem if the participant's name would be printed with a mark in place of a letter.

    Args:
        data: the document.
        printable: the letters that the fonts can print.
    """
    if isinstance(data, CaseDocument) and not printable >= set(data.case.participant.name):
        message = "has letters that cannot be printed"
        hint = "spell the name in other letters; a draft shows which ones are missing"
        yield Problem("release.unprintable_name", "case.participant.name", message, hint)
