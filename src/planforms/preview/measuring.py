"""What stands in the margin: how hard a document reads, how long it is, what is wrong with it."""

from __future__ import annotations

from typing import Any

from planforms.checking.checks import check
from planforms.checking.findings import Finding
from planforms.checking.wording.forms import running_text
from planforms.checking.wording.reading import (
    MAX_EASY_LIX,
    is_label,
    is_measured,
    lix,
    split_sentences,
    words_of,
)
from planforms.document import Document, State
from planforms.preview.choosing import Roots
from planforms.registry import KINDS
from planforms.setting import Setting
from planforms.writers.pdf import count_pages


def measures(document: Document, setting: Setting) -> dict[str, Any]:
    """How hard the running text of a document reads, and how long the document is.

    LIX is the mean length of sentences and the share of words of more than six letters, in per
    cent, added up; there is none where there is too little text to measure.
    """
    language = setting.words.settings
    lines = (line for line in running_text(document.blocks) if not is_label(line))
    sentences = [sentence for line in lines for _, sentence in split_sentences(line, language)]
    return {
        "lix": round(lix(sentences)) if is_measured(sentences) else None,
        "lix_limit": MAX_EASY_LIX if document.easy else setting.service.max_lix,
        "longest": max(sentences, key=lambda one: len(words_of(one)), default=""),
        "pages": count_pages(document),
        "most_pages": KINDS[document.kind].most_pages(
            blank=document.state is State.BLANK, easy=document.easy
        ),
        "warnings": [problem.to_dict() for problem in document.warnings],
    }


def findings(roots: Roots) -> list[dict[str, Any]]:
    """Everything that the check tells of all templates, with the file of each finding."""
    found = check(templates=roots.templates, services=roots.services)
    return [one.to_dict() for one in found if isinstance(one, Finding)]
