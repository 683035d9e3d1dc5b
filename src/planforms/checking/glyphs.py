"""Letters that the fonts of the documents lack: a reader would see a mark in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from planforms.checking.findings import Finding
from planforms.checking.sources import UNREADABLE, SourceFile, Sources
from planforms.models.letters import runs_left
from planforms.rendering import printable_characters


def check_glyphs(sources: Sources) -> Iterator[Finding]:
    """The first run of letters in each template and list of words that no font can print."""
    for file in sources.files.values():
        if file.path.suffix in (".html", ".po") and not UNREADABLE.search(file.content):
            yield from _check(file)


def _check(file: SourceFile) -> Iterator[Finding]:
    # A note that nobody sees may hold any letters.
    content = _NOTE.sub(lambda note: " " * len(note[0]), file.content)
    lacking = {letter for letter in set(content) - _printable() if not runs_left(letter)}
    found = (
        re.search(f"[{''.join(map(re.escape, sorted(lacking)))}]+", content) if lacking else None
    )
    if found and unicodedata.category(found[0][0])[0] != "C":
        what, hint = "letters that the fonts of documents lack", "write it in other letters"
        yield file.finding("check.glyph", found.start(), found[0], what, hint)


_NOTE = re.compile(r"(?s:\{#.*?#\})|^#.*$", re.MULTILINE)


@cache
def _printable() -> frozenset[str]:
    return printable_characters() | {"\r"}
