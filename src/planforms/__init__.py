"""planforms: official documents of Nordic work-rehabilitation services from structured case data.

>>> import planforms as pf
>>> report = pf.load(Path("final_report.json"))
>>> pf.write(pf.render(report), "final_report.pdf")

Everything public is named here; it is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planforms.batching.agenda import Agenda, Group, OpenDeadline, agenda
    from planforms.batching.planning import Item, Outcome
    from planforms.batching.running import Batch, batch
    from planforms.catalogue import choices, labels, service_names
    from planforms.checking.checks import check
    from planforms.data_schema import schema
    from planforms.document import Document, State
    from planforms.errors import (
        DataError,
        PlanformsError,
        Problem,
        ProfileError,
        Severity,
        TemplateError,
        UsageError,
    )
    from planforms.explaining import in_language
    from planforms.loading import load, revise
    from planforms.models.action_plan import (
        ActionPlan,
        CurrentSituation,
        HourStep,
        LinkedPlan,
        PlanActivity,
        PlanFollowUp,
        PlanGoal,
        PlanHours,
        PlannedWorkplace,
        PlanReview,
        PlanView,
        StartGoal,
        SubGoal,
    )
    from planforms.models.appeal import Appeal, Appellant
    from planforms.models.case import Case, Closure, Milestones
    from planforms.models.complaint import (
        Answer,
        AnsweredBy,
        AppealedDecision,
        Capacity,
        Complainant,
        Complaint,
        ComplaintAbout,
        ComplaintOutcome,
        ComplaintReply,
        Incident,
        Matter,
        Receipt,
        ReceiptManner,
        ReplyAction,
        Subject,
    )
    from planforms.models.consent import Consent, ConsentLine, Manner
    from planforms.models.documentation import Documentation, DocumentationAnswer
    from planforms.models.documents import (
        Additional,
        CaseDocument,
        Explanation,
        Period,
        Replacement,
        Signature,
        SignatureState,
        Status,
        UnitDocument,
    )
    from planforms.models.final_report import (
        Activity,
        Agreement,
        Assignment,
        Attendance,
        Attendee,
        Basis,
        ClosingMeeting,
        Development,
        Direction,
        Extent,
        FinalReport,
        FollowUp,
        HoursFrom,
        InstrumentUse,
        Measure,
        NextStep,
        ParticipantView,
        PlanStep,
        Question,
        RatedArea,
        RatedItem,
        Statement,
        Workplace,
    )
    from planforms.models.mapping import MappingEntry, NeedsMapping
    from planforms.models.people import (
        Address,
        Organisation,
        Part,
        Participant,
        Recipient,
        Representative,
        RepresentativeKind,
        Role,
        TeamMember,
    )
    from planforms.models.rights import Rights
    from planforms.models.secrecy import (
        ConsentGiven,
        Copy,
        Decision,
        Disclosure,
        DisclosureBasis,
        Exchange,
        Information,
    )
    from planforms.readback.reading import Reading, read
    from planforms.registry import Kind, register
    from planforms.rendering import blank, deadlines, kinds, render, validate
    from planforms.rules.facts import Fact
    from planforms.writers.docx import to_docx
    from planforms.writers.html import to_html
    from planforms.writers.pdf import to_pdf
    from planforms.writing import write

__version__ = "0.1.0"

_NAMES = {
    "batching.agenda": ("Agenda", "Group", "OpenDeadline", "agenda"),
    "batching.planning": ("Item", "Outcome"),
    "batching.running": ("Batch", "batch"),
    "catalogue": ("choices", "labels", "service_names"),
    "checking.checks": ("check",),
    "data_schema": ("schema",),
    "document": ("Document", "State"),
    "errors": (
        "DataError",
        "PlanformsError",
        "Problem",
        "ProfileError",
        "Severity",
        "TemplateError",
        "UsageError",
    ),
    "explaining": ("in_language",),
    "loading": ("load", "revise"),
    "models.action_plan": (
        "ActionPlan",
        "CurrentSituation",
        "HourStep",
        "LinkedPlan",
        "PlanActivity",
        "PlanFollowUp",
        "PlanGoal",
        "PlanHours",
        "PlanReview",
        "PlanView",
        "PlannedWorkplace",
        "StartGoal",
        "SubGoal",
    ),
    "models.appeal": ("Appeal", "Appellant"),
    "models.case": ("Case", "Closure", "Milestones"),
    "models.complaint": (
        "Answer",
        "AnsweredBy",
        "AppealedDecision",
        "Capacity",
        "Complainant",
        "Complaint",
        "ComplaintAbout",
        "ComplaintOutcome",
        "ComplaintReply",
        "Incident",
        "Matter",
        "Receipt",
        "ReceiptManner",
        "ReplyAction",
        "Subject",
    ),
    "models.consent": ("Consent", "ConsentLine", "Manner"),
    "models.documentation": ("Documentation", "DocumentationAnswer"),
    "models.documents": (
        "Additional",
        "CaseDocument",
        "Explanation",
        "Period",
        "Replacement",
        "Signature",
        "SignatureState",
        "Status",
        "UnitDocument",
    ),
    "models.final_report": (
        "Activity",
        "Agreement",
        "Assignment",
        "Attendance",
        "Attendee",
        "Basis",
        "ClosingMeeting",
        "Development",
        "Direction",
        "Extent",
        "FinalReport",
        "FollowUp",
        "HoursFrom",
        "InstrumentUse",
        "Measure",
        "NextStep",
        "ParticipantView",
        "PlanStep",
        "Question",
        "RatedArea",
        "RatedItem",
        "Statement",
        "Workplace",
    ),
    "models.mapping": ("MappingEntry", "NeedsMapping"),
    "models.people": (
        "Address",
        "Organisation",
        "Part",
        "Participant",
        "Recipient",
        "Representative",
        "RepresentativeKind",
        "Role",
        "TeamMember",
    ),
    "models.rights": ("Rights",),
    "models.secrecy": (
        "ConsentGiven",
        "Copy",
        "Decision",
        "Disclosure",
        "DisclosureBasis",
        "Exchange",
        "Information",
    ),
    "readback.reading": ("Reading", "read"),
    "registry": ("Kind", "register"),
    "rendering": ("blank", "deadlines", "kinds", "render", "validate"),
    "rules.facts": ("Fact",),
    "writers.docx": ("to_docx",),
    "writers.html": ("to_html",),
    "writers.pdf": ("to_pdf",),
    "writing": ("write",),
}
"""What is public, by the module that holds it."""

_HOMES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "ActionPlan",
    "Activity",
    "Additional",
    "Address",
    "Agenda",
    "Agreement",
    "Answer",
    "AnsweredBy",
    "Appeal",
    "AppealedDecision",
    "Appellant",
    "Assignment",
    "Attendance",
    "Attendee",
    "Basis",
    "Batch",
    "Capacity",
    "Case",
    "CaseDocument",
    "ClosingMeeting",
    "Closure",
    "Complainant",
    "Complaint",
    "ComplaintAbout",
    "ComplaintOutcome",
    "ComplaintReply",
    "Consent",
    "ConsentGiven",
    "ConsentLine",
    "Copy",
    "CurrentSituation",
    "DataError",
    "Decision",
    "Development",
    "Direction",
    "Disclosure",
    "DisclosureBasis",
    "Document",
    "Documentation",
    "DocumentationAnswer",
    "Exchange",
    "Explanation",
    "Extent",
    "Fact",
    "FinalReport",
    "FollowUp",
    "Group",
    "HourStep",
    "HoursFrom",
    "Incident",
    "Information",
    "InstrumentUse",
    "Item",
    "Kind",
    "LinkedPlan",
    "Manner",
    "MappingEntry",
    "Matter",
    "Measure",
    "Milestones",
    "NeedsMapping",
    "NextStep",
    "OpenDeadline",
    "Organisation",
    "Outcome",
    "Part",
    "Participant",
    "ParticipantView",
    "Period",
    "PlanActivity",
    "PlanFollowUp",
    "PlanGoal",
    "PlanHours",
    "PlanReview",
    "PlanStep",
    "PlanView",
    "PlanformsError",
    "PlannedWorkplace",
    "Problem",
    "ProfileError",
    "Question",
    "RatedArea",
    "RatedItem",
    "Reading",
    "Receipt",
    "ReceiptManner",
    "Recipient",
    "Replacement",
    "ReplyAction",
    "Representative",
    "RepresentativeKind",
    "Rights",
    "Role",
    "Severity",
    "Signature",
    "SignatureState",
    "StartGoal",
    "State",
    "Statement",
    "Status",
    "SubGoal",
    "Subject",
    "TeamMember",
    "TemplateError",
    "UnitDocument",
    "UsageError",
    "Workplace",
    "agenda",
    "batch",
    "blank",
    "check",
    "choices",
    "deadlines",
    "in_language",
    "kinds",
    "labels",
    "load",
    "read",
    "register",
    "render",
    "revise",
    "schema",
    "service_names",
    "to_docx",
    "to_html",
    "to_pdf",
    "validate",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
