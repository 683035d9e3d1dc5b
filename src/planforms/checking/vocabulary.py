"""The names that a template of one kind can use, and what people write in their stead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planforms.checking.probes import NamedText, Probe, Probes, Profile, facts_of, least, names_of
from planforms.document import State
from planforms.errors import PlanformsError, Problem, did_you_mean, nearest
from planforms.languages import Words, load_words
from planforms.models.documents import DocumentData
from planforms.models.shapes import Shape
from planforms.registry import KINDS
from planforms.rendering import template_names
from planforms.rules.collection import COMMON
from planforms.services import list_services, load_country, load_service
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile
from planforms.setting import Setting, keys_of
from planforms.templating.environment import RENDERING
from planforms.templating.values import Rendering, Value

_TRANSLATED = "names in braces are never translated"


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Every service with its country; equal if read from the same files."""

    pairs: tuple[tuple[ServiceProfile, CountryProfile], ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Profiles) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def _identity(self) -> tuple[int, ...]:
        return tuple(id(profile) for pair in self.pairs for profile in pair)

    def rules(self, kind: str, words: Words | None) -> tuple[str, ...]:
        """The rules that any of the services may have a fact by."""
        named = words.deadlines if words else ()
        kinds = [KINDS[kind]] if kind else KINDS.values()
        own = (rule for one in kinds for rule in one.rules)
        by_services = (rule for service, _ in self.pairs for rule in sorted(service.rules))
        return tuple(dict.fromkeys((*by_services, *sorted(named), *COMMON, *own)))

    def keys(self, vocabulary: str) -> tuple[str, ...]:
        """The keys of an open vocabulary in any of the services."""
        found = (key for pair in self.pairs for key in keys_of(vocabulary, *pair))
        return tuple(dict.fromkeys(found))


def read_profiles(folders: tuple[Path, ...]) -> Profiles:
    """The profiles of all services.

    Raises:
        ProfileError: a profile has mistakes.
    """
    services = [load_service(name, folders) for name in list_services(folders)]
    return Profiles(tuple((one, load_country(one.country, folders)) for one in services))


@dataclass(frozen=True, slots=True)
class Names:
    """What a template can name.

    Attributes:
        roots: what each name stands for at the start.
        profiles: the services whose documents it makes.
        words: the words of its language; ``None`` if they cannot be read.
    """

    roots: dict[str, Probes]
    profiles: Profiles
    words: Words | None = field(repr=False)

    def options(self, value: Value) -> tuple[str, ...]:
        """The keys that a choice can have in any of the services."""
        shape = value.shape.item or value.shape
        return shape.members or self.profiles.keys(shape.vocabulary)

    def hint_for_name(self, name: str, known: Iterable[str]) -> str:
        """What to write instead of a name that there is not."""
        found = [one.thing for probes in self.roots.values() for one in probes]
        values = [value for value in found if isinstance(value, Value)]
        values += [value.child(name) for value in values for name in value.shape.fields()]
        return self._hint(name, list(known), {value.shown: value.shape for value in values})

    def hint_for_field(self, name: str, holder: Any) -> str:
        """What to write instead of a field that there is not."""
        shapes = holder.shape.fields() if isinstance(holder, Value) else {}
        return self._hint(name, list(names_of(holder)), shapes)

    def _hint(self, name: str, known: list[str], shapes: dict[str, Shape]) -> str:
        labels = {self._label(shape): path for path, shape in shapes.items()}
        plain = name.casefold().replace("_", " ")
        translated = nearest(plain, filter(None, labels))
        if translated and not nearest(name, known):
            return f"write {labels[translated]}; {_TRANSLATED}"
        otherwise = f"{_TRANSLATED}; known here: {', '.join(known) or 'nothing'}"
        return did_you_mean(name, known, otherwise=otherwise)

    def _label(self, shape: Shape) -> str:
        if self.words is None or not self.words.has("field", shape.label_key):
            return ""
        return self.words.term("field", shape.label_key).casefold()

    def translated(self, fault: Problem, thing: Any, constant: object) -> Problem:
        """The same fault; its hint knows the key that a translated constant stands for."""
        if not isinstance(thing, Value) or self.words is None:
            return fault
        shape = thing.shape.item or thing.shape
        context = shape.vocabulary or shape.label_key
        for key in self.options(thing):
            named = self.words.has(context, key) and self.words.term(context, key)
            if named and named.casefold() == constant:
                return replace(fault, hint=f'write "{key}"; keys are never translated')
        return fault


def words_of(language: str, folders: tuple[Path, ...]) -> Words | None:
    """The words of a language; ``None`` if they have mistakes, which are told elsewhere."""
    try:
        return load_words(language, folders)
    except PlanformsError:
        return None


def names_of_kind(
    kind: str,
    model: type[DocumentData],
    words: Words | None,
    profiles: Profiles,
    *,
    easy: bool = False,
) -> Names:
    """What a template of a kind can name: what rendering gives to it, with all that it may be."""
    service, country = profiles.pairs[0]
    setting = Setting(service, country, words or load_words(service.language), ())
    discreet = kind in KINDS and KINDS[kind].for_participant
    rendering = Rendering(setting, State.BLANK, False, frozenset(), discreet=discreet)
    given = {
        **template_names(model, least(model), rendering),
        "facts": facts_of(profiles.rules(kind, words)),
        "service": Profile(ServiceProfile, "service"),
        "country": Profile(CountryProfile, "country"),
        "title": NamedText("title"),
        **({"paper": NamedText("paper")} if easy else {}),
    }
    del given[RENDERING]
    return Names({name: (Probe(thing),) for name, thing in given.items()}, profiles, words)
