"""Sees that a file has changed, and which of its lines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from watchfiles import awatch

from planforms.files import read_text

_TEXTS = (".html", ".po", ".toml", ".json", ".css", ".txt")
_PICTURES = (".png", ".docx")
_DEBOUNCE_MS = 60
"""How long to wait for more of what one save changes: editors write a file in several steps."""
_STEP_MS = 20
_LOOK_MS = 1_000
"""How often it is looked whether the watched folders are still the same ones."""
_PAUSE_SECONDS = 0.3
"""How long until a folder that is gone is looked for again."""


class Watcher:
    """Counts the states of some folders, and wakes up those who wait for the next one.

    Attributes:
        number: the number of the state; it grows with every change.
        last: the texts that changed last, each with its changed lines, as plain values.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        """Watch some folders and files, those that are not there as well."""
        self.number = 1
        self.last: list[dict[str, Any]] = []
        self._paths = tuple(dict.fromkeys(paths))
        self._texts = dict(self._read_all())
        self._changed = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until somebody says stop; a folder that is gone may come back."""
        present = self._present()
        while not stop.is_set():
            if present:
                with suppress(OSError):
                    await self._watch(present, stop)
            await asyncio.sleep(0 if stop.is_set() else _PAUSE_SECONDS)
            if self._present() != present:
                present = self._present()
                self._note({*self._texts, *(path for path, _ in self._read_all())})
                self._count()

    async def next(self, number: int) -> int:
        """The number of the state after another one, or the same if nobody waits any more."""
        if self.number <= number:
            await self._changed.wait()
        return self.number

    def wake(self) -> None:
        """Let go everybody who waits."""
        self._changed.set()
        self._changed = asyncio.Event()

    def _present(self) -> dict[Path, int]:
        """What is there of all that is watched, each with a number that tells it from another."""
        found = {}
        for path in self._paths:
            with suppress(OSError):
                found[path] = path.stat().st_ino
        return found

    async def _watch(self, present: dict[Path, int], stop: asyncio.Event) -> None:
        """Note changes for as long as all that is watched stays where it is."""
        changes = awatch(
            *present,
            stop_event=stop,
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
        )
        async for found in changes:
            self._note({Path(path) for _, path in found})
            if self._present() != present:
                return

    def _note(self, paths: set[Path]) -> None:
        told = []
        for path in sorted(paths):
            before, now = self._texts.get(path), _text_of(path)
            if before == now and path.suffix not in _PICTURES:
                continue
            if now is None:
                self._texts.pop(path, None)
            else:
                self._texts[path] = now
            told.append({"file": str(path), "lines": _changed_lines(before or "", now or "")})
        if told:
            self.last = told
            self._count()

    def _count(self) -> None:
        self.number += 1
        self.wake()

    def _read_all(self) -> Iterable[tuple[Path, str]]:
        for root in self._paths:
            for path in root.rglob("*") if root.is_dir() else [root]:
                text = _text_of(path)
                if text is not None:
                    yield path, text


def _text_of(path: Path) -> str | None:
    if path.suffix not in _TEXTS:
        return None
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError):
        return None


def _changed_lines(before: str, now: str) -> list[int]:
    """The numbers of the lines that are not what they were."""
    old, new = before.split("\n"), now.split("\n")
    blocks = SequenceMatcher(None, old, new, False).get_opcodes()
    return [
        number + 1
        for tag, _, _, first, last in blocks
        if tag != "equal"
        for number in range(first, max(last, first + 1))
    ]
