"""One's own copies of built-in templates."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import planforms as pf
from planforms import languages
from planforms.checking.findings import Finding
from planforms.checking.sources import read_sources
from planforms.errors import Severity
from planforms.languages import template_root
from planforms.translating.copies import Existing, check_copies, copy_template
from tests.reports import problems_of

REPORT = "final_report.html"


@pytest.fixture
def built_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Built-in templates that a test may change."""
    folder = tmp_path / "built-in"
    shutil.copytree(template_root(), folder)
    monkeypatch.setattr(languages, "_ROOT", folder)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own, not made yet."""
    return tmp_path / "mine"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(own: Path) -> list[Finding]:
    return list(check_copies(read_sources([own])))


@pytest.mark.parametrize(
    ("kind", "name"),
    [("final_report", REPORT), ("_parts", "_parts.html"), ("terms", "terms.po")],
)
def test_a_copy_is_the_built_in_file_and_renders_the_same(kind: str, name: str, own: Path) -> None:
    copied = copy_template(kind, "da", own)
    assert (copied.path, copied.written) == (own / "da" / name, True)
    assert copied.path.read_bytes() == (template_root() / "da" / name).read_bytes()
    mine = pf.blank("final_report", service="vivirk", templates=own)
    assert mine == pf.blank("final_report", service="vivirk")
    assert found(own) == []


def test_words_that_are_changed_in_a_copy_stand_in_the_document(own: Path) -> None:
    change(copy_template("final_report", "da", own).path, "Bestillingen", "Opgaven")
    text = pf.blank("final_report", service="vivirk", templates=own).text()
    assert "Opgaven" in text
    assert found(own) == []


def test_a_changed_copy_is_not_overwritten_unasked(own: Path) -> None:
    path = copy_template("final_report", "da", own).path
    change(path, "Bestillingen", "Opgaven")
    mine = path.read_bytes()
    with pytest.raises(pf.UsageError) as caught:
        copy_template("final_report", "da", own)
    assert problems_of(caught.value) == {("copy.changed", str(path))}
    assert path.read_bytes() == mine
    assert copy_template("final_report", "da", own, Existing.KEEP).written is False
    assert path.read_bytes() == mine
    assert copy_template("final_report", "da", own, Existing.REPLACE).written is True
    assert path.read_bytes() == (template_root() / "da" / REPORT).read_bytes()


def test_a_file_that_was_never_copied_is_not_overwritten_unasked(own: Path) -> None:
    path = own / "da" / REPORT
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(pf.UsageError):
        copy_template("final_report", "da", own)
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_copy_tells_what_has_changed_in_the_built_in_file(built_in: Path, own: Path) -> None:
    path = copy_template("final_report", "no", own).path
    change(path, "Periode", "Fra og til")
    change(built_in / "no" / REPORT, "<h2>Bestillingen</h2>", "<h2>Oppdraget</h2>")
    [finding] = found(own)
    assert (finding.code, finding.severity) == ("check.copy_outdated", Severity.WARNING)
    assert (finding.file, finding.source) == (str(path), "<h2>Bestillingen</h2>")
    assert "-<h2>Bestillingen</h2>\n+<h2>Oppdraget</h2>" in finding.hint
    assert "Fra og til" not in finding.hint
    assert f"planforms templates copy final_report no -o {own} --keep" in finding.hint


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("<h2>Bestillingen</h2>\n", "<h2>Bestillingen</h2>\n<p>Ny</p>\n", "<h2>Bestillingen</h2>"),
        ("<h2>Bestillingen</h2>\n", "", "<h2>Bestillingen</h2>"),
    ],
)
def test_the_place_is_where_something_came_or_went(
    built_in: Path, own: Path, old: str, new: str, line: str
) -> None:
    copy_template("final_report", "no", own)
    change(built_in / "no" / REPORT, old, new)
    assert [finding.source for finding in found(own)] == [line]


def test_what_was_taken_over_and_noted_is_told_no_more(built_in: Path, own: Path) -> None:
    path = copy_template("final_report", "no", own).path
    change(path, "Periode", "Fra og til")
    change(built_in / "no" / REPORT, "Bestillingen", "Oppdraget")
    copy_template("final_report", "no", own, Existing.KEEP)
    assert found(own) == []
    assert "Fra og til" in path.read_text(encoding="utf-8")


def test_a_copy_that_says_what_the_built_in_file_says_is_up_to_date(
    built_in: Path, own: Path
) -> None:
    path = copy_template("final_report", "no", own).path
    for file in (path, built_in / "no" / REPORT):
        change(file, "Bestillingen", "Oppdraget")
    assert found(own) == []


def test_an_unchanged_copy_is_brought_up_to_date_by_copying_again(
    built_in: Path, own: Path
) -> None:
    copy_template("final_report", "no", own)
    change(built_in / "no" / REPORT, "Bestillingen", "Oppdraget")
    assert len(found(own)) == 1
    assert copy_template("final_report", "no", own).written is True
    assert found(own) == []


def test_a_copy_that_was_deleted_is_none(built_in: Path, own: Path) -> None:
    copy_template("final_report", "no", own).path.unlink()
    change(built_in / "no" / REPORT, "Bestillingen", "Oppdraget")
    assert found(own) == []


def test_a_copy_lies_where_rendering_looks_whatever_the_language_is_called(own: Path) -> None:
    assert copy_template("final_report", "nb-NO", own).path == own / "no" / REPORT


@pytest.mark.parametrize(
    ("kind", "language", "code"),
    [("recipe", "no", "kind.unknown"), ("final_report", "fi", "language.unknown")],
)
def test_what_is_not_built_in_cannot_be_copied(
    kind: str, language: str, code: str, own: Path
) -> None:
    with pytest.raises(pf.UsageError) as caught:
        copy_template(kind, language, own)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert not own.exists()


def test_the_built_in_folder_is_no_place_for_copies() -> None:
    with pytest.raises(pf.UsageError) as caught:
        copy_template("final_report", "no", template_root(), Existing.REPLACE)
    assert {problem.code for problem in caught.value.problems} == {"copy.built_in"}
