"""Finds and reads profiles.

A file is read once, and again when it or a file that it names has changed: a new logo is seen by
the next document.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self, TypeVar

from pydantic import ValidationError

from planforms.errors import Problem, ProfileError, UsageError
from planforms.models.validation import problems_from
from planforms.registry import KINDS
from planforms.services.consistency import country_problems, service_problems
from planforms.services.countries import CountryProfile
from planforms.services.logos import logo_problems
from planforms.services.parts import ProfilePart
from planforms.services.profiles import ServiceProfile

P = TypeVar("P", bound=ProfilePart)

BUILT_IN = Path(__file__).parent
COUNTRIES = BUILT_IN.parent / "countries"
MAX_CACHED = 256
"""How many profiles are kept at most; an old state of a file leaves by and by."""


def list_services(folders: Sequence[Path] = ()) -> list[str]:
    """The ids of all services, one's own folders included, in alphabetical order."""
    return sorted({path.stem for folder in _folders(folders) for path in folder.glob("*.toml")})


def load_service(service: str, folders: Sequence[Path] = ()) -> ServiceProfile:
    """The profile of a service; a file in one's own folders comes before a built-in one.

    Raises:
        UsageError: no folder has this service. The name is not repeated: it comes from the data.
        ProfileError: the file has mistakes; all of them are told.
    """
    for folder in _folders(folders):
        path = folder / f"{service}.toml"
        if service.replace("_", "").isalnum() and path.is_file():
            file = _File.at(path)
            letterhead = _service_alone(file).letterhead
            return _service(file, file.beside(letterhead.logo), file.beside(letterhead.shell))
    known = ", ".join(list_services(folders))
    raise UsageError.of("service.unknown", "case.service", "no such service", f"known: {known}")


def _folders(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Where profiles lie: one's own first, those of kinds from other packages last."""
    return (*folders, BUILT_IN, *KINDS.service_folders())


def load_country(code: str, folders: Sequence[Path] = ()) -> CountryProfile:
    """The profile of a country, from ``countries/`` in one's own folders or the built-in ones.

    Raises:
        ProfileError: there is none, or it has mistakes.
    """
    for folder in (*(folder / "countries" for folder in folders), COUNTRIES):
        path = folder / f"{code}.toml"
        if path.is_file():
            return _country(_File.at(path))
    known = ", ".join(sorted(path.stem for path in COUNTRIES.glob("*.toml")))
    hint = f"built in: {known}; others in countries/ of a services folder"
    raise ProfileError.of("profile.country", f"{code}.toml", "no such country profile", hint)


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

    def beside(self, name: str | None) -> Self | None:
        """The file of a name in the same folder; ``None`` without a name."""
        return self.at(self.path.parent / name) if name else None


@lru_cache(MAX_CACHED)
def _country(file: _File) -> CountryProfile:
    country = _read(file.path, CountryProfile)
    problems = list(country_problems(country, file.path.name))
    if problems:
        raise ProfileError(problems)
    return country


@lru_cache(MAX_CACHED)
def _service_alone(file: _File) -> ServiceProfile:
    """The profile of a service without the files it names, whether it fits or not."""
    return _read(file.path, ServiceProfile)


@lru_cache(MAX_CACHED)
def _service(file: _File, logo: _File | None, shell: _File | None) -> ServiceProfile:
    profile, name = _service_alone(file), file.path.name
    problems = list(service_problems(profile, name))
    content: dict[str, bytes] = {}
    for field, beside in (("logo", logo), ("shell", shell)):
        if beside is None:
            continue
        try:
            content[field] = beside.path.read_bytes()
        except OSError:
            place = f"{name}: letterhead.{field}"
            problems.append(Problem("profile.file", place, f"cannot be read: {beside.path.name}"))
    if "logo" in content:
        problems += logo_problems(content["logo"], f"{name}: letterhead.logo")
    if problems:
        raise ProfileError(problems)
    return profile.with_files(content.get("logo"), content.get("shell"))


def _read(path: Path, model: type[P]) -> P:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError.of(
            "profile.syntax", path.name, "is not valid TOML", str(error)
        ) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ProfileError(
            problems_from(error, model, code="profile", prefix=f"{path.name}: ", show_keys=True)
        ) from None
