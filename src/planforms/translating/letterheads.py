"""A copy of the built-in Word letterhead, to be changed in Word."""

from __future__ import annotations

from pathlib import Path

from planforms.errors import UsageError
from planforms.translating.copies import Copied, Existing
from planforms.writers.shell import BUILT_IN
from planforms.writing import replace_file


def copy_letterhead(folder: Path, existing: Existing = Existing.REFUSE) -> Copied:
    """Put the built-in Word letterhead into a folder of services of one's own.

    Args:
        folder: where to put it; made if need be.
        existing: what to do with a letterhead there that has been changed.

    Raises:
        UsageError: the folder is the built-in one, or the letterhead there has been changed.
    """
    built_in, path = BUILT_IN.read_bytes(), folder / BUILT_IN.name
    if path.resolve() == BUILT_IN.resolve():
        hint = "name a folder of your own"
        raise UsageError.of("copy.built_in", str(folder), "is the built-in folder itself", hint)
    changed = path.exists() and path.read_bytes() != built_in
    if changed and existing is Existing.REFUSE:
        hint = "--keep leaves it; --replace throws it away"
        raise UsageError.of("copy.changed", str(path), "has been changed", hint)
    written = not (changed and existing is Existing.KEEP)
    if written:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, built_in)
    return Copied(path, written)
