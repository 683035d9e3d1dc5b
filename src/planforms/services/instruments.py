"""Assessment instruments as data: areas, items and scale of each stand in a file of its own.

The words of items and steps belong to those who publish an instrument. A file holds keys and
numbers; a service that has the manual adds words of its own in its profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Annotated

from pydantic import Field, StringConstraints

from planforms.errors import Problem, did_you_mean
from planforms.models.fields import Key, LanguageName, Line, RatingStep
from planforms.services.parts import ProfilePart
from planforms.services.texts import Translated

INSTRUMENT_VOCABULARIES = ("instrument_area", "instrument_item", "rating")
"""What the files of instruments give the keys and names of."""
MAX_STEPS = 11
"""A scale from 0 to 10."""
ItemNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z]?[0-9]{1,3}[a-z]?$")]


class InstrumentArea(ProfilePart):
    """An area of an instrument.

    Attributes:
        name: the area in words.
        items: the number of each of its items, as the instrument's form has it, by key.
    """

    name: Translated
    items: Annotated[dict[Key, ItemNumber], Field(min_length=1, max_length=100)]


class Scale(ProfilePart):
    """How the items of an instrument are rated.

    Attributes:
        steps: what is printed for each step, by its key, in the order in which forms offer them.
        legend: what the steps mean, for a reader without the manual.
    """

    steps: Annotated[dict[RatingStep, Line], Field(min_length=2, max_length=MAX_STEPS + 1)]
    legend: Translated


class Instrument(ProfilePart):
    """An assessment instrument.

    Attributes:
        id: its key; the same as the file's name.
        language: the language of its texts.
        areas: its items by area; of none, its items are those of ``demands_of``.
        scale: how they are rated.
        demands_of: the instrument beside which it rates what the work demands of each item.
    """

    id: Key
    language: LanguageName
    scale: Scale
    areas: dict[Key, InstrumentArea] = Field(default_factory=dict)
    demands_of: Key | None = None


@dataclass(frozen=True)
class Instruments:
    """The instruments of a service whose files there are.

    Attributes:
        files: the instruments by key.
        words: the service's own words for their items, by the items' keys.
    """

    files: Mapping[str, Instrument] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, key: object) -> bool:
        """Whether there is a file for an instrument."""
        return key in self.files

    def demands_of(self, key: str) -> str | None:
        """The instrument beside which this one rates what a work demands, if it does that."""
        return self.files[key].demands_of if key in self.files else None

    def steps(self, key: str) -> tuple[str, ...]:
        """The keys of an instrument's scale; none without a file."""
        return tuple(self.files[key].scale.steps) if key in self.files else ()

    def legend(self, key: str) -> str:
        """What the steps of an instrument mean; empty without a file."""
        return self.files[key].scale.legend if key in self.files else ""

    def demands_legend(self, key: str) -> str:
        """What the steps of demands beside an instrument mean; empty if nothing rates them."""
        beside = (one.scale.legend for one in self.files.values() if one.demands_of == key)
        return next(beside, "")

    def own_areas(self, key: str) -> tuple[str, ...]:
        """The areas that an instrument's file has itself."""
        return tuple(self.files[key].areas) if key in self.files else ()

    def areas(self, key: str) -> tuple[str, ...]:
        """The areas of an instrument, or of the one beside which it rates demands."""
        return self.own_areas(self.demands_of(key) or key)

    def items(self, area: str) -> tuple[str, ...]:
        """The items of an area."""
        areas = (one.areas[area] for one in self.files.values() if area in one.areas)
        return tuple(item for found in areas for item in found.items)

    def vocabulary(self, name: str) -> dict[str, str] | None:
        """Names by key of all areas, items or steps; ``None`` for another vocabulary."""
        return self._vocabularies.get(name)

    @cached_property
    def _vocabularies(self) -> dict[str, dict[str, str]]:
        areas = dict(self._all_areas())
        numbers = (area.items.items() for area in areas.values())
        steps = (one.scale.steps.items() for one in self.files.values())
        items = {
            key: " ".join(filter(None, (number, self.words.get(key))))
            for key, number in chain.from_iterable(numbers)
        }
        names = {key: area.name for key, area in areas.items()}
        tables = names, items, dict(chain.from_iterable(steps))
        return dict(zip(INSTRUMENT_VOCABULARIES, tables, strict=True))

    def _all_areas(self) -> Iterator[tuple[str, InstrumentArea]]:
        for one in self.files.values():
            yield from one.areas.items()


def instrument_problems(instrument: Instrument, file: str) -> Iterator[Problem]:
    """Everything about an instrument that does not fit, with file and key.

    The keys of its areas and items begin with its own, so that no other instrument has them.
    """
    if f"{instrument.id}.toml" != file:
        yield Problem("profile.name", f"{file}: id", "differs from the file's name")
    if bool(instrument.areas) == bool(instrument.demands_of):
        hint = "demands_of is for an instrument that rates the items of another"
        yield Problem("profile.key", f"{file}: areas", "has areas or demands_of, one of both", hint)
    keys = [*instrument.areas, *(key for area in instrument.areas.values() for key in area.items)]
    for key in keys:
        if not key.startswith(f"{instrument.id}_"):
            hint = f"begin it with {instrument.id}_"
            yield Problem("profile.key", f"{file}: areas", f"is no key of its own: {key}", hint)
    if len(set(keys)) < len(keys):
        yield Problem("profile.key", f"{file}: areas", "has two areas or items of one key")


def word_problems(words: Sequence[str], instruments: Instruments, file: str) -> Iterator[Problem]:
    """Words of a service for items that none of its instruments has."""
    known = instruments.vocabulary("instrument_item") or {}
    for key in words:
        if key not in known:
            place = f"{file}: instrument_words.{key}"
            yield Problem(
                "profile.key", place, "is no item of an instrument", did_you_mean(key, known)
            )
