from pathlib import Path

import pytest

from tests.conformance.conftest import Store
from tests.conformance.damage import changed
from tests.conformance.nu import nu
from tests.conformance.programs import CheckerError


def test_a_good_page_is_valid_and_damaged_ones_are_not(html: str, store: Store) -> None:
    good = store("good.html", html.encode())
    unclosed = store("unclosed.html", changed(html, "</main>", "").encode())
    alt = store("alt – å.html", changed(html, ' alt="', ' data-alt="').encode())

    failures = nu([good, unclosed, alt])

    assert failures[good] == []
    assert any("unclosed elements" in failure for failure in failures[unclosed])
    assert any("“alt” attribute" in failure for failure in failures[alt])


def test_a_missing_page_is_no_valid_page(tmp_path: Path) -> None:
    with pytest.raises(CheckerError, match="missing"):
        nu([tmp_path / "nowhere.html"])
