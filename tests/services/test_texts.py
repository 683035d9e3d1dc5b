"""Texts of profiles in several languages: which one a document gets, and what `check` tells."""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import pytest

import planforms as pf
from planforms.checking.findings import Finding
from planforms.checking.profile_texts import check_profile_texts
from planforms.checking.sources import Sources
from planforms.errors import ProfileError, Severity
from planforms.services import BUILT_IN, COUNTRIES, load_country, load_service

ROOT = Path(__file__).parents[2]
LAW = "forvaltningslova §§\u00a013–13\u00a0e"
BOTH = (
    r'text = { no = "forvaltningsloven §§\u00a013–13\u00a0e", '
    r'nn = "forvaltningslova §§\u00a013–13\u00a0e" }'
)
ANOTHER = BOTH.replace("forvaltningslova §", "ei ny lov §")
NYNORSK = re.compile(r'\{ no = ("[^"]*"), nn = "[^"]*" \}')
"""A text that is given in bokmål and nynorsk."""


def write(folder: Path, name: str, *changes: tuple[str, str], nynorsk: bool = True) -> Path:
    """A built-in profile in a folder of one's own, with some of its text replaced.

    Args:
        folder: where to write it.
        name: the service or country.
        changes: what stands there, and what is to stand there.
        nynorsk: whether its texts in nynorsk stay; they go before the changes are made.
    """
    source = (COUNTRIES if name.isupper() else BUILT_IN) / f"{name}.toml"
    target = folder / "countries" / source.name if name.isupper() else folder / source.name
    target.parent.mkdir(exist_ok=True)
    text = source.read_text(encoding="utf-8")
    text = text if nynorsk else NYNORSK.sub(r"\1", text)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    target.write_text(text, encoding="utf-8")
    if not name.isupper():
        logo = source.with_suffix(".png")
        (folder / logo.name).write_bytes(logo.read_bytes())
    return target


def test_a_text_by_language_is_given_in_the_language_that_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, "NO", (BOTH, ANOTHER))
    assert load_country("NO", (), "nn").secrecy.text == LAW
    assert "ei ny lov" in load_country("NO", [tmp_path], "nn").secrecy.text
    assert load_country("NO", [tmp_path], "no") == load_country("NO")
    assert load_country("NO", [tmp_path]) == load_country("NO")


def test_every_part_of_a_service_can_have_texts_by_language(tmp_path: Path) -> None:
    changes = {
        'smia = "Smia"': 'smia = { no = "Smia", nn = "Smia mi" }',
        'nn = "helsetenesta"': 'nn = "helsa"',
        'nn = "tiltakspengar"': 'nn = "pengar"',
        'nn = "kor lenge samtykket sjølv varer"': 'nn = "så lenge samtykket varer"',
        'name = { no = "Nav Molde", nn = "Nav Molde" }': (
            'name = { no = "Nav Molde", nn = "Nav i Molde" }'
        ),
        'unit = "Arbeid og Aktivitet"': 'unit = { nn = "Arbeid", no = "Arbeid og Aktivitet" }',
    }
    write(tmp_path, "molde", *changes.items())
    profile = load_service("molde", [tmp_path], "nn")
    assert profile.consequences and profile.complaints
    assert profile.measures["smia"] == "Smia mi"
    assert profile.secrecy_areas["health_service"] == "helsa"
    assert profile.consequences.benefits[1] == "pengar"
    assert profile.deadlines["consent_expiry"].source == "så lenge samtykket varer"
    assert profile.complaints.escalation.name == "Nav i Molde"
    assert profile.organisation.unit == "Arbeid"
    assert load_service("molde", [tmp_path]) == load_service("molde")
    assert load_service("molde", [tmp_path], "no") == load_service("molde")


def test_a_language_under_a_heading_of_its_own_is_the_same(tmp_path: Path) -> None:
    heading = "[measures.smia]\nno = 'Smia'\nnn = 'Smia mi'\n\n[secrecy_areas]"
    write(tmp_path, "molde", ('smia = "Smia"\n', ""), ("[secrecy_areas]", heading))
    assert load_service("molde", [tmp_path], "nn").measures["smia"] == "Smia mi"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('{ da = "på dansk", no = "på norsk" }', "på norsk"),
        ('{ da = "på dansk", sv = "på svenska" }', "på dansk"),
        ('"alltid"', "alltid"),
    ],
)
def test_a_text_that_lacks_the_language_is_in_the_own_one_or_in_the_first(
    tmp_path: Path, table: str, expected: str
) -> None:
    write(tmp_path, "NO", (BOTH, f"text = {table}"))
    assert load_country("NO", [tmp_path], "nn").secrecy.text == expected
    assert load_country("NO", [tmp_path]).secrecy.text == expected


def test_a_profile_is_read_once_for_each_language_and_again_when_it_changes(
    tmp_path: Path,
) -> None:
    write(tmp_path, "NO")
    first = load_country("NO", [tmp_path], "nn")
    assert load_country("NO", [tmp_path], "nn") is first
    assert load_country("NO", [tmp_path], "no") is not first
    write(tmp_path, "NO", (BOTH, ANOTHER))
    assert "ei ny lov" in load_country("NO", [tmp_path], "nn").secrecy.text


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ('{ no = "x", nynorsk = "y" }', "language_code", ".nynorsk"),
        ('{ no = "x", name = "y" }', "language_code", ".name"),
        ('{ no = "x", nn = "" }', "string_too_short", ".nn"),
        ('{ no = "x", nn = "y\\nz" }', "single_line", ".nn"),
        ('{ no = "x", nn = 7 }', "string_type", ".nn"),
        ('{ no = "x", nn = { nn = "y" } }', "string_type", ".nn"),
        ("{ }", "string_type", ""),
        ("7", "string_type", ""),
    ],
)
def test_a_mistake_in_any_language_is_told_in_every_language(
    tmp_path: Path, text: str, code: str, key: str
) -> None:
    write(tmp_path, "NO", (BOTH, f"text = {text}"))
    for language in (None, "no", "nn", "sv"):
        with pytest.raises(ProfileError) as error:
            load_country("NO", [tmp_path], language)
        (problem,) = error.value.problems
        assert (problem.code, problem.place) == (f"profile.{code}", f"NO.toml: secrecy.text{key}")
        assert problem.hint


def test_a_document_in_another_language_names_laws_measures_and_sources_in_it(
    tmp_path: Path,
) -> None:
    write(tmp_path, "molde", ('smia = "Smia"', 'smia = { no = "Smia", nn = "Smia mi" }'))
    data = pf.load(ROOT / "examples" / "molde" / "complete_signed_electronically.json")
    texts = {
        language: pf.render(data, language=language, services=tmp_path).text()
        for language in ("no", "nn")
    }
    assert LAW in texts["nn"] and "Smia mi" in texts["nn"]
    assert LAW not in texts["no"] and "Smia mi" not in texts["no"]
    assert texts["no"] == pf.render(data, services=tmp_path).text() == pf.render(data).text()
    form = pf.blank("final_report", service="molde", language="nn", services=tmp_path)
    assert LAW in form.text() and "Smia mi" in form.text()


BOKMÅL = re.compile(
    r"\b(ikke|bare|noen?|sammen|hva|hvem|hvor\w*|hvilke\w*|hver|fra|hjem\w*|mer|selv|jeg|dere\w*"
    r"|være|gjøre?|sier|ble|uken?|måned\w*|tjeneste\w*|skolen?|veilede\w*|deltake[rn]\w*"
    r"|henvis\w*|verge\w*|rettighet\w*|opplysninger?|anbefal\w*|taushet\w*|\w*loven"
    r"|Sivilombudet|Statsforvalteren)\b"
)
"""Words that bokmål has and nynorsk has not."""


@pytest.mark.parametrize(("kind", "service"), [*zip(pf.kinds(), cycle(("molde", "harstad")))])
def test_a_paper_in_nynorsk_has_no_word_of_bokmål(kind: str, service: str) -> None:
    text = pf.blank(kind, service=service, language="nn").text()
    assert BOKMÅL.findall(text) == []
    assert BOKMÅL.search(pf.blank(kind, service=service, language="no").text())


@pytest.mark.parametrize(
    "path", [*ROOT.glob("examples/*/*_in_nynorsk.json")], ids=lambda path: path.stem
)
def test_a_case_in_nynorsk_has_no_word_of_bokmål(path: Path) -> None:
    data = pf.load(path)
    assert data.language == "nn"
    assert BOKMÅL.findall(pf.render(data).text()) == []


# --- what the check tells ---------------------------------------------------------------------


def told(folder: Path) -> list[Finding]:
    return list(check_profile_texts(Sources((), {}, services=(folder,))))


def test_the_profiles_that_ship_have_all_texts_in_the_languages_they_write_in(
    tmp_path: Path,
) -> None:
    assert told(tmp_path) == []


def test_a_text_that_a_service_lacks_in_a_language_it_writes_in_is_told(tmp_path: Path) -> None:
    both = 'retention = { no = "Planen", nn = "Planen" }'
    path = write(
        tmp_path,
        "molde",
        ('retention = "10 år etter at plassen din er avsluttet"', both),
        nynorsk=False,
    )
    found = {finding.message: finding for finding in told(tmp_path) if finding.file == str(path)}
    lines = path.read_text(encoding="utf-8").split("\n")
    assert "privacy.retention has no text in nn" not in found
    assert "measures.smia has no text in nn" not in found  # a name is the same everywhere
    for place, start in {
        "privacy.controller": "controller =",
        "consequences.benefits[0]": "benefits =",
        "complaints.escalation.name": 'name = "Nav Molde"',
        "deadlines.consent_expiry.source": 'source = "samtykkets egen varighet"',
        "secrecy_areas.school": "school =",
    }.items():
        finding = found[f"{place} has no text in nn"]
        assert (finding.code, finding.severity) == ("profile.language_missing", Severity.WARNING)
        assert lines[finding.line - 1].startswith(start)
        assert finding.text == start.split(" ")[0]
        assert "nn" in finding.hint


def test_a_service_that_writes_another_language_than_its_country_is_told_which_laws_lack_it(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "NO", (NYNORSK.sub(r"\1", BOTH), BOTH), nynorsk=False)
    plain = ('languages = ["nn"]\n', "")
    write(tmp_path, "molde", plain, ('language = "no"', 'language = "nn"'), nynorsk=False)
    write(tmp_path, "harstad", plain, nynorsk=False)
    found = [finding for finding in told(tmp_path) if finding.code != "profile.language"]
    assert {finding.file for finding in found} == {str(path)}
    messages = {finding.message for finding in found}
    assert "access.text has no text in nn" in messages
    assert "statutes.folketrygdloven.name has no text in nn" in messages
    assert "secrecy.text has no text in nn" not in messages


def test_a_table_without_the_language_of_its_own_profile_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "molde", ('smia = "Smia"', 'smia = { sv = "Smedjan" }'))
    found = told(tmp_path)
    assert {finding.file for finding in found} == {str(path)}
    assert {finding.message for finding in found} == {
        f"measures.smia has no text in {language}" for language in ("no", "nn")
    }


def test_texts_are_asked_for_by_the_folder_of_a_language_whatever_the_service_calls_it(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        "molde",
        ('language = "no"\n', 'language = "nb"\n'),
        ('languages = ["nn"]\n', 'languages = ["nn-NO"]\n'),
        ('smia = "Smia"', 'smia = { no = "Smia", nn = "Smia mi" }'),
    )
    assert told(tmp_path) == []


def test_the_check_of_everything_tells_it(tmp_path: Path) -> None:
    from planforms.checking.checks import CHECKS

    assert check_profile_texts in CHECKS
