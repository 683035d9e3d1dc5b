"""What deadlines are called, in the language asked for or in each service's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planforms.batching.agenda import OpenDeadline
from planforms.errors import Problem, TemplateError
from planforms.languages import load_words
from planforms.services import load_service


class DeadlineNames:
    """The names of rules, each looked up once.

    Attributes:
        missing: what no word was found for.
    """

    def __init__(
        self, language: str | None, templates: Sequence[Path], services: Sequence[Path]
    ) -> None:
        """Names in a language; in each service's own if none is given.

        Raises:
            UsageError: there is no such language.
        """
        self._language = language
        self._templates = tuple(templates)
        self._services = tuple(services)
        self._known: dict[tuple[str, str, str], str] = {}
        self.missing: dict[Problem, None] = {}
        if language:
            load_words(language, self._templates)

    def __call__(self, deadline: OpenDeadline) -> str:
        """What is due, and in which document; a rule without a name is told by its key."""
        key = deadline.service, deadline.kind, deadline.rule
        if key not in self._known:
            self._known[key] = self._name(deadline)
        return self._known[key]

    def word(self, context: str, key: str, language: str) -> str:
        """A word in the language asked for, else in another; its key where it has none."""
        try:
            return load_words(self._language or language, self._templates).term(context, key)
        except TemplateError as error:
            self.missing.update(dict.fromkeys(error.problems))
            return key

    def _name(self, deadline: OpenDeadline) -> str:
        name = self.word("deadline", deadline.rule, deadline.language)
        if not deadline.kind:
            return name
        title = load_service(deadline.service, self._services).document(deadline.kind).title
        return f"{name} ({self.word('title', title or deadline.kind, deadline.language)})"
