"""The papers of one case for one receiver: what goes, what does not, and why."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import planforms as pf
from tests.commands import call
from tests.conformance.verapdf import verapdf
from tests.reading.languages import html_letters, pdf_letters
from tests.reports import EXAMPLES

AS_OF = date(2026, 10, 5)
EXAMPLE = {f"{path.parent.name}/{path.stem}": path for path in EXAMPLES}
TOLD = (
    "team_work/summons_first_team",
    "team_work/meeting_note_first_team",
    "team_work/short_account_to_the_social_worker",
    "team_work/note_of_a_case_review",
    "team_work/final_report_work_at_a_bakery",
)


def paper(name: str) -> pf.CaseDocument:
    return pf.load(EXAMPLE[name], pf.CaseDocument)


def papers() -> list[pf.CaseDocument]:
    return [paper(name) for name in TOLD]


def with_consents(source: pf.CaseDocument, *consents: dict[str, Any]) -> pf.CaseDocument:
    case = source.case.model_dump(mode="json", by_alias=True)
    return pf.revise(source, case={**case, "consents": consents})


def kinds(found: pf.Envelope) -> list[str]:
    return [one.kind for one in found.papers]


def test_the_participant_gets_every_paper_in_the_order_of_time() -> None:
    found = pf.envelope(papers()[::-1], "participant", as_of=AS_OF)
    assert kinds(found) == ["summons", *["meeting_note"] * 3, "final_report"]
    assert (found.left_out, found.sheet) == ((), None)


def test_a_list_of_contents_stands_before_all_the_words_of_the_papers() -> None:
    found = pf.envelope(papers(), "participant", as_of=AS_OF)
    text = found.document.text()
    contents, _, rest = text.partition(found.papers[0].text())
    assert "1. Kallelse till teamets första möte, 24\u00a0februari\u00a02026" in contents
    assert "5. Slutrapport, 2\u00a0oktober\u00a02026" in contents
    for one in found.papers[1:]:
        before, _, rest = rest.partition(one.text())
        assert before.strip() == ""


def test_all_papers_may_stand_in_two_languages() -> None:
    found = pf.envelope(papers(), "participant", as_of=AS_OF, beside="no")
    assert {one.beside for one in found.papers} == {"nb"}
    page = pf.to_html(found.document)
    own = pf.envelope(papers(), "participant", as_of=AS_OF)
    assert [*found.document.fields()] == [*own.document.fields()]
    told = html_letters(page, "nb")
    for one in found.papers:
        assert html_letters(pf.to_html(one), "nb") in told
    pdf = pf.to_pdf(found.document, engine="typst")
    assert pdf_letters(pdf, "nb") == told


def test_a_receiver_gets_no_more_than_consents_cover() -> None:
    found = pf.envelope(papers(), "ifo", as_of=AS_OF)
    assert kinds(found) == ["summons", *["meeting_note"] * 3, "final_report"]
    reasons = papers()
    reasons[1] = pf.revise(reasons[1], reasons="Barnen har varit sjuka.")
    found = pf.envelope(reasons, "ifo", as_of=AS_OF)
    (left,) = found.left_out
    assert (left.title, left.issued_on) == (
        "Minnesanteckningar från teammöte",
        date(2026, 3, 3),
    )
    assert left.reason == "deltagaren har inte svarat på om det får lämnas"
    assert "sjuka" not in found.document.text() + str(found.sheet)


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        ({"decision": "refused"}, "deltagaren har sagt nej"),
        ({"withdrawn_on": "2026-09-01"}, "samtycket är återkallat"),
        ({"valid_until": "2026-09-01"}, "samtycket har gått ut"),
    ],
)
def test_the_latest_paper_says_how_a_consent_stands(consent: dict[str, str], reason: str) -> None:
    given = {
        "area": "ifo",
        "decision": "given",
        "decided_on": "2026-02-16",
        "information": ["plan"],
        **consent,
    }
    law = {"basis": "law", "provision": "10 kap. 28 § OSL"}
    last = with_consents(pf.revise(paper(TOLD[2]), disclosure=law), given)
    found = pf.envelope([paper(TOLD[0]), last], "ifo", as_of=AS_OF)
    assert [one.kind for one in found.papers] == ["meeting_note"]
    assert [one.reason for one in found.left_out] == [reason]
    with pytest.raises(pf.DataError) as caught:
        pf.envelope([with_consents(paper(TOLD[0]), given)], "ifo", as_of=AS_OF)
    assert [one.code for one in caught.value.problems] == ["envelope.nothing"]


def test_a_paper_that_lists_no_consents_takes_none_back() -> None:
    silent = with_consents(pf.revise(paper(TOLD[3]), disclosure=None, issued_on="2026-10-02"))
    found = pf.envelope([paper(TOLD[0]), silent], "ifo", as_of=AS_OF)
    assert "summons" in kinds(found)


def test_within_the_service_everything_may_go() -> None:
    note = with_consents(pf.revise(paper(TOLD[3]), disclosure=None))
    assert len(pf.envelope([paper(TOLD[0]), note], "ame", as_of=AS_OF).papers) == 2


def test_the_sheet_says_what_was_left_out_and_the_envelope_does_not() -> None:
    draft = pf.revise(paper(TOLD[1]), status="draft")
    found = pf.envelope([*papers(), draft], "participant", as_of=AS_OF)
    assert found.sheet is not None
    told = found.sheet.text()
    assert "Minnesanteckningar från teammöte, 3\u00a0mars\u00a02026: inte färdigt" in told
    assert "inte färdigt" not in found.document.text()


def test_a_paper_that_was_replaced_goes_to_nobody() -> None:
    old = paper(TOLD[1])
    new = pf.revise(old, issued_on="2026-03-05", replaces={"issued_on": "2026-03-03"})
    found = pf.envelope([old, new], "participant", as_of=AS_OF)
    assert [one.issued_on for one in found.papers] == [date(2026, 3, 5)]
    assert [one.reason for one in found.left_out] == ["ersatt av ett nyare"]


def test_a_kind_that_does_not_say_what_it_holds_stays_in_the_house() -> None:
    rights = paper("team_work/rights_draft_before_the_first_talk")
    whole = pf.revise(rights, status="final") if rights.status == "draft" else rights
    case = paper(TOLD[0]).case
    whole = pf.revise(whole, case=case)
    found = pf.envelope([paper(TOLD[0]), whole], "ifo", as_of=AS_OF)
    assert [one.reason for one in found.left_out] == ["inget säger vilka uppgifter det innehåller"]


def test_papers_of_two_cases_are_refused() -> None:
    other = paper("vivirk/summons_network")
    with pytest.raises(pf.DataError) as caught:
        pf.envelope([paper(TOLD[0]), other], "participant", as_of=AS_OF)
    assert [(one.code, one.place) for one in caught.value.problems] == [
        ("envelope.case", "paper 1")
    ]


def test_a_protected_identity_is_released_by_hand() -> None:
    data = paper(TOLD[0])
    participant = data.case.participant.model_copy(update={"protected_identity": True})
    data = pf.revise(data, case=data.case.model_copy(update={"participant": participant}))
    with pytest.raises(pf.DataError) as caught:
        pf.envelope([data], "participant", as_of=AS_OF)
    assert [one.code for one in caught.value.problems] == ["release.protected_identity"]


def test_receivers_are_the_participant_and_areas_that_the_service_knows() -> None:
    with pytest.raises(pf.UsageError) as caught:
        pf.envelope(papers(), "somebody", as_of=AS_OF)
    assert "ifo" in str(caught.value)
    with pytest.raises(pf.UsageError):
        pf.envelope([], "participant", as_of=AS_OF)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The envelope of a case as both engines draw it."""
    folder = tmp_path_factory.mktemp("envelope")
    document = pf.envelope(papers(), "ifo", as_of=AS_OF).document
    for engine in ("weasyprint", "typst"):
        (folder / f"{engine}.pdf").write_bytes(pf.to_pdf(document, engine=engine))
    return folder


def test_one_file_holds_all_papers_with_bookmarks_and_conforms(written: Path) -> None:
    files = sorted(written.glob("*.pdf"))
    for file in files:
        outline = PdfReader(file).outline
        titles = [one.title for one in outline if not isinstance(one, list)]
        assert titles[0] == "Ärendets papper"
        assert [titles[1], titles[-1]] == ["Kallelse till teamets första möte", "Slutrapport"]
    assert verapdf(files) == {file: [] for file in files}


def test_the_command_writes_a_file_and_tells_what_it_left_out(tmp_path: Path) -> None:
    sources = [EXAMPLE[name] for name in TOLD]
    draft = {**json.loads(sources[1].read_text()), "status": "draft"}
    (tmp_path / "draft.json").write_text(json.dumps(draft))
    target, sheet = tmp_path / "out.pdf", tmp_path / "sheet.html"
    asked = (
        *("envelope", *sources, tmp_path / "draft.json", "--to", "ifo", "--engine", "typst"),
        *("--as-of", "2026-10-05", "-o", target, "--sheet", sheet),
    )
    answer = call(*map(str, asked))
    assert answer.returncode == 0
    assert answer.stderr == (
        "left out: Minnesanteckningar från teammöte, 2026-03-03: inte färdigt\n"
    )
    assert target.read_bytes().startswith(b"%PDF")
    assert "inte färdigt" in sheet.read_text()


def test_the_command_writes_a_folder_of_papers_without_names(tmp_path: Path) -> None:
    sources = [EXAMPLE[name] for name in TOLD[:2]]
    asked = (
        *("envelope", *sources, "--to", "participant", "--as-of", "2026-10-05"),
        *("-o", f"{tmp_path}/out/", "--engine", "typst", "--json"),
    )
    answer = call(*map(str, asked))
    assert answer.returncode == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["01-summons-2026-02-24.pdf", "02-meeting_note-2026-03-03.pdf"]
    assert json.loads(answer.stdout)["left_out"] == []


def test_the_command_prints_the_papers_large(tmp_path: Path) -> None:
    sources, target = [EXAMPLE[name] for name in TOLD[:2]], tmp_path / "out.html"
    asked = ("envelope", *sources, "--to", "participant", "--as-of", "2026-10-05", "--large")
    assert call(*map(str, (*asked, "-o", target))).returncode == 0
    assert ":root { font-size: 18pt; background: none }" in target.read_text(encoding="utf-8")


def test_the_command_names_every_file_that_is_no_paper_of_a_case(tmp_path: Path) -> None:
    secret = "Nomen Nescio"
    (tmp_path / "one.json").write_text(json.dumps({"kind": "nothing", "name": secret}))
    (tmp_path / "two.json").write_bytes(EXAMPLE["team_work/survey_filled_in"].read_bytes())
    asked = ("envelope", tmp_path, EXAMPLE[TOLD[0]], "--to", "ifo", "-o", tmp_path / "out.pdf")
    answer = call(*map(str, asked))
    assert answer.returncode == 1
    told = {line.split(": ")[1] for line in answer.stderr.splitlines()}
    assert told == {str(tmp_path / "one.json"), str(tmp_path / "two.json")}
    assert secret not in answer.stderr
