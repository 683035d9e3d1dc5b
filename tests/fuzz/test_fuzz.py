"""A small share of the cases that ``make fuzz`` tries."""

from __future__ import annotations

import pytest

from tests.fuzz.cases import SORTS, fault_of

SHARE = 0.004
"""Which part of all cases is tried here: the first of each sort."""


@pytest.mark.parametrize("sort", SORTS)
def test_no_case_ends_in_anything_but_an_answer_or_an_error_of_planforms(sort: str) -> None:
    for number in range(int(SORTS[sort][1] * SHARE)):
        fault = fault_of(sort, number)
        assert fault is None, f"{sort} {number}: {fault!r}"
