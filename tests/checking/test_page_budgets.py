"""Words of one's own that make a form too long are told, and no others."""

from __future__ import annotations

import pytest

from planforms.checking.page_budgets import check_page_budgets
from planforms.checking.sources import read_sources
from planforms.registry import KINDS
from tests.checking.changes import changed, saved


@pytest.fixture(autouse=True)
def _a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reaches what the longest form has today, so that one page more is too many."""
    monkeypatch.setattr(
        type(KINDS["rights"]), "most_pages", lambda _, blank, easy: 6 if blank else None
    )


def found(name: str, old: str, new: str) -> list[tuple[str, str]]:
    sources = saved(changed("no", name, old, new))
    return [(finding.code, finding.place.split("/")[-1]) for finding in check_page_budgets(sources)]


def test_the_built_in_forms_are_not_laid_out() -> None:
    assert list(check_page_budgets(read_sources())) == []


def test_a_form_that_grows_too_long_is_told_at_its_template() -> None:
    words = "<p>Vi forklarer det en gang til.</p>\n" * 250
    assert found("rights.html", "<h2>", f"{words}<h2>") == [("check.pages", "rights.html:1:1")]


def test_a_small_change_is_not_told() -> None:
    assert found("rights.html", "<h2>", "<p>Takk.</p>\n<h2>") == []


def test_a_form_that_cannot_be_made_is_left_to_other_checks() -> None:
    assert found("rights.html", "<h2>", "{{ nobody }}<h2>") == []
