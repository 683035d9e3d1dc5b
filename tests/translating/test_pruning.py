"""What no data leads to is left out of a template."""

from __future__ import annotations

import pytest

from planforms.checking.sources import Sources, read_sources
from planforms.translating.pruning import pruned
from planforms.word_templates.tree import Branch, Governed, Node, Printing, Said

NEVER = 'state == "blank" and state == "final"'
ALWAYS = f"not ({NEVER})"
TITLE = Printing("title")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


def governed(*branches: tuple[str, Node], end: str = "endif") -> Governed:
    return Governed(tuple(Branch(statement, (part,)) for statement, part in branches), end)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (governed((f"if {NEVER}", TITLE)), ()),
        (governed((f"if {ALWAYS}", TITLE)), (TITLE,)),
        (governed((f"if {NEVER}", Said("a")), ("else", Said("b"))), (Said("b"),)),
        (governed((f"if {ALWAYS}", Said("a")), ("else", Said("b"))), (Said("a"),)),
        (
            governed((f"if {NEVER}", Said("a")), ("elif facts.send_by", Said("b"))),
            (governed(("if facts.send_by", Said("b"))),),
        ),
        (
            governed(("if facts.send_by", Said("a")), (f"elif {ALWAYS}", Said("b"))),
            (governed(("if facts.send_by", Said("a")), ("else", Said("b"))),),
        ),
        (
            governed(('if state == "blank"', governed(('if state == "final"', TITLE)))),
            (Governed((Branch('if state == "blank"', ()),), "endif"),),
        ),
    ],
)
def test_conditions_that_fall_on_one_side_are_left_out(
    given: Node, left: tuple[Node, ...], sources: Sources
) -> None:
    assert pruned((given,), sources, "no", "final_report") == left


@pytest.mark.parametrize(
    "part",
    [
        governed(('if state == "blank"', TITLE)),
        governed(("if replaces", Said("a")), ("else", Said("b"))),
        governed(("for copy in copies", Printing("copy.recipient")), end="endfor"),
    ],
)
def test_what_data_can_lead_to_stays(part: Node, sources: Sources) -> None:
    assert pruned((part,), sources, "no", "final_report") == (part,)
