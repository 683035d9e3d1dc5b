"""Whether everything is there: templates in all languages, and on the page what must be on it.

The words of the term lists are checked in :mod:`planforms.checking.term_lists`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import BaseModel

from planforms.checking.demands import BLANK, FILLED, FINAL, Demand, combine
from planforms.checking.differences import Reason, read_reasons
from planforms.checking.findings import Finding
from planforms.checking.paths import walk_of
from planforms.checking.probes import NamedText
from planforms.checking.sources import SourceFile, Sources, is_brought
from planforms.checking.units import Unit, units_of
from planforms.checking.vocabulary import Profiles, read_profiles, words_of
from planforms.checking.walking import Walk
from planforms.document import State
from planforms.languages import LOCALE_FILE, TERMS_FILE, template_root
from planforms.models.fields import Needed
from planforms.models.shapes import shapes_of
from planforms.registry import KINDS
from planforms.templating.values import Value


def check_completeness(sources: Sources) -> Iterator[Finding]:
    """Templates and term lists that are missing, and fields and facts that no template prints."""
    yield from _missing_files(sources)
    profiles = read_profiles(sources.services)
    printed = [
        page
        for language in sources.languages
        for page in _printed(language, units_of(sources, language), sources, profiles)
    ]
    easy = [page for page in printed if KINDS.is_easy(page.file.kind)]
    pages = [page for page in printed if page not in easy]
    yield from map(_nameless, (page for page in easy if "paper" not in page.words))
    for page in pages:
        others = [other for other in pages if other.kind == page.kind and other is not page]
        yield from page.missing(others)


def missing_from(unit: Unit, sources: Sources, profiles: Profiles) -> Iterator[Finding]:
    """What an issued document must have and one template, which none is beside, does not print."""
    [page] = _printed(unit.document.language, [unit], sources, profiles)
    return page.missing([])


def _printed(
    language: str, units: Iterable[Unit], sources: Sources, profiles: Profiles
) -> list[_Printed]:
    """What some templates of a language print."""
    words, reasons = words_of(language, sources.folders), read_reasons(sources, language)[0]
    return [_Printed(unit, walk_of(unit, words, profiles), reasons, profiles) for unit in units]


def _missing_files(sources: Sources) -> Iterator[Finding]:
    """The files that a language lacks; a kind that is not built in needs one language only."""
    built_in = {path.stem for path in template_root().glob("*/*.html")}
    for language in sources.languages:
        papers = [paper for paper in KINDS.papers() if paper in built_in]
        lacking = [paper for paper in papers if not sources.template(language, paper)]
        if (language, TERMS_FILE) not in sources.files:
            yield _missing_file(sources, language, TERMS_FILE)
        if is_brought(language) and lacking != papers:
            yield from _missing_papers(sources, language, lacking)
        else:
            yield from (_missing_file(sources, language, f"{paper}.html") for paper in lacking)
    for paper in KINDS.papers():
        if not any(sources.template(language, paper) for language in sources.languages):
            yield _missing_file(sources, sources.languages[0], f"{paper}.html")


def _missing_papers(sources: Sources, language: str, papers: list[str]) -> Iterator[Finding]:
    """The documents that a language lacks which an office brings; it may lack some."""
    if papers:
        message = f"{len(papers)} documents cannot be made in this language"
        hint = f"it has no templates of {', '.join(papers)}"
        settings = sources.files[language, LOCALE_FILE]
        yield settings.finding("check.file", 0, "", message, hint).as_warning()


def _missing_file(sources: Sources, language: str, name: str) -> Finding:
    folder = sources.files[language, LOCALE_FILE].path.parent
    hint = f"copy {name} of another language and translate its words"
    message = f"there is no {name} in this language"
    return SourceFile(language, folder / name, "").finding("check.file", 0, "", message, hint)


def _nameless(page: _Printed) -> Finding:
    hint = "print it: {{ paper }}"
    message = "the easy sheet does not say which paper it explains"
    return page.file.finding("check.needed", 0, "", message, hint)


_PAPERS = {State.BLANK: "empty forms", State.FINAL: "issued documents"}


class _Printed:
    """What one template prints, and in which states.

    Attributes:
        file: the template.
        kind: the kind of document.
        words: the words it prints that are no fields, such as ``facts.send_by.words``.
    """

    def __init__(
        self, unit: Unit, walk: Walk, reasons: Sequence[Reason], profiles: Profiles
    ) -> None:
        self.file = unit.document
        self.kind = KINDS.of_paper(unit.document.kind)[0].name
        self._services = [
            document
            for service, _ in profiles.pairs
            for document in service.document(self.kind).all_variants()
        ]
        self._reasons = reasons
        self._fields: dict[str, list[Demand]] = {}
        self.words: set[str] = set()
        sides = (side for one in walk.conditions.values() for side in one.sides.values())
        self._asked = {path for side in sides for demand in side for path in demand}
        for probe, within in walk.printed:
            if isinstance(probe.thing, Value):
                self._fields.setdefault(probe.shown, []).extend(within)
            elif isinstance(probe.thing, NamedText):
                self.words.add(probe.shown)

    def missing(self, others: list[_Printed]) -> Iterator[Finding]:
        """What an issued document must have and this template does not print.

        What another language prints is left to the check of parity, unless the difference is meant.
        """
        others = [] if any(reason.key[0] == self.kind for reason in self._reasons) else others
        for path in self._needed_paths():
            lacking = self.states_without(path)
            if lacking and all(other.states_without(path) for other in others):
                where = " and ".join(_PAPERS[state] for state in lacking)
                yield self._finding(f"the field {path}", where, f"{{{{ {path} }}}}")
        for rule in self._rules():
            if all(f"facts.{rule}.words" not in page.words for page in (self, *others)):
                code = f"{{% if facts.{rule} %}} … {{{{ facts.{rule}.words }}}} … {{% endif %}}"
                yield self._finding(f"the deadline {rule}", "the document", code)

    def _needed_paths(self) -> Iterable[str]:
        """The paths that the model, the kind and the services need."""
        model = KINDS[self.kind].model
        marked = (path for part, path in _needed_in(model, "") if not part or self._prints(part))
        by_services = (path for service in self._services for path in service.needed)
        paths = (*marked, *model.needed, *by_services)
        return dict.fromkeys(path.replace("[]", "") for path in paths)

    def _prints(self, part: str) -> bool:
        return any(path.startswith(f"{part}.") for path in self._fields)

    def states_without(self, path: str) -> list[State]:
        """The states in which neither the field nor anything inside it is printed.

        A field that decides what is printed needs not be printed itself.
        """
        found = [
            demand
            for printed, demands in self._fields.items()
            if printed == path or printed.startswith(f"{path}.")
            for demand in demands
        ]
        if not found and path in self._asked:
            return []
        return _states_without(found, {path: FILLED})

    def _rules(self) -> Iterable[str]:
        """The deadlines that services have for this kind and whose day is not a field itself."""
        return dict.fromkeys(
            rule
            for service in self._services
            for rule, deadline in service.deadlines.items()
            if not deadline.is_agreed
        )

    def _finding(self, what: str, where: str, code: str) -> Finding:
        message = f"{what} is missing from {where}"
        return self.file.finding("check.needed", 0, "", message, f"print it: {code}")


def _states_without(found: list[Demand], filled: Demand) -> list[State]:
    """The states in which none of some places is reached, whatever else the data is like."""
    wanted = {State.BLANK: BLANK, State.FINAL: {**FINAL, **filled}}
    return [
        state
        for state, want in wanted.items()
        if all(combine(demand, want) is None for demand in found)
    ]


def _needed_in(model: type[BaseModel], part: str, optional: str = "") -> Iterator[tuple[str, str]]:
    """The paths that a model marks as needed; of a part, those inside it.

    Each comes with the innermost part around it that need not be there, or an empty text.
    """
    for attribute, info in model.model_fields.items():
        name = info.alias or attribute
        shape = shapes_of(model)[name]
        path = f"{part}.{name}" if part else name
        inner = (shape.item or shape).model
        needed = shape.mark(Needed) is not None
        if inner:
            around = optional if needed or info.is_required() else path
            yield from _needed_in(inner, path, around)
        if needed and (shape.item or not inner):
            yield optional, path
