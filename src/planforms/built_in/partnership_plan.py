"""The partnership plan: two parties at least, and a ground for whatever they tell one another."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.partnership_plan import ExchangeGround, PartnershipPlan
from planforms.registry import Kind
from planforms.setting import Setting


def party_problems(data: PartnershipPlan, _: Setting) -> Iterator[Problem]:
    """A Problem for an issued plan of fewer than two organisations."""
    if data.parties and len({party.organisation.casefold() for party in data.parties}) < 2:
        what, hint = "are fewer than two organisations", "name everybody who takes part"
        yield Problem("data.parties", "parties", what, hint)


def provision_problems(data: PartnershipPlan, _: Setting) -> Iterator[Problem]:
    """A Problem for an exchange by law without the provision, or with both grounds at once."""
    for number, one in enumerate(data.exchange):
        place = f"exchange[{number}].provision"
        if one.ground is ExchangeGround.PROVISION and not one.provision:
            what, hint = "is needed and missing", "name the provision of law that allows it"
            yield Problem("data.needed", place, what, hint)
        if one.ground is ExchangeGround.EACH_CONSENT and one.provision:
            what, hint = "stands beside a consent", "an exchange rests on one of the two"
            yield Problem("data.exchange_ground", place, what, hint)


KIND = Kind(
    PartnershipPlan,
    issue_problems=(party_problems, provision_problems),
    pages=3,
)
