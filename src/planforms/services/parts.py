"""What all parts of profiles share."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from planforms.models.fields import Line
from planforms.services.texts import Translated

NO_BREAK_SPACE = "\u00a0"


class ProfilePart(BaseModel):
    """What all parts of a profile share: they are frozen and know no other keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Phone = Annotated[Line, AfterValidator(lambda number: number.replace(" ", NO_BREAK_SPACE))]
"""A telephone number, which no line breaks."""


class Citation(ProfilePart):
    """A provision of law or a service's rule, as it is printed.

    ``checked`` is the day somebody last compared it with its source; absent if nobody has.
    """

    text: Translated
    checked: date | None = None


Basis = Annotated[str, Field(pattern="^(source|practice)$")]
"""``source`` if the service describes something itself, ``practice`` if it is made from law and
good practice."""
