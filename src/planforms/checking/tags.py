"""The tags of templates, checked without any data: macros are written out where they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planforms.checking.attribution import Call, Found, Macro, Suspicion
from planforms.checking.blocks import BLOCKS, BRANCHES
from planforms.checking.findings import Finding
from planforms.checking.macros import CALL, Body, body_of, called_by, element_of
from planforms.checking.parsing import Parsed
from planforms.checking.pieces import Piece, PieceKind
from planforms.checking.sources import SourceFile
from planforms.errors import TemplateError
from planforms.markup.subset import Element, Fault, Machine
from planforms.templating.marks import mark

MAX_CALLS = 2_000
"""How often the macros of one document are written out."""
MAX_NESTED = 30
"""How deep macros are written out inside one another."""

_FIELD = str(mark(0))
"""Stands for whatever an expression prints."""


@dataclass(frozen=True, slots=True)
class _Expansion:
    """A macro that is written out: its body, where it is called, and the element around that."""

    body: Body
    caller: SourceFile
    call: Piece
    holder: Element


@dataclass
class Tags:
    """The tags of a document's template and of the macros it calls.

    Attributes:
        library: the templates that it can import, by file name.
    """

    library: Mapping[str, Parsed]
    _calls: dict[Macro, frozenset[Call]] = field(default_factory=dict)
    _suspicions: dict[Fault, Suspicion] = field(default_factory=dict)
    _places: dict[int, tuple[SourceFile, Piece]] = field(default_factory=dict)
    _expansions: list[_Expansion] = field(default_factory=list)
    _count: int = 0

    def check(self, parsed: Parsed, macro: str = "") -> Found:
        """What is wrong with the tags of a template, or of one of its macros."""
        self._machine = Machine(Element("", {}, ""), self._note)
        try:
            self._walk(body_of(parsed, macro))
            self._machine.finish()
        except TemplateError:
            pass  # nested too deeply; that is among the faults
        suspicions = tuple(self._suspicions[fault] for fault in self._machine.faults)
        return Found(suspicions, self._calls)

    def _walk(self, body: Body) -> None:
        """Drive the machine; each block of code has one of its own, and so has each branch."""
        outer: list[Machine] = []
        end = 0
        for piece in body.pieces:
            if piece.offset < end:
                continue  # words of an attribute, after their tag
            self._at = body.file, piece
            keyword = piece.keyword
            if keyword in BRANCHES or keyword in BLOCKS.values():
                self._machine.finish()
                self._machine = outer.pop()
            if keyword in BRANCHES or keyword in BLOCKS:
                outer.append(self._machine)
                self._machine = self._machine.block()
            elif piece.kind is PieceKind.FIELD:
                self._print(body, piece)
            else:
                self._take(piece)
            end = piece.end

    def _take(self, piece: Piece) -> None:
        match piece.kind:
            case PieceKind.TAG:
                element = element_of(piece)
                self._places[id(element)] = self._at
                self._machine.open(element)
            case PieceKind.END_TAG:
                self._machine.close(piece.tag)
            case PieceKind.TEXT:
                self._machine.text(piece.raw)
            case PieceKind.FOREIGN:
                self._machine.refuse("<!--" if piece.raw.startswith("<!--") else piece.raw[:2])

    def _print(self, body: Body, piece: Piece) -> None:
        """Take a field as text; write a macro out that is called."""
        match = CALL.match(piece.value)
        if match is None:
            self._machine.text(_FIELD)
            return
        called = called_by(body.parsed, self.library, match[1])
        self._count += 1
        if called is None or self._count > MAX_CALLS or len(self._expansions) > MAX_NESTED:
            return
        call = str(body.file.path), piece.offset
        self._calls[called.key] = self._calls.get(called.key, frozenset()) | {call}
        outer = self._machine
        self._expansions.append(_Expansion(called, body.file, piece, outer.holder))
        self._machine = outer.block()
        self._walk(called)
        self._machine.finish()
        self._machine = outer
        self._expansions.pop()

    # --- telling ---

    def _note(self, fault: Fault) -> None:
        finding = self._finding(fault)
        outer = (one for one in self._expansions if one.holder is fault.holder and fault.follows)
        expansion = next(outer, None)
        self._suspicions[fault] = _blaming(expansion, finding) if expansion else Suspicion(finding)

    def _finding(self, fault: Fault) -> Finding:
        file, piece = self._places.get(id(fault.element), self._at)
        text = piece.raw.split("\n")[0].rstrip()
        start = piece.raw.lower().find(fault.letters.lower()) if fault.letters else -1
        if start >= 0 and piece.kind is not PieceKind.TEXT:
            text = piece.raw[start : start + len(fault.letters)]
        offset = piece.offset + max(start, 0)
        hint = fault.hint or "take it out"
        return file.finding(f"template.{fault.code}", offset, text, fault.message, hint)


def _blaming(expansion: _Expansion, finding: Finding) -> Suspicion:
    """The finding, with the call that may be to blame for it."""
    called, call, file = expansion.body, expansion.call, expansion.caller
    inside = f"inside <{expansion.holder.tag}>" if expansion.holder.tag else "on its own"
    what = f"{called.macro} cannot stand {inside}"
    hint = "see where another language calls it"
    offset = call.offset + max(call.raw.find(called.macro), 0)
    at_call = file.finding(finding.code, offset, called.macro, what, hint)
    return Suspicion(finding, called.key, (str(file.path), call.offset), at_call)
