"""A template as a tree in which its statements stay: what a Word template is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from planforms.markup.subset import INLINE


@dataclass(frozen=True, slots=True)
class Said:
    """Said of the template, as they stand there with their spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class Printing:
    """An expression that prints something, such as ``case.number``."""

    code: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A statement such as ``if state == "blank"`` or ``else``, and what it governs."""

    statement: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Governed:
    """What an ``if`` or a ``for`` governs.

    Attributes:
        branches: the statement that opens it and, of an ``if``, the others; each with its parts.
        end: the statement that closes it.
    """

    branches: tuple[Branch, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """An element of the templates' HTML."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: tuple[Node, ...] = ()

    def tagged(self, *tags: str) -> Iterator[Tagged]:
        """The elements right inside of it that have one of these tags."""
        return (part for part in self.parts if isinstance(part, Tagged) and part.tag in tags)


Node = Said | Printing | Governed | Tagged


def is_block(part: Node) -> bool:
    """Whether a part stands below others, not in a line with them."""
    match part:
        case Tagged(tag):
            return tag not in INLINE
        case Governed(branches):
            return any(is_block(inner) for branch in branches for inner in branch.parts)
    return False


def is_empty(part: Node) -> bool:
    """Whether a part says nothing: white space, or statements around nothing."""
    match part:
        case Said(text):
            return not text.strip()
        case Governed(branches):
            return all(is_empty(inner) for branch in branches for inner in branch.parts)
    return False


def without_spaces(parts: Iterable[Node]) -> tuple[Node, ...]:
    """Parts without what says nothing, for elements that hold no words of their own."""
    kept = (part for part in parts if not is_empty(part))
    return tuple(
        replace(
            part,
            branches=tuple(replace(b, parts=without_spaces(b.parts)) for b in part.branches),
        )
        if isinstance(part, Governed)
        else part
        for part in kept
    )


def as_elements(part: Governed) -> tuple[Tagged, ...]:
    """The elements among which a condition chooses, each saying what the condition lets it.

    Nothing if there are not as many elements each time, and nothing else.
    """
    if part.branches[-1].statement != "else" or not part.branches[0].statement.startswith("if "):
        return ()
    chosen = [without_spaces(branch.parts) for branch in part.branches]
    if len({len(parts) for parts in chosen}) > 1:
        return ()
    return tuple(_chosen(part, row) for row in zip(*chosen, strict=True) if _are_elements(row))


def _are_elements(row: tuple[Node, ...]) -> TypeGuard[tuple[Tagged, ...]]:
    return all(isinstance(one, Tagged) for one in row)


def _chosen(part: Governed, row: tuple[Tagged, ...]) -> Tagged:
    """One of some elements, by a condition; the condition is left out if all say the same."""
    first, *others = row
    if all(other.parts == first.parts for other in others):
        return first
    branches = (
        replace(branch, parts=one.parts) for branch, one in zip(part.branches, row, strict=True)
    )
    return replace(first, parts=(Governed(tuple(branches), part.end),))


def in_parts(parts: Iterable[Node]) -> Iterator[Node]:
    """All parts, and whatever stands inside of them."""
    for part in parts:
        yield part
        match part:
            case Tagged():
                yield from in_parts(part.parts)
            case Governed(branches):
                for branch in branches:
                    yield from in_parts(branch.parts)


def codes_in(parts: Iterable[Node]) -> Iterator[str]:
    """All expressions that parts print."""
    return (part.code for part in in_parts(parts) if isinstance(part, Printing))
