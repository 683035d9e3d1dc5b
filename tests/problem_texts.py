"""Every message and hint that a problem of case data can have, read from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from planforms.models.validation import _MESSAGES
from planforms.readback.refusals import _REASONS
from planforms.rules.disclosure import _SAID
from tests.reports import ROOT

SOURCE = ROOT / "src" / "planforms"
CODE = re.compile(r"(?:data|form|release|service|language)\.[a-z_]+")
"""The codes that case data can have."""
OF_PROFILES = frozenset(
    {"colour_form", "colour_contrast", "file_name", "deadline_length", "deadline_repeats"}
    | {"language_code", "language_missing", "day_of_year", "time_zone", "int_parsing", "too_short"}
)
"""What pydantic finds in profiles alone."""
OF_NO_TABLE = {
    "data.unknown_field": frozenset({"unknown field no. {number}", "is not valid"}),
    "data.more": frozenset({"has {count} more problems", "mend the others first"}),
}
"""What is said of pydantic's findings beside the table of messages."""
MAKERS = frozenset({"Problem", "of", "DoubtError"})
"""What a problem is made with."""
OF_PROGRAMS = frozenset({"data.path"})
"""What only a program can do wrong, and nobody who fills in a form."""
NO_TEXT = re.compile(r"the (?:data|file|form|path|source|stream)|[^ ]*|\W*")
"""A place, a name or a piece of code."""


@cache
def texts() -> dict[str, frozenset[str]]:
    """The messages and hints of each code; a function tells all of its texts for each code."""
    found: dict[str, frozenset[str]] = {
        f"data.{kind}": frozenset(words)
        for kind, words in _MESSAGES.items()
        if kind not in OF_PROFILES
    }
    found |= {code: frozenset(words) for code, *words in _SAID.values()}
    found |= {code: frozenset(words) for code, words in _REASONS.items()}
    for path in sorted(SOURCE.rglob("*.py")):
        for code, words in _told_in(path):
            found[code] = found.get(code, frozenset()) | words
    hints = _strings(_function("errors.py", "_suggestion"))
    shared = {hint for hint in hints if not NO_TEXT.fullmatch(hint)}
    return {code: (words | shared) - {""} for code, words in (found | OF_NO_TABLE).items()}


def _told_in(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and not ast.unparse(node.value).startswith("re.compile")
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    helpers = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            parts = _with_what_it_names(function, constants | helpers)
            strings = {one for part in parts for one in _strings(part)}
            codes = {one for one in strings if CODE.fullmatch(one)} - OF_PROGRAMS
            words = frozenset(one for one in strings if not NO_TEXT.fullmatch(one))
            yield from ((code, words) for code in codes if _makes_problems(parts))


def _with_what_it_names(
    function: ast.FunctionDef, named: dict[str, ast.expr | ast.FunctionDef]
) -> list[ast.AST]:
    """A function, the constants of the module that it names, and helpers that make problems."""
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    found = [named[name] for name in names if name in named]
    kept = [one for one in found if not isinstance(one, ast.FunctionDef) or _is_helper(one)]
    return [function, *kept]


def _is_helper(function: ast.FunctionDef) -> bool:
    """Whether a function returns a problem or the words of one."""
    told = ast.unparse(function.returns) if function.returns else ""
    return told in ("Problem", "DoubtError", "tuple[str, int]")


def _makes_problems(parts: list[ast.AST]) -> bool:
    calls = (node.func for part in parts for node in ast.walk(part) if isinstance(node, ast.Call))
    return any(getattr(one, "id", getattr(one, "attr", "")) in MAKERS for one in calls)


def _strings(node: ast.AST) -> Iterator[str]:
    """The strings in some code, but for its docstring and what stands in f-strings."""
    inner = list(ast.walk(node))
    skipped = {id(one) for each in inner if isinstance(each, ast.JoinedStr) for one in each.values}
    skipped |= {id(each.value) for each in inner if isinstance(each, ast.Expr)}
    for each in inner:
        if isinstance(each, ast.Constant) and id(each) not in skipped:
            yield from (each.value,) if isinstance(each.value, str) else ()


def _function(file: str, name: str) -> ast.FunctionDef:
    tree = ast.parse((SOURCE / file).read_text(encoding="utf-8"))
    return next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name)
