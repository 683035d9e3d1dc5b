"""Variants of a kind of document: what they replace, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

import planforms as pf
from planforms.checking.term_keys import keys_of_kind
from planforms.checking.vocabulary import read_profiles
from planforms.errors import DataError, ProfileError
from planforms.rules.deadlines import terms_of
from planforms.services import BUILT_IN, load_service
from tests.reports import GONE, report_data

VARIANTS = """
[documents.final_report.variants.account]
title = "final_account"
needed = ["follow_up"]
basis = "practice"

[documents.final_report.variants.account.signing]
signers = ["participant", "unit_head"]
source = "Rutine 4"

[documents.final_report.variants.account.deadlines.send_by]
days = 7
after = "measure.ended_on"
source = "Rutine 5"

[documents.final_report.variants.plain]

[documents.final_report.deadlines.send_by]
days = 30
after = "measure.ended_on"
source = "Rutine 1"

[documents.final_report.deadlines.answer_by]
days = 3
after = "measure.ended_on"
source = "Rutine 2"
"""


def write(folder: Path, old: str = "", new: str = "") -> Path:
    """Molde with two variants of the final report."""
    profile = (BUILT_IN / "molde.toml").read_text(encoding="utf-8")
    assert old in VARIANTS
    text = profile + VARIANTS.replace(old, new, 1) if old else profile + VARIANTS
    (folder / "molde.toml").write_text(text, encoding="utf-8")
    (folder / "molde.png").write_bytes((BUILT_IN / "molde.png").read_bytes())
    return folder


def test_a_variant_replaces_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    service = load_service("molde", [write(tmp_path)])
    own, account = (service.document("final_report", name) for name in (None, "account"))
    assert (own.title, own.needed, own.basis) == (None, ("workplaces",), "source")
    assert (account.title, account.needed) == ("final_account", ("follow_up",))
    assert account.basis == "practice"
    assert account.signing and account.signing.source == "Rutine 4"
    assert {rule: one.source for rule, one in account.deadlines.items()} == {
        "send_by": "Rutine 5",
        "answer_by": "Rutine 2",
    }
    assert service.document("final_report", "plain") == own
    assert service.document("consent", "account") == service.document("consent")


def test_a_document_follows_its_variant(tmp_path: Path) -> None:
    write(tmp_path)
    own, plain = (
        pf.render(pf.load(report_data({"variant": name})), language="sv", services=tmp_path)
        for name in (None, "plain")
    )
    assert own.text() == plain.text()
    changes = {
        "variant": "account",
        "signatures": [{"role": "participant"}, {"role": "unit_head"}],
    }
    data = pf.load(report_data(changes))
    account = pf.render(data, language="sv", services=tmp_path)
    assert account.title != own.title
    assert account.title in account.text()
    found = {fact.rule: fact.source for fact in pf.deadlines(data, services=tmp_path)}
    assert (found["send_by"], found["answer_by"]) == ("Rutine 5", "Rutine 2")


def test_a_variant_needs_and_asks_for_signatures_of_its_own(tmp_path: Path) -> None:
    write(tmp_path)
    data = pf.load(report_data({"variant": "account", "follow_up": GONE, "workplaces": []}))
    with pytest.raises(DataError) as error:
        pf.render(data, services=tmp_path)
    found = {(problem.code, problem.place) for problem in error.value.problems}
    assert ("data.needed", "follow_up") in found
    assert ("data.signer", "signatures") in found
    assert ("data.needed", "workplaces") not in found


@pytest.mark.parametrize("status", ["draft", "final"])
def test_a_variant_that_the_service_does_not_have_is_told_with_those_it_has(
    tmp_path: Path, status: str
) -> None:
    data = pf.load(report_data({"variant": "acount", "status": status}))
    for services, hint in (
        (write(tmp_path), "known: account, plain"),
        (None, "the service has none: leave it out"),
    ):
        with pytest.raises(DataError) as error:
            pf.render(data, services=services)
        (problem,) = error.value.problems
        assert (problem.code, problem.place) == ("data.variant", "variant")
        assert problem.hint == hint
        assert "acount" not in str(problem)


def test_words_are_asked_for_by_variants_too(tmp_path: Path) -> None:
    text = VARIANTS.replace("variants.account.deadlines.send_by", "variants.account.deadlines.soon")
    write(tmp_path, VARIANTS, text)
    service = load_service("molde", [tmp_path])
    assert ("deadline", "soon") in terms_of(service)
    assert "soon" in service.rules
    keys = keys_of_kind("final_report", read_profiles((tmp_path,)))
    assert ("title", "final_account") in keys


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('"follow_up"', '"follow_down"', "path", "needed"),
        ('"follow_up"', '"activities.outcome"', "path", "needed"),
        ('needed = ["follow_up"]', 'left_out = ["nothing"]', "path", "left_out"),
        ('"measure.ended_on"', '"measure.key"', "path", "deadlines.send_by.after"),
        ('"unit_head"', '"boss"', "enum", "signing.signers[1]"),
        ("needed =", "neded =", "unknown_field", ""),
        ("needed =", 'adds_follow_up = "coach"\nneeded =', "unknown_field", ""),
    ],
)
def test_a_mistake_in_a_variant_is_told_with_its_key(
    tmp_path: Path, old: str, new: str, code: str, key: str
) -> None:
    write(tmp_path, old, new)
    with pytest.raises(ProfileError) as error:
        load_service("molde", [tmp_path])
    (problem,) = error.value.problems
    place = "molde.toml: documents.final_report.variants.account"
    assert (problem.code, problem.place) == (f"profile.{code}", f"{place}.{key}".rstrip("."))
    assert code == "path" or problem.hint
