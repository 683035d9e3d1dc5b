"""Whose copy is whose, and who signs."""

from __future__ import annotations

from pathlib import Path

import pytest

import planforms as pf
from planforms.rules.copies import copies_of, receivers_of
from planforms.setting import read_setting
from tests.reports import LANGUAGES, ROOT, problems_of, render_with, report_data

COPIES = [
    {"recipient": "Torbjørn Aasgård-Lunde", "role": "participant"},
    {"recipient": "Nav Molde", "role": "adviser", "secrecy_area": "nav"},
]


def test_the_recipient_comes_first_and_the_copies_in_their_order() -> None:
    receivers = receivers_of(pf.load(report_data({"copies": COPIES})))
    assert [receiver.place for receiver in receivers] == [
        "recipient.organisation",
        "copies[0]",
        "copies[1]",
    ]


def test_the_fact_counts_the_copies_and_names_roles_not_people() -> None:
    data = pf.load(report_data({"copies": COPIES}))
    said = {
        language: copies_of(data, read_setting("molde", language))[0].words
        for language in LANGUAGES
    }
    assert said["no"] == "3 eksemplarer: veileder, deltaker og veileder"
    assert said["sv"].startswith("3 exemplar: ")
    assert said["da"].startswith("3 eksemplarer: ")
    assert not any("Torbjørn" in words for words in said.values())


def test_a_blank_form_has_no_such_fact() -> None:
    assert copies_of(None, read_setting("molde")) == ()


ASKED = """
[documents.final_report.signing]
signers = ["participant", "unit_head"]
copies = ["mentor"]
source = "Rutine 4"
"""


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """Molde with rules about who signs and who has a copy."""
    source = ROOT / "src" / "planforms" / "services"
    profile = (source / "molde.toml").read_text(encoding="utf-8")
    (tmp_path / "molde.toml").write_text(profile + ASKED, encoding="utf-8")
    (tmp_path / "molde.png").write_bytes((source / "molde.png").read_bytes())
    return tmp_path


def test_a_missing_signature_and_a_missing_copy_are_told_by_role(services: Path) -> None:
    with pytest.raises(pf.DataError) as caught:
        render_with(services=services)
    assert problems_of(caught.value) == {("data.signer", "signatures"), ("data.copy", "copies")}
    assert "unit_head" in str(caught.value)
    assert "mentor" in str(caught.value)
    assert "Rutine 4" in str(caught.value)


def test_a_draft_may_lack_them(services: Path) -> None:
    assert render_with({"status": "draft"}, services=services)
