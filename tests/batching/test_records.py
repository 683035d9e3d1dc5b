"""Folders, JSON Lines files and streams; what cannot be read never stops the rest."""

from __future__ import annotations

import io
import json
import os
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.batching.agenda import agenda
from planforms.loading import MAX_DATA_BYTES
from tests.batching.inputs import (
    codes,
    digests,
    outcomes,
    reports,
    run,
    write_folder,
    write_lines,
)
from tests.reports import report_data

FIRST, SECOND = "2026-0001_final_report_no", "2026-0002_final_report_no"
TWO = dict.fromkeys((FIRST, SECOND), "rendered")


def test_a_folder_of_json_files_is_read(tmp_path: Path) -> None:
    one, two = reports(2)
    source = write_folder(tmp_path / "in", {"a.json": one, "b.json": two, "notes.txt": "no"})
    assert outcomes(run(source, tmp_path / "out")) == TWO


def test_a_json_lines_file_is_read(tmp_path: Path) -> None:
    assert outcomes(run(write_lines(tmp_path / "in", reports(2)), tmp_path / "out")) == TWO


def test_lines_may_be_empty_end_as_on_windows_and_begin_with_a_byte_order_mark(
    tmp_path: Path,
) -> None:
    one, two = map(json.dumps, reports(2))
    content = b"\xef\xbb\xbf" + f"{one}\r\n\r\n  \n{two}".encode()
    done = run(io.BytesIO(content), tmp_path / "out")
    assert outcomes(done) == TWO
    assert {item.place for item in done.items} == {"line 1", "line 4"}


def test_a_stream_that_cannot_be_read_twice_is_read(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(2))
    read, write = os.pipe()
    os.write(write, source.read_bytes())
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert outcomes(run(pipe, tmp_path / "out")) == TWO


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(2))
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["sh", "-c", "cat in > pipe"], cwd=source.parent):
        assert outcomes(run(tmp_path / "pipe", tmp_path / "out")) == TWO


def test_records_that_cannot_be_used_do_not_stop_the_others(tmp_path: Path) -> None:
    one, two = reports(2)
    secret = "Zyxwvut"
    source = write_folder(
        tmp_path / "in",
        {
            "a.json": one,
            "b.json": "{",
            "c.json": "",
            "d.json": json.dumps(report_data({"language": f"{secret} x", f"case.{secret}": 1})),
            "e.json": f'["{secret}"]',
            "f.json": " " * (MAX_DATA_BYTES + 1),
            "k.json": json.dumps(report_data({"language": secret})),
            "z.json": two,
        },
    )
    (source / "g.json").write_bytes(b"\xff\xfe\x00")
    (source / "i.json").symlink_to("nowhere")
    os.mkfifo(source / "j.json")
    done = run(source, tmp_path / "out")
    assert codes(done) == {
        "a.json": [],
        "b.json": ["data.json"],
        "c.json": ["data.json"],
        "d.json": ["data.string_pattern_mismatch", "data.unknown_field"],
        "e.json": ["data.json"],
        "f.json": ["data.size"],
        "g.json": ["data.encoding"],
        "i.json": ["data.unreadable"],
        "j.json": ["data.unreadable"],
        "k.json": ["language.unknown"],
        "z.json": [],
    }
    assert secret not in str(done)
    assert not done.complete


def test_a_file_that_must_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = reports(2)
    source = write_folder(tmp_path / "in", {"a.json": one, "b.json": two})
    really: Any = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "a.json":
            raise PermissionError(13, "said with the name of a person")
        return really(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    done = run(source, tmp_path / "out")
    problems = {item.place: [str(problem) for problem in item.problems] for item in done.items}
    assert problems == {
        "a.json": ["the data: cannot be read: Permission denied [data.unreadable]"],
        "b.json": [],
    }


def test_a_file_of_any_name_can_be_told(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "in", {"line\nbreak \x1b[31m.json": "{"})
    Path(os.fsdecode(os.fsencode(source) + b"/\xff.json")).write_text("{")
    places = [item.place for item in run(source, tmp_path / "out").items]
    assert sorted(places) == ["line\ufffdbreak \ufffd[31m.json", "\ufffd.json"]


def test_a_line_of_any_length_is_told_and_the_next_one_is_read(tmp_path: Path) -> None:
    content = b'"' + b"x" * (3 * MAX_DATA_BYTES) + b'"\n' + json.dumps(reports(1)[0]).encode()
    assert codes(run(io.BytesIO(content), tmp_path / "out")) == {
        "line 1": ["data.size"],
        "line 2": [],
    }


def test_a_file_that_is_replaced_during_the_run_is_read_as_it_was(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", reports(3))
    other = write_lines(tmp_path / "other.jsonl", reports(1))

    def replace(*_: object) -> None:
        if other.exists():
            other.replace(source)

    done = run(source, tmp_path / "out", progress=replace)
    assert list(outcomes(done).values()) == ["rendered"] * 3


def test_a_record_that_changes_during_the_run_is_left_for_the_next_one(tmp_path: Path) -> None:
    records = {f"{number}.json": record for number, record in enumerate(reports(4))}
    source = write_folder(tmp_path / "in", records)

    def change(*_: object) -> None:
        records["3.json"]["conclusion"] = "Noe annet."
        write_folder(source, records)

    done = run(source, tmp_path / "out", progress=change)
    assert codes(done) == {"0.json": [], "1.json": [], "2.json": [], "3.json": ["batch.changed"]}
    again = run(source, tmp_path / "out").items
    assert {item.place for item in again if str(item.outcome) == "rendered"} == {"3.json"}


def test_an_input_that_is_not_there_ends_the_call(tmp_path: Path) -> None:
    with pytest.raises(pf.UsageError, match="No such file or directory"):
        run(tmp_path / "none", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_input_that_holds_no_documents_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "notes.txt").write_text("x")
    sources: list[Any] = [tmp_path / "in", io.BytesIO(content), []]
    for source in sources:
        with pytest.raises(pf.UsageError, match="holds no documents"):
            run(source, tmp_path / "out")
        with pytest.raises(pf.UsageError, match="holds no documents"):
            agenda(source, as_of=date(2026, 4, 1), within=timedelta(14))
    assert not (tmp_path / "out").exists()


def test_folders_below_and_suffixes_in_capital_letters_count(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "2026" / ".git").mkdir(parents=True)
    for name, data in zip(("A.JSON", "2026/b.Json"), reports(2), strict=True):
        (source / name).write_text(json.dumps(data))
    (source / "2026" / ".git" / "c.json").write_text("{")
    done = run(source, tmp_path / "out")
    assert codes(done) == {"A.JSON": [], "2026/b.Json": []}
    assert done.records == 2


def test_a_document_over_several_lines_is_one(tmp_path: Path) -> None:
    [data] = reports(1)
    pretty = json.dumps(data, indent=2).encode()
    for number, source in enumerate((io.BytesIO(pretty), io.BytesIO(b"\n\n" + pretty + b"\n"))):
        done = run(source, tmp_path / str(number))
        assert (codes(done), done.records) == ({"line 1": []}, 1)
    (tmp_path / "one.json").write_bytes(pretty)
    assert codes(run(tmp_path / "one.json", tmp_path / "out")) == {"line 1": []}


def test_a_program_gives_its_own_documents(tmp_path: Path) -> None:
    first, second = reports(2)
    done = run(iter([first, pf.load(second)]), tmp_path / "out")
    assert codes(done) == {"document 1": [], "document 2": []}
    given = write_lines(tmp_path / "in.jsonl", [first, second])
    run(given, tmp_path / "same")
    assert digests(tmp_path / "out") == digests(tmp_path / "same")
    found = agenda([first], as_of=date(2026, 4, 1), within=timedelta(14))
    assert (found.problems, found.records) == ((), 1)


@pytest.mark.parametrize("document", ["Ada", 7, {"case": object()}])
def test_what_is_no_document_is_refused_without_its_value(tmp_path: Path, document: object) -> None:
    with pytest.raises(pf.UsageError) as caught:
        run([reports(1)[0], document], tmp_path / "out")
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("batch.document", "document 2")
    assert "Ada" not in str(problem)
