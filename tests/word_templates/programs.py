"""Word files as other programs write them, made here from one of our own.

What each does was seen in files that the programs wrote: Word for Mac cuts words into runs at every
edit and spell check, Google Docs names no styles of runs and says of each run what it is not, and
LibreOffice writes all of it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from tests.conformance.libreoffice import convert_with_libreoffice
from tests.word_files import W, added, archive_of, entries_of, related
from tests.word_templates.sample import BODY, FOOTER, HEADER, inserted, summons

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUNS = (BODY, HEADER, FOOTER)
_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="2000000" cy="500000"/><wp:docPr id="9" name="Tekstboks 9"/><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</wps:spPr><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape style="width:150pt;height:40pt"><v:textbox><w:txbxContent>{0}</w:txbxContent>'
    "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
"""A text box as Word writes it, for programs of today and for older ones."""
IN_BOX = "Saksbehandler: {{ contact.name }}"


def with_box() -> bytes:
    """The summons with a text box beside its purpose."""
    entries = entries_of(summons())
    words = f"<w:p><w:r><w:t>{IN_BOX}</w:t></w:r></w:p>"
    inserted(_BOX.format(words), "{{ purpose }}")(entries)
    return archive_of(entries)


def from_libreoffice(content: bytes, folder: Path, *between: str) -> bytes:
    """What LibreOffice writes of a file, by way of other formats."""
    path = folder / "given" / "summons.docx"
    path.parent.mkdir()
    path.write_bytes(content)
    for suffix in (*between, "docx"):
        path = convert_with_libreoffice(path, suffix)
    return path.read_bytes()


def from_word_for_mac(content: bytes) -> bytes:
    """The file after many small edits in Word for Mac."""
    entries = entries_of(content)
    for part in _RUNS:
        tree = etree.fromstring(entries[part])
        for number, run in enumerate(list(_text_runs(tree))):
            pieces = re.findall(r"\w+|\W+", run.find(f"{{{W}}}t").text)
            _put(run, list(_mac_pieces(run, pieces, number)))
        for number, paragraph in enumerate(tree.iter(f"{{{W}}}p")):
            paragraph.set(f"{{{W}}}rsidR", "00C41F2B")
            paragraph.set(f"{{{W14}}}paraId", f"{number + 1:08X}")
        entries[part] = etree.tostring(tree)
    application = "<Properties><Application>Microsoft Macintosh Word</Application></Properties>"
    entries["docProps/app.xml"] = application.encode()
    settings = entries["word/settings.xml"]
    state = b'<w:proofState w:spelling="clean" w:grammar="clean"/><w:trackRevisions/></w:settings>'
    entries["word/settings.xml"] = settings.replace(b"</w:settings>", state)
    return archive_of(entries)


def _mac_pieces(run: Any, pieces: list[str], number: int) -> Iterator[Any]:
    """The pieces of a run, among marks of spelling, a bookmark and a page that once ended there."""
    for place, words in enumerate(pieces):
        piece = _with_text(run, words)
        piece.set(f"{{{W}}}rsidR", f"00{number:02X}{place % 256:02X}AB")
        _look(piece).append(etree.Element(f"{{{W}}}noProof"))
        _look(piece).append(etree.Element(f"{{{W}}}lang", {f"{{{W}}}val": "nb-NO"}))
        if place == 1:
            yield _marked("bookmarkStart", id=str(number), name=f"_GoBack{number}")
        yield _marked("proofErr", type="spellStart")
        yield piece
        yield _marked("proofErr", type="spellEnd")
        if place == 1:
            yield _marked("bookmarkEnd", id=str(number))


def from_google_docs(content: bytes) -> bytes:
    """The file as Google Docs exports it."""
    entries = entries_of(content)
    for part in _RUNS:
        tree = etree.fromstring(entries[part])
        for number, run in enumerate(list(_text_runs(tree))):
            words = run.find(f"{{{W}}}t").text
            half = len(words) // 2
            pieces = [_google_run(run, text) for text in (words[:half], words[half:]) if text]
            _put(run, [_google_control(pieces, number)] if number % 3 == 0 else pieces)
        for paragraph in tree.iter(f"{{{W}}}p"):
            for key in ("rsidR", "rsidDel", "rsidP", "rsidRDefault", "rsidRPr"):
                paragraph.set(f"{{{W}}}{key}", "00000000")
        entries[part] = etree.tostring(tree)
    store = '<go:gDocsCustomXmlDataStorage xmlns:go="http://customooxmlschemas.google.com/"/>'
    related(BODY, "customXml", "../customXml/item1.xml")(entries)
    added("customXml/item1.xml", store.encode())(entries)
    for name in [name for name in entries if name.startswith("docProps/")]:
        del entries[name]
    relations = entries["_rels/.rels"].decode()
    entries["_rels/.rels"] = re.sub(r"<Relationship [^>]*docProps[^>]*/>", "", relations).encode()
    return archive_of(entries)


def _google_run(run: Any, words: str) -> Any:
    piece = _with_text(run, words)
    look = _look(piece)
    for key in ("b", "i", "smallCaps", "strike"):
        look.append(etree.Element(f"{{{W}}}{key}", {f"{{{W}}}val": "0"}))
    look.append(etree.Element(f"{{{W}}}rtl", {f"{{{W}}}val": "0"}))
    return piece


def _google_control(pieces: list[Any], number: int) -> Any:
    """The content control in which Google Docs wraps what somebody once commented on."""
    xml = (
        f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:id w:val="{number + 1}"/>'
        f'<w:tag w:val="goog_rdk_{number}"/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    control = etree.fromstring(xml)
    control[-1].extend(pieces)
    return control


def _text_runs(tree: Any) -> Iterator[Any]:
    """The runs that hold a text and nothing else."""
    for run in tree.iter(f"{{{W}}}r"):
        texts = [child for child in run if child.tag != f"{{{W}}}rPr"]
        if len(texts) == 1 and texts[0].tag == f"{{{W}}}t" and texts[0].text:
            yield run


def _with_text(run: Any, words: str) -> Any:
    piece = deepcopy(run)
    piece.tail = None
    text = piece.find(f"{{{W}}}t")
    text.text = words
    text.set(_SPACE, "preserve")
    return piece


def _look(run: Any) -> Any:
    look = run.find(f"{{{W}}}rPr")
    if look is None:
        look = etree.Element(f"{{{W}}}rPr")
        run.insert(0, look)
    return look


def _marked(tag: str, **values: str) -> Any:
    return etree.Element(f"{{{W}}}{tag}", {f"{{{W}}}{key}": value for key, value in values.items()})


def _put(run: Any, pieces: list[Any]) -> None:
    for piece in pieces:
        run.addprevious(piece)
    run.getparent().remove(run)
