"""What a fillable form says of itself: which form it is, and of which version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planforms.document import Document, Place

VERSION = 1
"""The version of how fields are written into forms."""
_TEXT = re.compile(
    r"planforms (?P<version>[1-9][0-9]{0,3})"
    r" (?P<kind>[a-z0-9_]{1,60})(?:\.(?P<variant>[a-z0-9_]{1,60}))?"
    r" (?P<language>[A-Za-z0-9-]{1,35}) (?P<service>[a-z0-9_]{1,60})"
    r" (?P<schema>[1-9][0-9]{0,3}) (?P<fingerprint>[0-9a-f]{12})(?P<known> known)?"
)


_HALF = 6


@dataclass(frozen=True, slots=True)
class Identity:
    """Which form a file is.

    Attributes:
        kind: the kind of document.
        language: BCP 47 tag of its words.
        service: the service whose form it is.
        schema: the version of the data that it asks for.
        fingerprint: what the fields of its empty form amount to, and what that says by itself;
            see :attr:`fields` and :attr:`said`.
        version: the version of how fields are written into forms.
        variant: the service's variant of the kind, or another key that decides which of its forms
            it is; empty for the kind as such.
        is_known: whether something stood in it already when it was made.
    """

    kind: str
    language: str
    service: str
    schema: int
    fingerprint: str
    version: int = VERSION
    variant: str = ""
    is_known: bool = False

    @property
    def fields(self) -> str:
        """What fields, options and preprinted words amount to; else, it asks something else."""
        return self.fingerprint[:_HALF]

    @property
    def said(self) -> str:
        """The keys that the form says by itself; with others, its rows are other ones."""
        return self.fingerprint[_HALF:]

    def __str__(self) -> str:
        """One line that :func:`parse` reads."""
        kind = f"{self.kind}.{self.variant}" if self.variant else self.kind
        parts = self.version, kind, self.language, self.service, self.schema, self.fingerprint
        known = " known" if self.is_known else ""
        return f"planforms {' '.join(map(str, parts))}{known}"


def identity_of(document: Document) -> Identity:
    """Which form a document is; a blank and a filled one with the same fields are the same."""
    return Identity(
        document.kind,
        document.language,
        document.service,
        document.schema,
        _fingerprint(document.empty or document.places),
        variant=document.variant,
        is_known=bool(document.empty),
    )


def parse(text: str) -> Identity | None:
    """The identity in a line; ``None`` if it is none."""
    match = _TEXT.fullmatch(text)
    if not match:
        return None
    return Identity(
        match["kind"],
        match["language"],
        match["service"],
        int(match["schema"]),
        match["fingerprint"],
        int(match["version"]),
        match["variant"] or "",
        bool(match["known"]),
    )


def _fingerprint(places: Mapping[str, Place]) -> str:
    lines = sorted(places.items())
    asked = (
        f"{path} {place.type.value} {place.many} {' '.join(key for key, _ in place.options)}"
        + (f" {place.raw}" if place.fixed and not place.options else "")
        for path, place in lines
    )
    keys = (f"{path} {place.raw}" for path, place in lines if place.fixed and place.options)
    return _digest(asked) + _digest(keys)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:_HALF]
