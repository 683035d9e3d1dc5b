"""The tags of templates: which there are, what stands inside of what, and who sees to it.

The machine is strict: it notes whatever the tables do not know, and repairs nothing. One mistake
is one fault: what follows from a tag that is never closed is not told beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

from planforms.document import BoxKind, ChartKind, Pictogram, SectionKind
from planforms.errors import Problem, TemplateError, did_you_mean
from planforms.models.letters import has_control, has_override
from planforms.templating.marks import MARKS

MAX_DEPTH = 50
"""How deep tags may be nested; no document needs a tenth of it."""
MAX_FAULTS = 50
"""More mistakes than this nobody reads at once; reading ends there."""
_REFERENCE = re.compile(r"&#[0-9]{9}")
"""The beginning of a number that stands for no letter."""
TWELFTHS = 12
"""A line of fields has so many parts."""
MOST_LINES = 30
"""How many lines of handwriting a row can have room for: nearly a page."""
BESIDE, MATRIX, STAFF = "beside", "matrix", "staff"


def _numbers(least: int, most: int) -> tuple[str, ...]:
    return tuple(map(str, range(least, most + 1)))


_ATTRIBUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "aside": {"class": tuple(kind for kind in BoxKind if kind is not BoxKind.ROW)},
    "dl": {"class": ("fields",)},
    "dt": {"width": _numbers(1, TWELFTHS)},
    "img": {"src": ("logo",), "alt": ()},
    "p": {"class": ("choices",), "columns": _numbers(2, 3)},
    "section": {
        "class": (BESIDE, *SectionKind),
        "for": (STAFF,),
        "pictogram": tuple(Pictogram),
    },
    "table": {"class": (MATRIX, *ChartKind), "from": (), "to": ()},
    "th": {"scope": ("col", "row", "rowgroup"), "width": ()},
    "tr": {"lines": _numbers(1, MOST_LINES)},
}
"""What attributes a tag can have, each with what can stand in it; anything if nothing is named."""
_NEEDED = {"aside": ("class",), "section": ("class", "pictogram"), "th": ("scope",)}
"""Attributes without one of which a tag says nothing."""
_MANY = 12
INLINE = frozenset({"strong", "em", "br"})
_VOID = frozenset({"br", "img"})
_FLOW = frozenset({"p", "ul", "ol", "dl", "table"})
_PARTS = _FLOW | {"h2", "h3", "aside", "blockquote", "address"}
_ROOT = _PARTS | {"header", "h1", "section"}
_CHILDREN: dict[str, frozenset[str]] = {
    "": _ROOT,
    "header": frozenset({"img", "p"}),
    "h1": INLINE,
    "h2": INLINE,
    "h3": INLINE,
    "p": INLINE,
    "strong": INLINE,
    "em": INLINE,
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "li": _FLOW | INLINE,
    "dl": frozenset({"dt", "dd"}),
    "dt": INLINE,
    "dd": _FLOW | INLINE,
    "table": frozenset({"caption", "thead", "tbody"}),
    "caption": INLINE,
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "th": INLINE | {"p"},
    "td": _FLOW | INLINE,
    "aside": _FLOW | {"h2", "h3"},
    "blockquote": _FLOW,
    "section": _PARTS | {"div"},
    "div": _PARTS,
    "address": INLINE,
}
_TEXT_INSIDE = frozenset(tag for tag, allowed in _CHILDREN.items() if "strong" in allowed)
TAGS = frozenset(_CHILDREN) - {""} | _VOID
"""Every tag that a template can use."""
_INSTEAD = {
    "b": "write <strong>",
    "i": "write <em>",
    "u": "write <em>",
    "span": "leave it out; looks are not for templates",
    "h4": "headings go down to <h3>",
    "a": "write the address as text",
    "hr": "write a heading, or leave it out",
    "font": "leave it out; looks are not for templates",
    "center": "leave it out; looks are not for templates",
}
"""What to write instead of tags that people know from web pages."""
_REFUSED = {
    "<!--": ("<!-- is not for templates", "write a note as {# … #}"),
    "<!": ("declarations are not for templates", "take it out"),
    "<?": ("processing instructions are not for templates", "take it out"),
    "<": ("a tag is never finished", "write > where it ends, or &lt; for the letter <"),
}
"""What is said of things that are no tags, by how they begin."""


@dataclass(slots=True)
class Element:
    """One element of the HTML, with the template line it comes from."""

    tag: str
    attributes: dict[str, str]
    place: str
    children: list[Child] = field(default_factory=list)

    def elements(self, *tags: str) -> list[Element]:
        """The child elements with one of these tags; all of them if none is named."""
        found = [child for child in self.children if isinstance(child, Element)]
        return [child for child in found if not tags or child.tag in tags]


Child = Element | str | int
"""What stands inside an element: an element, text, or the number of a mark."""


@dataclass(frozen=True, slots=True, eq=False)
class Fault:
    """Something that is not of the subset.

    Attributes:
        code: its code, without the first part.
        message: what is wrong.
        hint: what to do about it.
        holder: the element that was open.
        element: the element in question; ``None`` for text and for end tags.
        letters: how the offending letters begin, where that is not the tag itself.
    """

    code: str
    message: str
    hint: str
    holder: Element
    element: Element | None = None
    letters: str = ""

    @property
    def follows(self) -> bool:
        """Whether it may follow from a holder that should have been closed before."""
        return self.code in ("nesting", "text")

    def problem(self) -> Problem:
        """The fault, told at the line of its element or, if it has none, of the holder."""
        place = (self.element or self.holder).place
        return Problem(f"template.{self.code}", place, self.message, self.hint)


class Machine:
    """The elements that are open, one inside the other: they hold what comes until they close.

    Attributes:
        root: what holds all others; it cannot be closed.
        faults: what is not of the subset, in the order it came.
    """

    def __init__(self, root: Element, note: Callable[[Fault], None] | None = None) -> None:
        """A machine that has seen nothing yet.

        Args:
            root: the element to begin with.
            note: is called with each fault when it is noted.
        """
        self.root = root
        self.faults: list[Fault] = []
        self._note = note
        self._open = [root]
        self._depth = 1
        self._given_up: list[str] = []

    @property
    def holder(self) -> Element:
        """The innermost element that is open."""
        return self._open[-1]

    def block(self) -> Machine:
        """A machine for a block of a template, which has to close what it opens, and nothing else.

        Its faults are among those of this machine.
        """
        inner = Machine(self.holder, self._note)
        inner.faults, inner._given_up = self.faults, self._given_up
        inner._depth = self._depth + len(self._open) - 1
        return inner

    def open(self, element: Element) -> None:
        """Put an element into the innermost open one, and open it if it can hold something.

        Raises:
            TemplateError: elements are nested too deep; all faults are told.
        """
        self._check_tag(element)
        self.holder.children.append(element)
        if element.tag not in _VOID:
            self._open.append(element)
        if self._depth + len(self._open) - 1 > MAX_DEPTH:
            what = f"more than {MAX_DEPTH} tags stand inside one another"
            self._fault("depth", what, element=element)
            raise TemplateError(fault.problem() for fault in self.faults)

    def _check_tag(self, element: Element) -> None:
        tag, holder = element.tag, self.holder
        if tag not in TAGS:
            what = f"<{tag}> is not a tag of the templates"
            self._fault("tag", what, _near(tag), element=element)
            return
        if tag not in _CHILDREN.get(holder.tag, TAGS):
            where = f"inside <{holder.tag}>" if holder.tag else "on its own"
            self._fault("nesting", f"<{tag}> cannot stand {where}", _homes(tag), element=element)
        self._check_attributes(element)

    def _check_attributes(self, element: Element) -> None:
        tag = element.tag
        known = _ATTRIBUTES.get(tag, {})
        for name, value in element.attributes.items():
            if name not in known:
                what = f"<{tag}> has no attribute {name}"
                names = ", ".join(sorted(known))
                hint = f"it can have {names}" if known else f"write <{tag}> alone"
                self._fault("attribute", what, hint, element=element, letters=name)
            elif is_foreign(value):
                what = f"{name} of <{tag}> holds a field, or letters that no text may hold"
                hint = "write a field as {{ …|text }}"
                self._fault("attribute", what, hint, element=element, letters=name)
            elif known[name] and value not in known[name]:
                what = f"{name} of <{tag}> cannot be that"
                hint = f"it can be {_span_of(known[name])}"
                self._fault("attribute", what, hint, element=element, letters=name)
        needed = _NEEDED.get(tag, ())
        if needed and element.attributes.keys().isdisjoint(needed):
            hint = f'such as {needed[0]}="{known[needed[0]][0]}"'
            what = f"<{tag}> needs the attribute {' or '.join(needed)}"
            self._fault("attribute", what, hint, element=element)
        if len(needed) > 1 and element.attributes.keys() >= {*needed}:
            what = f"<{tag}> cannot have both {' and '.join(needed)}"
            self._fault("attribute", what, "take one of them out", element=element)

    def close(self, tag: str) -> None:
        """Close an element, and give up what is open inside it."""
        if tag in _VOID:
            return
        names = [element.tag for element in self._open[1:]]
        if tag in names:
            while self.holder.tag != tag:
                self._give_up()
            self._open.pop()
        elif tag in self._given_up:
            self._given_up.remove(tag)
        elif names and (tag not in TAGS or names[-1] not in TAGS):
            if names[-1] in TAGS:
                what = f"</{tag}> is not a tag of the templates"
                self._fault("tag", what, _near(tag, "/"), letters=f"</{tag}>")
            self._open.pop()
        else:
            hint = "take it out, or write the tag that it closes"
            self._fault("end_tag", f"</{tag}> closes nothing", hint, letters=f"</{tag}")

    def text(self, words: str) -> None:
        """Take text and marks, where they can stand."""
        holder = self.holder
        if holder.tag in _TEXT_INSIDE:
            for index, piece in enumerate(MARKS.split(words)):
                if piece:
                    holder.children.append(int(piece) if index % 2 else self._plain(piece))
        elif words.strip() and holder.tag in _CHILDREN:
            where = f"directly inside <{holder.tag}>" if holder.tag else "outside of a paragraph"
            hint = "put it into <p> … </p>"
            self._fault("text", f"text stands {where}", hint, letters=words.strip())

    def _plain(self, words: str) -> str:
        """Words with letters for references; those that no text may hold are told."""
        words = unescaped(words)
        if not words or is_foreign(words):
            what = "letters stand here that no text may hold"
            hint = "take them out; they may be invisible, or written as &#…;"
            self._fault("letters", what, hint)
        return words

    def refuse(self, opening: str) -> None:
        """Note something that is no whole tag: a comment, a declaration, an instruction."""
        what, hint = _REFUSED[opening]
        self._fault("tag", what, hint, letters=opening[:2])

    def finish(self) -> Element:
        """The root, after a note about everything left open."""
        while len(self._open) > 1:
            self._give_up()
        return self.root

    def _give_up(self) -> None:
        """Note an element that is never closed, and forget what followed from it."""
        element = self._open.pop()
        tag, faults = element.tag, self.faults
        if len(self._given_up) >= MAX_FAULTS and faults:
            raise TemplateError(fault.problem() for fault in faults)
        faults[:] = [one for one in faults if not (one.follows and one.holder is element)]
        told = tag not in TAGS or (tag in self._given_up and _ends_with(element, tag))
        self._given_up.append(tag)
        if not told:
            hint = f"did you mean </{tag}>?" if self.holder.tag == tag else f"write </{tag}>"
            self._fault("unclosed", f"<{tag}> is never closed", hint, element=element)

    def _fault(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        element: Element | None = None,
        letters: str = "",
    ) -> None:
        fault = Fault(code, message, hint, self.holder, element, letters)
        self.faults.append(fault)
        if self._note:
            self._note(fault)
        if len(self.faults) >= MAX_FAULTS:
            raise TemplateError(fault.problem() for fault in self.faults)


def unescaped(words: str) -> str:
    """Words with letters for references; nothing if one is a number that no letter has."""
    if "&" not in words:
        return words
    return "" if _REFERENCE.search(words) else unescape(words)


def is_foreign(words: str) -> bool:
    """Whether words hold letters of marks, control characters or overrides of the direction."""
    return has_control(words) or has_override(words)


def _span_of(values: tuple[str, ...]) -> str:
    """The values an attribute can have; of many numbers, the first and the last."""
    return f"{values[0]} to {values[-1]}" if len(values) >= _MANY else " or ".join(values)


def _ends_with(element: Element, tag: str) -> bool:
    """Whether the last element inside is of this tag: a second <p> where </p> was meant."""
    return [inner.tag for inner in element.elements()[-1:]] == [tag]


def _near(tag: str, slash: str = "") -> str:
    if tag in _INSTEAD:
        return _INSTEAD[tag]
    return did_you_mean(tag, sorted(TAGS), form=f"<{slash}{{}}>")


def _homes(tag: str) -> str:
    homes = sorted(holder for holder, allowed in _CHILDREN.items() if tag in allowed and holder)
    return f"it stands inside {' or '.join(f'<{home}>' for home in homes)}" if homes else ""
