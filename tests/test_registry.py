"""Kinds of document from outside of planforms: registered in a program, or named by a package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, create_model

import planforms as pf
from planforms.models import CaseDocument, Day, DocumentData, Line, Needed, Part, UnitDocument
from planforms.registry import KINDS, Kinds
from tests.reports import problems_of


class Note(CaseDocument):
    """A kind that only these tests know."""

    kind: Literal["note"]
    written_on: Annotated[Day | None, Needed()] = None
    subject: Line | None = None


class OtherNote(CaseDocument):
    """Another model of the same kind."""

    kind: Literal["note"]


@pytest.fixture(autouse=True)
def _no_kind_outlives_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KINDS, "_others", {})
    monkeypatch.setattr(KINDS, "_built_in", dict(KINDS._built_in))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with the template and the words of the kind, in one language."""
    folder = tmp_path / "my-templates" / "no"
    folder.mkdir(parents=True)
    html = (
        "<h1>{{ title }}</h1>\n<p>{{ subject|label }}: {{ subject }}</p>\n<p>{{ written_on }}</p>"
    )
    (folder / "note.html").write_text(html, encoding="utf-8")
    words = {"title note": "Notat", "field Note.subject": "Emne", "field Note.written_on": "Dato"}
    entries = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"']
    for key, word in words.items():
        context, name = key.split()
        entries.append(f'msgctxt "{context}"\nmsgid "{name}"\nmsgstr "{word}"')
    (folder / "terms.po").write_text("\n\n".join(entries) + "\n", encoding="utf-8")
    return folder.parent


def note(**changes: Any) -> dict[str, Any]:
    case = {"number": "1", "service": "molde", "participant": {"name": "Ada Eksempel"}}
    return {"kind": "note", "language": "no", "case": case, "subject": "Benken", **changes}


# --- in a program ---------------------------------------------------------------------------


def test_a_registered_kind_is_known_everywhere(templates: Path) -> None:
    assert pf.register(Note) is Note
    assert "note" in pf.kinds()
    data = pf.load(note())
    assert isinstance(data, Note)
    assert "Emne: Benken" in pf.render(data, templates=templates).text()
    assert pf.blank("note", service="molde", templates=templates).title == "Notat"


def test_what_a_final_document_needs_holds_for_it_too(templates: Path) -> None:
    pf.register(Note)
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load(note(status="final", issued_on="2026-11-22")), templates=templates)
    assert problems_of(caught.value) == {("data.needed", "written_on")}


def test_a_profile_can_say_what_a_service_needs_in_it(tmp_path: Path, templates: Path) -> None:
    pf.register(Note)
    built_in = Path(pf.__file__).parent / "services"
    text = (built_in / "molde.toml").read_text(encoding="utf-8")
    (tmp_path / "molde.toml").write_text(
        text + '\n[documents.note]\nneeded = ["subject"]\n', encoding="utf-8"
    )
    (tmp_path / "molde.png").write_bytes((built_in / "molde.png").read_bytes())
    data = pf.load(note(status="final", subject=None, written_on="2026-11-22"))
    with pytest.raises(pf.DataError) as caught:
        pf.render(data, templates=templates, services=tmp_path)
    assert ("data.needed", "subject") in problems_of(caught.value)


def test_registering_a_model_twice_changes_nothing() -> None:
    before = len(pf.kinds())
    pf.register(Note)
    pf.register(Note)
    assert len(pf.kinds()) == before + 1


def test_a_declaration_takes_the_place_of_its_model_alone() -> None:
    kinds = Kinds(())
    whole = pf.Kind(Note, rules=("answer_by",))
    for kind in (pf.Kind(Note), whole, pf.Kind(Note)):
        kinds.add(kind)
    assert kinds["note"] is whole


def test_another_model_of_the_same_kind_is_refused() -> None:
    pf.register(Note)
    with pytest.raises(pf.UsageError) as caught:
        pf.register(OtherNote)
    assert problems_of(caught.value) == {("kind.taken", "note")}
    assert KINDS["note"].model is Note


def test_a_built_in_kind_cannot_be_taken() -> None:
    class Mine(CaseDocument):
        kind: Literal["final_report"]

    with pytest.raises(pf.UsageError) as caught:
        pf.register(Mine)
    assert problems_of(caught.value) == {("kind.taken", "final_report")}


def kind_of(*names: str) -> type[DocumentData]:
    """A model whose field ``kind`` allows these names."""
    literal: Any = Literal[names]
    return create_model("Odd", __base__=CaseDocument, kind=(literal, ...))


@pytest.mark.parametrize(
    "model",
    [CaseDocument, kind_of("one", "two"), kind_of("Note"), kind_of("../note"), kind_of("")],
    ids=["none", "two", "capital", "folder", "empty"],
)
def test_a_kind_without_the_right_form_is_refused(model: type[DocumentData]) -> None:
    with pytest.raises(pf.UsageError) as caught:
        pf.register(model)
    assert {problem.code for problem in caught.value.problems} == {"kind.form"}


@pytest.mark.parametrize("model", [Part, BaseModel, DocumentData, dict, "note", None])
def test_only_models_of_documents_can_be_registered(model: Any) -> None:
    with pytest.raises(pf.UsageError) as caught:
        pf.register(model)
    assert {problem.code for problem in caught.value.problems} == {"kind.model"}


def test_a_batch_whose_workers_do_not_know_the_kind_ends_at_once(
    tmp_path: Path, templates: Path
) -> None:
    pf.register(Note)
    (tmp_path / "cases.jsonl").write_text(json.dumps(note()), encoding="utf-8")
    with pytest.raises(pf.UsageError) as caught:
        pf.batch(tmp_path / "cases.jsonl", tmp_path / "out", templates=templates, workers=1)
    assert {problem.code for problem in caught.value.problems} == {"batch.basis"}


# --- named by a package ---------------------------------------------------------------------

PACKAGE = """
from typing import Literal
from planforms.models import CaseDocument, Line

class Note(CaseDocument):
    kind: Literal["note"]
    subject: Line | None = None
    written_on: Line | None = None
"""


def install(folder: Path, module: str, entry: str) -> dict[str, str]:
    """A package as an installer leaves it in a folder; the environment that finds it."""
    (folder / "my_forms.py").write_text(module, encoding="utf-8")
    metadata = folder / "my_forms-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: my-forms\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[planforms.kinds]\n{entry}\n")
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}


def planforms(*arguments: str, env: dict[str, str] | None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planforms", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_the_command_line_knows_the_kind_of_a_package(tmp_path: Path, templates: Path) -> None:
    env = install(tmp_path, PACKAGE, "note = my_forms:Note")
    assert "note" in json.loads(planforms("kinds", "--json", env=env).stdout)
    assert "subject" in planforms("schema", "note", env=env).stdout
    form = tmp_path / "form.html"
    blank = ("blank", "note", "--service", "molde", "--templates", str(templates))
    answer = planforms(*blank, "-o", str(form), env=env)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Emne" in form.read_text(encoding="utf-8")


def test_the_workers_of_a_batch_know_the_kind_of_a_package(tmp_path: Path, templates: Path) -> None:
    env = install(tmp_path, PACKAGE, "note = my_forms:Note")
    cases = tmp_path / "cases.jsonl"
    final = note(status="final", issued_on="2026-11-22")
    cases.write_text(json.dumps(final), encoding="utf-8")
    out = tmp_path / "out"
    batch = ("batch", str(cases), "-o", str(out), "--templates", str(templates))
    answer = planforms(*batch, "--format", "html", env=env)
    assert answer.returncode == 0, answer.stderr
    [page] = out.rglob("*.html")
    assert "Benken" in page.read_text(encoding="utf-8")


WHOLE = (
    PACKAGE
    + """
from pathlib import Path
import planforms as pf

def shouting(note, setting):
    if note.subject and note.subject.isupper():
        yield pf.Problem("note.loud", "subject", "is loud")

def place(note, setting):
    return (pf.Fact("note_place", None, setting.service.organisation.town, ""),)

NOTE = pf.Kind(
    Note,
    problems=(shouting,),
    facts=(place,),
    rules=("note_place",),
    templates=Path(__file__).parent / "my-templates",
)
"""
)


def test_a_package_brings_model_rules_and_words_together(tmp_path: Path, templates: Path) -> None:
    html = templates / "no" / "note.html"
    place = "\n<p>{{ facts.note_place.words }}</p>\n<p>{{ issued_on }}</p>\n"
    html.write_text(html.read_text(encoding="utf-8") + place, encoding="utf-8")
    env = install(tmp_path, WHOLE, "note = my_forms:NOTE")
    form = tmp_path / "form.html"
    answer = planforms("blank", "note", "--service", "molde", "-o", str(form), env=env)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "MOLDE" in form.read_text(encoding="utf-8")
    (tmp_path / "note.json").write_text(json.dumps(note(subject="BENKEN")), encoding="utf-8")
    told = planforms("render", str(tmp_path / "note.json"), "-o", str(form), env=env)
    assert told.returncode == 1
    assert "[note.loud]" in told.stderr
    checked = planforms("check", env=env)
    assert checked.returncode == 0, checked.stdout
    own = tmp_path / "own"
    copied = planforms("templates", "copy", "note", "no", "-o", str(own), env=env)
    assert copied.returncode == 0, copied.stderr
    assert (own / "no" / "note.html").read_bytes() == html.read_bytes()


@pytest.mark.parametrize(
    ("module", "entry", "code"),
    [
        ("import no_such_library", "note = my_forms:Note", "kind.package"),
        (PACKAGE, "note = my_forms:Missing", "kind.package"),
        (PACKAGE, "note = my_forms:Line", "kind.model"),
        (PACKAGE.replace('"note"', '"final_report"'), "note = my_forms:Note", "kind.taken"),
    ],
    ids=["import", "name", "model", "kind"],
)
def test_a_package_that_cannot_be_used_is_told(
    tmp_path: Path, module: str, entry: str, code: str
) -> None:
    answer = planforms("kinds", "--json", env=install(tmp_path, module, entry))
    assert answer.returncode == 2
    assert [found["code"] for found in json.loads(answer.stdout)["problems"]] == [code]


def test_whoever_looks_again_is_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "import no_such_library", "note = my_forms:Note")
    monkeypatch.syspath_prepend(tmp_path)
    kinds = Kinds(("final_report",))
    for _ in range(2):
        with pytest.raises(pf.UsageError) as caught:
            len(kinds)
        assert "my-forms" in caught.value.problems[0].hint


def test_help_asks_no_package(tmp_path: Path) -> None:
    env = install(tmp_path, "raise SystemExit('asked')", "note = my_forms:Note")
    answer = planforms("--help", env=env)
    assert (answer.returncode, answer.stderr) == (0, "")


# --- of a whole service -----------------------------------------------------------------------


class Count(UnitDocument):
    """A kind about a service and a period, which only these tests know."""

    kind: Literal["count"]


def test_a_document_of_a_service_needs_no_case(templates: Path) -> None:
    pf.register(Count)
    html = "<h1>{{ title }}</h1>\n<p>{{ period.ends_on }}</p>\n"
    (templates / "no" / "count.html").write_text(html, encoding="utf-8")
    with (templates / "no" / "terms.po").open("a", encoding="utf-8") as terms:
        terms.write('\nmsgctxt "title"\nmsgid "count"\nmsgstr "Antall"\n')
        terms.write('\nmsgctxt "field"\nmsgid "Period.ends_on"\nmsgstr "Til"\n')
    period = {"starts_on": "2026-01-01", "ends_on": "2026-03-31"}
    data = {"kind": "count", "language": "no", "service": "molde", "period": period}
    document = pf.render(pf.load(data), templates=templates)
    assert "31.\u00a0mars\u00a02026" in document.text()
    assert document.footer.text == "molde 2026-03-31 · Antall"
    assert pf.blank("count", service="molde", templates=templates).title == "Antall"
    with pytest.raises(pf.DataError) as caught:
        pf.load({**data, "period": {**period, "ends_on": "2025-12-31"}})
    assert problems_of(caught.value) == {("data.date_order", "period.starts_on")}
