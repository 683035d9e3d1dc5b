"""A case system makes its reports with planforms: rows in, PDFs or lists of problems out."""

import sys
import tempfile
from pathlib import Path

import planforms as pf

ROWS = [  # as a database might give them; the people are invented
    {"case": "2026/0042", "name": "Ada Eksempel", "measure": "smia", "ended": "2026-10-30"},
    {"case": "2026/0043", "name": "Bo Eksempel", "measure": "fram", "ended": "30.10.2026"},
]


def report_of(row: dict[str, str]) -> dict[str, object]:
    """A row as planforms expects it; a draft, since much is still to be written."""
    case = {"number": row["case"], "service": "molde", "participant": {"name": row["name"]}}
    measure = {"key": row["measure"], "ended_on": row["ended"]}
    return {"kind": "final_report", "language": "no", "case": case, "measure": measure}


folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
for row in ROWS:
    try:
        document = pf.render(pf.load(report_of(row)))
        pf.write(document, folder / f"{row['case'].replace('/', '-')}.pdf")
    except pf.PlanformsError as error:
        print(f"{row['case']} has problems:", *error.problems, sep="\n  ")
print("PDFs are in", folder)
