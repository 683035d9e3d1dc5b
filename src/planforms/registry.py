"""The kinds of document that planforms knows, each with its model."""

from __future__ import annotations

from planforms.models.documents import DocumentData
from planforms.models.final_report import FinalReport

KINDS: dict[str, type[DocumentData]] = {"final_report": FinalReport}
"""Model by kind. The kind is also the template's file name and the key of its title."""
