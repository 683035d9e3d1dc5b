"""Who receives a document, and whose copy is whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planforms.models.documents import DocumentData
from planforms.models.people import Organisation, Role
from planforms.models.values import value_at, values_at
from planforms.rules.facts import Fact
from planforms.setting import Setting


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who receives the document.

    Attributes:
        place: where the data names them.
        role: what they are in the case, if the data says so.
        area: the secrecy area they belong to, if the data says so.
        name: an organisation's name; people are not named, the number of a copy is enough.
    """

    place: str
    role: Role | None
    area: str | None
    name: str = ""


def receivers_of(data: DocumentData) -> tuple[Receiver, ...]:
    """All who receive the document: the recipient first, then the copies in the data's order."""
    return tuple(_receivers(data))


def _receivers(data: DocumentData) -> Iterator[Receiver]:
    organisation = value_at(data, "recipient.organisation")
    if isinstance(organisation, Organisation):
        role = value_at(data, "recipient.role")
        area = organisation.secrecy_area
        yield Receiver("recipient.organisation", role, area, organisation.name)
    for place, copy in values_at(data, "copies[]"):
        yield Receiver(place, copy.role, copy.secrecy_area)


def copies_of(data: DocumentData | None, setting: Setting) -> tuple[Fact, ...]:
    """The fact ``copies``: how many copies there are, and whose; none if nobody receives one."""
    receivers = receivers_of(data) if data else ()
    if not receivers:
        return ()
    count = setting.words.plural("copies", "count", len(receivers))
    named = [copy_holder(receiver, setting) for receiver in receivers]
    holders = setting.words.join(name for name in named if name)
    said = f"{count}: {holders}" if holders else count
    rule = setting.document(data.kind, data.variant).signing if data else None
    return (
        Fact("copies", None, said, rule.source if rule else "", rule.checked if rule else None),
    )


def copy_holder(receiver: Receiver, setting: Setting) -> str:
    """Whose copy it is, without anybody's name; empty if the data does not say."""
    return setting.role(receiver.role) if receiver.role else receiver.name
