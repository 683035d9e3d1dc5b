"""The third check: every template made blank, as a draft and final, with data for every branch.

The data is made up from the models, and from what each condition asks for; one's own cases come
beside it. What goes wrong only then is told here, and so is a branch that nothing leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from planforms.checking.blame import Call
from planforms.checking.conditions import Condition
from planforms.checking.demands import (
    ANYTHING,
    FACTS,
    STATE,
    Demand,
    Want,
    combine,
    combine_all,
)
from planforms.checking.findings import Finding
from planforms.checking.paths import walk_of
from planforms.checking.rehearsing import RehearsalEnvironment, Side
from planforms.checking.samples import Sample
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.syntax import is_sound
from planforms.checking.units import Unit, units_of
from planforms.checking.vocabulary import Profiles, read_profiles, words_of
from planforms.checking.walking import Walk
from planforms.document import State
from planforms.errors import Problem, TemplateError
from planforms.languages import Words
from planforms.models.documents import DocumentData, Status
from planforms.registry import KINDS
from planforms.rendering import compose
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile
from planforms.setting import Setting, keys_of

MAX_PLAYS = 60
"""So often a template is made, at most, to have each of its branches taken."""
BLANK: Demand = {STATE: Want(filled=True, equals=State.BLANK.value)}
PROTECTED: Demand = {"case.participant.protected_identity": Want(filled=True, equals=True)}


@dataclass(frozen=True, slots=True)
class Play:
    """One document that a template is tried with.

    Attributes:
        service: whose document it is.
        country: the profile of the service's country.
        state: what it is made for.
        data: its data; ``None`` for a blank form.
        facts: facts that are made up or kept back, whatever the rules say.
    """

    service: ServiceProfile
    country: CountryProfile
    state: State
    data: DocumentData | None
    facts: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came out of trying one template.

    Attributes:
        findings: what went wrong.
        seen: on which sides its conditions fell.
    """

    findings: tuple[Finding, ...]
    seen: frozenset[Side]


def check_states(sources: Sources) -> Iterator[Finding]:
    """What goes wrong when templates are filled, and branches that are never taken."""
    profiles = read_profiles(sources.services)
    for language in sources.languages:
        words = words_of(language, sources.folders)
        if words is None:
            continue
        every = list(units_of(sources, language))
        units = [unit for unit in every if _is_sound(unit, words, profiles)]
        rehearsed = [_rehearse(unit, words, profiles, sources.cases) for unit in units]
        findings = [finding for one in rehearsed for finding in one.findings]
        yield from dict.fromkeys(findings)
        if not findings and units == every:  # else a macro's branch may be another document's
            seen = frozenset(side for one in rehearsed for side in one.seen)
            yield from _never([walk_of(unit, words, profiles) for unit in units], seen)


def _is_sound(unit: Unit, words: Words, profiles: Profiles) -> bool:
    """Whether a template can be filled at all; what is wrong with others is told already."""
    if not is_sound(unit):
        return False
    notebook = walk_of(unit, words, profiles).notebook
    return not any(trouble.finding.is_error for trouble in notebook.troubles())


def _rehearse(
    unit: Unit, words: Words, profiles: Profiles, cases: tuple[DocumentData, ...]
) -> Rehearsed:
    made_up = _rehearse_made_up(unit, words, profiles)
    own = [case for case in cases if case.kind == unit.document.kind]
    if not own:
        return made_up
    rehearsal = Rehearsal(unit, words, profiles)
    rehearsal.play_all(_plays_of(own, profiles))
    findings = dict.fromkeys((*made_up.findings, *rehearsal.findings))
    return Rehearsed(tuple(findings), made_up.seen | rehearsal.seen)


@lru_cache(maxsize=128)
def _rehearse_made_up(unit: Unit, words: Words, profiles: Profiles) -> Rehearsed:
    rehearsal = Rehearsal(unit, words, profiles)
    rehearsal.play_all(rehearsal.first_plays())
    if not rehearsal.findings:
        rehearsal.take_branches(walk_of(unit, words, profiles).conditions)
    return Rehearsed(tuple(rehearsal.findings), frozenset(rehearsal.seen))


def _plays_of(cases: Iterable[DocumentData], profiles: Profiles) -> Iterator[Play]:
    for case in cases:
        state = State.FINAL if case.status is Status.FINAL else State.DRAFT
        for service, country in profiles.pairs:
            if service.id == case.service_key:
                yield Play(service, country, state, case)


class Rehearsal:
    """The trying of one template.

    Attributes:
        findings: what went wrong.
        seen: on which sides its conditions fell.
    """

    def __init__(self, unit: Unit, words: Words, profiles: Profiles) -> None:
        self.findings: dict[Finding, None] = {}
        self.seen: set[Side] = set()
        self._unit = unit
        self._words = words
        self._folders = tuple({file.path.parent for file in (unit.document, *unit.shared)})
        self._profiles = profiles
        self._environment = _environment(unit.shared)
        self._environment.use((unit.document, *unit.shared))
        self._plays = 0

    def play_all(self, plays: Iterable[Play]) -> None:
        """Make documents, until one goes wrong."""
        for play in plays:
            if not self.findings:
                self._play(play)

    def first_plays(self) -> Iterator[Play]:
        """Every state, full and nearly empty; lists of none, one and two items."""
        yield self._made_up(0, State.BLANK, ANYTHING)
        yield self._made_up(1, State.DRAFT, ANYTHING)
        yield self._made_up(2, State.DRAFT, ANYTHING, full=False)
        yield self._made_up(3, State.FINAL, ANYTHING, full=False, items=1)
        yield self._made_up(4, State.FINAL, PROTECTED, items=1)

    def take_branches(self, conditions: dict[Call, Condition]) -> None:
        """Try to have every condition fall on both sides."""
        goals = {
            (*place, side): [*demands, *combine_all(demands, [BLANK])]
            for place, condition in conditions.items()
            for side, demands in condition.sides.items()
            if side or not condition.loop
        }
        while (left := [goal for goal in goals if goal not in self.seen and goals[goal]]) and (
            self._plays < MAX_PLAYS and not self.findings
        ):
            demand = goals[left[0]].pop(0)
            for goal in left[1:]:
                both = (combine(demand, other) for other in goals[goal])
                demand = next((one for one in both if one is not None), demand)
            self._play(self._play_of(demand))

    def _play_of(self, demand: Demand) -> Play:
        want = demand.get(STATE, Want())
        wanted = State(want.equals) if want.equals else None
        free = [state for state in (State.DRAFT, State.FINAL) if state not in want.differs]
        state = wanted or free[self._plays % len(free)]
        return self._made_up(self._plays, state, demand)

    def _made_up(
        self, number: int, state: State, demand: Demand, *, full: bool = True, items: int = 2
    ) -> Play:
        service, country = self._profiles.pairs[number % len(self._profiles.pairs)]
        status = "final" if state is State.FINAL else "draft"
        given = {
            "case.service": Want(filled=True, equals=service.id),
            "status": Want(filled=True, equals=status),
        }

        def options(shape: Any) -> tuple[str, ...]:
            return shape.members or keys_of(shape.vocabulary, service, country)

        sample = Sample(options, {**demand, **given}, full, items)
        data = sample.document(KINDS[self._unit.document.kind].model)
        facts = {
            path.removeprefix(FACTS): bool(want.filled)
            for path, want in demand.items()
            if path.startswith(FACTS)
        }
        return Play(
            sample.profile(service, "service"),
            sample.profile(country, "country"),
            state,
            None if state is State.BLANK else data,
            facts,
        )

    def _play(self, play: Play) -> None:
        self._plays += 1
        self._environment.seen.clear()
        self._environment.facts = play.facts
        try:
            setting = Setting(play.service, play.country, self._words, self._folders)
            kind, environment = self._unit.document.kind, self._environment
            compose(kind, play.data, setting, play.state, environment)
        except TemplateError as error:
            for problem in error.problems:
                self._tell(problem)
        self.seen |= self._environment.seen

    def _tell(self, problem: Problem) -> None:
        """A problem of rendering as a finding; words that are missing are told elsewhere."""
        name, _, number = problem.place.partition("/")[2].partition(":")
        parsed = self._unit.library().get(name)
        if problem.code.startswith(("terms.", "locale.")) or parsed is None:
            return
        offset, text = parsed.code_at(int(number) - 1 if number.isdigit() else 0)
        hint = problem.hint or "compare with the same place in another language"
        finding = parsed.file.finding(problem.code, offset, text, problem.message, hint)
        self.findings[finding] = None


@lru_cache(maxsize=8)
def _environment(_shared: tuple[SourceFile, ...]) -> RehearsalEnvironment:
    """One environment for all documents with the same shared parts, which it compiles once."""
    return RehearsalEnvironment()


def _never(walks: Iterable[Walk], seen: frozenset[Side]) -> Iterator[Finding]:
    """Conditions that always fall on the same side, and loops that are never entered."""
    conditions: dict[Call, Condition] = {}
    for walk in walks:
        for place, condition in walk.conditions.items():
            conditions.setdefault(place, condition)
    for place, condition in conditions.items():
        fell = {side for side in (True, False) if (*place, side) in seen}
        if fell == {False}:
            what = "the loop is never entered" if condition.loop else "the condition never holds"
            yield _told(condition, what)
        elif fell == {True} and not condition.loop:
            yield _told(condition, "the condition always holds")


def _told(condition: Condition, what: str) -> Finding:
    message = f"{what}, whatever the data is like"
    return replace(condition.found, message=message)
