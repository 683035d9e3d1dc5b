"""The default pool: limits, lost workers, and nobody left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.batching.pools import LimitedPool, WorkerLostError
from tests.batching import tasks
from tests.batching.inputs import codes, descendants, outcomes, reports, wait_for_end, write_lines
from tests.reports import ROOT

SMALL = 300
"""Mebibytes that are plenty for a small task."""


@pytest.fixture
def pool() -> Iterator[LimitedPool]:
    with LimitedPool(1, seconds=3, mebibytes=SMALL) as pool:
        yield pool


def test_answers_come_back(pool: LimitedPool) -> None:
    assert list(pool.map(tasks.double, range(5))) == [0, 2, 4, 6, 8]


@pytest.mark.parametrize(
    ("task", "error"),
    [
        (tasks.hang, TimeoutError),
        (tasks.spin, TimeoutError),
        (tasks.eat_memory, MemoryError),
        (tasks.die, WorkerLostError),
        (tasks.fail, LookupError),
        (tasks.answer_with_what_cannot_be_sent, TypeError),
    ],
)
def test_a_task_that_goes_wrong_is_told_and_the_next_one_is_done(
    pool: LimitedPool, task: Any, error: type[Exception]
) -> None:
    wrong: Future[Any] = pool.submit(task)
    after = pool.submit(tasks.double, 2)
    assert isinstance(wrong.exception(timeout=20), error)
    assert after.result(timeout=20) == 4


def test_a_worker_that_is_killed_in_the_middle_of_its_answer_holds_up_nobody() -> None:
    with LimitedPool(2, mebibytes=2_000) as pool:
        lost = [pool.submit(tasks.die_while_answering) for _ in range(2)]
        after = [pool.submit(tasks.double, number) for number in range(4)]
        assert [type(one.exception(timeout=30)) for one in lost] == [WorkerLostError] * 2
        assert [one.result(timeout=30) for one in after] == [0, 2, 4, 6]


def test_a_worker_is_kept_from_task_to_task(pool: LimitedPool) -> None:
    assert pool.submit(tasks.own_pid).result() == pool.submit(tasks.own_pid).result()


def test_a_pool_that_is_stopped_ends_its_workers_at_once() -> None:
    pool = LimitedPool(1)
    pid = pool.submit(tasks.own_pid).result()
    under_way, waiting = pool.submit(tasks.hang), pool.submit(tasks.double, 1)
    while not under_way.running():
        time.sleep(0.01)
    started = time.monotonic()
    pool.shutdown(cancel_futures=True)
    assert time.monotonic() - started < 2
    assert isinstance(under_way.exception(), WorkerLostError)
    assert waiting.cancelled()
    wait_for_end([pid])
    with pytest.raises(RuntimeError):
        pool.submit(tasks.double, 1)


PARENT = """
from planforms.batching.pools import LimitedPool
from tests.batching import tasks
if __name__ == "__main__":
    pool = LimitedPool(2)
    print([pool.submit(tasks.double, n).result() for n in range(2)], flush=True)
    [pool.submit(task) for task in (tasks.hang, tasks.spin)][0].result()
"""


def test_workers_end_when_their_parent_is_killed_even_in_the_middle_of_a_task(
    tmp_path: Path,
) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    command = [sys.executable, str(program)]
    environment = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"[0, 2]\n"
        time.sleep(0.5)
        workers = descendants(parent.pid)
        parent.kill()
    assert len(workers) >= 2
    wait_for_end(workers)


def longest() -> dict[str, Any]:
    """What makes a report nearly as long as is accepted: some 250 pages."""
    text = ("Deltakeren har arbeidet i verkstedet og viser god framgang. " * 400)[:19_900].strip()
    return {"statements": [{"basis": "observed", "text": text}] * 36}


def test_the_longest_report_is_rendered_within_the_limits(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", reports(1, **longest()))
    done = pf.batch(source, tmp_path / "out")
    assert codes(done) == {"line 1": []}
    assert (tmp_path / "out" / "2026-0001_final_report_no.pdf").stat().st_size > 500_000


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"seconds": 5.0}, {"batch.time"}),
        # where memory ends first, a library may end with an error of its own
        ({"mebibytes": 150}, {"batch.memory", "batch.worker", "batch.unexpected"}),
    ],
)
def test_a_record_beyond_a_limit_is_ended_and_told_and_the_others_are_rendered(
    tmp_path: Path, limits: dict[str, Any], expected: set[str]
) -> None:
    records = [*reports(3), *reports(1, **{**longest(), "case.number": "LONG"})]
    source = write_lines(tmp_path / "in.jsonl", records)
    with LimitedPool(2, **limits) as pool:
        done = pf.batch(source, tmp_path / "out", executor=pool, workers=2)
    assert set(codes(done)["line 4"]) <= expected
    assert outcomes(done) == {
        "2026-0001_final_report_no": "rendered",
        "2026-0002_final_report_no": "rendered",
        "2026-0003_final_report_no": "rendered",
        "LONG_final_report_no": "failed",
    }
