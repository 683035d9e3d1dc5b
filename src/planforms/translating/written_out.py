"""A template with its macros written out where they are called, as a tree.

It is read as it is written, by the machine that checks templates; nothing is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planforms.checking.blocks import BLOCKS, BRANCHES
from planforms.checking.macros import CALL, Body, body_of, called_by, element_of
from planforms.checking.parsing import Parsed, parse
from planforms.checking.pieces import Piece, PieceKind
from planforms.checking.sources import Sources
from planforms.checking.tags import MAX_NESTED
from planforms.errors import TemplateError
from planforms.markup.subset import Child, Element, Machine
from planforms.templating.marks import mark
from planforms.word_templates.tree import Branch, Governed, Node, Printing, Said, Tagged

_SPACE = re.compile(r"[ \t\n\r\f]+")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_NAME = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.|])(?P<name>[A-Za-z_]\w*)")
_BRACKETS = {"(": 1, ")": -1}


def written_out(sources: Sources, language: str, kind: str) -> tuple[Node, ...]:
    """What a kind's template says, its macros written out.

    Args:
        sources: the templates.
        language: code of the language.
        kind: the kind of document.

    Raises:
        TemplateError: the template has a mistake that ``planforms check`` tells of.
    """
    library = {
        file.path.name: parse(file) for file in sources.templates() if file.language == language
    }
    parsed = library[f"{kind}.html"]
    writing = _Writing(library)
    writing.write(body_of(parsed, ""), {})
    wrong = [*parsed.findings, *(fault.problem() for fault in writing.machine.faults)]
    root = writing.machine.finish()
    if wrong or writing.machine.faults:
        hint = f"planforms check {kind} tells what"
        place = f"{language}/{kind}.html"
        raise TemplateError.of("template.mistakes", place, "the template has mistakes", hint)
    return tuple(_Nesting(writing.codes).parts(root))


# --- writing out ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Writing:
    """Drives the machine with a template's pieces and those of the macros it calls.

    Attributes:
        library: the templates that can be imported, by file name.
        codes: the fields and statements, by the numbers of their marks in the tree.
        machine: holds the tree.
    """

    library: Mapping[str, Parsed]
    codes: list[Piece] = field(default_factory=list)
    machine: Machine = field(default_factory=lambda: Machine(Element("", {}, "")))
    _depth: int = 0

    def write(self, body: Body, names: Mapping[str, str]) -> None:
        """Take the pieces of a body, in which names stand for what a call gives."""
        outer: list[Machine] = []
        content, end = body.file.content, body.pieces[0].offset if body.pieces else 0
        for piece in body.pieces:
            if piece.offset < end:
                continue  # words of an attribute, after their tag
            if not piece.raw.startswith(("{{-", "{%-")):
                self._write_space(content[end : piece.offset])
            if piece.keyword in BRANCHES or piece.keyword in BLOCKS.values():
                self.machine.finish()
                self.machine = outer.pop()
            self._take(body, piece, names)
            if piece.keyword in BRANCHES or piece.keyword in BLOCKS:
                outer.append(self.machine)
                self.machine = self.machine.block()
            end = piece.end
            if piece.raw.endswith(("-}}", "-%}")):
                end += len(content[end:]) - len(content[end:].lstrip())

    def _take(self, body: Body, piece: Piece, names: Mapping[str, str]) -> None:
        match piece.kind:
            case PieceKind.TAG:
                self.machine.open(element_of(piece))
            case PieceKind.END_TAG:
                self.machine.close(piece.tag)
            case PieceKind.TEXT:
                self.machine.text(_SPACE.sub(" ", piece.raw))
            case PieceKind.FIELD:
                self._print(body, piece, names)
            case PieceKind.STATEMENT if piece.keyword != "from":
                self.machine.holder.children.append(self._number(piece, names))

    def _write_space(self, between: str) -> None:
        """Take the white space between two pieces, where notes and macros may stand."""
        space = _COMMENT.sub("", between)
        if space:
            self.machine.text(" " if space.strip() else _SPACE.sub(" ", space))

    def _print(self, body: Body, piece: Piece, names: Mapping[str, str]) -> None:
        match = CALL.match(piece.value)
        called = called_by(body.parsed, self.library, match[1]) if match else None
        if called is None:
            self.machine.text(str(mark(self._number(piece, names))))
            return
        given = [_renamed(value, names) for value in _arguments(piece.value)]
        taken = [one.name for one in called.parsed.macros()[called.macro].args]
        if not piece.value.endswith(")") or len(given) != len(taken) or self._depth > MAX_NESTED:
            place = body.file.place(piece.offset)
            message = "this call of a macro cannot be written out"
            hint = "give each of its values, one by one, and nothing after the brackets"
            raise TemplateError.of("template.call", place, message, hint)
        outer = self.machine
        self.machine, self._depth = outer.block(), self._depth + 1
        self.write(called, dict(zip(taken, given, strict=True)))
        self.machine.finish()
        self.machine, self._depth = outer, self._depth - 1

    def _number(self, piece: Piece, names: Mapping[str, str]) -> int:
        """The number of the mark that stands for a piece of code in the tree."""
        value = _renamed(piece.value, names)
        self.codes.append(Piece(piece.kind, value, piece.offset, piece.raw))
        return len(self.codes) - 1


def _arguments(call: str) -> list[str]:
    """What a call gives, one by one."""
    found, depth, quote = [""], 0, ""
    for letter in call[call.index("(") + 1 : -1]:
        if letter in "\"'" and quote in ("", letter):
            quote = "" if quote else letter
        depth += _BRACKETS.get(letter, 0) if not quote else 0
        if letter == "," and not (depth or quote):
            found.append("")
        else:
            found[-1] += letter
    return [value.strip() for value in found if value.strip()]


def _renamed(code: str, names: Mapping[str, str]) -> str:
    """Code in which the names of a macro's values are those of the call."""
    return _NAME.sub(lambda found: names.get(found["name"] or "", found[0]), code)


# --- the tree -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Nesting:
    """Puts what statements govern inside of them.

    Attributes:
        codes: the fields and statements by number.
    """

    codes: list[Piece]

    def parts(self, element: Element) -> Iterator[Node]:
        """The parts inside an element."""
        yield from self._until_end(iter(element.children))[0]

    def _until_end(self, children: Iterator[Child]) -> tuple[tuple[Node, ...], str]:
        """The parts up to the next branch or end of a block, and that statement."""
        parts: list[Node] = []
        for child in children:
            if isinstance(child, Element):
                parts.append(Tagged(child.tag, child.attributes, tuple(self.parts(child))))
            elif isinstance(child, str):
                parts.append(Said(child))
            elif self.codes[child].kind is PieceKind.FIELD:
                parts.append(Printing(self.codes[child].value))
            elif self.codes[child].keyword in BLOCKS:
                parts.append(self._governed(self.codes[child].value, children))
            else:
                return tuple(parts), self.codes[child].value
        return tuple(parts), ""

    def _governed(self, statement: str, children: Iterator[Child]) -> Governed:
        branches = []
        while not statement.startswith("end"):
            parts, following = self._until_end(children)
            branches.append(Branch(statement, parts))
            statement = following
        return Governed(tuple(branches), statement)
