"""Every code that the check can say stands in its table, and nothing else does."""

from __future__ import annotations

import re

from planforms.checking.codes import CODES
from tests.reports import ROOT

SOURCE = ROOT / "src" / "planforms"
_CODE = re.compile(r'"((?:check|template)\.[a-z_]+)"')
_OF_THE_READER = re.compile(r'_problem\(\s*"([a-z_]+)"')


def said() -> set[str]:
    """The codes in the program's text."""
    parts = [*(SOURCE / "checking").rglob("*.py"), *(SOURCE / "templating").glob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in parts if path.name != "codes.py"]
    reader = (SOURCE / "reader.py").read_text(encoding="utf-8")
    short = {f"template.{code}" for code in _OF_THE_READER.findall(reader)}
    return short | {code for text in texts for code in _CODE.findall(text)}


def test_each_code_is_in_the_table_and_each_of_the_table_is_said() -> None:
    assert said() == set(CODES)


def test_each_code_is_told_in_one_plain_sentence() -> None:
    for code, meaning in CODES.items():
        assert meaning[0].islower() or meaning.startswith("differences"), code
        assert len(meaning) < 100, code
        assert not meaning.endswith("."), code
