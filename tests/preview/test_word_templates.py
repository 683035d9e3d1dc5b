"""Word templates of one's own in the preview: shown, told of in the margin, seen when saved."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from planforms.checking.sources import read_sources
from planforms.checking.word_templates import check_word_templates
from planforms.preview import measuring
from planforms.preview.answering import Question, answer
from planforms.preview.choosing import Choice, Roots
from planforms.preview.watching import Watcher
from tests.bounds import STUCK_SECONDS
from tests.word_templates.sample import summons
from tests.word_templates.seeds import HERE, changed, read

FORM = Choice("molde", "summons", language="no")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder with a Word template."""
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "summons.docx").write_bytes(summons())
    return tmp_path


def test_the_word_view_shows_what_the_template_makes(templates: Path) -> None:
    made = answer(Question(FORM, "word", Roots((templates,))))
    shown = [paragraph.get("text", "") for paragraph in made["paragraphs"]]
    assert "Skriv tydelig." in shown
    built_in = answer(Question(FORM, "word", Roots()))
    assert "Skriv tydelig." not in [one.get("text", "") for one in built_in["paragraphs"]]


def test_what_keeps_it_from_being_filled_is_told_with_its_paragraph(templates: Path) -> None:
    seed = read(HERE / "mistakes" / "if_that_ends_in_another_paragraph.toml")
    (templates / "no" / "summons.docx").write_bytes(changed(seed))
    made = answer(Question(FORM, "word", Roots((templates,))))
    assert not made["ok"]
    assert "no/summons.docx: paragraph 6" in {one["place"] for one in made["problems"]}


def test_the_margin_tells_findings_with_their_paragraph(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = changed(read(HERE / "mistakes" / "path_misspelt.toml"))
    (templates / "no" / "summons.docx").write_bytes(content)
    found = tuple(check_word_templates(read_sources((templates,))))
    monkeypatch.setattr(measuring, "check", lambda **_: found)
    told = measuring.findings(Roots((templates,)))
    assert [(one["code"], one["where"]) for one in told if one["where"]] == [
        ("template.path", "paragraph 5")
    ]


def test_a_saved_template_is_seen_and_that_somebody_has_it_open_is_not(templates: Path) -> None:
    async def watched() -> list[str]:
        watcher, stop = Watcher((templates,)), asyncio.Event()
        running = asyncio.create_task(watcher.run(stop))
        (templates / "no" / "~$mmons.docx").write_bytes(b"Kari")
        (templates / "no" / "summons.docx").write_bytes(summons() + b"\0")
        async with asyncio.timeout(STUCK_SECONDS):
            await watcher.next(1)
        stop.set()
        watcher.wake()
        await running
        return [Path(one["file"]).name for one in watcher.last]

    assert asyncio.run(watched()) == ["summons.docx"]
