"""Templates as trees, as rendering reads them, and every mistake in their syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import DictLoader, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.parser import Parser

from planforms.checking.blocks import Blocks
from planforms.checking.braces import MAX_FINDINGS, Braces
from planforms.checking.findings import Finding
from planforms.checking.sources import UNREADABLE, SourceFile
from planforms.templating.environment import TemplateEnvironment
from planforms.templating.grammar import WORDS_IN_BRACES, excess, line_of, refusals
from planforms.templating.limits import MAX_TEMPLATE_LETTERS

LONGEST_PATH = 200
"""So many letters before a place are looked at for the path that it ends."""
_STRUCTURE = re.compile(r"unknown tag|Unexpected end of template")
_TAG = re.compile(r"<[^<>]*>")
_PATH_BEFORE = re.compile(r"[\w.]+\Z")
_WORD = re.compile(r"\w+|==|!=|[^\w\s]")

_HINTS: tuple[tuple[str, str], ...] = (
    (r"got '='", "write == to compare"),
    (r"end of statement block', got 'if'", "write {% elif … %}"),
    (r"expected token 'in'", "write {% for name in list %}"),
    (r"expected token '(?:name|string)'", "a name is missing here"),
    (r"Expected an expression", "something is missing here: a field, or a value to compare with"),
    (r"got '(?:string|integer|name)'|got '\w+'", "is a point, a | or a comma missing before it?"),
    (r"unexpected char '&'", "write and"),
    (r"unexpected char [\"']{1,3}['\"]", "a quotation mark is missing"),
    (r"'[)\]}]'", "round brackets come in pairs; others have no place here"),
    (r"data-at", "take it out"),
)
SAME_PLACE = "compare with the same place in another language"
"""What to do if nobody can say what is meant."""
_REFUSED = "a template prints fields, asks with if and repeats with for; the rest is for rules"


@dataclass(frozen=True, slots=True)
class Parsed:
    """One template as a tree.

    Attributes:
        file: the file it stands in.
        tree: its nodes, with letters for lines; ``None`` if it cannot be read.
        findings: what is wrong with its syntax.
    """

    file: SourceFile
    tree: nodes.Template | None
    findings: tuple[Finding, ...]

    def macros(self) -> dict[str, nodes.Macro]:
        """The macros that it defines, by name."""
        body = self.tree.body if self.tree else []
        return {node.name: node for node in body if isinstance(node, nodes.Macro)}

    def imports(self) -> Iterator[tuple[str, str, str]]:
        """What it imports: the file, and a macro's name there and here."""
        for node in self.tree.body if self.tree else ():
            if isinstance(node, nodes.FromImport):
                yield from ((imported_file(node), *names) for names in imported_names(node))

    def code_at(self, offset: int) -> tuple[int, str]:
        """The tag, or the code up to its closing braces, at a place; where it begins, and it."""
        match = _TAG.match(self.file.content, offset)
        if match:
            return offset, match[0]
        before = _PATH_BEFORE.search(self.file.content, max(offset - LONGEST_PATH, 0), offset)
        offset = before.start() if before else offset
        return offset, _code_at(self.file.content, offset)


def imported_file(node: nodes.FromImport) -> str:
    """The name of the file that an import is from."""
    return str(node.template.value) if isinstance(node.template, nodes.Const) else ""


def imported_names(node: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """The names of an import, as they are there and as they are called here."""
    for name in node.names:
        yield (name, name) if isinstance(name, str) else name


@lru_cache(maxsize=1024)
def parse(file: SourceFile) -> Parsed:
    """The tree of a template, and every mistake in its syntax."""
    unreadable = UNREADABLE.search(file.content)
    if unreadable:
        what, hint = "letters that are not UTF-8", "save the file as UTF-8"
        place = unreadable.start()
        finding = file.finding("template.encoding", place, unreadable[0], what, hint)
        return Parsed(file, None, (finding,))
    if len(file.content) > MAX_TEMPLATE_LETTERS:
        hint = f"at most {MAX_TEMPLATE_LETTERS} letters"
        finding = file.finding("template.size", 0, "", "the template is too long", hint)
        return Parsed(file, None, (finding,))
    return _Parsing(file).parse()


class _Parsing:
    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.braces = Braces(file)
        self.findings = [*self.braces.findings, *Blocks(file, self.braces).findings]
        self.environment = TemplateEnvironment(DictLoader({}))

    def parse(self) -> Parsed:
        if any(finding.code == "template.depth" for finding in self.findings):
            return Parsed(self.file, None, tuple(self.findings))
        try:
            tree = self._tree()
            too_much = excess(tree) if tree else None
        except RecursionError:
            too_much = nodes.Template([]), "brackets or names stand too deep inside one another"
        if too_much:
            node, what = too_much
            finding = self.file.finding("template.depth", line_of(node) - 1, "", what, SAME_PLACE)
            return Parsed(self.file, None, (*self.findings, finding))
        for node, reason in refusals(tree) if tree else ():
            self._refuse(node, reason)
        return Parsed(self.file, tree, tuple(self.findings[: 2 * MAX_FINDINGS]))

    def _tree(self) -> nodes.Template | None:
        """The tree; wherever something cannot be read, it is told and left out."""
        while len(self.findings) < MAX_FINDINGS:
            try:
                return Parser(self.environment, self.braces.mended, self.file.path.name).parse()
            except TemplateSyntaxError as error:
                if not self._pass_over(error.message or "", error.lineno - 1):
                    return None
        return None

    def _pass_over(self, message: str, offset: int) -> bool:
        """Tell an error and blank out where it is; whether it can be gone on from there."""
        structure = _STRUCTURE.search(message)
        if not (structure and self.findings):
            self._report(message, offset)
        chunks = [c for c in self.braces.chunks if c.offset <= offset <= c.end]
        if structure or not chunks:
            return False
        chunk = chunks[0]
        plain = _neutral(chunk.keyword)
        blank = not self.braces.mended[chunk.offset : chunk.end].strip()
        if blank or len(plain) > len(chunk.text) or (chunk.keyword and not plain):
            return False
        self.braces.replace(chunk.offset, chunk.end, plain)
        return True

    def _report(self, message: str, offset: int) -> None:
        content = self.file.content
        word = _WORD.search(content, offset)
        text = word[0] if word and word.start() - offset < 3 else ""
        offset = word.start() if word and text else offset
        hints = (hint for pattern, hint in _HINTS if re.search(pattern, message))
        what = f"cannot be read at {text}" if text else "cannot be read"
        hint = next(hints, SAME_PLACE)
        self.findings.append(self.file.finding("template.syntax", offset, text, what, hint))

    def _refuse(self, node: nodes.Node, reason: str) -> None:
        offset = line_of(node) - 1
        words = reason == WORDS_IN_BRACES
        code = "check.words" if words else "template.syntax"
        hint = "write the words outside of the braces, as a reader is to see them"
        text = _code_at(self.braces.mended, offset)
        finding = self.file.finding(code, offset, text, reason, hint if words else _REFUSED)
        self.findings.append(finding)


def _neutral(keyword: str) -> str:
    """A statement that can stand wherever one with this keyword can; empty if there is none."""
    return {
        "if": "{%if x%}",
        "elif": "{%elif x%}",
        "else": "{%else%}",
        "for": "{%for x in x%}",
        "macro": "{%macro x()%}",
        "with": "{%with%}",
    }.get(keyword, "")


def _code_at(content: str, offset: int) -> str:
    """The code from a place to the end of its braces."""
    ends = [content.find(closer, offset) for closer in ("}}", "%}")]
    return content[offset : min(end for end in (*ends, len(content)) if end >= 0)].rstrip()
