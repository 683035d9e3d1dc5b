"""What a service asks its participants, with answers from 1 to 5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from planforms.models.fields import Key
from planforms.services.parts import Basis, ProfilePart
from planforms.services.texts import Translated


class QuestionForm(ProfilePart):
    """A form of questions.

    Attributes:
        name: what the form is called.
        low, high: what the first and the last step of the scale mean, of 1 to 5.
        items: the questions by key, in the order in which they are asked; their answers are drawn,
            so that a form has twelve at most.
        basis: ``source`` if the service itself asks them, ``practice`` if not.
        source: where they stand.
    """

    name: Translated
    low: Translated
    high: Translated
    items: Annotated[dict[Key, Translated], Field(min_length=1, max_length=12)]
    basis: Basis = "source"
    source: Translated


Forms = Mapping[str, QuestionForm]


def names_of(forms: Forms) -> dict[str, str]:
    """What the forms are called, by key."""
    return {key: form.name for key, form in forms.items()}


def items_of(forms: Forms) -> dict[str, str]:
    """All questions of some forms by key."""
    return {key: text for form in forms.values() for key, text in form.items.items()}
