"""Service and country profiles: those that ship, one's own, and every way to get one wrong."""

from __future__ import annotations

import io
import json
import os
import re
import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pydantic import BaseModel

import planforms as pf
from planforms.checking.paths import check_paths
from planforms.checking.sources import read_sources
from planforms.errors import PlanformsError, Problem, ProfileError, UsageError
from planforms.languages import load_words, template_root
from planforms.models.shapes import shapes_of
from planforms.registry import KINDS
from planforms.rules.deadlines import terms_of
from planforms.rules.vocabularies import unknown_keys
from planforms.services import list_services, load_country, load_service, logo_size
from planforms.services.consistency import country_problems, service_problems
from planforms.services.letterheads import MIN_CONTRAST, contrast_on_white
from scripts.make_logos import LOGOS, make_logo
from tests.commands import call
from tests.reports import setting_of

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "services.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*/*.json"))
SERVICES = ("harstad", "hjortmossen", "molde", "team_work", "vivirk")
COUNTRIES = ("DK", "NO", "SE")


def guide_block(language: str, containing: str) -> str:
    """The code block of docs/services.md in this language that holds a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
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


def test_five_services_ship() -> None:
    assert tuple(list_services()) == SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_a_shipped_profile_fits_the_kinds_and_itself(service: str) -> None:
    profile = load_service(service)
    country = load_country(profile.country)
    assert list(service_problems(profile, f"{service}.toml")) == []
    assert list(country_problems(country, f"{country.code}.toml")) == []


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
    profile = load_service("hjortmossen").document("final_report")
    send_by = profile.deadlines["send_by"]
    assert profile.title == "final_account"
    assert (send_by.length, send_by.after) == (("days", 14), "measure.ended_on")


def test_a_service_has_no_deadline_that_its_source_does_not_name() -> None:
    assert load_service("molde").document("final_report").deadlines == {}
    assert set(load_service("harstad").deadlines) == {"consent_expiry"}


def test_vivirk_says_that_its_deadline_is_only_good_practice() -> None:
    profile = load_service("vivirk").document("final_report")
    assert profile.basis == "practice"
    assert "god praksis" in profile.deadlines["send_by"].source


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_uses_only_keys_of_its_service(path: Path) -> None:
    data = pf.load(path)
    assert path.parent.name == data.service_key
    assert unknown_keys(data, setting_of(data)) == []


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
    model: type[BaseModel] = KINDS[data["kind"]].model
    assert list(data) == [key for key in shapes_of(model) if key in data]


# --- the guide --------------------------------------------------------------------------------


def test_the_profile_of_the_guide_works(tmp_path: Path) -> None:
    write_profile(tmp_path)
    profile = load_service("fyrtarnet", [tmp_path])
    assert profile.name == "Fyrtårnet"
    assert "send_by" in profile.document("final_report").deadlines


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


def own_folders(folder: Path, *changes: tuple[str, str]) -> tuple[Path, Path]:
    """The services and the templates of the guide, as its reader has them."""
    services, language = folder / "my-services", folder / "my-templates" / "no"
    services.mkdir()
    language.mkdir(parents=True)
    write_profile(services, *changes)
    entry = guide_block("po", "back_to_employer")
    deadline = guide_block("po", "monthly_talk")
    (language / "terms.po").write_text(f"{entry}\n{deadline}", encoding="utf-8")
    words = guide_block("text", "månedssamtale")
    (language / "words.txt").write_text(words, encoding="utf-8")
    return services, language.parent


def with_deadline() -> tuple[str, str]:
    """The change that adds the deadline of the guide to its profile."""
    first = "[documents.final_report]"
    return first, f"{guide_block('toml', '[deadlines.monthly_talk]')}\n{first}"


def test_the_profile_and_the_words_of_the_guide_pass_the_check(tmp_path: Path) -> None:
    services, templates = own_folders(tmp_path, with_deadline())
    assert pf.check(services=services, templates=templates) == ()


def test_words_of_ones_own_reach_the_deadlines(tmp_path: Path) -> None:
    services, templates = own_folders(tmp_path, with_deadline())
    case = {
        "number": "2026/0042",
        "service": "fyrtarnet",
        "participant": {"name": "Ada Eksempel"},
        "enrolled_on": "2026-09-01",
    }
    report = pf.load({"kind": "final_report", "language": "no", "case": case})
    found = {
        fact.rule: fact for fact in pf.deadlines(report, services=services, templates=templates)
    }
    assert found["monthly_talk"].date == date(2026, 10, 1)
    (services.parent / "case.json").write_text(report.model_dump_json(), encoding="utf-8")
    answer = call(
        "due",
        str(services.parent / "case.json"),
        "--as-of=2026-09-20",
        f"--services={services}",
        f"--templates={templates}",
    )
    assert "Månedssamtale" in answer.stdout


def test_a_fact_of_one_service_is_empty_in_all_others(tmp_path: Path) -> None:
    services, templates = own_folders(tmp_path, with_deadline())
    (templates / "no" / "terms.po").unlink()  # nothing names the rule in any language
    built_in = (template_root() / "no" / "rights.html").read_text(encoding="utf-8")
    asked = "{% if facts.monthly_talk %}<p>Samtale {{ facts.monthly_talk.words }}</p>{% endif %}"
    for name in (asked, asked.replace("monthly_talk", "montly_talk")):
        (templates / "no" / "rights.html").write_text(built_in + name, encoding="utf-8")
        found = check_paths(replace(read_sources([templates]), services=(services,)))
        codes = [finding.code for finding in found]
        if name == asked:
            pf.blank("rights", service="molde", services=services, templates=templates)
            assert codes == []
        else:
            with pytest.raises(pf.TemplateError, match="montly_talk"):
                pf.blank("rights", service="molde", services=services, templates=templates)
            assert set(codes) == {"template.path"}


def test_the_country_profile_of_the_guide_is_the_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "countries").mkdir()
    (tmp_path / "countries" / "NO.toml").write_text(COUNTRY, encoding="utf-8")
    own, built_in = load_country("NO", [tmp_path]), load_country("NO")
    assert own.secrecy.text == built_in.secrecy.text
    assert own.access.text == built_in.access.text
    assert own.privacy.text == built_in.privacy.text


def test_a_form_offers_nothing_that_is_left_out_of_every_entry_of_a_list(tmp_path: Path) -> None:
    def offered() -> list[str]:
        form = pf.blank("final_report", service="fyrtarnet", services=tmp_path)
        return [field.path for field in form.fields() if field.path.startswith("activities[0]")]

    changed = ('back_to_employer = { basis = "source" }\n', "")
    write_profile(tmp_path, changed)
    before = offered()
    write_profile(
        tmp_path, changed, ("needed = [", 'left_out = ["activities[].outcome"]\nneeded = [')
    )
    assert "activities[0].outcome" in before
    assert offered() == [path for path in before if path != "activities[0].outcome"]


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


def test_categories_keep_their_order_and_say_what_they_rest_on(tmp_path: Path) -> None:
    write_profile(tmp_path)
    closures = load_service("fyrtarnet", [tmp_path]).closures
    assert list(closures) == ["found_work", "education", "back_to_employer", "other_reason"]
    assert [one.basis for one in closures.values()] == ["source"] * 3 + ["practice"]


@pytest.mark.parametrize(
    ("service", "described"),
    [
        ("harstad", []),
        ("hjortmossen", ["work", "studies", "other_preparation", "other_rehabilitation"]),
        (
            "molde",
            [
                "treatment",
                "other_measure",
                "found_work",
                "education",
                "disability_pension",
                "discharge",
            ],
        ),
        ("team_work", ["work", "studies", "right_authority", "moved", "lost_contact"]),
        ("vivirk", ["work"]),
    ],
)
def test_a_category_says_whether_the_service_describes_it_itself(
    service: str, described: list[str]
) -> None:
    closures = load_service(service).closures
    assert [key for key, one in closures.items() if one.basis == "source"] == described


def test_vivirk_tells_the_forms_of_work_apart() -> None:
    forms = load_service("vivirk").closures["work"].forms
    assert list(forms) == ["ordinary_job", "flex_job", "subsidised_job", "protected_job"]
    assert set(forms) == set(load_service("vivirk").keys("closure_form") or ())


# --- what is not true of all services --------------------------------------------------------


def test_the_labour_market_department_that_runs_hjortmossen_is_no_foreign_area() -> None:
    others = load_service("hjortmossen").vocabulary("other_area") or {}
    assert not [name for name in others.values() if "arbetsmarknad" in name.lower()]
    towns = ("Trollhättan", "Lilla Edet", "Grästorp")
    assert all(any(town in name for name in others.values()) for town in towns)


@pytest.mark.parametrize(
    ("service", "area"),
    [
        ("molde", "friomsorgen"),
        ("team_work", "missbruks- och behandlingsenheten"),
        ("harstad", "voksenopplæringen"),
    ],
)
def test_a_service_knows_the_areas_that_its_source_names(service: str, area: str) -> None:
    assert area in load_service(service).secrecy_areas.values()


def test_harstad_has_the_introduction_programme_and_jobbsjansen() -> None:
    assert {"introduction_programme", "jobbsjansen"} <= set(load_service("harstad").measures)


def test_only_team_work_lets_the_participant_lead_and_the_whole_team_sign() -> None:
    profiles = [load_service(service) for service in SERVICES]
    assert [one.id for one in profiles if one.rights.lead_team] == ["team_work"]
    assert [one.id for one in profiles if one.signing.whole_team] == ["team_work"]


def test_nobody_of_the_staff_must_sign_where_the_source_names_no_signers() -> None:
    rule = load_service("hjortmossen").document("action_plan").signing
    assert rule and rule.signers == ("participant",)
    assert rule.source.startswith("god praxis")


def test_only_molde_promises_more_than_rights_and_law() -> None:
    promised = [one for one in SERVICES if any(load_service(one).promises.model_dump().values())]
    assert promised == ["molde"]
    assert load_service("molde").promises.grounds == ("political_opinion",)


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_invented_is_marked(service: str) -> None:
    text = (ROOT / "src" / "planforms" / "services" / f"{service}.toml").read_text("utf-8")
    head, _, rest = text.partition("\n\n")
    assert "are invented." in head and "[privacy]" in head.replace("\n# ", " ")
    before = rest.partition("\n[privacy]")[0].splitlines()[-1]
    assert before.startswith("# Invented")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src" / "planforms").glob("*/*.toml")), ids=lambda path: path.stem
)
def test_what_was_compared_says_with_what(path: Path) -> None:
    table = ""
    for line in path.read_text("utf-8").splitlines():
        table = line if line.startswith("[") else table
        if line.startswith("checked = ") and not table.startswith("[statutes."):
            assert " # " in line, f"{table}: {line}"


# --- mistakes ---------------------------------------------------------------------------------

REPORT = "documents.final_report"
SEND_BY = f"{REPORT}.deadlines.send_by"
HEAD = "[letterhead]"

EDUCATION = 'education = { basis = "source" }'
BASIS = (EDUCATION, 'education = { basis = "habit" }')
RULE = (EDUCATION, "education = { rule = { expected_weeks = 16 } }")
WAIT = (EDUCATION, "education = { expected_weeks = 16 }")

MILESTONES = f"{REPORT}.milestones"


def _milestone(name: str, path: str) -> tuple[str, str]:
    return HEAD, f'[{MILESTONES}]\n{name} = "{path}"\n\n{HEAD}'


MISTAKES: list[tuple[str, str, str, str]] = [
    ("profile.key", f"{MILESTONES}.met_on", *_milestone("met_on", "issued_on")),
    ("profile.path", f"{MILESTONES}.last_meeting_on", *_milestone("last_meeting_on", "language")),
    (
        "profile.path",
        f"{MILESTONES}.last_meeting_on",
        *_milestone("last_meeting_on", "activities[].ended_on"),
    ),
    ("profile.syntax", "", 'id = "fyrtarnet"', "id = fyrtarnet"),
    ("profile.unknown_field", "organisation", 'web = "', 'website = "'),
    ("profile.string_pattern_mismatch", "language", 'language = "no"', 'language = "på norsk"'),
    ("profile.string_pattern_mismatch", "country", '"NO"', '"Norge"'),
    ("profile.string_pattern_mismatch", "closures.Utdanning", "education =", "Utdanning ="),
    ("profile.string_pattern_mismatch", "instruments", "wri =", '"W R I" ='),
    ("profile.string_pattern_mismatch", f"{REPORT}.basis", "needed =", 'basis = "rule"\nneeded ='),
    ("profile.string_type", "organisation.phone", '"11 22 33 99"', "11223399"),
    ("profile.string_too_short", "organisation.town", '"EKSEMPEL"', '" "'),
    ("profile.string_too_long", "name", '"Fyrtårnet"', f'"{"å" * 201}"'),
    ("profile.single_line", "organisation.unit", 'unit = "Fyrt', 'unit = "Fyrt\\n'),
    ("profile.control_character", "organisation.unit", 'unit = "Fyrt', 'unit = "Fyrt\\u0000'),
    ("profile.direction_override", "organisation.unit", 'unit = "Fyrt', 'unit = "\\u202E'),
    ("profile.too_short", "measures", 'verksted = "Verkstedet"\nhage = "Hagen"\n', ""),
    (
        "profile.tuple_type",
        f"{REPORT}.needed",
        '["closing_meeting", "activities[].outcome"]',
        '"x"',
    ),
    ("profile.model_type", "organisation", "[organisation]", "[[organisation]]"),
    ("profile.int_parsing", f"{SEND_BY}.days", "days = 21", 'days = "tre uker"'),
    ("profile.greater_than_equal", f"{SEND_BY}.days", "days = 21", "days = -1"),
    ("profile.less_than_equal", f"{SEND_BY}.days", "days = 21", "days = 4000"),
    ("profile.date_from_datetime_parsing", f"{SEND_BY}.checked", "2026-11-22", '"i dag"'),
    ("profile.date_from_datetime_inexact", f"{SEND_BY}.checked", "11-22", "11-22T10:00:00"),
    ("profile.colour_form", "letterhead.accent", '"#1b5e8a"', '"blue"'),
    ("profile.colour_contrast", "letterhead.accent", '"#1b5e8a"', '"#8ab6d6"'),
    ("profile.language_code", "measures.hage.name", '"Hagen"', '{ name = "Hagen" }'),
    (
        "profile.string_pattern_mismatch",
        "languages[0]",
        'country = "NO"',
        'country = "NO"\nlanguages = ["på norsk"]',
    ),
    ("profile.file_name", "letterhead.logo", HEAD, f'{HEAD}\nlogo = "../logo.png"'),
    ("profile.string_pattern_mismatch", "closures.education.basis", *BASIS),
    ("profile.missing", "closures.education.rule.source", *RULE),
    ("profile.unknown_field", "closures.education", *WAIT),
    ("profile.file", "letterhead.logo", HEAD, f'{HEAD}\nlogo = "nowhere.png"'),
    ("profile.file", "letterhead.shell", HEAD, f'{HEAD}\nshell = "nowhere.docx"'),
    ("profile.name", "id", 'id = "fyrtarnet"', 'id = "fyret"'),
    ("profile.kind", "documents.final_raport", f"[{REPORT}]", "[documents.final_raport]"),
    ("profile.path", f"{REPORT}.needed", '"closing_meeting"', '"closing_party"'),
    ("profile.path", f"{REPORT}.needed", '"activities[].outcome"', '"activities.outcome"'),
    ("profile.path", f"{REPORT}.needed", '"activities[].outcome"', '"activities[]"'),
    ("profile.path", f"{REPORT}.needed", '"closing_meeting"', '"closing_meeting[].held_on"'),
    (
        "profile.path",
        f"{REPORT}.left_out",
        "needed =",
        'left_out = ["activities.outcome"]\nneeded =',
    ),
    ("profile.path", f"{SEND_BY}.after", "measure.ended_on", "measure.over_on"),
    ("profile.path", f"{SEND_BY}.after", "measure.ended_on", "measure.key"),
    ("profile.deadline_length", SEND_BY, "days = 21\n", ""),
    ("profile.deadline_length", SEND_BY, "days = 21\n", "days = 21\nweeks = 3\n"),
    ("profile.deadline_length", SEND_BY, "days = 21\n", "days = 21\nmonth_end = true\n"),
    ("profile.deadline_repeats", SEND_BY, "days = 21\n", "days = 21\nrepeats = true\n"),
    ("profile.enum", f"{SEND_BY}.on_day_off", "days = 21\n", 'days = 21\non_day_off = "after"\n'),
    ("profile.unknown_field", SEND_BY, "days = 21\n", "days = 21\npause = true\n"),
    ("profile.key", "ended_measures[0]", 'name = "Fyrt', 'ended_measures = ["sag"]\nname = "Fyrt'),
    ("profile.path", f"{SEND_BY}.until", "days = 21\n", 'days = 21\nuntil = "issued"\n'),
    (
        "profile.path",
        f"{SEND_BY}.until[1]",
        "days = 21\n",
        'days = 21\nuntil = ["issued_on", "case.number"]\n',
    ),
    (
        "profile.key",
        f"{SEND_BY}.unless.values",
        "days = 21\n",
        'days = 21\nunless = { path = "measure.key", values = ["skog"] }\n',
    ),
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


@pytest.mark.parametrize("language", ["[1]", "{ x = 1 }", "1"])
def test_a_language_that_is_no_text_is_told(tmp_path: Path, language: str) -> None:
    old = next(line for line in PROFILE.splitlines() if line.startswith("language"))
    found = problems_of(tmp_path, (old, f"language = {language}"))
    assert "fyrtarnet.toml: language" in [one.place for one in found]


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = write_profile(tmp_path)
    path.write_bytes(path.read_bytes().decode("utf-8").encode("latin-1"))
    with pytest.raises(ProfileError) as error:
        load_service("fyrtarnet", [tmp_path])
    assert [problem.code for problem in error.value.problems] == ["profile.syntax"]


def test_a_path_that_does_not_mark_its_lists_is_told_how(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, ('"activities[].outcome"', '"activities.outcome"'))
    assert problem.message.endswith("is followed by []: activities.outcome")
    assert problem.hint == "write activities[].outcome"


def test_all_mistakes_of_form_come_at_once(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        ('"#1b5e8a"', '"#eeeeee"'),
        ('language = "no"', 'language = "x x"'),
        ("days = 21", "days = -1"),
        ("web =", "wep ="),
    )
    assert {problem.code for problem in found} == {
        "profile.colour_contrast",
        "profile.string_pattern_mismatch",
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


# --- deadlines of one's own -------------------------------------------------------------------

TALK = guide_block("toml", "monthly_talk")
"""The deadline that the guide adds."""


def deadline_problems(folder: Path, text: str) -> list[tuple[str, str]]:
    """Code and key of what is wrong with a profile that ends in this text."""
    path = write_profile(folder)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    try:
        load_service("fyrtarnet", [folder])
    except ProfileError as error:
        return [(found.code, found.place.split(": ")[1]) for found in error.problems]
    return []


def test_the_deadline_of_the_guide_needs_only_its_words(tmp_path: Path) -> None:
    assert deadline_problems(tmp_path, TALK) == []
    language = tmp_path / "no"
    language.mkdir()
    header = guide_block("po", "back_to_employer").split("\n\n")[0]
    words = f"{header}\n\n{guide_block('po', 'monthly_talk')}"
    (language / "terms.po").write_text(words, encoding="utf-8")
    found = terms_of(load_service("fyrtarnet", [tmp_path]))
    assert [term for term in found if not load_words("no", [tmp_path]).has(*term)] == []
    assert load_words("no", [tmp_path]).term("deadline", "monthly_talk") == "Månedssamtale"


def test_the_deadline_of_the_guide_is_reckoned(tmp_path: Path) -> None:
    assert deadline_problems(tmp_path, TALK) == []
    case = {"number": "1", "service": "fyrtarnet", "participant": {"name": "Nomen Nescio"}}
    data = {"schema": 1, "kind": "final_report", "language": "no", "case": case}
    for enrolled, due in (("2026-04-01", "2026-05-04"), ("2026-04-15", "2026-05-15")):
        document = pf.load({**data, "case": {**case, "enrolled_on": enrolled}})
        facts = {fact.rule: fact for fact in pf.deadlines(document, services=tmp_path)}
        assert str(facts["monthly_talk"].date) == due


@pytest.mark.parametrize(
    ("code", "key", "old", "new"),
    [
        ("profile.path", "after", "case.enrolled_on", "issued_on"),
        ("profile.path", "after", "case.enrolled_on", "case.enrolment_on"),
        ("profile.path", "after", "case.enrolled_on", "case.consents.valid_until"),
        ("profile.path", "after", "case.enrolled_on", "case.closure[].closed_on"),
        ("profile.path", "done", "case.milestones.last_meeting_on", "case.milestones"),
        ("profile.path", "done", "case.milestones.last_meeting_on", "case.consents[].decided_on"),
        ("profile.path", "until", "case.closure.closed_on", "case.closure.category"),
        ("profile.deadline_repeats", "", 'done = "case.milestones.last_meeting_on"\n', ""),
        ("profile.deadline_repeats", "", "months = 1", "days = 0"),
        ("profile.deadline_repeats", "", "months = 1", "month_end = true"),
        ("profile.less_than_equal", "months", "months = 1", "months = 121"),
    ],
)
def test_a_mistake_in_a_deadline_is_told_with_its_key(
    tmp_path: Path, code: str, key: str, old: str, new: str
) -> None:
    assert old in TALK
    place = "deadlines.monthly_talk" + (f".{key}" if key else "")
    assert deadline_problems(tmp_path, TALK.replace(old, new)) == [(code, place)]


def test_a_misspelt_key_of_a_deadline_gets_a_suggestion(tmp_path: Path) -> None:
    path = write_profile(tmp_path)
    misspelt = TALK.replace("on_day_off", "on_dayoff")
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{misspelt}", encoding="utf-8")
    with pytest.raises(ProfileError) as error:
        load_service("fyrtarnet", [tmp_path])
    (problem,) = error.value.problems
    assert problem.place == "fyrtarnet.toml: deadlines.monthly_talk"
    assert problem.hint == "did you mean on_day_off?"


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ('{ path = "case.measure", values = ["hage"] }', []),
        ('{ path = "case.measure", values = ["smia"] }', [("profile.key", "when.values")]),
        ('{ path = "case.closure.category", values = ["education"] }', []),
        ('{ path = "case.closure.category", values = ["x"] }', [("profile.key", "when.values")]),
        ('{ path = "case.reentered_on" }', []),
        ('{ path = "case.reentered_on", values = ["yes"] }', [("profile.path", "when.path")]),
        ('{ path = "case.measures" }', [("profile.path", "when.path")]),
        ('{ path = "case.consents[].decision" }', [("profile.path", "when.path")]),
    ],
)
def test_the_condition_of_a_deadline_names_a_choice_and_its_keys(
    tmp_path: Path, when: str, found: list[tuple[str, str]]
) -> None:
    problems = deadline_problems(tmp_path, f"{TALK}when = {when}\n")
    assert problems == [(code, f"deadlines.monthly_talk.{key}") for code, key in found]


def test_a_deadline_for_each_entry_of_a_list_looks_at_the_same_entries(tmp_path: Path) -> None:
    text = """
        [documents.action_plan.deadlines.step]
        days = 0
        after = "goals[].activities[].follow_up.due"
        done = "goals[].due"
        when = { path = "goals[].activities[].follow_up.role", values = ["coach"] }
        source = "x"
    """
    assert deadline_problems(tmp_path, text) == []
    other = text.replace('"goals[].due"', '"workplaces[].starts_on"')
    assert deadline_problems(tmp_path, other) == [
        ("profile.path", "documents.action_plan.deadlines.step.done")
    ]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("07-01", "07-31", []),
        ("12-20", "01-06", []),
        ("02-29", "02-29", []),
        ("02-30", "03-01", [("profile.day_of_year", "pauses[0].first")]),
        ("7-1", "7-31", [("profile.day_of_year", f"pauses[0].{key}") for key in ("first", "last")]),
        ("07-01", "W01-1", [("profile.day_of_year", "pauses[0].last")]),
        ("01-01", "07-01", []),
        ("01-01", "07-02", [("profile.pauses", "pauses")]),
    ],
)
def test_a_pause_is_a_part_of_the_year(
    tmp_path: Path, first: str, last: str, found: list[tuple[str, str]]
) -> None:
    text = f'[[pauses]]\nfirst = "{first}"\nlast = "{last}"\nsource = "x"\n'
    assert deadline_problems(tmp_path, text) == found


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
        ('back_to_employer = { basis = "source" }\n', ""),
    )
    form = pf.blank("final_report", service="fyrtarnet", services=tmp_path)
    assert load_service("fyrtarnet", [tmp_path]).organisation.unit == text
    assert form.text().count(text) >= 2
    assert "49" not in form.text()


# --- the guide names what can go wrong --------------------------------------------------------


def test_the_guide_explains_each_problem() -> None:
    others = {"profile.missing", "profile.logo", "profile.country", "service.unknown"}
    others |= {"profile.key", "profile.day_of_year", "profile.pauses", "profile.holidays"}
    others |= {"profile.language_missing"}
    codes = others.union(code for code, *_ in MISTAKES)
    assert [code for code in sorted(codes) if f"`{code}`" not in GUIDE] == []
