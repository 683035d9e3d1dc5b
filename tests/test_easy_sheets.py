"""Easy sheets: a page in easy words that explains a paper, made of the paper's data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

import planforms as pf
from planforms.document import (
    EASY_SIZE,
    LARGE_PRINT,
    Block,
    Pictogram,
    Pictured,
    blanks_of,
    lines_of,
)
from planforms.languages import load_words
from planforms.placement import large_print
from planforms.registry import KINDS
from planforms.writers import ENGINES
from planforms.writing import to_bytes
from tests.commands import call
from tests.every import Case, every_case
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.reports import EXAMPLES, LANGUAGES

EASY = [case for case in every_case() if case.easy]
KIND_NAMES = ("action_plan", "appeal", "complaint", "consent", "rights", "summons")
CONSENT = next(path for path in EXAMPLES if path.match("molde/consent_on_the_first_day.json"))
PLAN = next(path for path in EXAMPLES if path.match("molde/action_plan_to_the_warehouse.json"))


def error_of(make: Callable[[], object]) -> pf.Problem:
    with pytest.raises(pf.UsageError) as caught:
        make()
    [problem] = caught.value.problems
    return problem


def pictured(document: pf.Document) -> Iterator[Pictured]:
    return (block for block in document.blocks if isinstance(block, Pictured))


def test_six_kinds_have_an_easy_sheet_in_every_language() -> None:
    assert sorted(kind.name for kind in KINDS.values() if kind.easy) == [*KIND_NAMES]
    cases = {(case.kind, case.language) for case in EASY}
    assert cases == {*product(KIND_NAMES, LANGUAGES)}


@pytest.mark.parametrize("case", EASY, ids=lambda case: case.name)
def test_a_sheet_explains_its_paper_and_asks_for_nothing(case: Case) -> None:
    document = case.document()
    assert (document.kind, document.easy, document.landscape) == (case.kind, True, False)
    assert [*blanks_of(document.blocks)] == []
    assert not document.places
    first = next(pictured(document))
    assert first.pictogram is Pictogram.PAPER
    assert paper_of(case).title in text_of(first)
    assert document.title != paper_of(case).title


def paper_of(case: Case) -> pf.Document:
    return Case(case.kind, case.language, case.state, case.service, case.example).document()


def text_of(*blocks: Block) -> str:
    return "\n".join(line for block in blocks for line in lines_of(block))


def test_every_pictogram_is_used_and_says_what_it_shows_in_every_language() -> None:
    for language in LANGUAGES:
        words = load_words(language)
        cases = [case for case in EASY if case.language == language]
        shown = {one.pictogram: one.alt for case in cases for one in pictured(case.document())}
        assert shown == {one: words.term("pictogram", one) for one in Pictogram}
        assert len(set(shown.values())) == len(Pictogram)


def test_a_sheet_tells_what_is_known_of_the_case() -> None:
    plan = pf.load(PLAN)
    assert isinstance(plan, pf.ActionPlan)
    sheet = pf.render(plan, easy=True).text()
    assert plan.goals[0].text in sheet
    assert plan.goals[0].text not in pf.blank("action_plan", service="molde", easy=True).text()
    consent = pf.render(pf.load(CONSENT), easy=True).text()
    assert "Ja til: Nav Molde" in consent
    assert "helsetjenesten" in pf.blank("consent", service="molde", easy=True).text()


@pytest.mark.parametrize("service", ["vivirk"])
def test_a_sheet_does_not_ask_about_those_whom_the_law_lets_the_service_tell(service: str) -> None:
    sheet = pf.blank("consent", service=service, easy=True).text()
    asked = next(line for line in sheet.split("\n") if line.startswith("Det er "))
    assert "beskæftigelsesområdet" not in asked.partition("Loven")[0]
    assert "beskæftigelsesområdet" in asked.partition("Loven")[2]


def test_where_the_meeting_is_stays_secret_as_it_does_on_the_paper() -> None:
    path = next(path for path in EXAMPLES if path.match("molde/summons_*.json"))
    data = json.loads(path.read_bytes())
    place = data["meeting"]["place"]
    assert place in pf.render(pf.load(data), easy=True).text()
    data["case"]["participant"]["protected_identity"] = True
    data["status"] = "draft"
    sheet = pf.render(pf.load(data), easy=True)
    assert place not in sheet.text()
    assert "Ring oss på" in sheet.text()


@pytest.mark.parametrize("case", [one for one in EASY if one.example], ids=lambda case: case.name)
def test_what_is_kept_secret_leaves_no_hole_in_a_sentence(case: Case) -> None:
    assert case.example
    data = json.loads(case.example.read_bytes())
    data["case"]["participant"]["protected_identity"] = True
    data["status"] = "draft"
    sheet = pf.render(pf.load(data), language=case.language, easy=True).text()
    assert re.findall(r".* [.,].*|.*[:,]$|.*\(\).*|.*  .*", sheet) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sheet_in_large_print_says_the_same(engine: str) -> None:
    sheet = pf.blank("summons", service="vivirk", easy=True)
    large = large_print(sheet)
    assert (sheet.text_size, large.text_size) == (EASY_SIZE, LARGE_PRINT)
    assert first_difference(sheet.text(), pdf_text(to_bytes(large, "pdf", engine=engine))) is None
    assert first_difference(sheet.text(), html_text(pf.to_html(large))) is None
    assert first_difference(sheet.text(), docx_text(pf.to_docx(large))) is None


def test_a_sheet_is_in_one_language() -> None:
    problem = error_of(lambda: pf.blank("consent", service="molde", easy=True, beside="da"))
    assert (problem.code, problem.place) == ("beside.easy", "beside")


# --- what there is no easy sheet of ---------------------------------------------------------


def test_a_kind_without_an_easy_sheet_is_told_with_those_that_have_one() -> None:
    problem = error_of(lambda: pf.blank("mapping", service="molde", easy=True))
    assert (problem.code, problem.place) == ("kind.easy", "mapping")
    assert all(name in problem.hint for name in KIND_NAMES)
    unknown = error_of(lambda: pf.blank("consnt", service="molde", easy=True))
    assert unknown.code == "kind.unknown"


def test_a_sheet_is_no_kind_of_its_own() -> None:
    assert error_of(lambda: pf.blank("consent_easy", service="molde")).code == "kind.unknown"


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_a_sheet_is_no_form_to_fill_in(format: str, tmp_path: Path) -> None:
    sheet = pf.blank("consent", service="molde", easy=True)
    target = tmp_path / f"sheet.{format}"
    problem = error_of(lambda: pf.write(sheet, target, fillable=True))
    assert problem.code == "format.easy"
    assert not target.exists()
    pf.write(sheet, target)
    with pytest.raises(pf.DataError) as caught:
        pf.read(target)
    assert caught.value.problems[0].code.startswith("form.")


# --- on the command line --------------------------------------------------------------------


def test_the_command_line_makes_sheets(tmp_path: Path) -> None:
    for words in (["blank", "consent", "--service", "molde"], ["render", str(CONSENT)]):
        target = tmp_path / f"{words[0]}.html"
        done = call(*words, "--easy", "-o", str(target))
        assert done.returncode == 0, done.stderr
        assert "Lettlest: Samtykke" in target.read_text(encoding="utf-8")
    refused = call(
        "blank", "mapping", "--service", "molde", "--easy", "-o", str(tmp_path / "x.pdf")
    )
    assert refused.returncode == 2
    assert "there is one of" in refused.stderr


def test_a_batch_makes_the_sheets_of_the_kinds_that_have_one(tmp_path: Path) -> None:
    records = [json.loads(path.read_bytes()) for path in (CONSENT, PLAN)]
    mapping = next(path for path in EXAMPLES if path.match("mapping_*.json"))
    done = pf.batch(
        [*records, json.loads(mapping.read_bytes())], tmp_path, formats=["html"], easy=True
    )
    assert done.complete
    names = sorted(item.name for item in done.items)
    assert [name.partition("_")[2] for name in names] == ["action_plan_easy_no", "consent_easy_no"]
    plain = pf.batch(records, tmp_path, formats=["html"], kinds=["consent"])
    assert plain.count(pf.Outcome.RENDERED) == 1  # beside its sheet, not in its place
    problem = error_of(lambda: pf.batch(records, tmp_path, kinds=["mapping"], easy=True))
    assert problem.code == "kind.easy"
