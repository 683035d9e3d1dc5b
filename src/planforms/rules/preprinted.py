"""What a service's profile says on a paper where the data does not.

A service tells everybody the same: why it asks, what a no means, what it writes down. Whoever
fills in a form says it otherwise only where a case differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planforms.models.consent import Consent, ConsentLine
from planforms.models.documentation import Documentation
from planforms.models.people import Role
from planforms.models.secrecy import ConsentGiven, Copy, Decision, DisclosureBasis, Exchange
from planforms.models.service_description import ServiceDescription
from planforms.rules.consents import last_day
from planforms.services.consents import ConsentProfile, ConsentReceiver
from planforms.setting import Setting


def consent_values(data: Consent | None, setting: Setting) -> dict[str, Any]:
    """The fields of a consent that the profile fills in, by name.

    Args:
        data: the consent; ``None`` for an empty form, which asks about every receiver.
        setting: whose profile it is.
    """
    profile = setting.service.consent
    values = {"purpose": profile.purpose, "manners": profile.manners, "refusal": profile.refusal}
    lines = data.lines if data else tuple(ConsentLine(area=area) for area in profile.receivers)
    lines = tuple(_line(line, setting) for line in lines)
    return {**_absent(data, {**values, "copies": _own_copy(data)}), "lines": lines}


def documentation_values(data: Documentation | None, setting: Setting) -> dict[str, Any]:
    """The fields of a documentation that the profile fills in, by name."""
    profile = setting.service.documentation
    names = ("system", "purpose", "information", "sources", "readers", "asked", "refusal")
    return _absent(data, {name: getattr(profile, name) for name in names})


def description_values(data: ServiceDescription | None, setting: Setting) -> dict[str, Any]:
    """The fields of a service's description that the profile fills in, by name."""
    profile = setting.service.description
    names = ("for_whom", "doing", "hours", "way_in", "visit")
    return _absent(data, {name: getattr(profile, name) for name in names})


def _own_copy(data: Consent | None) -> tuple[Copy, ...]:
    """The copy that the form itself promises the participant."""
    if data is None:
        return ()
    return (Copy(recipient=data.case.participant.name, role=Role.PARTICIPANT),)


def _absent(part: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values for which a part has none itself."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, ()) and getattr(part, name, None) in (None, ())
    }


def _line(line: ConsentLine, setting: Setting) -> ConsentLine:
    """A line with what the profile says of its receiver."""
    profile = setting.service.consent
    receiver = profile.receivers.get(line.area, ConsentReceiver())
    values = {
        "basis": receiver.basis,
        "provision": receiver.provision,
        "exchange": receiver.exchange,
        "information": receiver.information,
        "use": receiver.use,
        "refusal": receiver.refusal,
        "telling": receiver.telling,
        "asking": receiver.asking,
    }
    which = line.which or receiver.which
    whole = line.model_copy(update={**_absent(line, values), "which": which})
    asks = whole.basis is DisclosureBasis.CONSENT
    unused = {
        "telling": not asks or Exchange.GIVE not in whole.exchange,
        "asking": not asks or Exchange.OBTAIN not in whole.exchange,
        "provision": asks,
    }
    left = {name: None for name, drop in unused.items() if drop}
    answer = _answer(whole, profile)
    return whole.model_copy(update={**left, "answer": answer})


def _answer(line: ConsentLine, profile: ConsentProfile) -> ConsentGiven | None:
    """The answer of a line, with the day on which it ends by law if that comes first.

    Where there is one way to go, a yes need not say which.
    """
    answer = line.answer
    if answer is None or answer.decision is Decision.REFUSED:
        return answer
    only = line.exchange if len(line.exchange) == 1 else ()
    ends = {"exchange": answer.exchange or only, "valid_until": last_day(answer, profile)}
    return answer.model_copy(update=ends)
