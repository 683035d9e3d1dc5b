"""A form says which form it is, and knows its own line again."""

from __future__ import annotations

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
