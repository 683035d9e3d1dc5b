"""A run that is stopped at any moment, in any way: nothing lost, nothing done twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import planforms as pf
from planforms.batching.pools import WorkerLostError
from planforms.batching.working import render_record
from tests.batching.inputs import (
    COMMAND,
    codes,
    descendants,
    digests,
    lines,
    manifest,
    outcomes,
    reports,
    run,
    start,
    wait_for_end,
    write_lines,
)
from tests.bounds import STUCK_SECONDS

COUNT = 24
KILLS = 5
FORMATS = ("docx", "html")
OPTIONS = ("--quiet", "--workers", "2", "--format", "docx", "--format", "html")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("input") / "in.jsonl", reports(COUNT))


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a run that nobody disturbs leaves."""
    out = tmp_path_factory.mktemp("undisturbed")
    run(source, out, formats=FORMATS)
    return digests(out)


def finish(source: Path, out: Path) -> str:
    """What an undisturbed run tells that does the rest."""
    with start(source, out, *OPTIONS) as process:
        answer, errors = process.communicate(timeout=STUCK_SECONDS)
    assert process.returncode == 0, errors.decode()
    return answer.decode()


@pytest.mark.parametrize(
    ("by", "status", "rounds"),
    [(signal.SIGKILL, -9, 4), (signal.SIGTERM, -15, 2), (signal.SIGINT, 130, 3)],
)
@pytest.mark.long
def test_a_run_that_is_ended_at_any_moment_is_completed_by_the_next(
    by: signal.Signals,
    status: int,
    rounds: int,
    source: Path,
    expected: dict[str, str],
    tmp_path: Path,
) -> None:
    chance, stopped = random.Random(f"{by}"), 0
    for number in range(rounds):
        goal = max(COUNT * number // (rounds + 1), lines(tmp_path)) + 1
        if goal > COUNT:
            break
        with start(source, tmp_path, *OPTIONS) as process:
            while lines(tmp_path) < goal and process.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.05))
            workers = descendants(process.pid)
            os.killpg(process.pid, by) if by is signal.SIGINT else process.send_signal(by)
            errors = process.communicate(timeout=STUCK_SECONDS)[1].decode()
        assert process.returncode in (status, 0), errors  # it may have ended just before
        stopped += process.returncode == status
        assert "Traceback" not in errors or by is not signal.SIGINT
        wait_for_end(workers)
        assert digests(tmp_path).items() <= expected.items()
    assert stopped
    finish(source, tmp_path)
    assert digests(tmp_path) == expected
    assert len({line["name"] for line in manifest(tmp_path)}) == COUNT
    assert not list(tmp_path.glob(".planforms-*"))


def test_workers_that_are_killed_cost_nothing_but_time(
    source: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    chance, killed = random.Random(4711), 0
    with start(source, tmp_path, *OPTIONS) as process:
        while killed < KILLS and process.poll() is None:
            before = lines(tmp_path)
            while lines(tmp_path) < before + 2 and process.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.05))
            workers = descendants(process.pid)
            if workers:
                os.kill(chance.choice(workers), signal.SIGKILL)
                killed += 1
        process.communicate(timeout=STUCK_SECONDS)
    assert killed == KILLS
    assert process.returncode in (0, 1)
    assert digests(tmp_path).items() <= expected.items()
    finish(source, tmp_path)
    assert digests(tmp_path) == expected


def test_a_record_whose_worker_is_always_lost_is_told_and_the_others_are_made(
    tmp_path: Path,
) -> None:
    class Losing(ThreadPoolExecutor):
        tries = 0

        def submit(self, work: Any, /, *arguments: Any, **options: Any) -> Future[Any]:
            if work is not render_record or b"2026/0002" not in arguments[0].data:
                return super().submit(work, *arguments, **options)
            self.tries += 1
            lost: Future[Any] = Future()
            lost.set_exception(WorkerLostError())
            return lost

    source = write_lines(tmp_path / "in", reports(3))
    with Losing(1) as executor:
        done = run(source, tmp_path / "out", executor=executor)
        assert executor.tries == 2
    assert codes(done) == {"line 1": [], "line 2": ["batch.worker"], "line 3": []}


def test_an_executor_that_has_ended_ends_the_run_and_the_next_one_completes_it(
    tmp_path: Path,
) -> None:
    source = write_lines(tmp_path / "in", reports(5))
    with ThreadPoolExecutor(1) as executor:
        end = executor.shutdown

        def progress(*_: object) -> None:
            end(wait=False)

        with pytest.raises(pf.UsageError, match="the executor: has ended"):
            run(source, tmp_path / "out", executor=executor, progress=progress)
    made = len(digests(tmp_path / "out"))
    done = run(source, tmp_path / "out")
    assert 0 < made < 5
    assert sorted(outcomes(done).values()) == ["rendered"] * (5 - made) + ["unchanged"] * made


def test_a_process_pool_of_the_standard_library_may_be_used_and_may_break(
    source: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    def kill_a_worker(*_: object) -> None:
        for worker in multiprocessing.active_children():
            worker.kill()

    options: dict[str, Any] = {"workers": 2, "formats": FORMATS}
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(2, mp_context=spawn) as executor,
        pytest.raises(pf.UsageError, match="the executor: has ended"),
    ):
        run(source, tmp_path, executor=executor, progress=kill_a_worker, **options)
    assert digests(tmp_path).items() < expected.items()
    with ProcessPoolExecutor(2, mp_context=spawn) as executor:
        done = run(source, tmp_path, executor=executor, **options)
    assert done.complete
    assert digests(tmp_path) == expected


# --- full disks -----------------------------------------------------------------------------


def call(source: Path | str, out: Path, *prefix: str, stdin: bytes = b"") -> tuple[int, str]:
    """Exit status and errors of a run of the command line, perhaps through another program."""
    options = ("--quiet", "--workers", "1", "--format", "docx")
    command = [*prefix, *COMMAND, str(source), "-o", str(out), *options]
    answer = subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=STUCK_SECONDS
    )
    return answer.returncode, answer.stderr.decode()


def limited(blocks: int) -> tuple[str, ...]:
    """Runs a program that can write no file longer than so many blocks of 512 bytes."""
    return ("sh", "-c", 'ulimit -f "$0" && exec "$@"', str(blocks))


@pytest.mark.long
def test_a_manifest_that_cannot_grow_ends_the_run_and_the_next_one_completes_it(
    tmp_path: Path,
) -> None:
    source, out = write_lines(tmp_path / "in", reports(75)), tmp_path / "out"
    run(source, tmp_path / "undisturbed", formats=["docx"])
    largest = max(path.stat().st_size for path in (tmp_path / "undisturbed").glob("*.docx"))
    status, errors = call(source, out, *limited(largest // 512 + 2))
    assert (status, errors) == (2, f"error: {out}: File too large [file.unwritable]\n")
    assert 20 < len(digests(out)) < 75
    assert call(source, out) == (0, "")
    assert digests(out) == digests(tmp_path / "undisturbed")
    assert len(manifest(out)) == 75


def test_a_stream_that_finds_no_room_is_told(source: Path, tmp_path: Path) -> None:
    status, errors = call("-", tmp_path / "out", *limited(60), stdin=source.read_bytes())
    assert (status, errors) == (2, "error: the input: File too large [file.unreadable]\n")
    assert not (tmp_path / "out").exists()


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[None]:
    """A disk of so many KiB in the memory of the machine."""
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(folder))
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def may_mount() -> bool:
    """Whether this machine lets its tests make a disk."""
    tried = (subprocess.CalledProcessError, OSError)
    with TemporaryDirectory() as folder, suppress(*tried), small_disk(Path(folder) / "disk", 100):
        return True
    return False


@pytest.mark.parametrize("kibibytes", [40, 200, 500] if may_mount() else [])
def test_a_full_disk_ends_the_run_and_the_next_one_completes_it(
    kibibytes: int, source: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "disk"
    with small_disk(out, kibibytes):
        status, errors = call(source, out)
        assert (status, "No space left on device" in errors) == (2, True)
        assert digests(out).items() <= expected.items()
        subprocess.run(["mount", "-o", "remount,size=64m", out], check=True)
        assert call(source, out) == (0, "")
        assert len(digests(out)) == len(manifest(out)) == COUNT
        assert digests(out).items() <= expected.items()


# --- input that is cut off, and two at once -------------------------------------------------


def test_a_json_lines_file_that_is_cut_off_in_a_line_is_told_and_completed_later(
    tmp_path: Path,
) -> None:
    source = write_lines(tmp_path / "in", reports(4))
    whole = source.read_bytes()
    ends = [number for number, byte in enumerate(whole) if byte == ord("\n")]
    chance, out = random.Random(4711), tmp_path / "out"
    for cut in (ends[0] + 2, *sorted(chance.sample(range(ends[0] + 2, ends[3]), 12))):
        source.write_bytes(whole[:cut])
        done = run(source, out)
        cut_off = f"line {1 + sum(end < cut for end in ends)}"
        failed = {item.place for item in done.items if str(item.outcome) == "failed"}
        assert failed == ({cut_off} if cut not in (end + 1 for end in ends) else set())
    source.write_bytes(whole)
    done = run(source, out)
    assert done.complete
    assert len(digests(out)) == 4


def test_a_second_run_on_a_folder_is_refused_with_the_firsts_id(
    source: Path, tmp_path: Path
) -> None:
    with start(source, tmp_path, *OPTIONS) as first:
        while lines(tmp_path) < 1:
            time.sleep(0.002)
        first.send_signal(signal.SIGSTOP)
        status, errors = call(source, tmp_path)
        first.kill()
        first.communicate()
    assert status == 2
    assert f"another run works here (it belongs to run {first.pid}@" in errors
    assert call(source, tmp_path)[0] == 0
