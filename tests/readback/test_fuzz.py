"""A small share of the damaged forms that ``scripts/fuzz_forms.py`` reads by the thousand."""

from __future__ import annotations

import pytest

import planforms as pf
from planforms.readback.sniffing import READERS
from scripts import fuzz_forms


def test_damaged_forms_are_read_or_refused_and_never_quoted() -> None:
    found = fuzz_forms.run(60, seed=21)
    assert found.wrong == []
    assert found.outcomes.total() == 60
    assert len(found.outcomes) > 3


def test_the_forms_that_are_damaged_are_whole_before() -> None:
    forms = fuzz_forms.forms()
    assert len(forms) == len(fuzz_forms.FORMS) * len(READERS)
    for content in forms:
        assert fuzz_forms.SECRET in str(pf.read(content).values)


def test_a_mistake_of_a_reader_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(content: bytes) -> None:
        raise KeyError(content)

    monkeypatch.setattr(pf, "read", wrong)
    found = fuzz_forms.run(3)
    assert len(found.wrong) == 3
    assert "KeyError" in found.wrong[0]
    assert fuzz_forms.SECRET not in str(found.wrong)
