"""The check of offices' own Word templates: all that holds of the others, and what Word does.

A Word template is looked at as a whole, since whatever is wrong in it stands in one file: first
whether it is safe and its tags are whole, then what they name, then what is missing, and at last
it is filled so that each of its branches is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from planforms.checking.attribution import attribute
from planforms.checking.completeness import missing_from
from planforms.checking.findings import Finding
from planforms.checking.parsing import Parsed, parse
from planforms.checking.paths import walk_of
from planforms.checking.sources import Sources
from planforms.checking.states import Office, Trials
from planforms.checking.units import Unit
from planforms.checking.vocabulary import Profiles, read_profiles, words_of
from planforms.checking.walking import Walk
from planforms.checking.word_files import check_names, word_templates
from planforms.checking.word_marks import check_marks
from planforms.checking.word_source import WordSource, word_source
from planforms.errors import Problem, TemplateError
from planforms.languages import language_folders
from planforms.word_templates.finding import own_words
from planforms.word_templates.template import load_template

_END = re.compile(r"[}%#]\}|\{%\s*(p|tr|tc)?\s*end")
"""How a problem begins that is about the end of something."""


def check_word_templates(sources: Sources) -> Iterator[Finding]:
    """Everything that is wrong with Word templates, and that they say what they say."""
    yield from check_names(sources)
    files = word_templates(sources)
    profiles = read_profiles(sources.services) if files else None
    for (language, _), path in files.items():
        assert profiles is not None
        yield from _check(language, path, sources, profiles)


def _check(language: str, path: Path, sources: Sources, profiles: Profiles) -> Iterator[Finding]:
    try:
        template = load_template(path)
    except TemplateError as error:
        nothing = WordSource(language, path, "")
        yield from map(nothing.at, error.problems)
        return
    source = word_source(language, path, template)
    torn = _first_of_each([*check_marks(source), *parse(source).findings])
    torn = torn or _first_of_each(map(source.at, _leading(template.problems)))
    yield from torn
    words = words_of(language, sources.folders)
    if words is None or torn:
        return
    unit = Unit(source, ())
    walk = walk_of(unit, words, profiles)
    found = attribute(walk.found)
    yield from found
    yield _note(source)
    if any(one.is_error for one in found):
        return
    for finding in missing_from(unit, sources, profiles):
        yield source.at(replace(finding, place=""))
    office = Office(profiles, words, tuple(language_folders(language, sources.folders)))
    trials = _WordTrials(unit, office)
    trials.make_all(trials.made_up(walk.conditions))
    trials.make_all(trials.of_cases(one for one in sources.cases if one.kind == source.kind))
    yield from trials.findings or _never(walk, unit.parsed)


def _first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """The first finding of each paragraph: the next may well follow from it."""
    return list({one.place: one for one in reversed(list(findings))}.values())[::-1]


def _leading(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems of how tags stand together, without those of an end whose beginning is told."""
    told: dict[str, str] = {}
    for problem in problems:
        is_end = _END.match(problem.message) and problem.code in told.values()
        follows = any(f"({_paragraph(place)})" in problem.message for place in told)
        told[problem.place] = problem.code
        if not is_end and not follows:
            yield problem


def _paragraph(place: str) -> str:
    """A place without its file."""
    return place.partition(": ")[2]


def _note(source: WordSource) -> Finding:
    """That nobody holds the words of a Word template to those of the PDF and the web page."""
    return source.at(replace(own_words(source.kind, source.language), place=""))


def _never(walk: Walk, parsed: Parsed) -> Iterator[Finding]:
    """Conditions that cannot hold by themselves.

    Those inside of others are left alone: a template to begin with has them, where a part that
    kinds of document share asks what is settled in this one.
    """
    outermost = {node.lineno for node in parsed.tree.body} if parsed.tree else set()
    for (_, place), condition in walk.conditions.items():
        if place in outermost and not condition.loop and not condition.sides.get(True):
            yield condition.warning("the condition never holds")


class _WordTrials(Trials):
    """The documents that a Word template is tried with."""

    def note(self, problem: Problem) -> None:
        """A problem of filling the Word template; those of the other one are told elsewhere."""
        source = self.unit.document
        assert isinstance(source, WordSource)
        if problem.place.startswith(f"{source.language}/{source.path.name}"):
            self.findings[source.at(problem)] = None
