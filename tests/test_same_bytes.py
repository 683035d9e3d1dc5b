"""The same input gives the same bytes: in another process, time zone, hash seed, another day."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from tests.reports import COMPLETE, ROOT

PROGRAM = """
import hashlib, sys
import planforms as pf
for document in (pf.render(pf.load(sys.argv[1])), pf.blank("final_report", service="vivirk")):
    for content in (pf.to_pdf(document), pf.to_docx(document), pf.to_html(document).encode()):
        print(hashlib.sha256(content).hexdigest())
"""


def digests(**environment: str) -> list[str]:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(COMPLETE)],
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
    assert len(set(here)) == 6


def test_another_day_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    import planforms as pf

    document = pf.render(pf.load(COMPLETE))

    def all_formats() -> list[str]:
        contents = (pf.to_pdf(document), pf.to_docx(document), pf.to_html(document).encode())
        return [hashlib.sha256(content).hexdigest() for content in contents]

    today = all_formats()
    real = time.time()
    monkeypatch.setattr(time, "time", lambda: real + 400 * 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(real + 400 * 86_400))
    assert all_formats() == today
