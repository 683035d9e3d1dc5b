"""Measures batches: beside a bare loop over the same renders, by size, in memory and on disk."""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import planforms as pf
from planforms.writers import TYPST, WEASYPRINT
from scripts.bench_figures import ROOT, Bench, Figure, Size

FORMATS = ("pdf", "docx")
ROUNDS = 5
WATCHED = (20, 100, 500)
"""After how many documents the workers' memory is looked at."""
GIVEN = ("Ane", "Birk", "Cilla", "Dag", "Eira", "Finn", "Gry", "Håkon", "Ida", "Jens", "Kari")
FAMILY = ("Aas", "Bakke", "Dalgaard", "Ekman", "Fjeld", "Grønn", "Holst", "Juhl", "Kvam", "Lind")
OPTIONAL = ("methods", "instruments", "statements", "obstacles", "additional", "replaces")
LONG_TEXT_LETTERS = 60
LINE_LETTERS = 200


# --- input ----------------------------------------------------------------------------------


def lines(count: int) -> Iterator[bytes]:
    """So many final reports of two to four pages in three languages, always the same ones."""
    for number in range(count):
        yield json.dumps(_report(number), ensure_ascii=False).encode() + b"\n"


def _report(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    language = ("no", "sv", "da")[number % 3]
    base = chance.choice(_bases(language))
    data: dict[str, Any] = json.loads(base)
    case = data.pop("case")  # whole: consents and people are what other parts hang on
    data = {**_vary(data, _sentences(language), chance), "case": case}
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
    """The final reports among the examples of a language that a batch renders, as JSON."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*/*.json"))]
    found = []
    for text in texts:
        data = json.loads(text)
        wanted = ("final_report", language, "final")
        if (data["kind"], data.get("language"), data.get("status")) != wanted:
            continue
        if not data["case"]["participant"].get("protected_identity"):
            found.append(text)
    return tuple(found)


@cache
def _sentences(language: str) -> list[str]:
    text = " ".join(re.findall(r'": "([^"\\]{61,})"', " ".join(_bases(language))))
    return [
        sentence for sentence in re.split(r"(?<=[.!?]) ", text) if 20 < len(sentence) < LINE_LETTERS
    ]


# --- runs -----------------------------------------------------------------------------------


def longest(size: Size) -> Iterator[Figure]:
    """A report of nearly as many lines as are accepted, alone; it must end within the limits."""
    data = json.loads(_bases("no")[0])
    sentence = "Deltakeren har arbeidet i verkstedet og viser god framgang. "
    text = (sentence * 400)[: int(19_900 * size.longest)].strip()
    data["statements"] = [{"basis": "observed", "text": text}] * 36
    with _folder() as folder:
        seconds, watch = _batch(folder, [json.dumps(data).encode()], size)
    yield Figure("longest report that is accepted", seconds, "s", goal=120)
    yield Figure("  and its memory", watch.peak(1), "MiB", goal=1024)


def small(size: Size) -> Iterator[Figure]:
    """A batch in which the start of the workers counts."""
    with _folder() as folder:
        seconds, _ = _batch(folder, list(lines(size.small)), size)
    yield Figure(f"batch of {size.small}, for a document", 1000 * seconds / size.small, "ms")


def by_typst(size: Size) -> Iterator[Figure]:
    """The same batch as the next one, laid out by Typst."""
    with _folder() as folder:
        seconds, watch = _batch(folder, list(lines(size.middle)), size, TYPST)
    rate = size.middle / seconds
    yield Figure(f"batch of {size.middle} by Typst", rate, "documents/s", goal=17, at_least=True)
    for number in watch.seen:
        yield Figure(f"  a worker's memory after {number}", watch.peak(number), "MiB")


def middle(size: Size) -> Iterator[Figure]:
    """A batch for a night, and the same again, when there is nothing to do."""
    records = list(lines(size.middle))
    count = len(records)
    with _folder() as folder:
        started = time.process_time()
        seconds, watch = _batch(folder, records, size)
        parent = time.process_time() - started
        again, _ = _batch(folder, records, size)
        yield Figure(f"batch of {count}, for a document", 1000 * seconds / count, "ms")
        yield Figure(
            f"  PDF and Word, {size.workers} workers", count / seconds, "documents a second"
        )
        yield Figure("  work of the parent, for a document", 1000 * parent / count, "ms")
        for done in watch.seen:
            yield Figure(f"  peak memory of a worker after {done}", watch.peak(done), "MiB")
        yield Figure("  nothing to do, for a document", 1000 * again / count, "ms")
        yield Figure("  input, for a document", sum(map(len, records)) / count / 1000, "kB")
        for pattern in ("*.pdf", "*.docx", "manifest.jsonl"):
            stored = sum(path.stat().st_size for path in folder.glob(pattern))
            yield Figure(f"  {pattern} on disk, for a document", stored / count / 1000, "kB")


def beside_bare(size: Size) -> Iterator[Figure]:
    """The same documents in turn with and without a batch, so that both meet the same machine."""
    records = list(lines(size.middle))
    rounds = min(size.rounds, ROUNDS)
    ratios = []
    for number in range(rounds):
        with _folder() as folder:
            bare = _bare(folder / "bare", records[number::rounds], size)
            seconds, _ = _batch(folder / "batch", records[number::rounds], size)
        ratios.append(bare / seconds)
    ratio = statistics.median(ratios)
    yield Figure("batch beside a bare loop", ratio, "times", goal=0.9, at_least=True)


def large(size: Size) -> Iterator[Figure]:
    """A batch of which one waits for the end, if it is asked for."""
    if size.large:
        with _folder() as folder:
            seconds, watch = _batch(folder, list(lines(size.large)), size)
        yield Figure(f"batch of {size.large}, for a document", 1000 * seconds / size.large, "ms")
        yield Figure("  peak memory of a worker at its end", watch.peak(size.large), "MiB")


BENCHES: tuple[Bench, ...] = (longest, small, by_typst, middle, beside_bare, large)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _batch(
    folder: Path, records: list[bytes], size: Size, engine: str = WEASYPRINT
) -> tuple[float, _Watch]:
    """The seconds that a batch takes, and what was seen of its workers."""
    watch = _Watch()
    stream = io.BytesIO(b"".join(records))
    started = time.perf_counter()
    options: dict[str, Any] = {"formats": FORMATS, "workers": size.workers, "engine": engine}
    done = pf.batch(stream, folder, progress=watch, **options)
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

    @property
    def seen(self) -> list[int]:
        """After how many documents there was a look."""
        return list(self._peaks)

    def peak(self, done: int) -> float:
        """The most memory in MiB that a worker had used after so many documents."""
        return self._peaks[done]


def _workers() -> Iterator[int]:
    for process in multiprocessing.active_children():
        if process.pid:
            yield process.pid


def _peak(pid: int) -> float:
    """The most memory that a process has used so far, in MiB; Linux tells it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _bare(folder: Path, records: list[bytes], size: Size) -> float:
    """The seconds that the same documents take with nothing around them."""
    folder.mkdir(parents=True)
    context = multiprocessing.get_context("spawn")
    started = time.perf_counter()
    processes = [
        context.Process(target=_loop, args=(folder / str(number), records[number :: size.workers]))
        for number in range(size.workers)
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
        document = pf.render(pf.load(record))
        (folder / f"{number}.pdf").write_bytes(pf.to_pdf(document))
        (folder / f"{number}.docx").write_bytes(pf.to_docx(document))
