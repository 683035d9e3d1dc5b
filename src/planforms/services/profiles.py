"""What a service decides, as data.

Proper names stand verbatim in a profile; every other word is a key into the language folders.
``docs/services.md`` describes the files for those who write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from planforms.models.fields import Key, LanguageName, Line
from planforms.models.people import Role
from planforms.models.secrecy import Information
from planforms.services.checklists import ChecklistForm, checklist_vocabulary
from planforms.services.complaints import AppealBody, ComplaintRouting
from planforms.services.consents import ConsentProfile, DocumentationProfile, ServicePrivacy
from planforms.services.counting import CountingProfile
from planforms.services.descriptions import DescriptionProfile
from planforms.services.instruments import Instruments
from planforms.services.letterheads import LetterheadProfile, ServiceOrganisation
from planforms.services.parts import Basis, Citation, ProfilePart
from planforms.services.questions import QuestionForm, items_of, names_of
from planforms.services.reports import ReportForm
from planforms.services.rights import (
    Consequences,
    Registration,
    ServiceDuties,
    ServicePromises,
    ServiceRights,
)
from planforms.services.texts import ProperName, Translated
from planforms.services.timing import Deadline, Pause, PeriodDeadline


class ClosureRule(ProfilePart):
    """When a case may close in a category: how long what comes after is expected to last.

    Attributes:
        expected_months: least length of what the participant goes on to, in calendar months.
        expected_weeks: the same in weeks.
        months_since_application: months without an application for support before the case may
            be closed.
        source: where the rule stands.
    """

    expected_months: Annotated[int | None, Field(ge=1, le=120)] = None
    expected_weeks: Annotated[int | None, Field(ge=1, le=520)] = None
    months_since_application: Annotated[int | None, Field(ge=1, le=120)] = None
    source: Translated


class ClosureForm(ProfilePart):
    """A form of a closure category that the service tells apart from others.

    Attributes:
        rule: what the form means, if that is told.
    """

    rule: ClosureRule | None = None


class ClosureCategory(ProfilePart):
    """A category in which a case can close.

    Attributes:
        basis: ``source`` if the service itself closes cases in it, ``practice`` if not.
        rule: what the category means, if that is told.
        forms: forms that are told apart within it, by key; named in ``terms.po`` (context
            ``closure_form``).
    """

    basis: Basis = "source"
    rule: ClosureRule | None = None
    forms: dict[Key, ClosureForm] = Field(default_factory=dict)


class Signing(ProfilePart):
    """Who signs an issued document, and who must have a copy.

    Attributes:
        signers: the roles that must have a place to sign.
        copies: the roles that must have a copy of their own.
        source: where the rule stands.
        checked: the day somebody last compared it with its source.
    """

    signers: tuple[Role, ...] = ()
    copies: tuple[Role, ...] = ()
    source: Translated
    checked: date | None = None


class FileProperties(ProfilePart):
    """What stands in the properties of files beside title, organisation and date.

    Attributes:
        keywords: what stands among the keywords, so that archives can find a file by it.
    """

    keywords: tuple[Literal["case_number", "language"], ...] = ()


class TeamSigning(ProfilePart):
    """Whether plans are the whole team's.

    Attributes:
        whole_team: whether the whole team signs an action plan, and each of it has a copy.
        source: where the rule stands.
        checked: the day somebody last compared it with its source.
    """

    whole_team: bool = False
    source: Translated
    checked: date | None = None


_OWN = Role.PARTICIPANT


class OwnProvisions(ProfilePart):
    """Provisions that hold for one service instead of those of its country.

    Attributes:
        secrecy: the provision on secrecy that holds for its work.
        safety: the provision that protects its participants at work.
    """

    secrecy: Citation | None = None
    safety: Citation | None = None


class HoursGuide(ProfilePart):
    """How many hours a week fit a place; fewer or more are allowed, and worth a talk.

    Attributes:
        fewest: under so many another measure is suggested.
        below: the key of that measure.
        most: how many hours a week the service has.
        source: where this stands.
        checked: the day somebody last compared it with its source.
    """

    fewest: Annotated[int, Field(ge=1, le=100)]
    below: Key
    most: Annotated[int, Field(ge=1, le=100)]
    source: Translated
    checked: date | None = None


class DocumentVariant(ProfilePart):
    """What is different in one variant of a kind of document.

    What a variant does not name is as the kind has it; of deadlines those that it names replace
    those of the same key.

    Attributes:
        title: key of the title in ``terms.po`` (context ``title``); the kind itself if absent.
        deadlines: what is due when in such a document, by the rule's key; ``send_by`` is when the
            document must be sent. Keys are named in ``terms.po`` (context ``deadline``).
        periods: after which periods of the year a document of the whole service is due, by the
            rule's key, named like deadlines; a variant has its own alone.
        milestones: the milestones of its case that an issued document sets, each with the path
            of its day; beside those that its kind sets everywhere.
        signing: who signs, and who has a copy.
        told: the roles that are told that a case closes, in this order.
        needed: paths that this service needs beyond what the model needs.
        left_out: paths that its empty forms do not offer.
        basis: ``source`` if the service describes this document itself, ``practice`` if it is
            made from law and good practice.
    """

    title: Key | None = None
    deadlines: dict[Key, Deadline] = Field(default_factory=dict)
    periods: dict[Key, PeriodDeadline] = Field(default_factory=dict)
    milestones: dict[Key, Line] = Field(default_factory=dict)
    signing: Signing | None = None
    told: tuple[Role, ...] = ()
    needed: tuple[Line, ...] = ()
    left_out: tuple[Line, ...] = ()
    basis: Basis = "source"

    @property
    def roles_on_forms(self) -> dict[str, tuple[Role, ...]]:
        """The roles that its empty forms name beforehand, by the list's path."""
        rule, told = self.signing, {"chain": self.told} if self.told else {}
        if rule is None:
            return told
        others = dict.fromkeys(role for role in (*rule.signers, *rule.copies) if role is not _OWN)
        own = tuple(role for role in rule.copies if role is _OWN)
        return {**told, "signatures": rule.signers, "copies": own, "case.team": tuple(others)}


class DocumentProfile(DocumentVariant):
    """What a service does differently in one kind of document.

    Attributes:
        adds_follow_up: the role that adds who follows up a step of a plan, and when, where a plan
            does not say so.
        categories: what a mapping asks about; named in ``terms.po`` (context
            ``mapping_category``).
        headings: what the background of an application is told under, each with the kind of
            information that it is; named in ``terms.po`` (context ``application_heading``).
        hours: how many hours a week an application can ask for.
        variants: the variants of the kind, by the key that ``variant`` in the data names.
    """

    adds_follow_up: Role = Role.COACH
    categories: tuple[Key, ...] = ()
    headings: dict[Key, Information] = Field(default_factory=dict)
    hours: HoursGuide | None = None
    variants: dict[Key, DocumentVariant] = Field(default_factory=dict)

    def in_variant(self, name: str | None) -> DocumentProfile:
        """The same with what a variant replaces; as it is if there is no such variant."""
        variant = self.variants.get(name or "")
        if variant is None:
            return self
        named = {field: getattr(variant, field) for field in variant.model_fields_set}
        named["deadlines"] = {**self.deadlines, **variant.deadlines}
        named["periods"] = variant.periods
        named["milestones"] = {**self.milestones, **variant.milestones}
        return self.model_copy(update=named)

    def all_variants(self) -> tuple[DocumentProfile, ...]:
        """The kind as such, and in each of its variants."""
        return (self, *(self.in_variant(name) for name in self.variants))


class ServiceProfile(ProfilePart):
    """One service.

    Attributes:
        id: the key that ``case.service`` names; also the file's name.
        name: the service's own name.
        country: two-letter code of the country whose rules hold.
        language: the language of texts that are given once, and of blank forms when none is asked
            for.
        languages: other languages in which the service writes.
        roles: the service's own words for roles, as they stand in a sentence; the language's words
            hold for the others.
        measures: proper names of the measures by key.
        ended_measures: the keys of those that nobody begins any more; empty forms do not offer
            them.
        instruments: proper names of the assessment instruments by key.
        instrument_words: the service's own short words for their items, by the items' keys.
        closures: the categories in which a case can close, by key; named in ``terms.po`` (context
            ``closure``).
        secrecy_areas: proper names, by key, of the areas that information is exchanged with.
        privacy: who answers for personal data, and whom to ask.
        consent: what its consents are about, and with whom it exchanges information.
        documentation: what it writes down about its participants.
        description: what it tells everybody of itself.
        plans: proper names, by key, of other plans that participants may have.
        deadlines: what is due when in every case, by the rule's key; paths begin with ``case.``.
        pauses: when the clock of deadlines that pause stands still.
        rights: which rights its participants have.
        duties: which duties they have.
        consequences: what may follow when agreements are not kept.
        minors: whether participants may be under 18.
        registration: the register in which participants are followed up, if there is one.
        promises: what its own description promises beyond the rights and the law.
        provisions: law that holds for it instead of what its country cites.
        signing: whether plans are the whole team's.
        complaints: how complaints are handled.
        questionnaires: what it asks each participant several times, by key.
        surveys: what it asks all participants every year, by key.
        checklists: its checklists, by key, in the order of a case.
        report_headings: the headings of its reports, by key.
        reports: which of them each report of the unit has, by its variant.
        appeals: who receives appeals here, by the key of the country's statute.
        counting: what its statistics rest on.
        documents: what differs from kind to kind.
        file_properties: what stands in the properties of its files.
        max_lix: what the LIX of its empty forms must stay under, if the common limit of 40 is too
            high for its participants.
    """

    id: Key
    name: ProperName
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    language: LanguageName
    languages: tuple[LanguageName, ...] = ()
    organisation: ServiceOrganisation
    letterhead: LetterheadProfile
    roles: dict[Role, Translated] = Field(default_factory=dict)
    measures: Annotated[dict[Key, ProperName], Field(min_length=1)]
    ended_measures: tuple[Key, ...] = ()
    instruments: dict[Key, ProperName] = Field(default_factory=dict)
    instrument_words: dict[Key, Translated] = Field(default_factory=dict)
    closures: Annotated[dict[Key, ClosureCategory], Field(min_length=1)]
    secrecy_areas: Annotated[dict[Key, Translated], Field(min_length=1)]
    privacy: ServicePrivacy
    consent: ConsentProfile = ConsentProfile()
    documentation: DocumentationProfile = DocumentationProfile()
    description: DescriptionProfile = DescriptionProfile()
    plans: dict[Key, Translated] = Field(default_factory=dict)
    deadlines: dict[Key, Deadline] = Field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    rights: ServiceRights = ServiceRights()
    duties: ServiceDuties = ServiceDuties()
    consequences: Consequences | None = None
    minors: bool = False
    registration: Registration | None = None
    promises: ServicePromises = ServicePromises()
    provisions: OwnProvisions = OwnProvisions()
    signing: TeamSigning = TeamSigning(source="no rule")
    complaints: ComplaintRouting | None = None
    checklists: dict[Key, ChecklistForm] = Field(default_factory=dict)
    report_headings: dict[Key, Translated] = Field(default_factory=dict)
    reports: dict[Key, ReportForm] = Field(default_factory=dict)
    questionnaires: dict[Key, QuestionForm] = Field(default_factory=dict)
    surveys: dict[Key, QuestionForm] = Field(default_factory=dict)
    appeals: dict[Key, AppealBody] = Field(default_factory=dict)
    counting: CountingProfile = CountingProfile()
    documents: dict[Key, DocumentProfile] = Field(default_factory=dict)
    file_properties: FileProperties = FileProperties()
    max_lix: Annotated[int | None, Field(ge=20, le=40)] = None
    _logo: bytes | None = PrivateAttr(default=None)
    _shell: bytes | None = PrivateAttr(default=None)
    _instrument_files: Instruments = PrivateAttr(default_factory=Instruments)

    @property
    def logo(self) -> bytes | None:
        """The logo as PNG, or ``None``."""
        return self._logo

    @property
    def shell(self) -> bytes | None:
        """The service's own Word letterhead, or ``None``."""
        return self._shell

    @property
    def instrument_files(self) -> Instruments:
        """What the files of its instruments say."""
        return self._instrument_files

    def with_files(
        self, logo: bytes | None, shell: bytes | None, instruments: Instruments
    ) -> ServiceProfile:
        """The profile together with the files it names."""
        whole = self.model_copy()
        whole._logo = logo
        whole._shell = shell
        whole._instrument_files = instruments
        return whole

    def document(self, kind: str, variant: str | None = None) -> DocumentProfile:
        """What this service does differently in one kind of document, or in a variant of it."""
        return self.documents.get(kind, DocumentProfile()).in_variant(variant)

    @property
    def rules(self) -> frozenset[str]:
        """The keys of all its deadlines."""
        deadlines = (rule for table in self.deadline_tables() for rule in table)
        return frozenset((*deadlines, *self.period_rules()))

    def period_rules(self) -> Iterator[str]:
        """The keys of the rules by which papers of the whole service are due."""
        for document in self.documents.values():
            yield from document.periods
            for variant in document.variants.values():
                yield from variant.periods

    def deadline_tables(self) -> Iterator[dict[str, Deadline]]:
        """Its deadlines by key: of every case, of each kind of document and of each variant."""
        yield self.deadlines
        for document in self.documents.values():
            yield document.deadlines
            yield from (variant.deadlines for variant in document.variants.values())

    def vocabulary(self, name: str) -> dict[str, str] | None:
        """Proper names by key of a vocabulary that the profile itself holds, else ``None``."""
        match name:
            case "measure":
                return self.measures
            case "instrument":
                return self.instruments
            case "area":
                return self.secrecy_areas
            case "other_area":
                return self._other_areas()
            case "plan":
                return self.plans
            case "report_heading":
                return self.report_headings
            case "questionnaire":
                return names_of(self.questionnaires)
            case "question":
                return items_of(self.questionnaires)
            case "survey":
                return names_of(self.surveys)
            case "survey_question":
                return items_of(self.surveys)
            case "checklist" | "checklist_item":
                return checklist_vocabulary(self.checklists, name)
        return self.instrument_files.vocabulary(name)

    def questions(self, name: str) -> tuple[str, ...]:
        """The keys of the questions of one of its questionnaires or surveys."""
        form = self.questionnaires.get(name) or self.surveys.get(name)
        return tuple(form.items) if form else ()

    def checklist_items(self, name: str) -> tuple[str, ...]:
        """The keys of the points of one of its checklists."""
        form = self.checklists.get(name)
        return tuple(form.items) if form else ()

    def _other_areas(self) -> dict[str, str]:
        """The secrecy areas that are not the service's own, as its forms call them."""
        own, receivers = self.organisation.secrecy_area, self.consent.receivers
        called = {key: one.name for key, one in receivers.items() if one.name}
        areas = {**self.secrecy_areas, **called}
        return {key: name for key, name in areas.items() if key != own}

    def keys(self, vocabulary: str) -> tuple[str, ...] | None:
        """The keys that a choice can have in this service; ``None`` if others say which."""
        if vocabulary == "closure":
            return tuple(self.closures)
        if vocabulary == "closure_form":
            return tuple(form for category in self.closures.values() for form in category.forms)
        own = self.vocabulary(vocabulary)
        return None if own is None else tuple(own)
