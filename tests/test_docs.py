"""The project's words for developers: commands and code in them run, and what they name exists."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import is_dataclass
from fnmatch import fnmatch
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import get_args

import docx
import pytest
from fastapi.testclient import TestClient
from pydantic_core.core_schema import ErrorType

import planforms as pf
from planforms import errors, models
from planforms.checking.findings import Finding
from planforms.checking.sources import read_sources
from planforms.checking.word_templates import check_word_templates
from planforms.models.fields import Guarded
from planforms.models.shapes import Form, shapes_of
from planforms.services.letterheads import EnvelopeWindow
from planforms.translating.word_starters import word_template
from scripts.setup import LIBRARIES
from tests.bounds import STUCK_SECONDS
from tests.commands import Answer, call, run
from tests.reports import COMPLETE, ROOT
from tests.test_public import LAYERS

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "integrating.md").read_text(encoding="utf-8")
WEB_SERVICE = (ROOT / "docs" / "web_service.md").read_text(encoding="utf-8")
WORD, _, LETTERHEAD = (
    (ROOT / "docs" / "word.md").read_text(encoding="utf-8").partition("\n## The letterhead\n")
)
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
IMPORTING = ROOT / "examples" / "import_planforms.py"

HOST_OF_PACKAGES = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|artifactory|jfrog)\.(?:org|com|io|net)\b"
    r"|https?://[^\s/]*(?:registry|mirror|nexus)",
    re.IGNORECASE,
)
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.<])/(?:home|root|tmp|work|mnt|Users)/\w|\bC:\\Users")
KNOWN_COMMANDS = ("planforms ", "make ", "pip install .", "sudo apt-get ", "pdftoppm ", "soffice ")
CODE = re.compile(r"[a-z]+\.[a-z_]+")
FILE_SUFFIXES = (".css", ".docx", ".html", ".js", ".po", ".toml")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(text: str) -> list[str]:
    """Every command that a page shows."""
    return [line for block in blocks(text, "console") for line in block.splitlines() if line]


def run_python(code: str, folder: Path) -> str:
    """What some code printed when it ran in a folder."""
    unguarded = code.replace('if __name__ == "__main__":', "if True:")
    (folder / "program.py").write_text(unguarded, encoding="utf-8")
    # A module: as the main program its workers would run it too, and print everything again.
    command = [sys.executable, "-W", "error", "-c", "import program"]
    answer = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=STUCK_SECONDS,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def answer_to(line: str) -> Answer:
    """What a command of a page answers in this folder; a process reads from another file."""
    command, _, source = line.partition(" < ")
    name, *arguments = shlex.split(command)
    assert name == "planforms"
    return run(*arguments, stdin=Path(source).read_bytes()) if source else call(*arguments)


def files(text: str) -> dict[str, str]:
    """The files that a page shows: a path on a line of its own, and a block below it."""
    shown = re.findall(r"^`(my-[^`]+)`\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return dict(shown)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what the pages take for granted: the examples, and files of one's own."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name in ("my-templates", "my-services", "docs/images", "out/molde"):
        (tmp_path / name).mkdir(parents=True)
    for name, content in files(GUIDE).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


# --- commands -------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [line for line in commands(README) if line.startswith("planf")])
def test_a_command_of_the_readme_works(
    line: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(checkout.rglob("*"))
    monkeypatch.chdir(checkout)
    answer = answer_to(line)
    assert answer.returncode == 0, answer.stderr
    written = {path.relative_to(checkout) for path in set(checkout.rglob("*")) - before}
    asked = {Path(name) for name in re.findall(r"-o (\S+)", line)}
    assert asked <= written


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_call_of_make_names_a_real_target(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
    assert set(named) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_other_commands_are_shown_than_those_that_are_looked_after(page: Path) -> None:
    shown = commands(page.read_text(encoding="utf-8"))
    assert [line for line in shown if not f"{line} ".startswith(KNOWN_COMMANDS)] == []


def test_the_two_commands_stand_at_the_top_of_the_readme() -> None:
    assert commands(README)[:2] == ["make examples", "make test"]


def test_the_readme_names_the_libraries_that_the_set_up_installs() -> None:
    [line] = [line for line in commands(README) if "apt-get" in line]
    wanted = {need.package for need in LIBRARIES if need.package.startswith("lib")}
    assert set(line.split("install ")[1].split()) == wanted


def test_the_readme_names_every_command() -> None:
    answer = call("--help")
    offered = set(re.findall(r"^    (\w+)\b", answer.stdout, re.MULTILINE))
    assert offered == set(re.findall(r"^\| `(\w+)(?: copy)?(?: [A-Z]+)*` \|", README, re.MULTILINE))


def test_the_commands_of_the_word_page_run_one_after_the_other(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    for line in commands(WORD):
        answer = answer_to(line)
        assert answer.returncode == 0, answer.stderr
    made = {path.relative_to(checkout).as_posix() for path in checkout.rglob("*.docx")}
    assert made == {"my-word/no/summons.docx", "letter.docx", "form.docx"}


def test_the_word_page_shows_what_the_check_says(tmp_path: Path) -> None:
    path = tmp_path / "no" / "summons.docx"
    path.parent.mkdir()
    path.write_bytes(word_template("summons", "no", "molde"))
    word = docx.Document(str(path))
    cell, *_ = [
        cell
        for table in word.tables
        for cell in table._cells
        if cell.paragraphs[-1].text == "{{ case.number }}"
    ]
    [run] = cell.paragraphs[-1].runs
    run.text = "{{ Case.number }}"
    word.save(str(path))
    [finding] = check_word_templates(read_sources((tmp_path,)))
    shown = f"{shown_place(finding)}: {finding.severity.value}: {finding.message}"
    assert f"{shown} [{finding.code}]" in WORD
    assert f"      | {finding.source}\n" in WORD
    assert f"      = {finding.hint}\n" in WORD


def shown_place(finding: Finding) -> str:
    return ": ".join(filter(None, ("no/summons.docx", finding.where)))


def test_the_word_page_explains_every_code_of_word_templates() -> None:
    codes = {code for code in literal_codes() if group(code) == "word"}
    assert [code for code in sorted(codes) if f"`{code}`" not in WORD] == []


def test_the_commands_of_the_letterhead_page_run_one_after_the_other(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    copy, *others = commands(LETTERHEAD)
    assert answer_to(copy).returncode == 0
    profile = (ROOT / "src/planforms/services/molde.toml").read_text(encoding="utf-8")
    named = next(block for block in blocks(LETTERHEAD, "toml") if "shell" in block)
    own, count = re.subn(r"\[letterhead\]\n(?:.+\n)*", named, profile)
    assert count == 1
    (checkout / "my-services" / "molde.toml").write_text(own, encoding="utf-8")
    for line in others:
        answer = answer_to(line)
        assert answer.returncode == 0, answer.stderr
    assert {path.name for path in checkout.glob("*.docx")} == {"form.docx", "report.docx"}


def test_the_letterhead_page_tells_the_window_as_it_is_if_nobody_says_otherwise() -> None:
    [shown] = [block for block in blocks(LETTERHEAD, "toml") if "window" in block]
    assert tomllib.loads(shown)["letterhead"]["window"] == EnvelopeWindow().model_dump()


# --- code -----------------------------------------------------------------------------------


def test_the_code_of_the_readme_makes_three_files(checkout: Path) -> None:
    [code] = blocks(README, "python")
    run_python(code, checkout)
    made = {path.suffix for path in checkout.glob("final_report.*")}
    assert made == {".pdf", ".docx", ".html"}


def test_the_code_of_the_guide_runs_and_prints_what_stands_below_it(checkout: Path) -> None:
    printed = run_python("".join(blocks(GUIDE, "python")), checkout)
    shown = re.findall(r"^```python\n.*?^```\n+```text\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    assert printed == "".join(shown)


@pytest.fixture
def package(checkout: Path) -> dict[str, str]:
    """The package of the guide, installed: the environment in which planforms knows its kind."""
    code = [block for block in blocks(GUIDE, "python") if "VisitNote" in block]
    package = "\n".join(["import planforms as pf", *code])
    (checkout / "my_forms.py").write_text(package, encoding="utf-8")
    [table] = [tomllib.loads(block) for block in blocks(GUIDE, "toml") if "entry-points" in block]
    [(group, named)] = table["project"]["entry-points"].items()
    metadata = checkout / "my_forms-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: my-forms\nVersion: 1\n")
    points = "".join(f"{name} = {value}\n" for name, value in named.items())
    (metadata / "entry_points.txt").write_text(f"[{group}]\n{points}")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout), *sys.path])}


def test_the_package_of_the_guide_brings_its_kind_to_the_command_line(
    checkout: Path, package: dict[str, str]
) -> None:
    blank = [sys.executable, "-m", "planforms", "blank", "visit_note", "--service", "molde"]
    subprocess.run([*blank, "-o", "note.pdf"], env=package, cwd=checkout, check=True)
    assert (checkout / "note.pdf").read_bytes().startswith(b"%PDF")


def test_the_kind_of_the_guide_passes_the_check_and_prints_name_and_date(
    checkout: Path, package: dict[str, str]
) -> None:
    run_it = [sys.executable, "-m", "planforms"]
    own = ["--templates", "my-templates"]
    answer = subprocess.run(
        [*run_it, "check", *own], env=package, cwd=checkout, capture_output=True
    )
    assert (answer.returncode, answer.stdout) == (0, b"")
    [visit] = [block for block in blocks(GUIDE, "python") if "visit = {" in block]
    data = ast.literal_eval(visit.partition("visit = ")[2].partition("\ndocument")[0])
    data |= {"status": "final", "issued_on": "2026-09-15"}
    (checkout / "visit.json").write_text(json.dumps(data), encoding="utf-8")
    made = subprocess.run(
        [*run_it, "render", "visit.json", *own, "-o", "-", "--format", "html"],
        env=package,
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    page = made.stdout.decode().replace("\u00a0", " ")
    printed = ("Ada Eksempel", "2026/0042", "15. september 2026", "14. september 2026")
    assert [words for words in printed if words not in page] == []


def test_the_web_service_of_the_page_answers_and_echoes_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(_module(WEB_SERVICE, "service.py", checkout, monkeypatch).app)
    content = COMPLETE.read_bytes()
    made = client.post("/documents", content=content)
    assert (made.status_code, made.content[:5]) == (200, b"%PDF-")
    secret = {"Kari Hemmelig": 1, "issued_on": "Kari Hemmelig"}
    wrong = json.dumps(json.loads(content) | secret).encode()
    told = client.post("/documents", content=wrong, headers={"accept-language": "sv-SE,sv"})
    assert told.status_code == 422
    assert "Hemmelig" not in told.text
    pointers = {problem["pointer"]: problem for problem in told.json()["problems"]}
    assert pointers["/issued_on"]["message"] == "är inte ett datum"
    assert client.post("/documents", content=b"{").json()["problems"][0]["code"] == "data.json"
    assert client.get("/schemas/rights?service=molde").json()["$id"].startswith("urn:planforms")
    assert client.get("/schemas/rights?service=nowhere").status_code == 404


def test_the_task_of_the_page_makes_a_file_or_tells_codes(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = _module(WEB_SERVICE, "tasks.py", checkout, monkeypatch).make_document
    (checkout / "done").mkdir()
    assert task("rights_signed_on_paper") == []
    assert (checkout / "done" / "rights_signed_on_paper.pdf").read_bytes().startswith(b"%PDF-")
    (checkout / "examples" / "molde" / "wrong.json").write_text('{"kind": "rights"}')
    assert task("wrong") == ["data.missing /language", "data.missing /case"]


def _module(page: str, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A file that a page shows, imported in a folder."""
    code = page.partition(f"`{name}`\n\n```python\n")[2].partition("```")[0]
    (folder / name).write_text(code, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    return importlib.import_module(name.removesuffix(".py"))


def test_the_loop_of_the_page_prints_what_stands_below_it(checkout: Path) -> None:
    [code] = [block for block in blocks(WEB_SERVICE, "python") if "asyncio.run" in block]
    assert run_python(code, checkout) == blocks(WEB_SERVICE, "text")[0]


def test_the_image_of_the_page_has_the_libraries_that_the_set_up_installs() -> None:
    [image] = blocks(WEB_SERVICE, "dockerfile")
    wanted = {need.package for need in LIBRARIES if need.package.startswith("lib")}
    assert wanted == set(re.findall(r"\blib[\w.-]+", image)) - {"lib"}


def test_the_guide_tells_every_mark_of_a_field() -> None:
    section = GUIDE.partition("## A kind of your own")[2].partition("\n## ")[0]
    marks = [name for name in models.__all__ if is_dataclass(getattr(models, name))]
    assert marks
    assert [name for name in marks if f"`{name}(" not in section] == []


def test_the_recipe_of_the_picture_makes_it(checkout: Path) -> None:
    pf.write(pf.render(pf.load(COMPLETE)), checkout / "out" / "molde" / f"{COMPLETE.stem}.no.pdf")
    [code] = blocks(CONTRIBUTING, "python")
    run_python(code, checkout)
    assert (checkout / "docs/images/final_report.png").stat().st_size < 100_000


def test_the_case_system_of_the_examples_makes_what_it_can_and_tells_the_rest(
    tmp_path: Path,
) -> None:
    command = [sys.executable, str(IMPORTING), str(tmp_path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-0042.pdf"]
    assert "measure.ended_on: is not a date" in answer.stdout


def test_the_case_system_of_the_examples_has_under_thirty_lines() -> None:
    assert len(IMPORTING.read_text(encoding="utf-8").splitlines()) < 30


# --- what the pages say of the code ---------------------------------------------------------


def test_the_map_tells_the_layers_of_imports_as_they_are() -> None:
    told = [set(re.split(r",\s*", line)) for line in blocks(MAP, "text")[-1].splitlines()]
    assert told == LAYERS


def test_the_guide_draws_the_tree_of_errors_as_the_code_does() -> None:
    drawing = dedent((errors.__doc__ or "").partition("::\n\n")[2].partition("\n\n")[0])
    assert drawing.startswith("PlanformsError ")
    assert f"```text\n{drawing}\n```" in GUIDE


def test_the_guide_names_every_public_function() -> None:
    functions = [name for name in pf.__all__ if name.islower()]
    assert [name for name in functions if f"`{name}(" not in GUIDE] == []


def test_the_guide_names_every_section_of_a_final_report() -> None:
    table = GUIDE.partition("## The data")[2].partition("### ")[0]
    assert [name for name in shapes_of(pf.FinalReport) if f"`{name}`" not in table] == []


def test_the_guide_names_everything_that_a_protected_identity_withholds() -> None:
    section = GUIDE.partition("### Protected identity")[2].partition("### ")[0]
    assert [path for path in guarded(pf.FinalReport) if f"`{path}`" not in section] == []


def guarded(model: type, prefix: str = "") -> Iterator[str]:
    """The paths that are withheld; of a part that is withheld as a whole, the part alone."""
    for name, shape in shapes_of(model).items():
        inner = shape.item or shape
        if shape.mark(Guarded):
            yield prefix + name
        elif inner.form is Form.PART and inner.model:
            yield from guarded(inner.model, f"{prefix}{name}.")


def test_every_code_of_a_problem_is_explained() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert sorted(code for code in literal_codes() if f"`{code}`" not in text) == []
    for kind in markup_codes():
        assert f"`template.{kind}`" in text, kind
    for kind in pydantic_codes():
        assert f"`data.{kind}`" in text or f"`profile.{kind}`" in text, kind


def test_every_code_that_is_explained_exists() -> None:
    known = literal_codes() | {f"template.{kind}" for kind in markup_codes()}
    kinds = pydantic_codes() | set(get_args(ErrorType))
    known |= {f"{prefix}.{kind}" for prefix in ("data", "profile", "locale") for kind in kinds}
    groups = "|".join(set(map(group, known)))
    for page in (GUIDE, (ROOT / "docs" / "services.md").read_text(encoding="utf-8")):
        told = set(re.findall(rf"`((?:{groups})\.[a-z_]+)`", page))
        assert [code for code in told - known if not code.endswith(FILE_SUFFIXES)] == []


def literal_codes() -> set[str]:
    """The codes that stand in the source as they are, however they reach a problem."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    words = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    codes = {word for word in words if CODE.fullmatch(word) and not word.endswith(FILE_SUFFIXES)}
    groups = {group(code) for node in nodes if isinstance(node, ast.Call) for code in given(node)}
    return {code for code in codes if group(code) in groups}


def given(call: ast.Call) -> Iterator[str]:
    """The code that a call gives to a problem."""
    function = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if function in ("Problem", "of", "_problem", "_note") and call.args:
        code = getattr(call.args[0], "value", "")
        if isinstance(code, str) and CODE.fullmatch(code):
            yield code


def group(code: str) -> str:
    """The first part of a code."""
    return code.partition(".")[0]


def markup_codes() -> set[str]:
    """The codes of the markup, without their first part."""
    files = (ROOT / "src/planforms/markup").glob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return set(re.findall(r'_(?:problem|fault)\(\s*"([a-z_]+)"', text))


def pydantic_codes() -> set[str]:
    """The codes that come from pydantic, without their first part."""
    text = (ROOT / "src/planforms/models/validation.py").read_text(encoding="utf-8")
    return {"unknown_field", "more", *re.findall(r'^    "([a-z_]+)": \(', text, re.MULTILINE)}


# --- links, hosts and paths -----------------------------------------------------------------


def links(text: str) -> Iterator[str]:
    """The targets of the links and pictures of a page, its code left out."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"\]\(([^)\s]+)\)", prose)
    yield from re.findall(r'(?:src|href)="([^"]+)"', prose)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made by the places that show it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_says_what_it_shows(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for picture in re.findall(r"<img [^>]*>", text):
        assert re.search(r'alt="[^"]{20,}"', picture)
    assert "![](" not in text


def text_files() -> Iterator[Path]:
    """Every text file that is part of the project: what .gitignore does not name."""
    ignored = [".git", *(ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = [name.rstrip("/") for name in ignored]
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if any(fnmatch(part, name) for part in parts for name in names) or not path.is_file():
            continue
        if b"\0" not in path.read_bytes():
            yield path


def test_no_file_names_a_host_of_packages_or_a_path_of_a_machine() -> None:
    found = []
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if HOST_OF_PACKAGES.search(line) or PATH_OF_A_MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "https://" + "registry.example.org/x",
        "see pypi." + "org",
        "https://files.pythonhosted." + "org/packages",
        "/" + "home/somebody/planforms",
        "open('/" + "tmp/x')",
    ],
)
def test_hosts_of_packages_and_paths_of_a_machine_are_recognised(line: str) -> None:
    assert HOST_OF_PACKAGES.search(line) or PATH_OF_A_MACHINE.search(line)
