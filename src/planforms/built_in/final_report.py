"""The final report."""

from planforms.models.final_report import FinalReport
from planforms.registry import Kind

KIND = Kind(FinalReport)
