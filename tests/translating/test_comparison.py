"""Words beside each other, for reviewers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import planforms as pf
from planforms import cli
from planforms.checking.pieces import pieces_of
from planforms.checking.sources import Sources, read_sources
from planforms.translating.comparison import Row, compare
from planforms.translating.copies import copy_template
from tests.checking.changes import changed
from tests.reports import problems_of

REPORT = "final_report.html"


def changes(now: Sources, kind: str = "final_report", language: str = "no") -> list[Row]:
    return compare(now, read_sources(), kind, language)


def test_a_changed_text_stands_beside_the_old_one_and_the_other_languages() -> None:
    [row] = changes(changed("no", REPORT, "Bestillingen", "Oppdraget"))
    assert (row.before, row.now) == ("Bestillingen", "Oppdraget")
    assert row.beside == {"da": "Bestillingen", "nn": "Bestillinga", "sv": "Uppdraget"}
    assert row.section == "Oppdraget"
    path, line = row.place.rsplit(":", 1)
    assert path.endswith(f"no/{REPORT}")
    assert "Bestillingen" in Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_fields_and_conditions_are_shown_in_brackets_and_emphasis_is_not() -> None:
    old = "<td>{{ attendance.attended_days }}"
    new = "<td><strong>Kom</strong> {% if attendance %}{{ attendance.attended_days }}{% endif %}"
    [row] = changes(changed("no", REPORT, old, new))
    assert row.before
    assert row.before.startswith("[attendance.attended_days] av")
    assert row.now
    assert row.now.startswith("Kom [if attendance][attendance.attended_days][endif] av")


def test_a_field_that_was_exchanged_is_shown_though_no_word_changed() -> None:
    [row] = changes(changed("no", REPORT, "<p>{{ obstacles }}</p>", "<p>{{ resources }}</p>"))
    assert (row.before, row.now) == ("[obstacles]", "[resources]")


def test_new_and_gone_texts_have_one_side() -> None:
    [new] = changes(changed("no", REPORT, "<p>{{ methods }}</p>", "<p>{{ methods }}</p><p>Ny</p>"))
    assert (new.before, new.now, new.beside) == (None, "Ny", {})
    gone = "<li>Spør oss om alt du lurer på. Vi kan lese den høyt, og du kan få tolk.</li>"
    [row] = changes(changed("no", REPORT, gone, ""))
    assert row.now is None
    assert row.before
    assert row.before in gone


def test_changes_of_shared_parts_and_of_terms_belong_to_the_kinds_that_print_them() -> None:
    sources = changed("no", "_parts.html", "Utkast.", "Et utkast.")
    old, new = 'msgstr "Deres referanse"', 'msgstr "Referansen deres"'
    sources = changed("no", "terms.po", old, new, base=sources)
    part, term = changes(sources)
    assert part.section == "state_note"
    assert (term.section, term.before, term.now) == (
        "field Recipient.reference",
        "Deres referanse",
        "Referansen deres",
    )
    assert term.beside["sv"]
    assert changes(sources, kind="_parts") == [part]
    assert changes(sources, kind="terms") == [term]


def test_terms_that_a_kind_does_not_print_are_left_out() -> None:
    sources = changed(
        "no", "terms.po", 'msgid "complaint"\nmsgstr "', 'msgid "complaint"\nmsgstr "X'
    )
    assert changes(sources, kind="final_report") == []
    assert len(changes(sources, kind="complaint")) == 1


def test_nothing_differs_where_nothing_was_changed() -> None:
    for kind in ("final_report", "_parts", "terms"):
        assert changes(read_sources(), kind) == []


def test_without_an_older_version_every_text_stands_beside_the_other_languages() -> None:
    sources = read_sources()
    rows = compare(sources, None, "final_report", "no")
    assert all(row.before is None and row.now for row in rows)
    shown = [row.now or "" for row in rows]
    for kind in ("final_report", "_parts"):
        file = sources.template("no", kind)
        assert file
        for words in (piece.value for piece in pieces_of(file) if piece.has_words):
            assert any(words in text for text in shown), words
    assert all(set(row.beside) == {"da", "nn", "sv"} for row in rows)


def test_one_other_language_can_be_chosen() -> None:
    rows = compare(read_sources(), None, "final_report", "da", against="sv")
    assert {tuple(row.beside) for row in rows} == {("sv",)}
    [row] = [
        row for row in rows if row.now == "Bestillingen" and not row.section.startswith("field")
    ]
    assert row.beside == {"sv": "Uppdraget"}


def test_languages_answer_to_their_other_names() -> None:
    sources = read_sources()
    rows = compare(sources, None, "rights", "nb-NO", against="SV")
    assert rows == compare(sources, None, "rights", "no", against="sv")


@pytest.mark.parametrize(
    ("kind", "language", "against", "problem"),
    [
        ("recipe", "no", None, ("kind.unknown", "recipe")),
        ("final_report", "fi", None, ("language.unknown", "fi")),
        ("final_report", "no", "fi", ("language.unknown", "fi")),
    ],
)
def test_unknown_kinds_and_languages_are_wrong_calls(
    kind: str, language: str, against: str | None, problem: tuple[str, str]
) -> None:
    with pytest.raises(pf.UsageError) as caught:
        compare(read_sources(), None, kind, language, against)
    assert problems_of(caught.value) == {problem}


# --- on the command line --------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own with a changed heading."""
    path = copy_template("final_report", "no", tmp_path).path
    text = path.read_text(encoding="utf-8").replace("<h2>Bestillingen", "<h2>Oppdraget")
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_shows_versions_below_each_other(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["diff", "final_report", "no", "--templates", str(own)]) == 0
    place, *versions = capsys.readouterr().out.splitlines()
    assert place.startswith(f"{own / 'no' / REPORT}:")
    assert [line.split() for line in versions] == [
        ["before", "Bestillingen"],
        ["no", "Oppdraget"],
        ["da", "Bestillingen"],
        ["nn", "Bestillinga"],
        ["sv", "Uppdraget"],
    ]


def test_the_command_answers_in_json(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["diff", "final_report", "no", "--templates", str(own), "--against", "sv", "--json"]
    assert cli.main(call) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert row["before"] == "Bestillingen"
    assert row["beside"] == {"sv": "Uppdraget"}
    assert set(row) == {"place", "section", "before", "now", "beside"}


def test_long_texts_are_broken_and_indented(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["diff", "final_report", "no"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 100 for line in lines if line.startswith(" "))
    assert any(line.startswith(" " * 10) for line in lines)


def test_where_nothing_differs_the_command_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["diff", "final_report", "no", "--templates", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "no words differ\n")


def test_the_command_copies_a_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["templates", "copy", "final_report", "no", "-o", str(tmp_path)]
    path = tmp_path / "no" / REPORT
    assert cli.main(call) == 0
    assert capsys.readouterr().out == f"{path}\twritten\n"
    path.write_text("mine", encoding="utf-8")
    assert cli.main(call) == 2
    assert "[copy.changed]" in capsys.readouterr().err
    assert cli.main([*call, "--keep", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"path": str(path), "written": False}
    assert cli.main([*call, "--replace"]) == 0
    assert path.read_text(encoding="utf-8") != "mine"
