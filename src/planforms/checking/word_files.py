"""The Word templates of one's own folders, and files there that somebody may take for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile, Sources
from planforms.checking.vocabulary import words_of
from planforms.errors import did_you_mean, nearest
from planforms.registry import KINDS

SUFFIX = ".docx"
_LOCK = "~$"
"""How the name of a file begins that Word keeps beside one that somebody has open."""
_SIMILAR = frozenset({".doc", ".docm", ".dot", ".dotx", ".dotm", ".odt", ".rtf"})


def is_lock(path: Path) -> bool:
    """Whether a file only says that somebody has another one open in Word."""
    return path.name.startswith(_LOCK)


def word_templates(sources: Sources) -> dict[tuple[str, str], Path]:
    """The Word template of each language and kind, of the first folder that has one."""
    found: dict[tuple[str, str], Path] = {}
    for language, path in _files(sources):
        if path.suffix == SUFFIX and path.stem in KINDS:
            found.setdefault((language, path.stem), path)
    return found


def check_names(sources: Sources) -> Iterator[Finding]:
    """Files of Word that no document is made with, since they are called something else."""
    for language, path in _files(sources):
        if path.suffix == SUFFIX and path.stem not in KINDS:
            hint = _hint_for(path.stem, language, sources)
            yield _named(language, path, f"no kind of document is called {path.stem}", hint)
        elif path.suffix in _SIMILAR and path.stem in KINDS:
            hint = "save it in Word as a Word document (.docx)"
            yield _named(language, path, f"a file that ends in {path.suffix} is not used", hint)
    for folder in sources.folders:
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if not is_lock(path):
                hint = f"put it into a folder of its language: {', '.join(sources.languages)}"
                yield _named("", path, "belongs to no language here", hint)


def _files(sources: Sources) -> Iterator[tuple[str, Path]]:
    """The files of one's own folders by language, without those that Word keeps beside them."""
    for language in sources.languages:
        for folder in sources.folders:
            for path in sorted((folder / language).glob("*")):
                if path.is_file() and not is_lock(path):
                    yield language, path


def _hint_for(name: str, language: str, sources: Sources) -> str:
    """The kind that a name may mean, also by its title in the language."""
    words = words_of(language, sources.folders)
    titles = {kind: words.term("title", kind).casefold() for kind in KINDS} if words else {}
    meant = next((kind for kind, title in titles.items() if name.casefold() in title), "")
    if meant and not nearest(name, KINDS):
        return f"call it {meant}{SUFFIX}"
    return did_you_mean(name, KINDS)


def _named(language: str, path: Path, message: str, hint: str) -> Finding:
    found = SourceFile(language, path, "").finding("word.name", 0, "", message, hint)
    return replace(found, place=str(path)).as_warning()
