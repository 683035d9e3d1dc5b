"""What a service and a country decide, as data.

Proper names stand verbatim in a profile; every other word is a key into the language folders.
``docs/services.md`` describes the files for those who write them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from planforms.models.documents import Language
from planforms.models.fields import Key, Line

MIN_CONTRAST = 4.5
"""Least contrast of the accent colour on white, WCAG 2.1 criterion 1.4.3."""


class ProfilePart(BaseModel):
    """What all parts of a profile share: they are frozen and know no other keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_on_white(colour: str) -> float:
    """Contrast of a ``#rrggbb`` colour against white, 1 to 21, as WCAG 2.1 defines it."""
    return 1.05 / (_luminance(colour) + 0.05)


def _check_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("colour_form", "not a colour")
    if contrast_on_white(value) < MIN_CONTRAST:
        raise PydanticCustomError("colour_contrast", "too pale")
    return value.lower()


def _check_file_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+", value):
        raise PydanticCustomError("file_name", "not a plain file name")
    return value


FileName = Annotated[str, AfterValidator(_check_file_name)]


class ServiceOrganisation(ProfilePart):
    """Who runs the service, with the address that stands in the letterhead."""

    name: Line
    unit: Line
    secrecy_area: Key
    street: Line
    postal_code: Line
    town: Line
    phone: Line
    email: Line
    web: Line | None = None


class LetterheadProfile(ProfilePart):
    """How the service's documents look.

    Attributes:
        accent: colour of the title and thin rules, ``#rrggbb``, contrast at least 4.5 on white.
        logo: a PNG file beside the profile.
        shell: a Word letterhead (.docx) beside the profile; without it the built-in one serves.
    """

    accent: Annotated[str, AfterValidator(_check_colour)]
    logo: FileName | None = None
    shell: FileName | None = None


class Citation(ProfilePart):
    """A provision of law or a service's rule, as it is printed.

    ``checked`` is the day somebody last compared it with its source; absent if nobody has.
    """

    text: Line
    checked: date | None = None


class Deadline(ProfilePart):
    """A length of time that runs from a date in the document.

    Attributes:
        days: length in calendar days; the day of the trigger does not count.
        after: path of the triggering date, such as ``measure.ended_on``.
        source: where the rule stands.
        checked: the day somebody last compared it with its source.
    """

    days: Annotated[int, Field(ge=1, le=3650)]
    after: Line
    source: Line
    checked: date | None = None


class DocumentProfile(ProfilePart):
    """What a service does differently in one kind of document.

    Attributes:
        title: key of the title in ``terms.po`` (context ``title``); the kind itself if absent.
        send_by: when the document must be sent.
        needed: paths that this service needs beyond what the model needs.
        basis: ``source`` if the service describes this document itself, ``practice`` if it is
            made from law and good practice.
    """

    title: Key | None = None
    send_by: Deadline | None = None
    needed: tuple[Line, ...] = ()
    basis: Annotated[str, Field(pattern="^(source|practice)$")] = "source"


class ServiceProfile(ProfilePart):
    """One service.

    Attributes:
        id: the key that ``case.service`` names; also the file's name.
        name: the service's own name.
        country: two-letter code of the country whose rules hold.
        language: language folder of blank forms when none is asked for.
        measures: proper names of the measures by key.
        instruments: proper names of the assessment instruments by key.
        closures: keys of the closure categories, named in ``terms.po`` (context ``closure``).
        documents: what differs from kind to kind.
    """

    id: Key
    name: Line
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    language: Language
    organisation: ServiceOrganisation
    letterhead: LetterheadProfile
    measures: Annotated[dict[Key, Line], Field(min_length=1)]
    instruments: dict[Key, Line] = {}
    closures: Annotated[tuple[Key, ...], Field(min_length=1)]
    documents: dict[Key, DocumentProfile] = {}
    _logo: bytes | None = PrivateAttr(default=None)
    _shell: bytes | None = PrivateAttr(default=None)

    @property
    def logo(self) -> bytes | None:
        """The logo as PNG, or ``None``."""
        return self._logo

    @property
    def shell(self) -> bytes | None:
        """The service's own Word letterhead, or ``None``."""
        return self._shell

    def with_files(self, logo: bytes | None, shell: bytes | None) -> ServiceProfile:
        """The profile together with the files it names."""
        whole = self.model_copy()
        whole._logo = logo
        whole._shell = shell
        return whole

    def document(self, kind: str) -> DocumentProfile:
        """What this service does differently in one kind of document."""
        return self.documents.get(kind, DocumentProfile())

    def vocabulary(self, name: str) -> dict[str, str] | None:
        """Proper names by key of a vocabulary that the profile itself holds, else ``None``."""
        own: dict[str, Any] = {"measure": self.measures, "instrument": self.instruments}
        return own.get(name)


class CountryProfile(ProfilePart):
    """What a country prescribes.

    Attributes:
        code: ISO 3166 code.
        secrecy: the provision that keeps these documents from the public.
        access: the provision on a party's right to see the file.
        privacy: the provisions on access to and correction of personal data.
        authority: the supervisory authority for personal data, by its own name.
    """

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    secrecy: Citation
    access: Citation
    privacy: Citation
    authority: Line
