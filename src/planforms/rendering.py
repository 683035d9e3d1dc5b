"""From data to a finished document: the one way that everything above takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from os import PathLike
from pathlib import Path

from planforms.document import Document, Footer, Logo, State
from planforms.errors import DataError, Problem, Severity, UsageError
from planforms.languages import Words, language_folders, load_words
from planforms.models.completeness import contradictions, missing, too_long
from planforms.models.documents import DocumentData, Status
from planforms.reader import read
from planforms.registry import KINDS
from planforms.rules.appeals import DEADLINES, appeal_facts
from planforms.rules.collection import facts_of, problems_of, problems_of_issue, rule_names
from planforms.rules.deadlines import deadlines_of
from planforms.rules.facts import Fact
from planforms.services import load_country, load_service, logo_size
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile
from planforms.templating.environment import RENDERING, Facts, TemplateEnvironment
from planforms.templating.filling import fill
from planforms.templating.values import Rendering, roots
from planforms.writers.fonts import covered

Folders = str | PathLike[str] | Iterable[str | PathLike[str]] | None
"""One folder, several, or none."""


def render(
    data: DocumentData,
    *,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> Document:
    """The finished document of some data, as a draft or as final, whichever its status says.

    Args:
        data: what :func:`load` returned.
        language: language folder to use instead of the data's own.
        templates: folders that come before the built-in templates, first one first.
        services: folders that come before the built-in service and country profiles.

    Raises:
        DataError: dates contradict one another, a key is not of the service, or something that
            an issued document needs is missing from one that is to be final, or the document
            would be longer than some 250 pages.
        TemplateError: a template has a mistake.
        ProfileError: a service or country profile has one.
        UsageError: there is no such language or service.
    """
    service = load_service(data.case.service, folder_paths(services))
    country = load_country(service.country, folder_paths(services))
    final = data.status is Status.FINAL
    problems = [
        *contradictions(type(data), data),
        *problems_of(data, service, country),
        *too_long(data),
    ]
    if final:
        problems += missing(data, service.document(data.kind).needed)
        problems += problems_of_issue(data, service, country)
    if problems:
        raise DataError(problems)
    state = State.FINAL if final else State.DRAFT
    code = language or data.language.value
    words, folders = _read_language(code, folder_paths(templates))
    return _Render(data.kind, data, service, country, state, words, folders).run()


def blank(
    kind: str,
    *,
    service: str,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> Document:
    """An empty form of a kind, to be printed and written on.

    Args:
        kind: the kind of document, one of :func:`kinds`.
        service: the service whose letterhead, measures and rules the form has.
        language: language folder; the service's own if not given.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: there is no such kind, language or service.
        TemplateError: a template has a mistake.
        ProfileError: a service or country profile has one.
    """
    if kind not in KINDS:
        hint = f"known: {', '.join(KINDS)}"
        raise UsageError.of("kind.unknown", "kind", "no such kind of document", hint)
    profile = load_service(service, folder_paths(services))
    code = language or profile.language.value
    country = load_country(profile.country, folder_paths(services))
    words, folders = _read_language(code, folder_paths(templates))
    return _Render(kind, None, profile, country, State.BLANK, words, folders).run()


def _read_language(code: str, templates: tuple[Path, ...]) -> tuple[Words, tuple[Path, ...]]:
    """The words of a language, and the folders where its templates are looked for."""
    return load_words(code, templates), tuple(language_folders(code, templates))


def rehearse(
    kind: str,
    data: DocumentData | None,
    service: ServiceProfile,
    country: CountryProfile,
    state: State,
    words: Words,
    folders: tuple[Path, ...],
    jinja: TemplateEnvironment,
) -> Document:
    """A document of data that nobody has validated, for the check of templates.

    Args:
        kind: the kind of document.
        data: its data, or ``None`` for a blank form.
        service: the service whose document it is.
        country: the country whose rules hold.
        state: what it is made for, whatever the data's status says.
        words: the language.
        folders: where the language's templates lie.
        jinja: the environment that fills the template.

    Raises:
        TemplateError: a template has a mistake.
    """
    return _Render(kind, data, service, country, state, words, folders, jinja).run()


def kinds() -> tuple[str, ...]:
    """The kinds of document there are."""
    return tuple(KINDS)


class _Render:
    """One rendering, step by step."""

    def __init__(
        self,
        kind: str,
        data: DocumentData | None,
        service: ServiceProfile,
        country: CountryProfile,
        state: State,
        words: Words,
        folders: tuple[Path, ...],
        jinja: TemplateEnvironment | None = None,
    ) -> None:
        self.kind = kind
        self.data = data
        self.service = service
        self.state = state
        self.words = words
        self.folders = folders
        self.jinja = jinja
        self.country = country
        self.title = self.words.term("title", service.document(kind).title or kind)

    def run(self) -> Document:
        rendering = Rendering(
            self.words,
            self.service,
            self.country,
            self.state,
            self._protected(),
            printable_characters(),
            self.service.document(self.kind).left_out,
        )
        html = fill(self.words.code, self.folders, self.kind, self._names(rendering), self.jinja)
        blocks = read(html, rendering.marks, self.words.code, self._logo())
        return Document(
            kind=self.kind,
            language=self.words.tag,
            title=self.title,
            author=self.service.organisation.name,
            state=self.state,
            issued_on=self.data.issued_on if self.data else None,
            accent=self.service.letterhead.accent,
            footer=Footer(self._footer(), self.words.term("note", "page")),
            blocks=blocks,
            shell=self.service.shell,
            warnings=(*rendering.warnings, *self._warnings()),
        )

    def _names(self, rendering: Rendering) -> dict[str, object]:
        facts = facts_of(self.kind, self.data, self.service, self.country, self.words)
        return {
            **roots(KINDS[self.kind], self.data, rendering),
            "facts": Facts(facts, rule_names(self.service, self.kind)),
            "service": self.service,
            "country": self.country,
            "state": self.state.value,
            "title": self.title,
            RENDERING: rendering,
        }

    def _protected(self) -> bool:
        return self.data is not None and self.data.case.participant.protected_identity

    def _logo(self) -> Logo | None:
        png = self.service.logo
        return Logo(png, "", *logo_size(png)) if png else None

    def _footer(self) -> str:
        return f"{self.data.case.number} · {self.title}" if self.data else self.title

    def _warnings(self) -> list[Problem]:
        if not self._protected():
            return []
        return [
            Problem(
                "data.protected_identity",
                "case.participant",
                "the identity is protected; running texts are printed as they were written",
                "read them before the document leaves the house",
                Severity.WARNING,
            )
        ]


def deadlines(
    data: DocumentData, *, language: str | None = None, services: Folders = None
) -> tuple[Fact, ...]:
    """The deadlines of a document and its case, each with its source and its words in a language.

    A rule that runs from several days, such as the last days of several consents, has a fact for
    each. What ended before it fell due is left out; what has been met is not, since a document
    tells by when it was to be sent after that day too.

    Raises:
        UsageError: there is no such service or language.
        ProfileError: a service or country profile has a mistake.
    """
    service = load_service(data.case.service, folder_paths(services))
    country = load_country(service.country, folder_paths(services))
    words: Words = load_words(language or data.language.value)
    appeals = appeal_facts(data, country, words)
    return (
        *deadlines_of(data.kind, data, service, country, words),
        *(fact for fact in appeals if fact.rule in DEADLINES),
    )


@cache
def printable_characters() -> frozenset[str]:
    """The characters that documents can print: those of all fonts, and invisible ones."""
    invisible = (chr(c) for c in range(0x10000) if unicodedata.category(chr(c)) == "Cf")
    return frozenset(map(chr, covered())) | frozenset(invisible) | {"\n", "\t"}


def folder_paths(folders: Folders) -> tuple[Path, ...]:
    """The folders as paths, first one first; raises a usage error for one that does not exist."""
    if folders is None:
        return ()
    if isinstance(folders, str | PathLike):
        return (_folder(folders),)
    return tuple(_folder(folder) for folder in folders)


def _folder(folder: str | PathLike[str]) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise UsageError.of("folder.missing", str(folder), "no such folder")
    return path
