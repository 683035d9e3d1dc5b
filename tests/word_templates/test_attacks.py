"""Word templates cannot do what other templates cannot, and data does nothing in them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

import planforms as pf
from tests.bounds import processor_seconds
from tests.generated import HOSTILE
from tests.reading.docx import docx_text
from tests.reports import render_with
from tests.templating.test_attacks import EXPRESSIONS, LONGEST_SECONDS, STATEMENTS
from tests.test_hostile import hostile, printed
from tests.word_templates.making import Making, cut, folder_with, header, made, rows

NAME = "no/final_report.docx"


def render(folder: Path, *steps: str | Making) -> pf.Document:
    """The complete example with a Word template of one's own."""
    return render_with(templates=folder_with(folder, made(*steps)))


def halved(text: str) -> Making:
    """A paragraph whose words Word has cut in the middle."""
    middle = len(text) // 2
    return cut(text[:middle], text[middle:])


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_out_of_bounds_is_an_error(tmp_path: Path, expression: str) -> None:
    with pytest.raises(pf.TemplateError) as caught:
        render(tmp_path, "x", halved(expression))
    [problem] = caught.value.problems
    assert problem.place == f"{NAME}: paragraph 2"


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_out_of_bounds_is_an_error(tmp_path: Path, statement: str) -> None:
    with pytest.raises(pf.TemplateError) as caught:
        render(tmp_path, "x", statement)
    assert {problem.place for problem in caught.value.problems} == {f"{NAME}: paragraph 2"}


@pytest.mark.parametrize("place", ["header", "cell", "row"])
def test_no_place_in_the_file_is_without_bounds(tmp_path: Path, place: str) -> None:
    attack = "{{ case.__class__ }}"
    step = {
        "header": header(attack),
        "cell": rows(f"a | {attack}"),
        "row": rows("{%tr for a in case.__class__ %}", "a", "{%tr endfor %}"),
    }[place]
    with pytest.raises(pf.TemplateError):
        render(tmp_path, step)


def around(depth: int, *steps: str) -> tuple[str, ...]:
    begun = (f"{{%p for a{level} in activities %}}" for level in range(depth))
    return (*begun, *steps, *("{%p endfor %}",) * depth)


@pytest.mark.parametrize(
    "steps",
    [
        around(8, "x"),
        around(2, "{{ conclusion }}" * 400),
        around(11, "x"),
        ("{% if title %}" * 2_000 + "{% endif %}" * 2_000,),
        ("{{ " + "(" * 5_000 + "title" + ")" * 5_000 + " }}",),
        ("x" * 600_000,),
        around(3, "x" * 100_000),
    ],
    ids=["loops", "letters", "deep loops", "ifs", "brackets", "length", "repeated words"],
)
def test_no_template_grows_without_bounds(tmp_path: Path, steps: tuple[str, ...]) -> None:
    with processor_seconds(LONGEST_SECONDS), pytest.raises(pf.TemplateError):
        render(tmp_path, *steps)


def test_a_repeated_table_of_much_xml_is_bounded(tmp_path: Path) -> None:
    """The words of a template are counted, and its XML beside them."""
    begin, end = "{%p for a in activities %}", "{%p endfor %}"
    table = rows(*(" | ".join("x" * 8) for _ in range(40)))
    with processor_seconds(LONGEST_SECONDS), pytest.raises(pf.TemplateError) as caught:
        render(tmp_path, *(begin.replace("a in", f"{n} in") for n in "abc"), table, *(end,) * 3)
    assert caught.value.problems[0].code in ("template.size", "template.steps")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_printed_exactly(tmp_path: Path, text: str) -> None:
    table = rows(
        "{%tr for a in activities %}", "{{ a.name }} | {{ case.number }}", "{%tr endfor %}"
    )
    steps = ("{{ case.participant.name }} {{ conclusion }}", table, header("{{ conclusion }}"))
    document = render_with(hostile(text), templates=folder_with(tmp_path, made(*steps)))
    content = pf.to_docx(document)
    words = " ".join(docx_text(content).replace("\u00ad", "").split())
    wanted = printed(" ".join(text.split())).replace("\u00ad", "")
    assert words.count(wanted) >= 3 or not wanted
    word = docx.Document(BytesIO(content))
    assert len(word.tables) == 1
    assert len(word.sections[0].header.paragraphs) == 1


def test_ten_thousand_letters_are_printed(tmp_path: Path) -> None:
    text = "{{ title }} <w:p/> & " * 480
    changes = {"conclusion": text, "status": "draft"}
    document = render_with(changes, templates=folder_with(tmp_path, made("{{ conclusion }}")))
    said = docx_text(pf.to_docx(document))
    assert said.count("{{ title }} <w:p/> &") == 480
