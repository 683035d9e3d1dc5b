"""Reading ``terms.po`` line by line, as strictly as ``msgfmt --check`` and without that program.

Babel, which makes words of the same file when a document is rendered, passes over a missing
quotation mark and cuts the word short; here each mistake is found at its place.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass, field
from functools import lru_cache

from planforms.checking.findings import Finding
from planforms.checking.sources import UNREADABLE, SourceFile, Sources, read_source
from planforms.errors import Severity
from planforms.languages import language_folders

FILE_NAME = "terms.po"
Key = tuple[str, str]
"""The context and the key of a term."""

HEADER: Key = ("", "")
"""The key of the head of a list."""
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?![\w\[])[ \t]*")
_STRING = re.compile(r'"(?:[^"\\]|\\(?:[abfnrtv"\\]|[0-7]{1,3}|x[0-9a-fA-F]{2}))*"')
_ESCAPE = re.compile(r"\\([abfnrtv\"\\]|[0-7]{1,3}|x[0-9a-fA-F]{2})")
_LETTERS = dict(zip('abfnrtv"\\', '\a\b\f\n\r\t\v"\\', strict=True))
_BAD_ESCAPE = re.compile(r'(?:[^\\]|\\[abfnrtv"\\0-7x])*?(\\[^abfnrtv"\\0-7x])')
_SMART = re.compile("[“”„«»‟＂]")
_PLURAL_FORMS = re.compile(r"^Plural-Forms: *nplurals=(\d+); *plural=(.+?);? *$", re.MULTILINE)
_BEFORE = ("msgctxt", "msgid", "msgid_plural")
_FORM = 'an entry has msgctxt "…", msgid "…" and msgstr "…", each on a line of its own'
_PLURAL = (
    'a counted term has msgid_plural "…", then msgstr[0] "…" for one and msgstr[1] "…" for more'
)


@dataclass(slots=True)
class Term:
    """One entry of a term list.

    Attributes:
        file: the file it stands in.
        parts: its texts by keyword: ``msgctxt``, ``msgid``, ``msgstr``, ``msgstr[0]`` ...
        places: where each of them begins in the file.
        fuzzy: whether it is marked as not finished.
    """

    file: SourceFile
    fuzzy: bool
    parts: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Its context and its key."""
        return self.parts.get("msgctxt", ""), self.parts.get("msgid", "")

    @property
    def offset(self) -> int:
        """Where its key stands, or its first line if it has none."""
        return self.places.get("msgid", next(iter(self.places.values())))

    @property
    def forms(self) -> tuple[str, ...]:
        """Its words: one text or, of a counted term, one for each form of number."""
        return tuple(text for name, text in self.parts.items() if name.startswith("msgstr"))

    @property
    def filled(self) -> bool:
        """Whether it has words that documents can use."""
        return bool(self.forms) and all(self.forms) and not self.fuzzy

    def finding(
        self, code: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> Finding:
        """A finding about the entry, at its key."""
        text = f'"{self.key[1]}"'
        return self.file.finding(code, self.offset, text, message, hint, severity)


def read_terms(sources: Sources, language: str) -> dict[Key, Term]:
    """The terms of a language, those of one's own folders before the built-in ones."""
    terms: dict[Key, Term] = {}
    shown = sources.files.get((language, FILE_NAME))
    for folder in reversed(language_folders(language, sources.folders)):
        path = folder / FILE_NAME
        if path.is_file() and not (shown and path == shown.path):
            below = parse(read_source(language, path))[0]
            terms.update({term.key: term for term in below if term.filled})
    if shown:
        terms.update({term.key: term for term in parse(shown)[0] if term.filled})
    terms.pop(HEADER, None)
    return terms


@lru_cache(maxsize=64)
def parse(file: SourceFile) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """The entries of a term list, the header among them, and what is wrong with its form."""
    reader = _Reader(file)
    terms = reader.read()
    return terms, tuple(reader.findings)


class _Reader:
    """One walk through a term list.

    Attributes:
        findings: what is wrong.
        terms: the entries so far, the last one perhaps not whole.
        keyword: the part of it that the last line belonged to; empty after a note.
        fuzzy: whether a note says that the next entry is not finished.
        torn: whether the last line's text has no end, so that what follows may be its rest.
    """

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.terms: list[Term] = []
        self.keyword = ""
        self.fuzzy = False
        self.torn = False

    def read(self) -> tuple[Term, ...]:
        """All entries, after a look at each line and then at each entry."""
        unreadable = UNREADABLE.search(self.file.content)
        if unreadable:
            what, hint = "letters that are not UTF-8", "save the file as UTF-8"
            self._wrong(unreadable.start(), unreadable[0], what, hint)
            return ()
        offset = 0
        for line in self.file.content.split("\n"):
            self._line(offset, line.rstrip("\r"))
            offset += len(line) + 1
        forms = 0 if self.findings else self._forms_of_number()
        if not self.findings:
            for term in self.terms:
                self._check_entry(term, forms)
            self._check_twice()
        return tuple(self.terms)

    def _line(self, offset: int, line: str) -> None:
        if line.startswith("#"):
            self._note(offset, line)
        elif line.startswith('"') and self.keyword:
            self._text(offset, line, self.keyword)
        elif match := _KEYWORD.match(line):
            self.torn = False
            self._begin(match[1], offset)
            self._text(offset + match.end(), line[match.end() :], match[1])
        elif line.strip() and not self.torn:
            word = line.split()[0]
            self._wrong(offset + line.index(word), word, "is not the beginning of a line", _FORM)

    def _note(self, offset: int, line: str) -> None:
        self.fuzzy |= line.startswith("#,") and "fuzzy" in line
        if self.keyword and not self.keyword.startswith("msgstr"):
            self._wrong(offset, line, "a note stands inside an entry", "move it above msgctxt")
        self.keyword = ""

    def _begin(self, keyword: str, offset: int) -> None:
        """Note a part of the entry; the first part begins a new one."""
        has = self.terms[-1].places if self.terms else {}
        ended = keyword in has or any(name.startswith("msgstr") for name in has)
        if not has or (ended and not keyword.startswith("msgstr")):
            self.terms.append(Term(self.file, self.fuzzy))
            self.fuzzy = False
        elif keyword in has:
            self._wrong(offset, keyword, f"a second {keyword} in one entry", _FORM)
        self.keyword = keyword
        self.terms[-1].places.setdefault(keyword, offset + len(keyword) + 1)

    def _text(self, offset: int, text: str, keyword: str) -> None:
        """Add a text in quotation marks to a part of the entry."""
        text = text.rstrip()
        if _STRING.fullmatch(text):
            parts = self.terms[-1].parts
            parts[keyword] = parts.get(keyword, "") + _ESCAPE.sub(_letter, text[1:-1])
        elif smart := _SMART.search(text):
            hint = 'write " around the text; «…» and the like may stand inside it'
            self._wrong(offset + smart.start(), smart[0], "is not a plain quotation mark", hint)
        elif not (text.startswith('"') and text.endswith('"') and len(text) > 1):
            hint = 'a text begins and ends with " and nothing stands beside it'
            self._wrong(offset, text, "lacks a quotation mark", hint)
            self.torn = text.startswith('"')
        elif escape := _BAD_ESCAPE.match(text):
            hint = 'a backslash stands before n (a new line), " or another backslash'
            self._wrong(
                offset + escape.start(1), escape[1], "is no sign that this file knows", hint
            )
        else:
            inner = text.index('"', 1)
            hint = 'inside the text write “ and ”, or \\"'
            self._wrong(offset + inner, '"', "ends the text too early", hint)

    def _wrong(self, offset: int, text: str, message: str, hint: str) -> None:
        self.findings.append(self.file.finding("check.terms_form", offset, text, message, hint))

    # --- entries ---

    def _forms_of_number(self) -> int:
        """How many forms of number the header announces; 0 if it does not tell."""
        header = next((term for term in self.terms if term.key == HEADER), None)
        text = header.parts.get("msgstr", "") if header else ""
        offset = header.offset if header else 0
        if "charset=utf-8" not in text.lower():
            hint = (
                'begin the file with msgid "", msgstr "Content-Type: text/plain; charset=UTF-8\\n"'
            )
            self._wrong(offset, "", "the head of the file does not say that it is UTF-8", hint)
        match = _PLURAL_FORMS.search(text)
        if match is None:
            return 0
        try:
            gettext.c2py(match[2])
        except ValueError:
            hint = "copy the line Plural-Forms of the built-in file"
            self._wrong(offset, "", "the head of the file tells no valid plural", hint)
        return int(match[1])

    def _check_entry(self, term: Term, forms: int) -> None:
        names = list(term.parts)
        counted = [name for name in names if name.startswith("msgstr[")]
        if "msgid" not in names:
            self._wrong(term.offset, "", "the entry has no msgid", _FORM)
        elif not any(name.startswith("msgstr") for name in names):
            self._wrong(term.offset, "", "the entry has no msgstr", _FORM)
        elif names != sorted(names, key=_order):
            self._wrong(term.offset, "", "the lines of the entry stand in another order", _FORM)
        elif "msgid_plural" not in names and counted:
            self._wrong(term.places[counted[0]], "", "only a counted term has numbers", _PLURAL)
        elif "msgid_plural" in names and counted != [f"msgstr[{n}]" for n in range(forms)]:
            what = f"the head of the file announces {forms} forms of number; here stand others"
            self._wrong(term.offset, "", what, _PLURAL)
        elif term.key != HEADER and any("\n" in text for text in term.parts.values()):
            self._wrong(term.offset, "", "a term holds a new line", "take the \\n out")
        elif term.fuzzy and term.key != HEADER:
            hint = "look at the words, then take the line “#, fuzzy” out"
            self._wrong(term.offset, "", "is marked as not finished, so that nobody sees it", hint)

    def _check_twice(self) -> None:
        first: dict[Key, Term] = {}
        for term in self.terms:
            if term.key in first:
                place = first[term.key].offset
                line = self.file.content.count("\n", 0, place) + 1
                hint = f"the other one is in line {line}; keep one of them"
                message = f"{' '.join(term.key)} has words twice"
                self.findings.append(term.finding("check.term_twice", message, hint))
            first.setdefault(term.key, term)


def _letter(escape: re.Match[str]) -> str:
    """The letter that a backslash and what follows it stand for."""
    code = escape[1]
    if code in _LETTERS:
        return _LETTERS[code]
    return chr(int(code[1:], 16) if code.startswith("x") else int(code, 8))


def _order(name: str) -> int:
    """The rank of a line of an entry; what comes after the key keeps its order."""
    return _BEFORE.index(name) if name in _BEFORE else len(_BEFORE)
