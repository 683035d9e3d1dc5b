"""The form of ``terms.po``, as strictly as ``msgfmt --check`` has it and without that program.

Babel, which reads the file, passes over a missing quotation mark and cuts the word short; here
each mistake is found at its place.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from itertools import islice

from planforms.checking.braces import MAX_FINDINGS
from planforms.checking.findings import Finding
from planforms.checking.sources import SourceFile
from planforms.files import MAX_WORDS_BYTES
from planforms.languages import MAX_FORMS

Table = tuple[tuple[str, str, str], ...]
CODE = "check.terms_form"
MAX_KEYWORDS = 20
"""So many keywords no entry has; a new one begins there."""
_LINE = re.compile(r"[^\r\n]+")
_KEYWORD = re.compile(
    r"^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?![\w\[])[ \t]*", re.MULTILINE
)
_TEXT = re.compile(r'"(?:[^"\\]|\\[\\"nrt])*"')
_HEAD = re.compile(r'^msgid ""\r?\n(msgstr .*(?:\n".*)*)', re.MULTILINE)
_PLURAL_FORMS = re.compile(r'Plural-Forms: *nplurals=(\d+); *plural=(.{1,500}?);? *(?:\\n|")')
_FORM = 'an entry has msgctxt "…", msgid "…" and msgstr "…", each on a line of its own'
_PLURAL = (
    'a counted term has msgid_plural "…", then msgstr[0] "…" for one and msgstr[1] "…" for more'
)
_WRONG_TEXTS = (
    (r".*?(?P<at>[“”„«»‟＂])", "is not a plain quotation mark",
     'write " around the text; «…» and the like may stand inside it'),
    (r'(?!".*"$)(?P<at>.*)', "lacks a quotation mark",
     'a text begins and ends with " and nothing stands beside it'),
    (r'(?:[^\\]|\\[\\"nrt])*?(?P<at>\\[^\\"nrt])', "is no sign that this file knows",
     'a backslash stands before n (a new line), " or another backslash'),
    (r'"(?:[^"\\]|\\.)*(?P<at>"?)', "ends the text too early",
     'inside the text write “ and ”, or \\"'),
)  # fmt: skip
"""What a text can have wrong, the first that fits: a pattern, and what is said of its ``at``."""

_WRONG_ENTRIES = (
    (r"(?:.* )?(?P<text>\S+) (?:.* )?(?P<at>(?P=text) )", "stands twice in one entry", _FORM),
    (r"(?!.*msgid )(?P<at>)", "the entry has no msgid", _FORM),
    (r"(?!.*msgstr).*?(?P<at>msgid )", "the entry has no msgstr", _FORM),
    (r"(?!(msgctxt )?msgid (msgid_plural )?(msgstr\S* )+$).*?(?P<at>msgid )",
     "the lines of the entry stand in another order", _FORM),
    (r"(?!.*msgid_plural).*?(?P<at>msgstr\[)", "only a counted term has numbers", _PLURAL),
)  # fmt: skip
"""What the keywords of an entry can have wrong, in the same way."""


def check_form(file: SourceFile) -> list[Finding]:
    """What is wrong with the form of a term list: its lines, else its head, else its entries."""
    if len(file.content) > MAX_WORDS_BYTES:
        hint = f"at most {MAX_WORDS_BYTES} letters"
        return [file.finding(CODE, 0, "", "the file is too long", hint)]
    for look in (_wrong_lines, _wrong_head, _wrong_entries):
        if findings := list(islice(look(file), MAX_FINDINGS)):
            return findings
    return []


def _wrong_lines(file: SourceFile) -> Iterator[Finding]:
    """Lines that belong to no entry, and texts that do not stand in quotation marks."""
    keyword, torn = "", False  # torn: the last text has no end, so that the line may be its rest
    for row in _LINE.finditer(file.content):
        line, offset = row[0].rstrip(), row.start()
        begin = _KEYWORD.match(line)
        if line.startswith("#"):
            if keyword and not keyword.startswith("msgstr"):
                what, hint = "a note stands inside an entry", "move it above msgctxt"
                yield file.finding(CODE, offset, line, what, hint)
            keyword = ""
        elif begin or (keyword and line.startswith('"')):
            keyword, start = (begin[1], begin.end()) if begin else (keyword, 0)
            torn = line.startswith('"', start) and not line.endswith('"')
            text = line[start:]
            for found, what, hint in () if _TEXT.fullmatch(text) else _first(_WRONG_TEXTS, text):
                place = offset + start + found.start("at")
                yield file.finding(CODE, place, found["at"], what, hint)
        elif line.strip() and not torn:
            word = line.split()[0]
            what = "is not the beginning of a line"
            yield file.finding(CODE, offset + line.index(word), word, what, _FORM)


def _wrong_head(file: SourceFile) -> Iterator[Finding]:
    head = _HEAD.search(file.content)
    if not (head and "charset=utf-8" in head[1].lower()):
        hint = 'begin the file with msgid "", msgstr "Content-Type: text/plain; charset=UTF-8\\n"'
        what = "the head of the file does not say that it is UTF-8"
        yield file.finding(CODE, head.start() if head else 0, "", what, hint)
    elif found := _PLURAL_FORMS.search(head[1]):
        try:
            _check_plural(found[1], found[2])
        except ValueError:
            what = "the head of the file tells no valid plural"
            hint = "copy the line Plural-Forms of the built-in file"
            yield file.finding(CODE, head.start(), "", what, hint)


def _check_plural(forms: str, rule: str) -> None:
    """Refuse forms of number that no language has.

    Raises:
        ValueError: there are too many, or the rule is none.
    """
    if len(forms) > 1 or forms > MAX_FORMS:
        raise ValueError("too many forms")
    gettext.c2py(rule)


def _wrong_entries(file: SourceFile) -> Iterator[Finding]:
    head = _PLURAL_FORMS.search(file.content)
    forms = int(head[1][:1]) if head else 0  # more than nine have been told before
    wanted = "".join(rf"msgstr\[{number}\] " for number in range(forms))
    counted = rf".*?(?P<at>msgid )msgid_plural (?!{wanted}$)"
    others = f"the head of the file announces {forms} forms of number; here stand others"
    for entry in _entries(file.content):
        row = "".join(f"{keyword[1]} " for keyword in entry)
        for found, what, hint in _first((*_WRONG_ENTRIES, (counted, others, _PLURAL)), row):
            text = found.groupdict().get("text", "")
            keyword = entry[row.count(" ", 0, found.start("at"))]
            offset = keyword.start() if text else keyword.end()
            yield file.finding(CODE, offset, text, what, hint)


def _first(table: Table, text: str) -> list[tuple[re.Match[str], str, str]]:
    """The first row of a table that fits a text, if there is one."""
    tried = ((re.match(pattern, text), what, hint) for pattern, what, hint in table)
    return [(found, what, hint) for found, what, hint in tried if found][:1]


def _entries(content: str) -> list[list[re.Match[str]]]:
    """The keywords of each entry."""
    entries: list[list[re.Match[str]]] = [[]]
    for match in _KEYWORD.finditer(content):
        before = [keyword[1] for keyword in entries[-1]]
        ended = match[1] in before or any(one.startswith("msgstr") for one in before)
        if (ended and not match[1].startswith("msgstr")) or len(before) > MAX_KEYWORDS:
            entries.append([])
        entries[-1].append(match)
    return entries
