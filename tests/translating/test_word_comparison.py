"""What a Word template says that the other template of its kind does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.text.paragraph import Paragraph

import planforms as pf
from planforms import cli
from planforms.checking.sources import read_sources
from planforms.translating.comparison import Row
from planforms.translating.copies import copy_template
from planforms.translating.word_comparison import compare_word
from planforms.translating.word_starters import word_template
from tests.reports import LANGUAGES, ROOT, problems_of

CONSENT = Path("no", "consent.docx")
PAGE = (ROOT / "docs" / "word.md").read_text(encoding="utf-8")
Edit = Callable[[list[Paragraph]], None]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """One's own templates, with a starter that nobody has changed."""
    path = tmp_path / CONSENT
    path.parent.mkdir()
    path.write_bytes(starter("consent"))
    return tmp_path


@cache
def starter(kind: str) -> bytes:
    return word_template(kind, "no", "molde")


def edited(own: Path, edit: Edit) -> list[Row]:
    """What differs once somebody has edited the paragraphs outside of tables."""
    document = docx.Document(BytesIO((own / CONSENT).read_bytes()))
    edit(document.paragraphs)
    document.save(str(own / CONSENT))
    return compare_word(read_sources([own]), "consent", "no")


def holding(paragraphs: list[Paragraph], words: str) -> Paragraph:
    return next(paragraph for paragraph in paragraphs if words in paragraph.text)


def change(paragraphs: list[Paragraph], old: str, new: str) -> None:
    run = next(run for one in paragraphs for run in one.runs if old in run.text)
    run.text = run.text.replace(old, new)


def sides(rows: list[Row]) -> list[tuple[str | None, str | None]]:
    return [(row.before, row.now) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["final_report", "statistics", "rights"])
def test_a_starter_says_what_the_built_in_template_says(
    kind: str, language: str, tmp_path: Path
) -> None:
    path = tmp_path / language / f"{kind}.docx"
    path.parent.mkdir()
    path.write_bytes(word_template(kind, language))
    assert compare_word(read_sources([tmp_path]), kind, language) == []


def test_a_changed_sentence_stands_beside_the_old_one(own: Path) -> None:
    [row] = edited(own, lambda all_: change(all_, "du har krysset av for", "du har svart ja til"))
    assert row.before == "Vi deler bare det du har krysset av for."
    assert row.now == "Vi deler bare det du har svart ja til."
    assert row.section == "Hva et ja betyr"
    assert row.place.startswith("no/consent.docx: paragraph ")


def test_a_sentence_that_is_gone_and_one_that_has_come_have_one_side(own: Path) -> None:
    def edit(paragraphs: list[Paragraph]) -> None:
        change(paragraphs, holding(paragraphs, "De andre følger").text, "")
        paragraphs[-1].insert_paragraph_before("Vi ønsker {{ title }} alt godt. Ring oss!")

    gone, come, ring = edited(own, edit)
    assert gone.now is None
    assert gone.before
    assert gone.before.startswith("De andre følger")
    assert gone.place == "no/consent.html"
    assert sides([come, ring]) == [(None, "Vi ønsker [title] alt godt."), (None, "Ring oss!")]


def test_fields_and_conditions_are_told_beside_the_words(own: Path) -> None:
    rows = edited(own, lambda all_: change(all_, "case.reentered_on }}", "case.enrolled_on }}"))
    assert sides(rows) == [
        ("[case.reentered_on]", None),
        (None, "[case.enrolled_on]"),
        (
            "Du begynte hos oss på nytt [case.reentered_on].",
            "Du begynte hos oss på nytt [case.enrolled_on].",
        ),
    ]


def test_a_condition_that_was_changed_is_told(own: Path) -> None:
    rows = edited(own, lambda all_: change(all_, "if copies and state", "if title and state"))
    assert sides(rows) == [
        ('[if copies and state != "blank"]', None),
        (None, '[if title and state != "blank"]'),
    ]


def test_another_order_and_another_look_are_no_difference(own: Path) -> None:
    def edit(paragraphs: list[Paragraph]) -> None:
        first, second = holding(paragraphs, "De andre følger"), holding(paragraphs, "Vi deler bare")
        second._p.addprevious(first._p)
        first.runs[0].bold = True
        first.style = "Body Text"

    assert edited(own, edit) == []


def test_words_that_come_twice_and_then_once_are_told(own: Path) -> None:
    def edit(paragraphs: list[Paragraph]) -> None:
        paragraphs[-1].insert_paragraph_before("Vi deler bare det du har krysset av for.")

    assert sides(edited(own, edit)) == [(None, "Vi deler bare det du har krysset av for.")]


def test_it_is_compared_with_ones_own_other_template(own: Path) -> None:
    path = copy_template("consent", "no", own).path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Du får ditt eget eksemplar.", "Du får en kopi."), "utf-8")
    [row] = compare_word(read_sources([own]), "consent", "no")
    assert (row.before, row.now) == (
        "[endif]Du får en kopi.",
        "[endif]Du får ditt eget eksemplar.",
    )


def test_without_a_word_template_there_is_nothing_to_compare(own: Path) -> None:
    with pytest.raises(pf.UsageError) as caught:
        compare_word(read_sources([own]), "rights", "no")
    assert problems_of(caught.value) == {("word.missing", "no/rights.docx")}


def test_a_word_template_with_mistakes_is_told(own: Path) -> None:
    with pytest.raises(pf.TemplateError) as caught:
        edited(own, lambda all_: change(all_, "{%p endif %}", ""))
    assert "word.unclosed" in {code for code, _ in problems_of(caught.value)}


# --- the command ----------------------------------------------------------------------------


def test_the_command_shows_both_sides(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(own, lambda all_: change(all_, "du har krysset av for", "du har svart ja til"))
    assert cli.main(["diff", "consent", "no", "--word", "--templates", str(own)]) == 0
    place, before, now = capsys.readouterr().out.strip().split("\n")
    assert place.endswith("Hva et ja betyr")
    assert before == "  .html   Vi deler bare det du har krysset av for."
    assert now == "  .docx   Vi deler bare det du har svart ja til."


def test_the_command_knows_json_and_says_so_if_nothing_differs(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["diff", "consent", "no", "--word", "--templates", str(own)]
    assert cli.main(words) == 0
    assert capsys.readouterr().err == "no words differ\n"
    assert cli.main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert cli.main([*words, "--against", "sv"]) == 2
    assert "cannot stand beside --word" in capsys.readouterr().err


def test_the_page_shows_what_the_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document(BytesIO(starter("summons")))
    change(document.paragraphs, "Det er ditt møte.", "Møtet er ditt.")
    (tmp_path / "no").mkdir()
    document.save(str(tmp_path / "no" / "summons.docx"))
    assert cli.main(["diff", "summons", "no", "--word", "--templates", str(tmp_path)]) == 0
    assert f"```text\n{capsys.readouterr().out}```" in PAGE


def test_the_page_tells_every_style_of_a_template_to_begin_with() -> None:
    named = {style.name for style in docx.Document(BytesIO(starter("summons"))).styles}
    own = {name for name in named if name and name.startswith("planforms")}
    assert len(own) > 10
    assert {name for name in own if f"*{name}*" not in PAGE} == set()
