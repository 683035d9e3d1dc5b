"""Leaves out of a template what no data leads to.

Macros are for several kinds, so they ask for what some of these always or never have. Whoever
changes the template of one kind need not read such questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from planforms.checking.expressions import Condition
from planforms.checking.paths import walk_of
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.units import Unit
from planforms.checking.vocabulary import read_profiles, words_of
from planforms.word_templates.tree import Branch, Governed, Node, Printing, Tagged

_ELSE = "else"


def pruned(parts: tuple[Node, ...], sources: Sources, language: str, kind: str) -> tuple[Node, ...]:
    """Parts without conditions that always hold, and without what never comes to be.

    Args:
        parts: a template with its macros written out.
        sources: the templates that it is of.
        language: code of the language.
        kind: the kind of document.
    """
    code = _Code()
    code.write(parts)
    file = SourceFile(language, Path(f"{kind}.html"), "".join(code.pieces))
    words = words_of(language, sources.folders)
    walk = walk_of(Unit(file, ()), words, read_profiles(sources.services))
    conditions = {offset: condition for (_, offset), condition in walk.conditions.items()}
    return tuple(_Pruning(code.branches, conditions).parts(parts))


@dataclass(slots=True)
class _Code:
    """The code of a template without its words.

    Attributes:
        pieces: the code, piece by piece.
        branches: where the statement of each branch stands in it, by the branch's identity.
    """

    pieces: list[str] = field(default_factory=list)
    branches: dict[int, range] = field(default_factory=dict)
    _length: int = 0

    def write(self, parts: Iterable[Node]) -> None:
        """Add the code of some parts."""
        for part in parts:
            match part:
                case Printing(code):
                    self._write(f"{{{{ {code} }}}}")
                case Tagged():
                    self.write(part.parts)
                case Governed(branches, end):
                    for branch in branches:
                        start = self._length
                        self._write(f"{{% {branch.statement} %}}")
                        self.branches[id(branch)] = range(start, self._length)
                        self.write(branch.parts)
                    self._write(f"{{% {end} %}}")

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self._length += len(piece)


@dataclass(frozen=True, slots=True)
class _Pruning:
    """Leaves out what never comes to be.

    Attributes:
        branches: where the statement of each branch stands in the code.
        conditions: what the check knows of each condition and loop, by its place there.
    """

    branches: dict[int, range]
    conditions: dict[int, Condition]

    def parts(self, parts: Iterable[Node]) -> Iterator[Node]:
        """Parts without what never comes to be."""
        for part in parts:
            if isinstance(part, Tagged):
                yield replace(part, parts=tuple(self.parts(part.parts)))
            elif isinstance(part, Governed):
                yield from self._governed(part)
            else:
                yield part

    def _governed(self, part: Governed) -> Iterator[Node]:
        kept: list[Branch] = []
        for branch in part.branches:
            holds, fails = self._sides(branch)
            if holds:
                statement = branch.statement if fails else _ELSE
                kept.append(Branch(statement, tuple(self.parts(branch.parts))))
            if not fails:
                break
        if kept and kept[0].statement == _ELSE:
            yield from kept[0].parts
        elif kept:
            first = kept[0].statement.removeprefix("el")
            yield Governed((replace(kept[0], statement=first), *kept[1:]), part.end)

    def _sides(self, branch: Branch) -> tuple[bool, bool]:
        """Whether data can lead into a branch, and past it."""
        found = (c for at, c in self.conditions.items() if at - 1 in self.branches[id(branch)])
        condition = next(found, None)
        if condition is None:  # else, or nothing that the check knows
            return True, branch.statement != _ELSE
        return bool(condition.sides.get(True)), condition.loop or bool(condition.sides.get(False))
