"""Changes within a PDF of Typst what Typst cannot be told, without moving a byte.

- Cells that name their row are header cells: Typst has those only behind a feature that its Python
  package does not switch on (ISO 32000-1, 14.8.5.7; PDF/UA-1, clause 7.5).
- Where the document has no date, the file has none. Typst demands one of PDF/A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planforms.errors import Problem, TemplateError

_DATES = re.compile(
    rb"/(?:ModDate|CreationDate)\(D:19700101000000Z\)"
    rb"|<xmp:(CreateDate|ModifyDate)>[^<]*</xmp:\1>"
)
_PARTS = re.compile(
    rb"\n(\d+) 0 obj\n<</Type/StructElem/S/(Table|TBody|TR|TD|TH)/P [^\n]*?/K\[([^\]\n]*)\]"
)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_KIND = b"/S/TD/"
_HEADERS = re.compile(rb"/Headers\[[^\]\n]*\]")


def finish(pdf: bytes, headers: list[list[list[bool]]], *, dated: bool) -> bytes:
    """A PDF with its rows' header cells, and with no date unless the document has one.

    Args:
        pdf: what Typst wrote.
        headers: of each table, for each cell of each row whether it names its row.
        dated: whether the document has a date.
    """
    data = bytearray(pdf)
    if not dated:
        for found in _DATES.finditer(pdf):
            data[found.start() : found.end()] = b" " * len(found[0])
    if any(any(map(any, rows)) for rows in headers):
        _name_rows(pdf, data, headers)
    return bytes(data)


def _name_rows(pdf: bytes, data: bytearray, headers: list[list[list[bool]]]) -> None:
    parts = {int(found[1]): found for found in _PARTS.finditer(pdf)}
    tables = [found for found in parts.values() if found[2] == b"Table"]
    # Typst numbers what it tags in the order of reading.
    rows_of = [list(_rows(table, parts)) for table in tables]
    for rows, wanted in zip(rows_of, headers, strict=True):
        for row, cells in zip(rows, wanted, strict=True):
            for cell, names in zip(_kids(row, parts), cells, strict=True):
                if names:
                    _make_header(data, cell)


def _rows(table: re.Match[bytes], parts: dict[int, re.Match[bytes]]) -> Iterator[re.Match[bytes]]:
    """The rows of a table that hold data; one that names those below it is a head of its own."""
    for body in _kids(table, parts):
        if body[2] == b"TBody":
            yield from (row for row in _kids(body, parts) if not _is_head(row, parts))


def _is_head(row: re.Match[bytes], parts: dict[int, re.Match[bytes]]) -> bool:
    return all(cell[2] == b"TH" for cell in _kids(row, parts))


def _kids(part: re.Match[bytes], parts: dict[int, re.Match[bytes]]) -> list[re.Match[bytes]]:
    numbers = (int(number) for number in _REFERENCE.findall(part[3]))
    return [parts[number] for number in numbers if number in parts]


def _make_header(data: bytearray, cell: re.Match[bytes]) -> None:
    """A cell that names its row tells so where it told its headers, at the same length."""
    start = cell.start(2)
    data[start : start + 2] = b"TH"
    found = _HEADERS.search(data, start, cell.end())
    if not found:
        raise TemplateError([Problem("pdf.layout", "document", "a table cannot be tagged")])
    data[found.start() : found.end()] = b"/Scope/Row".ljust(len(found[0]))
