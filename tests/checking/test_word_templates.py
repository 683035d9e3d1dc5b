"""Seeded mistakes of people who use Word, and edits that must raise nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from planforms.checking import checks
from planforms.checking.findings import Finding
from planforms.checking.sources import Sources, read_sources
from planforms.checking.states import Trials
from planforms.checking.word_templates import check_word_templates
from planforms.checking.wording import check_wording
from planforms.errors import Severity
from planforms.loading import load
from planforms.translating.word_starters import word_template
from tests.commands import call
from tests.reports import ROOT
from tests.word_templates.seeds import CLEAN, HERE, MISTAKES, changed, read


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of templates with one of Word, again and again: words are read once for it."""
    made = tmp_path_factory.mktemp("templates")
    (made / "no").mkdir()
    return made


@cache
def sources(folder: Path) -> Sources:
    return read_sources((folder,))


LETTER = ROOT / "examples" / "molde" / "summons_talk_with_nav_and_the_workplace.json"


def found_in(content: bytes, folder: Path) -> list[Finding]:
    """What the check says of a Word template, beside that it is one."""
    (folder / "no" / "summons.docx").write_bytes(content)
    found = check_word_templates(sources(folder))
    return [one for one in found if one.severity is not Severity.NOTE]


def name_of(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", MISTAKES, ids=name_of)
def test_each_mistake_is_found_once_and_at_its_place(path: Path, folder: Path) -> None:
    seed = read(path)
    [finding] = found_in(changed(seed), folder)
    assert (finding.code, finding.where) == (seed["code"], seed["place"])
    assert finding.text == seed["text"]
    assert finding.source[finding.column - 1 :].startswith(finding.text)
    assert finding.hint
    assert finding.place == ": ".join(filter(None, (str(finding.file), seed["place"])))


def together(paths: list[Path]) -> list[tuple[Path, ...]]:
    """Edits that can be made in one file, so that they can be looked at together."""
    groups: list[tuple[Path, ...]] = []
    for path in paths:
        fitting = (number for number, one in enumerate(groups) if are_apart(*one, path))
        number = next(fitting, -1)
        if number < 0:
            groups.append((path,))
        else:
            groups[number] = (*groups[number], path)
    return groups


def are_apart(*paths: Path) -> bool:
    """Whether no edit is in the way of another one."""
    places = [change["in"] for path in paths for change in read(path)["change"]]
    return len(places) == len(set(places))


@pytest.mark.parametrize("paths", together(CLEAN), ids=lambda paths: "+".join(map(name_of, paths)))
def test_a_clean_edit_raises_nothing(paths: tuple[Path, ...], folder: Path) -> None:
    assert found_in(changed(*map(read, paths)), folder) == []


def test_there_are_mistakes_of_many_sorts() -> None:
    assert len(MISTAKES) >= 60
    assert len(CLEAN) >= 30
    assert len({read(path)["code"] for path in MISTAKES}) >= 25


def test_a_terminal_and_annotations_tell_the_paragraph(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_word_templates in checks.CHECKS
    content = changed(read(HERE / "mistakes" / "path_misspelt.toml"))
    (folder / "no" / "summons.docx").write_bytes(content)
    found = tuple(check_word_templates(sources(folder)))
    monkeypatch.setattr(checks, "check", lambda **_: found)
    told = call("check")
    assert told.returncode == 1
    assert "summons.docx: note: makes the Word document of this kind" in told.stdout
    assert "summons.docx: paragraph 5: error: meeting.dayy: no such field" in told.stdout
    assert "\n      | Tid: {{ meeting.dayy }}" in told.stdout
    assert "1 error, 1 note" in told.stderr
    annotated = call("check", "--format", "github").stdout
    assert "::notice title=word.own,file=" in annotated
    assert "summons.docx::paragraph 5: meeting.dayy: no such field" in annotated


def test_a_file_that_somebody_has_open_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "~$mmons.docx").write_bytes(b"")
    assert list(check_word_templates(read_sources((tmp_path,)))) == []


STARTERS = {"no": "action_plan", "nn": "final_report", "sv": "consent", "da": "appeal"}


def test_a_template_to_begin_with_raises_nothing(tmp_path: Path) -> None:
    for language, kind in STARTERS.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / f"{kind}.docx").write_bytes(word_template(kind, language))
    found = list(check_word_templates(read_sources((tmp_path,))))
    assert [one.code for one in found] == ["word.own"] * len(STARTERS)


HINTS = {
    "if_left_open_over_paragraphs": "write {%p endif %} where it ends",
    "if_left_open": "write {% endif %} where it ends",
    "statement_include": "known: if, elif, else, endif, for, endfor",
    "autocorrect_dash": "write -; Ctrl+Z right after it takes back what AutoCorrect did",
    "syntax_nobody_can_read": "compare with the tags of another paragraph",
}


@pytest.mark.parametrize(("name", "hint"), HINTS.items(), ids=HINTS)
def test_hints_are_for_somebody_who_uses_word(name: str, hint: str, folder: Path) -> None:
    [finding] = found_in(changed(read(HERE / "mistakes" / f"{name}.toml")), folder)
    assert finding.hint == hint


def test_it_is_tried_with_cases_of_ones_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = read(HERE / "mistakes" / "state_fact_not_asked_for.toml")
    (folder / "no" / "summons.docx").write_bytes(changed(seed))
    monkeypatch.setattr(Trials, "made_up", lambda *_: iter(()))
    with_case = replace(sources(folder), cases=(load(LETTER),))
    found = [check_word_templates(one) for one in (sources(folder), with_case)]
    assert [[one.code for one in some] for some in found] == [
        ["word.own"],
        ["word.own", "template.absent"],
    ]


def test_words_of_a_word_template_are_spelled_as_a_warning(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    change = {"in": "Ring ", "old": "hvis tiden", "new": "vis tidden"}
    (tmp_path / "no" / "summons.docx").write_bytes(changed({"change": [change]}))
    found = [one for one in check_wording(read_sources((tmp_path,))) if not one.is_of_lines]
    [finding] = [one for one in found if one.code == "check.spelling"]
    assert (finding.severity, finding.where, finding.text) == (
        Severity.WARNING,
        "paragraph 18",
        "tidden",
    )


NAMES = {
    "no/samtykke.docx": ("no kind of document is called samtykke", "call it consent.docx"),
    "no/consnet.docx": ("no kind of document is called consnet", "did you mean consent?"),
    "no/consent.doc": ("a file that ends in .doc is not used", "save it"),
    "no/consent.docm": ("a file that ends in .docm is not used", "save it"),
    "consent.docx": ("belongs to no language here", "put it into a folder of its language"),
}


@pytest.mark.parametrize(("name", "told"), NAMES.items(), ids=NAMES)
def test_a_file_that_makes_no_document_is_told(
    name: str, told: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / name).write_bytes(b"")
    [finding] = check_word_templates(read_sources((tmp_path,)))
    assert (finding.code, finding.severity) == ("word.name", Severity.WARNING)
    assert finding.message == told[0]
    assert told[1] in finding.hint


def test_of_two_folders_the_first_template_counts(tmp_path: Path) -> None:
    for name, seed in (("first", []), ("second", [{"in": "Sak {{", "gone": True}])):
        (tmp_path / name / "no").mkdir(parents=True)
        (tmp_path / name / "no" / "summons.docx").write_bytes(changed({"change": seed}))
    both = tuple(tmp_path / name for name in ("first", "second"))
    assert {one.code for one in check_word_templates(read_sources(both))} == {"word.own"}


def test_a_file_that_is_no_word_document_is_told_with_the_rest(folder: Path) -> None:
    [finding] = found_in(b"{\\rtf1", folder)
    assert (finding.code, finding.where, finding.source) == ("word.format", "", "")
    assert finding.place.endswith("summons.docx")
