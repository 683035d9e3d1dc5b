"""Laws that replace others: provisions in pairs, and the day from which the new one is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from planforms.services.parts import ProfilePart
from planforms.services.texts import Translated


class ProvisionPair(ProfilePart):
    """A provision as it is cited before a reform, and the one that takes its place."""

    old: Translated
    new: Translated


class Reform(ProfilePart):
    """A law that takes the place of another one.

    Attributes:
        since: the first day of the new law; absent as long as nobody knows it.
        provisions: what is cited before that day, and what from then on.
        source: where the reform stands.
        checked: the day somebody last compared the pairs with the two laws.
    """

    since: date | None = None
    provisions: Annotated[tuple[ProvisionPair, ...], Field(min_length=1)]
    source: Translated
    checked: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether the new law is cited on a day; without a day, once its first day is known."""
        return self.since is not None and (day is None or self.since <= day)


def reformed(data: Any, reforms: Iterable[Reform]) -> Any:
    """Texts, in whatever lists and tables, that cite the new provisions instead of the old ones."""
    pairs = {pair.old: pair.new for reform in reforms for pair in reform.provisions}
    longest_first = sorted(pairs, key=len, reverse=True)
    old = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return _replaced(data, old, pairs)


def _replaced(data: Any, old: re.Pattern[str], pairs: dict[str, str]) -> Any:
    if type(data) is str:
        return old.sub(lambda cited: pairs[cited[0]], data)
    if isinstance(data, dict):
        return {key: _replaced(value, old, pairs) for key, value in data.items()}
    if isinstance(data, tuple):
        return tuple(_replaced(value, old, pairs) for value in data)
    return data
