"""Measures batches: beside a bare loop over the same renders, by size, in memory and on disk.

Called by ``scripts/bench.py``. ``make bench LARGE=1`` makes a batch of 2,000 too, which takes
about ten minutes more.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import planforms as pf

ROOT = Path(__file__).parents[1]
FORMATS = ("pdf", "docx")
WORKERS = 2
SMALL, MIDDLE, LARGE = 50, 500, 2_000
ROUNDS = 5
WATCHED = (20, 100, 500)
"""After how many documents the workers' memory is looked at."""
GIVEN = ("Ane", "Birk", "Cilla", "Dag", "Eira", "Finn", "Gry", "Håkon", "Ida", "Jens", "Kari")
FAMILY = ("Aas", "Bakke", "Dalgaard", "Ekman", "Fjeld", "Grønn", "Holst", "Juhl", "Kvam", "Lind")
OPTIONAL = ("methods", "instruments", "statements", "obstacles", "additional", "replaces")
LONG_TEXT_LETTERS = 60
LINE_LETTERS = 200


def main() -> None:
    """Print all figures of batches."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _longest(root / "longest")
        _small(root / "small")
        _middle(root / "middle")
        _beside_bare(root)
        if os.environ.get("LARGE"):
            _large(root / "large")


def _row(name: str, value: str) -> None:
    print(f"{name:<34} {value}", flush=True)


# --- input ----------------------------------------------------------------------------------


def lines(count: int) -> Iterator[bytes]:
    """So many final reports of two to four pages in three languages, always the same ones."""
    for number in range(count):
        yield json.dumps(_report(number), ensure_ascii=False).encode() + b"\n"


def _report(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    language = ("no", "sv", "da")[number % 3]
    base = chance.choice(_bases(language))
    data: dict[str, Any] = _vary(json.loads(base), _sentences(language), chance)
    for name in OPTIONAL:
        if chance.random() < 0.8:
            data.pop(name, None)
    data["case"]["number"] = f"2026/{number:05d}"
    data["case"]["participant"]["name"] = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    return data


def _vary(value: Any, sentences: list[str], chance: random.Random) -> Any:
    """The same data with shorter lists and with other sentences where there is running text."""
    if isinstance(value, dict):
        return {key: _vary(part, sentences, chance) for key, part in value.items()}
    if isinstance(value, list):
        return [_vary(part, sentences, chance) for part in value[: chance.randint(1, 2)]]
    if isinstance(value, str) and len(value) > LONG_TEXT_LETTERS:
        count = 1 if len(value) <= LINE_LETTERS else chance.randint(1, 2)
        return " ".join(chance.sample(sentences, count))
    return value


@cache
def _bases(language: str) -> tuple[str, ...]:
    """The examples of a language that a batch renders, as JSON."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*/*.json"))]
    found = []
    for text in texts:
        data = json.loads(text)
        protected = data["case"]["participant"].get("protected_identity")
        if (data["language"], data["status"], protected) == (language, "final", None):
            found.append(text)
    return tuple(found)


@cache
def _sentences(language: str) -> list[str]:
    text = " ".join(re.findall(r'": "([^"\\]{61,})"', " ".join(_bases(language))))
    return [
        sentence for sentence in re.split(r"(?<=[.!?]) ", text) if 20 < len(sentence) < LINE_LETTERS
    ]


# --- runs -----------------------------------------------------------------------------------


def _longest(folder: Path) -> None:
    """A report of nearly as many lines as are accepted, alone."""
    data = json.loads(_bases("no")[0])
    text = ("Deltakeren har arbeidet i verkstedet og viser god framgang. " * 400)[:19_900].strip()
    data["statements"] = [{"basis": "observed", "text": text}] * 36
    seconds, watch = _batch(folder, [json.dumps(data).encode()])
    _row("longest report that is accepted", f"{seconds:.0f} s, {watch.peak(1)}")


def _small(folder: Path) -> None:
    seconds, _ = _batch(folder, list(lines(SMALL)))
    _row(f"batch of {SMALL}, start included", f"{1000 * seconds / SMALL:.0f} ms a document")


def _middle(folder: Path) -> None:
    records = list(lines(MIDDLE))
    started = time.process_time()
    seconds, watch = _batch(folder, records)
    parent = time.process_time() - started
    _row(f"batch of {MIDDLE}", f"{1000 * seconds / MIDDLE:.0f} ms a document")
    _row("documents a second", f"{MIDDLE / seconds:.2f} (PDF and Word, {WORKERS} workers)")
    _row("work of the parent", f"{1000 * parent / MIDDLE:.1f} ms a document")
    for done in WATCHED:
        _row(f"peak memory a worker, after {done}", watch.peak(done))
    again, _ = _batch(folder, records)
    _row("the same again, nothing to do", f"{1000 * again / MIDDLE:.1f} ms a document")
    _on_disk(folder, records)


def _beside_bare(folder: Path) -> None:
    """The same documents in turn with and without a batch, so that both meet the same machine."""
    records = list(lines(MIDDLE))
    size = MIDDLE // ROUNDS
    ratios = []
    for number in range(ROUNDS):
        part = records[number * size : (number + 1) * size]
        bare = _bare(folder / f"bare{number}", part)
        seconds, _ = _batch(folder / f"batch{number}", part)
        ratios.append(bare / seconds)
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    ratio = f"{statistics.median(ratios):.2f} ({spread}; goal: at least 0.9)"
    _row("ratio to a bare loop", ratio)


def _large(folder: Path) -> None:
    seconds, watch = _batch(folder, list(lines(LARGE)))
    _row(f"batch of {LARGE:,}", f"{1000 * seconds / LARGE:.0f} ms a document")
    _row(f"peak memory a worker, after {LARGE:,}", watch.peak(LARGE))


def _on_disk(folder: Path, records: list[bytes]) -> None:
    _row("input", f"{sum(map(len, records)) / MIDDLE / 1000:.1f} kB a document")
    for pattern in ("*.pdf", "*.docx", "manifest.jsonl"):
        size = sum(path.stat().st_size for path in folder.glob(pattern))
        _row(f"{pattern} on disk", f"{size / MIDDLE / 1000:.1f} kB a document")


def _batch(folder: Path, records: list[bytes]) -> tuple[float, _Watch]:
    """The seconds that a batch takes, and what was seen of its workers."""
    watch = _Watch()
    stream = io.BytesIO(b"".join(records))
    started = time.perf_counter()
    done = pf.batch(stream, folder, formats=FORMATS, workers=WORKERS, progress=watch)
    seconds = time.perf_counter() - started
    assert done.complete, done.items
    return seconds, watch


class _Watch:
    """Looks at the workers' memory now and then, through the batch's progress."""

    def __init__(self) -> None:
        self._peaks: dict[int, float] = {}

    def __call__(self, _item: object, done: int, total: int) -> None:
        if done in (*WATCHED, total):
            self._peaks[done] = max(map(_peak, _workers()), default=0)

    def peak(self, done: int) -> str:
        """The most memory that a worker had used after so many documents."""
        return f"{self._peaks[done]:.0f} MiB"


def _workers() -> Iterator[int]:
    for process in multiprocessing.active_children():
        if process.pid:
            yield process.pid


def _peak(pid: int) -> float:
    """The most memory that a process has used so far, in MiB; Linux tells it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _bare(folder: Path, records: list[bytes]) -> float:
    """The seconds that the same documents take with nothing around them."""
    folder.mkdir(parents=True)
    context = multiprocessing.get_context("spawn")
    started = time.perf_counter()
    processes = [
        context.Process(target=_loop, args=(folder / str(number), records[number::WORKERS]))
        for number in range(WORKERS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert not any(process.exitcode for process in processes)
    return time.perf_counter() - started


def _loop(folder: Path, records: list[bytes]) -> None:
    folder.mkdir()
    for number, record in enumerate(records):
        document = pf.render(pf.load(io.BytesIO(record)))
        (folder / f"{number}.pdf").write_bytes(pf.to_pdf(document))
        (folder / f"{number}.docx").write_bytes(pf.to_docx(document))


if __name__ == "__main__":
    main()
