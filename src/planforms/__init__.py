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
    from planforms.batching.running import Batch, batch
    from planforms.checking.checks import check
    from planforms.document import Document
    from planforms.errors import (
        DataError,
        PlanformsError,
        Problem,
        ProfileError,
        TemplateError,
        UsageError,
    )
    from planforms.loading import load, revise
    from planforms.models.action_plan import ActionPlan
    from planforms.models.appeal import Appeal
    from planforms.models.complaint import Complaint, ComplaintReply
    from planforms.models.consent import Consent
    from planforms.models.documentation import Documentation
    from planforms.models.final_report import FinalReport
    from planforms.models.mapping import NeedsMapping
    from planforms.models.rights import Rights
    from planforms.registry import Kind, register
    from planforms.rendering import blank, deadlines, kinds, render
    from planforms.rules.facts import Fact
    from planforms.writers.docx import to_docx
    from planforms.writers.html import to_html
    from planforms.writers.pdf import to_pdf
    from planforms.writing import write

__version__ = "0.1.0"

_HOMES = {
    "Batch": "batching.running",
    "batch": "batching.running",
    "check": "checking.checks",
    "Document": "document",
    "PlanformsError": "errors",
    "DataError": "errors",
    "ProfileError": "errors",
    "TemplateError": "errors",
    "UsageError": "errors",
    "Problem": "errors",
    "Fact": "rules.facts",
    "ActionPlan": "models.action_plan",
    "Appeal": "models.appeal",
    "Complaint": "models.complaint",
    "ComplaintReply": "models.complaint",
    "Consent": "models.consent",
    "Documentation": "models.documentation",
    "FinalReport": "models.final_report",
    "NeedsMapping": "models.mapping",
    "Rights": "models.rights",
    "load": "loading",
    "revise": "loading",
    "render": "rendering",
    "blank": "rendering",
    "deadlines": "rendering",
    "kinds": "rendering",
    "Kind": "registry",
    "register": "registry",
    "write": "writing",
    "to_html": "writers.html",
    "to_pdf": "writers.pdf",
    "to_docx": "writers.docx",
}

__all__ = [
    "ActionPlan",
    "Appeal",
    "Batch",
    "Complaint",
    "ComplaintReply",
    "Consent",
    "DataError",
    "Document",
    "Documentation",
    "Fact",
    "FinalReport",
    "Kind",
    "NeedsMapping",
    "PlanformsError",
    "Problem",
    "ProfileError",
    "Rights",
    "TemplateError",
    "UsageError",
    "batch",
    "blank",
    "check",
    "deadlines",
    "kinds",
    "load",
    "register",
    "render",
    "revise",
    "to_docx",
    "to_html",
    "to_pdf",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
