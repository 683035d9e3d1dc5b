"""What is checked together: a document's template with the shared parts of its language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planforms.checking.parsing import Parsed, parse
from planforms.checking.sources import SourceFile, Sources
from planforms.registry import KINDS


@dataclass(frozen=True, slots=True)
class Unit:
    """One document's template with all that it can import.

    Attributes:
        document: the template of a kind of document, or of its easy sheet.
        shared: the other templates of its language that are no documents.
    """

    document: SourceFile
    shared: tuple[SourceFile, ...]

    def library(self) -> dict[str, Parsed]:
        """All its templates by file name, as trees."""
        return {file.path.name: parse(file) for file in (self.document, *self.shared)}

    @property
    def parsed(self) -> Parsed:
        """The document's template as a tree."""
        return parse(self.document)


def units_of(sources: Sources, language: str) -> Iterator[Unit]:
    """The units of a language, one for each paper that it has a template for."""
    shared = shared_files(sources, language)
    for paper in KINDS.papers():
        document = sources.template(language, paper)
        if document:
            yield Unit(document, shared)


def shared_files(sources: Sources, language: str) -> tuple[SourceFile, ...]:
    """The templates of a language that are no documents."""
    files = (file for file in sources.templates() if file.language == language)
    papers = KINDS.papers()
    return tuple(file for file in files if file.kind not in papers)
