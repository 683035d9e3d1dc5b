"""Which rights and duties a service gives its participants."""

from __future__ import annotations

from datetime import date

from planforms.services.countries import Ground
from planforms.services.parts import ProfilePart
from planforms.services.texts import ProperName, Translated


class ServiceRights(ProfilePart):
    """Which rights a service gives its participants; the words stand in ``rights.html``.

    Attributes:
        adaptation: to follow-up and to work that is adapted.
        action_plan: to an action plan of one's own.
        take_part: to take part in planning.
        lead_team: to lead one's own team.
        needs_respected: to have one's needs respected.
        safe_environment: to be safe from bullying and harassment.
        access: to see what is written about oneself.
        told_of_changes: to be told when procedures change.
        complain: to complain, and to have help with it.
        give_feedback: to say what one thinks of the measure.
        secrecy: that staff keep secrecy.
        others_discreet: that the other participants are told of their moral duty to do so.
    """

    adaptation: bool = False
    action_plan: bool = False
    take_part: bool = False
    lead_team: bool = False
    needs_respected: bool = False
    safe_environment: bool = False
    access: bool = False
    told_of_changes: bool = False
    complain: bool = False
    give_feedback: bool = False
    secrecy: bool = False
    others_discreet: bool = False


class ServiceDuties(ProfilePart):
    """Which duties the participants of a service have; the words stand in ``rights.html``.

    Attributes:
        respect: to treat others with respect.
        no_bullying_or_intoxication: neither to bully nor to come under the influence.
        follow_instructions: to do the work as instructed.
        shape_plan: to help to make one's own plan.
        attend: to come as agreed, and to report absence.
    """

    respect: bool = False
    no_bullying_or_intoxication: bool = False
    follow_instructions: bool = False
    shape_plan: bool = False
    attend: bool = False


class ServicePromises(ProfilePart):
    """What a service's own description promises beyond the rights; words in ``rights.html``.

    Attributes:
        grounds: on what grounds nobody is treated worse, beside those that the law names; named
            in ``terms.po`` (context ``discrimination``).
        body_and_mind: that physical and emotional needs are both looked after.
        fixed_follow_up: that follow-up has fixed times.
        safe_keeping: that papers are kept where others cannot read them.
        survey: that participants are asked in a survey.
    """

    grounds: tuple[Ground, ...] = ()
    body_and_mind: bool = False
    fixed_follow_up: bool = False
    safe_keeping: bool = False
    survey: bool = False


class Registration(ProfilePart):
    """A register in which participants are followed up as far as they consent.

    Attributes:
        name: the register's own name.
        source: the provision that asks for the consent.
        checked: the day somebody last compared it with its source.
    """

    name: ProperName
    source: Translated
    checked: date | None = None


class Discharge(ProfilePart):
    """That the place may be ended.

    Attributes:
        decided_by: who decides that, as it stands in a sentence.
    """

    decided_by: Translated


class Consequences(ProfilePart):
    """What may follow when agreements are not kept.

    Attributes:
        benefits: proper names of the benefits that may be reduced after absence without a valid
            reason; of no others.
        told_in_writing: whether the participant must have been told of that in writing before.
        discharge: that the place may be ended; absent if it may not.
        source: where this stands.
        checked: the day somebody last compared it with its source.
    """

    benefits: tuple[Translated, ...] = ()
    told_in_writing: bool = False
    discharge: Discharge | None = None
    source: Translated
    checked: date | None = None
