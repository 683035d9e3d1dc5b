"""What documents rest on besides their data: templates, profiles and the program itself."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from planforms import __version__
from planforms.languages import template_root
from planforms.registry import KINDS
from planforms.services import BUILT_IN, COUNTRIES, INSTRUMENTS

SUFFIXES = {".docx", ".html", ".po", ".png", ".toml"}
"""What templates and profiles are made of; anything else in their folders changes no document."""

_FileState = tuple[Path, Path, int, int]
"""A folder, a file in it, when that was changed, and its size."""


def basis(templates: Sequence[Path], services: Sequence[Path]) -> str:
    """A hash of version, kinds, templates and profiles; files are read again when one changes.

    A kind from outside counts with its model and the program text that declares it, since the
    version of planforms says nothing of it.
    """
    brought = (*KINDS.template_folders(), *KINDS.service_folders())
    folders = (*templates, template_root(), *services, BUILT_IN, COUNTRIES, INSTRUMENTS, *brought)
    return _digest(
        tuple(_shape(kind, KINDS[kind].model.__module__) for kind in sorted(KINDS)),
        tuple(state for folder in folders for state in _states(folder)),
    )


@cache
def _shape(kind: str, module: str) -> str:
    """A kind's name and, of one from outside, what its model takes and its program text."""
    if module.startswith("planforms."):
        return kind
    schema = json.dumps(KINDS[kind].model.model_json_schema(), sort_keys=True)
    file = getattr(sys.modules.get(module), "__file__", None)
    source = Path(file).read_bytes() if file and Path(file).is_file() else b""
    return f"{kind} {hashlib.sha256(schema.encode() + source).hexdigest()}"


def _states(folder: Path) -> Iterator[_FileState]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            status = path.stat()
            yield folder, path, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def _digest(kinds: tuple[str, ...], states: tuple[_FileState, ...]) -> str:
    digest = hashlib.sha256(" ".join((__version__, *kinds)).encode())
    for folder, path, _, _ in states:
        content = hashlib.sha256(path.read_bytes()).digest()
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return digest.hexdigest()
