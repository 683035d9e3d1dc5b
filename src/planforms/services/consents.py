"""What a service always says on its papers about consent and documentation.

Whatever stands here is printed on every form, so that nobody writes it by hand, and so that each
participant is told the same. ``docs/services.md`` describes the tables.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from planforms.models.consent import Manner
from planforms.models.fields import Key, Line
from planforms.models.secrecy import DisclosureBasis, Exchange, Information
from planforms.services.parts import Phone, ProfilePart
from planforms.services.texts import Translated


class ConsentReceiver(ProfilePart):
    """Somebody whom the service tells something, or asks, about a participant.

    Attributes:
        name: how the form calls them, such as ``fastlegen din``; the secrecy area's name if absent.
        which: whether a form asks who it is, by name: no profile knows a participant's doctor.
        basis: ``consent`` if the participant is asked; ``law`` if information passes without a
            consent, and the participant is told so.
        provision: the provision of law that allows that.
        exchange: whether the service gives information, obtains it, or both.
        information: the kinds of information that the form asks for, no more than is needed.
        use: what it is used for, as it stands after "to".
        refusal: what a no to this receiver means.
        telling: the provision under which a yes releases the service from secrecy towards them, if
            it is another one than towards all.
        asking: the provision that binds them to secrecy, from which a yes releases them.
        months: how long a yes can hold at most, where a statute lets it lapse.
        source: where that statute says so.
        checked: the day somebody last compared these provisions with their sources.
    """

    name: Translated | None = None
    which: bool = False
    basis: DisclosureBasis = DisclosureBasis.CONSENT
    provision: Translated | None = None
    exchange: Annotated[tuple[Exchange, ...], Field(min_length=1)] = tuple(Exchange)
    information: tuple[Information, ...] = ()
    use: Translated | None = None
    refusal: Translated | None = None
    telling: Translated | None = None
    asking: Translated | None = None
    months: Annotated[int | None, Field(ge=1, le=120)] = None
    source: Translated | None = None
    checked: date | None = None


class ConsentProfile(ProfilePart):
    """What the service's consents are about.

    Attributes:
        we: who "we" are on the form, as it stands in a sentence; the unit if absent.
        purpose: what the exchange of information is for.
        manners: how information passes.
        refusal: what it means to say no.
        telling: the provision under which a yes releases the service from secrecy, where that is
            not the country's alone.
        receivers: who is told or asked, by the keys of ``secrecy_areas``.
        identity_number: whether the form asks for the national number.
        before_enrolment: whether the first consent must be given by the day of enrolment.
        source: where that rule stands.
        checked: the day somebody last compared it with its source.
    """

    we: Translated | None = None
    purpose: Translated | None = None
    manners: tuple[Manner, ...] = ()
    refusal: Translated | None = None
    telling: Translated | None = None
    receivers: dict[Key, ConsentReceiver] = Field(default_factory=dict)
    identity_number: bool = False
    before_enrolment: bool = False
    source: Translated | None = None
    checked: date | None = None


class DocumentationProfile(ProfilePart):
    """What the service writes down about its participants.

    Attributes:
        system: where it is written.
        purpose: why.
        information: the kinds of information.
        sources: where it comes from.
        readers: who can read it.
        asked: what the service writes down only with a consent, since no law makes it a duty; all
            the rest is told, not asked for.
        refusal: what a no to that means.
    """

    system: Translated | None = None
    purpose: Translated | None = None
    information: tuple[Information, ...] = ()
    sources: Translated | None = None
    readers: Translated | None = None
    asked: Translated | None = None
    refusal: Translated | None = None


class ServicePrivacy(ProfilePart):
    """Who answers for the participants' personal data, and whom to ask about them.

    Attributes:
        controller: the controller, by its proper name; both where there are two.
        contact: how to reach the controller.
        officer: the data protection officer, a function or a name.
        officer_contact: how to reach the officer in writing.
        officer_phone: the officer's telephone.
        retention: how long papers are kept, in years or by a criterion.
    """

    controller: Translated
    contact: Line
    officer: Translated
    officer_contact: Line
    officer_phone: Phone | None = None
    retention: Translated
