"""Service and country profiles: finding, reading and checking them."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from planforms.errors import Problem, ProfileError, UsageError
from planforms.models.shapes import resolve
from planforms.models.validation import problems_from
from planforms.registry import KINDS
from planforms.services.checks import deadline_problems, routing_problems, statute_problems
from planforms.services.countries import CountryProfile
from planforms.services.parts import ProfilePart
from planforms.services.profiles import ServiceProfile

P = TypeVar("P", bound=ProfilePart)

BUILT_IN = Path(__file__).parent
COUNTRIES = BUILT_IN.parent / "countries"
MAX_LOGO_BYTES = 500_000
MAX_LOGO_PIXELS = 4_000_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def list_services(folders: Sequence[Path] = ()) -> list[str]:
    """The ids of all services, one's own folders included, in alphabetical order."""
    return sorted({path.stem for folder in (*folders, BUILT_IN) for path in folder.glob("*.toml")})


@cache
def built_in_rules() -> frozenset[str]:
    """The keys of all deadlines of the built-in services."""
    paths = sorted(BUILT_IN.glob("*.toml"))
    return frozenset().union(*(_read(path, ServiceProfile).rules for path in paths))


def load_service(service: str, folders: Sequence[Path] = ()) -> ServiceProfile:
    """The profile of a service; a file in one's own folders comes before a built-in one.

    Raises:
        UsageError: no folder has this service. The name is not repeated: it comes from the data.
        ProfileError: the file has mistakes; all of them are told.
    """
    for folder in (*folders, BUILT_IN):
        path = folder / f"{service}.toml"
        if service.replace("_", "").isalnum() and path.is_file():
            return _read_service(path, path.stat().st_mtime_ns)
    known = ", ".join(list_services(folders))
    raise UsageError.of("service.unknown", "case.service", "no such service", f"known: {known}")


def load_country(code: str, folders: Sequence[Path] = ()) -> CountryProfile:
    """The profile of a country, from ``countries/`` in one's own folders or the built-in ones.

    Raises:
        ProfileError: there is none, or it has mistakes.
    """
    for folder in (*(folder / "countries" for folder in folders), COUNTRIES):
        path = folder / f"{code}.toml"
        if path.is_file():
            return _read_country(path, path.stat().st_mtime_ns)
    known = ", ".join(sorted(path.stem for path in COUNTRIES.glob("*.toml")))
    hint = f"built in: {known}; others in countries/ of a services folder"
    raise ProfileError.of("profile.country", f"{code}.toml", "no such country profile", hint)


@cache
def _read_country(path: Path, _modified: int) -> CountryProfile:
    country = _read(path, CountryProfile)
    if country.code != path.stem:
        raise ProfileError.of("profile.name", f"{path.name}: code", "differs from the file's name")
    problems = list(statute_problems(country, path.name))
    if problems:
        raise ProfileError(problems)
    return country


@cache
def _read_service(path: Path, _modified: int) -> ServiceProfile:
    profile = _read(path, ServiceProfile)
    problems = [*_rule_problems(profile, path.name)]
    logo = shell = None
    if profile.letterhead.logo:
        logo, found = _read_logo(path.parent / profile.letterhead.logo, path.name)
        problems += found
    if profile.letterhead.shell:
        shell, found = _read_file(path.parent / profile.letterhead.shell, path.name, "shell")
        problems += found
    if problems:
        raise ProfileError(problems)
    return profile.with_files(logo, shell)


def _read(path: Path, model: type[P]) -> P:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
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


def _rule_problems(profile: ServiceProfile, file: str) -> Iterator[Problem]:
    """What the models cannot see: the file's name, and paths and kinds that do not exist."""
    if profile.id != Path(file).stem:
        yield Problem("profile.name", f"{file}: id", "differs from the file's name")
    if profile.organisation.secrecy_area not in profile.secrecy_areas:
        place, hint = f"{file}: organisation.secrecy_area", "name it in [secrecy_areas]"
        yield Problem("profile.key", place, "is not one of the secrecy areas", hint)
    for category in profile.closure_rules:
        if category not in profile.closures:
            place = f"{file}: closure_rules.{category}"
            yield Problem("profile.key", place, "is not one of the closures")
    for kind, document in profile.documents.items():
        place = f"{file}: documents.{kind}"
        if kind not in KINDS:
            hint = f"known: {', '.join(KINDS)}"
            yield Problem("profile.kind", place, "no such kind of document", hint)
            continue
        for field in ("needed", "left_out"):
            for path in getattr(document, field):
                if resolve(KINDS[kind], path) is None:
                    yield Problem("profile.path", f"{place}.{field}", f"no such field: {path}")
    yield from deadline_problems(profile, file)
    yield from routing_problems(profile, file)


def _read_file(path: Path, file: str, field: str) -> tuple[bytes | None, list[Problem]]:
    try:
        return path.read_bytes(), []
    except OSError:
        place = f"{file}: letterhead.{field}"
        return None, [Problem("profile.file", place, f"cannot be read: {path.name}")]


def _read_logo(path: Path, file: str) -> tuple[bytes | None, list[Problem]]:
    data, problems = _read_file(path, file, "logo")
    if data is not None:
        problems += _logo_problems(data, f"{file}: letterhead.logo")
    return data, problems


def _logo_problems(data: bytes, place: str) -> Iterator[Problem]:
    from PIL import Image, UnidentifiedImageError

    if len(data) > MAX_LOGO_BYTES:
        yield Problem("profile.logo", place, "is too large", f"at most {MAX_LOGO_BYTES} bytes")
        return
    if not data.startswith(PNG_SIGNATURE):
        yield Problem("profile.logo", place, "is not a PNG picture")
        return
    width, height = logo_size(data)
    if width * height > MAX_LOGO_PIXELS:
        hint = f"at most {MAX_LOGO_PIXELS} in all"
        yield Problem("profile.logo", place, "has too many pixels", hint)
        return
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            image.verify()  # load() alone takes a file that is cut off, once WeasyPrint is there
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        yield Problem("profile.logo", place, "is not a PNG picture")


def logo_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, read from its header (PNG 1.2, section 4.1.1)."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
