"""The same batch on a Dask cluster: a real scheduler and real workers, here on one machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from planforms.batching.working import RenderedRecord, Task
from tests.batching.inputs import COMMAND, digests, lines, manifest, reports, run, write_lines
from tests.bounds import STUCK_SECONDS
from tests.reports import ROOT

COUNT = 24
FORMATS = ("docx", "html")


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0")
        while not self._file.exists():
            time.sleep(0.05)

    def _start(self, *arguments: str, source: Path = ROOT / "src") -> subprocess.Popen[bytes]:
        options = ["--scheduler-file", str(self._file), "--host", "127.0.0.1", "--no-dashboard"]
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, *options],
                env={**os.environ, "PYTHONPATH": str(source)},
                stdout=log,
                stderr=log,
            )
        self._stack.enter_context(process)
        self._stack.callback(process.kill)
        return process

    def add_worker(self, source: Path = ROOT / "src") -> subprocess.Popen[bytes]:
        """One more worker, perhaps with another planforms than ours."""
        folder = ("--local-directory", str(self._folder))
        return self._start("worker", "--nthreads", "1", "--no-nanny", *folder, source=source)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return str(json.loads(self._file.read_text())["address"])

    @property
    def log(self) -> str:
        """What all processes have logged."""
        return (self._folder / "log").read_text()

    def start(self, source: Path, out: Path) -> subprocess.Popen[bytes]:
        """A batch at work on the cluster."""
        options = ["--quiet", "--scheduler", self.address, "--format", "docx", "--format", "html"]
        command = [*COMMAND, str(source), "-o", str(out), *options]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(tmp_path, stack)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("input") / "in.jsonl", reports(COUNT))


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a run on this machine alone leaves."""
    out = tmp_path_factory.mktemp("local")
    run(source, out, formats=FORMATS)
    return digests(out)


@pytest.mark.long
def test_a_worker_that_is_killed_costs_nothing_and_after_the_scheduler_the_next_run_completes_it(
    cluster: Cluster, source: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    first, _ = cluster.add_worker(), cluster.add_worker()
    with cluster.start(source, tmp_path / "out") as batch:
        wait_for_lines(tmp_path / "out", COUNT // 2, batch)
        first.kill()
        killed_at = lines(tmp_path / "out")
        answer, errors = batch.communicate(timeout=STUCK_SECONDS)
    assert batch.returncode == 0, errors.decode()
    assert killed_at < COUNT
    assert f"rendered {COUNT}" in answer.decode()
    assert digests(tmp_path / "out") == expected, "the bytes are those of one machine"
    assert len(manifest(tmp_path / "out")) == COUNT

    with cluster.start(source, tmp_path / "again") as batch:
        wait_for_lines(tmp_path / "again", 5, batch)
        cluster.scheduler.kill()
        _, errors = batch.communicate(timeout=STUCK_SECONDS)
    assert batch.returncode == 2
    assert errors.decode().splitlines()[-1] == (
        "error: the executor: has ended; a later run does what is left [batch.executor]"
    )
    assert digests(tmp_path / "again").items() < expected.items()
    run(source, tmp_path / "again", formats=FORMATS)
    assert digests(tmp_path / "again") == expected


def wait_for_lines(out: Path, count: int, batch: subprocess.Popen[bytes]) -> None:
    while lines(out) < count and batch.poll() is None:
        time.sleep(0.002)


def test_a_worker_with_other_templates_ends_the_run_and_no_log_tells_a_case(
    cluster: Cluster, source: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    for folder in ("src", "templates"):
        shutil.copytree(ROOT / folder, other / folder)
    terms = other / "templates" / "no" / "terms.po"
    terms.write_text(terms.read_text("utf-8") + "\n# another edition\n", "utf-8")
    cluster.add_worker(other / "src")
    with cluster.start(source, tmp_path / "out") as batch:
        _, errors = batch.communicate(timeout=STUCK_SECONDS)
    assert batch.returncode == 2
    assert "templates, profiles or version differ" in errors.decode()
    assert digests(tmp_path / "out") == {}
    name = reports(1)[0]["case"]["participant"]["name"]
    assert name not in cluster.log + errors.decode()


def test_a_task_prints_neither_what_it_holds_nor_what_it_made() -> None:
    task = Task(b"Zyxwvut", (), "", False, None, (), (), "")
    assert "Zyxwvut" not in repr(task) + repr(RenderedRecord((b"Zyxwvut",)))


@pytest.mark.parametrize("address", ["127.0.0.1:9", "tls://127.0.0.1:9"])
def test_an_address_where_no_scheduler_answers_is_told(
    address: str, source: Path, tmp_path: Path
) -> None:
    command = [*COMMAND, str(source), "-o", str(tmp_path / "out"), "--scheduler", address]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=STUCK_SECONDS)
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert "error: --scheduler: no scheduler answers there (" in answer.stderr.decode()
    assert not (tmp_path / "out").exists()
