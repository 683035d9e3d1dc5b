"""Word letterhead shells: load, check and fill them.

A shell is a Word document whose paper, margins, styles, running headers and footers a document
takes over; its body is a specimen that the document replaces. The built-in one is
``letterhead.docx``, made by ``scripts/make_letterhead.py``. A service may have its own: a copy of
the built-in one, changed in Word, which keeps all the styles listed in ``_shell_checks.STYLES``;
those in ``ADDED_STYLES`` it gets from the built-in one if they are not there.
Its headers and footers may print ``{{ organisation }}``, ``{{ title }}``, ``{{ footer }}`` and
``{{ page }}``; what has the theme colour "Accent 1" gets the document's accent colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from docx.document import Document as WordDocument
from docxtpl import DocxTemplate
from lxml import etree

from planforms.errors import TemplateError
from planforms.writers._archive import pack, unpack
from planforms.writers._shell_checks import (
    ADDED_STYLES,
    ENVIRONMENT,
    STYLES,
    VARIABLES,
    find_problems,
    problem_of,
    style_ids,
)
from planforms.writers._word_cleaning import clean, remove
from planforms.writers._word_faults import FaultyFileError
from planforms.writers._word_package import (
    OF_LETTERHEAD,
    OFFICE,
    WORD_TYPE,
    Package,
    PackagePart,
    Relation,
    entries_of,
    read_package,
)
from planforms.writers._word_xml import WORD

BUILT_IN = Path(__file__).with_name("letterhead.docx")
LIST_INDENT = 340
"""How far each level of a list stands in, in twentieths of a point."""

_LISTS = (("bullet", "•"), ("bullet", ""), ("decimal", "%{}."))


@dataclass(frozen=True)
class Shell:
    """A checked letterhead.

    Attributes:
        content: the cleaned package, its body empty.
        styles: identifiers of the styles by name in lower case.
        bullets: number of the list definition for all bulleted lists.
        options: the same for lists of check boxes, which need no other mark.
        numbers: number of the abstract definition that each numbered list is made from.
        has_logo: whether its running headers hold a picture: it brings the logo itself.
    """

    content: bytes
    styles: Mapping[str, str]
    bullets: int
    options: int
    numbers: int
    has_logo: bool

    def fill(self, values: Mapping[str, str]) -> WordDocument:
        """A new Word document with the variables printed in its running headers and footers."""
        template = DocxTemplate(BytesIO(self.content))
        template.render(dict(values), ENVIRONMENT)
        document: WordDocument = template.docx
        return document


def load_shell(content: bytes | None) -> Shell:
    """The checked shell; the built-in one without ``content``. Each is checked only once.

    Raises:
        TemplateError: the letterhead cannot be used; holds everything that is wrong with it.
    """
    return _load(_built_in() if content is None else content)


@cache
def _built_in() -> bytes:
    return BUILT_IN.read_bytes()


@lru_cache(maxsize=8)
def _load(content: bytes) -> Shell:
    try:
        package = read_package(unpack(content), OF_LETTERHEAD)
    except FaultyFileError as error:
        raise TemplateError(map(problem_of, error.faults)) from None
    if problems := find_problems(package):
        raise TemplateError(problems)
    _add_styles(package)
    lists = _add_lists(package)
    for _, tree in package.trees():
        if tree.tag == f"{WORD}document":
            _empty_body(tree)
        clean(tree)
    wanted = STYLES | ADDED_STYLES
    named = {name: key for (name, kind), key in _ids(package).items() if wanted.get(name) == kind}
    shell = Shell(pack(entries_of(package)), named, *lists, has_logo=_has_picture(package))
    _try(shell)
    return shell


def _has_picture(package: Package) -> bool:
    headers = (tree for _, tree in package.trees("header"))
    return any(next(tree.iter(*_PICTURES), None) is not None for tree in headers)


_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
"""A picture as Word writes it today, and as it did before."""


def _ids(package: Package) -> dict[tuple[str, str], str]:
    return style_ids(_styles(package))


def _styles(package: Package) -> etree._Element:
    return next(tree for _, tree in package.trees("styles"))


@cache
def _built_in_styles() -> etree._Element:
    return _styles(read_package(unpack(_built_in()), OF_LETTERHEAD))


def _add_styles(package: Package) -> None:
    """Copy what a shell lacks of the added styles from the built-in letterhead."""
    styles, origin = _styles(package), _built_in_styles()
    names = {identifier: name for name, identifier in style_ids(origin).items()}
    for wanted in ADDED_STYLES.items():
        present = style_ids(styles)
        if wanted in present:
            continue
        identifier = style_ids(origin)[wanted]
        copy = deepcopy(_style(origin, identifier))
        while identifier in present.values():
            identifier += "0"
        copy.set(f"{WORD}styleId", identifier)
        for reference in copy.findall(f"{WORD}basedOn"):
            named = present.get(names[reference.get(f"{WORD}val", "")], "")
            reference.set(f"{WORD}val", named)
            if not named:
                copy.remove(reference)
        styles.append(copy)


def _style(styles: etree._Element, identifier: str) -> etree._Element:
    return next(e for e in styles.iter(f"{WORD}style") if e.get(f"{WORD}styleId") == identifier)


def _try(shell: Shell) -> None:
    """Fill the shell once, so that no document fails on it later."""
    try:
        shell.fill(dict.fromkeys(VARIABLES, "x")).save(BytesIO())
    except Exception as error:  # whatever the libraries say of a file that Word would mend
        hint = "type the variables anew in one go, without formatting inside them"
        message = "the variables of the headers and footers cannot be filled"
        raise TemplateError.of("shell.variable", "letterhead", message, hint) from error


def _empty_body(tree: etree._Element) -> None:
    body = tree.find(f"{WORD}body")
    assert body is not None
    remove(child for child in list(tree) if child is not body)
    remove(list(body)[:-1])


def _add_lists(package: Package) -> tuple[int, int, int]:
    """Add our own list definitions; returns those of bullets and options, and of numbers."""
    numbering = _numbering(package)
    remove(numbering.findall(f"{WORD}numIdMacAtCleanup"))
    lists = numbering.findall(f"{WORD}num")
    place = len(numbering) - len(lists)
    abstract = _highest(numbering, "abstractNum", "abstractNumId") + 1
    number = _highest(numbering, "num", "numId") + 1
    for offset, (format_, text) in enumerate(_LISTS):
        numbering.insert(place + offset, _abstract_list(abstract + offset, format_, text))
    for offset in range(2):
        entry = etree.SubElement(numbering, f"{WORD}num", {f"{WORD}numId": str(number + offset)})
        etree.SubElement(entry, f"{WORD}abstractNumId", {f"{WORD}val": str(abstract + offset)})
    return number, number + 1, abstract + 2


def _highest(numbering: etree._Element, tag: str, key: str) -> int:
    elements = numbering.findall(f"{WORD}{tag}")
    return max((int(element.get(f"{WORD}{key}", 0)) for element in elements), default=0)


def _numbering(package: Package) -> etree._Element:
    for _, tree in package.trees("numbering"):
        return tree
    main = next(part.name for part in package.parts.values() if part.kind == "officeDocument")
    tree = etree.fromstring(f'<w:numbering xmlns:w="{WORD[1:-1]}"/>')
    name = "word/numbering.xml"
    package.parts[name] = PackagePart(name, "numbering", f"{WORD_TYPE}.numbering+xml", tree)
    package.relations.append(Relation(main, "planforms", f"{OFFICE}/numbering", name, False))
    return tree


def _abstract_list(identifier: int, format_: str, text: str) -> etree._Element:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>'
        f'<w:lvlText w:val="{text.format(level + 1)}"/><w:lvlJc w:val="left"/><w:pPr><w:ind '
        f'w:left="{LIST_INDENT * (level + 1)}" w:hanging="{LIST_INDENT}"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return etree.fromstring(
        f'<w:abstractNum xmlns:w="{WORD[1:-1]}" w:abstractNumId="{identifier}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
