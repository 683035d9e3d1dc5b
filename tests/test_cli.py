"""The command line: most of it called within this process, some of it run as a user runs it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import planforms as pf
from tests.commands import call as planforms
from tests.commands import run
from tests.reports import COMPLETE, GONE, report_data

SECRET = "Zyxwvut"


def test_kinds_lists_each_kind_with_its_titles() -> None:
    answer = planforms("kinds")
    assert answer.returncode == 0
    lines = answer.stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(pf.kinds())
    assert (
        "final_report\tSlutrapport (da), Sluttrapport (nn), Sluttrapport (no), Slutrapport (sv)"
        in lines
    )
    assert json.loads(planforms("kinds", "--json").stdout)["final_report"]["no"] == "Sluttrapport"


def test_render_writes_several_formats_at_once(tmp_path: Path) -> None:
    outputs = [tmp_path / f"report.{suffix}" for suffix in ("pdf", "docx", "html")]
    answer = run("render", COMPLETE, *(part for path in outputs for part in ("-o", path)))
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert all(path.stat().st_size > 10_000 for path in outputs)


def test_two_languages_stand_beside_each_other(tmp_path: Path) -> None:
    paper, form = tmp_path / "report.html", tmp_path / "form.html"
    both, known = ("--beside", "sv"), tmp_path / "known.html"
    assert planforms("render", COMPLETE, *both, "-o", paper).returncode == 0
    options = ("--service", "molde", *both, "--fillable")
    assert planforms("blank", "consent", *options, "-o", form).returncode == 0
    assert planforms("render", COMPLETE, "--fillable", *both, "-o", known).returncode == 0
    for page in (paper, form, known):
        assert '<html lang="nb">' in page.read_text(encoding="utf-8")
        assert "Texten på norskt bokmål gäller." in page.read_text(encoding="utf-8")
    wrong = planforms("render", COMPLETE, "--beside", "no", "-o", paper)
    assert wrong.returncode == 2
    assert "beside.same" in wrong.stderr


def test_documents_and_forms_can_be_had_in_large_print_and_as_plain_text(tmp_path: Path) -> None:
    page, text, form = (tmp_path / name for name in ("report.html", "report.txt", "form.html"))
    answer = planforms("render", COMPLETE, "--large", "-o", page, "-o", text)
    assert (answer.returncode, answer.stderr) == (0, "")
    document = pf.render(pf.load(COMPLETE))
    assert page.read_text("utf-8") == pf.to_html(pf.large_print(document)) != pf.to_html(document)
    assert text.read_bytes() == pf.to_text(document).encode()
    asked = ("blank", "consent", "--service", "molde", "--large", "--fillable", "-o", form)
    assert planforms(*asked).returncode == 0
    assert ":root { font-size: 18pt; background: none }" in form.read_text("utf-8")
    refused = planforms("blank", "consent", "--service", "molde", "--fillable", "-o", text)
    assert refused.returncode == 2
    assert "format.fillable" in refused.stderr


def test_render_lays_out_with_another_engine(tmp_path: Path) -> None:
    pdf, word = tmp_path / "report.pdf", tmp_path / "report.docx"
    assert planforms("render", COMPLETE, "-o", pdf, "-o", word, "--engine", "typst").returncode == 0
    document = pf.render(pf.load(COMPLETE))
    assert pdf.read_bytes() == pf.to_pdf(document, engine="typst") != pf.to_pdf(document)
    assert word.read_bytes() == pf.to_docx(document)
    refused = planforms("render", COMPLETE, "-o", tmp_path / "x.pdf", "--engine", "latex")
    assert refused.returncode == 2
    assert "choose from" in refused.stderr


def test_render_reads_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    answer = run("render", "-", "-o", path, "-l", "sv", stdin=COMPLETE.read_bytes())
    assert answer.returncode == 0
    assert 'lang="sv"' in path.read_text(encoding="utf-8")


def test_blank_makes_an_empty_form_in_a_language(tmp_path: Path) -> None:
    path = tmp_path / "blank.html"
    answer = planforms("blank", "final_report", "-l", "sv", "--service", "hjortmossen", "-o", path)
    assert answer.returncode == 0
    assert "Slutredovisning" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "service", "form", "title"),
    [
        ("checklist", "team_work", "closing", "Checklista: avslut"),
        ("unit_report", "harstad", "third", "Tertialrapport"),
    ],
)
def test_blank_makes_the_form_that_is_asked_for(
    kind: str, service: str, form: str, title: str, tmp_path: Path
) -> None:
    path = tmp_path / "blank.html"
    answer = planforms("blank", kind, "--service", service, "--form", form, "-o", path)
    assert answer.returncode == 0
    assert title in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "known"), [("checklist", "closing"), ("rights", "nothing")])
def test_blank_refuses_a_form_that_there_is_not(kind: str, known: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.html"
    answer = planforms("blank", kind, "--service", "team_work", "--form", "closed_x", "-o", path)
    assert answer.returncode != 0
    assert "[blank.form]" in answer.stderr
    assert known in answer.stderr
    assert not path.exists()


def test_schema_prints_the_json_schema_of_a_kind() -> None:
    answer = planforms("schema", "final_report")
    assert answer.returncode == 0
    schema = json.loads(answer.stdout)
    assert schema["title"] == "FinalReport"
    assert "schema" in schema["properties"]


def test_json_tells_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    answer = planforms("render", COMPLETE, "-o", path, "--json")
    assert json.loads(answer.stdout) == {"written": [str(path)], "warnings": []}


def write_data(folder: Path, changes: dict[str, object]) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps(report_data(changes)), encoding="utf-8")
    return path


def test_wrong_data_is_told_whole_without_values_and_nothing_is_written(tmp_path: Path) -> None:
    changes: dict[str, object] = {
        f"case.participant.{SECRET}": SECRET,
        "issued_on": SECRET,
        "case.number": GONE,
        "language": f"{SECRET} {SECRET}",
    }
    output = tmp_path / "x.pdf"
    answer = run("render", write_data(tmp_path, changes), "-o", output)
    errors = answer.stderr
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert len(errors.splitlines()) == 4
    assert SECRET not in errors
    assert "Traceback" not in errors
    assert not output.exists()


def test_a_final_report_that_lacks_something_writes_no_format_at_all(tmp_path: Path) -> None:
    data = write_data(tmp_path, {"conclusion": GONE, "resources": GONE})
    answer = planforms(
        "render", data, "-o", tmp_path / "x.html", "-o", tmp_path / "x.pdf", "--json"
    )
    problems = json.loads(answer.stdout)["problems"]
    assert answer.returncode == 1
    assert [problem["place"] for problem in problems] == ["resources", "conclusion"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.json"]


def test_warnings_are_told_and_do_not_stop_the_document(tmp_path: Path) -> None:
    data = write_data(tmp_path, {"conclusion": "Fint 👍"})
    answer = planforms("render", data, "-o", tmp_path / "x.html")
    assert answer.returncode == 0
    assert answer.stderr.startswith("warning: conclusion: ")
    assert "👍" not in answer.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "none.json", "-o", "x.pdf"],
        ["render", str(COMPLETE), "-o", "x.odt"],
        ["render", str(COMPLETE), "-o", "none/x.html"],
        ["render", str(COMPLETE), "-o", "x.html", "--templates", "none"],
        ["render", str(COMPLETE), "-o", "x.html", "--services", "none"],
        ["render", str(COMPLETE), "-o", "x.html", "-l", "fi"],
        ["render", str(COMPLETE)],
        ["render", str(COMPLETE), "-o", "x.html", "--lang", "sv"],
        ["render", "-", "-o", "x.html"],
        ["blank", "nothing", "--service", "molde", "-o", "x.html"],
        ["blank", "final_report", "--service", "nowhere", "-o", "x.html"],
        ["blank", "final_report", "-o", "x.html"],
        ["schema", "nothing"],
        ["nothing"],
        [],
    ],
)
def test_an_unusable_call_ends_with_2_and_no_traceback(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = planforms(*arguments, stdin=b"not json")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_ones_own_template_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    folder.mkdir()
    (folder / "final_report.html").write_text("<h1>{{ title }}</h1>\n\n<font>x</font>\n", "utf-8")
    answer = planforms("render", COMPLETE, "-o", tmp_path / "x.html", "--templates", tmp_path)
    assert answer.returncode == 1
    assert "no/final_report.html:3:1: <font> is not a tag of the templates" in answer.stderr


def test_help_names_every_command() -> None:
    text = planforms("--help").stdout
    for command in ("kinds", "render", "blank", "schema"):
        assert command in text


PRINTING = (
    ("schema", "final_report"),
    ("kinds",),
    ("render", str(COMPLETE), "-o", "-", "--format", "html"),
    ("render", "none.json", "-o", "x.html", "--json"),
)


@pytest.mark.parametrize("arguments", PRINTING, ids=lambda arguments: arguments[0])
def test_a_reader_that_stops_listening_is_told_by_the_status(arguments: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "planforms", *arguments]
    with os.fdopen(write, "wb") as stdout:
        answer = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False)
    assert (answer.returncode, answer.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", PRINTING, ids=lambda arguments: arguments[0])
def test_a_full_device_is_an_unusable_call(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "planforms", *arguments]
    with Path("/dev/full").open("wb") as stdout:
        answer = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False)
    said = b"planforms: standard output: No space left on device\n"
    assert (answer.returncode, answer.stderr) == (2, said)


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_document_can_be_printed_on_standard_output(suffix: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planforms", "render", str(COMPLETE)]
    file = tmp_path / f"x.{suffix}"
    outputs = ["-o", "-", "--format", suffix, "-o", str(file)]
    answer = subprocess.run([*command, *outputs], capture_output=True, check=True)
    assert answer.stdout == file.read_bytes()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("-o", "-"), "output.format"),
        (("-o", "x.html", "--format", "pdf"), "output.format"),
        (("-o", "-", "-o", "-", "--format", "pdf"), "output.twice"),
        (("-o", "-", "--format", "pdf", "--json"), "output.twice"),
    ],
)
def test_standard_output_holds_one_answer_of_a_told_format(
    options: tuple[str, ...], code: str
) -> None:
    answer = planforms("render", COMPLETE, *options)
    assert answer.returncode == 2
    assert code in answer.stdout + answer.stderr


def test_files_get_the_mode_that_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    assert planforms("render", COMPLETE, "-o", file, "--mode", "640").returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert planforms("render", COMPLETE, "-o", file, "--mode", "999").returncode == 2


def test_no_letter_of_an_argument_steers_the_terminal() -> None:
    for arguments in (("render", "\x1b[31m.json", "-o", "x.pdf"), ("kinds", "\x1b[2J")):
        answer = planforms(*arguments)
        assert answer.returncode == 2
        assert "\x1b" not in answer.stdout + answer.stderr


def test_a_terminal_that_knows_ascii_alone_is_no_obstacle() -> None:
    command = [sys.executable, "-m", "planforms", "kinds"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    answer = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert b"\\xe5" in answer.stdout


def test_the_version_is_the_packages() -> None:
    assert run("--version").stdout.strip() == f"planforms {pf.__version__}"
