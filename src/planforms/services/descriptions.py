"""What a service tells everybody of itself."""

from __future__ import annotations

from datetime import date

from planforms.services.parts import Basis, ProfilePart
from planforms.services.texts import Translated


class DescriptionProfile(ProfilePart):
    """The texts of a service's description, in plain words.

    Attributes:
        for_whom: for whom the service is.
        doing: what one does there, a sentence each.
        hours: when it is open, and how many hours fit.
        way_in: how one gets a place, a step each.
        visit: when one can come and look.
        basis: ``source`` if the service says this itself, ``practice`` if not.
        source: where it stands.
        checked: the day somebody last compared the two.
    """

    for_whom: Translated | None = None
    doing: tuple[Translated, ...] = ()
    hours: Translated | None = None
    way_in: tuple[Translated, ...] = ()
    visit: Translated | None = None
    basis: Basis = "source"
    source: Translated | None = None
    checked: date | None = None
