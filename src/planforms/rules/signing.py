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
    rule = setting.document(data.kind, data.variant).signing
    if rule is None:
        return []
    signed = (signature.role for _, signature in values_at(data, "signatures[]"))
    held = (copy.role for _, copy in values_at(data, "copies[]"))
    signers, copies = _lacking(rule.signers, signed), _lacking(rule.copies, held)
    lacking = [
        *(("data.signer", "signatures", "no place to sign for: {role}", one) for one in signers),
        *(("data.copy", "copies", "no copy for: {role}", one) for one in copies),
    ]
    return [
        Problem.of(
            code, place, what, _HINT, role=setting.role(one), key=one.value, source=rule.source
        )
        for code, place, what, one in lacking
    ]


_HINT = "add one with the role {key}; asked for by: {source}"


def _lacking(asked: tuple[Role, ...], given: Iterator[Role | None]) -> list[Role]:
    present = set(given)
    return [role for role in asked if role not in present]
