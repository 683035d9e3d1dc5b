"""What an office's own Word template may hold, and everything it may not.

A template comes from outside, and nearly all of it goes into documents that are sent on. So the
same holds of it as of a letterhead: nothing in it may fetch, link, run or embed anything, or name
anybody. Its tags are looked at elsewhere, as those of every template are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from planforms.errors import Problem, TemplateError
from planforms.files import read_file, reason_of
from planforms.word_templates.places import Places, quoted
from planforms.writers._archive import unpack
from planforms.writers._word_cleaning import clean
from planforms.writers._word_dangers import MAX_ELEMENTS, dangers
from planforms.writers._word_faults import FaultyFileError, FileFault
from planforms.writers._word_fields import ALLOWED, field_faults
from planforms.writers._word_package import OF_TEMPLATE, Package, read_package
from planforms.writers._word_xml import WORD

MAX_PROBLEMS = 50
"""So many problems of one sort nobody reads."""
_SAVE_AS = "save it in Word as a Word document (.docx)"
_ANEW = "open it in Word and save it anew as a Word document (.docx)"
_HINTS = {
    "word.archive": _ANEW,
    "word.part": _ANEW,
    "word.xml": _ANEW,
    "word.format": f"{_SAVE_AS}, without what it does not need",
    "word.size": "take out what the template does not need, use smaller pictures, and save it anew",
    "word.external": "right-click it and choose Remove Hyperlink, or paste the picture in itself; "
    "an attached template is taken away under Developer, Document Template",
    "word.macro": "save it in Word as a Word document without macros (.docx)",
    "word.embedded": "delete it in Word; pictures may be pasted in as PNG or JPEG",
    "word.content": "delete it in Word: a template may hold text, tables, text boxes and pictures",
    "word.image": "paste the picture in again as PNG, JPEG or GIF",
    "word.author": "under Review, accept all changes, stop tracking and delete all comments",
    "word.field": f"delete the field; of Word's fields, only {', '.join(ALLOWED)} are allowed",
    "word.hidden": "write tags into the text alone, where a reader sees them",
    "word.bound": "right-click it, choose Remove Content Control, and write a tag in its place",
    "word.merge": "under Mailings, Start Mail Merge, choose Normal Word Document",
}
_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files of Office before 2007 begin, and new ones that a password protects."""
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {
    b"{\\rtf": "is a text in RTF",
    b"%PDF": "is a PDF",
    b"<": "is a web page or another text",
}
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN_TYPES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": (
        "word.macro",
        "is a Word document with macros (.docm)",
    ),
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": (
        "word.macro",
        "is a Word template with macros (.dotm)",
    ),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": (
        "word.format",
        "is a Word template (.dotx)",
    ),
}


def template_name(path: Path) -> str:
    """What problems call a template: its language and its file, such as ``no/consent.docx``."""
    return f"{path.parent.name}/{path.name}"


def read_template(source: Path | bytes, name: str = "") -> Package:
    """A template's parts, clean of what tells of its editors.

    Args:
        source: the file, or what stands in it.
        name: what problems call it; a path's own name if empty.

    Raises:
        TemplateError: it is no Word document, or holds what no template may; everything at once.
    """
    if isinstance(source, Path):
        name = name or template_name(source)
        try:
            source = read_file(source)
        except OSError as error:
            message = f"cannot be read: {reason_of(error)}"
            raise TemplateError.of("template.unreadable", name, message) from None
    package = _unpacked(source, name)
    if problems := list(_problems(package, Places(name, package))):
        raise TemplateError(problems)
    for _, tree in package.trees():
        clean(tree)
    return package


def _unpacked(content: bytes, name: str) -> Package:
    if said := _other_format(content):
        raise TemplateError([Problem("word.format", name, said, _SAVE_AS)])
    try:
        entries = unpack(content)
    except FaultyFileError as error:
        nowhere = Places(name, Package(OF_TEMPLATE))
        raise TemplateError(_problem(fault, nowhere) for fault in error.faults) from None
    if _STRICT in entries.get("_rels/.rels", b""):
        said = "is a Strict Open XML document"
        raise TemplateError([Problem("word.format", name, said, _SAVE_AS)])
    package = read_package(entries, OF_TEMPLATE)
    for content_type in package.types.values():
        if content_type in _MAIN_TYPES:
            code, said = _MAIN_TYPES[content_type]
            raise TemplateError([Problem(code, name, said, _HINTS[code])])
    return package


def _other_format(content: bytes) -> str:
    """What a file is that is no Word document of today; empty if it may be one."""
    if content.startswith(_COMPOUND):
        protected = _PROTECTED in content
        return "is protected by a password" if protected else "is from a Word before 2007 (.doc)"
    if content.startswith(b"PK") and b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
        return "is an OpenDocument file (.odt)"
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    return next((said for begin, said in _OTHERS.items() if start.startswith(begin)), "")


def _problems(package: Package, places: Places) -> Iterator[Problem]:
    """Everything that keeps a template from being used, each once at its place."""
    faults = [iter(package.faults)]
    if package.elements > MAX_ELEMENTS:
        faults.append(iter([FileFault("size", "", f"has more than {MAX_ELEMENTS} elements")]))
    else:
        faults += [*dangers(package), _fields(package), _bound(package), _merged(package)]
    found: dict[Problem, None] = {}
    for sort in faults:
        told = dict.fromkeys(_problem(fault, places) for fault in sort)
        found |= dict.fromkeys(islice(told, MAX_PROBLEMS))
    yield from found


def _problem(fault: FileFault, places: Places) -> Problem:
    code = f"word.{fault.kind}"
    words = quoted(fault.element)
    message = f"{fault.message}, in “{words}”" if words else fault.message
    return Problem(code, places.place(fault.part, fault.element), message, _HINTS[code])


def _fields(package: Package) -> Iterator[FileFault]:
    for name, tree in package.trees():
        yield from field_faults(name, tree)


def _bound(package: Package) -> Iterator[FileFault]:
    """Content controls whose words Word takes from elsewhere, whatever was filled in."""
    for name, tree in package.trees():
        for element in tree.iter("{*}dataBinding"):
            what = "a content control gets its words from elsewhere (data binding)"
            yield FileFault("bound", name, what, element)


def _merged(package: Package) -> Iterator[FileFault]:
    for name, tree in package.trees("settings"):
        if tree.find(f"{WORD}mailMerge") is not None:
            yield FileFault("merge", name, "is the main document of a mail merge")
