"""Measures speed and memory beside what the bare libraries take for the same work in the same run.

Medians after a warm-up. Run with ``make bench``, which ends with a table: figure, goal, reached or
not. ``make bench LARGE=1`` makes a batch of 2,000 too, which takes ten minutes more.
"""

from __future__ import annotations

import gc
import os
from dataclasses import replace

from scripts import (
    bench_batch,
    bench_commands,
    bench_documents,
    bench_forms,
    bench_preview,
    bench_word_templates,
)
from scripts.bench_figures import FULL, Bench, Figure, table

BENCHES: tuple[Bench, ...] = (
    *bench_documents.BENCHES,
    *bench_word_templates.BENCHES,
    *bench_forms.BENCHES,
    *bench_commands.BENCHES,
    *bench_batch.BENCHES,
    *bench_preview.BENCHES,
)
LARGE = 2_000


def main() -> None:
    """Print each figure as it comes, and at the end those that have a goal."""
    size = replace(FULL, large=LARGE if os.environ.get("LARGE") else 0)
    figures: list[Figure] = []
    for bench in BENCHES:
        gc.collect()
        gc.freeze()  # what earlier ones have left is looked through no more in the time of this one
        for figure in bench(size):
            figures.append(figure)
            print(figure, flush=True)
    print("", *table(figures), sep="\n")


if __name__ == "__main__":
    main()
