"""Counts how much of planforms one render enters: functions, comprehensions and module bodies.

Run in a process of its own, so that importing counts too: ``count_code.py DATA``. The number is a
figure of :mod:`scripts.bench`; it says how much somebody has to know to follow a render.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType, FrameType

PACKAGE = f"{Path('src', 'planforms')}"


def entered(data: str) -> int:
    """How many code objects of planforms are entered by importing it and rendering one file."""
    found: dict[int, CodeType] = {}

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and PACKAGE in frame.f_code.co_filename:
            found[id(frame.f_code)] = frame.f_code

    sys.setprofile(note)
    try:
        import planforms as pf

        pf.render(pf.load(Path(data)))
    finally:
        sys.setprofile(None)
    return len(found)


if __name__ == "__main__":
    print(entered(sys.argv[1]))
