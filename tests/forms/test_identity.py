"""A form says which form it is, and knows its own line again."""

from __future__ import annotations

from dataclasses import replace

import pytest

import planforms as pf
from planforms.forms.identity import identity_of, parse


def test_an_identity_is_read_from_its_own_line() -> None:
    identity = identity_of(pf.blank("consent", service="hjortmossen"))
    assert str(identity).startswith("planforms 1 consent sv hjortmossen 2 ")
    assert parse(str(identity)) == identity


def test_a_form_has_the_same_fields_in_every_language() -> None:
    norwegian, danish = (
        identity_of(pf.blank("consent", service="molde", language=code)) for code in ("no", "da")
    )
    assert norwegian.fingerprint == danish.fingerprint
    other = identity_of(pf.blank("rights", service="molde", language="no"))
    assert other.fingerprint != norwegian.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "planforms 1 consent sv hjortmossen 2 0123456789a",
        "planforms 01 consent sv hjortmossen 2 0123456789ab",
        "planforms 1 consent sv ../hjortmossen 2 0123456789ab",
        "planforms 1 consent sv hjortmossen 2 0123456789ab\n",
        "planforms 99999 consent sv hjortmossen 2 0123456789ab",
    ],
)
def test_other_lines_are_no_identity(text: str) -> None:
    assert parse(text) is None


def test_a_variant_of_a_kind_is_a_form_of_its_own() -> None:
    document = pf.blank("appeal", service="team_work", data={"variant": "review"})
    identity = identity_of(document)
    assert str(identity).startswith("planforms 1 appeal.review sv team_work 2 ")
    assert parse(str(identity)) == identity
    assert identity.variant == "review"


def test_a_form_with_something_in_it_is_the_same_form_as_an_empty_one() -> None:
    empty = identity_of(pf.blank("consent", service="molde"))
    known = identity_of(pf.blank("consent", service="molde", data={"lines": [{"area": "nav"}]}))
    assert str(known) == f"{empty} known"
    assert parse(str(known)) == known
    assert (known.fields, known.said) == (empty.fields, empty.said)
    assert not empty.is_known


def test_a_form_that_says_something_else_is_another_one() -> None:
    document = pf.blank("consent", service="molde")
    before = identity_of(document)
    for path, raw, half in (("lines[0].area", "school", "said"), ("purpose", "x", "fields")):
        changed = replace(document.places[path], raw=raw)
        after = identity_of(replace(document, places={**document.places, path: changed}))
        differ = [
            name for name in ("fields", "said") if getattr(before, name) != getattr(after, name)
        ]
        assert differ == [half]
