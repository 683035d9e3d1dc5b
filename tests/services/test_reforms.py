"""Provisions in pairs: a law that takes the place of another one, from a day on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import planforms as pf
from planforms.errors import ProfileError
from planforms.services import COUNTRIES, load_country
from planforms.services.reforms import ProvisionPair, Reform, reformed
from planforms.services.rights import Consequences
from planforms.setting import Setting, read_setting
from tests.reports import example_data

OLD = "forvaltningsloven §\u00a018"
NEW = "forvaltningsloven §\u00a046"
FIRST_DAY = date(2027, 7, 1)
BEFORE = date(2027, 6, 30)
SOURCE = 'source = { no = "lov 20. juni 2025'


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """Norway once the first day of the new law is known: one line more."""
    text = (COUNTRIES / "NO.toml").read_text(encoding="utf-8")
    assert text.count(SOURCE) == 1
    (tmp_path / "countries").mkdir()
    changed = text.replace(SOURCE, f"since = {FIRST_DAY}\n{SOURCE}")
    (tmp_path / "countries" / "NO.toml").write_text(changed, encoding="utf-8")
    return tmp_path


def test_nothing_changes_as_long_as_nobody_knows_the_day() -> None:
    setting = read_setting("harstad")
    for day in (None, date(2100, 1, 1)):
        assert setting.country.reforms_on(day) == ()
        assert setting.on(day).country.access.text == OLD
        assert setting.on(day).service is setting.service


@pytest.mark.parametrize(("day", "cited"), [(BEFORE, OLD), (FIRST_DAY, NEW), (None, NEW)])
def test_one_line_switches_every_provision_from_its_day_on(
    services: Path, day: date | None, cited: str
) -> None:
    assert read_setting("molde", services=services).on(day).country.access.text == cited


def test_a_document_cites_the_law_of_its_own_day(services: Path) -> None:
    def box(day: date) -> str:
        changes = {
            "issued_on": str(day),
            "explanation.explained_on": str(day),
        }
        data = pf.load(example_data("molde/rights_signed_on_paper", changes))
        return pf.render(data, services=services).text()

    assert OLD in box(BEFORE) and NEW not in box(BEFORE)
    assert NEW in box(FIRST_DAY) and OLD not in box(FIRST_DAY)
    blank = pf.blank("rights", service="harstad", services=services).text()
    assert "forvaltningsloven §§\u00a030 og 31, sosialtjenesteloven §\u00a044" in blank


@pytest.mark.parametrize("service", ["harstad", "molde"])
@pytest.mark.parametrize(
    ("language", "law"), [("no", "forvaltningsloven"), ("nn", "forvaltningslova")]
)
def test_no_provision_of_the_old_law_is_forgotten(
    services: Path, service: str, language: str, law: str
) -> None:
    """What cites the old law is another text once the new one holds, wherever it stands."""
    setting = read_setting(service, language, services=services)
    before, after = _texts(setting.on(BEFORE)), _texts(setting.on(FIRST_DAY))
    cited = {place for place, text in before.items() if law in text}
    assert cited
    assert {place for place in cited if after[place] == before[place]} == set()
    assert {place for place in before if after[place] != before[place]} == cited


def _texts(setting: Setting) -> dict[str, str]:
    found: dict[str, str] = {}

    def walk(place: str, value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(f"{place}.{key}", inner)
        elif isinstance(value, tuple):
            for number, inner in enumerate(value):
                walk(f"{place}[{number}]", inner)
        elif isinstance(value, str):
            found[place] = value

    walk("country", setting.country.model_dump(exclude={"reforms"}))
    walk("service", setting.service.model_dump())
    return found


def test_what_does_not_name_the_provision_is_left_alone() -> None:
    pairs = tuple(ProvisionPair(old=old, new=new) for old, new in (("lov § 1", "X"), ("X", "Y")))
    reform = Reform(since=FIRST_DAY, provisions=pairs, source="lov")
    cited = ("lov § 1 og 2", "lov § 12", "X")
    part = Consequences(benefits=cited, source="lov § 1", told_in_writing=True)
    anew = reformed(part, [reform])
    assert anew == Consequences(
        benefits=("X og 2", "lov § 12", "Y"), source="X", told_in_writing=True
    )
    assert anew.model_fields_set == part.model_fields_set
    assert reformed(part, []) is part


def test_a_service_keeps_its_files_when_its_texts_change(services: Path) -> None:
    setting = read_setting("harstad", services=services)
    anew = setting.on(FIRST_DAY).service
    assert anew is not setting.service
    assert anew.logo == setting.service.logo and anew.logo


def test_a_reform_without_pairs_is_a_mistake(tmp_path: Path) -> None:
    text = (COUNTRIES / "DK.toml").read_text(encoding="utf-8")
    (tmp_path / "countries").mkdir()
    reform = '\n[reforms.lab]\nsource = "lov"\nprovisions = []\n'
    (tmp_path / "countries" / "DK.toml").write_text(text + reform, encoding="utf-8")
    with pytest.raises(ProfileError) as error:
        load_country("DK", [tmp_path])
    (problem,) = error.value.problems
    assert problem.code == "profile.too_short"
    assert re.search(r"reforms\.lab\.provisions", problem.place)
