"""What a template may take of a machine: every bound, and the account that is kept of them.

Templates come from people whom nobody here knows. Whatever one is like, it ends: it is read and
compiled within bounds of its length, its nodes and its depth; each body that it runs - the
template itself, each round of a loop, each call of a macro, each import - pays beforehand for all
nodes inside it; and whatever it prints is counted as it is printed. No template can take more than
the account holds, so time and memory are bounded by these numbers alone, and not by the template.

==========================  =====================================================================
of a template as it stands  :data:`MAX_TEMPLATE_LETTERS`, :data:`MAX_NODES`, :data:`MAX_DEPTH`,
                            :data:`MAX_BLOCKS`, :data:`MAX_LOOPS`, :data:`MAX_DIGITS`
of its rendering            :data:`MAX_STEPS`, :data:`MAX_LETTERS`
of the HTML that it makes   :data:`~planforms.markup.subset.MAX_DEPTH`,
                            :data:`~planforms.markup.subset.MAX_FAULTS`
==========================  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from planforms.errors import TemplateError

MAX_TEMPLATE_LETTERS = 500_000
"""Letters of one file."""
MAX_NODES = 20_000
"""Fields, conditions, loops, names, passages of words ... of one file."""
MAX_DEPTH = 100
"""How deep those may stand inside one another."""
MAX_BLOCKS = 50
"""How deep blocks may: conditions, loops and macros. No document needs a tenth of it."""
MAX_LOOPS = 10
"""How deep loops may."""
MAX_DIGITS = 6
"""Digits of a number in a template."""
MAX_STEPS = 500_000
"""Nodes that a rendering runs; the longest document there can be runs a tenth of it."""
MAX_LETTERS = 2_000_000
"""Letters that a rendering reads and prints."""
IMPORT_STEPS = 100
"""What an import costs beside the template that it runs."""
LETTERS_A_STEP = 16
"""So many letters of a loop's or a macro's own words count as a step when it runs."""


@dataclass(slots=True)
class Account:
    """What one rendering has taken so far.

    Attributes:
        steps: nodes that were run, rounds of loops, and what filters made.
        letters: letters of values and words that were printed.
    """

    steps: int = 0
    letters: int = 0

    def count(self, steps: int = 1, letters: int = 0) -> None:
        """Count work that is about to be done; too much ends the rendering.

        Raises:
            TemplateError: the template repeats more, or prints more, than any document needs.
        """
        self.steps += steps
        self.letters += letters
        if self.steps > MAX_STEPS:
            hint = "loops, macros and imports inside one another do much more than is needed"
            raise TemplateError.of("template.steps", "", "the template repeats too much", hint)
        if self.letters > MAX_LETTERS:
            hint = f"at most {MAX_LETTERS} letters in all"
            raise TemplateError.of("template.size", "", "the template prints too much", hint)
