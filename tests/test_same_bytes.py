"""The same input gives the same bytes: in another process, time zone, hash seed, another day."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import planforms as pf
from tests.reports import COMPLETE, EXAMPLES, ROOT

PROGRAM = """
import hashlib, sys
from pathlib import Path
import planforms as pf
documents = [pf.render(pf.load(Path(path))) for path in sys.argv[1:]]
documents += [pf.blank(kind, service="vivirk") for kind in pf.kinds()]
for document in documents:
    for content in (pf.to_pdf(document), pf.to_docx(document), pf.to_html(document).encode()):
        print(hashlib.sha256(content).hexdigest())
"""


def one_of_each_kind() -> list[Path]:
    """The first example of every kind."""
    found: dict[str, Path] = {}
    for path in EXAMPLES:
        found.setdefault(json.loads(path.read_text(encoding="utf-8"))["kind"], path)
    return [found[kind] for kind in pf.kinds()]


def digests(**environment: str) -> list[str]:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, one_of_each_kind())],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()


def test_two_processes_make_the_same_bytes() -> None:
    here = digests(TZ="Europe/Oslo", PYTHONHASHSEED="1", LC_ALL="C")
    there = digests(TZ="Pacific/Kiritimati", PYTHONHASHSEED="4711", SOURCE_DATE_EPOCH="1")
    assert here == there
    assert len(set(here)) == 2 * 3 * len(pf.kinds())


def test_another_day_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    document = pf.render(pf.load(COMPLETE))

    def all_formats() -> list[str]:
        contents = (pf.to_pdf(document), pf.to_docx(document), pf.to_html(document).encode())
        return [hashlib.sha256(content).hexdigest() for content in contents]

    today = all_formats()
    later = 2_000_000_000.0
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert all_formats() == today
