"""One's own copies of built-in templates, and what has changed in the built-in ones since.

Beside a copy, in the folder ``origin``, lies the built-in file as it was: from the two follows
what has changed here, and from it and today's built-in file what has changed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from itertools import takewhile
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, read_source
from planforms.errors import UsageError, require_known
from planforms.languages import (
    TERMS_FILE,
    language_code,
    language_folders,
    list_languages,
    template_root,
)
from planforms.writing import replace_file

ORIGIN = "origin"
"""The folder beside one's own files that holds the built-in ones as they were."""


class Existing(StrEnum):
    """What becomes of a file of one's own that has been changed."""

    REFUSE = "refuse"
    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Copied:
    """What copying did: where the copy is, and whether it was written or kept as it stood."""

    path: Path
    written: bool


def copy_template(
    kind: str, language: str, folder: Path, existing: Existing = Existing.REFUSE
) -> Copied:
    """Put a built-in template, and a record of it, into a folder of one's own.

    A copy that nobody has changed is brought up to date. What the template imports stays where it
    is: a folder of one's own is looked into first, and the built-in one after it.

    Args:
        kind: a kind of document, ``_parts`` for the shared parts or ``terms`` for the term list.
        language: the language folder.
        folder: where to put ``<language>/<file>``; made if need be.
        existing: what to do with a file there that has been changed.

    Raises:
        UsageError: there is no such template or language, or the file has been changed.
    """
    language = language_code(language)
    files = _built_in(language)
    require_known(kind, files, place="KIND", code="kind.unknown", what="no such template")
    built_in = files[kind]
    if folder.resolve() == template_root().resolve():
        hint = "name a folder of your own"
        raise UsageError.of("copy.built_in", str(folder), "is the built-in folder itself", hint)
    path = folder / language / built_in.name
    origin = path.parent / ORIGIN / path.name
    changed = path.exists() and _text(path) not in (_text(origin), _text(built_in))
    if changed and existing is Existing.REFUSE:
        hint = "--keep leaves it and notes that it is up to date; --replace throws it away"
        raise UsageError.of("copy.changed", str(path), "has been changed", hint)
    origin.parent.mkdir(parents=True, exist_ok=True)
    written = not (changed and existing is Existing.KEEP)
    if written:
        replace_file(path, built_in.read_bytes())
    replace_file(origin, built_in.read_bytes())
    return Copied(path, written)


def check_copies(sources: Sources) -> Iterator[Finding]:
    """Every copy whose built-in template has moved on since, with what has changed there."""
    built_in = {language: _built_in(language) for language in list_languages()}
    for folder in sources.folders:
        for origin in sorted(folder.glob(f"*/{ORIGIN}/*")):
            path = origin.parent.parent / origin.name
            copy = read_source(path.parent.name, path) if path.is_file() else None
            now = built_in.get(path.parent.name, {}).get(path.stem)
            if copy and now and _text(now) not in (_text(origin), copy.content):
                yield _moved_on(copy, _text(origin), _text(now))


def _moved_on(copy: SourceFile, origin: str, built_in: str) -> Finding:
    call = f"planforms templates copy {copy.kind} {copy.language} -o {copy.path.parent.parent}"
    before, after = origin.splitlines(), built_in.splitlines()
    names = ("built in, when it was copied", "built in, now")
    difference = "\n".join(unified_diff(before, after, *names, lineterm=""))
    place = max(copy.content.find(_first_change(before, after)), 0)
    what = "the built-in file has changed since this copy was made"
    hint = f"take over what you need, then note it: {call} --keep\n{difference}"
    return copy.finding("check.copy_outdated", place, "", what, hint).as_warning()


def _first_change(before: list[str], after: list[str]) -> str:
    """The first line that has gone or, if lines were only added, the last one before them."""
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))))
    gone = [line for line in before[same : same + 1] if line not in after]
    return next((line for line in [*gone, *reversed(before[:same])] if line.strip()), "")


def _built_in(language: str) -> dict[str, Path]:
    """The built-in files of words of a language, by kind."""
    return {
        path.stem: path
        for folder in reversed(language_folders(language))
        for path in sorted(folder.iterdir())
        if path.suffix == ".html" or path.name == TERMS_FILE
    }


def _text(path: Path) -> str:
    """The text of a file; empty if there is none."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
