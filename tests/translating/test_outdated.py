"""Which languages nobody has looked at since another one changed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import planforms as pf
from planforms.checking.sources import TERMS, Sources, read_sources
from planforms.errors import Severity
from planforms.languages import template_root
from planforms.translating.outdated import LOCK, accept, check_outdated
from tests.checking.changes import changed
from tests.reports import problems_of

REPORT = "final_report.html"
KINDS = ("final_report", "_parts", TERMS)


def only_report(sources: Sources) -> Sources:
    """The final report, what it shares with other kinds, and the terms."""
    kept = (REPORT, "_parts.html", "locale.toml", "terms.po")
    return replace(sources, files={k: file for k, file in sources.files.items() if k[1] in kept})


@pytest.fixture
def compared(tmp_path: Path) -> Sources:
    """The templates, all compared with each other, in a folder of one's own."""
    sources = replace(only_report(read_sources()), folders=(tmp_path,))
    for kind in KINDS:
        for language in sources.languages:
            accept(sources, kind, language)
    assert list(check_outdated(sources)) == []
    return sources


def outdated(sources: Sources) -> set[tuple[str, str]]:
    """The languages that nobody has looked at, each with the words of the heading."""
    return {
        (Path(found.file).parent.name, found.message.split("”")[0].lstrip("“"))
        for found in check_outdated(sources)
    }


def test_everything_built_in_has_been_compared() -> None:
    assert list(check_outdated(read_sources())) == []


def test_a_change_in_one_language_asks_for_a_look_at_the_others(compared: Sources) -> None:
    sources = changed("no", REPORT, "avtalte dager", "dager vi avtalte", base=compared)
    assert outdated(sources) == {("nn", "Tiltaket"), ("sv", "Insatsen"), ("da", "Tilbuddet")}


def test_a_finding_leads_to_the_section_in_both_languages(compared: Sources) -> None:
    sources = changed("no", REPORT, "avtalte dager", "dager vi avtalte", base=compared)
    danish, _nynorsk, swedish = check_outdated(sources)
    assert (danish.code, danish.severity) == ("check.outdated", Severity.WARNING)
    assert danish.source == "<h2>Tilbuddet</h2>"
    assert swedish.source == "<h2>Insatsen</h2>"
    line = sources.files["no", REPORT].content.splitlines().index("<h2>Tiltaket</h2>") + 1
    assert f"no/{REPORT}:{line}" in danish.hint
    assert "planforms check --accept final_report da" in danish.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h2>Tiltaket</h2>", "<h2>  Tiltaket\n</h2>"),
        ("{# Sluttrapport", "{# Rapport"),
        ("<dd>{{ measure.key }}</dd>", "<dd>{{ measure.started_on }}</dd>"),
        ('width="36%"', 'width="35%"'),
    ],
)
def test_what_is_not_words_makes_nothing_outdated(compared: Sources, old: str, new: str) -> None:
    assert outdated(changed("no", REPORT, old, new, base=compared)) == set()


def test_once_a_language_is_accepted_it_is_up_to_date(compared: Sources) -> None:
    sources = changed("no", REPORT, "avtalte dager", "dager vi avtalte", base=compared)
    accept(sources, "final_report", "da")
    accept(sources, "final_report", "nn")
    assert outdated(sources) == {("sv", "Insatsen")}
    accept(sources, "final_report", "sv")
    assert outdated(sources) == set()


def test_a_language_can_be_accepted_by_another_name(compared: Sources) -> None:
    sources = changed("da", REPORT, "aftalte dage", "dage, som vi aftalte", base=compared)
    accept(sources, "final_report", "nb-NO")
    accept(sources, "final_report", "nn-NO")
    assert outdated(sources) == {("sv", "Insatsen")}


def test_a_translation_that_follows_a_change_asks_for_no_look_back(compared: Sources) -> None:
    sources = changed("no", REPORT, "avtalte dager", "dager vi avtalte", base=compared)
    sources = changed("da", REPORT, "aftalte dage", "dage, som vi aftalte", base=sources)
    assert ("no", "Tiltaket") in outdated(sources)
    accept(sources, "final_report", "da")
    accept(sources, "final_report", "nn")
    assert outdated(sources) == {("sv", "Insatsen")}


def test_a_section_that_nobody_has_compared_is_told(compared: Sources) -> None:
    sources = compared
    headings = {"no": "Tiltaket", "nn": "Tiltaket", "sv": "Insatsen", "da": "Tilbuddet"}
    for language, heading in headings.items():
        old = f"<h2>{heading}</h2>"
        new = f"<h2>Ord</h2><p>{{{{ case.service }}}}</p>{old}"
        sources = changed(language, REPORT, old, new, base=sources)
    assert outdated(sources) == {(language, "Ord") for language in headings}
    accept(sources, "final_report", "no")
    assert outdated(sources) == {(language, "Ord") for language in headings.keys() - {"no"}}


def test_a_line_of_ones_own_lock_comes_before_the_built_in_one(
    compared: Sources, tmp_path: Path
) -> None:
    lock = tmp_path / LOCK
    text = lock.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if " statements.basis da:" in line)
    other = re.sub(r"da:\w+", "da:00000000", line)
    lock.write_text(text.replace(line, other), encoding="utf-8")
    language = {
        "no": "Vedlegg: Det rapporten bygger på",
        "nn": "Vedlegg: Det rapporten byggjer på",
        "sv": "Bilaga: Uppgifter som bedömningen bygger på",
    }
    code = line.split()[3].split(":")[0]
    assert outdated(compared) == {(code, language[code])}


def test_shared_parts_and_terms_are_watched_too(compared: Sources) -> None:
    sources = changed("sv", "_parts.html", "Utkast.", "Ett utkast.", base=compared)
    assert outdated(sources) == {(language, "state_note") for language in ("da", "nn", "no")}
    sources = changed("sv", "terms.po", 'msgstr "Slutrapport"', 'msgstr "Avslut"', base=compared)
    assert outdated(sources) == {(language, "title") for language in ("da", "nn", "no")}


def test_a_new_section_leaves_the_others_up_to_date(compared: Sources) -> None:
    new = "<h2>Nytt</h2><p>Ord {{ case.service }}</p>\n<h2>Tiltaket</h2>"
    sources = changed("no", REPORT, "<h2>Tiltaket</h2>", new, base=compared)
    assert outdated(sources) == set()


def test_the_lock_is_text_in_a_stable_order(compared: Sources, tmp_path: Path) -> None:
    before = (tmp_path / LOCK).read_text(encoding="utf-8")
    lines = [line for line in before.splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    for language in reversed(compared.languages):
        for kind in reversed(KINDS):
            accept(compared, kind, language)
    assert (tmp_path / LOCK).read_text(encoding="utf-8") == before


def test_sections_that_are_gone_leave_the_lock(compared: Sources, tmp_path: Path) -> None:
    assert "final_report statements.basis" in (tmp_path / LOCK).read_text(encoding="utf-8")
    sources = compared
    headings = {
        "no": "Vedlegg: Det rapporten bygger på",
        "nn": "Vedlegg: Det rapporten byggjer på",
        "sv": "Bilaga: Uppgifter som bedömningen bygger på",
        "da": "Bilag: Det, rapporten bygger på",
    }
    for language, heading in headings.items():
        sources = changed(language, REPORT, f"<h2>{heading}</h2>", "", base=sources)
    for language in sources.languages:
        accept(sources, "final_report", language)
    assert "final_report statements.basis" not in (tmp_path / LOCK).read_text(encoding="utf-8")


def test_ones_own_lock_is_written_beside_ones_own_templates(tmp_path: Path) -> None:
    before = (template_root() / LOCK).read_bytes()
    assert accept(read_sources([tmp_path]), "final_report", "no") == tmp_path / LOCK
    assert (template_root() / LOCK).read_bytes() == before


def test_a_line_that_is_none_of_the_lock_is_told(compared: Sources, tmp_path: Path) -> None:
    lock = tmp_path / LOCK
    lock.write_text("<<<<<<< ours\n" + lock.read_text(encoding="utf-8"), encoding="utf-8")
    [finding] = check_outdated(compared)
    assert (finding.code, finding.file, finding.line) == ("check.lock_form", str(lock), 1)
    assert finding.text == "<<<<<<< ours"


@pytest.mark.parametrize(
    ("kind", "language", "problem"),
    [
        ("recipe", "no", ("kind.unknown", "KIND")),
        ("final_report", "fi", ("language.unknown", "LANGUAGE")),
    ],
)
def test_an_unknown_kind_or_language_cannot_be_accepted(
    kind: str, language: str, problem: tuple[str, str]
) -> None:
    with pytest.raises(pf.UsageError) as caught:
        accept(read_sources(), kind, language)
    assert problems_of(caught.value) == {problem}
