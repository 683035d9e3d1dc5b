"""Templates that mean harm, or are broken in every way, are told about and stop nobody."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from planforms.checking.findings import Finding
from planforms.checking.paths import check_paths
from planforms.checking.sources import read_sources
from planforms.checking.states import check_states
from planforms.checking.syntax import check_syntax
from tests.bounds import processor_seconds
from tests.checking.changes import added, saved
from tests.templating.test_attacks import (
    calling_itself,
    doubling_arguments,
    doubling_calls,
    nested_loops,
)

LONGEST_SECONDS = 10.0
"""What no template may take of a slow processor."""
PIECES = (
    *("{{", "}}", "{%", "%}", "{#", "#}", "<p>", "</p>", "<dl>", "<!--", "&x;", "“", "\u00a0"),
    *("{% if x %}", "{% endif %}", "{% for a in b %}", "{% else %}", "{% set x = case %}"),
    *("|date", "|text", "|boxes", "case", "signatures", "(", ")", '"', "==", "none", ".x", "[0]"),
    *("{% macro m(x) %}", "{% endmacro %}", "{{ m(m) }}", "{{ period(1) }}", "{{ facts }}"),
    "{% from '_parts.html' import period with context %}",
)


def found(template: str) -> list[Finding]:
    sources = saved(added("no", "final_report.html", template))
    return [one for check in (check_syntax, check_paths, check_states) for one in check(sources)]


@pytest.mark.parametrize(
    "template",
    [
        nested_loops(8),
        calling_itself(),
        doubling_calls(40),
        doubling_arguments(40),
        "<h1>x</h1>" + "{% if title %}" * 2_000 + "{% endif %}" * 2_000,
        "<h1>x</h1>{{ " + "(" * 5_000 + "title" + ")" * 5_000 + " }}",
        "<h1>x</h1>{{ case" + ".case" * 5_000 + " }}",
        "<h1>x</h1>{% if " + "not " * 5_000 + "title %}x{% endif %}",
        "<h1>x</h1>{% if " + "title and " * 5_000 + "title %}x{% endif %}",
        "x" * 600_000,
        "<h1>x</h1>" + "<ul><li>" * 5_000,
        "<p>{{ a }</p>\n" * 20_000,
        "<p>{{ a b }}</p>\n" * 20_000,
        "<p>{{ ”a }}</p>\n" * 20_000,
        "{% hvis a %}\n" * 20_000,
        "<a" * 100_000,
        "&x" * 100_000,
        "<p>\ue0000\ue001</p>",
        '<p data-at="x">a</p>',
    ],
    ids=lambda template: template[:30].replace("\n", " "),
)
def test_no_template_keeps_the_check_busy(template: str) -> None:
    with processor_seconds(LONGEST_SECONDS):
        assert any(finding.is_error for finding in found(template))


def broken(content: str, chance: random.Random) -> str:
    """A template with one to three pieces put in or taken out."""
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(content))
        if chance.random() < 0.5:
            content = content[:place] + chance.choice(PIECES) + content[place:]
        else:
            content = content[:place] + content[place + chance.randint(1, 12) :]
    return content


@pytest.mark.parametrize("number", range(40))
def test_whatever_is_broken_every_finding_points_at_its_letters(number: int) -> None:
    chance = random.Random(number)
    sources = read_sources()
    names = ["final_report.html", "_parts.html", "complaint.html", "consent.html"]
    key = "sv", chance.choice(names)
    file = sources.files[key]
    file = replace(file, content=broken(file.content, chance))
    sources = replace(sources, files={**sources.files, key: file})
    for finding in (*check_syntax(sources), *check_paths(sources), *check_states(sources)):
        if finding.file == str(file.path):
            assert finding.source == file.content.split("\n")[finding.line - 1]
            assert finding.source[finding.column - 1 :].startswith(finding.text.split("\n")[0])
        assert finding.hint


def test_a_finding_quotes_letters_as_they_stand_in_the_file() -> None:
    sources = read_sources()
    file = sources.files["sv", "consent.html"]
    content = file.content.replace("{% endif %}", "{%“ endif %}", 1)
    sources = replace(
        sources, files={**sources.files, ("sv", "consent.html"): replace(file, content=content)}
    )
    findings = {finding.code: finding.text for finding in check_syntax(sources)}
    assert findings["check.keyword"] == "{%“ endif %}"
    assert findings["check.letters"] == "“"
