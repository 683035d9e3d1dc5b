"""The default pool: limits, lost workers, and nobody left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.batching.pools import LimitedPool, WorkerLostError
from planforms.batching.working import render_record
from tests.batching import tasks
from tests.batching.inputs import codes, descendants, outcomes, reports, wait_for_end, write_lines
from tests.bounds import STUCK_SECONDS
from tests.reports import ROOT

SMALL = 300
"""Mebibytes that are plenty for a small task."""


@pytest.fixture
def pool() -> Iterator[LimitedPool]:
    with LimitedPool(1, mebibytes=SMALL) as pool:
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
    task: Any, error: type[Exception]
) -> None:
    seconds = 1 if error is TimeoutError else STUCK_SECONDS
    with LimitedPool(1, seconds=seconds, mebibytes=SMALL) as pool:
        wrong: Future[Any] = pool.submit(task)
        wrong.add_done_callback(lambda _: setattr(pool, "seconds", STUCK_SECONDS))
        after = pool.submit(tasks.double, 2)
        assert isinstance(wrong.exception(timeout=STUCK_SECONDS), error)
        assert after.result(timeout=STUCK_SECONDS) == 4


def test_a_worker_that_is_killed_in_the_middle_of_its_answer_holds_up_nobody() -> None:
    with LimitedPool(2, mebibytes=2_000) as pool:
        lost = [pool.submit(tasks.die_while_answering) for _ in range(2)]
        after = [pool.submit(tasks.double, number) for number in range(4)]
        assert [type(one.exception(timeout=STUCK_SECONDS)) for one in lost] == [WorkerLostError] * 2
        assert [one.result(timeout=STUCK_SECONDS) for one in after] == [0, 2, 4, 6]


def test_a_worker_is_kept_from_task_to_task(pool: LimitedPool) -> None:
    assert pool.submit(tasks.own_pid).result() == pool.submit(tasks.own_pid).result()


def test_a_pool_that_is_stopped_ends_its_workers_at_once() -> None:
    pool = LimitedPool(1)
    pid = pool.submit(tasks.own_pid).result()
    under_way, waiting = pool.submit(tasks.hang), pool.submit(tasks.double, 1)
    while not under_way.running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)  # would wait for ever if it let the hanging one end
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


class Replacing(LimitedPool):
    """One worker, given something else to do in place of one record.

    The limit of time is short for that alone, whatever the others take on a busy machine.
    """

    def __init__(self, instead: Callable[[], Any], seconds: float) -> None:
        super().__init__(1, seconds=STUCK_SECONDS)
        self._instead, self._short = instead, seconds
        self._last: Future[Any] = Future()

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if function is render_record and b"ENDLESS" in args[0].data:
            self._last.add_done_callback(lambda _: setattr(self, "seconds", self._short))
            self._last = super().submit(self._instead)
            self._last.add_done_callback(lambda _: setattr(self, "seconds", STUCK_SECONDS))
        else:
            self._last = super().submit(function, *args, **kwargs)
        return self._last


@pytest.mark.parametrize(
    ("instead", "seconds", "code"),
    [(tasks.hang, 1, "batch.time"), (tasks.eat_memory, STUCK_SECONDS, "batch.memory")],
)
def test_a_record_beyond_a_limit_is_ended_and_told_and_the_others_are_rendered(
    tmp_path: Path, instead: Callable[[], Any], seconds: float, code: str
) -> None:
    records = reports(3)
    records[1]["case"]["number"] = "ENDLESS"
    source = write_lines(tmp_path / "in.jsonl", records)
    with Replacing(instead, seconds) as pool:
        done = pf.batch(source, tmp_path / "out", formats=["html"], executor=pool, workers=1)
    assert codes(done) == {"line 1": [], "line 2": [code], "line 3": []}
    assert outcomes(done) == {
        "2026-0001_final_report_no": "rendered",
        "ENDLESS_final_report_no": "failed",
        "2026-0003_final_report_no": "rendered",
    }


def test_a_report_that_needs_too_much_memory_is_told_however_its_library_ends(
    tmp_path: Path,
) -> None:
    text = ("Deltakeren har arbeidet i verkstedet og viser god framgang. " * 400)[:19_900].strip()
    longest = {"statements": [{"basis": "observed", "text": text}] * 36, "case.number": "LONG"}
    source = write_lines(tmp_path / "in.jsonl", [*reports(1), *reports(1, **longest)])
    with LimitedPool(1, mebibytes=150) as pool:
        done = pf.batch(source, tmp_path / "out", executor=pool, workers=1)
    [code] = codes(done)["line 2"]
    assert code in {"batch.memory", "batch.worker", "batch.unexpected"}
    assert codes(done)["line 1"] == []
