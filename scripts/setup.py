"""Prepares what make needs: system libraries, the virtual environment, and the tools of the tests.

Runs before anything is installed: the standard library alone, and no newer syntax than Python 3.7,
so that an old Python is told what is wrong. Run again, it does only what is still to be done.

    python3 scripts/setup.py            the library and the examples
    python3 scripts/setup.py --tests    also lint, tests and conformance checkers
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_PROJECT = ROOT / "tests" / "conformance"
MINIMUM = (3, 11)
NODE_MINIMUM = 18


class Need(NamedTuple):
    """Something of the system that must be there.

    Attributes:
        package: the Debian package that brings it.
        names: what it goes under; one of them is enough.
        present: tells whether something of that name is there.
    """

    package: str
    names: tuple[str, ...]
    present: Callable[[str], bool]

    def met(self) -> bool:
        """Whether it is there."""
        return any(map(self.present, self.names))


def loads(library: str) -> bool:
    """Whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def on_path(program: str) -> bool:
    """Whether a program can be called."""
    return shutil.which(program) is not None


def has_dictionary(language: str) -> bool:
    """Whether hunspell knows a language."""
    folders = ("/usr/share/hunspell", "/usr/share/myspell", "/opt/homebrew/share/hunspell")
    return any(Path(folder, language + ".dic").exists() for folder in folders)


def dictionaries() -> tuple[Need, ...]:
    """The dictionaries that the languages name."""
    import tomllib  # only once this Python is known to be new enough

    files = sorted((ROOT / "templates").glob("*/locale.toml"))
    languages = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return tuple(
        Need(one["dictionary_package"], (one.get("dictionary", one["babel"]),), has_dictionary)
        for one in languages
        if "dictionary_package" in one
    )


def importable(module: str) -> bool:
    """Whether this Python has a module."""
    return importlib.util.find_spec(module) is not None


LIBRARIES = (
    Need(f"python3.{sys.version_info[1]}-venv", ("ensurepip",), importable),
    Need("libpango-1.0-0", ("libpango-1.0.so.0", "libpango-1.0.dylib"), loads),
    Need("libpangoft2-1.0-0", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"), loads),
    Need("libharfbuzz-subset0", ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"), loads),
)
PROGRAMS = (
    Need("chromium", ("chromium", "chromium-browser", "google-chrome"), on_path),
    Need("default-jdk-headless", ("javac",), on_path),  # a JRE cannot run VeraCheck.java
    Need("gettext", ("msgfmt",), on_path),
    Need("jq", ("jq",), on_path),
    Need("hunspell", ("hunspell",), on_path),
    Need("libreoffice-writer-nogui", ("soffice", "libreoffice"), on_path),
    Need("nodejs", ("node",), on_path),
    Need("npm", ("npm",), on_path),
    Need("poppler-utils", ("pdftoppm",), on_path),
)
ADVICE = """\
Missing: {packages}
Install what brings them, then run make again:
  Debian, Ubuntu   sudo apt-get install {packages}
  Fedora           sudo dnf install pango harfbuzz
  Alpine           sudo apk add pango harfbuzz
  Arch             sudo pacman -S pango harfbuzz
  macOS            brew install pango harfbuzz
The tests also need these programs and dictionaries: {programs}."""


def main(arguments: list[str]) -> None:
    """Prepare the library and the examples, with ``--tests`` also everything that tests need."""
    tests = "--tests" in arguments
    require_python()
    install_missing(LIBRARIES + PROGRAMS + dictionaries() if tests else LIBRARIES)
    install_packages(ROOT / ("requirements-test.lock" if tests else "requirements.lock"))
    if tests:
        require_node()
        install_node_packages()


def require_python() -> None:
    """Stop unless this Python is new enough."""
    if sys.version_info < MINIMUM:
        wanted, found = (".".join(map(str, version[:2])) for version in (MINIMUM, sys.version_info))
        stop(
            f"planforms needs Python {wanted} or newer, and {sys.executable} is {found}.\n"
            "Name another one: make PYTHON=python3.12 ..."
        )


def require_node() -> None:
    """Stop unless Node.js is new enough for the browser driver."""
    version = run("node", "--version").strip()
    if int(version.lstrip("v").split(".")[0]) < NODE_MINIMUM:
        stop(f"The tests need Node.js {NODE_MINIMUM} or newer, and `node` is {version}.")


def install_missing(needs: tuple[Need, ...]) -> None:
    """Install what is missing from Debian's packages; stop and name it where that cannot be."""
    apt = _apt_get() if _missing(needs) else ()
    if apt:
        say(f"installing {' '.join(_missing(needs))}")
        run(*apt, "update")
        run(*apt, "install", "--yes", "--no-install-recommends", *_missing(needs))
    if _missing(needs):
        programs = ", ".join(need.names[0] for need in PROGRAMS + dictionaries())
        stop(ADVICE.format(packages=" ".join(_missing(needs)), programs=programs))


def install_packages(lock: Path) -> None:
    """Bring .venv to the locked packages and the project itself, unless it has them already."""
    if not _runs(PYTHON):
        say("making .venv")
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    stamp = VENV / f"installed-{lock.name}"
    wanted = _digest(lock, ROOT / "pyproject.toml")
    if _text(stamp) == wanted:
        return
    say(f"installing {lock.name} into .venv")
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install")
    run(*pip, "--no-deps", "--require-hashes", "--requirement", str(lock))
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp.write_text(wanted, encoding="utf-8")


def install_node_packages() -> None:
    """Install the checkers that come from npm, unless they are there already."""
    stamp = NODE_PROJECT / "node_modules" / ".installed"
    wanted = _digest(NODE_PROJECT / "package-lock.json")
    if _text(stamp) == wanted:
        return
    say("installing the checkers from npm")
    run("npm", "ci", "--ignore-scripts", "--loglevel=error", folder=NODE_PROJECT)
    stamp.write_text(wanted, encoding="utf-8")


def run(*command: str, folder: Path = ROOT) -> str:
    """The output of a command; stop with its last lines if it fails."""
    done = subprocess.run(
        command,
        cwd=str(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        last_lines = "\n".join(done.stdout.splitlines()[-30:])
        stop(f"{last_lines}\n`{' '.join(command)}` failed with exit code {done.returncode}.")
    return done.stdout


def say(words: str) -> None:
    """Tell the person at the terminal what takes its time."""
    print(f"setup: {words}", file=sys.stderr, flush=True)


def stop(words: str) -> None:
    """End with a message and exit code 1."""
    sys.exit(f"setup: {words}")


def _missing(needs: tuple[Need, ...]) -> list[str]:
    return list(dict.fromkeys(need.package for need in needs if not need.met()))


def _apt_get() -> tuple[str, ...]:
    """The way to call apt-get with the right to install, or nothing."""
    if not shutil.which("apt-get"):
        return ()
    apt = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300")
    if os.geteuid() == 0:
        return apt
    sudo = shutil.which("sudo")
    if sudo and not subprocess.run([sudo, "-n", "true"], capture_output=True).returncode:
        return (sudo, "-n", *apt)
    return ()


def _runs(python: Path) -> bool:
    test = f"import pip, sys; sys.exit(sys.version_info < {MINIMUM})"
    try:
        return not subprocess.run([str(python), "-c", test], capture_output=True).returncode
    except OSError:
        return False


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


if __name__ == "__main__":
    main(sys.argv[1:])
