"""Statements of a Word template: each ends where it began, in one paragraph, cell, row or table."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from planforms.errors import Problem
from planforms.word_templates.numbering import Lists
from planforms.word_templates.paragraphs import Level, Paragraph, Tag

_BEGINNINGS, _BRANCHES = ("if", "for"), ("elif", "else")
_ENDS = {"endif": "if", "endfor": "for"}
_KNOWN = (*_BEGINNINGS, *_BRANCHES, *_ENDS)
_LEXER = Environment(autoescape=True).lexer
_APART = {
    (Level.WORDS, Level.WORDS): "stand in different paragraphs",
    (Level.PARAGRAPHS, Level.PARAGRAPHS): "stand in different cells, or one outside of the table",
    (Level.ROWS, Level.ROWS): "stand in different tables",
    (Level.CELLS, Level.CELLS): "stand in different rows",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    Attributes:
        paragraph: where it stands.
        tag: what it says.
        holder: what holds all that it governs: a paragraph, a cell, a table ...
        level: what it governs there.
    """

    paragraph: Paragraph
    tag: Tag
    holder: etree._Element
    level: Level

    @property
    def where(self) -> str:
        """Its place in the file."""
        return self.paragraph.place.partition(": ")[2]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A statement whose end has not come yet.

    Attributes:
        statement: the statement.
        loop: the number of the loop that it begins; ``None`` if nothing hangs on its rounds.
        breaks: how often something stood between items of lists before it.
    """

    statement: Statement
    loop: int | None
    breaks: int


class Statements:
    """The statements of one part that have begun, the innermost last.

    Args:
        problems: where problems are noted.
        lists: the lists of the part, which a loop may end.
    """

    def __init__(self, problems: list[Problem], lists: Lists) -> None:
        self._problems = problems
        self._lists = lists
        self._begun: list[_Begun] = []
        self._count = 0

    @property
    def loops(self) -> tuple[int, ...]:
        """The numbers of the loops around what comes now."""
        return tuple(one.loop for one in self._begun if one.loop is not None)

    def knows(self, statement: Statement) -> bool:
        """Whether it is one that a Word template can have; if not, that is noted."""
        known = statement.tag.keyword in _KNOWN
        if not known:
            hint = "a Word template asks with if and repeats with for"
            message = f"{statement.tag.raw} is not for Word templates"
            self._note("template.syntax", statement, message, hint)
        return known

    def begun_by(self, statement: Statement) -> int | None:
        """Note a statement that begins something.

        Returns:
            the number of the loop that it begins, if that repeats more than words.
        """
        keyword, loop = statement.tag.keyword, None
        if keyword not in _BEGINNINGS:
            return None
        if keyword == "for" and statement.level is not Level.WORDS:
            loop, self._count = self._count, self._count + 1
        self._begun.append(_Begun(statement, loop, self._lists.breaks))
        return loop

    def ended_by(self, statement: Statement) -> int | None:
        """Look for the beginning of what a statement goes on with or ends.

        Returns:
            the number of the loop that it ends.
        """
        keyword = statement.tag.keyword
        if keyword in _BEGINNINGS:
            return None
        begun = self._begun[-1] if self._begun else None
        wanted = _ENDS.get(keyword)
        if begun is None or (wanted and begun.statement.tag.keyword != wanted):
            self._note_unopened(statement, begun)
            return None
        if begun.statement.holder is not statement.holder:
            self._note_apart(statement, begun.statement)
        if not wanted:
            return None
        self._begun.pop()
        if begun.loop is not None and begun.breaks != self._lists.breaks:
            self._lists.interrupt()
        return begun.loop

    def close(self) -> None:
        """Note what has no end, once the part is over."""
        for one in (begun.statement for begun in self._begun):
            hint = f"write {{% end{one.tag.keyword} %}} where it is to end"
            self._note("word.unclosed", one, f"{one.tag.raw} has no end", hint)

    def _note_unopened(self, statement: Statement, begun: _Begun | None) -> None:
        message = f"{statement.tag.raw} ends nothing that has begun"
        if begun:
            other = begun.statement
            message += f"; {other.tag.raw} is still open ({other.where})"
        self._note("word.unopened", statement, message, "each if and for has one end")

    def _note_apart(self, statement: Statement, begun: Statement) -> None:
        where = _APART.get((begun.level, statement.level), "stand in different places")
        message = f"{begun.tag.raw} ({begun.where}) and {statement.tag.raw} {where}"
        hint = (
            "what governs words stands in one paragraph; paragraphs: {%p … %} each alone in its "
            "paragraph, both in one cell or both outside of tables; rows: {%tr … %} in rows of "
            "their own; cells: {%tc … %}"
        )
        self._note("word.apart", statement, message, hint)

    def _note(self, code: str, statement: Statement, message: str, hint: str) -> None:
        self._problems.append(Problem(code, statement.paragraph.place, message, hint))


def fault_of(tag: Tag) -> tuple[str, str] | None:
    """Why a tag is not one for the template engine too, which knows words in quotes; and a hint."""
    try:
        kinds = [kind for _, kind, _ in _LEXER.tokeniter(tag.code, None)]
    except TemplateSyntaxError as error:
        hint = "compare with the tags of another paragraph"
        return f"{tag.raw} cannot be read: {error.message}", hint
    inner = [kind for kind in kinds[1:-1] if kind.endswith(("_begin", "_end"))]
    if not inner and kinds[-1].endswith("_end"):
        return None
    return f"{tag.raw} is not one tag", "type it anew"
