"""Who handles a complaint about the service, and where it goes next.

Never the one it is about; always somebody: where nobody in the service may handle it, the body
outside that the profile names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from planforms.models.complaint import Complaint, ComplaintReply, Subject
from planforms.models.letters import same
from planforms.models.people import Role
from planforms.rules.facts import Fact
from planforms.services.complaints import ComplaintBody, ComplaintRouting
from planforms.setting import Setting

RULES = (
    "handled_by",
    "not_handled_by",
    "escalated_to",
    *(f"route_{subject.value}" for subject in Subject),
)
"""The rules that a complaint and its reply can have a fact by."""

_SUBJECT_ROLES = {Subject.MANAGER: Role.MANAGER, Subject.UNIT_HEAD: Role.UNIT_HEAD}


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles a complaint: a role in the service, or a body outside of it.

    Attributes:
        role: the role; ``None`` for a body.
        body: the body's own name; empty for a role.
        source: what the choice rests on.
        checked: the day somebody last compared it with its source.
    """

    role: Role | None
    body: str
    source: str
    checked: date | None = None


def handlers(
    subject: Subject,
    routing: ComplaintRouting,
    *,
    excluded: frozenset[Role] = frozenset(),
    vacant: frozenset[Role] = frozenset(),
    uncertain: frozenset[Role] = frozenset(),
) -> tuple[Handler, ...]:
    """Who handles a complaint; more than one where it depends on what nobody has told.

    What is about people of another body is that body's.

    Args:
        subject: about whom or what it is.
        routing: the service's routes.
        excluded: the roles of whoever it is about.
        vacant: the roles that nobody has.
        uncertain: the roles that perhaps nobody has; behind each stands who comes next.
    """
    found: list[Handler] = []
    theirs = [_body(body) for role, body in routing.others.items() if role in excluded]
    if theirs:
        return (theirs[0],)
    for handler in _in_order(subject, routing):
        if handler.role in excluded | vacant:
            continue
        found.append(handler)
        if handler.role not in uncertain:
            break
    return tuple(found)


def _in_order(subject: Subject, routing: ComplaintRouting) -> Iterator[Handler]:
    route = routing.routes.get(subject)
    if route:
        yield Handler(route.to, "", route.source, route.checked)
        for role in route.otherwise:
            yield Handler(role, "", routing.fallback_source)
    yield _body(routing.outside)


def _body(body: ComplaintBody) -> Handler:
    return Handler(None, body.name, body.source, body.checked)


def concerned_roles(data: Complaint | ComplaintReply) -> frozenset[Role]:
    """The roles of whoever a complaint is about, as far as the data tells.

    A person who is named may have more than one role in the team; all of them count.
    """
    about = data.about
    if about is None:
        return frozenset()
    roles = {about.role, _SUBJECT_ROLES.get(about.subject) if about.subject else None}
    if about.name:
        roles |= {member.role for member in data.case.team if same(member.name, about.name)}
    return frozenset(role for role in roles if role)


def routing_facts(data: Complaint | ComplaintReply | None, setting: Setting) -> tuple[Fact, ...]:
    """The facts of a complaint or a reply: who handles it, who may not, and what comes next."""
    routing = setting.service.complaints
    if routing is None:
        return ()
    concerned = concerned_roles(data) if data else frozenset()
    subject = data.about.subject if data and data.about else None
    facts = [_escalation(routing, concerned, setting)]
    if data and subject:
        vacant, uncertain = _vacancies(routing, data.case.measure)
        found = handlers(subject, routing, excluded=concerned, vacant=vacant, uncertain=uncertain)
        facts.append(_handled_by("handled_by", found, setting))
    if concerned:
        facts.append(_not_handled_by(concerned, setting))
    return (*facts, *_all_routes(routing, setting))


def _vacancies(
    routing: ComplaintRouting, measure: str | None
) -> tuple[frozenset[Role], frozenset[Role]]:
    """The roles that are vacant, and those that are so in some measure if none is told."""
    if measure:
        return frozenset(routing.vacant.get(measure, ())), frozenset()
    return frozenset(), frozenset(role for roles in routing.vacant.values() for role in roles)


def _all_routes(routing: ComplaintRouting, setting: Setting) -> Iterator[Fact]:
    """One fact for each subject, for those who do not yet know whom they turn to."""
    _, uncertain = _vacancies(routing, None)
    for subject in Subject:
        role = _SUBJECT_ROLES.get(subject)
        excluded = frozenset({role} if role else ())
        found = handlers(subject, routing, excluded=excluded, uncertain=uncertain)
        fact = _handled_by(f"route_{subject.value}", found, setting)
        named = setting.words.term("complaint_subject", subject.value)
        yield replace(fact, words=_filled("route", setting, first=named, second=fact.words))


def _handled_by(rule: str, found: tuple[Handler, ...], setting: Setting) -> Fact:
    first, *others = found
    said = _named(first, setting)
    for other in others:
        said = _filled("otherwise", setting, first=said, second=_named(other, setting))
    return Fact(rule, None, said, first.source, first.checked)


def _filled(key: str, setting: Setting, first: str, second: str) -> str:
    said = setting.words.term("routing", key)
    return said.replace("{first}", first).replace("{second}", second)


def _named(handler: Handler, setting: Setting) -> str:
    return setting.role(handler.role) if handler.role else handler.body


def _not_handled_by(concerned: frozenset[Role], setting: Setting) -> Fact:
    named = [setting.role(role) for role in Role if role in concerned]
    return Fact("not_handled_by", None, setting.words.join(named), "")


def _escalation(routing: ComplaintRouting, concerned: frozenset[Role], setting: Setting) -> Fact:
    body = routing.escalation
    role = body.role if body.role not in concerned else None
    said = body.name
    if role:
        said = _filled("ask_for", setting, first=said, second=setting.role(role))
    return Fact("escalated_to", None, said, body.source, body.checked)
