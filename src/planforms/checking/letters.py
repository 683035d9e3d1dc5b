"""The letters of templates: tags that are cut off, and names of characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from itertools import islice

from planforms.checking.braces import MAX_FINDINGS
from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile
from planforms.errors import did_you_mean
from planforms.markup.subset import unescaped

NEEDED_ENTITIES = frozenset({"amp", "gt", "lt", "nbsp", "quot", "shy"})
"""Characters that cannot be written, or not be seen, as themselves."""

_CODE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#(?:(?!\{#|#\}).)*#\}", re.DOTALL)
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/])(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*>?")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z-]+(?:=\"[^\"]*\"|='[^']*')?)*\s*/?>")
_OPEN_COMMENT = re.compile(r"<!--(?!.*?-->)", re.DOTALL)
_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*)(;?)")


def words_only(content: str) -> str:
    """A template without its code: each letter of that is an underscore, line ends stay."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", "_", code[0]), content)


def check_letters(file: SourceFile) -> Iterator[Finding]:
    """Tags that are not complete, and names of characters that are unknown or not needed."""
    return islice(_check_letters(file), MAX_FINDINGS)


def _check_letters(file: SourceFile) -> Iterator[Finding]:
    words = words_only(file.content)
    for match in _TAG_LIKE.finditer(words):
        if not _TAG.fullmatch(match[0]):
            yield _broken_tag(file, match)
    for match in _OPEN_COMMENT.finditer(words):
        hint = "write a note as {# … #}"
        yield file.finding("template.tag", match.start(), match[0], "<!-- is never closed", hint)
    for match in _ENTITY.finditer(words):
        yield from _entity(file, match)


def _broken_tag(file: SourceFile, match: re.Match[str]) -> Finding:
    for offset, letter in enumerate(match[0], match.start()):
        if unicodedata.category(letter) in ("Pi", "Pf", "Ps") and not letter.isascii():
            what = f"{unicodedata.name(letter).lower()} inside of a tag"
            return file.finding("check.letters", offset, letter, what, 'write "')
    what, hint = "the tag is not complete", 'a tag looks like <p>, </p> or <aside class="note">'
    text = file.content[match.start() : match.end()].split("\n")[0]
    return file.finding("template.tag", match.start(), text, what, hint)


def _entity(file: SourceFile, match: re.Match[str]) -> Iterator[Finding]:
    name, end = match.groups()
    letter = unescaped(f"&{name};")
    if not end:
        if name in html5:
            hint = "write &amp; for the sign &"
            yield file.finding("check.entity", match.start(), match[0], "; is missing", hint)
    elif letter == match[0]:
        otherwise = "write the letter itself"
        hint = did_you_mean(name, NEEDED_ENTITIES, form="&{};", otherwise=otherwise)
        what = f"{match[0]} is no character"
        yield file.finding("check.entity", match.start(), match[0], what, hint)
    elif name not in NEEDED_ENTITIES:
        hint = f"write {letter}" if letter.isprintable() else "write the letter itself"
        what = f"{match[0]} is harder to read than the letter"
        yield file.finding("check.entity", match.start(), match[0], what, hint).as_warning()
