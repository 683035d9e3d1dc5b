"""The third check: every template made blank, as a draft and final, with data for every branch.

The data is made up from the models, and from what each condition asks for; one's own cases come
beside it. What goes wrong only then is told here, and so is a branch that nothing leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from planforms.checking.attribution import Call
from planforms.checking.demands import (
    ANYTHING,
    BLANK,
    DRAFT,
    FINAL,
    PROTECTED,
    STATE,
    Demand,
    Want,
    add_demand,
    combine_all,
)
from planforms.checking.expressions import Condition
from planforms.checking.findings import Finding
from planforms.checking.parsing import SAME_PLACE, parse
from planforms.checking.paths import walk_of
from planforms.checking.samples import Sample
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.syntax import is_sound
from planforms.checking.units import Unit, units_of
from planforms.checking.vocabulary import Profiles, read_profiles, words_of
from planforms.checking.walking import Walk
from planforms.document import State
from planforms.errors import Problem, TemplateError
from planforms.languages import Words, language_folders
from planforms.models.documents import DocumentData, Status
from planforms.registry import KINDS
from planforms.rendering import compose
from planforms.setting import Setting
from planforms.templating.environment import environment

MAX_TRIALS = 60
"""So often a template is made, at most, to have each of its branches taken."""


@dataclass(frozen=True, slots=True)
class Office:
    """All services, writing in one language.

    Attributes:
        profiles: the services and their countries.
        words: the language.
        folders: where its templates lie, one's own first; what counts of them is in each unit.
    """

    profiles: Profiles
    words: Words
    folders: tuple[Path, ...] = field(compare=False)

    def settings(self) -> list[Setting]:
        """The setting of each service."""
        return [Setting(*pair, self.words, self.folders) for pair in self.profiles.pairs]


@dataclass(frozen=True, slots=True)
class Trial:
    """One document that a template is tried with.

    Attributes:
        setting: whose document it is, and in which language.
        state: what it is made for.
        data: its data; ``None`` for a blank form.
    """

    setting: Setting
    state: State
    data: DocumentData | None


class ReadAlready(BytecodeCache):
    """Has templates compiled from the trees that the check has, so that none is read twice."""

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The code of a template; none yet if anything is wrong with it."""
        path, bucket = Path(filename or name), Bucket(environment, name, "")
        parsed = parse(SourceFile(path.parent.name, path, source))
        if parsed.tree and not parsed.findings:
            bucket.code = environment.compile(parsed.tree, name, filename)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Nothing: there is only what the check has."""


def check_states(sources: Sources) -> Iterator[Finding]:
    """What goes wrong when templates are filled, and branches that are never taken."""
    profiles = read_profiles(sources.services)
    for language in sources.languages:
        words = words_of(language, sources.folders)
        if words is None:
            continue
        every = list(units_of(sources, language))
        units = [unit for unit in every if _is_sound(unit, words, profiles)]
        office = Office(profiles, words, tuple(language_folders(language, sources.folders)))
        environment(office.folders).bytecode_cache = ReadAlready()
        findings = dict.fromkeys(
            finding for unit in units for finding in _try(unit, office, sources.cases)
        )
        yield from findings
        if not findings and units == every:  # else a macro's branch may be another document's
            yield from _never(walk_of(unit, words, profiles) for unit in units)


def _is_sound(unit: Unit, words: Words, profiles: Profiles) -> bool:
    """Whether a template can be filled at all; what is wrong with others is told already."""
    if not is_sound(unit):
        return False
    found = walk_of(unit, words, profiles).found
    return not any(one.finding.is_error for one in found.suspicions)


def _try(unit: Unit, office: Office, cases: tuple[DocumentData, ...]) -> Iterator[Finding]:
    yield from _try_made_up(unit, office)
    kind, _ = KINDS.of_paper(unit.document.kind)
    own = [case for case in cases if case.kind == kind.name]
    if own:
        trials = Trials(unit, office)
        trials.make_all(trials.of_cases(own))
        yield from trials.findings


@lru_cache(maxsize=1024)
def _try_made_up(unit: Unit, office: Office) -> tuple[Finding, ...]:
    trials = Trials(unit, office)
    trials.make_all(trials.made_up(walk_of(unit, office.words, office.profiles).conditions))
    return tuple(trials.findings)


class Trials:
    """The documents that one template is tried with.

    Attributes:
        findings: what went wrong.
        unit: the template.
    """

    def __init__(self, unit: Unit, office: Office) -> None:
        self.findings: dict[Finding, None] = {}
        self.unit = unit
        self._office = office

    def make_all(self, trials: Iterable[Trial]) -> None:
        """Make documents, until one goes wrong."""
        for trial in trials:
            if self.findings:
                return
            try:
                compose(self.unit.document.kind, trial.data, trial.setting, trial.state)
            except TemplateError as error:
                for problem in error.problems:
                    self.note(problem)

    def made_up(self, conditions: dict[Call, Condition]) -> Iterator[Trial]:
        """Documents by which every condition falls on both sides; a draft, protected and blank.

        Many conditions share one document. The first, which is final, has nothing beside what they
        ask for and what it needs; the others are full, and their lists have two items or more.
        """
        goals = [[DRAFT], [PROTECTED]]
        goals += [
            [*demands, *combine_all(demands, [BLANK])]
            for condition in conditions.values()
            for side, demands in condition.sides.items()
            if demands and (side or not condition.loop)
        ]
        goals.append([BLANK])
        demands, goals = _first(goals, FINAL)
        yield self._trial(1, State.FINAL, demands, full=False, items=1)
        for number in range(MAX_TRIALS):
            if not goals:
                return
            demands, goals = _first(goals, ANYTHING)
            yield self._trial(number, self._state(number, demands[0]), demands)

    def of_cases(self, cases: Iterable[DocumentData]) -> Iterator[Trial]:
        """One's own cases, in their own services."""
        for case in cases:
            state = State.FINAL if case.status is Status.FINAL else State.DRAFT
            for setting in self._office.settings():
                if setting.service.id == case.service_key:
                    yield Trial(setting, state, case)

    def _state(self, number: int, demand: Demand) -> State:
        want = demand.get(STATE, Want())
        free = [state for state in (State.DRAFT, State.FINAL) if want.allows(state)]
        return free[number % len(free)] if free else State.BLANK

    def _trial(
        self,
        number: int,
        state: State,
        demands: Sequence[Demand],
        *,
        full: bool = True,
        items: int = 2,
    ) -> Trial:
        settings = self._office.settings()
        real = settings[number % len(settings)]
        given = {
            "case.service": Want.one(real.service.id),
            "service": Want.one(real.service.id),
            "status": Want.one("final" if state is State.FINAL else "draft"),
        }
        sample = Sample(
            lambda shape: shape.members or real.keys(shape.vocabulary),
            [{**demand, **given} for demand in demands],
            full,
            items,
        )
        kind, _ = KINDS.of_paper(self.unit.document.kind)
        data = sample.document(kind.model)
        setting = replace(
            real,
            service=sample.profile(real.service, "service"),
            country=sample.profile(real.country, "country"),
        )
        return Trial(setting, state, None if state is State.BLANK else data)

    def note(self, problem: Problem) -> None:
        """A problem of rendering as a finding; words that are missing are told elsewhere."""
        name, *numbers = problem.place.partition("/")[2].split(":")
        parsed = self.unit.library().get(name)
        if problem.code.startswith(("terms.", "locale.")) or parsed is None:
            return
        offset, text = parsed.code_at(parsed.file.offset_of(*map(int, numbers or ["1"])))
        hint = problem.hint or SAME_PLACE
        finding = parsed.file.finding(problem.code, offset, text, problem.message, hint)
        self.findings[finding] = None


def _first(goals: list[list[Demand]], demand: Demand) -> tuple[list[Demand], list[list[Demand]]]:
    """The demands on one document that reaches as many goals as fit together, and those left.

    Each goal is a row of demands, any of which reaches it; the document meets one demand anyway.
    """
    demands, left = [demand], []
    for goal in goals:
        both = (add_demand(demands, other) for other in goal)
        met = next((one for one in both if one is not None), None)
        if met is None:
            left.append(goal)
        else:
            demands = met
    return demands, left


def _never(walks: Iterable[Walk]) -> Iterator[Finding]:
    """Conditions that always fall on the same side, and loops that are never entered."""
    conditions: dict[Call, list[Condition]] = {}
    for walk in walks:
        for place, condition in walk.conditions.items():
            conditions.setdefault(place, []).append(condition)
    for same in conditions.values():
        first = same[0]
        holds, fails = (any(one.sides.get(side) for one in same) for side in (True, False))
        if not holds:
            what = "the loop is never entered" if first.loop else "the condition never holds"
            yield first.warning(what)
        elif not fails and not first.loop:
            yield first.warning("the condition always holds")
