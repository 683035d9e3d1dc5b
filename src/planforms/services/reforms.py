"""Laws that replace others: provisions in pairs, and the day from which the new one is cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field

from planforms.services.parts import ProfilePart
from planforms.services.texts import Translated

P = TypeVar("P", bound=ProfilePart)


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


def reformed(profile: P, reforms: Iterable[Reform]) -> P:
    """A profile whose texts cite the new provisions instead of the old ones; files stay with it."""
    pairs = {pair.old: pair.new for reform in reforms for pair in reform.provisions}
    if not pairs:
        return profile
    longest_first = sorted(pairs, key=len, reverse=True)
    old = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    cited_anew: P = _replaced(profile, lambda text: old.sub(lambda cited: pairs[cited[0]], text))
    return cited_anew


def _replaced(value: Any, change: Callable[[str], str]) -> Any:
    """A value with its texts changed; what has none to change is the same object as before."""
    if isinstance(value, Reform):
        return value
    if isinstance(value, ProfilePart):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return value.model_copy(update=_changed(fields, change))
    if isinstance(value, dict):
        return value | _changed(value, change)
    if isinstance(value, tuple):
        return tuple(_replaced(item, change) for item in value)
    return change(value) if type(value) is str else value


def _changed(values: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The items that are others once their texts are changed."""
    anew = {key: _replaced(value, change) for key, value in values.items()}
    return {key: value for key, value in anew.items() if value != values[key]}
