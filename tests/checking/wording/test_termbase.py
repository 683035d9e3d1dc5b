from __future__ import annotations

import re
from pathlib import Path

import pytest

from planforms.checking.findings import Finding
from planforms.checking.wording import check_wording
from planforms.checking.wording.termbase import TermBase, Where, check_term_base, read_term_base
from planforms.languages import language_folders, list_languages, load_words
from tests.checking.wording.files import sources, template, words

OWN = """\
[terms]
participant = "deltaker"
attachment = "vedlegg"

[[avoid]]
words = ["klient*", "ta med seg"]
use = "participant"

[[avoid]]
words = ["bilag*", "BIL"]
use = "attachment"
because = "a bilag is a voucher"
allowed = { complaint = "quoted there" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "termbase.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def base(folder: Path) -> TermBase:
    found, problems = read_term_base("no", [folder])
    assert problems == []
    return found


def avoided(base: TermBase, text: str, kind: str = "consent") -> list[str]:
    return [f.text for f in check_term_base(base, words(f"<p>{text}</p>", kind=kind))]


def test_an_avoided_word_is_told_with_the_right_one(base: TermBase) -> None:
    [finding] = check_term_base(base, words("<p>Legg ved et bilag.</p>"))
    assert (finding.code, finding.text) == ("check.term", "bilag")
    assert "a bilag is a voucher" in finding.message
    assert finding.hint == "here it is called: vedlegg"


def test_a_wrong_wording_is_told_with_what_to_write_instead(tmp_path: Path) -> None:
    content = '[[avoid]]\nwords = ["gælder ikke mere"]\nsay = "gælder ikke længere"\n'
    (tmp_path / "termbase.toml").write_text(content, encoding="utf-8")
    base, problems = read_term_base("da", [tmp_path])
    assert problems == []
    [finding] = check_term_base(base, words("<p>Det gælder ikke mere.</p>"))
    assert (finding.text, finding.hint) == ("gælder ikke mere", "write: gælder ikke længere")


def test_a_star_stands_for_any_ending(base: TermBase) -> None:
    assert avoided(base, "Klienten og klientene") == ["Klienten", "klientene"]


def test_words_inside_of_others_are_not_meant(base: TermBase) -> None:
    assert avoided(base, "superklient ombilag") == []


def test_several_words_may_stand_on_several_lines(base: TermBase) -> None:
    assert avoided(base, "ta med\n  seg") == ["ta med\n  seg"]


def test_capitals_stand_for_themselves(base: TermBase) -> None:
    assert avoided(base, "bil BIL Bil") == ["BIL"]


def test_a_word_is_allowed_in_a_kind_that_has_a_reason(base: TermBase) -> None:
    assert avoided(base, "bilag", kind="complaint") == []


def test_ones_own_term_base_comes_before_the_built_in_one(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "termbase.toml").write_text(
        '[terms]\nparticipant = "bruker"\n'
        '[[avoid]]\nwords = ["klient"]\nuse = "participant"\nallowed = { consent = "agreed" }\n',
        encoding="utf-8",
    )
    base, problems = read_term_base("no", [own, folder])
    assert problems == []
    assert base.terms["participant"] == "bruker"
    assert avoided(base, "klient klienten bilag") == ["klienten", "bilag"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ('[terms]\na = "b"\nc = \n', 3, "cannot be read"),
        ('[[avoid]]\nwords = ["x"]\nuse = "nothing"\n', 3, "no such concept: nothing"),
        ('[terms]\na = "b"\n[[avoid]]\nwords = []\nuse = "a"\n', 4, "avoid"),
        ('[other]\na = "b"\n', 1, "other"),
        ('[terms]\na = "b"\n[[avoid]]\nwords = ["x"]\n', 3, "avoid"),
        ('[terms]\na = "b"\n[[avoid]]\nwords = ["x"]\nuse = "a"\nsay = "c"\n', 3, "avoid"),
    ],
)
def test_a_broken_term_base_is_told(tmp_path: Path, content: str, line: int, message: str) -> None:
    (tmp_path / "termbase.toml").write_text(content, encoding="utf-8")
    _, [finding] = read_term_base("no", [tmp_path])
    assert (finding.code, finding.line) == ("check.termbase", line)
    assert message in finding.message


@pytest.mark.parametrize("language", list_languages())
def test_each_title_of_a_service_is_the_term_of_its_own_concept(language: str) -> None:
    words_of = load_words(language)
    titles = {
        key: words_of.term(*name)
        for name in words_of.terms
        if name[0] == "title"
        for key in name[1:]
    }
    base = built_in(language)
    known = [(base.terms[key], title) for key, title in titles.items() if key in base.terms]
    assert {"final_report", "final_account"} <= base.terms.keys() & titles.keys()
    assert [pair for pair in known if pair[0] not in pair[1].lower()] == []


# --- the built-in term bases ------------------------------------------------------------------


def built_in(language: str) -> TermBase:
    base, problems = read_term_base(language, language_folders(language))
    assert problems == []
    return base


LANGUAGES = list_languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_name_the_same_concepts(language: str) -> None:
    assert set(built_in(language).terms) == set(built_in("no").terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_right_term_is_an_avoided_word(language: str) -> None:
    base = built_in(language)
    text = ". ".join(base.terms.values())
    assert avoided(base, text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_avoided_word_is_found(language: str) -> None:
    base = built_in(language)
    patterns = [(word, avoid.where) for avoid in base.avoid for word in avoid.words]
    assert len({word for word, _ in patterns}) == len(patterns)
    for word, where in patterns:
        plain = word.replace("*", "")
        assert avoided(base, THERE[where].format(plain)) == [plain]


THERE = {None: "Et {} til.", Where.ALONE: "{}", Where.OPENING: "Et. {} til."}
"""What stands around words where they are wrong."""
FALSE_FRIENDS = [
    ("no", "personnummer", "fødselsnummer"),
    ("no", "bilag", "vedlegg"),
    ("no", "revisjon", "revidering"),
    ("no", "anmeldelse", "klage"),
    ("sv", "revision", "revidering"),
    ("sv", "klient", "deltagare"),
    ("da", "indstilling", "anbefaling"),
    ("da", "bedrift", "virksomhed"),
    ("da", "anmeldelse", "klage"),
    ("da", "jobcenteret", "kommunen"),
]


@pytest.mark.parametrize(("language", "word", "right"), FALSE_FRIENDS)
def test_false_friends_are_told(language: str, word: str, right: str) -> None:
    file = template(f"<p>Her: {word}</p>", language)
    found: list[Finding] = [f for f in check_wording(sources(file)) if f.code == "check.term"]
    assert [(f.text, f.hint) for f in found] == [(word, f"here it is called: {right}")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_concepts_are_keys(language: str) -> None:
    assert all(re.fullmatch(r"[a-z_]+", concept) for concept in built_in(language).terms)


PLACES = """
[[avoid]]
words = ["Mottatt"]
say = "Mottatt (dato)"
where = "alone"

[[avoid]]
words = ["vil du", "er du"]
say = "hvis du vil"
where = "opening"
"""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Mottatt", ["Mottatt"]),
        ("Mottatt:", ["Mottatt"]),
        ("Mottatt av oss", []),
        ("Er du syk, ring oss.", ["Er du"]),
        ("Hei. Vil du det, så ring! Er du med?", ["Vil du"]),
        ("Er du med? Vil du det?", []),
        ("Si hva du tenker, er du snill.", []),
    ],
)
def test_some_words_are_wrong_in_one_place_alone(
    tmp_path: Path, text: str, wrong: list[str]
) -> None:
    (tmp_path / "termbase.toml").write_text(PLACES, encoding="utf-8")
    base, problems = read_term_base("no", [tmp_path])
    assert problems == []
    assert avoided(base, text) == wrong
