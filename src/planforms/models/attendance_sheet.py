"""The attendance sheet: which days were agreed, and on which somebody came.

Least data: there is no field for a reason of absence, and none for money.

Source: Molde; participant and work leader sign.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from planforms.models.documents import CaseDocument, Period, Signature
from planforms.models.fields import MAX_ITEMS, ByHand, Day, Needed, Rows
from planforms.models.people import Part

DAYS_IN_A_MONTH = 31
"""A sheet is for a month at most: a row a day."""

if TYPE_CHECKING:
    HoursADay = Decimal | int
    HoursInAll = Decimal | int
else:
    HoursADay = Annotated[
        Decimal, Field(ge=0, le=24, max_digits=4, decimal_places=2), AfterValidator(abs)
    ]
    """Hours of a day, at most two decimals."""
    HoursInAll = Annotated[
        Decimal, Field(ge=0, le=744, max_digits=5, decimal_places=2), AfterValidator(abs)
    ]
    """Hours of a month, at most two decimals."""


class AttendedDay(Part):
    """One day: the hours that were agreed, and those in which somebody was there."""

    on: Annotated[Day | None, ByHand()] = None
    planned: Annotated[HoursADay | None, ByHand()] = None
    attended: Annotated[HoursADay | None, ByHand()] = None


class AttendanceSheet(CaseDocument):
    """The days of a period, with agreed and attended hours.

    The sums need not be given: they are reckoned (:mod:`planforms.rules.attendance`).
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("period.starts_on", "period.ends_on"),
        ("period.starts_on", "days[].on"),
        ("days[].on", "period.ends_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["attendance_sheet"] = "attendance_sheet"
    period: Annotated[Period | None, Needed()] = None
    days: Annotated[
        tuple[AttendedDay, ...],
        Needed(),
        Field(max_length=DAYS_IN_A_MONTH),
        Rows(DAYS_IN_A_MONTH),
    ] = ()
    planned_hours: Annotated[HoursInAll | None, ByHand()] = None
    attended_hours: Annotated[HoursInAll | None, ByHand()] = None
    signatures: Annotated[tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS)] = ()
