"""What the preview shows is what would be sent; what it stresses is what the model allows."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import planforms as pf
from planforms.errors import UsageError
from planforms.preview.answering import Question, answer, located
from planforms.preview.choosing import (
    BLANK,
    EASY_SHEET,
    FILLABLE,
    FINAL,
    Choice,
    Roots,
    examples_in,
    offered,
)
from planforms.preview.making import document_of
from planforms.preview.origins import page_with_origins
from planforms.preview.revisions import BUILT_IN, changes_between, earlier
from planforms.preview.stressing import LONGEST, PROTECTED, PSEUDO, SPARSE, pseudo
from planforms.preview.views import VIEWS
from planforms.registry import KINDS
from tests.reports import COMPLETE, ROOT

DATA = ROOT / "examples"
ROOTS = Roots(data=(DATA,))
REPORT = Choice(
    service="molde",
    kind="final_report",
    state=FINAL,
    example="molde/complete_signed_electronically.json",
    beside="sv",
)
CONSENT = Choice(service="molde", kind="consent", state=BLANK, beside="da")


def test_a_document_seen_is_the_document_that_would_be_sent() -> None:
    assert document_of(REPORT, ROOTS) == pf.render(pf.load(COMPLETE))
    assert document_of(CONSENT, ROOTS) == pf.blank("consent", service="molde")


def test_variants_and_forms_to_fill_in_are_shown() -> None:
    choice = Choice("hjortmossen", "appeal", BLANK, variant="review")
    assert document_of(choice, ROOTS).title != document_of(_with(choice, variant=""), ROOTS).title
    form = answer(Question(_with(CONSENT, state=FILLABLE), "web", ROOTS))
    assert "<input" in form["page"]


def test_the_easy_sheet_of_a_paper_is_shown_where_there_is_one() -> None:
    sheet = _with(CONSENT, sheet=EASY_SHEET)
    assert document_of(sheet, ROOTS) == pf.blank("consent", service="molde", easy=True)
    assert sheet.paper == "consent_easy"
    margin = answer(Question(sheet, "margin", ROOTS))
    assert (margin["pages"], margin["most_pages"], margin["lix_limit"]) == (1, 1, 25)
    assert offered(ROOTS)["easy"] == [kind.name for kind in KINDS.values() if kind.easy]
    refused = answer(Question(_with(REPORT, sheet=EASY_SHEET), "web", ROOTS))
    assert [problem["code"] for problem in refused["problems"]] == ["kind.easy"]
    with pytest.raises(UsageError) as caught:
        Choice.from_query({"sheet": "hard"})
    assert caught.value.problems[0].code == "preview.sheet"


def test_everything_is_offered_and_every_example_has_a_name_of_its_own() -> None:
    found = offered(ROOTS)
    assert found["kinds"] == list(pf.kinds())
    names = [one.name for one in examples_in((DATA,))]
    assert len(names) == len(set(names)) == len(list(DATA.glob("*/*.json")))


def test_what_is_no_document_is_not_offered(tmp_path: Path) -> None:
    for name, content in {"a": "{", "b": "[]", "c": '{"kind": "note"}', "d": "\x00"}.items():
        (tmp_path / f"{name}.json").write_text(content)
    assert examples_in((tmp_path,)) == ()


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("choice", [REPORT, CONSENT], ids=["filled", "blank"])
def test_every_view_shows_something(name: str, choice: Choice) -> None:
    made = answer(Question(choice, name, ROOTS))
    assert made.pop("ok"), made
    assert any(made.values())


def test_the_margin_measures_the_document() -> None:
    made = answer(Question(REPORT, "margin", ROOTS))
    assert 0 < made["pages"] <= made["most_pages"]
    assert 15 < made["lix"] < 60


def test_every_word_of_the_web_page_tells_where_it_comes_from() -> None:
    document = document_of(REPORT, ROOTS)
    page = page_with_origins(document)
    origins = {part.partition('"')[0] for part in page.split('data-origin="')[1:]}
    places = {place: located(place, ROOTS) for place in origins}
    assert all(found.get("source") for found in places.values())
    assert 'data-path="case.participant.name"' in page


def test_origins_change_no_document() -> None:
    document = document_of(REPORT, ROOTS)
    assert "data-origin" not in pf.to_html(document)


def test_unknown_examples_and_states_are_told() -> None:
    made = answer(Question(Choice("molde", "consent", FINAL, example="../x"), "text", ROOTS))
    assert [problem["code"] for problem in made["problems"]] == ["preview.example"]
    with pytest.raises(UsageError, match="no such state"):
        Choice.from_query({"state": "sent"})


def test_mistakes_of_a_template_are_told_all_at_once_with_their_lines(tmp_path: Path) -> None:
    folder = tmp_path / "no"
    folder.mkdir()
    words = (ROOT / "templates/no/consent.html").read_text(encoding="utf-8")
    lines = words.split("\n")
    lines.insert(3, "<p>{{ case.participant.nmae }}</p>")
    lines.insert(5, "<blink>x</blink>")
    (folder / "consent.html").write_text("\n".join(lines), encoding="utf-8")
    made = answer(Question(CONSENT, "web", Roots(templates=(tmp_path,))))
    told = {problem["line"]: problem["source"] for problem in made["problems"]}
    assert told[4] == "<p>{{ case.participant.nmae }}</p>"
    assert told[6] == "<blink>x</blink>"
    assert all(problem["hint"] for problem in made["problems"])


def test_two_languages_stand_beside_each_other_by_their_sections() -> None:
    made = answer(Question(CONSENT, "languages", ROOTS))
    headings = [(one["first"]["heading"], one["second"]["heading"]) for one in made["sections"]]
    assert ("Samtykke til deling av opplysninger", "Samtykke til at dele oplysninger") in headings


def test_revisions_mark_the_words_that_changed(tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    words = (ROOT / "templates/no/consent.html").read_text(encoding="utf-8")
    changed = words.replace("Du bestemmer.", "Du avgjør.", 1)
    assert changed != words
    (tmp_path / "no" / "consent.html").write_text(changed, encoding="utf-8")
    roots = Roots(templates=(tmp_path,))
    before = earlier(roots, BUILT_IN, tmp_path)
    made = answer(Question(CONSENT, "revisions", roots, before))
    marked = [part for row in made["rows"] for part in row if part["kind"] != "same"]
    assert {"kind": "gone", "text": "bestemmer."} in marked
    assert {"kind": "new", "text": "avgjør."} in marked


def test_a_revision_that_git_does_not_know_is_told(tmp_path: Path) -> None:
    for against in ("nowhere", "--output=x", "HEAD; rm"):
        with pytest.raises(UsageError, match="git does not know"):
            earlier(Roots(templates=(tmp_path,)), against, tmp_path / "store")


def test_a_revision_of_git_is_what_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "own" / "no" / "consent.html"
    file.parent.mkdir(parents=True)
    words = (ROOT / "templates/no/consent.html").read_text(encoding="utf-8")
    file.write_text(words.replace("Du bestemmer.", "Du velger.", 1), encoding="utf-8")
    who = ("-c", "user.name=Kari", "-c", "user.email=kari@example.org")
    for call in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "Velg")):
        subprocess.run(["git", "-C", str(tmp_path), *call], check=True)
    file.write_text(words, encoding="utf-8")
    roots = Roots(templates=(tmp_path / "own",))
    before = earlier(roots, "HEAD", tmp_path / "store")
    assert before == earlier(roots, "HEAD", tmp_path / "store")
    assert "Du velger." in document_of(CONSENT, before).text()
    assert "Du velger." not in document_of(CONSENT, roots).text()


def test_changes_keep_every_word() -> None:
    before, after = ["one two", "three"], ["one 2", "three", "four"]
    rows = changes_between(before, after)
    now = "\n".join(" ".join(p["text"] for p in row if p["kind"] != "gone") for row in rows)
    assert now.split() == ["one", "2", "three", "four"]


# --- stress ---------------------------------------------------------------------------------


def test_the_pseudo_language_is_two_fifths_longer() -> None:
    words = "Du kan si ja til noen og nei til andre, og du kan ombestemme deg når du vil."
    assert 1.35 < len(pseudo(words)) / len(words) < 1.45
    plain, made = (document_of(one, ROOTS) for one in (CONSENT, _with(CONSENT, stress=PSEUDO)))
    assert plain.places == made.places
    assert len(made.text()) > 1.2 * len(plain.text())


def test_the_longest_values_are_longer_and_sparse_ones_fewer() -> None:
    plain = len(document_of(REPORT, ROOTS).text())
    assert len(document_of(_with(REPORT, stress=LONGEST), ROOTS).text()) > 20 * plain
    assert len(document_of(_with(REPORT, stress=SPARSE), ROOTS).text()) < plain


def test_a_protected_identity_is_withheld() -> None:
    plain, made = (document_of(one, ROOTS) for one in (REPORT, _with(REPORT, stress=PROTECTED)))
    phone = plain.places["case.participant.phone"].raw
    assert isinstance(phone, str)
    assert phone in plain.text()
    assert phone not in made.text()


def _with(choice: Choice, **changes: str) -> Choice:
    return replace(choice, **changes)
