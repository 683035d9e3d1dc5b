from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from planforms.checking.sources import Sources, read_sources
from planforms.checking.wording.forms import check_forms, form_sentences
from planforms.checking.wording.passages import FIELD
from planforms.checking.wording.reading import MAX_LIX, is_measured, lix
from planforms.languages import template_root
from planforms.registry import KINDS
from planforms.services import BUILT_IN, list_services, load_country, load_service

HARD = "Underskriften dokumenterer rettighedsinformation over for samarbejdspartnere. "


def form(service: str, kind: str, sources: Sources | None = None) -> tuple[str, ...]:
    return form_sentences(sources or read_sources(), load_service(service), kind)


@pytest.mark.parametrize("service", list_services())
@pytest.mark.parametrize("kind", KINDS)
def test_every_empty_form_is_easy_to_read(service: str, kind: str) -> None:
    sentences = form(service, kind)
    limit = load_service(service).max_lix or MAX_LIX
    assert not is_measured(sentences) or lix(sentences) < limit


def test_every_service_keeps_its_own_limit() -> None:
    assert list(check_forms(read_sources())) == []
    assert load_service("vivirk").max_lix == 30


PLACES = [
    "<p>{}</p>",
    '<section class="sheet"><p>{}</p></section>',
    '<section class="beside"><div><p>{}</p></div><div><p>a</p></div></section>',
    '<section class="staff"><p>{}</p></section>',
    '<dl class="fields"><dt>a</dt><dd>{}</dd></dl>',
    '<p class="choices">{} {{{{ case.measure|boxes }}}}</p>',
]


@pytest.mark.parametrize("place", PLACES)
def test_words_count_wherever_they_stand(place: str, tmp_path: Path) -> None:
    shutil.copytree(template_root() / "da", tmp_path / "da")
    path = tmp_path / "da" / "final_report.html"
    hard = place.format(HARD * 20)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{hard}\n", encoding="utf-8")
    [finding] = check_forms(read_sources([tmp_path]))
    assert "rettighedsinformation" in finding.hint


@pytest.fixture
def hard(tmp_path: Path) -> Sources:
    """Templates of which one Danish paragraph has become hard."""
    shutil.copytree(template_root() / "da", tmp_path / "da")
    path = tmp_path / "da" / "final_report.html"
    end = "\n".join(["", f"<p>{HARD * 20}</p>", ""])
    path.write_text(path.read_text(encoding="utf-8") + end, encoding="utf-8")
    return read_sources([tmp_path])


def test_a_form_over_its_services_limit_is_an_error_at_its_longest_sentence(hard: Sources) -> None:
    [finding] = check_forms(hard)
    template = hard.template("da", "final_report")
    assert template is not None
    assert (finding.code, finding.file) == ("check.lix", str(template.path))
    assert finding.source == f"<p>{HARD * 20}</p>"
    assert "ViVirk'R needs under 30" in finding.message
    assert "rettighedsinformation" in finding.hint


def test_a_limit_of_ones_own_profile_counts(tmp_path: Path) -> None:
    profile = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    (tmp_path / "molde.toml").write_text("max_lix = 20\n" + profile, encoding="utf-8")
    shutil.copy(BUILT_IN / "molde.png", tmp_path)
    own = replace(read_sources(), services=(tmp_path,))
    files = {Path(finding.file).name for finding in check_forms(own)}
    assert "rights.html" in files


def test_names_and_citations_of_profiles_are_no_words() -> None:
    profile = load_service("molde")
    country = load_country(profile.country)
    text = " ".join(form("molde", "final_report"))
    assert country.privacy.text not in text
    assert country.authority not in text
    assert profile.organisation.name not in text
    assert f"{FIELD} eller kommunen avgjør" in text


def test_headings_and_labels_are_not_measured() -> None:
    text = " ".join(form("molde", "final_report"))
    assert "Taushetsplikt" not in text
    assert "Ressurser, hindringer og tilrettelegging" not in text


def test_a_form_that_cannot_be_rendered_is_left_to_other_checks(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "final_report.html").write_text("<p>{{ nothing }}</p>", encoding="utf-8")
    assert form("molde", "final_report", read_sources([tmp_path])) == ()
