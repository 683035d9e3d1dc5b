"""Rendering: filled, draft and blank from one template; protected identities; bad data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.document import (
    Block,
    Box,
    CheckBox,
    Document,
    Fields,
    Heading,
    Paragraph,
    Section,
    SectionKind,
    State,
    Table,
)
from planforms.registry import KINDS
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reports import (
    EXAMPLES,
    GONE,
    LANGUAGES,
    ROOT,
    SERVICES,
    case_of,
    problems_of,
    render_with,
    report_data,
)

PROTECTED = {
    "case.participant.protected_identity": True,
    "case.participant.national_id": "170579 12345",
    "case.participant.email": "torbjorn@post.example",
    "case.participant.representatives": [{"kind": "guardian", "name": "Vilde Vergesen"}],
}


def headings(document: Document) -> list[str]:
    from planforms.document import inline_text

    return [inline_text(b.children) for b in document.blocks if isinstance(b, Heading)]


def blank_fields(document: Document) -> set[str]:
    return {field.path for field in document.fields() if field.text is None}


def tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    yield from (block for block in blocks if isinstance(block, Table))


def test_every_value_knows_where_it_comes_from() -> None:
    document = render_with()
    fields = {field.path: field for field in document.fields()}
    assert fields["case.participant.name"].text == "Torbjørn Aasgård-Lunde"
    assert fields["case.participant.name"].label == "Navn"
    assert fields["case.closure.closed_on"].text == "30.\u00a0oktober\u00a02026"
    assert fields["measure.ended_on"].text == "30.10.2026"
    assert fields["assignment.questions[1].answer"].type.value == "text"


def test_a_final_report_names_all_that_it_lacks() -> None:
    changes = {"conclusion": GONE, "next_step.direction": GONE, "issued_on": GONE}
    with pytest.raises(pf.DataError) as caught:
        render_with(changes)
    assert problems_of(caught.value) == {
        ("data.needed", "conclusion"),
        ("data.needed", "next_step.direction"),
        ("data.needed", "issued_on"),
    }


def test_a_draft_prints_lines_for_what_is_missing() -> None:
    document = render_with({"status": "draft", "conclusion": GONE, "issued_on": GONE})
    assert document.state is State.DRAFT
    assert {"conclusion", "issued_on"} <= blank_fields(document)
    assert "Utkast" in document.text()


def test_a_draft_says_nothing_of_what_is_optional_and_missing() -> None:
    changes = {"status": "draft", "obstacles": GONE, "activities": [], "closing_meeting": GONE}
    document = render_with(changes)
    assert "Aktiviteter" not in headings(document)
    assert not any(path.startswith(("obstacles", "activities")) for path in blank_fields(document))


def test_a_final_report_leaves_lines_only_for_what_is_written_by_hand() -> None:
    changes = {"participant_view": GONE, "signatures.0.state": "to_sign", "signatures.0.name": GONE}
    assert blank_fields(render_with(changes)) == {
        "participant_view.read_on",
        "participant_view.comments",
        "signatures[0].name",
        "signatures[0].signed_on",
    }


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_form_has_a_place_for_everything_and_no_data(service: str, language: str) -> None:
    document = pf.blank("final_report", service=service, language=language)
    assert document.state is State.BLANK
    assert document.issued_on is None
    filled = {field.path for field in document.fields() if field.text is not None}
    assert all(document.places[path].fixed for path in filled)
    assert {
        "case.number",
        "case.participant.name",
        "assignment.questions[2].answer",
        "activities[3].name",
        "conclusion",
    } <= blank_fields(document)


def test_a_blank_form_offers_the_services_own_choices_unticked() -> None:
    text = pf.blank("final_report", service="molde").text()
    for option in ("Smia", "Fram", "ATA", "PRIM", "Fått jobb", "enig", "uenig"):
        assert f"☐ {option}" in text
    assert "☑" not in text


def test_a_service_chooses_its_own_title() -> None:
    assert pf.blank("final_report", service="hjortmossen").title == "Slutredovisning"
    assert pf.blank("final_report", service="vivirk").title == "Slutrapport"


def test_a_protected_identity_withholds_everything_that_could_tell_the_place() -> None:
    document = render_with(PROTECTED)
    text = document.text()
    for secret in (
        "Eksempelvegen 21",
        "11 22 33 41",
        "170579",
        "post.example",
        "Vergesen",
        "Eksempel Byggevare",
        "Smia, møterommet",
    ):
        assert secret not in text
    assert "Skjermet" in text
    assert "Byggevarehandel, lager" in text
    assert document.warnings[-1].code == "data.protected_identity"


PAPERS = [
    ("hjortmossen", "action_plan_protected_identity"),
    ("harstad", "late_appeal_with_protected_identity"),
]


@pytest.mark.parametrize("language", ["no", "nn", "sv", "da"])
@pytest.mark.parametrize(("service", "name"), PAPERS)
def test_only_the_sheet_for_staff_tells_that_an_identity_is_protected(
    service: str, name: str, language: str
) -> None:
    document = pf.render(pf.load(ROOT / "examples" / service / f"{name}.json"), language=language)
    *paper, sheet = document.blocks
    assert isinstance(sheet, Section)
    assert sheet.kind is SectionKind.SHEET
    tells = re.compile("adresse|skyddade|skyddad|skjermet|beskytte(t|lse)|sekretessmark", re.I)
    assert tells.search(replace(document, blocks=(sheet,)).text())
    withheld = re.compile("skyddad|skjermet|beskyttet|fortrolig adresse", re.I)
    assert not withheld.search(replace(document, blocks=tuple(paper)).text())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_vanishes_for_a_protected_identity_leaves_no_gap(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if "participant" in data.get("case", {}):
        data["case"]["participant"]["protected_identity"] = True
    data["status"] = "draft"
    document = pf.render(pf.load(data))
    gap = re.compile(r"^\W*[,;]|\s[,;.](\s|$)|,\s*$|\(\s*\)|:\s*[.,]", re.MULTILINE)
    assert not (document.whole_words and gap.search(document.text()))


OF_CASES = [name for name, kind in KINDS.items() if issubclass(kind.model, pf.CaseDocument)]


@pytest.mark.parametrize("kind", OF_CASES)
def test_a_protected_identity_has_a_sheet_for_staff_in_every_kind(kind: str) -> None:
    template = (ROOT / "templates" / "no" / f"{kind}.html").read_text(encoding="utf-8")
    assert template.rstrip().endswith("{{ protection_sheet() }}")


@pytest.mark.parametrize("kind", pf.kinds())
def test_words_stay_whole_on_the_papers_of_participants(kind: str) -> None:
    others = {"checklist", "complaint_reply", "final_report", "meeting_note", "status_note"}
    others |= {*KINDS} - {*OF_CASES, "service_description", "survey"}
    assert pf.blank(kind, service="molde").whole_words is (kind not in others)


def test_without_protection_the_same_values_are_printed() -> None:
    text = render_with({**PROTECTED, "case.participant.protected_identity": False}).text()
    for value in ("Eksempelvegen", "Eksempel Byggevare", "Vergesen", "Smia, møterommet"):
        assert value in text


def test_the_title_and_the_properties_never_name_the_participant() -> None:
    document = render_with()
    for text in (document.title, document.author, document.footer.text):
        assert "Torbjørn" not in text
    assert document.footer.text == "2026/0412 · Sluttrapport"


def test_the_language_can_be_chosen_apart_from_the_country() -> None:
    swedish = ROOT / "examples" / "hjortmossen" / "replaces_earlier_report.json"
    document = pf.render(pf.load(swedish), language="da")
    assert document.language == "da"
    assert "offentlighets- och sekretesslagen" in document.text()


def test_keys_that_the_service_does_not_have_are_problems() -> None:
    changes = {"measure.key": "moon", "case.closure.category": "moon"}
    with pytest.raises(pf.DataError) as caught:
        render_with(changes)
    assert problems_of(caught.value) == {
        ("data.key", "measure.key"),
        ("data.key", "case.closure.category"),
    }
    assert "moon" not in str(caught.value)


def test_dates_in_the_wrong_order_are_found_in_models_built_by_hand() -> None:
    report = case_of(report_data())
    late = report.model_copy(update={"issued_on": report.case.enrolled_on})
    with pytest.raises(pf.DataError) as caught:
        pf.render(late)
    assert {problem.code for problem in caught.value.problems} == {"data.date_order"}


def test_what_the_fonts_lack_is_replaced_and_warned_about() -> None:
    document = render_with({"conclusion": "Bra 👍👍 jobb"})
    assert "Bra \ufffd\ufffd jobb" in document.text()
    [warning] = document.warnings
    assert (warning.code, warning.place) == ("data.glyph", "conclusion")
    assert "2 of its characters" in warning.message
    assert warning.severity.value == "warning"


@pytest.mark.parametrize("name", ["Máhtte Čuđđjo Ŋilas", "Łucja Żółkiewska", "Олена Коваленко"])
def test_names_of_the_north_and_the_east_are_printed_as_they_are(name: str) -> None:
    document = render_with({"case.participant.name": name})
    assert name in document.text()
    assert document.warnings == ()


def test_an_empty_optional_section_disappears_with_its_heading() -> None:
    gone = {"methods": GONE, "instruments": []}
    assert "Metoder og kartlegging" in headings(render_with())
    assert "Metoder og kartlegging" not in headings(render_with(gone))
    assert "Aktiviteter" in render_with().text()
    assert "Aktiviteter" not in render_with({"activities": []}).text()


def test_additional_texts_stand_under_their_own_headings() -> None:
    addition = {"label": "Lokalt tillegg", "text": "En tekst."}
    assert "Lokalt tillegg" in headings(render_with({"additional": [addition]}))


def test_a_declined_signature_is_told_with_its_note() -> None:
    refused = {"role": "participant", "name": "A B", "state": "refused", "note": "Vil ikke nå."}
    text = render_with({"signatures": [refused]}).text()
    assert "Ønsket ikke å skrive under" in text
    assert "Vil ikke nå." in text


def test_an_unknown_service_kind_or_folder_is_a_wrong_call(tmp_path: Path) -> None:
    calls: list[Any] = [
        lambda: pf.blank("nothing", service="molde"),
        lambda: pf.blank("final_report", service="nowhere"),
        lambda: render_with(templates=tmp_path / "none"),
        lambda: render_with(services=tmp_path / "none"),
        lambda: render_with(language="fi"),
    ]
    for call in calls:
        with pytest.raises(pf.UsageError):
            call()


@pytest.mark.parametrize("make", [pf.render, pf.deadlines])
def test_an_unknown_service_or_language_in_the_data_is_a_mistake_of_the_data(make: Any) -> None:
    for changes, told in (
        ({"case.service": "nowhere"}, ("service.unknown", "case.service")),
        ({"language": "fi"}, ("language.unknown", "language")),
    ):
        with pytest.raises(pf.DataError) as caught:
            make(pf.load(report_data(changes)))
        assert problems_of(caught.value) == {told}


def test_summary_next_step_and_plan_stand_right_after_the_assignment() -> None:
    blocks = render_with().blocks
    title = next(i for i, block in enumerate(blocks) if isinstance(block, Heading))
    head, assignment, description, summary, plan = blocks[title + 1 : title + 6]
    assert isinstance(head, Fields)
    assert isinstance(assignment, Heading)
    assert isinstance(description, Paragraph)
    assert isinstance(summary, Box)
    assert isinstance(plan, Table)
    text = pf.render(pf.load(report_data())).text()
    order = ["Samlet vurdering", "Vi anbefaler:", "Plan for tiden etter tiltaket", "Timer i uken"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def shape_of(document: Document) -> list[object]:
    """Headings, tables and fields in order: what all languages must share."""
    shape: list[object] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            shape.append(("heading", block.level))
        elif isinstance(block, Table):
            shape.append(("table", len(block.head), len(block.rows)))
        else:
            shape.append(type(block).__name__)
    return [*shape, *(field.path for field in document.fields())]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_all_languages_show_the_same_fields_in_the_same_order(path: Path) -> None:
    report = pf.load(path)
    shapes = [shape_of(pf.render(report, language=language)) for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]


def test_boxes_to_tick_carry_their_option() -> None:
    document = pf.blank("final_report", service="molde")
    boxes = [
        inline
        for block in document.blocks
        if isinstance(block, Fields)
        for description in block.items
        for paragraph in description.value
        for inline in getattr(paragraph, "children", ())
        if isinstance(inline, CheckBox)
    ]
    assert ("measure.key", "smia") in {(box.path, box.option) for box in boxes}


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("no", "1 av 1 avtalt dag", "1 av 2 avtalte dager"),
        ("sv", "1 av 1 avtalad dag", "1 av 2 avtalade dagar"),
        ("da", "1 af 1 aftalt dag", "1 af 2 aftalte dage"),
    ],
)
def test_days_agree_with_their_number(language: str, one: str, many: str) -> None:
    for planned, words in ((1, one), (2, many)):
        days = {"planned_days": planned, "attended_days": 1}
        lines = render_with({"attendance": days}, language=language).text().splitlines()
        assert any(line.endswith(words) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_beside_a_place_to_write_are_printed_in_every_format(language: str) -> None:
    """The draft lacks the recipient's organisation, and has a name in the same field."""
    recipient = {"name": "Siv Eksempel", "role": "adviser"}
    changes = {"status": "draft", "recipient": recipient}
    document = render_with(changes, language=language)
    for words in (html_text(pf.to_html(document)), docx_text(pf.to_docx(document))):
        assert first_difference(document.text(), words) is None
        assert "Siv Eksempel, " in words


@pytest.mark.parametrize("name", ["Ada 👍", "Ӓмма Кӣллт", "Ада Ҋӈ"])
def test_a_final_document_is_not_made_where_the_name_cannot_be_printed(name: str) -> None:
    changes = {"case.participant.name": name}
    with pytest.raises(pf.DataError) as caught:
        render_with(changes)
    told = [(problem.code, problem.place) for problem in caught.value.problems]
    assert told == [("release.unprintable_name", "case.participant.name")]
    assert name not in str(caught.value)
    draft = render_with(changes | {"status": "draft"})
    assert "data.glyph" in {warning.code for warning in draft.warnings}
