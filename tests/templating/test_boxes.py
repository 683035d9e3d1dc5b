"""Boxes to tick: for blank choices and lists of choices, for all options, and beside a value."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import planforms as pf
from planforms.document import CheckBox, Field, Paragraph, Text
from tests.reports import ROOT

EXAMPLE = ROOT / "examples" / "molde" / "consent_answered_with_one_refusal.json"


def printed(folder: Path, expression: str, *, blank: bool = False, **more: Any) -> list[Any]:
    """What an expression leaves in the only paragraph of a consent; one loop over its lines."""
    text = f"<h1>x</h1>\n<p>{{% for line in lines %}}{{% if loop.first %}}{expression}"
    (folder / "no").mkdir(parents=True)
    path = folder / "no" / "consent.html"
    path.write_text(text + "{% endif %}{% endfor %}</p>", encoding="utf-8")
    if blank:
        document = pf.blank("consent", service="molde", templates=folder)
    else:
        data = {**json.loads(EXAMPLE.read_text("utf-8")), **more}
        document = pf.render(pf.load(data), templates=folder)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    return [child for block in paragraphs for child in block.children]


def boxes(children: list[Any]) -> list[tuple[str, bool]]:
    return [(box.option, box.checked) for box in children if isinstance(box, CheckBox)]


def test_all_options_of_a_choice_stand_there_the_chosen_one_ticked(tmp_path: Path) -> None:
    found = boxes(printed(tmp_path, "{{ line.answer.decision|boxes }}"))
    assert found == [("given", True), ("refused", False)]


def test_a_list_of_choices_offers_what_another_field_names(tmp_path: Path) -> None:
    found = boxes(printed(tmp_path, "{{ line.answer.information|boxes(line.information) }}"))
    assert found == [
        ("education_and_work", True),
        ("resources_and_obstacles", False),
        ("attendance", True),
        ("plan", True),
        ("assessment", True),
    ]


def test_a_field_that_names_nothing_leaves_all_options(tmp_path: Path) -> None:
    found = boxes(
        printed(tmp_path, "{{ line.answer.information|boxes(line.purpose) }}", blank=True)
    )
    assert len(found) == 9
    assert not any(checked for _, checked in found)


def test_a_blank_list_of_choices_is_boxes_by_itself(tmp_path: Path) -> None:
    assert len(boxes(printed(tmp_path, "{{ line.answer.information }}", blank=True))) == 9


def test_an_option_has_no_box_where_another_field_does_not_name_it(tmp_path: Path) -> None:
    template = '{{ line.answer.information|box("%s", line.information) }}'
    named = boxes(printed(tmp_path / "named", template % "plan"))
    assert named == [("plan", True)]
    assert boxes(printed(tmp_path / "other", template % "health")) == []
    free = '{{ line.answer.information|box("health", line.purpose) }}'
    assert boxes(printed(tmp_path / "free", free, blank=True)) == [("health", False)]


def test_a_loop_over_options_can_keep_to_those_that_a_list_names(tmp_path: Path) -> None:
    loop = "{%% for kind in lines.information|options%s %%}{{ kind }};{%% endfor %%}"
    asked = words_of(printed(tmp_path / "asked", loop % "(lines)"))
    assert asked.split(";")[:-1] == [
        "utdanning og arbeid",
        "ressurser og hindringer",
        "helse",
        "oppmøte",
        "planer og mål",
        "vurderinger og rapporter",
    ]
    assert len(words_of(printed(tmp_path / "all", loop % "")).split(";")[:-1]) == 9


def words_of(children: list[Any]) -> str:
    return "".join(child.text for child in children if isinstance(child, Text))


def test_a_list_of_choices_is_printed_line_by_line(tmp_path: Path) -> None:
    [field] = printed(tmp_path, "{{ line.information }}")
    assert isinstance(field, Field)
    assert (field.text or "").split("\n")[:2] == ["utdanning og arbeid", "ressurser og hindringer"]


def test_an_option_has_a_box_without_its_name(tmp_path: Path) -> None:
    given, refused = (
        box
        for option in ("given", "refused")
        for box in printed(tmp_path / option, f'{{{{ line.answer.decision|box("{option}") }}}}')
    )
    assert given == CheckBox("lines[0].answer.decision", "given", given.label, True, bare=True)
    assert refused == CheckBox(given.path, "refused", refused.label, False, bare=True)


def test_every_option_can_be_looped_over_and_has_its_name(tmp_path: Path) -> None:
    loop = "{% for kind in lines.answer.information|options %}{% if loop.first %}"
    [name, box] = printed(
        tmp_path, loop + "{{ kind }}{{ line.answer.information|box(kind) }}{% endif %}{% endfor %}"
    )
    assert name == Text("kontaktopplysninger")
    assert box == CheckBox(
        "lines[0].answer.information", "contact", "kontaktopplysninger", False, bare=True
    )


@pytest.mark.parametrize(
    ("expression", "lines"),
    [("{{ line.answer.exclusions|lines(7) }}", 7), ("{{ case.participant.name|lines(2) }}", 2)],
)
def test_a_template_says_how_many_lines_an_empty_field_has(
    tmp_path: Path, expression: str, lines: int
) -> None:
    [field] = printed(tmp_path, expression, blank=True)
    assert isinstance(field, Field)
    assert (field.text, field.lines) == (None, lines)


def test_a_value_has_a_box_that_is_ticked_where_a_list_names_it(tmp_path: Path) -> None:
    withdrawal = {"areas": ["nav"], "received_on": "2026-03-20"}
    [box] = printed(tmp_path, "{{ line.area|tick(withdrawal.areas) }}", withdrawal=withdrawal)
    assert box == CheckBox("withdrawal.areas", "nav", "Nav Molde", checked=True)


def test_the_box_is_empty_where_the_list_is(tmp_path: Path) -> None:
    [box] = printed(tmp_path, "{{ line.area|tick(withdrawal.areas) }}")
    assert box.checked is False


@pytest.mark.parametrize(
    "expression",
    [
        "{{ line.purpose|boxes }}",
        "{{ title|boxes }}",
        "{{ line.answer.decision|boxes(title) }}",
        "{{ line.area|tick(title) }}",
        "{{ line.area|tick(line.answer.withdrawn_on) }}",
        "{{ line.purpose|tick(withdrawal.areas) }}",
        "{{ line.area|tick }}",
    ],
)
def test_boxes_are_for_choices_and_fields(tmp_path: Path, expression: str) -> None:
    with pytest.raises(pf.TemplateError):
        printed(tmp_path, expression)
