"""Names of files: safe everywhere, and never a person's."""

from __future__ import annotations

import re
from enum import StrEnum

from planforms.models.letters import clean


class Naming(StrEnum):
    """What a file's name is made of."""

    CASE = "case"
    """Case number, kind, language and copy."""
    SEQUENCE = "sequence"
    """A number that says nothing, kept from run to run."""


def stem(case_number: str, kind: str, language: str) -> str:
    """A name without suffix.

    Letters and digits stay; everything else becomes ``-``, so that the name is safe on every
    file system and cannot leave its folder.
    """
    safe = re.sub(r"[^\w]+|_", "-", clean(case_number)).strip("-")
    return f"{safe}_{kind}_{language}"


def numbered(number: int) -> str:
    """A name without suffix that tells nothing of the case."""
    return f"{number:07d}"


def in_large_print(name: str) -> str:
    """The name of a document that is made in large print, beside the one that is not."""
    return f"{name}_large"


def number_of(name: str) -> int | None:
    """The number in a name that :func:`numbered` gave, also of a copy or one in large print."""
    match = re.fullmatch(r"(\d{7,})(_copy\d+)?(_large)?", name)
    return int(match[1]) if match else None
