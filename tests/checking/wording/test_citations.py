from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from planforms.checking.sources import Sources
from planforms.checking.wording.citations import check_breaks, check_citations
from planforms.errors import Severity

DAY = date(2024, 2, 29)
PROFILE = f"""\
# checked = 2001-01-01 in a remark
[secrecy]
text = "lov § 1 # checked = 2001-01-01"
checked = {DAY.isoformat()} # who looked it up
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Own profiles in place of every built-in one, so that their dates do not count."""
    (tmp_path / "countries").mkdir()
    for name in ("NO", "SE", "DK"):
        (tmp_path / "countries" / f"{name}.toml").write_text("", encoding="utf-8")
    (tmp_path / "countries" / "NO.toml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def own(day: date | None, *folders: Path) -> Sources:
    return Sources((), {}, services=folders, as_of=day)


def found_on(folder: Path, day: date) -> list[tuple[str, int, str]]:
    found = check_citations(own(day, folder))
    return [(Path(f.file).name, f.line, f.text) for f in found if f.file.startswith(str(folder))]


def test_a_year_is_not_too_old_and_a_day_more_is(folder: Path) -> None:
    assert found_on(folder, DAY + timedelta(days=365)) == []
    assert found_on(folder, DAY + timedelta(days=366)) == [("NO.toml", 4, "2024-02-29")]


def test_an_old_citation_is_a_warning_that_says_what_to_do(folder: Path) -> None:
    finding = next(iter(check_citations(own(date(2030, 1, 1), folder))))
    assert (finding.code, finding.severity) == ("check.citation_age", Severity.WARNING)
    assert "compare it again" in finding.hint


def test_a_citation_within_a_line_counts_and_one_that_is_no_date_does_not(folder: Path) -> None:
    service = folder / "eget.toml"
    service.write_text('a = { text = "b", checked = 2020-01-01 }\n', encoding="utf-8")
    (folder / "annet.toml").write_text("checked = 2020-13-01\n", encoding="utf-8")
    assert found_on(folder, DAY) == [("eget.toml", 1, "2020-01-01")]


def test_ones_own_country_profile_comes_before_the_built_in_one(folder: Path) -> None:
    found = check_citations(own(date(2100, 1, 1), folder))
    countries = {Path(f.file) for f in found if Path(f.file).name in ("NO.toml", "SE.toml")}
    assert countries == {folder / "countries" / "NO.toml"}


def test_without_a_day_nothing_grows_old(folder: Path) -> None:
    assert list(check_citations(own(None, folder))) == []


def test_every_built_in_country_has_dates_that_grow_old() -> None:
    found = {Path(f.file).name for f in check_citations(own(date(2100, 1, 1)))}
    assert {"NO.toml", "SE.toml", "DK.toml"} <= found


BROKEN = """\
# lov § 1 in a remark
a = "lov § 1"
b = "lov 1 § om noe"
c = "lov §\\u00a01, stk.\\u00a02 nr.\\u00a03"
d = "lov nr. 4" # § 5
e = "artikkel 9 nr.\\u00a02, ikke § alene"
"""


def test_a_number_and_its_word_stay_on_one_line(folder: Path) -> None:
    (folder / "eget.toml").write_text(BROKEN, encoding="utf-8")
    found = check_breaks(own(None, folder), ["§", "nr.", "stk."])
    there = [(f.line, f.text) for f in found if f.file.endswith("eget.toml")]
    assert there == [(2, "§ "), (3, " §"), (5, "nr. ")]


def test_every_break_of_a_profile_is_a_warning_and_says_what_to_write(folder: Path) -> None:
    (folder / "eget.toml").write_text(BROKEN, encoding="utf-8")
    [finding, *_] = (f for f in check_breaks(own(None, folder), ["§"]) if "eget" in f.file)
    assert (finding.code, finding.severity) == ("check.break", Severity.WARNING)
    assert "\\u00a0" in finding.hint


def test_a_language_without_such_words_looks_for_none(folder: Path) -> None:
    assert list(check_breaks(own(None, folder), [])) == []
