"""What is public, what imports what, and what must not be imported early."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

import planforms as pf
from planforms import models
from planforms.models.shapes import Form
from planforms.models.walking import walk_shapes
from planforms.registry import BUILT_IN, KINDS
from tests.reports import ROOT

SOURCE = ROOT / "src" / "planforms"

LAYERS = [
    {"errors", "files", "models", "pictures", "registry"},
    {"languages", "services", "written"},
    {"setting", "explaining"},
    {"rules", "built_in", "document", "bilingual"},
    {"templating", "markup", "placement", "forms"},
    {"writers"},
    {"word_templates"},
    {"rendering", "loading", "writing", "catalogue", "data_schema"},
    {"batching", "checking", "translating", "readback"},
    {"preview"},
    {"cli", "__main__"},
]
"""From below to above; a module imports from its own layer or one below it."""

HEAVY = {"weasyprint", "docx", "docxtpl", "jinja2", "babel", "pydantic", "lxml", "PIL", "fontTools"}


class _Running(ast.NodeTransformer):
    """Takes out what is there for the type checker alone."""

    def visit_If(self, node: ast.If) -> ast.If | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else node


def layer_of(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if module in names)


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(_Running().visit(tree)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("planforms.")}
    return found


def test_imports_run_one_way() -> None:
    wrong = []
    for path in SOURCE.rglob("*.py"):
        module = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        if module == "__init__":
            continue
        for imported in imports_of(path):
            if layer_of(imported) > layer_of(module):
                wrong.append(f"{module} imports {imported}")
    assert wrong == []


def test_writers_know_only_the_tree_its_placement_its_fields_and_the_errors() -> None:
    imported = set().union(*(imports_of(path) for path in (SOURCE / "writers").rglob("*.py")))
    assert imported <= {"document", "errors", "forms", "pictures", "placement", "writers"}


def test_placement_knows_only_the_tree() -> None:
    imported = set().union(*(imports_of(path) for path in (SOURCE / "placement").rglob("*.py")))
    assert imported <= {"document", "placement"}


def test_of_the_check_only_its_table_knows_the_tools_of_translators() -> None:
    knowing = (p for p in (SOURCE / "checking").rglob("*.py") if "translating" in imports_of(p))
    assert [path.name for path in knowing] == ["checks.py"]


def test_models_know_nothing_above_them() -> None:
    imported = set().union(*(imports_of(path) for path in (SOURCE / "models").rglob("*.py")))
    assert imported <= {"errors", "models"}


def test_the_public_names_are_these() -> None:
    assert {name for name in pf.__all__ if name.islower()} == {
        "agenda",
        "batch",
        "blank",
        "check",
        "count",
        "choices",
        "deadlines",
        "envelope",
        "in_language",
        "kinds",
        "labels",
        "large_print",
        "load",
        "read",
        "register",
        "render",
        "revise",
        "schema",
        "service_names",
        "to_docx",
        "to_html",
        "to_ics",
        "to_pdf",
        "to_text",
        "validate",
        "write",
    }
    for name in pf.__all__:
        assert getattr(pf, name).__doc__


def classes_in(model: type[BaseModel]) -> Iterator[type]:
    """A model, its parts and the choices in them."""
    yield model
    for _, shape in walk_shapes(model):
        shape = shape.item or shape
        if shape.model or shape.form is Form.CHOICE:
            yield shape.model or shape.type


def test_every_part_and_choice_of_the_built_in_kinds_is_public() -> None:
    found = {one for kind in BUILT_IN for one in classes_in(KINDS[kind].model)} - {str}
    assert len(found) > 80
    assert sorted(one.__name__ for one in found if getattr(pf, one.__name__, None) is not one) == []


def test_type_checkers_are_told_of_the_same_names_as_the_interpreter() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    told = {
        (alias.name, node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("planforms.")
        for alias in node.names
    }
    assert {name for name, _ in told} == set(pf.__all__)
    assert {(name, f"planforms.{pf._HOMES[name]}") for name in pf.__all__} == told


def test_every_kind_has_a_public_model_and_its_parts_are_in_planforms_models() -> None:
    assert [k for k in KINDS.values() if getattr(pf, k.model.__name__) is not k.model] == []
    assert all(hasattr(models, name) for name in models.__all__)
    assert {"CaseDocument", "UnitDocument", "Part", "Signature", "Needed", "Line"} <= set(
        models.__all__
    )


def test_importing_planforms_imports_nothing_heavy() -> None:
    code = "import sys, planforms, planforms.cli; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(answer.stdout.split())


def test_a_document_imports_no_other_kind() -> None:
    path = ROOT / "examples" / "molde" / "thirty_activities.json"
    code = (
        "import sys, pathlib, planforms as pf\n"
        f"pf.render(pf.load(pathlib.Path({str(path)!r})))\n"
        "print(*(one for one in sys.modules if one.startswith('planforms.built_in.')))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["planforms.built_in.final_report"]


def test_nothing_below_the_command_line_asks_the_clock_or_chance() -> None:
    asked = ("datetime.now", "date.today", "time.time", "import random", "uuid", "import time")
    below = (p for p in SOURCE.rglob("*.py") if p.relative_to(SOURCE).parts[0] != "cli")
    for path in below:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in asked if word in text], path.name


def test_the_map_names_every_folder_and_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for path in SOURCE.iterdir():
        name = path.name.removesuffix(".py")
        if not name.startswith("_") and name != "py.typed":
            assert f"`{name}" in text, name
