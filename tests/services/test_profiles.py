"""Service and country profiles: those that ship, one's own, and every way to get one wrong."""

from __future__ import annotations

import io
import json
import os
import re
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops

import planforms as pf
from planforms.errors import PlanformsError, Problem, ProfileError, UsageError
from planforms.models.shapes import shapes_of
from planforms.services import list_services, load_country, load_service, logo_size
from planforms.services.profiles import MIN_CONTRAST, contrast_on_white
from scripts.make_logos import LOGOS, make_logo

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*/*.json"))
SERVICES = ("hjortmossen", "molde", "vivirk")
COUNTRIES = ("DK", "NO", "SE")


def guide_block(language: str, containing: str) -> str:
    """The code block of docs/services.md in this language that holds a text."""
    blocks = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return str(next(block for block in blocks if containing in block))


PROFILE = guide_block("toml", 'id = "fyrtarnet"')
COUNTRY = guide_block("toml", 'code = "NO"')


def write_profile(folder: Path, *changes: tuple[str, str]) -> Path:
    """The profile of the guide in a folder, with some of its text replaced."""
    text = PROFILE
    for old, new in changes:
        assert old in text, f"the guide's profile has no {old}"
        text = text.replace(old, new)
    path = folder / "fyrtarnet.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(folder: Path, *changes: tuple[str, str]) -> tuple[Problem, ...]:
    write_profile(folder, *changes)
    with pytest.raises(ProfileError) as error:
        load_service("fyrtarnet", [folder])
    return error.value.problems


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def logo_problems(folder: Path, logo: bytes) -> tuple[Problem, ...]:
    (folder / "logo.png").write_bytes(logo)
    return problems_of(folder, ("[letterhead]", '[letterhead]\nlogo = "logo.png"'))


# --- what ships -------------------------------------------------------------------------------


def test_three_services_ship() -> None:
    assert tuple(list_services()) == SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_a_shipped_service_is_whole(service: str) -> None:
    profile = load_service(service)
    country = load_country(profile.country)
    assert country.secrecy.text and country.access.text and country.privacy.text
    assert contrast_on_white(profile.letterhead.accent) >= MIN_CONTRAST
    assert profile.organisation.email.endswith(".example")


@pytest.mark.parametrize("service", SERVICES)
def test_a_shipped_logo_is_14_mm_high_at_300_dpi(service: str) -> None:
    logo = load_service(service).logo
    assert logo is not None
    width, height = logo_size(logo)
    assert round(height / 300 * 25.4) == 14
    assert width / 300 * 25.4 <= 60


@pytest.mark.parametrize("service", SERVICES)
def test_a_shipped_logo_is_what_its_script_draws(service: str) -> None:
    logo = load_service(service).logo
    assert logo is not None and service in LOGOS
    shipped, drawn = Image.open(io.BytesIO(logo)).convert("RGB"), make_logo(service)
    assert shipped.size == drawn.size
    extremes = ImageChops.difference(shipped, drawn).getextrema()
    assert max(high for _, high in extremes) <= 2  # type: ignore[misc]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_shipped_country_names_its_law_and_its_authority(country: str) -> None:
    profile = load_country(country)
    assert profile.code == country
    assert all("§" in cited.text for cited in (profile.secrecy, profile.access))
    assert profile.authority in {"Datatilsynet", "Integritetsskyddsmyndigheten"}


def test_hjortmossen_sends_its_final_account_within_14_days() -> None:
    rule = load_service("hjortmossen").document("final_report")
    assert rule.title == "final_account"
    assert rule.send_by is not None
    assert (rule.send_by.days, rule.send_by.after) == (14, "measure.ended_on")


def test_molde_has_no_deadline_because_its_source_names_none() -> None:
    assert load_service("molde").document("final_report").send_by is None


def test_vivirk_says_that_its_deadline_is_only_good_practice() -> None:
    rule = load_service("vivirk").document("final_report")
    assert rule.basis == "practice"
    assert rule.send_by is not None and "god praksis" in rule.send_by.source


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_uses_only_keys_of_its_service(path: Path) -> None:
    report = pf.load(path)
    assert isinstance(report, pf.FinalReport)
    service = load_service(report.case.service)
    assert path.parent.name == service.id
    assert report.measure and report.measure.key in service.measures
    assert report.case.closure is None or report.case.closure.category in service.closures
    used = {use.instrument for use in report.instruments if use.instrument}
    assert used <= service.instruments.keys()


def test_every_shipped_instrument_is_used_in_some_example() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    for service in SERVICES:
        for instrument in load_service(service).instruments:
            assert f'"instrument": "{instrument}"' in text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_plain_json_in_the_order_of_the_model(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert text == json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    assert list(data) == [key for key in shapes_of(pf.FinalReport) if key in data]


# --- the guide --------------------------------------------------------------------------------


def test_the_profile_of_the_guide_works(tmp_path: Path) -> None:
    write_profile(tmp_path)
    profile = load_service("fyrtarnet", [tmp_path])
    assert profile.name == "Fyrtårnet"
    assert profile.document("final_report").send_by is not None


def test_the_guide_leads_to_a_form_with_its_own_words(tmp_path: Path) -> None:
    services, language = tmp_path / "my-services", tmp_path / "my-templates" / "no"
    services.mkdir()
    language.mkdir(parents=True)
    write_profile(services)
    (language / "terms.po").write_text(guide_block("po", "back_to_employer"), encoding="utf-8")
    form = pf.blank(
        "final_report", service="fyrtarnet", services=services, templates=language.parent
    )
    assert "Fyrtårnet arbeidssenter" in form.text()
    assert "Tilbake til arbeidsgiver" in form.text()


def test_the_country_profile_of_the_guide_is_the_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "countries").mkdir()
    (tmp_path / "countries" / "NO.toml").write_text(COUNTRY, encoding="utf-8")
    own, built_in = load_country("NO", [tmp_path]), load_country("NO")
    assert own.secrecy.text == built_in.secrecy.text
    assert own.access.text == built_in.access.text
    assert own.privacy.text == built_in.privacy.text


# --- one's own come first ---------------------------------------------------------------------


def test_a_service_of_ones_own_comes_before_a_built_in_one(tmp_path: Path) -> None:
    path = write_profile(tmp_path, ('"fyrtarnet"', '"molde"'))
    path.rename(tmp_path / "molde.toml")
    assert load_service("molde", [tmp_path]).name == "Fyrtårnet"
    assert load_service("molde").name == "Arbeid og Aktivitet"


def test_the_first_of_several_folders_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        write_profile(folder, ('name = "Fyrtårnet"', f'name = "{folder.name}"'))
    assert load_service("fyrtarnet", [first, second]).name == "first"


def test_a_country_of_ones_own_comes_before_a_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "countries").mkdir()
    changed = COUNTRY.replace(r"forvaltningsloven §\u00a018", "en ny lov § 1")
    (tmp_path / "countries" / "NO.toml").write_text(changed, encoding="utf-8")
    assert load_country("NO", [tmp_path]).access.text == "en ny lov § 1"


def test_a_changed_profile_is_read_again(tmp_path: Path) -> None:
    path = write_profile(tmp_path)
    assert load_service("fyrtarnet", [tmp_path]).name == "Fyrtårnet"
    write_profile(tmp_path, ('name = "Fyrtårnet"', 'name = "Fyret"'))
    os.utime(path, ns=(1, 1))
    assert load_service("fyrtarnet", [tmp_path]).name == "Fyret"


def test_the_list_names_ones_own_services_too(tmp_path: Path) -> None:
    write_profile(tmp_path)
    assert list_services([tmp_path]) == ["fyrtarnet", *SERVICES]


# --- mistakes ---------------------------------------------------------------------------------

REPORT = "documents.final_report"
SEND_BY = f"{REPORT}.send_by"
HEAD = "[letterhead]"

MISTAKES: list[tuple[str, str, str, str]] = [
    ("profile.syntax", "", 'id = "fyrtarnet"', "id = fyrtarnet"),
    ("profile.unknown_field", "organisation", 'web = "', 'website = "'),
    ("profile.enum", "language", 'language = "no"', 'language = "norsk"'),
    ("profile.string_pattern_mismatch", "country", '"NO"', '"Norge"'),
    ("profile.string_pattern_mismatch", "closures[1]", '"education"', '"Utdanning"'),
    ("profile.string_pattern_mismatch", "instruments", "wri =", '"W R I" ='),
    ("profile.string_pattern_mismatch", f"{REPORT}.basis", "needed =", 'basis = "rule"\nneeded ='),
    ("profile.string_type", "organisation.phone", '"11 22 33 99"', "11223399"),
    ("profile.string_too_short", "organisation.town", '"EKSEMPEL"', '" "'),
    ("profile.string_too_long", "name", '"Fyrtårnet"', f'"{"å" * 201}"'),
    ("profile.single_line", "organisation.unit", "Fyrtårnet arb", "Fyrtårnet\\narb"),
    ("profile.control_character", "organisation.unit", "Fyrtårnet arb", "Fyrtårnet\\u0000arb"),
    ("profile.direction_override", "organisation.unit", "Fyrtårnet arb", "\\u202Ebra"),
    ("profile.too_short", "measures", 'verksted = "Verkstedet"\nhage = "Hagen"\n', ""),
    ("profile.tuple_type", f"{REPORT}.needed", '["closing_meeting", "activities.outcome"]', '"x"'),
    ("profile.model_type", "organisation", "[organisation]", "[[organisation]]"),
    ("profile.int_parsing", f"{SEND_BY}.days", "days = 21", 'days = "tre uker"'),
    ("profile.greater_than_equal", f"{SEND_BY}.days", "days = 21", "days = 0"),
    ("profile.less_than_equal", f"{SEND_BY}.days", "days = 21", "days = 4000"),
    ("profile.date_from_datetime_parsing", f"{SEND_BY}.checked", "2026-11-22", '"i dag"'),
    ("profile.date_from_datetime_inexact", f"{SEND_BY}.checked", "11-22", "11-22T10:00:00"),
    ("profile.colour_form", "letterhead.accent", '"#1b5e8a"', '"blue"'),
    ("profile.colour_contrast", "letterhead.accent", '"#1b5e8a"', '"#8ab6d6"'),
    ("profile.file_name", "letterhead.logo", HEAD, f'{HEAD}\nlogo = "../logo.png"'),
    ("profile.file", "letterhead.logo", HEAD, f'{HEAD}\nlogo = "nowhere.png"'),
    ("profile.file", "letterhead.shell", HEAD, f'{HEAD}\nshell = "nowhere.docx"'),
    ("profile.name", "id", 'id = "fyrtarnet"', 'id = "fyret"'),
    ("profile.kind", "documents.final_raport", f"[{REPORT}]", "[documents.final_raport]"),
    ("profile.path", f"{REPORT}.needed", '"closing_meeting"', '"closing_party"'),
    ("profile.path", f"{SEND_BY}.after", "measure.ended_on", "measure.over_on"),
    ("profile.path", f"{SEND_BY}.after", "measure.ended_on", "measure.key"),
]


@pytest.mark.parametrize(("code", "key", "old", "new"), MISTAKES)
def test_a_mistake_gives_one_problem_with_file_and_key(
    tmp_path: Path, code: str, key: str, old: str, new: str
) -> None:
    (problem,) = problems_of(tmp_path, (old, new))
    assert problem.code == code
    assert problem.place.startswith("fyrtarnet.toml")
    assert key in problem.place
    assert problem.message


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, ('phone = "11 22 33 99"\n', ""))
    assert (problem.code, problem.place) == (
        "profile.missing",
        "fyrtarnet.toml: organisation.phone",
    )


def test_a_misspelt_key_gets_a_suggestion(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, ("[instruments]", "[instrument]"))
    assert "'instrument'" in problem.message
    assert problem.hint == "did you mean instruments?"


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = write_profile(tmp_path)
    path.write_bytes(path.read_bytes().decode("utf-8").encode("latin-1"))
    with pytest.raises(ProfileError) as error:
        load_service("fyrtarnet", [tmp_path])
    assert [problem.code for problem in error.value.problems] == ["profile.syntax"]


def test_all_mistakes_of_form_come_at_once(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        ('"#1b5e8a"', '"#eeeeee"'),
        ('language = "no"', 'language = "xx"'),
        ("days = 21", "days = 0"),
        ("web =", "wep ="),
    )
    assert {problem.code for problem in found} == {
        "profile.colour_contrast",
        "profile.enum",
        "profile.greater_than_equal",
        "profile.unknown_field",
    }


def test_all_that_does_not_fit_comes_at_once(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        ('id = "fyrtarnet"', 'id = "fyret"'),
        ('"closing_meeting"', '"closing_party"'),
        ("measure.ended_on", "measure.key"),
        ("[letterhead]", '[letterhead]\nlogo = "nowhere.png"\nshell = "nowhere.docx"'),
    )
    assert [problem.code for problem in found] == [
        "profile.name",
        "profile.path",
        "profile.path",
        "profile.file",
        "profile.file",
    ]


def test_an_unknown_service_is_told_without_its_name_for_it_may_be_anything() -> None:
    with pytest.raises(UsageError) as error:
        load_service("Ola Nordmann")
    (problem,) = error.value.problems
    assert problem.code == "service.unknown"
    assert "Ola" not in str(problem)
    assert all(service in problem.hint for service in SERVICES)


@pytest.mark.parametrize("name", ["../countries/NO", "..", "", "molde/../molde", "/etc/passwd"])
def test_a_name_that_leads_out_of_the_folder_is_no_service(name: str) -> None:
    with pytest.raises(UsageError):
        load_service(name)


def test_a_country_without_a_profile_is_told() -> None:
    with pytest.raises(PlanformsError) as error:
        load_country("XX")
    assert [problem.code for problem in error.value.problems] == ["profile.country"]


def test_a_country_profile_under_a_wrong_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "countries").mkdir()
    (tmp_path / "countries" / "FI.toml").write_text(COUNTRY, encoding="utf-8")
    with pytest.raises(ProfileError) as error:
        load_country("FI", [tmp_path])
    (problem,) = error.value.problems
    assert (problem.code, problem.place) == ("profile.name", "FI.toml: code")


# --- logos ------------------------------------------------------------------------------------


def picture(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "navy").save(buffer, form)
    return buffer.getvalue()


def huge_png() -> bytes:
    """A PNG of a few bytes that claims 3,600 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (picture("JPEG"), "is not a PNG picture"),
        (picture("PNG")[:-30], "is not a PNG picture"),
        (b"<svg onload='x()'/>", "is not a PNG picture"),
        (b"", "is not a PNG picture"),
        (png(40, 40) + b"0" * 500_000, "is too large"),
        (png(2001, 2000), "has too many pixels"),
        (huge_png(), "has too many pixels"),
    ],
    ids=["jpeg", "cut off", "svg", "empty", "many bytes", "many pixels", "bomb"],
)
def test_a_logo_that_cannot_be_printed_is_told(tmp_path: Path, logo: bytes, said: str) -> None:
    (problem,) = logo_problems(tmp_path, logo)
    assert problem.code == "profile.logo"
    assert problem.place == "fyrtarnet.toml: letterhead.logo"
    assert problem.message == said


def test_a_logo_of_ones_own_is_taken(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture("PNG"))
    write_profile(tmp_path, ("[letterhead]", '[letterhead]\nlogo = "logo.png"'))
    logo = load_service("fyrtarnet", [tmp_path]).logo
    assert logo is not None
    assert logo_size(logo) == (40, 40)


# --- what a profile says stays words ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ 7 * 7 }}{% raw %}",
        "</p><h1>Vedtak</h1>",
        "<img src=file:///etc/passwd>",
        "A & B &amp; C",
        "__import__('os')",
    ],
)
def test_hostile_texts_stay_words(tmp_path: Path, text: str) -> None:
    write_profile(
        tmp_path,
        ('"Fyrtårnet arbeidssenter"', json.dumps(text)),
        ('"Verkstedet"', json.dumps(text)),
        ('"back_to_employer", ', ""),
    )
    form = pf.blank("final_report", service="fyrtarnet", services=tmp_path)
    assert load_service("fyrtarnet", [tmp_path]).organisation.unit == text
    assert form.text().count(text) >= 2
    assert "49" not in form.text()


# --- the guide names what can go wrong --------------------------------------------------------


def test_the_guide_explains_each_problem() -> None:
    others = {"profile.missing", "profile.logo", "profile.country", "service.unknown"}
    codes = others.union(code for code, *_ in MISTAKES)
    assert [code for code in sorted(codes) if f"`{code}`" not in GUIDE] == []
