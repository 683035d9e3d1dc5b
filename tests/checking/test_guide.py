"""The guides for translators and reviewers: their commands run, and their examples are true."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from planforms import cli
from planforms.checking.findings import Finding
from planforms.checking.glyphs import check_glyphs
from planforms.checking.parity import check_parity
from planforms.checking.paths import check_paths
from planforms.checking.sources import Sources, read_sources
from planforms.checking.states import check_states
from planforms.checking.syntax import check_syntax
from planforms.checking.term_lists import check_terms
from planforms.checking.wording import check_wording
from planforms.languages import template_root
from planforms.markup.subset import TAGS
from planforms.preview.choosing import Roots
from planforms.translating.copies import copy_template
from tests.checking.changes import added, changed, saved
from tests.commands import call
from tests.reports import ROOT
from tests.test_docs import answer_to, blocks, files

TRANSLATING = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
REVIEWING = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
VS_CODE = ROOT / "editors" / "vscode"
REPORT = "final_report.html"


# --- commands -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [TRANSLATING, REVIEWING], ids=["translating", "reviewing"])
def test_the_commands_of_a_guide_run_one_after_the_other(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    served: list[Roots] = []
    # what would answer browsers until somebody ends it
    monkeypatch.setattr(
        "planforms.preview.server.serve", lambda roots, *_, **__: served.append(roots)
    )
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "tests" / "brought" / "en", tmp_path / "my-language" / "en")
    lines = "".join(blocks(page, "console")).splitlines()
    assert len(lines) > 3
    for line in lines:
        answer = answer_to(line)
        assert answer.returncode == 0, (line, answer.stderr, answer.stdout)
        for name in re.findall(r"-o (\S+)", line):
            assert (tmp_path / name).exists(), line
    assert len(served) == sum(line.startswith("planforms preview") for line in lines)


def test_the_calls_within_the_text_name_real_commands_and_options() -> None:
    offered = call("--help").stdout
    for shown_call in re.findall(r"`planforms ([^`]+)`", TRANSLATING + REVIEWING):
        name, *words = shown_call.split()
        assert f" {name} " in offered
        action = words[:1] if name == "templates" else []
        usage = call(name, *action, "--help").stdout
        for option in (word for word in words if word.startswith("-")):
            assert re.search(rf"{option}\b", usage), shown_call


def test_the_language_of_the_guide_is_the_one_that_is_tried() -> None:
    chapter = TRANSLATING[TRANSLATING.index("## Adding a language") :]
    folder = ROOT / "tests" / "brought" / "en"
    shown = {name: block for name, block in files(TRANSLATING).items() if "my-language" in name}
    assert shown.keys() == {"my-language/en/locale.toml", "my-language/en/terms.po"}
    for name, block in shown.items():
        assert set(block.splitlines()) <= set((folder / Path(name).name).read_text().splitlines())
    assert blocks(chapter, "html")[0] in (folder / "survey.html").read_text(encoding="utf-8")


def test_what_the_check_says_of_a_language_that_is_begun_is_as_the_guide_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "tests" / "brought" / "en", tmp_path / "my-language" / "en")
    begun = tmp_path / "my-language" / "en" / "terms.po"
    begun.write_text(files(TRANSLATING)["my-language/en/terms.po"], encoding="utf-8")
    [shown] = [block for block in blocks(TRANSLATING, "text") if "Survey.comment" in block]
    answer = call("check", "--templates", "my-language")
    assert answer.returncode == 1
    lines = [line.rstrip() for line in answer.stdout.splitlines()]
    assert [line for line in shown.splitlines() if line not in lines] == []


def test_the_list_of_ones_own_in_the_guide_changes_a_label(tmp_path: Path) -> None:
    entry = blocks(TRANSLATING, "po")[1]
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "terms.po").write_text(entry, encoding="utf-8")
    assert [f for f in check_terms(read_sources([tmp_path])) if tmp_path.name in f.file] == []
    shown = blocks(TRANSLATING, "po")[0]
    built_in = (template_root() / "no" / "terms.po").read_text(encoding="utf-8")
    assert shown in built_in


# --- the output that is shown ---------------------------------------------------------------


def test_the_message_that_is_explained_is_what_the_check_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = copy_template("final_report", "no", Path("my-templates")).path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{{ recipient.reference }}", "{{ recipient.referance }}"), "utf-8")
    assert cli.main(["check", "--templates", "my-templates"]) == 1
    [shown] = [block for block in blocks(TRANSLATING, "text") if "referance" in block]
    assert shown in capsys.readouterr().out


def test_the_comparison_that_is_shown_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    copied = copy_template("final_report", "no", Path("my-templates"))
    text = copied.path.read_text(encoding="utf-8").replace("Bestillingen", "Oppdraget")
    copied.path.write_text(text, encoding="utf-8")
    assert cli.main(["diff", "final_report", "no", "--templates", "my-templates"]) == 0
    assert blocks(REVIEWING, "text") == [capsys.readouterr().out]


def test_the_reason_that_is_shown_accepts_the_difference_that_is_shown() -> None:
    sources = changed("no", "rights.html", "</h1>\n", "</h1>\n<p>Velkommen.</p>\n")
    [finding] = check_parity(sources)
    assert f"{finding.message}\n" in blocks(TRANSLATING, "text")
    entry, _ = blocks(TRANSLATING, "toml")
    assert list(check_parity(added("no", "differences.toml", entry, base=sources))) == []


def test_the_piece_of_a_document_has_no_mistakes() -> None:
    piece, _ = blocks(TRANSLATING, "html")
    assert codes_found(in_report(piece)) == set()


def test_the_guide_names_every_tag() -> None:
    section = TRANSLATING.partition("These tags are there.")[2].partition("You may make")[0]
    named = set(re.findall(r"`<(\w+)[^`]*>`", section))
    assert named == TAGS - {"img"}


# --- codes ----------------------------------------------------------------------------------

Row = tuple[str, str]
"""A code and its example."""


def rows() -> list[Row]:
    """The rows of the tables of messages."""
    text = TRANSLATING.partition("## The messages")[2]
    found = re.findall(r"^\| `([a-z]+\.[a-z_]+)` \| (.+?) \| .+ \|$", text, re.MULTILINE)
    return [(code, example.replace("\\|", "|")) for code, example in found]


def examples() -> list[Row]:
    """The rows whose example is a piece of a template or of a term list."""
    shown = [(code, example.strip("`")) for code, example in rows() if example.startswith("`")]
    return [(code, example) for code, example in shown if re.match(r"[<{]|msg", example)]


def in_report(piece: str) -> Sources:
    """The Norwegian final report alone, with a piece in it."""
    sources = changed("no", REPORT, "{{ state_note() }}\n", f"{{{{ state_note() }}}}\n{piece}\n")
    kept = {("no", REPORT), ("no", "_parts.html")}
    files = {
        key: file
        for key, file in sources.files.items()
        if key in kept or (key[0] == "no" and not key[1].endswith(".html"))
    }
    return saved(replace(sources, files=files))


def in_terms(line: str) -> Sources:
    """The term lists with another line in the entry for a work leader."""
    keyword = line.split()[0]
    old = {"msgstr": 'msgstr "arbeidsleder"', "msgid": 'msgid "work_leader"'}[keyword]
    return changed("no", "terms.po", old, line)


Check = Callable[[Sources], Iterator[Finding]]


@cache
def told_before(check: Check) -> frozenset[tuple[str, str]]:
    """What a check says of the report as it is."""
    return frozenset((found.code, found.message) for found in check(in_report("")))


def codes_found(sources: Sources) -> set[str]:
    """The codes of the first check that finds something beyond what is built in."""
    checks: tuple[Check, ...] = (
        check_syntax,
        check_paths,
        check_states,
        check_glyphs,
        check_wording,
    )
    for check in checks:
        told = ((found.code, found.message) for found in check(sources))
        codes = {code for code, message in told if (code, message) not in told_before(check)}
        if codes:
            return codes
    return set()


@pytest.mark.parametrize(("code", "example"), examples(), ids=[code for code, _ in examples()])
def test_an_example_raises_its_code(code: str, example: str) -> None:
    if code == "check.parity":
        [finding] = check_parity(changed("no", REPORT, "</aside>\n", f"</aside>\n{example}\n"))
        assert finding.code == code
    elif example.startswith("msg"):
        assert code in {found.code for found in check_terms(in_terms(example))}
    else:
        assert code in codes_found(in_report(example))


def test_most_codes_have_an_example() -> None:
    assert len(examples()) > 40


CODE = re.compile(r"(?:check|copy|template|terms|locale)\.[a-z_]+")
FILES = re.compile(r".*\.(?:toml|po|html)")


def codes_in_source() -> set[str]:
    """Every code that the check, templates or their reader can tell."""
    found = set()
    for path in (ROOT / "src" / "planforms").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found |= {w for w in words if isinstance(w, str) and CODE.fullmatch(w)}
    folder = ROOT / "src" / "planforms" / "markup"
    reader = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    found |= {
        f"template.{kind}" for kind in re.findall(r'_(?:problem|fault)\(\s*"([a-z_]+)"', reader)
    }
    return {code for code in found if not FILES.fullmatch(code)}


def test_every_code_is_explained_and_no_others() -> None:
    told = re.findall(rf"`({CODE.pattern})`", TRANSLATING)
    explained = {code for code in told if not FILES.fullmatch(code)}
    assert sorted(codes_in_source() - explained) == []
    assert sorted(explained - codes_in_source()) == []


# --- the editor -----------------------------------------------------------------------------


def test_the_files_for_vs_code_are_those_that_the_guide_names() -> None:
    section = TRANSLATING.partition("## In VS Code")[2].partition("## ")[0]
    named = set(re.findall(r"^- `([^`]+)`", section, re.MULTILINE))
    assert named == {path.name for path in VS_CODE.iterdir()}
    for path in VS_CODE.iterdir():
        json.loads(path.read_text(encoding="utf-8"))


def test_the_editor_finds_file_line_column_and_message_in_what_the_check_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [task] = json.loads((VS_CODE / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    matcher = task["problemMatcher"]["pattern"]
    [shown] = [block for block in blocks(TRANSLATING, "text") if "referance" in block]
    [found] = [m for line in shown.splitlines() if (m := re.match(matcher["regexp"], line))]
    assert found[matcher["file"]] == f"my-templates/no/{REPORT}"
    assert (found[matcher["line"]], found[matcher["column"]]) == ("61", "20")
    assert found[matcher["severity"]] == "error"
    assert found[matcher["message"]] == "recipient.referance: no such field"
    assert found[matcher["code"]] == "template.path"
    monkeypatch.chdir(tmp_path)
    command, *arguments = shlex.split(task["command"])
    assert command == "planforms"
    (tmp_path / "my-templates").mkdir()
    assert cli.main(arguments) == 0
    assert "no such" not in capsys.readouterr().err


def test_the_entries_that_the_editor_offers_have_the_right_form() -> None:
    snippets = json.loads((VS_CODE / "words.code-snippets").read_text(encoding="utf-8"))
    by_prefix = {one["prefix"]: "\n".join(one["body"]) for one in snippets.values()}
    filled = {name: re.sub(r"\$\{\d:?([^}]*)\}", r"\1", body) for name, body in by_prefix.items()}
    assert set(filled) == {"term", "difference", "note"}
    [entry] = tomllib.loads(filled["difference"])["difference"]
    assert set(entry) == {"kind", "section", "what", "reason"}
    assert [line.split()[0] for line in filled["term"].splitlines()] == [
        "msgctxt",
        "msgid",
        "msgstr",
    ]
    assert filled["note"].startswith("{#")
