"""What a Word template may hold, and every known way in which one could do harm."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from planforms.errors import Problem, TemplateError
from planforms.word_templates.package import read_template
from planforms.writers._archive import pack
from planforms.writers._word_package import entries_of as entries_made
from tests.test_pictures import PICTURES
from tests.test_pictures import SECRET as TOLD
from tests.word_files import (
    Change,
    Entries,
    W,
    added,
    archive_of,
    both,
    entries_of,
    png_of,
    related,
    replaced,
)
from tests.word_templates.sample import BODY, HEADER, NAME, SIGN, inserted, plain, run, template

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = map(FIELD.format, ("begin", "separate", "end"))
SETTINGS = "word/settings.xml"
TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def instruction(*pieces: str) -> str:
    """What a field does, cut into runs."""
    return "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)


def found(content: bytes) -> list[Problem]:
    with pytest.raises(TemplateError) as caught:
        read_template(content, NAME)
    return list(caught.value.problems)


# --- what a template may hold -----------------------------------------------------------------


def test_a_plain_template_is_read_whole_and_can_be_written_again() -> None:
    package = read_template(plain(), NAME)
    made = docx.Document(BytesIO(pack(entries_made(package))))
    assert [p.text for p in made.paragraphs] == ["Samtykke", "Sak {{ case.number }}", SIGN]
    assert made.sections[0].header.paragraphs[0].text == "Lillevik kommune"


def test_a_file_is_called_by_its_language_and_its_name(tmp_path: Path) -> None:
    path = tmp_path / "no" / "consent.docx"
    path.parent.mkdir()
    path.write_bytes(template(inserted("<w:r><w:object/></w:r>")))
    with pytest.raises(TemplateError) as caught:
        read_template(path)
    assert caught.value.problems[0].place == "no/consent.docx: paragraph 3"
    with pytest.raises(TemplateError, match=r"no/consent\.docx: cannot be read"):
        read_template(tmp_path / "missing" / ".." / "no" / "consent.docx" / "x", NAME)


def test_what_tells_of_editors_stays_behind() -> None:
    word = docx.Document(BytesIO(plain()))
    word.core_properties.author = word.core_properties.last_modified_by = "Kari Redaktør"
    buffer = BytesIO()
    word.save(buffer)
    entries = entries_of(buffer.getvalue())
    variables = '<w:docVars><w:docVar w:name="user" w:val="Kari Redaktør"/></w:docVars>'
    marks = '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids>'
    end = b"</w:settings>"
    entries[SETTINGS] = entries[SETTINGS].replace(end, f"{marks}{variables}".encode() + end)
    entries[BODY] = entries[BODY].replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD" w:rsidP="00AB12CD">')
    entries["word/people.xml"] = "<x>Kari Redaktør</x>".encode()
    for content in dict(entries_made(read_template(archive_of(entries), NAME))).values():
        assert "Redaktør".encode() not in content
        assert b"rsid" not in content


BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></w:r>"
)
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
ORDINARY: dict[str, Change] = {
    "a page number": inserted(BEGIN + instruction(" PA", "GE ") + SEPARATE + run("1") + END),
    "a text box": inserted(BOX.format(run("{{ title }}"))),
    "marks of spelling and places": inserted(
        '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="_GoBack"/>'
        '<w:bookmarkEnd w:id="1"/><w:smartTag w:element="place">' + run("Molde") + "</w:smartTag>"
    ),
    "a content control with a list to choose from": inserted(
        '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="ja" w:value="1"/>'
        f"</w:dropDownList></w:sdtPr><w:sdtContent>{run('ja')}</w:sdtContent></w:sdt>"
    ),
    "a link to a place in the file": inserted(
        f'<w:hyperlink w:anchor="_GoBack">{run("se over")}</w:hyperlink>'
    ),
    "a footnote": both(
        inserted('<w:r><w:footnoteReference w:id="1"/></w:r>'),
        related(BODY, "footnotes", "footnotes.xml"),
        added(
            "word/footnotes.xml",
            f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>'
            f"{run('{{ service.name }}')}</w:p></w:footnote></w:footnotes>".encode(),
        ),
        replaced(
            TYPES,
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES}"/></Types>',
        ),
    ),
    "settings of a printer": both(
        related(BODY, "printerSettings", "printerSettings1.bin"),
        added("word/printerSettings1.bin", b"Skriver 3"),
        replaced(
            TYPES,
            "</Types>",
            '<Override PartName="/word/printerSettings1.bin" ContentType="application/vnd.'
            'openxmlformats-officedocument.wordprocessingml.printerSettings"/></Types>',
        ),
    ),
    "looks that other programs keep in the theme": replaced(
        "word/theme/theme1.xml",
        "<a:objectDefaults>",
        "<a:objectDefaults><a:txDef><a:spPr/><a:bodyPr/><a:lstStyle><a:defPPr><a:lnSpc><a:spcPct "
        'val="100000"/></a:lnSpc><a:buNone/><a:defRPr><a:uFillTx/></a:defRPr></a:defPPr>'
        "</a:lstStyle></a:txDef>",
    ),
    "comments and names that are left over": both(
        related(BODY, "comments", "comments.xml"), added("word/comments.xml", b"<x/>")
    ),
}


@pytest.mark.parametrize("change", ORDINARY.values(), ids=ORDINARY)
def test_what_word_writes_into_ordinary_templates_is_allowed(change: Change) -> None:
    read_template(template(change), NAME)


def test_a_footnote_goes_along() -> None:
    package = read_template(template(ORDINARY["a footnote"]), NAME)
    assert "word/footnotes.xml" in package.parts


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_goes_along_without_what_it_tells(name: str) -> None:
    file = f"media/a.{name.rpartition(' ')[2]}"
    given = template(related(BODY, "image", file), added(f"word/{file}", PICTURES[name]))
    assert TOLD not in dict(entries_made(read_template(given, NAME)))[f"word/{file}"]


# --- what it may not hold -----------------------------------------------------------------------

VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
HERE = "paragraph 3"
ATTACKS: dict[str, tuple[Change, str, str]] = {
    # what loads something
    "a link": (
        both(
            inserted(f'<w:hyperlink r:id="x9">{run("her")}</w:hyperlink>'),
            related(BODY, "hyperlink", "https://x.test/", outside=True),
        ),
        "word.external",
        HERE,
    ),
    "a linked picture": (
        both(
            inserted('<w:r><w:drawing><a:blip r:link="x9"/></w:drawing></w:r>'),
            related(BODY, "image", "https://x.test/a.png", outside=True),
        ),
        "word.external",
        HERE,
    ),
    "a linked picture of an old drawing": (
        both(
            inserted('<w:r><w:pict><v:shape><v:imagedata r:id="x9"/></v:shape></w:pict></w:r>'),
            related(BODY, "image", "file:///c:/x.png", outside=True),
        ),
        "word.external",
        HERE,
    ),
    "an old drawing with an address": (
        inserted('<w:r><w:pict><v:shape href="x.test"/></w:pict></w:r>'),
        "word.external",
        HERE,
    ),
    "a picture of a share": (
        inserted('<w:r><w:pict><v:fill src="\\\\x.test\\a"/></w:pict></w:r>'),
        "word.external",
        HERE,
    ),
    "a link on a picture": (
        inserted("<w:r><w:drawing><a:hlinkClick/></w:drawing></w:r>"),
        "word.external",
        HERE,
    ),
    "an attached template": (
        related(SETTINGS, "attachedTemplate", "file:///x.dotm", outside=True),
        "word.external",
        "settings",
    ),
    "an attached template on a server": (
        related(SETTINGS, "attachedTemplate", "https://x.test/x.dotm", outside=True),
        "word.external",
        "settings",
    ),
    "a link in the header": (
        both(
            inserted(f'<w:hyperlink r:id="x9">{run("her")}</w:hyperlink>', "Lillevik", HEADER),
            related(HEADER, "hyperlink", "https://x.test/", outside=True),
        ),
        "word.external",
        "header: paragraph 1",
    ),
    "a mail merge": (
        replaced(SETTINGS, "</w:settings>", "<w:mailMerge/></w:settings>"),
        "word.merge",
        "settings",
    ),
    "a source of mail merge": (
        related(SETTINGS, "mailMergeSource", "file:///people.xlsx", outside=True),
        "word.external",
        "settings",
    ),
    # fields
    "DDE": (inserted(BEGIN + instruction(" DDE c:\\x ") + END), "word.field", HERE),
    "DDEAUTO in pieces": (
        inserted(BEGIN + instruction("DD", "EAU", "TO c:\\x") + END),
        "word.field",
        HERE,
    ),
    "a text from elsewhere": (
        inserted(f'<w:fldSimple w:instr=" INCLUDETEXT c:\\x ">{run("x")}</w:fldSimple>'),
        "word.field",
        HERE,
    ),
    "a picture from elsewhere": (
        inserted(BEGIN + instruction("INCLUDE", 'PICTURE "http:x"') + SEPARATE + END),
        "word.field",
        HERE,
    ),
    "a link to a workbook": (
        inserted(BEGIN + instruction("LINK Excel.Sheet x.xlsx") + END),
        "word.field",
        HERE,
    ),
    "letters that make a field within a field": (
        inserted(BEGIN + BEGIN + instruction("QUOTE 68 68 69") + END + instruction(" x") + END),
        "word.field",
        HERE,
    ),
    "a field of mail merge": (
        inserted(f'<w:fldSimple w:instr=" MERGEFIELD Navn ">{run("«Navn»")}</w:fldSimple>'),
        "word.field",
        HERE,
    ),
    "the day of opening": (
        inserted(f'<w:fldSimple w:instr=" DATE ">{run("1.1.2026")}</w:fldSimple>'),
        "word.field",
        HERE,
    ),
    "packed data of a field": (
        inserted(
            '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>AA==</w:fldData></w:fldChar></w:r>'
            + instruction("PAGE")
            + END
        ),
        "word.field",
        HERE,
    ),
    "a form field that starts a macro": (
        inserted(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData/></w:fldChar></w:r>'
            + instruction("PAGE")
            + END
        ),
        "word.macro",
        HERE,
    ),
    # what is embedded
    "an object": (
        both(
            inserted('<w:r><w:object><o:OLEObject r:id="x9"/></w:object></w:r>'),
            related(BODY, "oleObject", "embeddings/o.bin"),
        ),
        "word.embedded",
        HERE,
    ),
    "a control": (
        both(
            inserted('<w:r><w:object><w:control r:id="x9"/></w:object></w:r>'),
            related(BODY, "control", "activeX/a.xml"),
        ),
        "word.embedded",
        HERE,
    ),
    "a workbook": (related(BODY, "package", "embeddings/o.xlsx"), "word.embedded", ""),
    "a web page": (
        replaced(BODY, "<w:sectPr", '<w:altChunk r:id="x9"/><w:sectPr'),
        "word.embedded",
        "",
    ),
    "a subdocument": (inserted('<w:subDoc r:id="x9"/>'), "word.embedded", HERE),
    "a chart": (related(BODY, "chart", "charts/chart1.xml"), "word.content", ""),
    "a formula": (
        inserted('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/>'),
        "word.content",
        HERE,
    ),
    "macros": (related(BODY, VBA, "vbaProject.bin"), "word.macro", ""),
    "a document with macros": (replaced(TYPES, MAIN, MACROS), "word.macro", ""),
    "a template of Word": (
        replaced(TYPES, MAIN, MAIN.replace("document.main", "template.main")),
        "word.format",
        "",
    ),
    "a program": (
        both(
            added("word/x.bin", b"x"),
            replaced(
                TYPES,
                "</Types>",
                '<Override PartName="/word/x.bin" '
                'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            ),
        ),
        "word.format",
        "word/x.bin",
    ),
    "a picture of too many pixels": (
        both(
            inserted('<w:r><w:drawing><a:blip r:embed="x9"/></w:drawing></w:r>'),
            related(BODY, "image", "media/a.png"),
            added("word/media/a.png", png_of(20_000, 20_000, b"")),
        ),
        "word.image",
        HERE,
    ),
    "a picture that may hold programs": (
        both(
            inserted('<w:r><w:drawing><a:blip r:embed="x9"/></w:drawing></w:r>'),
            related(BODY, "image", "media/a.emf"),
            added("word/media/a.emf", b"\x01\x00\x00\x00"),
        ),
        "word.image",
        HERE,
    ),
    "words that come from data of its own": (
        inserted(
            '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/></w:sdtPr>'
            f"<w:sdtContent>{run('x')}</w:sdtContent></w:sdt>"
        ),
        "word.bound",
        HERE,
    ),
    "a tag where nobody reads": (
        inserted('<w:bookmarkStart w:id="1" w:name="{{ title }}"/>'),
        "word.hidden",
        HERE,
    ),
    "a tag that hides in a style": (
        replaced("word/styles.xml", 'w:val="Normal"', 'w:val="{% for x in y %}"'),
        "word.hidden",
        "styles",
    ),
    # who has edited it
    "words that were put in": (
        inserted(f'<w:ins w:id="1" w:author="Kari">{run("ny")}</w:ins>'),
        "word.author",
        HERE,
    ),
    "words that were taken out": (
        inserted('<w:del w:id="1"><w:r><w:t>{{ case.number }}</w:t></w:r></w:del>'),
        "word.author",
        HERE,
    ),
    "a look that was changed": (
        inserted('<w:r><w:rPr><w:rPrChange w:author="Kari" w:id="1"/></w:rPr></w:r>'),
        "word.author",
        HERE,
    ),
    "a comment": (inserted('<w:r><w:commentReference w:id="0"/></w:r>'), "word.author", HERE),
    "somebody who may edit": (
        inserted('<w:permStart w:id="1" w:ed="kari@lillevik.test"/>'),
        "word.author",
        HERE,
    ),
    # files that are no files
    "an entity that grows": (
        added(
            HEADER,
            b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
            b"<w:hdr xmlns:w='" + W.encode() + b"'>&b;</w:hdr>",
        ),
        "word.xml",
        HEADER,
    ),
    "an entity that reads a file": (
        added(
            HEADER,
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            b"<w:hdr xmlns:w='" + W.encode() + b"'><w:p>&a;</w:p></w:hdr>",
        ),
        "word.xml",
        HEADER,
    ),
    "a part of blanks": (
        added(HEADER, b"<w:hdr xmlns:w='" + W.encode() + b"'>" + b" " * 4_000_000 + b"</w:hdr>"),
        "word.size",
        HEADER,
    ),
    "more elements than any template has": (
        added(HEADER, f'<w:hdr xmlns:w="{W}">'.encode() + b"<w:p/>" * 110_000 + b"</w:hdr>"),
        "word.size",
        "",
    ),
    "no body": (replaced("_rels/.rels", 'officeDocument"', 'x"'), "word.part", ""),
}


@pytest.mark.parametrize(("change", "code", "place"), ATTACKS.values(), ids=ATTACKS)
def test_what_loads_runs_embeds_or_names_somebody_is_refused(
    change: Change, code: str, place: str
) -> None:
    problems = found(template(change))
    expected = f"{NAME}: {place}" if place else NAME
    assert (code, expected) in {(problem.code, problem.place) for problem in problems}
    assert all(problem.hint for problem in problems)


FILES = {
    "nothing": (b"", "word.archive", "not a readable"),
    "half a file": (plain()[: len(plain()) // 2], "word.archive", "not a readable"),
    "a document of an older Word": (
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "WordDocument".encode("utf-16-le"),
        "word.format",
        ".doc",
    ),
    "a document with a password": (
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "word.format",
        "password",
    ),
    "a text in RTF": (b"{\\rtf1 x}", "word.format", "RTF"),
    "a PDF": (b"%PDF-1.7", "word.format", "PDF"),
    "a web page": (b"\xef\xbb\xbf\n<html>", "word.format", "web page"),
    "too many bytes": (bytes(20_000_001), "word.size", "million"),
    "too many parts": (
        archive_of({f"word/media/{number}.png": b"" for number in range(400)}),
        "word.size",
        "300 parts",
    ),
    "a small file that grows": (
        archive_of({"word/document.xml": bytes(21_000_000)}),
        "word.size",
        "million",
    ),
}


@pytest.mark.parametrize(("content", "code", "words"), FILES.values(), ids=FILES)
def test_what_is_no_word_document_is_said_to_be_none(content: bytes, code: str, words: str) -> None:
    [problem] = found(content)
    assert (problem.code, problem.place) == (code, NAME)
    assert words in problem.message
    assert problem.hint


def test_a_file_of_another_program_or_of_the_strict_form_is_told_by_name() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert "OpenDocument" in found(buffer.getvalue())[0].message
    strict = replaced(
        "_rels/.rels",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    )
    assert "Strict" in found(template(strict))[0].message


def test_a_file_within_a_file_is_refused_before_anybody_opens_it() -> None:
    bomb = archive_of({"x": bytes(19_000_000)})
    nested = both(
        added("word/embeddings/a.docx", bomb),
        related(BODY, "package", "embeddings/a.docx"),
    )
    assert {problem.code for problem in found(template(nested))} == {"word.embedded"}


def test_an_archive_that_lies_about_a_size_or_is_encrypted_is_refused() -> None:
    content = bytearray(template(added("word/media/a.png", bytes(1000))))
    position = content.rindex(b"word/media/a.png") - 46
    content[position + 24 : position + 28] = struct.pack("<I", 5)
    assert [problem.code for problem in found(bytes(content))] == ["word.archive"]
    encrypted = bytearray(plain())
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    assert {problem.code for problem in found(bytes(encrypted))} == {"word.archive"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_occurs_twice_is_refused() -> None:
    buffer = BytesIO(plain())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(BODY.upper(), b"<x/>")
    assert [problem.code for problem in found(buffer.getvalue())] == ["word.archive"]


def test_everything_is_told_at_once_where_it_stands_with_its_words() -> None:
    def tables(entries: Entries) -> None:
        inserted("<w:r><w:object/></w:r>", "Tiltak")(entries)

    content = template(
        tables,
        inserted(f'<w:ins w:id="1" w:author="Kari">{run(" ny")}</w:ins>'),
        inserted(f'<w:fldSimple w:instr=" DATE ">{run("x")}</w:fldSimple>', "Lillevik", HEADER),
        related(SETTINGS, "attachedTemplate", "file:///x.dotm", outside=True),
    )
    told = {(problem.code, problem.place) for problem in found(content)}
    assert told == {
        ("word.embedded", f"{NAME}: table 1, row 2, paragraph 1"),
        ("word.author", f"{NAME}: paragraph 3"),
        ("word.field", f"{NAME}: header: paragraph 1"),
        ("word.external", f"{NAME}: settings"),
    }
    messages = [problem.message for problem in found(content)]
    assert any(f"in “{SIGN} ny”" in message for message in messages)
    assert not any("Kari" in str(problem) for problem in found(content))


def test_of_one_sort_no_more_is_told_than_anybody_reads() -> None:
    objects = "".join("<w:p><w:r><w:object/></w:r></w:p>" for _ in range(200))
    assert len(found(template(replaced(BODY, "<w:sectPr", f"{objects}<w:sectPr")))) == 50
