"""Finds and reads profiles, each in one language.

A file is read once for each language, and again when it or a file that it names has changed: a new
logo is seen by the next document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import ValidationError

from planforms.errors import Problem, ProfileError, UsageError, suggestion
from planforms.files import parse_toml, read_file, read_text, reason_of
from planforms.models.validation import problems_from
from planforms.pictures import stripped
from planforms.registry import KINDS
from planforms.services.consistency import country_problems, service_problems
from planforms.services.countries import CountryProfile
from planforms.services.instruments import (
    Instrument,
    Instruments,
    instrument_problems,
    word_problems,
)
from planforms.services.logos import logo_problems
from planforms.services.parts import ProfilePart
from planforms.services.profiles import ServiceProfile
from planforms.services.texts import TextChoice

P = TypeVar("P", bound=ProfilePart)

BUILT_IN = Path(__file__).parent
COUNTRIES = BUILT_IN.parent / "countries"
INSTRUMENTS = BUILT_IN.parent / "instruments"
MAX_CACHED = 256
"""How many profiles are kept at most; an old state of a file leaves by and by."""


def list_services(folders: Sequence[Path] = ()) -> list[str]:
    """The ids of all services, one's own folders included, in alphabetical order."""
    return sorted({path.stem for folder in _folders(folders) for path in folder.glob("*.toml")})


def load_service(
    service: str, folders: Sequence[Path] = (), language: str | None = None
) -> ServiceProfile:
    """The profile of a service; a file in one's own folders comes before a built-in one.

    Args:
        service: the service's id.
        folders: folders that come before the built-in profiles, first one first.
        language: the language of its texts; the service's own if not given.

    Raises:
        UsageError: no folder has this service. The name is not repeated: it comes from the data.
        ProfileError: the file has mistakes; all of them are told.
    """
    file = _File.at(find_service(service, folders))
    alone = _service_alone(file, language)
    paths = filter(None, (find_instrument(key, folders) for key in alone.instruments))
    beside = _Beside(
        file.beside(alone.letterhead.logo),
        file.beside(alone.letterhead.shell),
        tuple(map(_File.at, paths)),
    )
    return _service(file, language, beside)


def find_service(service: str, folders: Sequence[Path] = ()) -> Path:
    """The file of a service.

    Raises:
        UsageError: no folder has this service.
    """
    for folder in _folders(folders):
        path = folder / f"{service}.toml"
        if service.replace("_", "").isalnum() and path.is_file():
            return path
    hint, params = suggestion(service, list_services(folders))
    raise UsageError.of("service.unknown", "service", "no such service", hint, **params)


def _folders(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Where profiles lie: one's own first, those of kinds from other packages last."""
    return (*folders, BUILT_IN, *KINDS.service_folders())


def load_country(
    code: str, folders: Sequence[Path] = (), language: str | None = None
) -> CountryProfile:
    """The profile of a country, from ``countries/`` in one's own folders or the built-in ones.

    Args:
        code: the country's code.
        folders: folders of services that come before the built-in profiles, first one first.
        language: the language of its texts; the country's own if not given.

    Raises:
        ProfileError: there is none, or it has mistakes.
    """
    return _country(_File.at(find_country(code, folders)), language)


def find_country(code: str, folders: Sequence[Path] = ()) -> Path:
    """The file of a country.

    Raises:
        ProfileError: there is none.
    """
    for folder in (*(folder / "countries" for folder in folders), COUNTRIES):
        path = folder / f"{code}.toml"
        if path.is_file():
            return path
    known = ", ".join(sorted(path.stem for path in COUNTRIES.glob("*.toml")))
    hint = f"built in: {known}; others in countries/ of a services folder"
    raise ProfileError.of("profile.country", f"{code}.toml", "no such country profile", hint)


def find_instrument(key: str, folders: Sequence[Path] = ()) -> Path | None:
    """The file of an instrument, from ``instruments/`` in one's own folders or the built-in ones.

    Args:
        key: the instrument's key in a service's profile.
        folders: folders of services that come before the built-in profiles, first one first.

    Returns:
        ``None`` if there is none: such an instrument is reported in words alone.
    """
    for folder in (*(folder / "instruments" for folder in folders), INSTRUMENTS):
        path = folder / f"{key}.toml"
        if path.is_file():
            return path
    return None


def untranslated(
    path: Path, model: type[ProfilePart], language: str, code: Callable[[str], str]
) -> list[Problem]:
    """A Problem for each text of a profile that lacks a language.

    Args:
        path: the file of the profile.
        model: what it holds.
        language: the code of the language.
        code: the code of a language, asked for by any of its names.
    """
    data = _parsed(_File.at(path))
    own = data.get("language")
    choice = TextChoice(language, code(own) if isinstance(own, str) else None, strict=True)
    try:
        model.model_validate(data, context=choice)
    except ValidationError as error:
        return _problems(error, model, path)
    return []


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was when somebody looked; no longer equal once it has changed."""

    path: Path
    modified: int
    size: int

    @classmethod
    def at(cls, path: Path) -> Self:
        """The file at a path as it is now, be it there or not."""
        path = path.absolute()
        try:
            found = path.stat()
        except OSError:
            return cls(path, 0, 0)
        return cls(path, found.st_mtime_ns, found.st_size)

    @property
    def is_built_in(self) -> bool:
        """Whether it comes along.

        Tests hold that such a file fits all kinds, so that a document needs the models of no
        other kinds.
        """
        return self.path.is_relative_to(BUILT_IN.parent)

    def beside(self, name: str | None) -> Self | None:
        """The file of a name in the same folder; ``None`` without a name."""
        return self.at(self.path.parent / name) if name else None


@dataclass(frozen=True, slots=True)
class _Beside:
    """The files that a service's profile names."""

    logo: _File | None
    shell: _File | None
    instruments: tuple[_File, ...]


@lru_cache(MAX_CACHED)
def _country(file: _File, language: str | None) -> CountryProfile:
    country = _validated(file, CountryProfile, language)
    problems = [] if file.is_built_in else list(country_problems(country, file.path.name))
    if problems:
        raise ProfileError(problems)
    return country


@lru_cache(MAX_CACHED)
def _service_alone(file: _File, language: str | None) -> ServiceProfile:
    """The profile of a service without the files it names, whether it fits or not."""
    return _validated(file, ServiceProfile, language)


@lru_cache(MAX_CACHED)
def _instrument(file: _File, language: str | None) -> Instrument:
    instrument = _validated(file, Instrument, language)
    problems = list(instrument_problems(instrument, file.path.name))
    if problems:
        raise ProfileError(problems)
    return instrument


@lru_cache(MAX_CACHED)
def _service(file: _File, language: str | None, beside: _Beside) -> ServiceProfile:
    profile, name = _service_alone(file, language), file.path.name
    read = [_instrument(one, language or profile.language) for one in beside.instruments]
    instruments = Instruments({one.id: one for one in read}, profile.instrument_words)
    problems = [] if file.is_built_in else list(service_problems(profile, name))
    problems += word_problems(tuple(profile.instrument_words), instruments, name)
    content: dict[str, bytes] = {}
    for field, named in (("logo", beside.logo), ("shell", beside.shell)):
        if named is None:
            continue
        try:
            content[field] = read_file(named.path)
        except (OSError, ValueError) as error:
            place = f"{name}: letterhead.{field}"
            what, hint = f"cannot be read: {named.path.name}", reason_of(error)
            problems.append(Problem("profile.file", place, what, hint))
    if "logo" in content:
        problems += logo_problems(content["logo"], f"{name}: letterhead.logo")
    if problems:
        raise ProfileError(problems)
    logo = stripped(content["logo"]) if "logo" in content else None
    return profile.with_files(logo, content.get("shell"), instruments)


def _validated(file: _File, model: type[P], language: str | None) -> P:
    data = _parsed(file)
    own = data.get("language")
    choice = TextChoice(language, own if isinstance(own, str) else None)
    try:
        return model.model_validate(data, context=choice)
    except ValidationError as error:
        raise ProfileError(_problems(error, model, file.path)) from None


def _problems(error: ValidationError, model: type[ProfilePart], path: Path) -> list[Problem]:
    return problems_from(error, model, code="profile", prefix=f"{path.name}: ", show_keys=True)


@lru_cache(MAX_CACHED)
def _parsed(file: _File) -> dict[str, Any]:
    try:
        return parse_toml(read_text(file.path))
    except (ValueError, OSError) as error:
        raise ProfileError.of(
            "profile.syntax", file.path.name, "is not valid TOML", reason_of(error)
        ) from None
