"""Every document that planforms is held to: examples in all languages, and blank forms.

A few of them are held to the same in two languages on one paper.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, product
from pathlib import Path

import planforms as pf
from planforms.registry import EASY, KINDS
from tests.reports import BESIDE_THEIR_OWN, EXAMPLES, LANGUAGES, SERVICES

Trait = tuple[str, str]
Traits = Callable[["Case"], frozenset[Trait]]


@dataclass(frozen=True)
class Case:
    """One document: an example, or the blank form of a kind, in one language; or its easy sheet."""

    kind: str
    language: str
    state: str
    service: str
    example: Path | None = None
    beside: str | None = None
    """The second language of a paper in two."""
    easy: bool = False

    @property
    def name(self) -> str:
        """The name of its files."""
        which = self.example.stem if self.example else f"blank-{self.kind}"
        sheet = EASY if self.easy else ""
        name = f"{self.service}-{which}{sheet}-{self.language}"
        return f"{name}-{self.beside}" if self.beside else name

    @property
    def paper(self) -> str:
        """The name of its template."""
        return f"{self.kind}{EASY}" if self.easy else self.kind

    @property
    def length(self) -> int:
        """About how much stands in it."""
        return self.example.stat().st_size if self.example else 0

    def in_one_language(self) -> Case:
        """The same in its first language alone."""
        return replace(self, beside=None)

    def document(self, templates: Path | None = None) -> pf.Document:
        """The document, rendered anew, with one's own templates if there are any."""
        if self.example:
            report, language = pf.load(self.example), self.language
            return pf.render(
                report,
                easy=self.easy,
                language=language,
                beside=self.beside,
                templates=templates,
            )
        return pf.blank(
            self.kind,
            service=self.service,
            easy=self.easy,
            language=self.language,
            beside=self.beside,
            templates=templates,
        )


@cache
def every_case() -> tuple[Case, ...]:
    """The examples in all languages, the blank forms of all services, and their easy sheets."""
    papers = (*_examples(), *_blanks())
    return (*papers, *_easy_sheets(papers))


def _examples() -> Iterator[Case]:
    """All of them; of services that do not write in a language beside their own, one each in it."""
    seen: set[tuple[str, str]] = set()
    for language, path in product(LANGUAGES, EXAMPLES):
        service = path.parent.name
        writing = BESIDE_THEIR_OWN.get(language, SERVICES)
        if service in writing or (service, language) not in seen:
            seen.add((service, language))
            data = json.loads(path.read_bytes())
            yield Case(data["kind"], language, data.get("status", "draft"), service, path)


def _blanks() -> Iterator[Case]:
    """Each kind for each service in its own language; in another one, for its services in turn."""
    for (service, language), kind in product(SERVICES.items(), pf.kinds()):
        yield Case(kind, language, "blank", service)
    for language, services in BESIDE_THEIR_OWN.items():
        for kind, service in zip(pf.kinds(), cycle(services), strict=False):
            yield Case(kind, language, "blank", service)


def _easy_sheets(papers: Iterable[Case]) -> Iterator[Case]:
    """The easy sheets of some papers, of examples in their service's language alone."""
    for case in papers:
        own = case.example is None or case.language == SERVICES[case.service]
        if own and KINDS[case.kind].easy:
            yield replace(case, easy=True)


# --- which of them are checked how ----------------------------------------------------------
#
# What takes milliseconds is done with all of them. What takes longer is done with a few that
# together have all traits that count for it, so that a kind more costs one document more, and not
# one for each language, service, state, format and engine. This is the place that says which.


def traits_of_words(case: Case) -> frozenset[Trait]:
    """The words of a kind in a language, as a form to fill in too: what must fit into Word."""
    return frozenset({(case.paper, case.language)})


def traits_of_pages(case: Case) -> frozenset[Trait]:
    """What counts for pages: both the empty and the filled ones of each kind, and the letterhead.

    The letters and the breaking of words of a language, and what a state looks like, are the same
    in all kinds; the letterhead is that of a service in a language.
    """
    filled = "blank" if case.state == "blank" else "filled"
    return traits_of_files(case) | {(f"kind {case.paper}", filled)}


def traits_of_files(case: Case) -> frozenset[Trait]:
    """What counts for the marks of a file that validators read: what a kind is made of."""
    state, service = (case.state, case.language), (f"service {case.service}", case.language)
    return frozenset({("kind", case.paper), state, service})


def covering(cases: Iterable[Case], traits: Traits, base: Iterable[Case] = ()) -> tuple[Case, ...]:
    """A few cases that have every trait that all have, those of ``base`` first.

    Of cases that bring as many traits, those in a language and state that fewer of the others have
    are better, and then longer ones.
    """
    all_cases, chosen = tuple(cases), list(base)
    left = {trait for case in all_cases for trait in traits(case)}
    left -= {trait for case in chosen for trait in traits(case)}
    uses = Counter((case.language, case.state) for case in chosen)
    while left:
        best = max(
            all_cases,
            key=lambda case: (
                len(traits(case) & left),
                -uses[case.language, case.state],
                case.length,
            ),
        )
        chosen.append(best)
        uses[best.language, best.state] += 1
        left -= traits(best)
    return tuple(chosen)


@cache
def validated() -> tuple[Case, ...]:
    """The cases whose files validators are given, in all formats and by both engines."""
    return covering(every_case(), traits_of_files)


@cache
def laid_out() -> tuple[Case, ...]:
    """The cases that both engines lay out, and whose pages are compared."""
    return covering(every_case(), traits_of_pages, base=validated())


@cache
def laid_out_fast() -> tuple[Case, ...]:
    """The others in their service's language, which the faster engine alone lays out."""
    own = (case for case in every_case() if SERVICES[case.service] == case.language)
    return tuple(case for case in own if case not in laid_out())


@cache
def forms() -> tuple[Case, ...]:
    """The cases whose forms to fill in, on the web and in Word, say what they say on paper."""
    cases = (case for case in every_case() if case.state != "final" and not case.easy)
    return covering(cases, traits_of_words)


def traits_of_large_print(case: Case) -> frozenset[Trait]:
    """What counts where there is little room: the tables and fields of a kind, and long words."""
    filled = "blank" if case.state == "blank" else "filled"
    return frozenset({(case.kind, filled), ("language", case.language)})


@cache
def in_large_print() -> tuple[Case, ...]:
    """The cases that are made in large print: each kind empty and filled."""
    papers = (case for case in every_case() if not case.easy)
    return covering(papers, traits_of_large_print)


@cache
def in_large_print_by_both() -> tuple[Case, ...]:
    """One of each kind, which both engines lay out, empty and filled ones in turn."""
    empty = {kind for number, kind in enumerate(pf.kinds()) if number % 2}
    wanted = (case for case in in_large_print() if (case.state == "blank") == (case.kind in empty))
    return covering(wanted, lambda case: frozenset({("kind", case.kind)}))


def traits_of_starters(case: Case) -> frozenset[Trait]:
    """What counts for Word templates made from the built-in ones: a kind's words, and its states.

    Which words stand there in a state, a language says no other way than the others.
    """
    return frozenset({(case.kind, case.language), (case.kind, case.state)})


@cache
def from_starters() -> tuple[Case, ...]:
    """The cases that are made with a Word template that says what the built-in template says."""
    return covering(every_case(), traits_of_starters)


# --- two languages on one paper ---------------------------------------------------------------


@cache
def in_two_languages() -> tuple[Case, ...]:
    """The empty form of each kind, each for the next service, and filled ones in each language.

    Beside each stands another language: how words of two languages stand beside one another does
    not depend on which they are.
    """
    services = [*SERVICES.items()]
    blanks = [
        Case(kind, language, "blank", service)
        for number, kind in enumerate(pf.kinds())
        for service, language in [services[number % len(services)]]
    ]
    filled: dict[tuple[str, str], Case] = {}
    for case in _examples():
        own = SERVICES[case.service] == case.language and case.state == "final"
        if own and case.kind in ("final_report", "action_plan", "consent"):
            filled.setdefault((case.language, case.kind), case)
    return tuple(
        replace(case, beside=_another(case.language, number))
        for number, case in enumerate((*blanks, *filled.values()))
    )


def _another(language: str, number: int) -> str:
    others = [other for other in LANGUAGES if other != language]
    return others[number % len(others)]


@cache
def in_two_languages_validated() -> tuple[Case, ...]:
    """Those that validators are given: a form with boxes and a slip, and two filled ones."""
    chosen = [("consent", "blank"), ("action_plan", "final"), ("final_report", "final")]
    found = {(case.kind, case.state): case for case in in_two_languages()}
    return tuple(found[key] for key in chosen)
