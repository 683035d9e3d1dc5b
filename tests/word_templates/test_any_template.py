"""Whatever somebody writes into a Word template, it makes a Word file or says what is wrong."""

from __future__ import annotations

from io import BytesIO
from random import Random

import docx
import pytest
from docx.document import Document as WordDocument

import planforms as pf
from planforms.document import State
from planforms.rendering import compose
from planforms.setting import read_setting
from tests.word_templates.making import Making, box, folder_with, header, made, rows, styled

PIECES = (
    *("{% if title %}", "{% if not title %}", "{% elif issued_on %}", "{% else %}", "{% endif %}"),
    *("{% for a in activities %}", "{% for m in case.team %}", "{% endfor %}", "{{ title }}"),
    *("{%p if title %}", "{%p endif %}", "{%p for a in activities %}", "{%p endfor %}"),
    *("{%tr for a in activities %}", "{%tr endfor %}", "{%tr if title %}", "{%tr endif %}"),
    *("{%tc for m in case.team %}", "{%tc endfor %}", "{{ case.number }}", "{{ resources }}"),
    *("words", "", " ", "{# note #}", "{{ case.participant.phone }}", "{{", "%}", "{% raw %}"),
    *("{{ next_step.direction }}", "{{ a.name }}", "{{ m.role }}", "{{ title|box(“x }}”) }}"),
)
SHARE = 10
"""How many templates of either sort are tried here; hundreds found nothing more."""


def any_words(random: Random) -> str:
    return "".join(random.choice(PIECES) for _ in range(random.choice((1, 1, 1, 2, 3))))


def sound(random: Random, depth: int = 0) -> list[str | Making]:
    """Steps whose statements end where they began."""
    steps: list[str | Making] = []
    for _ in range(random.randint(1, 3)):
        begin, end = random.choice((PIECES[9:11], PIECES[11:13]))
        inner = sound(random, depth + 1) if depth < 2 else ["{{ title }}"]
        table = rows(
            "Navn | x", begin.replace("%p", "%tr"), "{{ case.number }} | x", f"{{%tr {end[4:]}"
        )
        steps += random.choice(
            (
                [begin, *inner, end],
                [table],
                [styled("{{ case.number }}", "List Number")],
                [box("{{ title }}", begin, "x", end)],
                ["{% if title == none %}a{% else %}{{ title }}{% endif %}"],
            )
        )
    return steps


def torn(random: Random) -> list[str | Making]:
    """Steps of which most say nothing that makes sense."""
    steps: list[str | Making] = []
    for _ in range(random.randint(1, 6)):
        cells = [" | ".join(any_words(random) for _ in range(2)) for _ in range(3)]
        steps.append(
            random.choice(
                (any_words(random), rows(*cells), box(any_words(random)), header(any_words(random)))
            )
        )
    return steps


@pytest.mark.parametrize("seed", range(SHARE))
@pytest.mark.parametrize("steps", [sound, torn])
def test_any_template_makes_a_file_or_says_what_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: object
) -> None:
    random = Random(seed)
    made_of = sound(random) if steps is sound else torn(random)
    templates = folder_with(tmp_path_factory.mktemp("any"), made(*made_of))
    setting = read_setting("molde", "no", templates=templates)
    for state in (State.BLANK, State.DRAFT):
        try:
            document = compose("final_report", None, setting, state)
        except pf.TemplateError:
            assert steps is torn
            return
        for fillable in (False, state is State.BLANK):
            word: WordDocument = docx.Document(BytesIO(pf.to_docx(document, fillable=fillable)))
            assert word.element.body is not None
