"""The reports of a unit: which headings each has, and whether it leaves the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from planforms.errors import Problem, did_you_mean
from planforms.models.fields import Key
from planforms.services.parts import Basis, ProfilePart
from planforms.services.texts import Translated


class ReportForm(ProfilePart):
    """One report, named as the variant of the unit report that it belongs to.

    Attributes:
        headings: the keys of its headings, in their order.
        outward: whether others than the unit itself read it: numbers of few people are not told.
        basis: ``source`` if the service itself has these headings, ``practice`` if not.
        source: where the report stands.
    """

    headings: Annotated[tuple[Key, ...], Field(min_length=1, max_length=20)]
    outward: bool = True
    basis: Basis = "source"
    source: Translated


def report_problems(
    reports: Mapping[str, ReportForm],
    headings: Mapping[str, str],
    variants: Mapping[str, object],
    file: str,
) -> Iterator[Problem]:
    """Reports that are no variant, and headings without words."""
    for name, report in reports.items():
        place = f"{file}: reports.{name}"
        if name not in variants:
            hint = "name it under documents.unit_report.variants too"
            yield Problem("profile.key", place, "is no variant of the unit report", hint)
        for key in report.headings:
            if key not in headings:
                what, hint = f"has no words: {key}", did_you_mean(key, headings)
                yield Problem("profile.key", f"{place}.headings", what, hint)
