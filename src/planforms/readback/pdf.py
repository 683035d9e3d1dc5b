"""Reads what was written into a PDF form: its fields and nothing else, since drawings can differ.

Nothing is repaired: half of a file must not pass for a form with little in it. What a file may
unpack is bounded before qpdf, which pikepdf is made of, sees it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planforms.errors import DataError
from planforms.forms.identity import VERSION, Identity, parse
from planforms.forms.names import IDENTITY
from planforms.readback.limits import MAX_FILE_BYTES
from planforms.readback.pdf_fields import fields_in, values_of
from planforms.readback.pdf_streams import Unpacking
from planforms.readback.refusals import refusal
from planforms.readback.returned import Returned

if TYPE_CHECKING:
    import pikepdf

PLACE = "pdf"
_MOST_PAGES, _MOST_PARTS = 1_000, 10_000
_DRAWN_FROM_FIELDS = ("/Widget", "/Link", "/Popup")
"""The kinds of annotation that cover nothing of what is printed."""


def read_pdf(content: bytes) -> Returned:
    """The form in a PDF.

    Raises:
        DataError: it is no form of planforms, or one that cannot be read; the code tells why.
    """
    if len(content) > MAX_FILE_BYTES:
        raise refusal("form.too_large", PLACE)
    Unpacking().check(content)
    with _opened(content) as pdf:
        if pdf.is_encrypted:
            raise refusal("form.encrypted", PLACE)
        printed = str(pdf.docinfo.get("/Planforms", ""))
        fields = fields_in(pdf)
        written = next((f.text for f in fields if f.names == (IDENTITY,)), "")
        identity = _identity(written, printed) if fields or printed else None
        if identity is None:
            raise refusal("form.scanned" if _is_scanned(pdf) else "form.foreign", PLACE)
        if not fields:
            raise refusal("form.flattened", PLACE)
        return Returned(identity, values_of(fields), changed=_is_changed(pdf))


@contextmanager
def _opened(content: bytes) -> Iterator[pikepdf.Pdf]:
    """The PDF, whatever is wrong in it a refusal."""
    import pikepdf

    stream = BytesIO(content)
    try:
        with pikepdf.open(stream, attempt_recovery=False, suppress_warnings=True) as pdf:
            yield pdf
    except DataError:
        raise
    except pikepdf.PasswordError:
        raise refusal("form.encrypted", PLACE) from None
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError, AttributeError):
        raise refusal("form.damaged", PLACE) from None
    except (pikepdf.PdfError, MemoryError, NotImplementedError):
        raise refusal("form.damaged", PLACE) from None


def _identity(*lines: str) -> Identity | None:
    """Which form it is, by the first line that says so."""
    identity = next(filter(None, map(parse, lines)), None)
    if identity and identity.version > VERSION:
        raise refusal("form.version", PLACE)
    return identity


def _is_scanned(pdf: pikepdf.Pdf) -> bool:
    """Whether the pages hold pictures and no letters."""
    resources = [page.resources for page in _pages(pdf)]
    pictures = [
        one.get("/Subtype") == "/Image"
        for resource in resources
        for one in dict(resource.get("/XObject", {})).values()
    ]
    return any(pictures) and not any("/Font" in resource for resource in resources)


def _is_changed(pdf: pikepdf.Pdf) -> bool:
    """Whether something was painted on a page, or laid over it, that was not printed there."""
    pages = _pages(pdf)
    kinds = {str(one.get("/Subtype")) for page in pages for one in _many(page.get("/Annots", ()))}
    known = pdf.docinfo.get("/PlanformsPages")
    return not kinds <= {*_DRAWN_FROM_FIELDS} or str(known) != _fingerprint(pages)


def _pages(pdf: pikepdf.Pdf) -> list[Any]:
    if len(pdf.pages) > _MOST_PAGES:
        raise refusal("form.too_large", PLACE)
    return list(pdf.pages)


def _fingerprint(pages: list[Any]) -> str:
    """What the drawings of all pages amount to; empty if one is packed in another way."""
    seen, unpacking = hashlib.sha256(), Unpacking()
    for page in pages:
        try:
            parts = [unpacking.content_of(part) for part in _many(page.obj.get("/Contents", ()))]
        except ValueError:
            return ""
        seen.update(b"\n".join(parts).strip() + b"\f")
    return seen.hexdigest()[:32]


def _many(things: Any) -> list[Any]:
    """The entries of an array, or the one thing that stands in its place."""
    import pikepdf

    if not isinstance(things, pikepdf.Array | tuple):
        return [things]
    if len(things) > _MOST_PARTS:
        raise refusal("form.too_large", PLACE)
    return list(things)
