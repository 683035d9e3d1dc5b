"""Names of files: safe everywhere, and never a person's."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Naming(StrEnum):
    """What a file's name is made of."""

    CASE = "case"
    """Case number, kind, language and copy."""
    SEQUENCE = "sequence"
    """A number that says nothing, kept from run to run."""


def stem(case_number: str, kind: str, language: str, copy: int) -> str:
    """The name without its suffix; ``copy`` is 0 for the document itself.

    Letters and digits stay; everything else becomes ``-``, so that the name is safe on every
    file system and cannot leave its folder.
    """
    plain = unicodedata.normalize("NFC", case_number)
    safe = re.sub(r"[^\w]+|_", "-", plain).strip("-") or "case"
    return f"{safe}_{kind}_{language}{_copy(copy)}"


def sequence_stem(number: int, copy: int) -> str:
    """A name that tells nothing of the case."""
    return f"{number:07d}{_copy(copy)}"


def _copy(copy: int) -> str:
    return f"_copy{copy}" if copy else ""


def folded(name: str) -> str:
    """The name as a file system sees it that does not tell capitals or accents apart."""
    return unicodedata.normalize("NFKD", name).casefold()
