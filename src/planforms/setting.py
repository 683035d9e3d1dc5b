"""What a document is made with: a service, its country and a language, each read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from os import PathLike
from pathlib import Path

from planforms.errors import DataError, ProfileError, UsageError
from planforms.languages import Words, language_code, language_folders, load_words
from planforms.models.documents import DocumentData
from planforms.models.people import Role
from planforms.models.shapes import Shape
from planforms.registry import KINDS
from planforms.services import list_services, load_country, load_service
from planforms.services.consistency import appeal_problems
from planforms.services.countries import CountryProfile
from planforms.services.profiles import DocumentProfile, ServiceProfile
from planforms.services.reading import find_service
from planforms.services.reforms import reformed

Folders = str | PathLike[str] | Iterable[str | PathLike[str]] | None
"""One folder, several, or none."""


@dataclass(frozen=True)
class Setting:
    """All that a document rests on besides its data.

    Attributes:
        service: the profile whose names, rules and letterhead hold.
        country: the profile of the service's country.
        words: the language.
        folders: where templates of that language lie, one's own first.
        profiles: folders of profiles that come before the built-in ones.
    """

    service: ServiceProfile
    country: CountryProfile
    words: Words
    folders: tuple[Path, ...]
    profiles: tuple[Path, ...] = ()

    @cached_property
    def rules(self) -> frozenset[str]:
        """The deadlines a template may ask for: all that the language has words for."""
        return self.service.rules | self.words.deadlines

    def rules_elsewhere(self) -> frozenset[str]:
        """The deadlines of all services, its own among them: each of their profiles is read.

        Raises:
            ProfileError: one of them has a mistake.
        """
        services = (load_service(key, self.profiles) for key in list_services(self.profiles))
        return frozenset().union(*(service.rules for service in services))

    def on(self, day: date | None) -> Setting:
        """The setting as the law has it on a day; without a day, as it is known to become."""
        own = self.service.provisions
        given = {name: cited for name in own.model_fields_set if (cited := getattr(own, name))}
        country, reforms = self.country.model_copy(update=given), self.country.reforms_on(day)
        service = reformed(self.service, reforms)
        return replace(self, service=service, country=reformed(country, reforms))

    def document(self, kind: str, variant: str | None = None) -> DocumentProfile:
        """What the service does differently in one kind of document, or in a variant of it."""
        return self.service.document(kind, variant)

    def keys(self, vocabulary: str) -> tuple[str, ...]:
        """The keys of an open vocabulary: the service's own, a kind's or the country's."""
        return keys_of(vocabulary, self.service, self.country)

    def keys_within(self, vocabulary: str, key: str) -> tuple[str, ...]:
        """The keys that forms offer within another, such as the items of a checklist."""
        if vocabulary == "report_heading":
            report = self.service.reports.get(key)
            return report.headings if report else ()
        if vocabulary == "checklist_item":
            return self.service.checklist_items(key)
        if vocabulary in ("question", "survey_question"):
            return self.service.questions(key)
        files = self.service.instrument_files
        return files.own_areas(key) if vocabulary == "instrument_area" else files.items(key)

    def name(self, vocabulary: str, key: str) -> str:
        """What a key is called: as the profiles say, else by the language's word."""
        if vocabulary == "role":
            return self.role(Role(key))
        own = self.service.vocabulary(vocabulary)
        own = self.country.vocabulary(vocabulary) if own is None else own
        return self.words.term(vocabulary, key) if own is None else own.get(key, key)

    def options(self, shape: Shape, *, ended: bool) -> tuple[str, ...]:
        """The keys that a choice can have here, in the order in which forms offer them.

        Args:
            shape: what the models say of the choice.
            ended: whether measures that nobody begins any more are among them.
        """
        members = self.country.known_here(shape.vocabulary, shape.members)
        keys = members or self.keys(shape.vocabulary)
        if ended or shape.vocabulary != "measure":
            return keys
        return tuple(key for key in keys if key not in self.service.ended_measures)

    def role(self, role: Role) -> str:
        """What a role is called: the service's own word, else the language's."""
        return self.service.roles.get(role) or self.words.term("role", role.value)

    def area(self, key: str) -> str:
        """What a secrecy area is called; its key if the profile does not name it."""
        return self.name("area", key)


def read_setting(
    service: str,
    language: str | None = None,
    *,
    templates: Folders = None,
    services: Folders = None,
) -> Setting:
    """The setting of a service's documents in a language.

    Args:
        service: the key of the service.
        language: the language folder; the service's own if not given.
        templates: folders that come before the built-in templates, first one first.
        services: folders that come before the built-in service and country profiles.

    Raises:
        UsageError: there is no such service, language or folder.
        ProfileError: a service or country profile has a mistake.
        TemplateError: ``terms.po`` or ``locale.toml`` of the language cannot be read.
    """
    own, profiles = folder_paths(templates), folder_paths(services)
    if language:
        code = language_code(language, own)
        profile = load_service(service, profiles, code)
    else:
        profile = load_service(service, profiles)
        code = _own_language(profile, own)
    country = load_country(profile.country, profiles, code)
    if problems := list(appeal_problems(profile, country)):
        raise ProfileError(problems)
    words, folders = load_words(code, own), tuple(language_folders(code, own))
    return Setting(profile, country, words, folders, profiles)


def setting_for(
    data: DocumentData,
    language: str | None = None,
    *,
    templates: Folders = None,
    services: Folders = None,
) -> Setting:
    """The setting of a document, in its own language if no other is given.

    Raises:
        DataError: the data names a service or a language that there is not.
        PlanformsError: all that :func:`read_setting` raises.
    """
    wanted = language or data.language
    with naming(data, language):
        return read_setting(data.service_key, wanted, templates=templates, services=services)


def service_finder(services: Folders = None) -> Callable[[str], object]:
    """What looks for a service by its key, and raises a usage error if there is none."""
    return partial(find_service, folders=folder_paths(services))


@contextmanager
def naming(data: DocumentData, language: str | None = None) -> Iterator[None]:
    """Blame the data for the names of a service and a language that it gives itself.

    Args:
        data: the document.
        language: the language that was asked for instead of its own.

    Raises:
        DataError: there is no such service, or no such language.
    """
    try:
        yield
    except UsageError as error:
        problem = error.problems[0]
        if problem.code == "service.unknown":
            raise DataError([replace(problem, place=data.service_path)]) from None
        if problem.code in _LANGUAGE_CODES and not language:
            raise DataError([problem]) from None
        raise


_LANGUAGE_CODES = {"language.unknown", "language.ambiguous"}


def _own_language(profile: ServiceProfile, folders: tuple[Path, ...]) -> str:
    try:
        return language_code(profile.language, folders)
    except UsageError as error:
        [problem] = error.problems
        place = f"{profile.id}.toml: language"
        raise ProfileError.of("profile.language", place, problem.message, problem.hint) from None


def keys_of(vocabulary: str, service: ServiceProfile, country: CountryProfile) -> tuple[str, ...]:
    """The keys of an open vocabulary: a service's own, its country's or a kind's."""
    return tuple(country.vocabulary(vocabulary) or ()) or KINDS.keys_of(vocabulary, service)


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
