"""The command ``batch``, as an office calls it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from planforms.batching import running
from planforms.batching.pools import LimitedPool
from tests.batching.inputs import COMMAND, digests, reports, write_folder, write_lines
from tests.commands import Answer, call
from tests.reports import EXAMPLES, report_data

SECRET = "Zyxwvut"
HJORTMOSSEN = [
    path
    for path in EXAMPLES
    if path.parent.name == "hjortmossen" and '"kind": "final_report"' in path.read_text("utf-8")
]


def batch(*arguments: str | Path, stdin: bytes = b"") -> Answer:
    """An answer of the command, by default with web pages, which are made fastest."""
    options = () if "--format" in arguments else ("--format", "html")
    workers = () if "--workers" in arguments else ("--workers", "1")
    return call("batch", *arguments, *options, *workers, stdin=stdin)


class LentPool(Executor):
    """A pool that is lent to one batch after another, and ends after them all."""

    def __init__(self, pool: LimitedPool) -> None:
        self.workers = pool.workers
        self._pool = pool

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._pool.submit(function, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Whoever borrows it leaves it as it is."""


@pytest.fixture(scope="module", autouse=True)
def _one_pool() -> Iterator[None]:
    """All calls of the command within this process share a worker: starting one takes longest."""
    with LimitedPool(1) as pool, patch.object(running, "LimitedPool", lambda _: LentPool(pool)):
        yield


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of a good report, one with a warning, a broken one, and two that are blocked."""
    protected = {"case.number": "A3", "case.participant.protected_identity": True}
    records: dict[str, Any] = {
        "good.json": report_data({"case.number": "A1"}),
        "warning.json": report_data({"case.number": "A2", "conclusion": f"{SECRET} 👍"}),
        "protected.json": report_data(protected),
        "draft.json": report_data({"case.number": "A4", "status": "draft"}),
        "wrong.json": report_data({"case.number": "A5", "issued_on": SECRET}),
        "broken.json": "{",
    }
    return write_folder(tmp_path / "in", records)


def test_the_answer_counts_and_the_problems_name_file_and_place(
    mixed: Path, tmp_path: Path
) -> None:
    answer = batch(mixed, "-o", tmp_path / "out", "--quiet")
    assert answer.returncode == 1
    assert answer.stdout == "records 6, rendered 2, unchanged 0, failed 2, blocked 2, overdue 0\n"
    told = answer.stderr
    assert sorted(line.split(" (")[0] for line in told.splitlines()) == [
        "blocked: draft.json: status: is a draft",
        "blocked: protected.json: case.participant: the identity is protected",
        "failed: broken.json: line 1, column 2: is not valid JSON",
        "failed: wrong.json: issued_on: is not a date",
        "warning: warning.json: conclusion: the document's fonts lack 1 of its characters",
    ]
    assert SECRET not in told
    assert SECRET not in (tmp_path / "out" / "manifest.jsonl").read_text("utf-8")
    assert set(digests(tmp_path / "out")) == {"A1_final_report_no.html", "A2_final_report_no.html"}


def test_running_again_makes_what_is_new_and_keeps_telling_what_is_wrong(
    mixed: Path, tmp_path: Path
) -> None:
    batch(mixed, "-o", tmp_path / "out", "--quiet")
    (mixed / "broken.json").unlink()
    write_folder(mixed, {"wrong.json": report_data({"case.number": "A5"})})
    answer = batch(mixed, "-o", tmp_path / "out", "--quiet")
    assert answer.returncode == 0
    assert answer.stdout == "records 5, rendered 1, unchanged 2, failed 0, blocked 2, overdue 0\n"


def test_large_print_lies_beside_the_usual_documents(tmp_path: Path) -> None:
    source, out = write_lines(tmp_path / "in", reports(1)), tmp_path / "out"
    for options, outcome in (((), "rendered 1"), (("--large",), "rendered 1"), ((), "unchanged 1")):
        answer = batch(
            source, "-o", out, "--format", "html", "--format", "txt", "--quiet", *options
        )
        assert answer.returncode == 0
        assert outcome in answer.stdout
    name = "2026-0001_final_report_no"
    usual, large = out / f"{name}.html", out / f"{name}_large.html"
    assert set(digests(out)) == {
        *(usual.name, large.name),
        *(usual.with_suffix(".txt").name, large.with_suffix(".txt").name),
    }
    assert ("font-size: 18pt" in usual.read_text(), "font-size: 18pt" in large.read_text()) == (
        False,
        True,
    )


def test_json_tells_everything_a_program_wants_to_know(mixed: Path, tmp_path: Path) -> None:
    answer = batch(mixed, "-o", tmp_path / "out", "--json", "--quiet")
    assert answer.returncode == 1
    assert answer.stderr == ""
    told = json.loads(answer.stdout)
    counts = {"rendered": 2, "unchanged": 0, "failed": 2, "blocked": 2, "overdue": 0}
    assert told["counts"] == counts
    documents = {document["place"]: document for document in told["documents"]}
    assert documents["good.json"] == {
        "place": "good.json",
        "name": "A1_final_report_no",
        "outcome": "rendered",
        "due": None,
        "overdue": False,
        "files": ["A1_final_report_no.html"],
        "problems": [],
    }
    assert documents["broken.json"]["name"] == ""
    assert [problem["code"] for problem in documents["draft.json"]["problems"]] == ["release.draft"]
    assert SECRET not in answer.stdout


def test_progress_is_a_line_for_each_document_where_nobody_watches(tmp_path: Path) -> None:
    answer = batch(write_lines(tmp_path / "in", reports(3)), "-o", tmp_path / "out")
    assert sorted(line.partition("/")[2] for line in answer.stderr.splitlines()) == [
        f"3 rendered 2026-000{number}_final_report_no" for number in (1, 2, 3)
    ]


def test_progress_is_a_bar_with_rate_and_time_left_on_a_terminal(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(12))
    controller, terminal = pty.openpty()
    command = [*COMMAND, str(source), "-o", str(tmp_path / "out"), "--format", "html"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    shown = b""
    with subprocess.Popen(
        command, stderr=terminal, stdout=subprocess.PIPE, env=environment
    ) as process:
        os.close(terminal)
        while piece := _read(controller):
            shown += piece
        assert process.stdout is not None
        assert process.stdout.read().startswith(b"records 12, rendered 12,")
    os.close(controller)
    text = shown.decode()
    assert "12/12" in text
    assert " documents/s" in text
    assert "0:00:00" in text
    assert "2026-0001" not in text


def _read(terminal: int) -> bytes:
    """What was written to a terminal; nothing once its other end is closed."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


def test_quiet_shows_no_progress(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(2))
    assert batch(source, "-o", tmp_path / "out", "--quiet").stderr == ""


def test_standard_input_is_json_lines(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(2))
    answer = batch("-", "-o", tmp_path / "out", "--quiet", stdin=source.read_bytes())
    assert answer.stdout.startswith("records 2, rendered 2,")


def test_several_formats_languages_and_copies_are_made(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(1))
    options = ["--format", "docx", "--format", "pdf", "--copies", "-l", "da", "--workers", "1"]
    answer = batch(source, "-o", tmp_path / "out", "--quiet", *options)
    assert answer.returncode == 0
    assert set(digests(tmp_path / "out")) == {
        f"2026-0001_final_report_da_copy{copy}.{suffix}"
        for copy in (1, 2)
        for suffix in ("docx", "pdf")
    }


def test_two_languages_stand_beside_each_other_in_files_named_after_both(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text(json.dumps(report_data()), encoding="utf-8")
    output = tmp_path / "out"
    arguments = ("batch", tmp_path / "in", "-o", output, "--format", "html", "--quiet")
    assert call(*arguments, "--beside", "sv-SE").returncode == 0
    [page] = output.glob("*.html")
    assert page.stem.endswith("_final_report_no-sv")
    assert "Texten på norskt bokmål gäller." in page.read_text(encoding="utf-8")
    assert call(*arguments).returncode == 0
    assert len([*output.glob("*.html")]) == 2
    unknown = call(*arguments, "--beside", "xx")
    assert unknown.returncode == 2
    assert "language.unknown" in unknown.stderr


def test_names_can_tell_nothing(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in", reports(2))
    answer = batch(source, "-o", tmp_path / "out", "--names", "sequence")
    assert set(digests(tmp_path / "out")) == {"0000001.html", "0000002.html"}
    assert "2026" not in answer.stderr


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """The Hjortmossen reports, which are due 14 days after the measure ended."""
    return write_lines(
        tmp_path / "in", [json.loads(path.read_text("utf-8")) for path in HJORTMOSSEN]
    )


def test_what_is_late_is_told_with_its_date(dated: Path, tmp_path: Path) -> None:
    answer = batch(dated, "-o", tmp_path / "out", "--quiet", "--as-of", "2026-12-31")
    late = [line for line in answer.stderr.splitlines() if line.startswith("overdue since 2026-")]
    assert len(late) == len(HJORTMOSSEN)
    assert answer.stdout.endswith(f"overdue {len(HJORTMOSSEN)}\n")
    assert late == sorted(late)
    answer = batch(dated, "-o", tmp_path / "out", "--quiet", "--as-of", "2026-01-01")
    assert answer.stdout.endswith("overdue 0\n")


def test_due_within_takes_what_is_due_until_then(dated: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    [first, *_] = json.loads(batch(dated, "-o", out, "--json", "--quiet").stdout)["documents"]
    day = date.fromisoformat(first["due"]) - timedelta(days=14)
    for span, as_of in (("14d", day), ("2w", day), ("13d", day + timedelta(days=1))):
        options = ("--quiet", "--as-of", str(as_of), "--due-within", span)
        assert sum(_counts(batch(dated, "-o", out, *options).stdout)[1:5]) == 1
    options = ("--quiet", "--as-of", str(day), "--due-within", "13d")
    assert sum(_counts(batch(dated, "-o", out, *options).stdout)[1:5]) == 0


def _counts(text: str) -> list[int]:
    return [int(part.split()[-1]) for part in text.split(",")]


def test_today_is_the_day_to_reckon_from_where_none_is_named(tmp_path: Path) -> None:
    def ended_on(number: str, day: date) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(HJORTMOSSEN[-1].read_text("utf-8"))
        for later in ("issued_on", "closing_meeting", "follow_up"):
            del data[later]
        data["measure"]["ended_on"] = str(day)
        data["case"]["number"] = number
        return {**data, "status": "draft"}

    today = date.today()
    records = [ended_on("LATE", today - timedelta(days=20)), ended_on("SOON", today)]
    source = write_lines(tmp_path / "in", records)
    answer = batch(source, "-o", tmp_path / "out", "--json", "--quiet")
    assert {d["name"][:4]: d["overdue"] for d in json.loads(answer.stdout)["documents"]} == {
        "LATE": True,
        "SOON": False,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["none.jsonl", "-o", "out"],
        ["in", "-o", "file"],
        ["in", "-o", "out", "--format", "odt"],
        ["in", "-o", "out", "--kind", "final_rapport"],
        ["in", "-o", "out", "-l", "fi"],
        ["in", "-o", "out", "--workers", "0"],
        ["in", "-o", "out", "--workers", "many"],
        ["in", "-o", "out", "--as-of", "22.11.2026"],
        ["in", "-o", "out", "--due-within", "14"],
        ["in", "-o", "out", "--names", "person"],
        ["in", "-o", "out", "--templates", "none"],
        ["in"],
        ["-o", "out"],
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "in", reports(1))
    (tmp_path / "file").write_text("x")
    answer = batch(*arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()
