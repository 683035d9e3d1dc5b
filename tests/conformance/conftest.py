"""One good document in each format, to be checked as it is and after it was damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import planforms
from tests.writers.sample import sample

Store = Callable[[str, bytes], Path]


@pytest.fixture(scope="session")
def pdf() -> bytes:
    return planforms.to_pdf(sample())


@pytest.fixture(scope="session")
def docx() -> bytes:
    return planforms.to_docx(sample())


@pytest.fixture(scope="session")
def html() -> str:
    return planforms.to_html(sample())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Puts content into a file of that name."""

    def store(name: str, content: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return store
