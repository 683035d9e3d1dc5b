"""The attendance sheet: its sums are reckoned."""

from planforms.models.attendance_sheet import AttendanceSheet
from planforms.registry import Kind
from planforms.rules import attendance

KIND = Kind(
    AttendanceSheet,
    problems=(attendance.attendance_problems,),
    facts=(attendance.sums_of,),
    rules=attendance.RULES,
    for_participant=True,
    pages=1,
)
