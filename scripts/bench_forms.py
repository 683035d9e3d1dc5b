"""Measures forms that come back: from a file of each format to data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import planforms as pf
from planforms.forms.identity import identity_of
from planforms.readback.sniffing import READERS
from planforms.writers import FILLABLE
from planforms.writing import to_bytes
from scripts.bench_figures import ROOT, Bench, Figure, Size, median

FULL_OF_VALUES = ROOT / "examples" / "hjortmossen" / "all_instruments_and_long_text.json"
"""The example with most values."""


def reading(size: Size) -> Iterator[Figure]:
    """Reading the fullest form in each format that can be filled in."""
    for name, content in _forms().items():
        took = median(lambda content=content: pf.read(content), size)  # type: ignore[misc]
        values = f"{len(content):,} bytes"
        yield Figure(f"filled form to data, {name}, {values}", took, "ms", goal=50)


def _forms() -> dict[str, bytes]:
    data = pf.load(FULL_OF_VALUES)
    document = pf.blank(data.kind, service=data.service_key, language=data.language, data=data)
    values: dict[str, Any] = {
        path: place.raw if isinstance(place.raw, tuple) else str(place.raw)
        for path, place in document.places.items()
        if place.raw is not None and not place.fixed
    }
    saved = json.dumps({"planforms": str(identity_of(document)), "values": values})
    formats = sorted(READERS.keys() & FILLABLE)
    files = {format: to_bytes(document, format, fillable=True) for format in formats}
    return {"json": saved.encode(), **files}


BENCHES: tuple[Bench, ...] = (reading,)
