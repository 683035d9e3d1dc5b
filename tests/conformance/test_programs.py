import shutil

import pytest

from tests.conformance.programs import CheckerError, program, run


def test_a_missing_program_is_told_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CheckerError, match=r"pdftoppm is missing: .* poppler-utils"):
        program("pdftoppm")


def test_a_checker_that_fails_has_given_no_verdict() -> None:
    with pytest.raises(CheckerError, match="failed"):
        run(program("pdftoppm"), "nowhere.pdf")
