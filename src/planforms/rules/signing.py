"""Who signs a document, and who must have a copy, as the service's profile says."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.documents import DocumentData
from planforms.models.people import Role
from planforms.models.values import values_at
from planforms.setting import Setting


def signing_problems(data: DocumentData, setting: Setting) -> list[Problem]:
    """A Problem for each signature and each copy that the service asks for and that is missing."""
    rule = setting.document(data.kind).signing
    if rule is None:
        return []
    hint = f"asked for by: {rule.source}"
    signed = (signature.role for _, signature in values_at(data, "signatures[]"))
    held = (copy.role for _, copy in values_at(data, "copies[]"))
    return [
        *(
            Problem("data.signer", "signatures", f"no place to sign for: {role.value}", hint)
            for role in _lacking(rule.signers, signed)
        ),
        *(
            Problem("data.copy", "copies", f"no copy for: {role.value}", hint)
            for role in _lacking(rule.copies, held)
        ),
    ]


def _lacking(asked: tuple[Role, ...], given: Iterator[Role | None]) -> list[Role]:
    present = set(given)
    return [role for role in asked if role not in present]
