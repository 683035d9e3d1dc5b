"""What is published: the wheel and the source distribution, tried away from the repository."""

from __future__ import annotations

import ast
import fnmatch
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DATA = ROOT / "examples" / "molde" / "complete_signed_electronically.json"
RENDER = """
import planforms, sys
from pathlib import Path
document = planforms.render(planforms.load(Path(sys.argv[1])))
for suffix in ("pdf", "docx", "html"):
    planforms.write(document, f"report.{suffix}")
print(Path(planforms.__file__).parent)
"""


def run(*command: str | Path, folder: Path) -> str:
    """What a command printed; it must succeed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, target: str, folder: Path) -> Path:
    """A distribution of the project in ``source``."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, folder=source)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    archive = build(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))
    run(sys.executable, "-m", "tarfile", "--extract", archive, folder, folder=folder)
    (source,) = folder.iterdir()
    return source


def package_files() -> Iterator[tuple[str, Path]]:
    """Each file of the package: its path in a wheel and in the repository."""
    for folder, target in (("src/planforms", "planforms"), ("templates", "planforms/templates")):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield f"{target}/{file.relative_to(ROOT / folder).as_posix()}", file


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    packed = {name: data for name, data in contents(wheel).items() if name.startswith("planforms/")}
    assert packed == {name: file.read_bytes() for name, file in package_files()}


@pytest.mark.parametrize(
    "pattern",
    [
        "planforms/py.typed",
        "planforms/templates/no/*.html",
        "planforms/templates/no/*.po",
        "planforms/services/*.toml",
        "planforms/services/*.png",
        "planforms/countries/*.toml",
        "planforms/writers/*.css",
        "planforms/writers/*.js",
        "planforms/writers/*.docx",
        "planforms/writers/fonts/OFL.txt",
        "planforms/writers/fonts/*.json",
        "planforms/writers/fonts/*.ttf",
        "planforms/writers/fonts/*.woff2",
    ],
)
def test_the_wheel_holds_what_is_not_python(wheel: Path, pattern: str) -> None:
    assert fnmatch.filter(contents(wheel), pattern)


def test_the_wheel_states_its_licence(wheel: Path) -> None:
    (licence,) = (data for name, data in contents(wheel).items() if name.endswith("/LICENSE"))
    assert licence == (ROOT / "LICENSE").read_bytes()


def test_the_description_has_only_links_that_work_on_an_index(wheel: Path) -> None:
    (metadata,) = (data for name, data in contents(wheel).items() if name.endswith("/METADATA"))
    description = metadata.decode().partition("\n\n")[2]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert description.startswith("# planforms\n")
    targets = re.findall(r"\]\(([^)]+)\)|(?:src|href)=\"([^\"]+)\"", description)
    assert [one for one in chain(*targets) if one and "://" not in one] == []
    assert len(description.splitlines()) > len(readme.splitlines()) - 5
    assert "docs/integrating.md tells the rest" in " ".join(description.split())


def test_the_pages_that_the_description_names_lie_in_the_source(unpacked_source: Path) -> None:
    named = set(re.findall(r"docs/\w+\.md", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(named) > 3
    assert sorted(name for name in named if not (unpacked_source / name).is_file()) == []


def test_the_source_distribution_makes_the_same_wheel(
    wheel: Path, unpacked_source: Path, tmp_path: Path
) -> None:
    assert contents(build(unpacked_source, "wheel", tmp_path)) == contents(wheel)


def test_the_wheel_renders_away_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--no-index", "--no-deps", wheel, folder=tmp_path)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(str(Path(pytest.__file__).parent.parent))

    package = run(python, "-c", RENDER, DATA, folder=tmp_path)

    assert Path(package.strip()) == packages / "planforms"
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "report.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "render" in run(environment / "bin" / "planforms", "--help", folder=tmp_path)


def test_every_package_that_is_imported_is_a_dependency() -> None:
    distributions = packages_distributions()
    foreign = imports() - sys.stdlib_module_names - {"planforms"}
    imported = {normal(distributions[module][0]) for module in foreign}
    optional = PYPROJECT["project"]["optional-dependencies"].values()
    declared = [*PYPROJECT["project"]["dependencies"], *chain.from_iterable(optional)]
    assert imported == names(declared)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_names_no_place_to_install_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"://|--index|--find-links|--extra|--trusted", text)


def test_both_locks_agree() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-test.lock").items()


def test_every_dependency_is_locked() -> None:
    groups = PYPROJECT["dependency-groups"].values()
    wanted = names([*PYPROJECT["project"]["dependencies"], *chain.from_iterable(groups)])
    assert wanted <= pins("requirements-test.lock").keys()


def names(requirements: Iterable[str]) -> set[str]:
    """The packages that some requirements are about."""
    return {normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in requirements}


def pins(lock: str) -> dict[str, str]:
    """The version of each package of a lock."""
    found = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return {normal(name): version for name, version in found}


def imports() -> set[str]:
    """The top-level modules that the package imports."""
    modules: set[str] = set()
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules.update(name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    return modules


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
