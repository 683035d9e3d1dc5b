from tests.conformance.conftest import Store
from tests.conformance.damage import changed_docx
from tests.conformance.openxml import openxml_audit, openxml_sdk

EMPTY_CELL = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc/></w:tr></w:tbl>"


def test_the_sdk_finds_an_unknown_attribute_and_a_broken_file(docx: bytes, store: Store) -> None:
    good = store("good.docx", docx)
    attribute = store("attribute.docx", changed_docx(docx, "<w:p>", '<w:p w:nonsense="1">'))
    broken = store("broken.docx", docx[: len(docx) // 2])

    failures = openxml_sdk([good, attribute, broken])

    assert failures[good] == []
    assert ["nonsense" in failure for failure in failures[attribute]] == [True]
    assert failures[broken]


def test_the_audit_finds_a_cell_without_a_paragraph(docx: bytes, store: Store) -> None:
    good = store("good.docx", docx)
    cell = store("cell.docx", changed_docx(docx, "<w:sectPr", f"{EMPTY_CELL}<w:sectPr"))
    broken = store("broken.docx", docx[: len(docx) // 2])

    failures = openxml_audit([good, cell, broken])

    assert failures[good] == []
    assert any("/tc[1]" in failure for failure in failures[cell])
    assert failures[broken]
