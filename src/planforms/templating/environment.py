"""The hardened Jinja environment.

A template can print fields, branch, loop over lists of the data and call macros. Nothing else:
every construct outside a short list is refused before it is compiled, whatever runs is counted
beforehand, and only known attributes of known objects are reachable. The bounds stand in
:mod:`planforms.templating.limits`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, nodes, pass_context
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from planforms.errors import TemplateError
from planforms.files import read_text, reason_of
from planforms.models.letters import runs_left
from planforms.rules.facts import Fact
from planforms.templating.filters import FILTERS
from planforms.templating.grammar import LOOPING, PAYING, charged, excess, line_of, refusals
from planforms.templating.limits import MAX_DIGITS, MAX_TEMPLATE_LETTERS
from planforms.templating.marks import RESERVED
from planforms.templating.values import Value, key_refusal, loop_refusal, unknown_field

RENDERING = "the rendering"
"""Where a template's context holds the rendering; no template can write such a name."""
LOOP = ("index", "first", "last", "length")
"""What a template can ask of a loop."""
FACT = ("rule", "date", "words", "source")
"""What a template can ask of a fact."""
_PLAIN_NUMBER = re.compile(rf"[0-9]{{1,{MAX_DIGITS}}}")
_START_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")


class LineStarts:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> str:
        """Line and column of a letter, both from 1, such as ``12:5``."""
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja reduced to what a document's template needs.

    Where Jinja counts lines it counts letters here, from 1, so that everything has an exact place.
    Each start tag of the template's own text says in ``data-at`` where it stands.
    """

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_counted,
            optimized=False,  # templates hold no constants that could be worked out beforehand
        )
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        self.filters.update({**FILTERS, LOOPING: each, PAYING: _pay})

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MAX_TEMPLATE_LETTERS:
            raise TemplateSyntaxError("the template is too long", 1, name, filename)
        tree = super()._parse(source, name, filename)
        if found := excess(tree) or next(refusals(tree), None):
            node, reason = found
            raise TemplateSyntaxError(reason, line_of(node), name, filename)
        return tree

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        with charged(source):
            return super()._generate(source, name, filename, defer_init)

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, ValueError, OverflowError, MemoryError) as error:
            what = "cannot be compiled: a name stands twice, or something is nested too deeply"
            raise TemplateSyntaxError(what, 1, None, filename) from error

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        raw = self._tokens(source, name, filename, state)
        return TokenStream(self.lexer.wrap(raw, name, filename), name, filename)

    def _tokens(
        self, source: str, name: str | None, filename: str | None, state: str | None
    ) -> Iterator[tuple[int, str, str]]:
        offset, lines = 0, LineStarts(source)
        try:
            for _, kind, value in self.lexer.tokeniter(source, name, filename, state):
                offset = max(source.find(value, offset), offset)
                refuse = self.refused_words if kind == "data" else partial(_refused_number, kind)
                if text := refuse(value):
                    raise TemplateSyntaxError(text, offset + 1, name, filename)
                placed = _placed(value, offset, lines, name) if kind == "data" else value
                yield offset + 1, kind, placed
                offset += len(value)
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "", offset + 1, name, filename) from None

    def refused_words(self, words: str) -> str:
        """Why words of a template are refused before it is parsed; empty if they are not."""
        if "data-at" in words or RESERVED.search(words):
            return "the attribute data-at and the letters of marks are planforms' own"
        if runs_left(words):
            return "letters that run from right to left, which planforms cannot set yet"
        return ""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """One field of a value, profile or fact; anything else is refused."""
        if isinstance(obj, Value):
            return obj.child(attribute)
        if isinstance(obj, BaseModel) and attribute in type(obj).model_fields:
            return getattr(obj, attribute)
        if isinstance(obj, Fact) and attribute in FACT:
            return getattr(obj, attribute)
        if isinstance(obj, Facts):
            return obj.find(attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if obj is None:
            message, hint = f"there is nothing to take {attribute} of", "ask first: {% if … %}"
            raise TemplateError.of("template.absent", "", message, hint)
        raise unknown_field(_describe(obj), attribute, _fields_of(obj))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Refused: templates name fields, they do not index."""
        raise TemplateError.of("template.index", "", "square brackets are not for templates")

    def call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro; nothing else can be called."""
        if not isinstance(called, Macro):
            raise TemplateError.of("template.call", "", "only macros can be called")
        return super().call(context, called, *args, **kwargs)


@pass_context
def _pay(context: Context, _: None, steps: int, letters: int) -> None:
    """Count what a body holds, before it runs."""
    context.parent[RENDERING].count(steps, letters)


@pass_context
def _counted(context: Context, value: Any) -> Any:
    """What an expression puts into the HTML, counted."""
    made = printed(value)
    if isinstance(made, str):
        context.parent[RENDERING].count(letters=len(made))
    return made


@dataclass(frozen=True, slots=True)
class Key:
    """Something that templates ask for by its key and cannot print, such as the state.

    Attributes:
        name: how a template names it.
        value: the key.
        members: the keys that it can be.
    """

    name: str
    value: str
    members: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        """Compare with a key in quotes."""
        return self.value == (other.value if isinstance(other, Key) else other)

    def __hash__(self) -> int:
        return hash((self.name, self.value))


class Facts:
    """The facts of one document by rule; an unknown rule is an error, an absent fact is not.

    Attributes:
        facts: what the rules say.
        known: the rules that the document's kind, its service and its language know.
        elsewhere: tells those that other services know, when somebody asks for one of them.
    """

    def __init__(
        self,
        facts: tuple[Fact, ...],
        known: tuple[str, ...],
        elsewhere: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self._facts = {fact.rule: fact for fact in reversed(facts)}  # the first of a rule
        self._known = known
        self._elsewhere = elsewhere

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that can be asked for."""
        return self._known

    def find(self, rule: str) -> Fact | None:
        """The fact of a rule, or ``None`` if the service has no such rule."""
        if rule not in self._known and rule not in self._elsewhere():
            raise unknown_field("facts", rule, list(self._known))
        return self._facts.get(rule)


class _Loader(BaseLoader):
    """Reads templates from folders, as files that others may have put there."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The words of a template, its file, and whether they are still what stands there."""
        for folder in self._folders:
            path = folder / template
            try:
                modified = _modified(path)
                words = read_text(path) if modified else ""
            except OSError as error:
                place = f"{folder.name}/{template}"
                message = f"cannot be read: {reason_of(error)}"
                raise TemplateError.of("template.unreadable", place, message) from None
            if modified:
                return words, str(path), partial(_is_as_it_was, path, modified)
        raise TemplateNotFound(template)


def _is_as_it_was(path: Path, modified: int) -> bool:
    return _modified(path) == modified


def _modified(path: Path) -> int | None:
    """When a file was last written; ``None`` if there is none."""
    return path.stat().st_mtime_ns if path.is_file() else None


@lru_cache(maxsize=32)
def environment(folders: tuple[Path, ...]) -> TemplateEnvironment:
    """The environment for a language's folders, one's own first; made once and kept."""
    return TemplateEnvironment(_Loader(folders))


def _refused_number(kind: str, value: str) -> str:
    """Why a number of a template is refused before it is parsed; empty if it is not."""
    if kind == "float" or (kind == "integer" and not _PLAIN_NUMBER.fullmatch(value)):
        return f"a number in a template has at most {MAX_DIGITS} digits, and nothing else"
    return ""


def _placed(words: str, offset: int, lines: LineStarts, name: str | None) -> str:
    """Words of a template, whose start tags say where they stand."""

    def placed(tag: re.Match[str]) -> str:
        return f'{tag[0]} data-at="{name}:{lines.place(offset + tag.start())}"'

    return _START_TAG.sub(placed, words)


def printed(value: Any) -> Any:
    """What an expression puts into the HTML.

    Raises:
        TemplateError: a reader would see nothing, or what is not for readers.
    """
    match value:
        case Value():
            value.refuse_printing()
            return value.rendering.mark(value.nodes())
        case Markup():
            return value
        case str():
            if RESERVED.search(value):
                message = "holds letters that no text may hold"
                raise TemplateError.of("template.letters", "", message)
            return value
        case int() if not isinstance(value, bool):
            return value
        case StrictUndefined():
            return str(value)  # raises
        case Key():
            raise key_refusal(value.name)
        case Fact():
            hint = f"write facts.{value.rule}.words"
            raise TemplateError.of("template.nothing", "", "a fact is printed by its words", hint)
        case Macro():
            hint = f"write {{{{ {value.name}(…) }}}}"
            raise TemplateError.of("template.call", "", f"{value.name} is a macro", hint)
    message, hint = "prints nothing that a reader could see", "it can be asked for with {% if … %}"
    raise TemplateError.of("template.nothing", "", message, hint)


def each(value: Any) -> Value:
    """What a loop runs over: a list of the data."""
    if isinstance(value, Value):
        return value
    raise loop_refusal("this")


def _describe(obj: Any) -> str:
    return type(obj).__name__.lower()


def _fields_of(obj: Any) -> list[str]:
    return list(type(obj).model_fields) if isinstance(obj, BaseModel) else []
