"""Several papers of one case for one receiver, who gets no more than consents cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planforms.document import (
    Block,
    Document,
    Heading,
    List,
    Paragraph,
    Section,
    SectionKind,
    State,
    Text,
)
from planforms.errors import DataError, Problem, UsageError
from planforms.models.case import Case
from planforms.models.documents import CaseDocument, Status
from planforms.models.letters import same
from planforms.models.people import Role
from planforms.models.secrecy import ConsentGiven, DisclosureBasis
from planforms.models.values import value_at
from planforms.rendering import render
from planforms.rules.consents import Passing, Standing, covering
from planforms.rules.disclosure import information_in
from planforms.setting import Folders, Setting, read_setting

PARTICIPANT = Role.PARTICIPANT.value
"""Whom everything may go to."""
DRAFT, REPLACED, UNTOLD = "draft", "replaced", "untold"
"""Reasons to leave a paper out, beside how consents stand; untold is one whose kind does not say
what information it holds."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A paper that does not go to the receiver.

    Attributes:
        title: its title.
        issued_on: the day it was issued, if it was.
        reason: why, in words of the language.
    """

    title: str
    issued_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """The papers of a case that go to one receiver.

    Attributes:
        document: all of them as one document, with a list of contents before them.
        papers: each by itself, the oldest first.
        left_out: the papers that do not go.
        sheet: what was left out and why, for the service itself; ``None`` if nothing was.
    """

    document: Document
    papers: tuple[Document, ...]
    left_out: tuple[LeftOut, ...]
    sheet: Document | None


def envelope(
    papers: Sequence[CaseDocument],
    to: str,
    *,
    as_of: date,
    beside: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> Envelope:
    """The papers of one case for one receiver.

    The participant gets every final paper. A secrecy area gets those whose information consents
    cover on that day, and those that were issued to it by law; the consents are those of all the
    papers, each as the latest of them has it. Papers that were replaced, and drafts, go to nobody.
    The language of the list of contents is that of the latest paper.

    Args:
        papers: the papers of one case, in any order.
        to: ``participant``, or the key of a secrecy area of the service.
        as_of: the day on which they go.
        beside: the language whose words stand beside those of each paper, which count.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: there are no papers, or the service has no such area.
        DataError: they are of more than one case, its identity is protected, or nothing may go.
    """
    if not papers:
        raise UsageError.of("envelope.empty", "the papers", "are missing", "name one at least")
    ordered = sorted(papers, key=lambda one: (one.issued_on or as_of, one.kind))
    latest = ordered[-1]
    _refuse(ordered, latest)
    setting = read_setting(
        latest.service_key, latest.language, templates=templates, services=services
    )
    if to != PARTICIPANT and to not in setting.service.secrecy_areas:
        known = ", ".join((PARTICIPANT, *setting.service.secrecy_areas))
        hint = "write one of: {known}"
        raise UsageError.of("envelope.receiver", "to", "is no receiver", hint, known=known)
    judge = _Judge(ordered, setting, to, as_of)
    reasons = [judge.reason(paper) for paper in ordered]
    going = [paper for paper, reason in zip(ordered, reasons, strict=True) if not reason]
    left_out = tuple(
        LeftOut(_title(paper, setting), paper.issued_on, setting.words.term("left_out", reason))
        for paper, reason in zip(ordered, reasons, strict=True)
        if reason
    )
    if not going:
        hint = "look at what was left out, and ask the participant for a consent"
        raise DataError.of("envelope.nothing", "the papers", "none of them may go", hint)
    documents = tuple(
        render(one, beside=beside, templates=templates, services=services) for one in going
    )
    cover = _Cover(documents[-1], setting, latest.reference)
    return Envelope(
        document=cover.around(documents),
        papers=documents,
        left_out=left_out,
        sheet=cover.sheet(left_out) if left_out else None,
    )


def _refuse(papers: Sequence[CaseDocument], latest: CaseDocument) -> None:
    """Refuse papers that do not belong together, or must be released by hand.

    Raises:
        DataError: they are of more than one case, or the identity is protected.
    """
    problems = [
        *_strangers(papers, latest),
        *([_by_hand()] if any(paper.is_protected for paper in papers) else ()),
    ]
    if problems:
        raise DataError(problems)


def _strangers(papers: Sequence[CaseDocument], latest: CaseDocument) -> Iterator[Problem]:
    """A Problem for each paper that is of another case than the latest."""
    for number, paper in enumerate(papers, start=1):
        if paper.service_key != latest.service_key or not same(paper.reference, latest.reference):
            what, hint = "is of another case", "an envelope holds the papers of one case"
            yield Problem("envelope.case", f"paper {number}", what, hint)


def _by_hand() -> Problem:
    message, hint = "the identity is protected", "render it alone and release it by hand"
    return Problem("release.protected_identity", "case.participant", message, hint)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Who may have which paper of a case."""

    papers: Sequence[CaseDocument]
    setting: Setting
    to: str
    as_of: date

    def reason(self, paper: CaseDocument) -> str:
        """Why a paper does not go; empty if it does."""
        if paper.status is Status.DRAFT:
            return DRAFT
        if any(_replaces(other, paper) for other in self.papers):
            return REPLACED
        own = self.setting.service.organisation.secrecy_area
        if self.to in (PARTICIPANT, own) or self._was_issued_to(paper):
            return ""
        return self._uncovered(paper)

    def _was_issued_to(self, paper: CaseDocument) -> bool:
        """Whether it was issued to this very receiver by law."""
        by_law = value_at(paper, "disclosure.basis") is DisclosureBasis.LAW
        return by_law and value_at(paper, "recipient.organisation.secrecy_area") == self.to

    def _uncovered(self, paper: CaseDocument) -> str:
        held = information_in(paper)
        case, profile = _case_of(self.papers), self.setting.service.consent
        for information in held:
            found = covering(case, Passing(self.to, information), self.as_of, profile).standing
            if found is not Standing.COVERED:
                return found.value
        return "" if held else UNTOLD


def _case_of(papers: Sequence[CaseDocument]) -> Case:
    """The case of some papers, oldest first, with every consent that one of them knows.

    Not every paper lists them, such as a notice inside the service. How a decision of one day
    about one area stands is what the latest paper that lists it says.
    """
    known: dict[tuple[str, date], list[ConsentGiven]] = {}
    for paper in papers:
        listed: dict[tuple[str, date], list[ConsentGiven]] = {}
        for consent in paper.case.consents:
            listed.setdefault((consent.area, consent.decided_on), []).append(consent)
        known |= listed
    consents = tuple(consent for same_day in known.values() for consent in same_day)
    return papers[-1].case.model_copy(update={"consents": consents})


def _replaces(other: CaseDocument, paper: CaseDocument) -> bool:
    replaced = other.replaces.issued_on if other.replaces else None
    final = other.status is Status.FINAL
    return final and other.kind == paper.kind and replaced == paper.issued_on is not None


def _title(paper: CaseDocument, setting: Setting) -> str:
    profile = setting.document(paper.kind, paper.variant)
    return setting.words.term("title", profile.title or paper.kind)


@dataclass(frozen=True, slots=True)
class _Cover:
    """What planforms itself says before and beside the papers of others."""

    like: Document
    setting: Setting
    reference: str

    def around(self, papers: Sequence[Document]) -> Document:
        """All papers as one document, each from a new page on."""
        listed = [self._entry(paper.title, paper.issued_on) for paper in papers]
        contents = self._listed("envelope", "contents", listed)
        sheets = (Section(SectionKind.SHEET, paper.blocks) for paper in papers)
        whole = any(paper.whole_words for paper in papers)
        plain = (paper.without_own_word() for paper in papers)
        warnings = tuple(problem for paper in plain for problem in paper.warnings)
        document = self._document("envelope", (*contents, *sheets))
        return replace(document, whole_words=whole, warnings=warnings)

    def sheet(self, left_out: Iterable[LeftOut]) -> Document:
        """What was left out and why."""
        listed = [f"{self._entry(one.title, one.issued_on)}: {one.reason}" for one in left_out]
        return self._document("left_out", self._listed("left_out", "for_us", listed))

    def _listed(self, title: str, intro: str, entries: Iterable[str]) -> tuple[Block, ...]:
        words = self.setting.words
        return (
            Heading(1, (Text(words.term("title", title)),)),
            Paragraph((Text(words.term("envelope", intro)),)),
            List(True, tuple((Paragraph((Text(entry),)),) for entry in entries)),
        )

    def _entry(self, title: str, issued_on: date | None) -> str:
        return f"{title}, {self.setting.words.date(issued_on)}" if issued_on else title

    def _document(self, title: str, blocks: tuple[Block, ...]) -> Document:
        words = self.setting.words
        named = words.term("title", title)
        return replace(
            self.like,
            kind=title,
            language=words.tag,
            locale=words.word_locale,
            title=named,
            state=State.FINAL,
            footer=replace(self.like.footer, text=f"{self.reference} · {named}"),
            blocks=blocks,
            warnings=(),
            places={},
            empty={},
            variant="",
            own_word=None,
        )
