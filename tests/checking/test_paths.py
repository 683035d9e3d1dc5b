"""The second check: every path against the models, in every branch, loop and macro."""

from __future__ import annotations

from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.paths import check_paths
from planforms.checking.sources import SourceFile, Sources, read_sources
from planforms.checking.vocabulary import names_of_kind, read_profiles
from planforms.document import State
from planforms.models.final_report import FinalReport
from planforms.rendering import template_names
from planforms.setting import read_setting
from planforms.templating.environment import RENDERING
from planforms.templating.values import Rendering

PARTS = """
{% macro show(x) %}<p>{{ x }}</p>{% endmacro %}
{% macro day(x, y) %}<p>{{ x|date }}{{ y }}</p>{% endmacro %}
{% macro sign(signature, word="") %}<p>{{ signature.name }}{{ signature.note }}</p>{% endmacro %}
"""
IMPORT = '{% from "_parts.html" import show, day, sign with context %}'


def found(template: str, parts: str = PARTS, kind: str = "final_report") -> list[Finding]:
    texts = {f"{kind}.html": template, "_parts.html": parts}
    files = {
        ("no", name): SourceFile("no", Path("no") / name, text) for name, text in texts.items()
    }
    return [one for one in check_paths(Sources((), files)) if one.code != "check.unused"]


def told(template: str, parts: str = PARTS) -> list[tuple[str, str, str]]:
    """Code, marked letters and hint of each finding."""
    return [(one.code, one.text, one.hint) for one in found(template, parts)]


@pytest.mark.parametrize(
    ("template", "code", "text", "hint"),
    [
        ("{{ case.nmber }}", "template.path", "nmber", "did you mean number?"),
        ("{{ cse.number }}", "template.undefined", "cse", "did you mean case?"),
        (
            "{{ case.deltaker.name }}",
            "template.path",
            "deltaker",
            "write participant; names in braces are never translated",
        ),
        (
            "{{ saksnummer }}",
            "template.undefined",
            "saksnummer",
            "write case.number; names in braces are never translated",
        ),
        ("{% for a in activities %}{{ a.nam }}{% endfor %}", "template.path", "nam", "name"),
        ("{% if state == 'final' %}{{ case.nr }}{% endif %}", "template.path", "nr", "known here"),
        ("{% if not methods %}{{ methos }}{% endif %}", "template.undefined", "methos", "methods"),
        ("{% set x = case %}{{ x.nmber }}", "template.path", "nmber", "number"),
        ("{% with x = case %}{{ x.nmber }}{% endwith %}", "template.path", "nmber", "number"),
        ("{{ (methods or case).nmber }}", "template.path", "nmber", ""),
        ("{{ case.number if methods else case.nmber }}", "template.path", "nmber", "number"),
        ("{{ facts.send_bye.words }}", "template.path", "send_bye", "did you mean send_by?"),
        ("{{ facts.send_by }}", "template.nothing", "facts.send_by", "facts.send_by.words"),
        ("{{ facts.send_by.date }}", "template.nothing", "facts.send_by.date", "if"),
        ("{{ service.organisation.nam }}", "template.path", "nam", "name"),
        ("{{ country.acces.text }}", "template.path", "acces", "access"),
        ("{{ service.organisation }}", "template.part", "service.organisation", "name"),
        ("{{ service.measures }}", "template.nothing", "service.measures", "if"),
        ("{{ service.rights.access }}", "template.nothing", "service.rights.access", "if"),
        ("{{ case }}", "template.part", "case", "participant"),
        ("{{ activities }}", "template.part", "activities", "loop over it"),
        ("{{ activities.outcome }}", "check.list", "activities.outcome", "in activities"),
        ("{% if activities.outcome %}a{% endif %}", "check.list", "activities.outcome", "for"),
        ("{{ state }}", "check.key", "state", "if"),
        ("{{ kind }}", "check.key", "kind", "if"),
        ("{{ none }}", "template.nothing", "none", "if"),
        ("{% set x = 'words' %}{{ x }}", "check.words", "x", "outside"),
        ("{{ loop.index }}", "template.undefined", "loop", ""),
        ("{% for a in case %}a{% endfor %}", "template.loop", "case", "lists"),
        ("{% for a in title %}a{% endfor %}", "template.loop", "title", "lists"),
        ("{{ case.number|date }}", "template.filter", "case.number", "date"),
        ("{{ issued_on|date('kort') }}", "template.filter", "date", '|date("short")'),
        ("{{ issued_on|date(short) }}", "template.filter", "date", '|date("short")'),
        ("{{ issued_on|label('x') }}", "template.filter", "label", "|label alone"),
        ("{{ issued_on|lable }}", "template.filter", "lable", "did you mean label?"),
        ("{{ issued_on|upper }}", "template.filter", "upper", "known"),
        ("{{ title|label }}", "template.filter", "title", "take away"),
        ("{{ case|text }}", "template.part", "case", "print one"),
        ("{{ case.number|boxes }}", "template.filter", "case.number", "chooses"),
        ("{{ case.number|tick }}", "template.filter", "tick", "one value"),
        ("{% if state == 'drft' %}a{% endif %}", "check.choice", "'drft'", 'mean "draft"'),
        (
            "{% if participant_view.agreement == 'enig' %}a{% endif %}",
            "check.choice",
            "'enig'",
            'write "agrees"; keys are never translated',
        ),
        ("{% if measure.key == 'smja' %}a{% endif %}", "check.choice", "'smja'", '"smia"'),
        ("{% if issued_on == 'x' %}a{% endif %}", "check.compare", "issued_on", "never"),
        ("{% if extent.planned == 'x' %}a{% endif %}", "check.compare", "extent.planned", "never"),
        ("{% if case == 'x' %}a{% endif %}", "check.compare", "case", "never"),
        ("{% if issued_on == methods %}a{% endif %}", "check.compare", "issued_on", "never"),
        (
            "{% if case.participant.protected_identity == 'x' %}a{% endif %}",
            "check.compare",
            "case.participant.protected_identity",
            "not case.participant",
        ),
        (
            "{% if case.participant.phone == '1' %}a{% endif %}",
            "check.guarded",
            "case.participant.phone",
            "none at most",
        ),
        ('<img src="{{ methods }}">', "check.attribute", "methods", "{{ methods|text }}"),
        ("{{ service.max_lix }}", "check.unasked", "service.max_lix", "{% if service.max_lix %}"),
        (
            "{{ service.consequences.source }}",
            "check.unasked",
            "service.consequences",
            "{% if service.consequences %}",
        ),
        ("{{ methods() }}", "template.call", "methods", "brackets"),
        (f"{IMPORT}{{{{ show }}}}", "template.call", "show", "show(…)"),
        (f"{IMPORT}{{{{ shw(title) }}}}", "template.undefined", "shw", "did you mean show?"),
        (f"{IMPORT}{{{{ day(issued_on) }}}}", "template.call", "day", "write day(x, y)"),
        (f"{IMPORT}{{{{ show(title, z=title) }}}}", "template.call", "show", "write show(x)"),
        (f"{IMPORT}{{{{ show('words') }}}}", "check.words", "'words'", "outside"),
        (
            '{% from "_parts.html" import shw with context %}',
            "template.call",
            "shw",
            "did you mean show?",
        ),
        ('{% from "parts.html" import a with context %}', "template.missing", '"parts.html"', "_p"),
    ],
)
def test_a_mistake_is_marked_with_a_hint(template: str, code: str, text: str, hint: str) -> None:
    [(found_code, found_text, found_hint)] = told(template)
    assert (found_code, found_text) == (code, text)
    assert hint in found_hint
    assert found_hint


@pytest.mark.parametrize(
    "template",
    [
        "{{ case.number }}{{ case.participant.name|text }}{{ issued_on|date('short') }}",
        "{{ activities.outcome|label }}{{ activities.outcome|line }}",
        "{% for a in activities %}{{ loop.index }}{% if not loop.last %}{{ a.name }}{% endif %}"
        "{% endfor %}",
        "{% for w in workplaces %}{{ w.tasks }}{% for t in w.tasks %}{{ t }}{% endfor %}"
        "{% endfor %}{% set x = service.consequences %}{% if x %}{{ x.source }}{% endif %}",
        "{% if signatures %}{{ signatures|label }}{% endif %}{{ title }}",
        "{% if service.organisation.web %}{{ service.organisation.web }}{% endif %}",
        "{% if not service.organisation.web %}a{% else %}{{ service.organisation.web }}{% endif %}",
        "{% if service.max_lix != none and state == 'blank' %}{{ service.max_lix }}{% endif %}",
        "{{ service.organisation.web if service.organisation.web else title }}",
        "{% if service.consequences and service.consequences.source %}a{% endif %}",
        "{% if facts.send_by and facts.send_by.date %}{{ facts.send_by.words }}{% endif %}",
        "{% if case.participant.address.town != none and state != 'blank' %}a{% endif %}",
        "{% if extent.planned == 1 or measure.key == 'smia' %}{{ measure.key|boxes }}{% endif %}",
        "{% if methods %}{% set x = methods %}{% else %}{% set x = conclusion %}{% endif %}{{ x }}",
        f"{IMPORT}{{{{ show(methods) }}}}{{{{ day(issued_on, methods) }}}}",
        f"{IMPORT}{{% for s in signatures %}}{{{{ sign(s) }}}}{{{{ sign(signature=s) }}}}"
        "{% endfor %}",
        '<img alt="{{ service.name }}{{ methods|text }}">',
    ],
)
def test_what_is_right_raises_nothing(template: str) -> None:
    assert told(template) == []


def test_a_name_that_is_missing_is_told_once_however_often_it_stands_there() -> None:
    assert len(told("{{ cse.number }}{{ cse.team }}{% if cse %}{{ cse }}{% endif %}")) == 1


def test_what_is_wrong_in_every_call_is_told_in_the_macro() -> None:
    parts = "{% macro show(x) %}{{ x.nam }}{{ x.organisation }}{% endmacro %}"
    template = (
        '{% from "_parts.html" import show with context %}'
        "{% for m in case.team %}{{ show(m) }}{{ show(m) }}{% endfor %}"
    )
    [finding] = found(template, parts)
    assert (finding.file, finding.code, finding.text) == ("no/_parts.html", "template.path", "nam")


def test_what_is_wrong_in_one_call_is_told_there() -> None:
    call = "{{ day(issued_on, methods) }}"
    template = f"{IMPORT}{call}\n{{{{ day(methods, methods) }}}}"
    [finding] = found(template)
    assert (finding.file, finding.line, finding.text) == ("no/final_report.html", 2, "methods")
    assert finding.message == "day cannot use this as x: methods is not a date"


def test_a_value_that_fits_nothing_is_told_once_at_its_call() -> None:
    [finding] = found(f"{IMPORT}{{{{ sign(recipient.organisation.secrecy_area) }}}}")
    assert finding.file == "no/final_report.html"
    assert finding.text == "recipient.organisation.secrecy_area"


def test_macros_that_call_each_other_without_end_are_told() -> None:
    parts = "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}"
    [finding] = found('{% from "_parts.html" import a with context %}{{ a() }}', parts)
    assert (finding.code, finding.message) == ("template.call", "a calls itself")


def test_an_import_that_is_not_called_and_a_macro_that_nobody_imports_are_warned_about() -> None:
    template = '{% from "_parts.html" import show with context %}<p>a</p>'
    files = {
        ("no", name): SourceFile("no", Path("no") / name, text)
        for name, text in {"final_report.html": template, "_parts.html": PARTS}.items()
    }
    warned = [(one.file, one.text) for one in check_paths(Sources((), files))]
    assert warned == [
        ("no/final_report.html", "show"),
        ("no/_parts.html", "show"),
        ("no/_parts.html", "day"),
        ("no/_parts.html", "sign"),
    ]


def test_a_macro_that_nobody_calls_is_checked_too() -> None:
    [finding] = found("<p>a</p>", "{% macro x(y) %}{{ y.z }}{{ case.nmber }}{% endmacro %}")
    assert (finding.code, finding.text) == ("template.path", "nmber")


def test_the_templates_of_each_kind_know_the_fields_of_that_kind() -> None:
    assert found("{{ conclusion }}", kind="final_report") == []
    assert [one.code for one in found("{{ conclusion }}", kind="complaint")] == [
        "template.undefined"
    ]


def test_the_built_in_templates_are_right() -> None:
    assert list(check_paths(read_sources())) == []


def test_the_check_knows_the_names_that_rendering_gives() -> None:
    known = names_of_kind("final_report", FinalReport, None, read_profiles(()))
    rendering = Rendering(read_setting("molde"), State.DRAFT, False, frozenset())
    given = template_names(FinalReport, None, rendering)
    assert set(known.roots) == {*given, "facts", "title"} - {RENDERING}
