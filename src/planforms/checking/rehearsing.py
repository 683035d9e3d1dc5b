"""The environment in which templates are tried: it notes which branches they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from planforms.checking.parsing import OffsetEnvironment, parse
from planforms.checking.samples import FIRST_DAY, LINE
from planforms.checking.sources import SourceFile
from planforms.rules.facts import Fact
from planforms.templating.environment import Facts, each

Side = tuple[str, int, bool]
"""A condition by the path of its file and its place, and whether it held."""


class _NoFact:
    """Stands for a fact that is not there while another one is made up.

    Rules give some facts together, and a template asks for one of them only: made up alone, the
    others can be printed too.
    """

    def __bool__(self) -> bool:
        return False


class _NotingGenerator(CodeGenerator):
    """Writes a call around each condition and each loop's list; the tree stays as it is."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Find what is to be noted, then write the template."""
        self._noted: dict[int, tuple[str, int]] = {}
        for one in node.find_all((nodes.If, nodes.CondExpr, nodes.For)):
            if isinstance(one, nodes.For):
                self._noted[id(one.iter)] = "note_items", one.lineno
            elif isinstance(one, nodes.If | nodes.CondExpr):
                self._noted[id(one.test)] = "note", one.lineno
        super().visit_Template(node, frame)

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Write a node, with a call around it if it is to be noted."""
        noted = self._noted.get(id(node)) if hasattr(self, "_noted") else None
        if noted is None:
            return super().visit(node, *args, **kwargs)
        how, place = noted
        self.write(f"environment.{how}(")
        super().visit(node, *args, **kwargs)
        self.write(f", {self.filename!r}, {place})")
        return None


class RehearsalEnvironment(OffsetEnvironment):
    """The environment of rendering; conditions and loops are noted, and facts can be made up.

    Attributes:
        seen: on which sides conditions fell, and whether loops were entered.
        facts: the facts that are made up, and those that are kept back.
    """

    code_generator_class = _NotingGenerator

    def __init__(self) -> None:
        super().__init__(self._load)
        self.optimized = False  # the optimizer would change the tree
        self.seen: set[Side] = set()
        self.facts: Mapping[str, bool] = {}
        self._files: dict[str, SourceFile] = {}

    def use(self, files: Iterable[SourceFile]) -> None:
        """Take templates from these files from now on."""
        self._files = {file.path.name: file for file in files}

    def _load(self, name: str) -> tuple[str, str, Any] | None:
        file = self._files.get(name)
        if file is None:
            return None
        return file.content, str(file.path), lambda: self._files.get(name) == file

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The tree that the other checks have read already, if nothing is wrong with it."""
        parsed = parse(self._files[name or ""])
        if parsed.tree is None or parsed.findings:
            return super()._parse(source, name, filename)
        return parsed.tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """One field of a value, profile or fact; while facts are made up, none is missing."""
        if isinstance(obj, _NoFact):
            return LINE
        found = super().getattr(obj, attribute)
        if isinstance(obj, Facts) and self.facts:
            wanted = self.facts.get(attribute, found is not None)
            return found or Fact(attribute, FIRST_DAY, LINE, LINE) if wanted else _NoFact()
        return found

    def note(self, value: Any, path: str, place: int) -> bool:
        """Note on which side a condition falls."""
        self.seen.add((path, place, bool(value)))
        return bool(value)

    def note_items(self, value: Any, path: str, place: int) -> list[Any]:
        """Note whether a loop is entered; its items come back."""
        items = list(each(value))
        self.note(items, path, place)
        return items
