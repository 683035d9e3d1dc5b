"""The machine of the closed subset, driven by hand."""

from __future__ import annotations

import pytest

from planforms.errors import TemplateError
from planforms.markup.subset import MAX_DEPTH, Element, Machine


def element(tag: str, **attributes: str) -> Element:
    return Element(tag, attributes, f"no/x.html:{tag}")


def codes(machine: Machine) -> list[str]:
    return [fault.code for fault in machine.faults]


def test_what_comes_is_held_by_what_is_open() -> None:
    machine = Machine(element(""))
    machine.open(element("ul"))
    machine.open(element("li"))
    machine.text("a")
    machine.close("li")
    machine.close("ul")
    [row] = machine.finish().children
    assert isinstance(row, Element)
    assert [item.children for item in row.elements("li")] == [["a"]]
    assert machine.faults == []


def test_a_fault_knows_its_element_or_who_held_it() -> None:
    noted: list[str] = []
    machine = Machine(element(""), lambda fault: noted.append(fault.code))
    machine.open(element("table", border="1"))
    machine.text(" a ")
    machine.finish()
    attribute, unclosed = machine.faults
    assert (attribute.letters, attribute.problem().place) == ("border", "no/x.html:table")
    assert (unclosed.code, unclosed.holder) == ("unclosed", machine.root)
    assert noted == ["attribute", "text", "unclosed"]  # the text followed from the open table


def test_a_block_closes_what_it_opens_and_nothing_else() -> None:
    machine = Machine(element(""))
    machine.open(element("p"))
    block = machine.block()
    block.open(element("strong"))
    block.close("p")
    block.finish()
    assert codes(machine) == ["end_tag", "unclosed"]
    machine.close("p")
    machine.finish()
    assert codes(machine) == ["end_tag", "unclosed"]


def test_an_end_tag_outside_of_a_block_is_not_told_beside_what_the_block_left_open() -> None:
    machine = Machine(element(""))
    block = machine.block()
    block.open(element("p"))
    block.finish()
    machine.close("p")
    assert codes(machine) == ["unclosed"]


def test_blocks_inside_of_blocks_are_no_way_around_the_limit_of_depth() -> None:
    machine = Machine(element(""))
    with pytest.raises(TemplateError):
        for _ in range(MAX_DEPTH):
            machine.open(element("blockquote"))
            machine = machine.block()
    assert "depth" in codes(machine)
