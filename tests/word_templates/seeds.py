"""Changes that somebody makes to a Word template, as data: mistakes, and edits that are none.

A file in ``mistakes/`` changes the template of :func:`tests.word_templates.sample.summons`::

    code = "template.path"         # what the check must say
    place = "paragraph 5"          # where it must say it
    text = "date"                  # the letters that it must point at; empty if it cannot

    [[change]]
    in = "Tid: "                   # words of the one paragraph that is changed
    old = "meeting.day"
    new = "meeting.date"

A file in ``clean/`` has changes only. A change says what it does by its keys:

``old``, ``new``  other words in place of some
``then``          that of so many paragraphs behind it is changed, and not the one with the words
``xml``           some XML at the paragraph's end; ``<all/>`` in it stands for all that it holds
``after``         paragraphs with these words behind it
``gone``          the paragraph is deleted
``cut``           its words are cut into runs of so many letters, marked as Word marks them
``part``          the part that it stands in; the body if not given
"""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from tests.word_files import Entries, W, archive_of, entries_of
from tests.word_templates.sample import BODY, NAMES, summons

HERE = Path(__file__).parent
MISTAKES = sorted((HERE / "mistakes").glob("*.toml"))
CLEAN = sorted((HERE / "clean").glob("*.toml"))
ALL = "<all/>"
_P, _R, _T = f"{{{W}}}p", f"{{{W}}}r", f"{{{W}}}t"


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def changed(*seeds: dict[str, Any]) -> bytes:
    """The template with the changes of some seeds."""
    entries = entries_of(summons())
    for seed in seeds:
        for change in seed["change"]:
            _change(entries, change)
    return archive_of(entries)


def _change(entries: Entries, change: dict[str, Any]) -> None:
    part = change.get("part", BODY)
    tree = etree.fromstring(entries[part])
    paragraph = _paragraph(tree, change["in"])
    for _ in range(change.get("then", 0)):
        paragraph = next(paragraph.itersiblings(_P))
    if "old" in change:
        _replace(paragraph, change["old"], change["new"])
    if "xml" in change:
        _insert(paragraph, change["xml"])
    for words in reversed(change.get("after", ())):
        _add(paragraph, words)
    if "cut" in change:
        _cut(paragraph, change["cut"])
    if change.get("gone"):
        paragraph.getparent().remove(paragraph)
    entries[part] = etree.tostring(tree)


def _paragraph(tree: etree._Element, words: str) -> Any:
    found = [one for one in tree.iter(_P) if words in "".join(t.text or "" for t in one.iter(_T))]
    assert len(found) == 1, f"{len(found)} paragraphs hold {words}"
    return found[0]


def _replace(paragraph: Any, old: str, new: str) -> None:
    [text] = (text for text in paragraph.iter(_T) if old in (text.text or ""))
    assert text.text.count(old) == 1, f"stands {text.text.count(old)} times: {old}"
    text.text = text.text.replace(old, new)


def _insert(paragraph: Any, xml: str) -> None:
    """Put XML at the end of a paragraph, or around its runs."""
    runs = paragraph.findall(_R)
    held = "".join(etree.tostring(run, encoding="unicode") for run in runs)
    if ALL in xml:
        for run in runs:
            paragraph.remove(run)
    new = etree.fromstring(f"<x {NAMES}>{xml.replace(ALL, held)}</x>")
    paragraph.extend(list(new))


def _add(paragraph: Any, words: str) -> None:
    """A paragraph behind another one, which looks as it does."""
    copy = deepcopy(paragraph)
    runs = copy.findall(_R)
    for run in runs[1:]:
        copy.remove(run)
    copy.find(f"{_R}/{_T}").text = words
    paragraph.addnext(copy)


def _cut(paragraph: Any, length: int) -> None:
    [run] = paragraph.findall(_R)
    words = run.find(_T).text
    for start in range(0, len(words), length):
        piece = deepcopy(run)
        text = piece.find(_T)
        text.text = words[start : start + length]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        piece.set(f"{{{W}}}rsidR", f"00AB{start:04d}")
        run.addprevious(piece)
        run.addprevious(etree.Element(f"{{{W}}}proofErr", {f"{{{W}}}type": "spellStart"}))
    paragraph.remove(run)
