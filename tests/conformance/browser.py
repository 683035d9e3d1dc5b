"""Chromium: whether a form can be filled in there, and what it saves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from planforms.readback.returned import Written
from tests.conformance.programs import CheckerError, program, run

FILL = Path(__file__).parent / "form.mjs"


class Filled(NamedTuple):
    """A page that was filled in: the file that it saved, and what went wrong."""

    saved: bytes
    failures: list[str]


def fill_in(pages: Mapping[Path, Mapping[str, Written]]) -> dict[Path, Filled]:
    """Each page filled in with what is to be written at its paths; a few seconds a page.

    Raises:
        CheckerError: the browser cannot run, or gave up on a page.
    """
    arguments: list[Path] = []
    for page, values in pages.items():
        written = page.with_suffix(".values.json")
        written.write_text(json.dumps(values), encoding="utf-8")
        arguments += (page, written)
    report = run(program("node"), FILL, program("chromium"), *arguments)
    found = [json.loads(line) for line in report.splitlines()]
    filled = {Path(one["file"]): Filled(one["saved"].encode(), one["failures"]) for one in found}
    if filled.keys() != set(pages):
        raise CheckerError("Chromium did not fill in every page")
    return filled
