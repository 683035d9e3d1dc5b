"""Every language has the same fields, conditions, loops, headings and signature blocks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.parity import check_parity
from planforms.checking.sources import Sources, read_sources
from planforms.errors import Severity
from tests.checking.changes import added, changed

REPORT = "final_report.html"


def told(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Where each finding is, by language and file, and what it says."""
    return [("/".join(Path(found.file).parts[-2:]), found.message) for found in findings]


def only(sources: Sources) -> Finding:
    [finding] = check_parity(sources)
    return finding


def test_the_built_in_languages_are_alike() -> None:
    assert list(check_parity(read_sources())) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "message"),
    [
        ("da", "{{ obstacles }}", "", "lacks {{ obstacles }}, which nn, no and sv have here"),
        ("no", "<p>{{ methods }}</p>", "<p>{{ methods }} {{ case.number }}</p>",
         "has {{ case.number }}, which da, nn and sv have not"),
        ("sv", "{% if closing_meeting %}", "{% if follow_up %}",
         "has {% if follow_up %} where da, nn and no have {% if closing_meeting %}"),
        ("no", "<h2>Bestillingen</h2>", "<h3>Bestillingen</h3>",
         "has <h3> where da, nn and sv have <h2>"),
        ("da", "{{ signing_table() }}", "",
         "lacks {{ signing_table() }}, which nn, no and sv have here"),
        ("no", "<h2>Bestillingen</h2>", "<h2></h2>", "lacks words, which da, nn and sv have here"),
        ("no", '<aside class="summary">', '<aside class="note">',
         'has <aside class="note"> where da, nn and sv have <aside class="summary">'),
        ("sv", "</table>\n", "</table>\n<p>Hej!</p>\n",
         "has <p> words, which da, nn and no have not"),
    ],
)  # fmt: skip
def test_what_one_language_has_alone_is_told_there(
    language: str, old: str, new: str, message: str
) -> None:
    finding = only(changed(language, REPORT, old, new))
    assert told([finding]) == [(f"{language}/{REPORT}", message)]
    assert (finding.code, finding.severity) == ("check.parity", Severity.ERROR)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bestillingen", "Det vi ble bedt om"),
        ("<h2>Bestillingen</h2>", "<h2><strong>Bestillingen</strong></h2>"),
        ('date("short")', "date( 'short' )"),
        ('width="36%"', 'width="35%"'),
        ("<h2>Bestillingen</h2>", "{# en merknad #}\n<h2>Bestillingen</h2>"),
        ("avtalte dager", ""),
    ],
)
def test_words_emphasis_widths_and_notes_are_free(old: str, new: str) -> None:
    assert list(check_parity(changed("no", REPORT, old, new))) == []


def test_the_mark_stands_under_what_is_too_much() -> None:
    finding = only(changed("no", REPORT, "{{ methods }}", "{{ methods }} {{case.number}}"))
    assert finding.source == "<p>{{ methods }} {{case.number}}</p>"
    assert finding.source[finding.column - 1 :].startswith("{{case.number}}")
    assert finding.text == "{{case.number}}"


def test_the_mark_stands_where_something_is_missing() -> None:
    finding = only(changed("no", REPORT, "{{ conclusion }}", ""))
    assert finding.source == "  <p></p>"
    assert finding.column == 6
    assert finding.text == ""


def test_the_hint_names_the_place_in_a_language_that_has_it() -> None:
    finding = only(changed("no", REPORT, "{{ conclusion }}", ""))
    path, line = finding.hint.removeprefix("compare ").split(";")[0].split(":")
    assert path == f"da/{REPORT}"
    danish = read_sources().files["da", REPORT].content.splitlines()
    assert "{{ conclusion }}" in danish[int(line) - 1]


def test_a_long_difference_is_cut_short() -> None:
    extra = "".join(f"<p>{{{{ case.number }}}} {n}</p>" for n in range(20))
    finding = only(changed("no", REPORT, "<h2>Bestillingen</h2>", f"<h2>Bestillingen</h2>{extra}"))
    assert "… (40 in all)" in finding.message


def test_the_majority_is_right_wherever_each_language_differs_somewhere() -> None:
    sources = changed("no", REPORT, "{{ conclusion }}", "{{ conclusion }}{{ case.number }}")
    sources = changed("sv", REPORT, "{{ obstacles }}", "", base=sources)
    sources = changed("da", REPORT, "{% if closing_meeting %}", "{% if follow_up %}", base=sources)
    assert sorted(told(check_parity(sources))) == [
        (f"da/{REPORT}",
         "has {% if follow_up %} where nn, no and sv have {% if closing_meeting %}"),
        (f"no/{REPORT}", "has {{ case.number }}, which da, nn and sv have not"),
        (f"sv/{REPORT}", "lacks {{ obstacles }}, which da, nn and no have here"),
    ]  # fmt: skip


def test_of_two_languages_the_built_in_one_is_the_model(tmp_path: Path) -> None:
    (tmp_path / "da").mkdir()
    sources = read_sources()
    content = sources.files["da", REPORT].content.replace("{{ conclusion }}", "")
    (tmp_path / "da" / REPORT).write_text(content, encoding="utf-8")
    both = read_sources([tmp_path])
    files = {key: file for key, file in both.files.items() if key[0] in ("da", "sv")}
    finding = only(Sources(both.folders, files))
    assert finding.file == str(tmp_path / "da" / REPORT)
    assert finding.message == "lacks {{ conclusion }}, which sv have here"


@pytest.mark.parametrize("tenths", range(10))
def test_a_file_that_breaks_off_differs_from_the_others(tenths: int) -> None:
    content = read_sources().files["no", REPORT].content
    findings = list(check_parity(added("no", REPORT, content[: len(content) * tenths // 10])))
    assert findings
    assert {told([found])[0][0] for found in findings} == {f"no/{REPORT}"}


def test_empty_files_differ_from_a_full_one() -> None:
    sources = added("sv", REPORT, "", base=added("no", REPORT, ""))
    sources = added("nn", REPORT, "", base=sources)
    assert {told([found])[0][0] for found in check_parity(sources)} == {f"da/{REPORT}"}


def test_shared_parts_are_compared_too() -> None:
    finding = only(changed("sv", "_parts.html", "{{ signature.role }}", ""))
    assert told([finding])[0][0] == "sv/_parts.html"


# --- differences that are meant -------------------------------------------------------------

ENTRY = """\
[[difference]]
kind = "final_report"
section = "{section}"
what = '{what}'
reason = "Danish law asks for nothing here."
"""
MEANT = ENTRY.format(section="resources", what="lacks {{ obstacles }}")


def danish_without_obstacles(differences: str) -> Sources:
    sources = changed("da", REPORT, "{{ obstacles }}", "")
    return added("da", "differences.toml", differences, base=sources)


def test_a_difference_with_its_reason_is_accepted() -> None:
    assert list(check_parity(danish_without_obstacles(MEANT))) == []


def test_the_hint_tells_the_entry_word_for_word() -> None:
    hint = only(changed("da", REPORT, "{{ obstacles }}", "")).hint
    for line in MEANT.splitlines()[1:4]:
        assert line in hint
    assert "da/differences.toml" in hint


def test_one_reason_accepts_one_difference() -> None:
    sources = changed("da", REPORT, "{{ obstacles }}", "{{ title }}{{ obstacles }}{{ title }}")
    entry = ENTRY.format(section="resources", what="has {{ title }}")
    assert len(list(check_parity(added("da", "differences.toml", entry, base=sources)))) == 1
    assert list(check_parity(added("da", "differences.toml", entry * 2, base=sources))) == []


@pytest.mark.parametrize("section", ["resources", "conclusion"])
def test_a_reason_for_something_else_is_told_beside_the_difference(section: str) -> None:
    what = "lacks {{ obstacles }}" if section == "conclusion" else "lacks {{ resources }}"
    sources = danish_without_obstacles(ENTRY.format(section=section, what=what))
    assert {found.code for found in check_parity(sources)} == {
        "check.parity",
        "check.difference_unused",
    }


def test_a_reason_that_fits_nothing_any_more_is_a_warning_at_its_line() -> None:
    finding = only(added("da", "differences.toml", f"# why\n\n{MEANT}"))
    assert (finding.code, finding.severity) == ("check.difference_unused", Severity.WARNING)
    assert (finding.line, finding.text) == (3, "[[difference]]")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[difference]", "cannot be read"),
        (MEANT.replace("reason", "because"), "unknown field 'because'"),
        (MEANT.rpartition("reason")[0], "reason is missing"),
        (MEANT.replace("Danish law asks for nothing here.", ""), "reason is empty"),
        ("kind = 3", "unknown field 'kind'"),
    ],
)
def test_a_list_of_reasons_with_mistakes_is_told(content: str, message: str) -> None:
    findings = [
        found
        for found in check_parity(danish_without_obstacles(content))
        if found.code == "check.differences"
    ]
    assert any(message in found.message for found in findings)
    assert all(told([found])[0][0] == "da/differences.toml" for found in findings)


def test_reasons_of_the_folders_below_ones_own_hold_too(tmp_path: Path) -> None:
    for name in ("mine", "ours"):
        (tmp_path / name / "da").mkdir(parents=True)
    below = tmp_path / "ours" / "da"
    content = read_sources().files["da", REPORT].content.replace("{{ obstacles }}", "")
    (below / REPORT).write_text(content, encoding="utf-8")
    (below / "differences.toml").write_text(MEANT, encoding="utf-8")
    (tmp_path / "mine" / "da" / "differences.toml").write_text("", encoding="utf-8")
    assert list(check_parity(read_sources([tmp_path / "mine", tmp_path / "ours"]))) == []
