"""Whether a kind of document has a Word template, and what there is to say of it then.

Kept apart from what reads such files, which documents of kinds without one do not need.
"""

from __future__ import annotations

from pathlib import Path

from planforms.document import OWN_WORD
from planforms.errors import Problem, Severity


def find_template(folders: tuple[Path, ...], kind: str) -> Path | None:
    """The Word template of a kind in the first of some folders that has one."""
    paths = (folder / f"{kind}.docx" for folder in folders)
    return next((path for path in paths if path.is_file()), None)


def own_words(kind: str, language: str) -> Problem:
    """What there is to say of a kind that has a Word template: its words are not the others'."""
    message = "makes the Word document of this kind: its words are its own from here on"
    hint = (
        "the PDF and the web page are made from the .html; "
        f"planforms diff {kind} {language} --word shows what differs"
    )
    return Problem(OWN_WORD, f"{language}/{kind}.docx", message, hint, Severity.NOTE)
