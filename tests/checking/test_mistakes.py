"""Seeded mistakes of translators, each its own small file, and edits that must raise nothing.

A file in ``mistakes/`` changes one file of the templates::

    file = "no/final_report.html"        # the file that is changed
    old = "{{ case.number }}"            # stands there once; empty puts "new" in place of the file
    new = "{{ case.nmber }}"
    code = "template.path"               # what the check must say
    line_of = "case.nmber"               # a text in the line it must point at, after the change

A file in ``clean/`` has the first three only.

    alone = true                         # only if it would hide others, or they it

The check is asked about several at once, since looking at everything for each mistake alone takes
four times as long: about those in one file that one check looks for, place by place, and at the
same time about some of each other language.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from planforms.checking.checks import check
from planforms.checking.findings import Finding
from planforms.errors import Problem
from planforms.languages import template_root

HERE = Path(__file__).parent
MISTAKES = sorted((HERE / "mistakes").glob("*.toml"))
CLEAN = sorted((HERE / "clean").glob("*.toml"))
REVIEW = "check.outdated"
"""Any change of words asks for a look at the other languages; that is no mistake."""


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def change(seed: dict[str, Any], folder: Path) -> Path:
    """Change a file in a folder of one's own, where it may have been changed before."""
    path = folder / str(seed["file"])
    path.parent.mkdir(parents=True, exist_ok=True)
    old, new = seed["old"], seed["new"]
    if old:
        before = path if path.exists() else template_root() / seed["file"]
        content = before.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"stands {content.count(old)} times: {old}"
        new = content.replace(old, new)
    path.write_text(new, encoding="utf-8")
    return path


@cache
def found_before() -> frozenset[tuple[str, str, str]]:
    """What the built-in templates are warned about as they are."""
    return frozenset(identity(problem) for problem in check())


def identity(problem: Problem) -> tuple[str, str, str]:
    """What stays the same where lines have moved: the code, the file and the words."""
    place = problem.place
    if isinstance(problem, Finding):
        place = "/".join(Path(problem.file).parts[-2:])
    return problem.code, place, problem.message


def found_after(folder: Path) -> list[Problem]:
    return [p for p in check(templates=folder) if identity(p) not in found_before()]


PLACE_BY_PLACE = ("parity", "paths", "tags", "wording")
"""Checks that look at each place by itself: what their seeds' names begin with."""

Group = tuple[Path, ...]


def groups(paths: Iterable[Path]) -> list[Group]:
    """Seeds that are tried together: the first bundle of each language, the second, and so on."""
    all_paths = list(paths)
    alone = [path for path in all_paths if read(path).get("alone")]
    by_language: dict[str, list[Group]] = defaultdict(list)
    for bundle in bundles(path for path in all_paths if path not in alone):
        by_language[read(bundle[0])["file"].partition("/")[0]].append(bundle)
    rows = zip_longest(*by_language.values(), fillvalue=())
    together = (tuple(path for bundle in row for path in bundle) for row in rows)
    return [*together, *((path,) for path in alone)]


def bundles(paths: Iterable[Path]) -> list[Group]:
    """Seeds in one file, those of one check together if their words are not in each other's way."""
    found: dict[object, list[Group]] = defaultdict(list)
    for path in paths:
        seed, check_name = read(path), path.stem.partition("_")[0]
        mixes = seed["old"] and check_name in PLACE_BY_PLACE
        bundled = found[(seed["file"], check_name) if mixes else path]
        fitting = (number for number, one in enumerate(bundled) if are_apart([*one, path]))
        number = next(fitting, None)
        if number is None:
            bundled.append((path,))
        else:
            bundled[number] = (*bundled[number], path)
    return [bundle for some in found.values() for bundle in some]


def are_apart(paths: Iterable[Path]) -> bool:
    """Whether some seeds in one file can be put there one after the other."""
    seeds = [read(path) for path in paths]
    content = (template_root() / seeds[0]["file"]).read_text(encoding="utf-8")
    for seed in seeds:
        if content.count(seed["old"]) != 1:
            return False
        content = content.replace(seed["old"], seed["new"])
    return True


def ids(group: Group) -> str:
    return "+".join(path.stem for path in group)


@pytest.mark.parametrize("group", groups(MISTAKES), ids=ids)
def test_each_mistake_is_found_once_and_at_its_line(group: Group, tmp_path: Path) -> None:
    seeds = [read(path) for path in group]
    changed = [change(seed, tmp_path) for seed in seeds]
    found = [problem for problem in found_after(tmp_path) if problem.code != REVIEW]
    for seed, path in zip(seeds, changed, strict=True):
        [finding] = [one for one in found if is_of(one, seed, path)]
        assert isinstance(finding, Finding)
        line = path.read_text(encoding="utf-8").splitlines()[finding.line - 1]
        assert finding.source == line
        assert line[finding.column - 1 :].startswith(finding.text.split("\n")[0])
        assert finding.hint
        found.remove(finding)
    assert found == []


def is_of(problem: Problem, seed: dict[str, Any], path: Path) -> bool:
    """Whether a finding is what a mistake must give, in the line that it must point at."""
    return (
        isinstance(problem, Finding)
        and (problem.code, problem.file) == (seed["code"], str(path))
        and seed["line_of"] in path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    )


@pytest.mark.parametrize("group", groups(CLEAN), ids=ids)
def test_a_clean_edit_raises_nothing(group: Group, tmp_path: Path) -> None:
    for path in group:
        change(read(path), tmp_path)
    assert [p for p in found_after(tmp_path) if p.code != REVIEW] == []


def test_every_seed_is_tried() -> None:
    for paths in (MISTAKES, CLEAN):
        assert sorted(path for group in groups(paths) for path in group) == paths
    assert len(groups(MISTAKES)) < len(MISTAKES) / 2


def test_there_are_mistakes_of_many_sorts() -> None:
    seeds = [read(path) for path in MISTAKES]
    assert len(seeds) >= 50
    assert len({seed["code"] for seed in seeds}) >= 25
