"""The names that a template of one kind can use, and what people write in their stead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from planforms.checking.meanings import Datum, Facts, Meaning, ProfilePart, Words
from planforms.checking.uses import Fault
from planforms.document import State
from planforms.errors import PlanformsError, did_you_mean, nearest
from planforms.languages import Words as LanguageWords
from planforms.languages import load_words
from planforms.models.documents import DocumentData
from planforms.models.fields import Guarded
from planforms.models.shapes import Shape, shapes_of
from planforms.registry import KINDS
from planforms.rules.collection import COMMON
from planforms.services import list_services, load_country, load_service
from planforms.services.countries import CountryProfile
from planforms.services.profiles import ServiceProfile
from planforms.setting import keys_of

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

    def rules(self, kind: str, words: LanguageWords | None) -> tuple[str, ...]:
        """The rules that any of the services may have a fact by."""
        named = (key for context, key in words.terms if context == "deadline") if words else ()
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
class Vocabulary:
    """What a template can name.

    Attributes:
        names: what each name stands for at the start.
        profiles: the services whose documents it makes.
        words: the words of its language; ``None`` if they cannot be read.
    """

    names: dict[str, tuple[Meaning, ...]]
    profiles: Profiles
    words: LanguageWords | None = field(repr=False)

    def options(self, datum: Datum) -> tuple[str, ...]:
        """The keys that a choice can have in any of the services."""
        shape = datum.shape.item or datum.shape
        return shape.members or self.profiles.keys(shape.vocabulary)

    def hint_for_name(self, name: str, known: Iterable[str]) -> str:
        """What to write instead of a name that there is not."""
        shapes = {
            datum.path: datum.shape
            for meanings in self.names.values()
            for root in meanings
            if isinstance(root, Datum)
            for datum in (root, *_data(root.child(name) for name in root.names()))
        }
        return self._hint(name, list(known), shapes)

    def hint_for_field(self, name: str, holder: Meaning) -> str:
        """What to write instead of a field that there is not."""
        shapes = holder.shape.fields() if isinstance(holder, Datum) else {}
        return self._hint(name, list(holder.names()), shapes)

    def _hint(self, name: str, known: list[str], shapes: dict[str, Shape]) -> str:
        labels = {self._label(shape): path for path, shape in shapes.items()}
        plain = name.casefold().replace("_", " ")
        translated = nearest(plain, filter(None, labels))
        if translated and not nearest(name, known):
            return f"write {labels[translated]}; {_TRANSLATED}"
        otherwise = f"{_TRANSLATED}; known here: {_list(known)}"
        return did_you_mean(name, known, otherwise=otherwise)

    def _label(self, shape: Shape) -> str:
        if self.words is None or not self.words.has("field", shape.label_key):
            return ""
        return self.words.term("field", shape.label_key).casefold()

    def translated(self, fault: Fault, meaning: Meaning, value: object) -> Fault:
        """The same fault; its hint knows the key that a translated value stands for."""
        if fault.code != "check.choice" or not isinstance(meaning, Datum) or self.words is None:
            return fault
        shape = meaning.shape.item or meaning.shape
        context = shape.vocabulary or shape.label_key
        for key in self.options(meaning):
            if self.words.has(context, key) and self.words.term(context, key).casefold() == value:
                return replace(fault, hint=f'write "{key}"; keys are never translated')
        return fault


def _data(meanings: Iterable[Meaning]) -> Iterator[Datum]:
    return (meaning for meaning in meanings if isinstance(meaning, Datum))


def _list(names: list[str]) -> str:
    return ", ".join(names) or "nothing"


def words_of(language: str, folders: tuple[Path, ...]) -> LanguageWords | None:
    """The words of a language; ``None`` if they have mistakes, which are told elsewhere."""
    try:
        return load_words(language, folders)
    except PlanformsError:
        return None


def vocabulary_of(
    kind: str, model: type[DocumentData], words: LanguageWords | None, profiles: Profiles
) -> Vocabulary:
    """What a template of a kind can name: what rendering gives to it."""
    names: dict[str, tuple[Meaning, ...]] = {
        name: (Datum(shape=shape, path=name, guarded=shape.mark(Guarded) is not None),)
        for name, shape in shapes_of(model).items()
    }
    names |= {
        "facts": (Facts(rules=profiles.rules(kind, words)),),
        "service": (ProfilePart(model=ServiceProfile, path="service"),),
        "country": (ProfilePart(model=CountryProfile, path="country"),),
        "state": (Words(name="state", members=tuple(State)),),
        "title": (Words(name="title"),),
    }
    return Vocabulary(names, profiles, words)
