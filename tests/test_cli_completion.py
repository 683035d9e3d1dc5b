"""Shells complete what somebody types, and a misspelt word is met with the right one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from planforms.cli import _parser
from planforms.cli.completion import SHELLS
from tests.commands import call

COMPLETE = """
source {script}
COMP_WORDS=({words})
COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
_shtab_planforms
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(words: str, folder: Path) -> list[str]:
    """What bash offers for the last of some words."""
    script = folder / "planforms.bash"
    script.write_text(call("completion", "bash").stdout, encoding="utf-8")
    code = COMPLETE.format(script=script, words=words)
    answer = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    return answer.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("planforms rend", ["render"]),
        ("planforms s", ["services", "schema"]),
        ("planforms templates c", ["copy"]),
        ("planforms templates w", ["word"]),
        ("planforms templates word rights s", ["sv"]),
        ("planforms templates word rights sv --service vi", ["vivirk"]),
        ("planforms blank fin", ["final_report"]),
        ("planforms blank final_report --service hj", ["hjortmossen"]),
        ("planforms blank final_report --language n", ["nn", "no"]),
        ("planforms render --lang", ["--language"]),
    ],
)
def test_bash_offers_what_can_stand_there(words: str, offered: list[str], tmp_path: Path) -> None:
    assert completed(words, tmp_path) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_a_script_that_knows_every_command(shell: str) -> None:
    script = call("completion", shell).stdout
    assert all(name in script for name in ("render", "templates", "hjortmossen", "final_report"))


def test_another_shell_is_refused() -> None:
    answer = call("completion", "bsh")
    assert answer.returncode == 2
    assert "did you mean bash?" in answer.stderr


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("rendr report.json", "render"),
        ("Kinds", "kinds"),
        ("template copy", "templates"),
        ("templates cpy", "copy"),
        ("templates wrod rights no", "word"),
        ("templates word rights no --replce", "--replace"),
        ("blank rights --service molde -o - --format pfd", "pdf"),
        ("check --tempaltes own", "--templates"),
        ("due cases --withn 2w", "--within"),
        ("blank finalreport --service molde -o x.pdf", "final_report"),
        ("blank final_report --service mold -o x.pdf", "molde"),
    ],
)
def test_a_misspelt_word_is_met_with_the_right_one(words: str, meant: str) -> None:
    answer = call(*words.split())
    assert answer.returncode == 2
    assert f"did you mean {meant}?" in answer.stderr


def test_nothing_is_guessed_where_nothing_is_like_it() -> None:
    answer = call("xyzzy")
    assert answer.returncode == 2
    assert "did you mean" not in answer.stderr


def test_completing_does_not_change_what_is_accepted() -> None:
    call("completion", "bash")
    options = _parser().parse_args(["blank", "visit_note", "--service", "own", "-o", "x.pdf"])
    assert (options.kind, options.service) == ("visit_note", "own")
