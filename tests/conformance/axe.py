"""WCAG 2.1 A and AA as far as a machine can tell, checked by axe-core in Chromium."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.conformance.programs import CheckerError, program, run

CHECK = Path(__file__).parent / "axe.mjs"


def axe(pages: Sequence[Path]) -> dict[Path, list[str]]:
    """What keeps people from using each page; starting takes 2 seconds.

    Checked at 1280 and at 320 pixels. A page also fails if it is too wide for the narrow screen,
    asks for anything outside itself, or writes to the browser's console.

    Raises:
        CheckerError: the browser cannot run, or gave no verdict about a page.
    """
    report = run(program("node"), CHECK, program("chromium"), *pages)
    verdicts = [json.loads(line) for line in report.splitlines()]
    failures = {Path(verdict["file"]): verdict["failures"] for verdict in verdicts}
    if failures.keys() != set(pages):
        raise CheckerError("axe did not judge every page")
    return failures
