"""What a letterhead shell may hold, and everything it may not.

A shell comes from outside, and its running headers and footers go into documents that are sent on.
So nothing in it may fetch, link, run or embed anything, name anybody, or be a template that does
more than print the few variables of :data:`VARIABLES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from planforms.errors import Problem
from planforms.writers._word_dangers import MAX_ELEMENTS, TAGS, dangers
from planforms.writers._word_faults import FileFault
from planforms.writers._word_fields import ALLOWED, field_faults
from planforms.writers._word_package import Package
from planforms.writers._word_xml import WORD

VARIABLES = {
    "organisation": "the organisation that issues the document",
    "title": "the document's title",
    "footer": "the small print: case number and title",
    "page": "the words for the running page number, such as Side 1 av 3",
}
"""The variables that a shell's running headers and footers may print, with their meaning."""

STYLES = {
    "heading 1": "paragraph",
    "heading 2": "paragraph",
    "heading 3": "paragraph",
    "body text": "paragraph",
    "letterhead": "paragraph",
    "entry": "paragraph",
    "list bullet": "paragraph",
    "list number": "paragraph",
    "list continue": "paragraph",
    "caption": "paragraph",
    "table text": "paragraph",
    "table header": "paragraph",
    "box summary": "paragraph",
    "box sign": "paragraph",
    "box note": "paragraph",
    "quote": "paragraph",
    "entry label": "character",
    "check box": "character",
}
"""The styles that a shell must have, by name in lower case, with their type."""

ADDED_STYLES = {
    "minor heading": "paragraph",
    "field": "paragraph",
    "field label": "paragraph",
    "small print": "paragraph",
    "matrix text": "paragraph",
    "matrix box": "paragraph",
    "matrix head": "paragraph",
    "group header": "paragraph",
    "letter table": "table",
    "form table": "table",
    "matrix table": "table",
}
"""Styles that a shell may change, but need not have: a missing one is the built-in letterhead's.

LibreOffice writes no styles of tables.
"""

_SAVE_ANEW = "save the letterhead anew in Word as a Word document (.docx)"
_HINTS = {
    "shell.external": "remove the link, the linked picture or the attached template in Word",
    "shell.macro": "save it in Word as a Word document without macros (.docx)",
    "shell.embedded": "remove it in Word; pictures may be pasted in as PNG or JPEG",
    "shell.content": "headers and footers may hold text, tables and pasted PNG or JPEG pictures",
    "shell.format": "save it in Word as a Word document (.docx), without what it does not need",
    "shell.archive": _SAVE_ANEW,
    "shell.part": _SAVE_ANEW,
    "shell.xml": _SAVE_ANEW,
    "shell.size": "take out what the letterhead does not need, and save it anew in Word",
    "shell.image": "paste the picture in again as PNG, JPEG or GIF",
    "shell.author": "accept all tracked changes and delete all comments in Word",
    "shell.field": f"of Word's fields, only {', '.join(ALLOWED)} are allowed",
    "shell.variable": "allowed are " + ", ".join(f"{{{{ {name} }}}}" for name in VARIABLES),
    "shell.body": "the body is replaced by the document: put variables into header or footer",
    "shell.style": "copy the built-in letterhead and change its styles",
    "shell.measure": "open the letterhead in Word and save it anew",
    "shell.page": "set the paper size and the margins in Word",
}
_MEASURED = {
    f"{WORD}pgSz": ("w", "h"),
    f"{WORD}pgMar": ("top", "left", "right", "gutter"),
    f"{WORD}ind": ("left", "right"),
    **{f"{WORD}{side}": ("space",) for side in ("top", "left", "bottom", "right")},
    f"{WORD}abstractNum": ("abstractNumId",),
    f"{WORD}num": ("numId",),
}
_WHOLE = "letterhead"
"""The place of what is wrong with the file as a whole."""
MAX_BRACES = 200
MAX_PROBLEMS = 50
_PRINTING = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


class ShellEnvironment(ImmutableSandboxedEnvironment):
    """A Jinja environment that prints the plain :data:`VARIABLES`, escaped, and does nothing else.

    Every template that docxtpl makes of a shell goes through :meth:`_parse`, which Jinja calls
    before it compiles anything.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            plain = isinstance(node, _PRINTING)
            if not plain or (isinstance(node, nodes.Name) and node.name not in VARIABLES):
                raise TemplateSyntaxError("more than a plain variable", node.lineno, name, filename)
        return tree


ENVIRONMENT = ShellEnvironment()


def find_problems(package: Package) -> list[Problem]:
    """Everything that keeps a shell from being used, all at once."""
    if package.elements > MAX_ELEMENTS:
        message = f"has more than {MAX_ELEMENTS} elements"
        return [*map(problem_of, package.faults), _problem("shell.size", _WHOLE, message)]
    problems = dict.fromkeys(map(problem_of, package.faults))
    for faults in dangers(package):
        problems |= _first(map(problem_of, faults))
    for check in (_body, _running_parts, _measures, _styles):
        problems |= _first(check(package))
    return list(problems)


def _first(problems: Iterator[Problem]) -> dict[Problem, None]:
    """Each once, and no more than anybody wants to read."""
    return dict.fromkeys(islice(problems, MAX_PROBLEMS))


def problem_of(fault: FileFault) -> Problem:
    """What a fault of any Word file is called in a letterhead."""
    code = "shell.variable" if fault.kind == "hidden" else f"shell.{fault.kind}"
    return _problem(code, fault.part or _WHOLE, fault.message)


def _problem(code: str, place: str, message: str) -> Problem:
    return Problem(code, place, message, _HINTS[code])


def _body(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees("officeDocument"):
        if TAGS.search("".join(map(str, tree.itertext()))):
            yield _problem("shell.body", name, "there is a variable in the body")
        section = tree.find(f"{WORD}body/{WORD}sectPr")
        if section is None or any(
            section.find(f"{WORD}{tag}") is None for tag in ("pgSz", "pgMar")
        ):
            yield _problem("shell.page", name, "the paper size or the margins are not set")


def _running_parts(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees("header", "footer", "numbering", "styles"):
        yield from map(problem_of, field_faults(name, tree))
        for message in _variables(tree):
            yield _problem("shell.variable", name, message)


def _variables(tree: etree._Element) -> Iterator[str]:
    text = "".join(map(str, tree.itertext()))
    if text.count("{") > MAX_BRACES:
        yield "contains too many braces"
        return
    if "{%" in text or "{#" in text:
        yield "contains a template instruction"
    for content in re.findall(r"\{\{(.*?)(?:\}\}|$)", text, re.DOTALL):
        if content.strip() not in VARIABLES:
            yield "prints something that is not a plain variable"


def _measures(package: Package) -> Iterator[Problem]:
    """The numbers that the writer counts with; Word itself writes them without a unit."""
    for name, tree in package.trees("officeDocument", "styles", "numbering"):
        for element in tree.iter(*_MEASURED):
            values = (element.get(f"{WORD}{key}", "0") for key in _MEASURED[str(element.tag)])
            if not all(re.fullmatch("-?[0-9]{1,9}", value) for value in values):
                yield _problem("shell.measure", name, "contains a length or number with a unit")


def _styles(package: Package) -> Iterator[Problem]:
    for name, tree in package.trees("styles"):
        found = style_ids(tree)
        for style, kind in STYLES.items():
            if (style, kind) not in found:
                yield _problem("shell.style", name, f"the {kind} style {style!r} is missing")
        named = {style for style, _ in found}
        for style, kind in ADDED_STYLES.items():
            if (style, kind) not in found and style in named:
                message = f"the style {style!r} is not one of a {kind}"
                yield _problem("shell.style", name, message)


def style_ids(styles: etree._Element) -> dict[tuple[str, str], str]:
    """Identifiers of all styles by name in lower case and type, as Word compares them."""
    found = {}
    for style in styles.iter(f"{WORD}style"):
        name = style.find(f"{WORD}name")
        if name is not None:
            key = (name.get(f"{WORD}val", "").lower(), style.get(f"{WORD}type", "paragraph"))
            found[key] = style.get(f"{WORD}styleId", "")
    return found
