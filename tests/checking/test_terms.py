"""Term lists are read as strictly as ``msgfmt --check`` reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from planforms.checking.sources import SourceFile, read_sources
from planforms.checking.terms import parse, read_terms
from planforms.languages import load_words

HEAD = r"""msgid ""
msgstr ""
"Language: nb\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
ONE = """msgctxt "role"
msgid "coach"
msgstr "jobbkonsulent"
"""
COUNTED = """msgctxt "copies"
msgid "count"
msgid_plural "count"
msgstr[0] "{count} eksemplar"
msgstr[1] "{count} eksemplarer"
"""
SOUND = HEAD + ONE + "\n" + COUNTED


def term_list(content: str) -> SourceFile:
    return SourceFile("no", Path("no", "terms.po"), content)


def complaints(content: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.text) for finding in parse(term_list(content))[1]]


def msgfmt_accepts(content: str, folder: Path) -> bool:
    path = folder / "terms.po"
    path.write_text(content, encoding="utf-8")
    command = ["msgfmt", "--check", "--output-file=-", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def with_change(old: str, new: str) -> str:
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new)


FREE = [
    ("", ""),
    ("jobbkonsulent", "«jobbkonsulent»"),
    ("jobbkonsulent", r"\"jobbkonsulent\""),
    ("jobbkonsulent", r"en skråstrek: \\"),
    ('msgstr "jobbkonsulent"', 'msgstr ""\n"jobb"\n"konsulent"'),
    ('msgstr "jobbkonsulent"', 'msgstr   "jobbkonsulent"  '),
    ('msgctxt "role"', '# en merknad\nmsgctxt "role"'),
    (ONE, f"#. en merknad\n{ONE}\n#~ msgid \"gammelt\"\n#~ msgstr \"ord\"\n"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), FREE)
def test_a_sound_list_raises_nothing(old: str, new: str, tmp_path: Path) -> None:
    content = with_change(old, new) if old else SOUND
    assert complaints(content) == []
    assert msgfmt_accepts(content, tmp_path)


MISTAKES = [
    ('"jobbkonsulent"', '"jobbkonsulent', 11, '"jobbkonsulent'),
    ('"jobbkonsulent"', 'jobbkonsulent"', 11, 'jobbkonsulent"'),
    ('"jobbkonsulent"', "jobbkonsulent", 11, "jobbkonsulent"),
    ('"jobbkonsulent"', '"jobbkonsulent";', 11, '"jobbkonsulent";'),
    ('"jobbkonsulent"', "“jobbkonsulent”", 11, "“"),
    ('"jobbkonsulent"', '"en "god" konsulent"', 11, '"'),
    ('"jobbkonsulent"', r'"jobb\konsulent"', 11, r"\k"),
    ('"jobbkonsulent"', '"jobbkonsulent"\njobbkonsulent', 12, "jobbkonsulent"),
    ('"jobbkonsulent"', r'"jobbkonsulent\n"', 10, ""),
    ('msgctxt "role"', 'msgctx "role"', 9, "msgctx"),
    ('msgctxt "role"', 'Msgctxt "role"', 9, "Msgctxt"),
    ('msgid "coach"\n', "", 9, ""),
    ('msgstr "jobbkonsulent"\n', "", 10, ""),
    ('msgstr "jobbkonsulent"', 'msgstr "a"\nmsgstr "b"', 12, "msgstr"),
    ('msgctxt "role"\nmsgid "coach"', 'msgid "coach"\nmsgctxt "role"', 9, ""),
    ('msgstr "jobbkonsulent"', 'msgstr[0] "jobbkonsulent"', 11, ""),
    ('msgid_plural "count"\n', "", 15, ""),
    ('msgstr[1] "{count} eksemplarer"\n', "", 14, ""),
    ("msgstr[1]", "msgstr[2]", 14, ""),
    ("msgstr[0]", "msgstr", 14, ""),
    ("eksemplarer\"\n", "eksemplarer\"\nmsgstr[2] \"x\"\n", 14, ""),
    ("nplurals=2", "nplurals=3", 14, ""),
    ("plural=(n != 1)", "plural=(n !! 1)", 1, ""),
    (r'"Plural-Forms: nplurals=2; plural=(n != 1);\n"', "", 14, ""),
    (HEAD, "", 1, ""),
    (ONE, ONE + "\n" + ONE.replace("jobbkonsulent", "jobbveileder"), 14, '"coach"'),
    ('msgid "coach"', '# en merknad\nmsgid "coach"', 10, "# en merknad"),
    (ONE, f"<<<<<<< ours\n{ONE}", 9, "<<<<<<<"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "text"), MISTAKES)
def test_a_mistake_is_told_once_and_where_it_is(old: str, new: str, line: int, text: str) -> None:
    assert complaints(with_change(old, new)) == [(line, text)]


@pytest.mark.parametrize(("old", "new"), [mistake[:2] for mistake in MISTAKES])
def test_msgfmt_refuses_the_same(old: str, new: str, tmp_path: Path) -> None:
    assert not msgfmt_accepts(with_change(old, new), tmp_path)


def test_all_mistakes_of_form_come_at_once() -> None:
    content = with_change('"jobbkonsulent"', '"jobbkonsulent')
    assert len(complaints(content.replace('msgid "count"', "msgid “count”"))) == 2


def test_a_list_that_is_not_utf_8_is_told_where_it_shows() -> None:
    content = with_change("jobbkonsulent", "r\udce5dgiver")
    [finding] = parse(term_list(content))[1]
    assert (finding.line, finding.hint) == (11, "save the file as UTF-8")


@pytest.mark.parametrize(
    ("escape", "letter"),
    [(r"\"", '"'), (r"\\", "\\"), (r"\t", "\t")],
)
def test_escapes_stand_for_letters(escape: str, letter: str) -> None:
    terms, findings = parse(term_list(with_change("jobbkonsulent", f"a{escape}b")))
    assert findings == ()
    assert terms[0].forms == (f"a{letter}b",)


@pytest.mark.parametrize(("escape", "told"), [(r"\101", r"\1"), (r"\x41", r"\x")])
def test_letters_by_number_are_told_though_msgfmt_knows_them(
    escape: str, told: str, tmp_path: Path
) -> None:
    content = with_change("jobbkonsulent", f"a{escape}b")
    assert complaints(content) == [(11, told)]
    assert msgfmt_accepts(content, tmp_path)
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "terms.po").write_text(content, encoding="utf-8")
    assert load_words("no", [tmp_path]).term("role", "coach") == f"a{escape}b"  # as it is printed


def test_a_term_that_is_not_finished_is_told_though_msgfmt_passes_it_over(tmp_path: Path) -> None:
    content = with_change(ONE, f"#, fuzzy\n{ONE}")
    assert complaints(content) == [(11, "")]
    assert msgfmt_accepts(content, tmp_path)


@pytest.mark.parametrize("language", ["no", "nn", "sv", "da"])
def test_the_built_in_lists_are_sound(language: str, tmp_path: Path) -> None:
    file = read_sources().files[language, "terms.po"]
    assert parse(file)[1] == ()
    assert msgfmt_accepts(file.content, tmp_path)


@pytest.mark.parametrize("language", ["no", "nn", "sv", "da"])
def test_the_same_terms_are_read_as_documents_use(language: str) -> None:
    words = load_words(language)
    terms = read_terms(read_sources(), language)
    assert terms.keys() == words.terms.keys()
    for (context, key), term in terms.items():
        assert words.term(context, key) == term.forms[0]


def test_ones_own_terms_come_before_those_below(tmp_path: Path) -> None:
    for name, word in (("mine", "veileder"), ("ours", "konsulent")):
        (tmp_path / name / "no").mkdir(parents=True)
        own = HEAD + ONE.replace("jobbkonsulent", word)
        (tmp_path / name / "no" / "terms.po").write_text(own, encoding="utf-8")
    both = read_terms(read_sources([tmp_path / "mine", tmp_path / "ours"]), "no")
    assert both["role", "coach"].forms == ("veileder",)
    assert set(both) == set(read_terms(read_sources(), "no"))
