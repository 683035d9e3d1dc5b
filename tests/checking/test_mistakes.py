"""Seeded mistakes of translators, each its own small file, and edits that must raise nothing.

A file in ``mistakes/`` changes one file of the templates::

    file = "no/final_report.html"        # the file that is changed
    old = "{{ case.number }}"            # stands there once; empty puts "new" in place of the file
    new = "{{ case.nmber }}"
    code = "template.path"               # what the check must say
    line_of = "case.nmber"               # a text in the line it must point at, after the change
    where = "sv/final_report.html"       # only if the finding stands in another file

A file in ``clean/`` has the first three only.
"""

from __future__ import annotations

import tomllib
from functools import cache
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
    """Write the changed file into a folder of one's own."""
    path = folder / str(seed["file"])
    path.parent.mkdir(parents=True)
    old, new = seed["old"], seed["new"]
    if old:
        content = (template_root() / seed["file"]).read_text(encoding="utf-8")
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


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_found_once_and_at_its_line(path: Path, tmp_path: Path) -> None:
    seed = read(path)
    changed = change(seed, tmp_path)
    found = found_after(tmp_path)
    expected = [p for p in found if p.code == seed["code"]]
    assert [p for p in found if p.code not in (seed["code"], REVIEW)] == []
    [finding] = expected
    assert isinstance(finding, Finding)
    place = tmp_path / seed["where"] if "where" in seed else changed
    assert finding.file.endswith(seed.get("where", seed["file"]))
    content = Path(finding.file).read_text(encoding="utf-8")
    assert place == changed or not place.exists()
    assert seed["line_of"] in content.splitlines()[finding.line - 1]
    assert finding.source == content.splitlines()[finding.line - 1]
    assert finding.source[finding.column - 1 :].startswith(finding.text.split("\n")[0])
    assert finding.hint


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_clean_edit_raises_nothing(path: Path, tmp_path: Path) -> None:
    change(read(path), tmp_path)
    assert [p for p in found_after(tmp_path) if p.code != REVIEW] == []


def test_there_are_mistakes_of_many_sorts() -> None:
    seeds = [read(path) for path in MISTAKES]
    assert len(seeds) >= 50
    assert len({seed["code"] for seed in seeds}) >= 25
