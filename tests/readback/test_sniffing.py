"""The format of a file is told from its bytes, and what is no form is refused with a reason."""

from __future__ import annotations

import pytest

import planforms as pf
from planforms.readback.limits import MAX_FILE_BYTES
from planforms.readback.sniffing import format_in, read_returned


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04....", "docx"),
        (b'{"planforms": 1}', "json"),
        (b"\xef\xbb\xbf \r\n{", "json"),
    ],
)
def test_a_format_is_told_from_the_first_bytes(content: bytes, format: str) -> None:
    assert format_in(content) == format


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "form.foreign"),
        (b"Navn: Kari", "form.foreign"),
        (b"\xff\xd8\xff\xe0JFIF", "form.scanned"),
        (b"\x89PNG\r\n", "form.scanned"),
        (b"\0\0\0\x18ftypheic", "form.scanned"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "form.foreign"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "form.encrypted",
        ),
        (b"<!DOCTYPE html><html>", "form.page"),
        (b"\n<HTML lang=nb>", "form.page"),
        (b"{" * (MAX_FILE_BYTES + 1), "form.too_large"),
    ],
)
def test_what_is_no_form_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(pf.DataError) as caught:
        read_returned(content)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].hint
