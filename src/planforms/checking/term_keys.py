"""Which keys ``terms.po`` must name: what models, profiles and rules ask words for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import BaseModel

from planforms.checking.vocabulary import Profiles
from planforms.document import Pictogram
from planforms.forms.prompts import PROMPTS
from planforms.languages import TermKey
from planforms.models.shapes import Form, Shape
from planforms.models.walking import walk_shapes
from planforms.registry import KINDS
from planforms.rules.consents import Standing
from planforms.rules.deadlines import term_of, terms_of
from planforms.services.countries import CountryProfile, Ground
from planforms.services.timing import UNITS
from planforms.setting import keys_of

REASONS = ("draft", "replaced", "untold", *(one for one in Standing if one is not Standing.COVERED))
"""Why a paper is left out of an envelope."""
FIXED: frozenset[TermKey] = frozenset(
    {
        ("note", "page"),
        ("note", "copy"),
        ("note", "withheld"),
        ("note", "counts"),
        ("flag", "yes"),
        ("flag", "no"),
        ("copies", "count"),
        *(("prompt", key) for key in PROMPTS),
        ("ground", "consent"),
        ("calendar", "meeting"),
        ("title", "envelope"),
        ("title", "left_out"),
        *(("pictogram", one.value) for one in Pictogram),
        ("envelope", "contents"),
        ("envelope", "for_us"),
        *(("left_out", reason) for reason in REASONS),
        ("routing", "route"),
        ("routing", "otherwise"),
        ("routing", "ask_for"),
        *(("length", unit) for unit in UNITS),
        *(("discrimination", ground.value) for ground in Ground),
    }
)
"""What the code asks for by name, whatever the data and the profiles say."""

_PROFILED = frozenset(
    {"title", "appeal_form", "appeal_note", "deadline", "after", "on", "month_end"}
)


def profiled_contexts() -> frozenset[str]:
    """The contexts whose keys profiles choose; a service of one's own can add to them."""
    return _PROFILED.union(*map(_open_contexts, _models()))


def _models() -> Iterator[type[BaseModel]]:
    return (kind.model for kind in KINDS.values())


def needed_keys(kinds: Iterable[str], profiles: Profiles) -> frozenset[TermKey]:
    """Every key that documents of some kinds and services can ask for."""
    keys = FIXED.union(*(keys_of_kind(kind, profiles) for kind in kinds))
    for service, country in profiles.pairs:
        keys |= {*terms_of(service), *_appeals(country)}
    return keys


def keys_of_kind(kind: str, profiles: Profiles) -> frozenset[TermKey]:
    """The keys that a kind of document asks for: its titles, its fields and their choices."""
    model: type[BaseModel] = KINDS[kind].model
    titles = (
        document.title
        for service, _ in profiles.pairs
        for document in service.document(kind).all_variants()
    )
    return frozenset(
        {
            *(("title", paper) for paper in KINDS[kind].papers),
            *(("title", title) for title in titles if title),
            *_keys_of_model(model),
            *(key for context in _open_contexts(model) for key in _chosen(context, profiles)),
        }
    )


@cache
def _keys_of_model(model: type[BaseModel]) -> frozenset[TermKey]:
    """The labels of all fields, and the keys of all choices that the models fix."""
    labels = (("field", shape.label_key) for _, shape in walk_shapes(model))
    choices = ((one.vocabulary, key) for one in _choices(model) for key in one.members)
    return frozenset((*labels, *choices))


@cache
def _open_contexts(model: type[BaseModel]) -> frozenset[str]:
    """The contexts of all choices that profiles fix."""
    return frozenset(shape.vocabulary for shape in _choices(model) if not shape.members)


def _choices(model: type[BaseModel]) -> Iterator[Shape]:
    shapes = (shape for _, shape in walk_shapes(model))
    return (shape for shape in shapes if shape.form is Form.CHOICE and shape.vocabulary)


def _chosen(context: str, profiles: Profiles) -> Iterator[TermKey]:
    """The keys of a choice in some services; none where they have proper names."""
    for service, country in profiles.pairs:
        if (service.vocabulary(context), country.vocabulary(context)) == (None, None):
            yield from ((context, key) for key in keys_of(context, service, country))


def _appeals(country: CountryProfile) -> Iterator[TermKey]:
    """What is said of the laws under which decisions are appealed."""
    yield "deadline", "appeal_by"
    for statute in country.statutes.values():
        for deadline in (statute.appeal, statute.latest, statute.reconsidered):
            if deadline:
                yield term_of(deadline)
        yield from (("appeal_note", key) for key in statute.notes)
        yield from (("appeal_form", key) for key in statute.form)
