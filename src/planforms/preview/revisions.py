"""Two revisions of the words beside each other: what documents said, and what they say now."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from planforms.errors import UsageError
from planforms.languages import template_root
from planforms.preview.choosing import Roots

BUILT_IN = "built-in"
"""Compare one's own templates with the built-in ones."""
_SECONDS = 20.0


def earlier(roots: Roots, against: str, store: Path) -> Roots:
    """Where the words of an earlier revision lie.

    Args:
        roots: where today's lie.
        against: :data:`BUILT_IN`, or a revision that git knows, such as ``HEAD~3``.
        store: a folder to put the files of a revision into.

    Raises:
        UsageError: git knows no such revision, or no folder of templates lies in a repository.
    """
    if against == BUILT_IN:
        return replace(roots, templates=(), services=())
    own = roots.templates or (template_root(),)
    return replace(
        roots,
        templates=tuple(_at_revision(folder, against, store) for folder in own),
        services=tuple(_at_revision(folder, against, store) for folder in roots.services),
    )


def _at_revision(folder: Path, against: str, store: Path) -> Path:
    """A folder as it was, put into the store; what it was does not change, so it is kept."""
    tree = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{against}^{{tree}}"
    )
    within = _git(folder, "rev-parse", "--show-prefix")
    target = store / tree / (within or "all")
    if not target.is_dir():
        top = Path(_git(folder, "rev-parse", "--show-toplevel"))
        packed = _run(top, "archive", f"{tree}:{within}" if within else tree)
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(target, filter="data")
    return target


def _git(folder: Path, *arguments: str) -> str:
    return _run(folder, *arguments).decode("utf-8", "surrogateescape").strip()


def _run(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        what = "git does not know this revision of the templates"
        hint = f"name a commit of the repository that they lie in, or {BUILT_IN}"
        raise UsageError.of("preview.revision", "against", what, hint) from None
    return done.stdout


Change = dict[str, str]
"""Some words, and whether they are the same, gone or new."""


def changes_between(before: Sequence[str], after: Sequence[str]) -> list[list[Change]]:
    """The lines of two texts as one text, a line after the other, with what changed in them."""
    rows: list[list[Change]] = []
    for tag, start, end, first, last in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            rows += ([{"kind": "same", "text": line}] for line in before[start:end])
        else:
            old, new = "\n".join(before[start:end]), "\n".join(after[first:last])
            rows.append(list(_word_changes(old, new)))
    return rows


def _word_changes(before: str, after: str) -> Iterator[Change]:
    old, new = before.split(" "), after.split(" ")
    for tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            yield {"kind": "same", "text": " ".join(old[start:end])}
            continue
        if start < end:
            yield {"kind": "gone", "text": " ".join(old[start:end])}
        if first < last:
            yield {"kind": "new", "text": " ".join(new[first:last])}
