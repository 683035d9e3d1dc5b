"""All checks of words and templates, and what comes out of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from planforms.checking.completeness import check_completeness
from planforms.checking.findings import Finding
from planforms.checking.glyphs import check_glyphs
from planforms.checking.locales import check_locales
from planforms.checking.page_budgets import check_page_budgets
from planforms.checking.parity import check_parity
from planforms.checking.paths import check_paths
from planforms.checking.profile_texts import check_profile_texts
from planforms.checking.sources import Sources, read_sources
from planforms.checking.states import check_states
from planforms.checking.syntax import check_syntax
from planforms.checking.term_lists import check_problems, check_terms
from planforms.checking.word_templates import check_word_templates
from planforms.checking.wording import check_wording
from planforms.checking.wording.forms import check_forms
from planforms.errors import DataError, Problem
from planforms.loading import load
from planforms.models.documents import DocumentData
from planforms.setting import Folders, folder_paths
from planforms.translating.copies import check_copies
from planforms.translating.outdated import check_outdated

Check = Callable[[Sources], Iterator[Finding]]

CHECKS: dict[Check, tuple[Check, ...]] = {
    check_syntax: (),
    check_paths: (check_syntax,),
    check_states: (check_syntax, check_paths),
    check_terms: (),
    check_problems: (),
    check_completeness: (check_syntax, check_paths),
    check_parity: (check_syntax, check_paths, check_states),
    check_copies: (),
    check_glyphs: (),
    check_profile_texts: (),
    check_locales: (),
    check_wording: (check_syntax,),
    check_forms: (),
    check_word_templates: (),
}
"""Every check, with those that must have found no error in a file before its own findings about
that file count: one mistake is told once."""

SHARED = "_parts.html"
MAX_TOLD = 2_000
"""So many findings of one check nobody reads; it looks no further."""


def check(
    *,
    templates: Folders = None,
    services: Folders = None,
    data: Folders = None,
    as_of: date | None = None,
    outdated: bool = False,
    pages: bool = False,
) -> tuple[Problem, ...]:
    """Everything that is wrong with the templates and the words of all languages.

    Args:
        templates: folders that come before the built-in templates, first one first.
        services: folders that come before the built-in service and country profiles.
        data: folders of case data that the templates are tried with, beside what is made up.
        as_of: the day on which citations of law must not have been looked up too long ago; their
            age does not count if it is not given.
        outdated: whether to tell also which translations nobody has compared with the other
            languages since the words changed there.
        pages: whether to lay out the empty forms of templates that one has changed, and tell which
            have more pages than their kind may have; takes a third of a second for each.

    Returns:
        Problems with file, line and column, in that order; warnings among them.

    Raises:
        DataError: there are mistakes in the case data.
        ProfileError: a service or country profile has mistakes.
        UsageError: there is no such folder.
    """
    sources = replace(
        read_sources(folder_paths(templates)),
        services=folder_paths(services),
        cases=tuple(_cases(folder_paths(data))),
        as_of=as_of,
    )
    found = _run_all(sources)
    found[check_outdated] = list(check_outdated(sources)) if outdated else []
    found[check_page_budgets] = list(check_page_budgets(sources)) if pages else []
    findings = {finding for some in found.values() for finding in some}
    return tuple(
        sorted(findings, key=lambda one: (one.file, one.line, one.column, one.code, one.message))
    )


def _run_all(sources: Sources) -> dict[Check, list[Finding]]:
    """The findings of each check, without those that follow from others."""
    found: dict[Check, list[Finding]] = {}
    with ThreadPoolExecutor(max_workers=1) as pool:
        # most of the time of this one is spent by another program, beside the other checks
        beside = {check_wording: pool.submit(list, islice(check_wording(sources), MAX_TOLD))}
        for one, needs in CHECKS.items():
            broken = {place for need in needs for place in _broken(found[need])}
            told = beside[one].result() if one in beside else islice(one(sources), MAX_TOLD)
            found[one] = [finding for finding in told if not _places(finding) & broken]
    return found


def _cases(folders: Sequence[Path]) -> Iterator[DocumentData]:
    """The case data of some folders.

    Raises:
        DataError: a file has mistakes; all those of all files are told.
    """
    problems: list[Problem] = []
    for path in sorted(path for folder in folders for path in folder.rglob("*.json")):
        try:
            yield load(path)
        except DataError as error:
            problems += (replace(one, place=f"{path}: {one.place}") for one in error.problems)
    if problems:
        raise DataError(problems)


def _broken(findings: list[Finding]) -> set[Path]:
    return {Path(one.file) for one in findings if one.is_error}


def _places(finding: Finding) -> set[Path]:
    """The files that a finding depends on: its own, and what that may import."""
    path = Path(finding.file)
    return {path, path.with_name(SHARED)}
