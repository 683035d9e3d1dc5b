"""The first check: whether templates can be read at all, and whether their tags are of the subset.

Needs no data and no model. A file that it finds mistakes in is not looked at any further.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from planforms.checking.attribution import Found, Macro, attribute, together
from planforms.checking.findings import Finding
from planforms.checking.letters import check_letters
from planforms.checking.parsing import parse
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.tags import Tags
from planforms.checking.units import Unit, shared_files, units_of

_TEARING = frozenset(
    {
        "check.block",
        "check.braces",
        "check.keyword",
        "check.letters",
        "template.syntax",
        "template.tag",
    }
)


def check_syntax(sources: Sources) -> Iterator[Finding]:
    """Every mistake in the syntax and the tags of every template."""
    for file in sources.templates():
        yield from _findings_of(file)
    for language in sources.languages:
        yield from _tags(sources, language)


@lru_cache(maxsize=1024)
def _findings_of(file: SourceFile) -> tuple[Finding, ...]:
    return (*parse(file).findings, *check_letters(file))


def _tags(sources: Sources, language: str) -> Iterator[Finding]:
    """The tags of all templates of a language; those of macros where they are called."""
    found = together(map(_tags_of, units_of(sources, language)))
    yield from attribute(found)
    for file in shared_files(sources, language):
        yield from _tags_of_uncalled(file, shared_files(sources, language), frozenset(found.calls))


@lru_cache(maxsize=1024)
def _tags_of(unit: Unit) -> Found:
    library = unit.library()
    if unit.parsed.tree is None or any(_is_torn(one.file) for one in library.values()):
        return Found()
    return Tags(library).check(unit.parsed)


def is_sound(unit: Unit) -> bool:
    """Whether a document's template, and what it can import, has no mistake that this finds."""
    files = (unit.document, *unit.shared)
    if any(finding.is_error for file in files for finding in _findings_of(file)):
        return False
    return not _tags_of(unit).suspicions


@lru_cache(maxsize=1024)
def _tags_of_uncalled(
    file: SourceFile, shared: tuple[SourceFile, ...], called: frozenset[Macro]
) -> tuple[Finding, ...]:
    """The tags of macros that no document calls; where these can stand is not known."""
    parsed = parse(file)
    if any(_is_torn(one) for one in shared):
        return ()
    library = {one.path.name: parse(one) for one in shared}
    own = (name for name in parsed.macros() if (str(file.path), name) not in called)
    found = together(Tags(library).check(parsed, name) for name in own)
    loose = ("template.text", "template.nesting")
    return tuple(one for one in attribute(Found(found.suspicions)) if one.code not in loose)


def _is_torn(file: SourceFile) -> bool:
    """Whether pieces of a file are missing, so that nobody can tell which tags belong together."""
    return any(finding.code in _TEARING for finding in _findings_of(file))
