"""Word forms as they come back: filled in, and saved by LibreOffice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from planforms.forms.word_map import Mapped, is_map, number_of, read_map
from planforms.readback.returned import Written
from tests.conformance.libreoffice import WORD_ONLY
from tests.conformance.programs import program, run

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
BODY = "word/document.xml"


def changed_parts(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A Word file with each part as ``change`` makes it; without those that become ``None``."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def filled_docx(content: bytes, values: Mapping[str, Written]) -> bytes:
    """A Word form with values in the innermost controls, written as Word does."""
    controls = _map_of(content)

    def fill(name: str, part: bytes) -> bytes:
        if name != BODY:
            return part
        root = etree.fromstring(part)
        for number, control in _innermost(root).items():
            _write(control, controls[number], values)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return changed_parts(content, fill)


def _map_of(content: bytes) -> Mapping[int, Mapped]:
    with ZipFile(BytesIO(content)) as archive:
        parts = (archive.read(n) for n in archive.namelist() if n.startswith("customXml/item"))
        return read_map(
            next(root for root in map(etree.fromstring, parts) if is_map(root))
        ).controls


def _innermost(root: etree._Element) -> dict[int, etree._Element]:
    """The control of each bookmark: the one that it stands in, or else the next one."""
    found: dict[int, etree._Element] = {}
    for mark in root.iter(f"{W}bookmarkStart"):
        number = number_of(mark.get(f"{W}name", ""))
        around = next((e for e in mark.iterancestors(f"{W}sdt") if _is_innermost(e)), None)
        if number is not None:
            found[number] = next(_following(mark)) if around is None else around
    return found


def _following(mark: etree._Element) -> Iterator[etree._Element]:
    for element in (mark, *mark.iterancestors()):
        for sibling in element.itersiblings():
            yield from (each for each in sibling.iter(f"{W}sdt") if _is_innermost(each))


def _is_innermost(control: etree._Element) -> bool:
    return next(control.iterdescendants(f"{W}sdt"), None) is None


def _write(control: etree._Element, mapped: Mapped, values: Mapping[str, Written]) -> None:
    value = values.get(mapped.path)
    if value is None:
        return
    if mapped.option:
        ticked = mapped.option in value
        next(control.iter(f"{W14}checked")).set(f"{W14}val", str(int(ticked)))
        next(control.iter(f"{W}t")).text = "☑" if ticked else "☐"
        return
    words = {key: name for name, key in mapped.words}
    lines = value.split("\n") if isinstance(value, str) else [words[value[0]]]
    for mark in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    content = control.find(f"{W}sdtContent")
    assert content is not None
    target = content.find(f"{W}p") if content.find(f"{W}p") is not None else content
    assert target is not None
    for old in target.findall(f"{W}r"):
        target.remove(old)
    run_ = etree.SubElement(target, f"{W}r")
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(run_, f"{W}br")
        text = etree.SubElement(run_, f"{W}t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = line


def saved_by_libreoffice(files: Sequence[Path], folder: Path) -> list[bytes]:
    """Word files as LibreOffice saves them after it has opened them.

    Args:
        files: Word files.
        folder: an empty folder to work in.
    """
    (folder / "in").mkdir()
    copies = [folder / "in" / f"{number}.docx" for number in range(len(files))]
    for file, copy in zip(files, copies, strict=True):
        shutil.copyfile(file, copy)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", folder / "out")
    run(program("soffice"), profile, "--headless", WORD_ONLY, *to, *copies)
    return [(folder / "out" / copy.name).read_bytes() for copy in copies]
