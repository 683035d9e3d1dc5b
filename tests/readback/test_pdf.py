"""What was written into a PDF comes back letter by letter, and nothing else is taken for a form."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

import planforms as pf
from planforms.document import Document
from planforms.errors import DataError
from planforms.forms.identity import VERSION, identity_of
from planforms.readback.limits import MAX_FIELDS, MAX_FILE_BYTES, MAX_VALUE_LETTERS
from planforms.readback.pdf import read_pdf
from tests.every import Case
from tests.filling import a_blank_of_each_kind, answers
from tests.filling_pdf import filled_by_pypdf
from tests.papers import Papers

NAME = "Kåre Øygård Ąžuolas Жуков"


@cache
def document() -> Document:
    return pf.blank("complaint", service="molde")


@cache
def blank() -> bytes:
    return pf.to_pdf(document(), fillable=True)


@cache
def filled() -> bytes:
    return filled_by_pypdf(document(), blank())


def changed(change: Callable[[pikepdf.Pdf], object], content: bytes | None = None) -> bytes:
    """A form in which something was changed that no program for forms changes."""
    with pikepdf.open(BytesIO(content or filled())) as pdf:
        change(pdf)
        result = BytesIO()
        pdf.save(result)
        return result.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(DataError) as caught:
        read_pdf(content)
    (problem,) = caught.value.problems
    assert problem.place == "pdf"
    assert "Kåre" not in str(problem)
    return problem.code


# --- what comes back ------------------------------------------------------------------------


@pytest.mark.parametrize("case", a_blank_of_each_kind(), ids=lambda case: case.name)
def test_every_value_comes_back_as_it_was_written(case: Case, papers: Papers) -> None:
    form = case.document()
    assert read_pdf(papers.file(case, "pdf", fillable=True).read_bytes()).values == {}
    returned = read_pdf(papers.filled(case).read_bytes())
    assert returned.identity == identity_of(form)
    assert returned.values == answers(form)
    assert not returned.changed


def test_what_was_known_before_comes_back_too() -> None:
    known = {"incident": {"account": f"{NAME}\n\n(to)"}, "grounds": ["lack_of_respect"]}
    form = pf.blank("complaint", service="molde", data=known)
    assert read_pdf(pf.to_pdf(form, fillable=True)).values == {
        "incident.account": f"{NAME}\n\n(to)",
        "grounds": ("lack_of_respect",),
    }


SAVED = Path(__file__).parent / "saved"
PROGRAMS = ("mupdf", "pdf_lib", "pdfjs", "poppler", "pypdf")


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_value_comes_back_from_the_programs_that_people_use(program: str) -> None:
    given = json.loads((SAVED / "values.json").read_text(encoding="utf-8"))["values"]
    returned = read_pdf((SAVED / f"{program}.pdf").read_bytes())
    written = {
        path: value if isinstance(value, str) else tuple(value) for path, value in given.items()
    }
    assert returned.values == written
    assert not returned.changed


def test_what_stands_in_one_place_of_a_field_alone_is_not_lost() -> None:
    def write(pdf: pikepdf.Pdf) -> None:
        node = field(pdf, "case", "participant", "name")
        node.V = pikepdf.String("")
        first, second = node.Kids
        first.V, second.V = pikepdf.String(NAME), pikepdf.String("Kåre")

    form = pf.blank("consent", service="molde")
    returned = read_pdf(changed(write, pf.to_pdf(form, fillable=True)))
    assert returned.values == {"case.participant.name": f"{NAME}\nKåre"}


def test_words_that_look_like_names_of_pdf_are_words() -> None:
    def write(pdf: pikepdf.Pdf) -> None:
        field(pdf, "incident", "place").V = pikepdf.String("/Off\r\nto\rtre")

    assert read_pdf(changed(write)).values["incident.place"] == "/Off\nto\ntre"


def field(pdf: pikepdf.Pdf, *names: str) -> pikepdf.Object:
    node = pdf.Root.AcroForm
    for name in names:
        kids = node.get("/Fields", node.get("/Kids"))
        node = next(kid for kid in kids or () if str(kid.get("/T")) == name)
    return node


# --- what was printed and changed -----------------------------------------------------------


def paint(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 1 1 1 rg 150 600 200 20 re f Q")


def lay_over(pdf: pikepdf.Pdf) -> None:
    square = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square)
    square.Rect = pikepdf.Array([100, 100, 200, 200])
    pdf.pages[0].obj.Annots.append(pdf.make_indirect(square))


def take_a_page_away(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def pack_otherwise(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"78>", Filter=pikepdf.Name.ASCIIHexDecode)


@pytest.mark.parametrize("change", [paint, lay_over, take_a_page_away, pack_otherwise])
def test_a_change_of_what_was_printed_is_seen(change: Callable[[pikepdf.Pdf], object]) -> None:
    returned = read_pdf(changed(change))
    assert returned.changed
    assert returned.values == answers(document())


# --- what is no form ------------------------------------------------------------------------


def without_fields(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    for page in pdf.pages:
        del page.obj.Annots


def empty_form(pdf: pikepdf.Pdf) -> None:
    without_fields(pdf)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())


def without_identity(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Planforms"]
    field(pdf, "planforms").V = pikepdf.String("planforms 1 x")


def newer(pdf: pikepdf.Pdf) -> None:
    line = str(identity_of(document()))
    changed = line.replace(f"planforms {VERSION} ", f"planforms {VERSION + 1} ", 1)
    field(pdf, "planforms").V = pikepdf.String(changed)


def scanned(pdf: pikepdf.Pdf) -> None:
    without_fields(pdf)
    del pdf.docinfo["/Planforms"]
    picture = pdf.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    for page in pdf.pages:
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))


def in_a_ring(pdf: pikepdf.Pdf) -> None:
    node = field(pdf, "incident")
    node.Kids.append(node)


def in_a_wider_ring(pdf: pikepdf.Pdf) -> None:
    node = field(pdf, "incident")
    field(pdf, "incident", "place").Kids = pikepdf.Array([node])


def deep(pdf: pikepdf.Pdf) -> None:
    node = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("x")))
    for _ in range(50):
        parent = pikepdf.Dictionary(T=pikepdf.String("x"), Kids=pikepdf.Array([node]))
        node = pdf.make_indirect(parent)
    pdf.Root.AcroForm.Fields.append(node)


def many(pdf: pikepdf.Pdf) -> None:
    for number in range(2 * MAX_FIELDS):
        pdf.Root.AcroForm.Fields.append(pikepdf.Dictionary(T=pikepdf.String(f"x{number}")))


def twice(pdf: pikepdf.Pdf) -> None:
    again = pikepdf.Dictionary(T=pikepdf.String("incident"), Kids=pikepdf.Array())
    place = pikepdf.Dictionary(T=pikepdf.String("place"), V=pikepdf.String("x"))
    place.FT = pikepdf.Name.Tx
    again.Kids.append(place)
    pdf.Root.AcroForm.Fields.append(again)


def value_of_kind(value: Callable[[pikepdf.Pdf], pikepdf.Object]) -> Callable[[pikepdf.Pdf], None]:
    def write(pdf: pikepdf.Pdf) -> None:
        field(pdf, "incident", "place").V = value(pdf)

    return write


BROKEN = {
    "without fields": (without_fields, "form.flattened"),
    "empty form": (empty_form, "form.flattened"),
    "without identity": (without_identity, "form.foreign"),
    "newer": (newer, "form.version"),
    "scanned": (scanned, "form.scanned"),
    "in a ring": (in_a_ring, "form.fields"),
    "in a wider ring": (in_a_wider_ring, "form.fields"),
    "deep": (deep, "form.fields"),
    "many": (many, "form.fields"),
    "twice": (twice, "form.fields"),
    "a stream": (value_of_kind(lambda pdf: pdf.make_stream(b"x")), "form.fields"),
    "a dictionary": (value_of_kind(lambda pdf: pikepdf.Dictionary(A=1)), "form.fields"),
    "endless": (
        value_of_kind(lambda pdf: pikepdf.String("x" * (MAX_VALUE_LETTERS + 1))),
        "form.fields",
    ),
}


@pytest.mark.parametrize(("change", "code"), BROKEN.values(), ids=BROKEN)
def test_anything_else_is_refused_with_a_code(
    change: Callable[[pikepdf.Pdf], object], code: str
) -> None:
    assert code_of(changed(change)) == code


def test_what_cannot_be_read_whole_is_refused() -> None:
    assert code_of(b"%PDF-1.7") == "form.damaged"
    assert code_of(filled()[: len(filled()) // 2]) == "form.damaged"
    assert code_of(filled()[:-40]) == "form.damaged"
    assert code_of(b"%PDF-1.7" + b" " * MAX_FILE_BYTES) == "form.too_large"


@pytest.mark.parametrize("user", ["", "secret"])
def test_a_file_with_a_password_is_refused(user: str) -> None:
    with pikepdf.open(BytesIO(filled())) as pdf:
        content = BytesIO()
        pdf.save(content, encryption=pikepdf.Encryption(owner="secret", user=user))
    assert code_of(content.getvalue()) == "form.encrypted"


def test_a_pdf_to_print_is_no_form() -> None:
    assert code_of(pf.to_pdf(document())) == "form.foreign"


def packed(more: bytes, content: bytes) -> bytes:
    head = b"%%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 4/Length %d%s>>stream\n"
    return head % (len(content), more) + content + b"\nendstream endobj\n"


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    machine = zlib.compressobj(9)
    zeros = b"\0" * 1_000_000
    bomb = b"".join([*(machine.compress(zeros) for _ in range(250)), machine.flush()])
    assert code_of(packed(b"/Filter/FlateDecode", bomb)) == "form.too_large"
    assert code_of(packed(b"/Filter[/FlateDecode]", bomb)) == "form.too_large"


@pytest.mark.parametrize(
    "filters",
    [b"/LZWDecode", b"/L#5aWDecode", b"/RunLengthDecode", b"[ /ASCIIHexDecode /FlateDecode ]"],
)
def test_what_may_unpack_without_end_is_no_form(filters: bytes) -> None:
    assert code_of(packed(b"/Filter" + filters, b"x")) == "form.foreign"


def test_one_drawing_on_a_page_a_thousand_times_is_no_bomb() -> None:
    def repeat(pdf: pikepdf.Pdf) -> None:
        drawing = pdf.make_stream(zlib.compress(b"0" * 1_000_000), Filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].Contents = pikepdf.Array([drawing] * 5_000)

    assert code_of(changed(repeat)) == "form.too_large"
