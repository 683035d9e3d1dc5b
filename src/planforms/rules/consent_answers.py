"""Whether the answers on a form that asks for consent can be relied on.

A form that is still to be signed holds no answer, so that it can never show a tick. An answer keeps
within what was asked, names kinds of information, since there is no general consent, and says how
long it holds. Sources: those of :class:`planforms.models.consent.Consent`.
"""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.consent import Consent, ConsentLine
from planforms.models.documentation import Documentation
from planforms.models.documents import Signature, SignatureState
from planforms.models.people import Role
from planforms.models.secrecy import ConsentGiven, Decision, DisclosureBasis
from planforms.rules.facts import Fact
from planforms.setting import Setting

OUTCOMES = ("consent_given", "consent_refused", "consent_withdrawn")
"""What has become of an answer."""
RULES = ("consent_answered", *OUTCOMES, "consent_asked", "consent_lapses")
"""The facts on a consent: how it was answered, whom it asks about, where a statute lets it lapse.
"""
DECIDERS = frozenset(
    {
        Role.PARTICIPANT,
        Role.PARENT,
        Role.GUARDIAN,
        Role.TRUSTEE,
        Role.FUTURE_PROXY,
        Role.REPRESENTATIVE,
    }
)
"""Whose signatures make an answer; all of them that a form has."""


def answer_problems(data: Consent, _setting: Setting) -> list[Problem]:
    """What is wrong with the answers on a form, whether it is a draft or final."""
    return [*_line_problems(data), *_twice(data.lines), *_taken_back(data)]


def open_answers(data: Consent, _setting: Setting) -> list[Problem]:
    """What an issued form lacks: answers once it is signed, how long they hold, provisions."""
    return [
        problem
        for index, line in enumerate(data.lines)
        for problem in _open_in(f"lines[{index}]", line, data.signatures)
    ]


def documentation_problems(data: Documentation, setting: Setting) -> list[Problem]:
    """What is wrong with the answer to documentation, whether it is a draft or final."""
    if data.answer is None:
        return []
    if not _asks(data, setting):
        return [_unasked("answer", "stands on a document that informs")]
    return list(_unsigned("answer", data.answer.decision, data.signatures))


def open_documentation(data: Documentation, setting: Setting) -> list[Problem]:
    """The answer that an issued document lacks, where it asks for one."""
    asks = _asks(data, setting) and not data.answer
    return list(_missing_answer("answer", data.signatures)) if asks else []


def _asks(data: Documentation, setting: Setting) -> bool:
    """Whether more is written down than the law makes a duty, with a consent."""
    return bool(data.asked or setting.service.documentation.asked)


def answers_of(data: Consent | None, setting: Setting) -> tuple[Fact, ...]:
    """The facts on a consent that has been answered: the day, and who was answered what."""
    answers = [line.answer for line in data.lines if line.answer] if data else []
    if not answers:
        return ()
    day = max(answer.decided_on for answer in answers)
    named: dict[str, list[str]] = {rule: [] for rule in OUTCOMES}
    for answer in answers:
        named[_outcome(answer)].append(setting.area(answer.area))
    facts = (
        Fact(rule, None, setting.words.join(areas), "") for rule, areas in named.items() if areas
    )
    return (Fact(RULES[0], day, setting.words.date(day), ""), *facts)


def asked_of(data: Consent | None, setting: Setting) -> tuple[Fact, ...]:
    """The fact ``consent_asked``: with whom the form asks to share, whatever the answer is."""
    told = [(area, one.basis) for area, one in setting.service.consent.receivers.items()]
    lines = [(line.area, line.basis) for line in data.lines] if data else told
    asked = [setting.area(area) for area, basis in lines if basis is not DisclosureBasis.LAW]
    return (Fact("consent_asked", None, setting.words.join(asked), ""),) if asked else ()


def lapses_of(data: Consent | None, setting: Setting) -> tuple[Fact, ...]:
    """The fact ``consent_lapses``: whose consents end by statute, and after how long."""
    receivers = setting.service.consent.receivers
    areas = [line.area for line in data.lines] if data else receivers
    facts = (
        Fact("consent_lapses", None, _lapse(area, rule.months, setting), rule.source or "")
        for area, rule in receivers.items()
        if area in areas and rule.months
    )
    return tuple(facts)


def _lapse(area: str, months: int, setting: Setting) -> str:
    return f"{setting.name('other_area', area)}: {setting.words.plural('length', 'months', months)}"


def _outcome(answer: ConsentGiven) -> str:
    if answer.decision is Decision.REFUSED:
        return "consent_refused"
    return "consent_withdrawn" if answer.withdrawn_on else "consent_given"


def _line_problems(data: Consent) -> Iterator[Problem]:
    for index, line in enumerate(data.lines):
        place = f"lines[{index}].answer"
        if line.answer:
            yield from _unsigned(place, line.answer.decision, data.signatures)
            yield from _beyond(place, line, line.answer)


def _unsigned(
    place: str, decision: Decision, signatures: tuple[Signature, ...]
) -> Iterator[Problem]:
    """A form shows no answer before everybody whose answer it is has signed or declined."""
    states = _states(signatures)
    if not states or SignatureState.TO_SIGN in states:
        hint = "a form that is to be signed holds no answers; record them afterwards"
        message = "stands on a form that has not been signed"
        yield Problem("data.answer_early", place, message, hint)
    elif decision is Decision.GIVEN and SignatureState.REFUSED in states:
        message = "is a yes, but a signature was declined"
        yield Problem("data.answer_declined", place, message, "without the signature it is a no")


def _states(signatures: tuple[Signature, ...]) -> set[SignatureState]:
    return {signature.state for signature in signatures if signature.role in DECIDERS}


def _beyond(place: str, line: ConsentLine, answer: ConsentGiven) -> Iterator[Problem]:
    """Where an answer leaves what its line asks."""
    if answer.area != line.area:
        hint = "an answer belongs to the line of its own area"
        yield Problem("data.answer_area", f"{place}.area", "is another area than its line", hint)
    if line.basis is DisclosureBasis.LAW:
        yield _unasked(place, "stands on a line that rests on law")
    elif answer.decision is Decision.GIVEN:
        yield from _wider(place, line, answer)


def _wider(place: str, line: ConsentLine, answer: ConsentGiven) -> Iterator[Problem]:
    if line.information and set(answer.information) - set(line.information):
        yield _unasked(f"{place}.information", "names a kind that the line does not ask for")
    if line.exchange and set(answer.exchange) - set(line.exchange):
        yield _unasked(f"{place}.exchange", "goes a way that the line does not ask for")
    if not answer.information:
        hint = "there is no general consent: name the kinds that were ticked"
        message = "is a yes to no kind of information"
        yield Problem("data.answer_general", f"{place}.information", message, hint)
    if not answer.exchange:
        hint = "name what was ticked: to tell them, to ask them, or both"
        message = "is a yes to neither way"
        yield Problem("data.answer_general", f"{place}.exchange", message, hint)


def _unasked(place: str, message: str) -> Problem:
    return Problem("data.answer_unasked", place, message, "an answer keeps within the question")


def _twice(lines: tuple[ConsentLine, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.area in seen:
            place, hint = f"lines[{index}].area", "one line for each secrecy area"
            yield Problem("data.area_twice", place, "has a line already", hint)
        seen.add(line.area)


def _taken_back(data: Consent) -> Iterator[Problem]:
    """A slip of withdrawal takes back nothing but what this form was a yes to."""
    given = {line.area for line in data.lines if line.answer and _is_yes(line.answer)}
    for index, area in enumerate(data.withdrawal.areas if data.withdrawal else ()):
        if area not in given:
            place, hint = f"withdrawal.areas[{index}]", "name what there is a yes to on this form"
            yield Problem("data.withdrawal", place, "takes back what was not agreed to", hint)


def _is_yes(answer: ConsentGiven) -> bool:
    return answer.decision is Decision.GIVEN


def _open_in(place: str, line: ConsentLine, signatures: tuple[Signature, ...]) -> Iterator[Problem]:
    if line.basis is DisclosureBasis.LAW:
        if not line.provision:
            hint = "name the provision of law that the line rests on"
            yield Problem("data.needed", f"{place}.provision", "is needed and missing", hint)
    elif line.answer is None:
        yield from _missing_answer(f"{place}.answer", signatures)
    elif line.answer.decision is Decision.GIVEN:
        yield from _open_yes(place, line, line.answer)


def _open_yes(place: str, line: ConsentLine, answer: ConsentGiven) -> Iterator[Problem]:
    """What a yes lacks: how long it holds, and to whom it was given."""
    if answer.valid_until is None:
        where, hint = f"{place}.answer.valid_until", "a consent says how long it holds"
        yield Problem("data.needed", where, "is needed and missing", hint)
    if line.which and line.name is None:
        hint = "a consent says whom it is about: which doctor, which school"
        yield Problem("data.needed", f"{place}.name", "is needed and missing", hint)


def _missing_answer(place: str, signatures: tuple[Signature, ...]) -> Iterator[Problem]:
    if _states(signatures) == {SignatureState.SIGNED}:
        hint = "record what was ticked; an empty box is a no"
        yield Problem("data.answer_missing", place, "is missing on a form that is signed", hint)
