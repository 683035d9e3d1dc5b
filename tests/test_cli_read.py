"""Forms that came back, from the command line: one of them, or a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.batching.returning import read_folder
from planforms.forms.identity import identity_of
from tests.commands import call
from tests.reports import ROOT

SECRET = "Hemmelig"
DRAFT = ROOT / "examples" / "molde" / "draft_with_values_missing.json"
NAMED = {"case.number": "2026/14", "case.participant.name": "Ánde Ødegård"}
UNCLEAR = {**NAMED, "issued_on": f"1/6 {SECRET}"}


def save(path: Path, values: Mapping[str, object], kind: str = "action_plan") -> Path:
    identity = identity_of(pf.blank(kind, service="molde"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"planforms": str(identity), "values": values}), encoding="utf-8")
    return path


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_form_becomes_data(tmp_path: Path) -> None:
    form, data = save(tmp_path / "form.json", NAMED), tmp_path / "data.json"
    answer = call("read", form, "-o", data, "--json")
    assert answer.returncode == 0
    assert json.loads(answer.stdout) == {"written": str(data), "state": "complete", "problems": []}
    assert pf.load(data).reference == "2026/14"
    assert data.stat().st_mode & 0o777 == 0o600


def test_a_form_is_read_from_standard_input_and_written_there(tmp_path: Path) -> None:
    content = save(tmp_path / "form.json", NAMED).read_bytes()
    answer = call("read", "-", "-o", tmp_path / "data.json", stdin=content)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "complete\n")
    both = call("read", "-", "-o", "-", "--json", stdin=content)
    assert both.returncode == 2


def test_a_form_that_is_left_open_is_no_failure(tmp_path: Path) -> None:
    form = save(tmp_path / "form.json", {"case.participant.name": "Ánde"})
    answer = call("read", form, "-o", tmp_path / "data.json")
    assert answer.returncode == 0
    assert answer.stderr.startswith("warning: case.number: is missing")
    assert read_json(tmp_path / "data.json")["case"]["participant"] == {"name": "Ánde"}


def test_what_cannot_be_read_is_told_without_what_was_written(tmp_path: Path) -> None:
    answer = call("read", save(tmp_path / "f.json", UNCLEAR), "-o", tmp_path / "data.json")
    assert answer.returncode == 1
    assert "issued_on" in answer.stderr
    assert SECRET not in answer.stderr + answer.stdout
    assert SECRET not in (tmp_path / "data.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"", b"{", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff"])
def test_what_is_no_form_is_refused_and_writes_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(content)
    answer = call("read", tmp_path / "f.pdf", "-o", tmp_path / "data.json", "--json")
    assert answer.returncode == 1
    [problem] = json.loads(answer.stdout)["problems"]
    assert problem["code"].startswith("form.")
    assert not (tmp_path / "data.json").exists()


def test_a_folder_of_forms_becomes_a_folder_of_data(tmp_path: Path) -> None:
    forms, data = tmp_path / "forms", tmp_path / "data"
    save(forms / "a.json", NAMED)
    save(forms / "deeper" / "b.json", {"case.participant.name": "Ánde"})
    save(forms / "c.json", UNCLEAR)
    (forms / "d.pdf").write_bytes(b"no form")
    (forms / "notes.txt").write_text("left alone")
    answer = call("read", forms, "-o", data, "--json", "--workers", "1")
    assert answer.returncode == 1
    told = json.loads(answer.stdout)
    assert {one["name"]: one["state"] for one in told["files"]} == {
        "a.json": "complete",
        "deeper/b.json": "partly",
        "c.json": "unclear",
        "d.pdf": "refused",
    }
    assert told["counts"] == {"complete": 1, "partly": 1, "unclear": 1, "refused": 1}
    assert len(answer.stderr.splitlines()) == 4
    assert pf.load(data / "a.json.json").reference == "2026/14"
    assert read_json(data / "deeper" / "b.json.json")["kind"] == "action_plan"
    lines = (data / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["name"] for line in lines) == sorted(
        one["name"] for one in told["files"]
    )
    assert SECRET not in answer.stdout + answer.stderr + "".join(lines)

    save(forms / "c.json", NAMED)
    (data / "deeper" / "b.json.json").write_text("{}")
    again = {one.name: one for one in read_folder(forms, data, workers=1)}
    assert {name: one.is_new for name, one in again.items()} == {
        "a.json": False,
        "deeper/b.json": True,
        "c.json": True,
        "d.pdf": True,
    }
    assert again["c.json"].state == "complete"


def test_a_folder_without_forms_or_beside_itself_is_a_wrong_call(tmp_path: Path) -> None:
    assert call("read", tmp_path, "-o", tmp_path / "data").returncode == 2
    save(tmp_path / "a.json", NAMED)
    assert call("read", tmp_path, "-o", tmp_path).returncode == 2


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_draft_goes_out_as_a_form_and_comes_back_as_data(suffix: str, tmp_path: Path) -> None:
    form, back = tmp_path / f"form.{suffix}", tmp_path / "back.json"
    assert call("render", DRAFT, "--fillable", "-o", form).returncode == 0
    answer = call("read", form, "-o", back, "--json")
    assert (answer.returncode, json.loads(answer.stdout)["state"]) == (0, "complete")
    sent, returned = (pf.load(path, pf.FinalReport) for path in (DRAFT, back))
    assert returned.case.participant == sent.case.participant
    assert returned.conclusion == sent.conclusion
    assert len(returned.activities) == len(sent.activities) > 0


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html"])
def test_an_empty_form_to_fill_in_is_made_in_every_format(suffix: str, tmp_path: Path) -> None:
    form = tmp_path / f"form.{suffix}"
    made = call("blank", "consent", "--service", "molde", "--fillable", "-o", form)
    assert made.returncode == 0
    answer = call("read", form, "-o", tmp_path / "back.json", "--json")
    told = json.loads(answer.stdout)
    if suffix == "html":
        assert [problem["code"] for problem in told["problems"]] == ["form.page"]
    else:
        assert (answer.returncode, told["state"]) == (0, "partly")
