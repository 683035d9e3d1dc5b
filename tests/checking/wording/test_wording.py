from __future__ import annotations

from pathlib import Path

from planforms.checking.sources import read_sources
from planforms.checking.wording import check_wording
from tests.checking.wording.files import sources, template


def test_the_built_in_words_raise_nothing_and_every_dictionary_is_there() -> None:
    assert [str(finding) for finding in check_wording(read_sources())] == []


def test_all_that_is_wrong_with_words_is_told_at_once() -> None:
    text = "Klienten får opplysnigner 5/6-2014."
    found = check_wording(sources(template(f"<p>{text}</p>")))
    assert {f.code for f in found} == {"check.term", "check.spelling", "check.date"}


def test_settings_that_cannot_be_read_are_left_to_other_checks(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "locale.toml").write_text("babel =", encoding="utf-8")
    codes = {finding.code for finding in check_wording(read_sources([tmp_path]))}
    assert codes == set()
