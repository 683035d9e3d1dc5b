from __future__ import annotations

import pytest

from planforms.checking.wording.passages import passages
from planforms.checking.wording.sentences import check_sentences
from tests.checking.wording.files import settings, template, words

TERMS = """msgctxt "role"
msgid "coach"
msgstr "%s"
"""


def told(content: str, language: str = "no") -> list[tuple[str, str]]:
    found = check_sentences(settings(language), words(content, language))
    return [(finding.code, finding.text) for finding in found]


@pytest.mark.parametrize(
    ("language", "text", "without"),
    [
        ("da", "Ring til os hvis du er i tvivl.", ["hvis"]),
        ("da", "Ring til os, hvis du er i tvivl, eller hvis du er syg.", []),
        ("da", "Hvis du er syg, må du ringe. Men spørg, når du er i tvivl.", []),
        ("da", "Det er for eksempel fordi du er ung.", []),
        ("da", "Sig det <strong>fordi</strong> det er sandt men svært.", ["men", "fordi"]),
        ("no", "Si fra men gjør det skriftlig.", ["men"]),
        ("no", "Si fra, men gjør det skriftlig hvis du kan.", []),
        ("no", "Ta med {{ case.number }} men ikke mer.", ["men"]),
        ("sv", "Det är enkelt men bra.", []),
    ],
)
def test_a_comma_stands_where_the_language_always_has_one(
    language: str, text: str, without: list[str]
) -> None:
    found = told(f"<p>{text}</p>", language)
    assert [word for code, word in found if code == "check.comma"] == without


@pytest.mark.parametrize(
    ("content", "told_of"),
    [
        ("<p>{{ facts.handled_by.words }} behandler klagen.</p>", True),
        ("<li>Vi leser den. {{ facts.handled_by.words }} behandler klagen.</li>", True),
        ("<p>Klagen blir behandlet av {{ facts.handled_by.words }}.</p>", False),
        ("<p>{{ line.area }}: varer til og med fredag.</p>", False),
        ("<p>{{ line.area }} og noen andre folk</p>", False),
        ("<h2>{{ service.name }} er et sted å være.</h2>", False),
        ("<p>{{ case.number }}</p>", False),
    ],
)
def test_no_sentence_begins_with_a_field(content: str, told_of: bool) -> None:
    found = [code for code, _ in told(content)]
    assert found == ["check.opening"] * told_of


def test_a_term_has_one_space_between_words_and_a_template_as_many_as_it_likes() -> None:
    [source] = [template(TERMS % "Sted  og dato")]
    file = source.__class__("no", source.path.with_name("terms.po"), source.content)
    found = list(check_sentences(settings("no"), passages(file)))
    assert [finding.code for finding in found] == ["check.space"]
    assert told("<p>Sted  og\n  dato</p>") == []
