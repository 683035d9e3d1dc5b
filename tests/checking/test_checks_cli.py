"""The command ``check``, run as a translator and a program run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import planforms as pf
from planforms.checking.checks import check
from planforms.checking.findings import Finding
from planforms.cli.check import _annotation, _shown
from planforms.errors import Problem, Severity
from planforms.languages import template_root
from tests.bounds import processor_seconds
from tests.commands import Answer, call, run
from tests.reports import COMPLETE, ROOT

LONGEST_SECONDS = 20.0
"""What the check of all templates never takes of a processor; it is made for four."""


def planforms(*arguments: str | Path) -> Answer:
    return call("check", *arguments)


def finding(source: str, text: str) -> Finding:
    return Finding(
        "check.x",
        "",
        "a message",
        "a hint",
        file="no/x.html",
        line=7,
        column=source.index(text) + 1,
        text=text,
        source=source,
    )


@pytest.fixture(autouse=True)
def _from_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a template that has a mistake."""
    (tmp_path / "my" / "no").mkdir(parents=True)
    content = (template_root() / "no" / "final_report.html").read_text(encoding="utf-8")
    changed = content.replace("{{ case.participant.name }}", "{{ case.participant.nmae }}", 1)
    (tmp_path / "my" / "no" / "final_report.html").write_text(changed, encoding="utf-8")
    return tmp_path


def test_a_mistake_is_shown_with_its_line_a_mark_and_a_hint(own: Path) -> None:
    answer = planforms("--templates", "my")
    assert answer.returncode == 1
    assert answer.stdout == (
        "my/no/final_report.html:53:27: error: case.participant.nmae: no such field"
        " [template.path]\n"
        "   53 |   <dd>{{ case.participant.nmae }}</dd>\n"
        "      |                           ^^^^\n"
        "      = did you mean name?\n"
        "\n"
    )
    assert answer.stderr == "1 error\n"


def test_json_tells_every_part_of_a_finding(own: Path) -> None:
    answer = planforms("--templates", "my", "--json")
    assert answer.returncode == 1
    [problem] = json.loads(answer.stdout)["problems"]
    assert problem == {
        "code": "template.path",
        "severity": "error",
        "place": "my/no/final_report.html:53:27",
        "where": "",
        "message": "case.participant.nmae: no such field",
        "hint": "did you mean name?",
        "path": [],
        "pointer": "",
        "params": {},
        "file": "my/no/final_report.html",
        "line": 53,
        "column": 27,
        "text": "nmae",
        "source": "  <dd>{{ case.participant.nmae }}</dd>",
    }


def test_github_gets_an_annotation(own: Path) -> None:
    answer = planforms("--templates", "my", "--format", "github")
    assert answer.returncode == 1
    assert answer.stdout == (
        "::error title=template.path,file=my/no/final_report.html,line=53,col=27,endColumn=31"
        "::case.participant.nmae: no such field (did you mean name?)\n"
    )


def test_the_built_in_templates_pass_in_seconds() -> None:
    with processor_seconds(LONGEST_SECONDS):
        answer = run("check", "--as-of", "2026-12-01")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "no problems\n")


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    content = (template_root() / "no" / "final_report.html").read_text(encoding="utf-8")
    changed = content.replace("<strong>Før du", "<strong>F&oslash;r du")
    (tmp_path / "no" / "final_report.html").write_text(changed, encoding="utf-8")
    answer = planforms("--templates", tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "1 warning\n")
    assert "warning: &oslash; is harder to read than the letter [check.entity]" in answer.stdout


def test_ones_own_cases_are_read_and_their_mistakes_told(tmp_path: Path) -> None:
    good = tmp_path / "good"
    good.mkdir()
    (good / "case.json").write_bytes(COMPLETE.read_bytes())
    assert planforms("--data", good).returncode == 0
    (good / "wrong.json").write_text('{"kind": "final_report"}', encoding="utf-8")
    answer = planforms("--data", good)
    assert answer.returncode == 1
    assert f"error: {good / 'wrong.json'}: case: is missing" in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--templates", "none"],
        ["--services", "none"],
        ["--data", "none"],
        ["--format", "xml"],
        ["--as-of", "yesterday"],
        ["--accept", "nothing", "no"],
        ["--accept", "final_report", "fi"],
        ["final_report"],
    ],
)
def test_an_unusable_call_ends_with_2(arguments: list[str]) -> None:
    answer = planforms(*arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_translation_can_be_accepted(own: Path) -> None:
    answer = planforms("--templates", "my", "--accept", "final_report", "no")
    assert (answer.returncode, answer.stdout) == (0, "my/sections.lock\n")
    assert (own / "my" / "sections.lock").exists()


@pytest.mark.parametrize(
    ("source", "text", "mark"),
    [
        ("\t\t<p>x</p>", "x", "\t\t   ^"),
        ("<p>a\u030ao x</p>", "x", "      ^"),
        ("<p>漢字 x</p>", "x", "        ^"),
        ("<p>漢字 x</p>", "字", "     ^^"),
        ("<p>👍 x</p>", "x", "      ^"),
        ("x", "", "^"),
    ],
)
def test_the_mark_stands_under_its_letters_whatever_stands_before(
    source: str, text: str, mark: str
) -> None:
    shown = _shown(finding(source, text)).splitlines()
    assert shown[1] == f"    7 | {source}"
    assert shown[2] == f"      | {mark}"


def test_of_a_long_line_the_letters_around_the_mark_are_shown() -> None:
    source = "a" * 300 + "X" + "b" * 300
    line, mark = _shown(finding(source, "X")).splitlines()[1:3]
    assert line == f"    7 | …{'a' * 40}X{'b' * 59}…"
    assert mark == f"      | {' ' * 41}^"


def test_of_a_mistake_of_several_lines_the_first_is_marked() -> None:
    wrong = finding("<p>{{ a", "{{ a")
    shown = _shown(Finding("x", "", "m", "", Severity.ERROR, "f", 1, 4, "{{ a\nb }}", wrong.source))
    assert shown.splitlines()[2] == "      |    ^^^^"


def test_annotations_hold_no_letters_that_end_them() -> None:
    problem = Finding("a", "", "100%\nb", "", Severity.WARNING, "a,b:c.po", 1, 2, "", "")
    assert _annotation(problem) == "::warning title=a,file=a%2Cb%3Ac.po,line=1,col=2::100%25%0Ab"
    assert _annotation(Problem("a", "b", "c")) == "::error title=a::c"


def test_check_is_public_and_gives_problems_in_the_order_of_the_files(own: Path) -> None:
    folder = own / "my"
    path = folder / "no" / "final_report.html"
    path.write_text(path.read_text("utf-8").replace("{{ title }}", "{{ titel }}", 1), "utf-8")
    problems = pf.check(templates=folder)
    assert [problem.place for problem in problems] == [f"{path}:47:8", f"{path}:53:27"]
    assert all(isinstance(problem, pf.Problem) for problem in problems)
    assert pf.check is check


def test_one_mistake_in_the_shared_parts_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    content = (template_root() / "no" / "_parts.html").read_text(encoding="utf-8")
    changed = content.replace("{{ signature.note }}", "{{ signature.note }")
    (tmp_path / "no" / "_parts.html").write_text(changed, encoding="utf-8")
    [problem] = check(templates=tmp_path)
    assert problem.code == "check.braces"


def test_the_help_answers_without_reading_templates() -> None:
    answer = planforms("--help")
    assert answer.returncode == 0
    assert "--templates DIR" in answer.stdout
    code = "import sys, planforms.cli; print('jinja2' in sys.modules, 'rich' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert loaded.stdout == "False False\n"
