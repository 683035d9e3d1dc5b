"""Sees that a file has changed, and which of its lines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from watchfiles import awatch

from planforms.checking.word_files import is_lock
from planforms.files import read_text

_TEXTS = (".html", ".po", ".toml", ".json", ".css", ".txt")
_OTHERS = (".png", ".docx")
_DEBOUNCE_MS = 60
"""How long to wait for more of what one save changes: editors write a file in several steps."""
_STEP_MS = 20
_LOOK_MS = 1_000
"""How often it is looked for what the system did not tell."""
_PAUSE_SECONDS = 0.3
"""How long until all is watched anew."""


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
        self._stamps = _stamps(self._paths)
        self._texts = {path: text for path in self._stamps if (text := _text_of(path)) is not None}
        self._changed = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until somebody says stop; a folder that is gone may come back."""
        while not stop.is_set():
            if present := [path for path in self._paths if path.exists()]:
                with suppress(OSError):
                    await self._watch(present, stop)
            if not stop.is_set():
                await asyncio.sleep(_PAUSE_SECONDS)
                self._note(self._changed_files())

    async def next(self, number: int) -> int:
        """The number of the state after another one, or the same if nobody waits any more."""
        if self.number <= number:
            await self._changed.wait()
        return self.number

    def wake(self) -> None:
        """Let go everybody who waits."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def _watch(self, present: list[Path], stop: asyncio.Event) -> None:
        """Note changes for as long as the system tells of them.

        It tells nothing of a folder that was taken away and made anew: what it kept to itself is
        found by looking, and then all is watched anew.
        """
        changes = awatch(
            *present,
            stop_event=stop,
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
        )
        async for told in changes:
            found = self._changed_files()
            self._note(found)
            if found and not told:
                return

    def _changed_files(self) -> set[Path]:
        """The files and watched folders that are not what they were when this was asked last."""
        before, self._stamps = self._stamps, _stamps(self._paths)
        paths = before.keys() | self._stamps.keys()
        return {path for path in paths if before.get(path) != self._stamps.get(path)}

    def _note(self, paths: set[Path]) -> None:
        told = []
        for path in sorted(paths):
            before, now = self._texts.get(path), _text_of(path)
            if before == now and path.suffix not in _OTHERS and path not in self._paths:
                continue
            if now is None:
                self._texts.pop(path, None)
            else:
                self._texts[path] = now
            told.append({"file": str(path), "lines": _changed_lines(before or "", now or "")})
        if told:
            self.last = told
            self.number += 1
            self.wake()


def _stamps(roots: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
    """What tells the states of files apart; of a watched folder, that it is there."""
    found = {}
    for root in roots:
        for path in (root, *root.rglob("*")):
            if is_lock(path):
                continue
            with suppress(OSError):
                state = path.stat()
                stamp = state.st_ino, state.st_mtime_ns, state.st_size
                if path.is_file():
                    found[path] = stamp
                elif path == root:
                    found[path] = (0, 0, 0)
    return found


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
