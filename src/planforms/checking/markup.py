"""The tags of templates, checked without any data: macros are written out where they are called."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html.entities import html5
from itertools import islice

from jinja2 import nodes

from planforms.checking.blame import Call, Macro, Trouble
from planforms.checking.braces import MAX_FINDINGS
from planforms.checking.findings import Finding
from planforms.checking.parsing import Parsed
from planforms.checking.sources import SourceFile
from planforms.errors import TemplateError, did_you_mean
from planforms.reader import Parser
from planforms.templating.marks import mark

MAX_CALLS = 2_000
"""How often the macros of one document are written out."""
MAX_NESTED = 30
"""How deep macros are written out inside one another."""
NEEDED_ENTITIES = frozenset({"amp", "gt", "lt", "nbsp", "quot", "shy"})
"""Characters that cannot be written, or not be seen, as themselves."""

_CODE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#(?:(?!\{#|#\}).)*#\}", re.DOTALL)
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/])(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*>?")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z-]+(?:=\"[^\"]*\"|='[^']*')?)*\s*/?>")
_OPEN_COMMENT = re.compile(r"<!--(?!.*?-->)", re.DOTALL)
_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*)(;?)")
_FIRST_WORDS = re.compile(r"[^\n\ue000]*")


def words_only(content: str) -> str:
    """A template without its code: each letter of that is an underscore, line ends stay."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", "_", code[0]), content)


def tag_spans(content: str) -> list[tuple[int, int]]:
    """Where the tags of a template begin and end; what is printed there is no field."""
    return [match.span() for match in _TAG_LIKE.finditer(words_only(content))]


def check_letters(file: SourceFile) -> Iterator[Finding]:
    """Tags that are not complete, and names of characters that are unknown or not needed."""
    return islice(_check_letters(file), MAX_FINDINGS)


def _check_letters(file: SourceFile) -> Iterator[Finding]:
    words = words_only(file.content)
    for match in _TAG_LIKE.finditer(words):
        if not _TAG.fullmatch(match[0]):
            yield _broken_tag(file, match)
    for match in _OPEN_COMMENT.finditer(words):
        hint = "write a note as {# … #}"
        yield file.finding("template.tag", match.start(), match[0], "<!-- is never closed", hint)
    for match in _ENTITY.finditer(words):
        yield from _entity(file, match)


def _broken_tag(file: SourceFile, match: re.Match[str]) -> Finding:
    for offset, letter in enumerate(match[0], match.start()):
        if unicodedata.category(letter) in ("Pi", "Pf", "Ps") and not letter.isascii():
            what = f"{unicodedata.name(letter).lower()} inside of a tag"
            return file.finding("check.letters", offset, letter, what, 'write "')
    what, hint = "the tag is not complete", 'a tag looks like <p>, </p> or <aside class="note">'
    text = file.content[match.start() : match.end()].split("\n")[0]
    return file.finding("template.tag", match.start(), text, what, hint)


def _entity(file: SourceFile, match: re.Match[str]) -> Iterator[Finding]:
    name, end = match.groups()
    letter = html.unescape(f"&{name};")
    if not end:
        if name in html5:
            hint = "write &amp; for the sign &"
            yield file.finding("check.entity", match.start(), match[0], "; is missing", hint)
    elif letter == match[0]:
        otherwise = "write the letter itself"
        hint = did_you_mean(name, NEEDED_ENTITIES, form="&{};", otherwise=otherwise)
        what = f"{match[0]} is no character"
        yield file.finding("check.entity", match.start(), match[0], what, hint)
    elif name not in NEEDED_ENTITIES:
        hint = f"write {letter}" if letter.isprintable() else "write the letter itself"
        what = f"{match[0]} is harder to read than the letter"
        yield file.finding("check.entity", match.start(), match[0], what, hint).as_warning()


class Markup(Parser):
    """The tags of one template.

    Attributes:
        troubles: what is wrong with them.
        calls: the macros that were called, and where.
    """

    def __init__(self, parsed: Parsed, library: Mapping[str, Parsed]) -> None:
        super().__init__(parsed.file.language)
        self.calls: dict[Macro, set[Call]] = {}
        self._library = library
        self._macros = [_known_macros(parsed, library)]
        self._files = [parsed.file]
        self._cursor = 0
        self._count = 0
        self._outer: list[tuple[nodes.Call, Parsed, nodes.Macro, int]] = []
        self._told: dict[Finding, list[Trouble]] = {}

    @property
    def troubles(self) -> list[Trouble]:
        """Everything that is wrong, each told as often as it was met."""
        return [
            trouble
            for problem in dict.fromkeys(self.problems)
            if isinstance(problem, Finding)
            for trouble in self._told[problem]
        ]

    def check(self, body: list[nodes.Node]) -> None:
        """Walk through a template's or a macro's nodes."""
        try:
            self._walk(body)
            self.close()
            self.finish()
        except TemplateError:
            return  # nested too deeply; that is among the problems

    # --- walking ---

    def _walk(self, body: list[nodes.Node]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for printed in node.nodes:
                        self._print(printed)
                case nodes.If():
                    for branch in (node, *node.elif_):
                        self._block(branch.body)
                    self._block(node.else_)
                case nodes.For():
                    self._block(node.body)
                    self._block(node.else_)
                case nodes.With():
                    self._block(node.body)

    def _block(self, body: list[nodes.Node]) -> None:
        """Walk through a block: what it opens it must close, and nothing else."""
        depth, floor = len(self._open), self.floor
        self.floor = depth
        self._walk(body)
        self.close_down_to(depth)
        self.floor = floor

    def _print(self, node: nodes.Node) -> None:
        if not isinstance(node, nodes.TemplateData):
            self._cursor = _first_letter(node)
        if isinstance(node, nodes.Call):
            self._call(node)
        elif isinstance(node, nodes.TemplateData):
            self._cursor = node.lineno - 1
            self.feed(node.data)
        else:
            self.feed(str(mark(0)))

    def _call(self, node: nodes.Call) -> None:
        known = self._macros[-1].get(node.node.name) if isinstance(node.node, nodes.Name) else None
        self._count += 1
        if known is None or self._count > MAX_CALLS or len(self._outer) > MAX_NESTED:
            return
        parsed, macro = known
        place = self._files[-1].path, node.lineno
        self.calls.setdefault(_key(parsed, macro), set()).add((str(place[0]), place[1]))
        cursor = self._cursor
        self._outer.append((node, parsed, macro, len(self._open)))
        self._files.append(parsed.file)
        self._macros.append(_known_macros(parsed, self._library))
        self._block(macro.body)
        self._macros.pop()
        self._files.pop()
        self._outer.pop()
        self._cursor = cursor

    # --- telling ---

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and go on behind its end tag."""
        start = _small(self._file).find(f"</{tag}", self._cursor)
        self._cursor = max(start, self._cursor)
        super().handle_endtag(tag)
        self._cursor = max(start + 1, self._cursor)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and go on behind its start tag."""
        at = dict(attrs).get("data-at") or ""
        if at:
            self._cursor = self._file.offset_of(*map(int, at.split(":")[1:]))
        super().handle_starttag(tag, attrs)

    @property
    def _file(self) -> SourceFile:
        return self._files[-1]

    def _problem(
        self, code: str, place: str, message: str, hint: str = "", letters: str = ""
    ) -> None:
        file, offset, text = self._locate(place, letters)
        finding = file.finding(f"template.{code}", offset, text, message, hint or "take it out")
        self.problems.append(finding)
        self._told.setdefault(finding, []).append(self._trouble(code, finding))

    def _locate(self, place: str, letters: str) -> tuple[SourceFile, int, str]:
        """The file, place and letters that a problem is about."""
        file, offset = self._file, self._cursor
        if place:
            name, *place_in_it = place.partition("/")[2].split(":")
            file = self._library[name].file
            offset = file.offset_of(*map(int, place_in_it))
        words = _FIRST_WORDS.match(letters)
        wanted = words[0].strip() if words else ""
        found = _small(file).find(wanted.lower(), offset) if wanted else -1
        if found >= 0:
            return file, found, file.content[found : found + len(wanted)]
        tag = _TAG_LIKE.match(words_only(file.content), offset)
        code = _CODE.match(file.content, max(file.content.rfind("{{", 0, offset + 2), 0))
        if tag or not code:
            return file, offset, file.content[offset : tag.end() if tag else offset]
        return file, code.start(), code[0]

    def _trouble(self, code: str, finding: Finding) -> Trouble:
        """The finding, with the call that may be to blame for it."""
        if code not in ("nesting", "text") or not self._outer:
            return Trouble(finding)
        outer = [call for call in self._outer if call[3] == len(self._open)]
        if not outer:
            return Trouble(finding)
        call, parsed, macro, _ = outer[0]
        file = self._files[self._outer.index(outer[0])]
        offset = _first_letter(call)
        inside = f"inside <{self._open[-1].tag}>" if self._open[-1].tag else "on its own"
        what = f"{macro.name} cannot stand {inside}"
        hint = "see where another language calls it"
        at_call = file.finding(finding.code, offset, macro.name, what, hint)
        place = str(file.path), call.lineno
        return Trouble(finding, _key(parsed, macro), place, at_call)


@lru_cache(maxsize=64)
def _small(file: SourceFile) -> str:
    """A file's text in small letters."""
    return file.content.lower()


def _first_letter(node: nodes.Node) -> int:
    """Where an expression begins: its first name."""
    inner = [name.lineno - 1 for name in node.find_all(nodes.Name)]
    return min([node.lineno - 1, *inner]) if node.lineno else min(inner, default=0)


def _key(parsed: Parsed, macro: nodes.Macro) -> Macro:
    return str(parsed.file.path), macro.name


def _known_macros(
    parsed: Parsed, library: Mapping[str, Parsed]
) -> dict[str, tuple[Parsed, nodes.Macro]]:
    """The macros that a template defines or imports, by the name it calls them."""
    known = {name: (parsed, macro) for name, macro in parsed.macros().items()}
    for node in parsed.tree.body if parsed.tree else []:
        if isinstance(node, nodes.FromImport) and isinstance(node.template, nodes.Const):
            source = library.get(str(node.template.value))
            for name in node.names if source else ():
                theirs, ours = (name, name) if isinstance(name, str) else name
                macro = source.macros().get(theirs) if source else None
                if source and macro:
                    known[ours] = (source, macro)
    return known
