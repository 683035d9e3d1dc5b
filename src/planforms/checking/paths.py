"""The second check: every path of every template against the models.

It follows loops, ``set``, ``with`` and macros, also into branches that no example takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import nodes

from planforms.checking.attribution import Macro, attribute, together
from planforms.checking.findings import Finding
from planforms.checking.parsing import parse
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.syntax import is_sound
from planforms.checking.units import Unit, shared_files, units_of
from planforms.checking.vocabulary import Profiles, names_of_kind, read_profiles, words_of
from planforms.checking.walking import Walk
from planforms.languages import Words
from planforms.models.documents import CaseDocument
from planforms.registry import KINDS


def check_paths(sources: Sources) -> Iterator[Finding]:
    """Every expression that asks for something that is not there, or that it cannot be used for."""
    profiles = read_profiles(sources.services)
    for language in sources.languages:
        words = words_of(language, sources.folders)
        units = list(units_of(sources, language))
        found = together(walk_of(unit, words, profiles).found for unit in units)
        yield from attribute(found)
        readable = all(map(is_sound, units))  # else nobody can tell what they would call
        for file in shared_files(sources, language) if readable else ():
            yield from _uncalled(file, words, profiles, frozenset(found.calls))


@lru_cache(maxsize=1024)
def walk_of(unit: Unit, words: Words | None, profiles: Profiles) -> Walk:
    """The walk through one document's template and the macros that it calls."""
    kind, easy = KINDS.of_paper(unit.document.kind)
    names = names_of_kind(kind.name, kind.model, words, profiles, easy=easy)
    walk = Walk(unit.parsed, unit.library(), names)
    walk.walk()
    return walk


@lru_cache(maxsize=1024)
def _uncalled(
    file: SourceFile, words: Words | None, profiles: Profiles, called: frozenset[Macro]
) -> tuple[Finding, ...]:
    """Macros that no document calls, and what is wrong with the fields that all kinds have."""
    parsed = parse(file)
    findings: list[Finding] = []
    for name, macro in parsed.macros().items():
        if (str(file.path), name) in called:
            continue
        names = names_of_kind("", CaseDocument, words, profiles)
        walk = Walk(parsed, {file.path.name: parsed}, names)
        walk.walk_macro(macro)
        own = [one for one in attribute(walk.found) if one.code != "template.undefined"]
        findings += own or [_unused(file, macro)]
    return tuple(findings)


def _unused(file: SourceFile, macro: nodes.Macro) -> Finding:
    offset = max(file.content.find(macro.name, macro.lineno - 1), 0)
    what = f"no document calls {macro.name}"
    hint = "call it where it belongs, or take it out"
    return file.finding("check.unused", offset, macro.name, what, hint).as_warning()
