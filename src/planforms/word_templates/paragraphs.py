"""What stands in the paragraphs of a Word file: words and tags, each with its place.

Word cuts words into runs as it likes, so that a tag may stand in several of them. Here a paragraph
is a row of pieces: words of one look, whole tags in the look of their first letter, and whatever
else a run holds, such as tabs and pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lxml import etree

from planforms.word_templates.places import Places
from planforms.writers._word_xml import WORD

_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TORN = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CODE = re.compile(r"\{%[-+]?\s*(?:(p|tr|tc)\s+)?(.*?)\s*[-+]?%\}", re.DOTALL)
_KEYWORD = re.compile(r"\w+")
_BREAKS = re.compile("[\r\n\t]")
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″"), '"') | dict.fromkeys(map(ord, "‘’‚‛′"), "'")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\t\n"), " ")
_NOTHING: dict[int, None] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_MENDED = _QUOTES | _SPACES | _NOTHING
_SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
"""What stands for a letter in Word's XML."""
_UNSEEN = frozenset(
    f"{WORD}{tag}"
    for tag in ("softHyphen", "lastRenderedPageBreak", "rPr", "annotationRef", "commentReference")
)
_LINKS = frozenset(f"{WORD}{tag}" for tag in ("hyperlink", "dir", "bdo"))
"""What may hold runs, and stays around them."""
_WRAPPERS = frozenset(
    f"{WORD}{tag}" for tag in ("ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")
)
"""What may hold runs, and stays behind: none of it says anything."""
_OBJECT = "\ufffc"
"""The letter that stands in words for what is none, such as a picture."""


class Level(StrEnum):
    """What a statement governs: the words between it and its end, or more."""

    WORDS = ""
    PARAGRAPHS = "p"
    ROWS = "tr"
    CELLS = "tc"


class TagKind(StrEnum):
    """What a tag does: it prints a field, it governs something, or it is a note to oneself."""

    FIELD = "field"
    STATEMENT = "statement"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a template.

    Attributes:
        kind: what it does.
        raw: its letters as they stand in the file.
        code: what the template engine reads: straight quotes, plain spaces, nothing invisible; a
            statement without the letters that say its level.
        level: what a statement governs, as it is written. One without letters that stands alone
            in its paragraph governs paragraphs, as :attr:`Paragraph.statements` says.
        is_split: whether Word cut it into several runs.
    """

    kind: TagKind
    raw: str
    code: str
    level: Level = Level.WORDS
    is_split: bool = False

    @property
    def keyword(self) -> str:
        """The first word of a statement, such as ``for``; empty for anything else."""
        found = _KEYWORD.search(self.code) if self.kind is TagKind.STATEMENT else None
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: words, a tag, or an element that is neither.

    Attributes:
        offset: where in the paragraph's words it begins.
        text: its letters there.
        holder: the element that it stands right inside of, but for its run: the paragraph, or a
            link in it; or the first sign of a field of Word's that is around it.
        look: the properties of its run (``w:rPr``); ``None`` if it has none.
        tag: the tag that it is, if it is one.
        element: what it is, if it is neither words nor a tag.
    """

    offset: int
    text: str
    holder: etree._Element
    look: etree._Element | None = None
    tag: Tag | None = None
    element: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a Word file.

    Attributes:
        element: its XML.
        place: where it stands, such as ``no/consent.docx: table 2, row 3, paragraph 1``.
        words: all that it says, tags included; a picture is one letter of no meaning.
        pieces: its pieces, in order, without those that have no letters and no element.
        torn: offsets of braces that belong to no tag of this paragraph.
    """

    element: etree._Element
    place: str
    words: str
    pieces: tuple[Piece, ...]
    torn: tuple[int, ...] = ()

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Its tags, in order."""
        return tuple(piece.tag for piece in self.pieces if piece.tag)

    @property
    def has_own_words(self) -> bool:
        """Whether it holds anything that no tag printed: words, pictures, fields of Word's."""
        return any(not piece.tag and piece.text.strip() for piece in self.pieces)

    @property
    def statements(self) -> tuple[Tag, ...]:
        """Its statements, if they are all that it says: then they govern more than words.

        Those without a level of their own have that of paragraphs.
        """
        kinds = {tag.kind for tag in self.tags}
        if self.has_own_words or TagKind.FIELD in kinds or TagKind.STATEMENT not in kinds:
            return ()
        found = (tag for tag in self.tags if tag.kind is TagKind.STATEMENT)
        return tuple(
            replace(tag, level=Level.PARAGRAPHS) if tag.level is Level.WORDS else tag
            for tag in found
        )

    @property
    def is_note(self) -> bool:
        """Whether it holds notes and nothing else, so that nobody is to see it."""
        return bool(self.tags) and not self.has_own_words and _are_notes(self.tags)


def _are_notes(tags: tuple[Tag, ...]) -> bool:
    return all(tag.kind is TagKind.NOTE for tag in tags)


def paragraph_of(element: etree._Element, place: str) -> Paragraph:
    """A paragraph with its pieces.

    Args:
        element: its XML (``w:p``).
        place: where it stands.
    """
    pieces = tuple(_joined(tuple(_Reader(element).pieces())))
    words = "".join(piece.text for piece in pieces)
    rest = "".join("\0" * len(p.text) if p.tag else p.text for p in pieces)
    torn = tuple(match.start() for match in _TORN.finditer(rest))
    return Paragraph(element, place, words, pieces, torn)


@dataclass(slots=True)
class _Reader:
    """Reads the pieces of a paragraph before tags are known."""

    root: etree._Element
    offset: int = 0
    fields: list[etree._Element] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        return self._of(self.root, self.root)

    def _of(self, parent: etree._Element, holder: etree._Element) -> Iterator[Piece]:
        for child in parent:
            if child.tag == f"{WORD}r":
                yield from self._run(child, holder)
            elif child.tag == f"{WORD}fldSimple":
                yield self._piece(_OBJECT, holder, element=child)
            elif child.tag in _LINKS:
                yield from self._of(child, child)
            elif child.tag in _WRAPPERS:
                yield from self._of(child, holder)

    def _run(self, run: etree._Element, holder: etree._Element) -> Iterator[Piece]:
        look = run.find(f"{WORD}rPr")
        for child in run:
            if child.tag in _UNSEEN:
                continue
            if child.tag == f"{WORD}t":
                if child.text:
                    yield self._piece(_BREAKS.sub(" ", child.text), holder, look)
                continue
            kind = child.get(f"{WORD}fldCharType")
            if kind == "end" and self.fields:
                self.fields.pop()
            text = "" if child.tag == f"{WORD}instrText" else _SIGNS.get(str(child.tag), _OBJECT)
            yield self._piece(text, holder, look, child)
            if kind == "begin":
                self.fields.append(child)

    def _piece(
        self,
        text: str,
        holder: etree._Element,
        look: etree._Element | None = None,
        element: etree._Element | None = None,
    ) -> Piece:
        inside = self.fields[-1] if self.fields else holder
        piece = Piece(self.offset, text, inside, look, None, element)
        self.offset += len(text)
        return piece


def _joined(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces with each tag as one of them.

    A tag ends where another holder begins, since it could not govern what stands in two.
    """
    words = "".join(piece.text for piece in pieces)
    tags = [match for match in _TAGS.finditer(words) if _is_in_one(match, pieces)]
    for piece in pieces:
        end = piece.offset + len(piece.text)
        place = piece.offset
        if not piece.text:
            yield piece
        while place < end:
            while tags and tags[0].end() <= place:
                tags.pop(0)
            if tags and tags[0].start() <= place:
                if tags[0].start() == place:
                    yield _tag_piece(tags[0], piece, end)
                place = min(tags[0].end(), end)
                continue
            stop = min(tags[0].start(), end) if tags else end
            yield replace(piece, offset=place, text=words[place:stop])
            place = stop


def _is_in_one(match: re.Match[str], pieces: tuple[Piece, ...]) -> bool:
    """Whether all letters of a tag stand in one holder, and nothing but signs among them."""
    inside = [
        p for p in pieces if p.offset < match.end() and p.offset + len(p.text) > match.start()
    ]
    return _OBJECT not in match[0] and len({id(piece.holder) for piece in inside}) == 1


def _tag_piece(match: re.Match[str], first: Piece, end: int) -> Piece:
    raw = match[0]
    code = raw.translate(_MENDED)
    tag = Tag(_KINDS[raw[:2]], raw, code, is_split=match.end() > end)
    if tag.kind is TagKind.STATEMENT and (found := _CODE.fullmatch(code)):
        level = Level(found[1] or "")
        tag = replace(tag, level=level, code=f"{{% {found[2]} %}}" if level else code)
    return replace(first, offset=match.start(), text=raw, tag=tag, element=None)


_KINDS = {"{{": TagKind.FIELD, "{%": TagKind.STATEMENT, "{#": TagKind.NOTE}


# --- all paragraphs of a part ---------------------------------------------------------------------


def paragraphs_in(part: str, root: etree._Element, places: Places) -> Iterator[Paragraph]:
    """The paragraphs of a part in the order of the file, those in tables and text boxes included.

    What Word keeps twice, as a drawing of today and one for programs from before 2010
    (``mc:AlternateContent``), is read twice, at the same place.

    Args:
        part: the name of the part.
        root: its root.
        places: the places of the file.
    """
    for element in root.iter(f"{WORD}p"):
        yield paragraph_of(element, places.place(part, element))
