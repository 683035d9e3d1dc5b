"""Whether each language has all words that documents ask for, and no others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from planforms.checking.asked import asked_keys
from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources, is_brought
from planforms.checking.term_keys import needed_keys, profiled_contexts
from planforms.checking.terms import ListedTerm, parse, read_terms
from planforms.checking.vocabulary import Profiles, read_profiles
from planforms.errors import did_you_mean
from planforms.languages import PROBLEMS_FILE, TERMS_FILE, TermKey, template_root
from planforms.registry import KINDS
from planforms.services import list_services

PLACEHOLDER = re.compile(r"\{\w*\}")
"""Stands for what is filled in: ``{count}``."""


def check_terms(sources: Sources) -> Iterator[Finding]:
    """Mistakes of form, words that are missing, and entries that nothing asks for.

    Of a list with mistakes of form, nothing else is told.
    """
    terms = {code: read_terms(sources, code) for code in sources.languages}
    for language in sources.languages:
        file = sources.files.get((language, TERMS_FILE))
        if file is None:
            continue
        entries, findings = parse(file)
        yield from findings
        if not findings:
            profiles = _profiles_of(sources, language)
            kinds = [kind for kind in KINDS if sources.template(language, kind)]
            needed = known = needed_keys(kinds, profiles)
            if is_brought(language):
                needed = asked_keys(sources, language, profiles)
                known = needed_keys(KINDS, profiles)
            listed = _List(file, entries, terms, needed, known)
            yield from listed.missing()
            yield from listed.unused()
            yield from listed.placeholders()


def check_problems(sources: Sources) -> Iterator[Finding]:
    """Mistakes in the words for problems, and messages that another language tells and this not."""
    parsed = {
        language: parse(file)
        for (language, name), file in sources.files.items()
        if name == PROBLEMS_FILE
    }
    told = {entry.key for entries, _ in parsed.values() for entry in entries}
    for language, (entries, findings) in parsed.items():
        yield from findings
        file = sources.files[language, PROBLEMS_FILE]
        own = {entry.key for entry in entries if all(entry.forms)}
        for key in sorted(told - own) if not findings else ():
            hint = f'add msgctxt "{key[0]}", msgid "{key[1]}" and msgstr "…"'
            yield file.finding("check.term_missing", 0, "", f"{_named(key)} is missing", hint)
        for entry in entries:
            yield from _differing(entry, frozenset(PLACEHOLDER.findall(entry.key[1])))


@dataclass(frozen=True, slots=True)
class _List:
    """One language's list.

    Attributes:
        file: the file it stands in.
        entries: what stands there.
        terms: the terms of all languages.
        needed: the keys that documents in this language ask for.
        known: the keys that documents of any kind can ask for.
    """

    file: SourceFile
    entries: tuple[ListedTerm, ...]
    terms: dict[str, dict[TermKey, ListedTerm]]
    needed: frozenset[TermKey]
    known: frozenset[TermKey]

    def missing(self) -> Iterator[Finding]:
        """Words that documents ask for, and entries without words."""
        for entry in self.entries:
            if not all(entry.forms):
                hint = f"write them after msgstr{self._example(entry.key)}"
                yield entry.finding("check.term_missing", f"{_named(entry.key)} has no words", hint)
        told = {entry.key for entry in self.entries}
        for key in sorted(self.needed - self.terms[self.file.language].keys() - told):
            hint = f'add msgctxt "{key[0]}", msgid "{key[1]}" and msgstr "…"{self._example(key)}'
            message = f"{_named(key)} is missing"
            place = self._place_for(key)
            yield self.file.finding("check.term_missing", place, "", message, hint)

    def _example(self, key: TermKey) -> str:
        """What the first other language has there."""
        found = ((code, terms[key]) for code, terms in self.terms.items() if key in terms)
        code, term = next(found, ("", None))
        return f" ({code}: {' / '.join(term.forms)})" if term else ""

    def _place_for(self, key: TermKey) -> int:
        """After the last entry of the same context, else after the last of all."""
        near = [entry for entry in self.entries if entry.key[0] == key[0]] or self.entries
        return max((entry.end for entry in near), default=0)

    def unused(self) -> Iterator[Finding]:
        """Entries that no document asks for; in a list of one's own, own services may."""
        free = frozenset() if template_root() in self.file.path.parents else profiled_contexts()
        for entry in self.entries:
            if entry.key not in self.known and entry.key[0] not in free:
                message = f"nothing asks for {_named(entry.key)}"
                hint = f"{self._meant(*entry.key)}; else take it out"
                yield entry.finding("check.term_unused", message, hint).as_warning()

    def _meant(self, context: str, key: str) -> str:
        """What somebody may have written instead of a context and a key that nothing asks for."""
        contexts = sorted({context for context, _ in self.known})
        if context not in contexts:
            return did_you_mean(
                context, contexts, form="msgctxt {}", otherwise="contexts are not translated"
            )
        keys = sorted(key for other, key in self.known if other == context)
        return did_you_mean(key, keys, otherwise="keys are not translated")

    def placeholders(self) -> Iterator[Finding]:
        """Entries whose placeholders are not those of most languages."""
        for entry in self.entries:
            versions = [terms[entry.key] for terms in self.terms.values() if entry.key in terms]
            counted = Counter(_placeholders(term) for term in versions)
            if len(versions) > 1 and entry.term.is_usable:
                common = max(counted, key=lambda names: counted[names])
                yield from _differing(entry, common)


def _profiles_of(sources: Sources, language: str) -> Profiles:
    """The services that write in a language; one's own writes in its own language."""
    built_in = list_services()
    pairs = (
        (service, country)
        for service, country in read_profiles(sources.services).pairs
        if service.id in built_in or sources.code(service.language) == language
    )
    return Profiles(tuple(pairs))


def _differing(entry: ListedTerm, common: frozenset[str]) -> Iterator[Finding]:
    own = _placeholders(entry)
    known = ", ".join(sorted(common - own or common))
    for name in sorted(own - common):
        hint = f"write {known}: it is never translated" if known else "take it out"
        place = entry.file.content.find(name, entry.offset)
        message = f"nothing is filled in for {name}"
        yield entry.file.finding("check.placeholder", place, name, message, hint)
    if own < common:
        lacking = ", ".join(sorted(common - own))
        hint = "what stands there is filled in; every language needs it"
        yield entry.finding("check.placeholder", f"lacks {lacking}", hint)


def _placeholders(term: ListedTerm) -> frozenset[str]:
    return frozenset(name for form in term.forms for name in PLACEHOLDER.findall(form))


def _named(key: TermKey) -> str:
    return f"{key[0]} {key[1]}"
