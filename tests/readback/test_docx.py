"""Word forms are read by what stands in their controls, and nothing else is taken for one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from lxml import etree

import planforms as pf
from planforms.errors import DataError
from planforms.forms.identity import identity_of
from planforms.forms.word_map import read_map
from planforms.readback.docx import read_docx
from planforms.readback.limits import MAX_FILE_BYTES, MAX_VALUE_LETTERS
from scripts.fuzz_forms import damaged
from tests.conformance.word_forms import BODY, W, changed_parts, filled_docx
from tests.filling import a_blank_of_each_kind, answers
from tests.reading.comparison import first_difference
from tests.reading.html import html_text
from tests.reports import EXAMPLES

BLANKS = {case.kind: case for case in a_blank_of_each_kind()}
SAVED = Path(__file__).parent / "forms"
MAP = "customXml/item1.xml"
CUSTOM = "docProps/custom.xml"


@cache
def blank() -> bytes:
    return pf.to_docx(BLANKS["mapping"].document(), fillable=True)


def with_body(old: str, new: str, content: bytes | None = None) -> bytes:
    """The form with something in its body replaced wherever it stands."""

    def change(name: str, part: bytes) -> bytes:
        if name != BODY:
            return part
        assert old in part.decode()
        return part.decode().replace(old, new).encode()

    return changed_parts(content or blank(), change)


def without(*names: str) -> bytes:
    return changed_parts(blank(), lambda name, part: None if name in names else part)


def with_part(name: str, content: bytes) -> bytes:
    """The form with one part more, or with another one in its place."""
    file = BytesIO(changed_parts(blank(), lambda n, part: None if n == name else part))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(DataError) as caught:
        read_docx(content)
    (problem,) = caught.value.problems
    assert problem.place == "docx"
    return problem.code


@pytest.mark.parametrize("kind", BLANKS)
def test_every_value_comes_back_as_it_was_written(kind: str) -> None:
    document = BLANKS[kind].document()
    written = answers(document)
    content = pf.to_docx(document, fillable=True)
    returned = read_docx(filled_docx(content, written))
    assert returned.values == written
    assert returned.identity == identity_of(document)
    assert not returned.changed
    assert read_docx(content).values == {}


def test_a_file_that_libreoffice_saved_is_read_like_any_other() -> None:
    returned = read_docx((SAVED / "mapping.libreoffice.docx").read_bytes())
    values = json.loads((SAVED / "mapping.json").read_text(encoding="utf-8"))
    assert {p: list(v) if isinstance(v, tuple) else v for p, v in returned.values.items()} == values
    assert (returned.identity.kind, returned.changed) == ("mapping", False)


def test_a_list_that_is_printed_is_known_from_every_format() -> None:
    example = next(path for path in EXAMPLES if path.stem == "complaint_by_a_parent")
    data = json.loads(example.read_text(encoding="utf-8")) | {"status": "draft"}
    document = pf.render(pf.load(data))
    keys = document.places["grounds"].raw
    assert isinstance(keys, tuple)
    assert read_docx(pf.to_docx(document, fillable=True)).values["grounds"] == keys
    page = pf.to_html(document, fillable=True)
    assert f'data-path="grounds" data-keys="{" ".join(keys)}"' in page
    assert first_difference(document.text(), html_text(page)) is None


def test_print_that_was_changed_is_noticed_and_spaces_are_not() -> None:
    title = BLANKS["mapping"].document().title
    assert read_docx(with_body(title, "Avtale")).changed
    assert read_docx(with_body("</w:body>", f"<w:p>{RUN}</w:p></w:body>")).changed
    spaces = "<w:p><w:r><w:t> \u00a0\u00ad</w:t><w:tab/></w:r></w:p></w:body>"
    assert not read_docx(with_body("</w:body>", spaces)).changed
    assert not read_docx(filled_docx(blank(), answers(BLANKS["mapping"].document()))).changed


RUN = "<w:r><w:t>Ja</w:t></w:r>"


def test_controls_of_other_programs_around_ours_do_no_harm() -> None:
    wrapped = with_body("<w:bookmarkStart", "<w:sdt><w:sdtPr/><w:sdtContent><w:bookmarkStart")
    body = ZipFile(BytesIO(wrapped)).read(BODY).decode()
    closed = body.replace("<w:bookmarkEnd", "</w:sdtContent></w:sdt><w:bookmarkEnd")
    content = changed_parts(blank(), lambda name, part: closed.encode() if name == BODY else part)
    written = answers(BLANKS["mapping"].document())
    assert read_docx(filled_docx(content, written)).values == written


def test_what_was_struck_out_in_a_tracked_change_is_no_value() -> None:
    struck = "<w:del w:id='1' w:author='a'><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del>"
    written = {"case.participant.name": "Kåre"}
    content = filled_docx(blank(), written)
    text = '<w:t xml:space="preserve">Kåre</w:t></w:r>'
    assert read_docx(with_body(text, text + struck, content)).values == written


EMPTIED = (
    '<w:sdtPr><w:placeholder><w:docPart w:val="Default"/></w:placeholder><w:showingPlcHdr/>',
    "<w:sdtPr><w:showingPlcHdr/>",
)
STYLED = '<w:r><w:rPr><w:rStyle w:val="Plassholdertekst"/></w:rPr>'


def test_a_hint_of_word_is_no_value_and_a_mark_that_was_left_behind_hides_none() -> None:
    written = {NAME: "Kåre"}
    filled = filled_docx(blank(), written)
    number = next(n for n, one in read_map(map_of(filled)).controls.items() if one.path == NAME)
    start = f'w:name="pf_{number}"/><w:sdt><w:sdtPr>'
    for properties, run, values in (
        (EMPTIED[0], "<w:r>", {}),
        (EMPTIED[1], STYLED, {}),
        (EMPTIED[1], "<w:r>", written),
    ):
        content = with_body(start, start.replace("<w:sdtPr>", properties), filled)
        content = with_body('<w:r><w:t xml:space="preserve">Kåre', f"{run}<w:t>Kåre", content)
        assert read_docx(content).values == values


def map_of(content: bytes) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(content)).read(MAP))


def test_a_choice_that_was_typed_stays_as_it_was_typed() -> None:
    document = pf.blank("action_plan", service="molde")
    content = pf.to_docx(document, fillable=True)
    path = "case.team[1].role"
    _, word = document.places[path].options[0]
    for typed, expected in ((word.upper(), (document.places[path].options[0][0],)), ("x", "x")):
        filled = filled_docx(content, {path: document.places[path].options[0][:1]})
        returned = read_docx(with_body(f">{word}</w:t>", f">{typed}</w:t>", filled))
        assert returned.values[path] == expected


def test_a_field_that_was_deleted_with_its_row_is_empty() -> None:
    root = etree.fromstring(ZipFile(BytesIO(blank())).read(BODY))
    row = next(row for row in root.iter(f"{W}tr") if next(row.iter(f"{W}sdt"), None) is not None)
    table = row.getparent()
    assert table is not None
    table.remove(row)
    cut = etree.tostring(root)
    returned = read_docx(changed_parts(blank(), lambda n, part: cut if n == BODY else part))
    assert (returned.values, returned.changed) == ({}, True)


def control(number: int) -> str:
    """The whole of a control and its bookmark in the form."""
    body = ZipFile(BytesIO(blank())).read(BODY).decode()
    start = body.index(f'w:name="pf_{number}"/>') + len(f'w:name="pf_{number}"/>')
    return body[start : body.index("<w:bookmarkEnd", start)]


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def bomb(size: int, name: str = BODY) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, archive.open(ZipInfo(name), "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return file.getvalue()


DOCTYPE = '<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
NEWER = str(identity_of(BLANKS["mapping"].document())).replace("planforms 1", "planforms 2")


def map_with(**values: str) -> bytes:
    root = etree.fromstring(ZipFile(BytesIO(blank())).read(MAP))
    for name, value in values.items():
        root.set(name, value)
    return with_part(MAP, etree.tostring(root))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "form.damaged"),
        (lambda: blank()[:-500], "form.damaged"),
        (lambda: b"PK\x03\x04 and nothing more", "form.damaged"),
        (lambda: with_part(BODY, b"<a>"), "form.damaged"),
        (lambda: with_part(BODY, b"<a/>"), "form.damaged"),
        (lambda: with_part(BODY, DOCTYPE.encode() + b"<a>&c;</a>"), "form.damaged"),
        (lambda: with_part(MAP, DOCTYPE.encode() + b"<form/>"), "form.damaged"),
        (lambda: with_part(BODY, (DOCTYPE + "<a/>").encode("utf-16")), "form.damaged"),
        (lambda: with_part(BODY, b"<a>" * 5_000), "form.damaged"),
        (lambda: with_part(BODY.upper(), b"<a/>"), "form.damaged"),
        (encrypted, "form.encrypted"),
        (lambda: encrypted()[:20], "form.foreign"),
        (lambda: with_part("word/vbaProject.bin", b"x"), "form.macro"),
        (lambda: without(BODY), "form.foreign"),
        (lambda: without(MAP, CUSTOM), "form.foreign"),
        (lambda: pf.to_docx(BLANKS["mapping"].document()), "form.foreign"),
        (lambda: without(MAP), "form.fields"),
        (lambda: map_with(identity="planforms"), "form.foreign"),
        (lambda: map_with(identity=NEWER), "form.version"),
        (lambda: with_part(MAP, b'<form xmlns="urn:planforms:form"/>'), "form.foreign"),
        (lambda: with_body('w:name="pf_2"', 'w:name="pf_1"'), "form.fields"),
        (lambda: with_body('w:name="pf_2"', 'w:name="pf_9999"'), "form.fields"),
        (lambda: with_body(control(1), RUN), "form.fields"),
        (lambda: with_body(control(1), control(1) + control(1)), "form.fields"),
        (lambda: filled_docx(blank(), {NAME: "x" * (MAX_VALUE_LETTERS + 1)}), "form.fields"),
        (lambda: b"PK" + bytes(MAX_FILE_BYTES), "form.too_large"),
        (lambda: bomb(20_000_000), "form.too_large"),
        (lambda: bomb(201_000_000, "word/media/a.png"), "form.too_large"),
        (lambda: many_parts(), "form.too_large"),
    ],
)
def test_anything_else_is_refused_with_a_code(content: Callable[[], bytes], code: str) -> None:
    assert code_of(content()) == code


NAME = "case.participant.name"


def many_parts() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number in range(3_001):
            archive.writestr(str(number), b"")
    return file.getvalue()


def test_damaged_files_raise_nothing_foreign() -> None:
    chance = Random(12)
    outcomes = Counter(outcome(damaged(blank(), chance)) for _ in range(150))
    assert {"read", "form.damaged"} <= outcomes.keys()


def outcome(content: bytes) -> str:
    try:
        read_docx(content)
    except DataError as error:
        return error.problems[0].code
    return "read"
