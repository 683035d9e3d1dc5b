"""Rights and duties: what the service, the country and the language choose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.document import Beside, Block, Box, BoxKind, List
from planforms.languages import load_words
from planforms.services import BUILT_IN, load_country, load_service
from planforms.services.countries import Ground
from planforms.services.rights import ServiceDuties, ServiceRights
from planforms.setting import read_setting
from tests.reports import GONE, LANGUAGES, SERVICES, example_data, problems_of

ON_PAPER = "molde/rights_signed_on_paper"


def rights(changes: dict[str, Any] | None = None, **options: Any) -> pf.Document:
    return pf.render(pf.load(example_data(ON_PAPER, changes)), **options)


def numbered(blocks: tuple[Block, ...]) -> list[int]:
    """How many points each numbered list has."""
    found: list[int] = []
    for block in blocks:
        if isinstance(block, Beside):
            found += [count for part in block.parts for count in numbered(part)]
        elif isinstance(block, List) and block.ordered:
            found.append(len(block.items))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_molde_has_eleven_rights_and_five_duties_in_every_language(language: str) -> None:
    assert numbered(rights(language=language).blocks) == [11, 5]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_prints_the_rights_and_duties_that_its_profile_names(
    service: str, language: str
) -> None:
    profile = load_service(service)
    chosen = [sum(part.model_dump().values()) for part in (profile.rights, profile.duties)]
    assert numbered(pf.blank("rights", service=service, language=language).blocks) == chosen


def test_every_right_and_duty_there_is_has_a_sentence_of_its_own(tmp_path: Path) -> None:
    form = pf.blank("rights", service="molde", services=_with_all_rights(tmp_path))
    assert numbered(form.blocks) == [
        len(ServiceRights.model_fields),
        len(ServiceDuties.model_fields),
    ]


def _with_all_rights(folder: Path) -> Path:
    """A folder of profiles in which Molde has every right there is."""
    text = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    (folder / "molde.toml").write_text(
        text.replace("[rights]\n", "[rights]\nlead_team = true\n"), encoding="utf-8"
    )
    (folder / "molde.png").write_bytes((BUILT_IN / "molde.png").read_bytes())
    return folder


def test_an_unknown_right_is_a_mistake_of_the_profile(tmp_path: Path) -> None:
    folder = _with_all_rights(tmp_path)
    text = (folder / "molde.toml").read_text(encoding="utf-8")
    (folder / "molde.toml").write_text(text.replace("adaptation =", "adaption ="), encoding="utf-8")
    with pytest.raises(pf.ProfileError) as caught:
        load_service("molde", [folder])
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("profile.unknown_field", "molde.toml: rights")
    assert "adaptation" in problem.hint


# --- law and language -----------------------------------------------------------------------


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_law_and_authorities_are_those_of_the_country_in_any_language(
    service: str, language: str
) -> None:
    country = read_setting(service, language).on(None).country
    text = pf.blank("rights", service=service, language=language).text()
    cited = [country.discrimination, country.safety, country.whistleblowing, country.access]
    cited += [country.privacy, country.secrecy]
    assert [law.text for law in cited if law.text not in text] == []
    bodies = [body for body in country.bodies.model_dump().values() if body]
    assert [body for body in bodies if str(body) not in text] == []


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_provision_stands_before_the_box_at_the_end(service: str, language: str) -> None:
    *before, last = pf.blank("rights", service=service, language=language).blocks
    assert isinstance(last, Box) and last.kind is BoxKind.LAW
    document = pf.blank("rights", service=service, language=language)
    assert "§" in replace(document, blocks=(last,)).text()
    assert "§" not in replace(document, blocks=tuple(before)).text()


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grounds_are_those_of_the_country_in_the_words_of_the_language(
    service: str, language: str
) -> None:
    words = load_words(language)
    law = load_country(load_service(service).country).discrimination
    text = pf.blank("rights", service=service, language=language).text()
    assert words.join(words.term("discrimination", ground.value) for ground in law.grounds) in text


@pytest.mark.parametrize("code", ["NO", "SE", "DK"])
def test_every_country_names_what_the_law_of_today_names(code: str) -> None:
    grounds = set(load_country(code).discrimination.grounds)
    assert {Ground.AGE, Ground.DISABILITY, Ground.SEXUAL_ORIENTATION} <= grounds
    assert grounds & {Ground.BELIEF, Ground.RELIGION_OR_BELIEF}
    gender = {Ground.GENDER_IDENTITY, Ground.GENDER_EXPRESSION}
    assert gender <= grounds or Ground.TRANSGENDER_IDENTITY_OR_EXPRESSION in grounds


def test_sweden_has_seven_grounds() -> None:
    assert len(load_country("SE").discrimination.grounds) == 7


# --- consequences ---------------------------------------------------------------------------


def test_only_the_benefits_that_the_service_names_may_be_reduced() -> None:
    benefits = load_service("molde").consequences
    assert benefits
    assert all(name in rights().text() for name in benefits.benefits)
    assert "kan det hende at du får mindre utbetalt" in rights().text()


def test_a_service_that_names_no_benefit_says_nothing_about_money() -> None:
    words = pf.blank("rights", service="hjortmossen").text()
    assert "mindre pengar" not in words
    assert "mindre pengar" in pf.blank("rights", service="team_work").text()


@pytest.mark.parametrize(
    ("service", "by"),
    [
        ("molde", "Nav når Nav har bestilt plassen, og ellers Molde kommune"),
        ("harstad", "Nav Harstad"),
    ],
)
def test_who_may_lose_the_place_is_told_who_decides_and_that_it_can_be_appealed(
    service: str, by: str
) -> None:
    text = pf.blank("rights", service=service).text()
    assert f"kan du miste plassen. Det avgjør {by}." in text
    assert "Du får avgjørelsen skriftlig, og du kan klage på den." in text


def test_a_service_that_cannot_end_a_place_says_nothing_of_it() -> None:
    assert "förlora platsen" in pf.blank("rights", service="hjortmossen").text()
    assert "förlora platsen" not in pf.blank("rights", service="team_work").text()


def test_benefits_are_those_of_today() -> None:
    assert "individstønad" not in pf.blank("rights", service="molde").text()
    danish = pf.blank("rights", service="vivirk").text()
    assert "uddannelseshjælp" not in danish
    assert "Du skal have fået det at vide skriftligt først" in danish
    assert "utan godtagbart skäl" in pf.blank("rights", service="team_work").text()


# --- what a service promises, and whom it takes ---------------------------------------------

PROMISED = (
    "Vi lover det samme for politisk",
    "Det gjelder både kroppen og følelsene",
    "Oppfølgingen har faste tider",
    "oppbevarer papirene dine",
    "brukerundersøkelse",
)


def test_what_the_service_promises_is_said_with_the_right_it_belongs_to() -> None:
    molde, harstad = (pf.blank("rights", service=one).text() for one in ("molde", "harstad"))
    assert [words for words in PROMISED if words not in molde] == []
    assert [words for words in PROMISED if words in harstad] == []


def test_whoever_is_under_18_is_spoken_of_only_where_they_may_be() -> None:
    told = {one for one in SERVICES if "18 år" in pf.blank("rights", service=one).text()}
    assert told == {"molde", "vivirk"}
    assert "barnets lov" in pf.blank("rights", service="vivirk").text()


def test_an_empty_form_offers_no_measure_that_has_ended() -> None:
    offered = [box.label for box in pf.blank("rights", service="vivirk").boxes()]
    assert offered == ["Virksomhedspraktik"]
    path = "vivirk/rights_young_participant_with_guardian_read_aloud"
    begun = example_data(path, {"case.measure": "resource_course"})
    assert "Virksomhedsrettet ressourceforløb" in pf.render(pf.load(begun)).text()


def test_a_register_is_told_with_the_consent_it_asks_for() -> None:
    told = {one for one in SERVICES if " SUS" in pf.blank("rights", service=one).text()}
    assert told == {"hjortmossen"}


def test_time_limits_of_bodies_are_told() -> None:
    assert "Sivilombudet, innen 1 år" in pf.blank("rights", service="molde").text()
    assert "Justitieombudsmannen, inom 2 år" in pf.blank("rights", service="team_work").text()
    assert "Folketingets Ombudsmand, inden for 1 år" in pf.blank("rights", service="vivirk").text()


def test_a_body_that_both_advises_and_decides_is_named_once() -> None:
    text = pf.blank("rights", service="team_work").text()
    assert text.count("Diskrimineringsombudsmannen") == 1


def test_the_empty_form_asks_what_a_contact_must_have() -> None:
    asked = {field.path for field in pf.blank("rights", service="molde").fields()}
    assert {"contact.name", "contact.role"} <= asked


# --- how it was explained -------------------------------------------------------------------


def test_what_is_explained_when_it_is_signed_on_paper_is_written_by_hand() -> None:
    empty = {field.path for field in rights().fields() if field.text is None}
    assert {"explanation.explained_by", "explanation.interpreter", "comments"} <= empty


def test_what_has_been_explained_leaves_no_lines_for_what_was_not_needed() -> None:
    changes = {"explanation": {"explained_on": "2026-02-09", "explained_by": "Gunn Testdal"}}
    paths = {field.path for field in rights(changes).fields()}
    assert "explanation.explained_by" in paths
    assert not {"explanation.interpreter", "explanation.read_aloud_by", "comments"} & paths


def test_nobody_signs_before_it_was_explained() -> None:
    changes = {"explanation.explained_on": "2026-02-10", "signatures.0.signed_on": "2026-02-09"}
    with pytest.raises(pf.DataError) as caught:
        rights(changes)
    assert problems_of(caught.value) == {("data.date_order", "explanation.explained_on")}


def test_an_issued_document_names_somebody_to_talk_to_and_has_the_participants_copy() -> None:
    with pytest.raises(pf.DataError) as caught:
        rights({"contact": GONE, "copies": GONE})
    codes = {problem.code for problem in caught.value.problems}
    assert codes == {"data.needed", "data.copy"}


@pytest.mark.parametrize(
    ("language", "received", "consent"),
    [
        ("no", "at noen har forklart det for deg", "Den betyr ikke at du er enig"),
        ("sv", "att någon har förklarat det för dig", "Den betyder inte att du håller med"),
        ("da", "at nogen har forklaret det for dig", "Den betyder ikke, at du er enig"),
    ],
)
def test_a_signature_means_received_and_explained(
    language: str, received: str, consent: str
) -> None:
    text = rights(language=language).text()
    assert received in text
    assert consent in text


def test_a_participant_who_does_not_sign_has_the_document_all_the_same() -> None:
    document = pf.render(pf.load(example_data("hjortmossen/rights_received_but_not_signed")))
    assert document.state.value == "final"
    assert "Har valt att inte skriva under" in document.text()
    assert "Du har samma rättigheter ändå" in document.text()


def test_a_guardian_signs_beside_a_young_participant_and_has_a_copy() -> None:
    data = example_data("vivirk/rights_young_participant_with_guardian_read_aloud")
    document = pf.render(pf.load(data))
    assert "3 eksemplarer: deltager, værge og ungekoordinator" in document.text()
    stranger = example_data(
        "vivirk/rights_young_participant_with_guardian_read_aloud",
        {"case.participant.representatives": []},
    )
    with pytest.raises(pf.DataError) as caught:
        pf.render(pf.load(stranger))
    assert {problem.code for problem in caught.value.problems} == {"data.receiver"}
