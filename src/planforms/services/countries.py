"""What a country prescribes, as data."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planforms.models.fields import Key, LanguageName, Line
from planforms.models.people import RepresentativeKind
from planforms.services.parts import Citation, ProfilePart
from planforms.services.reforms import Reform
from planforms.services.texts import Translated
from planforms.services.timing import DayOfYear, Deadline


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PydanticCustomError("time_zone", "no time zone") from None
    return name


class NamedPlan(Citation):
    """A plan that the law knows, by its own name."""

    name: Translated


class Ground(StrEnum):
    """On what grounds nobody may be discriminated against; each country has its own list."""

    SEX = "sex"
    PREGNANCY = "pregnancy"
    PARENTAL_LEAVE = "parental_leave"
    CARE_LEAVE = "care_leave"
    CARE_DUTIES = "care_duties"
    ETHNICITY = "ethnicity"
    RACE = "race"
    SKIN_COLOUR = "skin_colour"
    NATIONAL_ORIGIN = "national_origin"
    SOCIAL_ORIGIN = "social_origin"
    RELIGION = "religion"
    BELIEF = "belief"
    RELIGION_OR_BELIEF = "religion_or_belief"
    POLITICAL_OPINION = "political_opinion"
    DISABILITY = "disability"
    SEXUAL_ORIENTATION = "sexual_orientation"
    GENDER_IDENTITY = "gender_identity"
    GENDER_EXPRESSION = "gender_expression"
    TRANSGENDER_IDENTITY_OR_EXPRESSION = "transgender_identity_or_expression"
    SEX_CHARACTERISTICS = "sex_characteristics"
    AGE = "age"


class Discrimination(Citation):
    """The law against discrimination.

    Attributes:
        grounds: the grounds it names, in its order; named in ``terms.po`` (context
            ``discrimination``).
    """

    grounds: Annotated[tuple[Ground, ...], Field(min_length=1)]


class SupervisoryBodies(ProfilePart):
    """Whom a participant can turn to outside of the service, each by its own name.

    Attributes:
        equality_advice: gives advice about discrimination.
        equality_complaints: takes complaints of discrimination; may be the same body.
        safety: oversees safety at work.
        whistleblowing: receives reports of wrongs at work; ``safety`` does if absent.
        disability_advice: advises people with disabilities on their rights, if anybody does.
        supervision: oversees what the municipality does for people with social needs.
        access: takes complaints about papers that one may not see, if that is not ``ombudsman``.
        ombudsman: takes complaints of authorities.
        ombudsman_years: after how many years, as a rule, ``ombudsman`` takes no complaint.
    """

    equality_advice: Translated
    equality_complaints: Translated
    safety: Translated
    whistleblowing: Translated | None = None
    disability_advice: Translated | None = None
    supervision: Translated
    access: Translated | None = None
    ombudsman: Translated
    ombudsman_years: Annotated[int | None, Field(ge=1, le=10)] = None


class ConsentLaw(Citation):
    """The provision a consent rests on, and what the consent does in this country.

    Attributes:
        lifts: ``secrecy`` if it lifts secrecy alone and personal data are processed on another
            ground, ``data`` if it can be that ground itself.
    """

    lifts: Annotated[str, Field(pattern="^(secrecy|data)$")]


class DataProtection(ProfilePart):
    """What participants are told of their personal data.

    Attributes:
        rights: the provisions on access, correction, erasure, restriction and objection.
        sensitive: the provision under which data about health and the like may be processed.
        authority_contact: how to reach the supervisory authority.
        checked: the day somebody last compared the provisions with their sources.
    """

    rights: Translated
    sensitive: Translated
    authority_contact: Line
    checked: date | None = None


class Emergency(ProfilePart):
    """Whom to call when somebody is in danger; the same number twice where one serves both."""

    ambulance: Line
    police: Line


class Arrival(StrEnum):
    """What keeps a deadline of appeal."""

    ARRIVED = "arrived"
    """The appeal has come to whoever receives it."""
    POSTED = "posted"
    """It was handed to the post, or sent, in time."""


class Statute(ProfilePart):
    """A law whose decisions can be appealed.

    Attributes:
        name: the law, as it is cited.
        sent_to: who receives the appeal first and may change its own decision, by its own name.
        decided_by: who decides if it is not changed, by its own name; absent where that is another
            appeal, after somebody has looked at the decision again.
        remedy: the variant of the appeal by which one asks to have it looked at again first, such
            as ``review``; absent where one appeals at once.
        appeal: how long one can appeal, from the day one was told of the decision; absent where
            only the decision itself says it.
        arrival: whether it must have arrived in time, or be posted.
        form: in what form it is made, key by key, as sentences of ``terms.po`` (context
            ``appeal_form``).
        signed: whether it must be signed.
        names_change: whether it must say how the decision should be instead.
        identity_number: whether the body asks for the national number.
        latest: after which an appeal is not handled at all, whatever the reason of the delay.
        reconsidered: by when ``sent_to`` has looked at its decision again.
        notes: what else to know, as sentences of ``terms.po`` (context ``appeal_note``).
        source: where it stands who receives and who decides.
        checked: the day somebody last compared it with its source.
    """

    name: Translated
    sent_to: Translated
    decided_by: Translated | None = None
    remedy: Key | None = None
    appeal: Deadline | None = None
    arrival: Arrival
    form: Annotated[tuple[Key, ...], Field(min_length=1)]
    signed: bool = False
    names_change: bool = False
    identity_number: bool = False
    latest: Deadline | None = None
    reconsidered: Deadline | None = None
    notes: tuple[Key, ...] = ()
    source: Translated
    checked: date | None = None


class CountryProfile(ProfilePart):
    """What a country prescribes.

    Attributes:
        code: ISO 3166 code.
        currency: ISO 4217 code of what amounts are in.
        time_zone: whose clock meetings go by, such as ``Europe/Oslo`` (IANA).
        language: the language of texts that are given once.
        secrecy: the provision that keeps these documents from the public.
        access: the provision on a party's right to see the file.
        privacy: the provisions on access to and correction of personal data.
        processing: the ground on which authorities process personal data without a consent.
        consent: what a consent to pass on information rests on.
        documentation: the provisions that oblige authorities to write down what matters.
        authority: the supervisory authority for personal data, by its own name.
        data_protection: what participants are told of their personal data.
        representatives: in what capacities somebody can stand beside a participant.
        discrimination: the law against discrimination.
        safety: the provision that protects participants at work although they are not employed.
        whistleblowing: the provision that protects those who tell of wrongs at work.
        bodies: other supervisory bodies.
        emergency: whom to call when somebody is in danger.
        statutes: the laws whose decisions can be appealed, by key.
        reforms: laws that take the place of those cited here, by key.
        insurance: the provision on accidents at work, where one covers participants.
        young: the provision on telling others when somebody under 18 is in need.
        coordinated_plan: the plan that holds together the help of several authorities.
        holidays: the categories of the ``holidays`` package whose days are days off, beside
            Saturdays and Sundays.
        doubtful_days_off: days of which nobody can say whether they are days off for a deadline:
            one that ends on them has not surely passed.
    """

    code: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    language: LanguageName
    secrecy: Citation
    access: Citation
    privacy: Citation
    processing: Citation
    consent: ConsentLaw
    documentation: Citation
    authority: Translated
    data_protection: DataProtection
    representatives: Annotated[tuple[RepresentativeKind, ...], Field(min_length=1)] = tuple(
        RepresentativeKind
    )
    discrimination: Discrimination
    safety: Citation
    whistleblowing: Citation
    bodies: SupervisoryBodies
    emergency: Emergency
    statutes: dict[Key, Statute] = Field(default_factory=dict)
    reforms: dict[Key, Reform] = Field(default_factory=dict)
    insurance: Citation | None = None
    young: Citation | None = None
    coordinated_plan: NamedPlan | None = None
    holidays: tuple[Key, ...] = ("public",)
    doubtful_days_off: tuple[DayOfYear, ...] = ()

    def reforms_on(self, day: date | None) -> tuple[Reform, ...]:
        """The reforms that hold on a day; without a day, those whose first day is known."""
        return tuple(reform for reform in self.reforms.values() if reform.holds(day))

    def known_here(self, vocabulary: str, members: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the fixed keys of a choice that the country knows."""
        if vocabulary != "representative":
            return members
        return tuple(key for key in members if key in self.representatives)

    def vocabulary(self, name: str) -> dict[str, str] | None:
        """Names by key of a vocabulary that the country holds, else ``None``."""
        if name != "statute":
            return None
        return {key: statute.name for key, statute in self.statutes.items()}
