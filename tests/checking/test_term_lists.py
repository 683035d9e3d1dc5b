"""Each language has all words that documents ask for, and no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.sources import Sources, read_sources
from planforms.checking.term_keys import FIXED, needed_keys
from planforms.checking.term_lists import check_terms
from planforms.checking.vocabulary import read_profiles
from planforms.errors import Severity
from planforms.registry import KINDS
from tests.checking.changes import changed
from tests.reports import ROOT

TERMS = "terms.po"
COACH = 'msgctxt "role"\nmsgid "coach"\nmsgstr "jobbkonsulent"\n'


def told(sources: Sources) -> list[tuple[str, str, str]]:
    """Code, source line and message of each finding."""
    return [(found.code, found.source, found.message) for found in check_terms(sources)]


def only(sources: Sources) -> Finding:
    [finding] = check_terms(sources)
    return finding


def test_the_built_in_languages_have_all_words_and_no_others() -> None:
    assert list(check_terms(read_sources())) == []


def test_a_word_that_is_missing_is_told_beside_its_like_with_another_language() -> None:
    finding = only(changed("no", TERMS, COACH, ""))
    assert (finding.code, finding.severity) == ("check.term_missing", Severity.ERROR)
    assert finding.message == "role coach is missing"
    role = 'msgctxt "role"'
    before = Path(finding.file).read_text(encoding="utf-8").replace(COACH, "").splitlines()
    assert before[finding.line - 3] == role
    assert role in finding.hint
    assert 'msgid "coach"' in finding.hint
    assert "(da: jobkonsulent)" in finding.hint


def test_an_entry_without_words_is_told_where_it_stands() -> None:
    finding = only(changed("no", TERMS, '"jobbkonsulent"', '""'))
    assert (finding.code, finding.source) == ("check.term_missing", 'msgid "coach"')
    assert finding.message == "role coach has no words"


def test_a_translated_key_is_told_with_the_right_one() -> None:
    sources = changed("no", TERMS, 'msgid "coach"', 'msgid "coaching"')
    missing, unused = check_terms(sources)
    assert missing.message == "role coach is missing"
    assert (unused.code, unused.severity) == ("check.term_unused", Severity.WARNING)
    assert (unused.source, unused.text) == ('msgid "coaching"', '"coaching"')
    assert "did you mean coach?" in unused.hint


def test_a_translated_context_is_told_with_the_right_one() -> None:
    sources = changed(
        "no", TERMS, 'msgctxt "role"\nmsgid "coach"', 'msgctxt "rolle"\nmsgid "coach"'
    )
    assert "did you mean msgctxt role?" in list(check_terms(sources))[1].hint


@pytest.mark.parametrize(
    ("old", "new", "source", "message"),
    [
        ("Side {page} av", "Side {side} av", 'msgstr "Side {side} av {pages}"',
         "nothing is filled in for {side}"),
        ("Side {page} av", "Side av", 'msgid "page"', "lacks {page}"),
        ("Skjermet", "Skjermet {name}", 'msgstr "Skjermet {name}"',
         "nothing is filled in for {name}"),
    ],
)  # fmt: skip
def test_placeholders_are_those_of_the_other_languages(
    old: str, new: str, source: str, message: str
) -> None:
    assert told(changed("no", TERMS, old, new)) == [("check.placeholder", source, message)]


def test_the_words_for_one_may_do_without_its_number() -> None:
    old = 'msgstr[0] "{count} eksemplar"'
    assert told(changed("no", TERMS, old, 'msgstr[0] "ett eksemplar"')) == []


def test_of_a_list_with_mistakes_of_form_nothing_else_is_told() -> None:
    sources = changed("no", TERMS, COACH, COACH.replace('"jobbkonsulent"', "“jobbkonsulent”"))
    assert [code for code, _, _ in told(sources)] == ["check.terms_form"]


OWN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def own_list(folder: Path, entry: str) -> Sources:
    (folder / "no").mkdir()
    (folder / "no" / TERMS).write_text(OWN + entry, encoding="utf-8")
    return read_sources([folder])


@pytest.mark.parametrize(
    "entry",
    [
        "",
        'msgctxt "closure"\nmsgid "back_to_employer"\nmsgstr "Tilbake til arbeidsgiver"\n',
        COACH,
    ],
)
def test_a_list_of_ones_own_needs_only_what_it_changes(entry: str, tmp_path: Path) -> None:
    assert told(own_list(tmp_path, entry)) == []


def test_a_list_of_ones_own_holds_nothing_that_no_document_asks_for(tmp_path: Path) -> None:
    sources = own_list(tmp_path, COACH.replace('"coach"', '"trainer"'))
    assert [code for code, _, _ in told(sources)] == ["check.term_unused"]


def test_a_service_of_ones_own_needs_its_words_in_its_own_language(tmp_path: Path) -> None:
    profile = ROOT / "src" / "planforms" / "services" / "molde.toml"
    text = profile.read_text(encoding="utf-8").replace('id = "molde"', 'id = "fyrtarnet"')
    text = text.replace("[closures]\n", '[closures]\nback_to_employer = { basis = "practice" }\n')
    assert "back_to_employer" in text
    (tmp_path / "fyrtarnet.toml").write_text(text, encoding="utf-8")
    (tmp_path / "molde.png").write_bytes(profile.with_suffix(".png").read_bytes())
    finding = only(replace(read_sources(), services=(tmp_path,)))
    assert finding.message == "closure back_to_employer is missing"
    assert Path(finding.file).parent.name == "no"


def test_the_code_asks_for_no_words_that_are_not_known_to_be_needed() -> None:
    needed = needed_keys(KINDS, read_profiles(()))
    contexts = {context for context, _ in needed}
    asked = list(calls_for_words())
    assert len(asked) > 10
    for context, key in asked:
        assert context in contexts
        assert key is None or (context, key) in needed


def test_no_words_are_thought_needed_that_the_code_never_asks_for() -> None:
    asked = list(calls_for_words())
    open_contexts = {context for context, key in asked if key is None}
    assert [key for key in FIXED if key not in asked and key[0] not in open_contexts] == []


def calls_for_words() -> Iterator[tuple[str, str | None]]:
    """Context and key of every call for words in the code; ``None`` for a key that varies."""
    for path in (ROOT / "src" / "planforms").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in (
                "term",
                "plural",
                "word",
            ):
                context = node.args[0]
                if isinstance(context, ast.Constant):
                    yield from _keys(str(context.value), node.args[1])


def _keys(context: str, key: ast.expr) -> Iterator[tuple[str, str | None]]:
    for part in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
        constant = part.value if isinstance(part, ast.Constant) else None
        yield context, constant if isinstance(constant, str) else None
