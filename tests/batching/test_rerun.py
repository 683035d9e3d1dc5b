"""Running again: what is new or changed is made, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import stat
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms import __version__
from tests.batching.inputs import (
    codes,
    digests,
    manifest,
    outcomes,
    reports,
    run,
    write_folder,
    write_lines,
)
from tests.reports import ROOT, report_data

FIRST, SECOND = "2026-0001_final_report_no", "2026-0002_final_report_no"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "in", reports(2))


@pytest.fixture
def out(source: Path, tmp_path: Path) -> Path:
    """A folder in which two reports have been made."""
    run(source, tmp_path / "out")
    return tmp_path / "out"


def test_nothing_is_made_again_and_the_manifest_does_not_grow(source: Path, out: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in out.iterdir() if path.suffix != ".lock"}
    assert outcomes(run(source, out)) == {FIRST: "unchanged", SECOND: "unchanged"}
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_what_is_changed_is_made_again(source: Path, out: Path) -> None:
    one, two = reports(2)
    two["conclusion"] = "Noe nytt."
    write_lines(source, [one, two])
    assert outcomes(run(source, out)) == {FIRST: "unchanged", SECOND: "rendered"}
    assert len(manifest(out)) == 3


def test_what_is_new_is_made(source: Path, out: Path) -> None:
    done = run(write_lines(source, reports(3)), out)
    assert sorted(outcomes(done).values()) == ["rendered", "unchanged", "unchanged"]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"<html>")])
def test_a_file_that_is_gone_or_damaged_is_made_again(source: Path, out: Path, damage: Any) -> None:
    before = digests(out)
    damage(out / f"{FIRST}.html")
    assert outcomes(run(source, out)) == {FIRST: "rendered", SECOND: "unchanged"}
    assert digests(out) == before


def test_another_format_is_made_beside_the_first(source: Path, out: Path) -> None:
    assert set(outcomes(run(source, out, formats=["docx"])).values()) == {"rendered"}
    assert set(outcomes(run(source, out, formats=["docx", "html"])).values()) == {"unchanged"}
    assert set(outcomes(run(source, out)).values()) == {"unchanged"}


def test_another_engine_is_a_change_and_the_manifest_tells_it(source: Path, out: Path) -> None:
    """It matters for PDF alone, but a line tells of all files of a document."""
    assert {line["engine"] for line in manifest(out)} == {"weasyprint"}
    assert set(outcomes(run(source, out, engine="typst")).values()) == {"rendered"}
    assert set(outcomes(run(source, out, engine="typst")).values()) == {"unchanged"}
    last = manifest(out)[-1]
    assert (last["engine"], last["engine_version"]) == ("typst", version("typst"))


def test_an_unknown_engine_is_a_wrong_call(source: Path, tmp_path: Path) -> None:
    with pytest.raises(pf.UsageError, match=r"engine\.unknown"):
        run(source, tmp_path / "out", engine="latex")
    assert not (tmp_path / "out").exists()


def test_a_changed_template_makes_everything_anew(source: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    options = {"templates": tmp_path / "templates"}
    run(source, tmp_path / "out", **options)
    assert set(outcomes(run(source, tmp_path / "out", **options)).values()) == {"unchanged"}
    terms = tmp_path / "templates" / "no" / "terms.po"
    terms.write_text(terms.read_text("utf-8").replace('"Sluttrapport"', '"Rapport"'), "utf-8")
    assert set(outcomes(run(source, tmp_path / "out", **options)).values()) == {"rendered"}


def test_a_changed_profile_makes_everything_anew(source: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src/planforms/services", tmp_path / "services")
    options = {"services": tmp_path / "services"}
    run(source, tmp_path / "out", **options)
    profile = tmp_path / "services" / "molde.toml"
    profile.write_text(profile.read_text("utf-8") + "\n# checked again\n", "utf-8")
    assert set(outcomes(run(source, tmp_path / "out", **options)).values()) == {"rendered"}
    (tmp_path / "services" / "notes.txt").write_text("of no matter", "utf-8")
    assert set(outcomes(run(source, tmp_path / "out", **options)).values()) == {"unchanged"}


def test_templates_that_change_during_a_run_end_it_and_the_next_one_makes_all_alike(
    source: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    terms = tmp_path / "templates" / "no" / "terms.po"

    def change(*_: object) -> None:
        terms.write_text(terms.read_text("utf-8") + "\n# checked\n", "utf-8")

    options = {"templates": tmp_path / "templates", "workers": 1}
    write_lines(source, reports(8))
    with pytest.raises(pf.UsageError, match="differ from those the run began with"):
        run(source, tmp_path / "out", progress=change, **options)
    assert set(outcomes(run(source, tmp_path / "out", **options)).values()) == {"rendered"}


def test_a_document_that_is_mended_is_made(tmp_path: Path) -> None:
    record = report_data({"issued_on": "2020-01-01"})
    source = write_lines(tmp_path / "in", [record])
    assert set(outcomes(run(source, tmp_path / "out")).values()) == {"failed"}
    record["issued_on"] = report_data()["issued_on"]
    write_lines(source, [record])
    assert set(outcomes(run(source, tmp_path / "out")).values()) == {"rendered"}


def test_what_fails_or_is_blocked_each_night_is_noted_once(tmp_path: Path) -> None:
    changes: list[dict[str, Any]] = [
        {"status": "draft"},
        {"resources": None},
        {"conclusion": "Fint 👍"},
    ]
    records = [
        report_data({"case.number": f"N{number}", **change})
        for number, change in enumerate(changes)
    ]
    source = write_lines(tmp_path / "in", records)
    run(source, tmp_path / "out")
    first = manifest(tmp_path / "out")
    run(source, tmp_path / "out")
    assert manifest(tmp_path / "out") == first
    assert sorted(line["outcome"] for line in first) == ["blocked", "failed", "rendered"]


def test_a_line_of_the_manifest_tells_what_a_document_was_made_of(source: Path, out: Path) -> None:
    line = next(line for line in manifest(out) if line["name"] == FIRST)
    record = source.read_bytes().splitlines(keepends=True)[0]
    content = (out / f"{FIRST}.html").read_bytes()
    assert len(line.pop("basis")) == 64
    assert line == {
        "name": FIRST,
        "outcome": "rendered",
        "case": "2026/0001",
        "input": hashlib.sha256(record).hexdigest(),
        "version": __version__,
        "engine": "weasyprint",
        "engine_version": version("weasyprint"),
        "kind": "final_report",
        "language": "no",
        "due": None,
        "files": {f"{FIRST}.html": hashlib.sha256(content).hexdigest()},
        "problems": [],
    }


def test_the_manifest_holds_no_value_of_a_case_but_its_number(tmp_path: Path) -> None:
    secret = "Zyxwvut"
    changes = {"case.participant.name": secret, "conclusion": f"{secret} 👍", "case.number": "A1"}
    bad = {**changes, "case.number": "A2", "measure.key": secret.lower(), "case.closure": {}}
    records = [report_data(changes), report_data(bad), report_data({**changes, secret: secret})]
    done = run(write_lines(tmp_path / "in", records), tmp_path / "out")
    assert set(outcomes(done).values()) == {"rendered", "failed"}
    text = (tmp_path / "out" / "manifest.jsonl").read_text("utf-8")
    assert secret.casefold() not in (text + str(done)).casefold()


def test_a_manifest_that_was_cut_off_anywhere_is_mended(source: Path, out: Path) -> None:
    before, path = digests(out), out / "manifest.jsonl"
    whole = path.read_bytes()
    chance = random.Random(4711)
    for cut in (0, 1, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(25))):
        path.write_bytes(whole[:cut])
        done = run(source, out)
        assert done.complete
        lines = {line["name"]: line for line in manifest(out)}
        assert lines == {line["name"]: line for line in map(json.loads, whole.splitlines())}
        assert digests(out) == before


def test_a_spoilt_line_of_the_manifest_costs_its_document_alone(source: Path, out: Path) -> None:
    path = out / "manifest.jsonl"
    first, second = path.read_text("utf-8").splitlines()
    for spoilt in ("\0\0\0", "{}", "[]", "null", '{"name":[]}', first[:100]):
        path.write_text(f"{spoilt}\n{second}\n", "utf-8")
        assert outcomes(run(source, out)) == {FIRST: "rendered", SECOND: "unchanged"}


def test_files_half_written_by_a_killed_run_are_swept_away(source: Path, out: Path) -> None:
    before = digests(out)
    (out / ".planforms-batch-x7f3k2").write_bytes(b"half a docu")
    run(source, out)
    assert digests(out) == before
    assert not list(out.glob(".planforms-batch-*"))


def test_a_file_that_another_command_is_writing_stays(source: Path, out: Path) -> None:
    other = out / ".planforms-0123456789abcdef"
    other.write_bytes(b"half a docu")
    run(source, out)
    assert other.read_bytes() == b"half a docu"
    other.unlink()


SPOILT = [
    b"[1, 2]",
    b'"name"',
    b'{"name": 7, "outcome": "rendered", "case": "x", "files": {}}',
    b'{"name": "x", "outcome": null, "case": "x", "files": {}}',
    b'{"name": "x", "outcome": "rendered", "case": ["x"], "files": {}}',
    b'{"name": "x", "outcome": "rendered", "case": "x", "files": ["a.pdf"]}',
    b'{"name": "x", "outcome": "rendered", "case": "x", "files": {"a.pdf": 1}}',
    b"[" * 100_000,
]


def test_a_spoilt_line_of_the_manifest_is_told_and_passed_over(
    source: Path, tmp_path: Path
) -> None:
    run(source, tmp_path)
    before = digests(tmp_path)
    manifest_file = tmp_path / "manifest.jsonl"
    whole = manifest_file.read_bytes()
    manifest_file.write_bytes(b"\n".join(SPOILT) + b"\n" + whole)
    done = run(source, tmp_path)
    places = [(problem.code, problem.place) for problem in done.problems]
    assert places == [("batch.manifest", f"manifest.jsonl:{n + 1}") for n in range(len(SPOILT))]
    assert set(outcomes(done).values()) == {"unchanged"}
    assert digests(tmp_path) == before


@pytest.mark.parametrize("name", ["manifest.jsonl", ".planforms.lock", ".planforms.key"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_file_of_planforms_own_is_never_opened_through_a_link(
    source: Path, tmp_path: Path, name: str, kind: str
) -> None:
    out, precious = tmp_path / "out", tmp_path / "precious"
    out.mkdir()
    precious.write_bytes(b"not ours")
    place = out / name
    if kind == "link":
        place.symlink_to(precious)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    with pytest.raises(pf.UsageError) as caught:
        run(source, out, names="sequence")
    assert caught.value.problems[0].code == "file.unwritable"
    assert precious.read_bytes() == b"not ours"


def test_an_empty_key_is_refused_since_all_cases_would_change_their_numbers(
    source: Path, tmp_path: Path
) -> None:
    (tmp_path / ".planforms.key").write_bytes(b"\n")
    with pytest.raises(pf.UsageError, match="the key is empty"):
        run(source, tmp_path, names="sequence")


def test_a_folder_in_the_way_of_a_file_stops_that_document_alone(
    source: Path, tmp_path: Path
) -> None:
    (tmp_path / "out" / f"{FIRST}.html").mkdir(parents=True)
    done = run(source, tmp_path / "out")
    assert codes(done) == {"line 1": ["batch.name", "batch.old_files"], "line 2": []}


def test_an_output_that_is_no_folder_ends_the_call(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(pf.UsageError, match="File exists"):
        run(source, tmp_path / "file")


def test_input_in_other_files_is_the_same_input(source: Path, out: Path, tmp_path: Path) -> None:
    lines = source.read_text("utf-8").splitlines(keepends=True)
    folder = write_folder(tmp_path / "folder", dict(zip(("x.json", "y.json"), lines, strict=True)))
    assert set(outcomes(run(folder, out)).values()) == {"unchanged"}


def test_files_are_private_unless_told_otherwise(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(1))
    for mode in (0o600, 0o640):
        out = tmp_path / f"{mode:o}"
        run(source, out, mode=mode)
        [file] = out.glob("*.html")
        assert stat.S_IMODE(file.stat().st_mode) == mode
    run(source, tmp_path / "out")
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "out").iterdir()} == {0}
