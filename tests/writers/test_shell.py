"""Letterhead shells: what they may do, and every known way in which one could do harm."""

from __future__ import annotations

import runpy
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from jinja2 import TemplateError as JinjaError
from lxml import etree

from planforms.document import Chart, Pictured
from planforms.errors import TemplateError
from planforms.pictures import stripped
from planforms.writers._shell_checks import ADDED_STYLES, ENVIRONMENT, STYLES, VARIABLES
from planforms.writers.docx import to_docx
from planforms.writers.shell import BUILT_IN, load_shell
from tests.conformance.libreoffice import convert_with_libreoffice
from tests.test_pictures import PICTURES
from tests.test_pictures import SECRET as TOLD
from tests.word_files import (
    Change,
    Entries,
    R,
    W,
    added,
    archive_of,
    both,
    entries_of,
    png_of,
    related,
    replaced,
)
from tests.writers.sample import document_of, logo, paragraph, sample

ROOT = Path(__file__).parents[2]
HEADER = "word/footer1.xml"
RELATIONS = "word/_rels/document.xml.rels"
VALUES = dict.fromkeys(VARIABLES, "x")


def shell(*changes: Change) -> bytes:
    """The built-in letterhead with something done to it."""
    entries = entries_of(BUILT_IN.read_bytes())
    for change in changes:
        change(entries)
    return archive_of(entries)


def footer(content: str) -> Change:
    """A footer with this XML in its only paragraph."""

    def change(entries: Entries) -> None:
        names = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml"'
        entries[HEADER] = f"<w:ftr {names}><w:p>{content}</w:p></w:ftr>".encode()

    return change


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def codes(content: bytes) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        load_shell(content)
    return [problem.code for problem in caught.value.problems]


def footer_text(word: WordDocument) -> str:
    buffer = BytesIO()
    word.save(buffer)
    text: str = docx.Document(buffer).sections[0].footer.paragraphs[0].text
    return text


# --- what a shell may do ----------------------------------------------------------------------


def test_the_built_in_letterhead_is_what_its_program_makes(tmp_path: Path) -> None:
    program = runpy.run_path(str(ROOT / "scripts" / "make_letterhead.py"))
    program["make"](tmp_path / "new.docx")
    assert entries_of((tmp_path / "new.docx").read_bytes()) == entries_of(BUILT_IN.read_bytes())


def test_the_built_in_letterhead_has_all_styles_and_needs_no_check_by_the_user() -> None:
    assert set(load_shell(None).styles) == set(STYLES | ADDED_STYLES)


def test_a_shell_from_before_a_style_was_added_gets_it_from_the_built_in_one() -> None:
    word = docx.Document(str(BUILT_IN))
    old = {style.name.lower(): style for style in word.styles if style.name}
    for name in ADDED_STYLES:
        old[name].delete()
    old["heading 2"].element.set(qn("w:styleId"), "Overskrift2")
    old["small print"] = word.styles.add_style("FieldLabel", WD_STYLE_TYPE.PARAGRAPH)
    buffer = BytesIO()
    word.save(buffer)

    made = docx.Document(BytesIO(to_docx(replace(sample(), shell=buffer.getvalue()))))

    names = [style.name for style in made.styles]
    assert len(names) == len(set(names))
    assert made.styles["Minor Heading"].base_style.style_id == "Overskrift2"
    assert made.styles["Field Label"].style_id == "FieldLabel0"
    assert made.styles["Field Label"].font.size == Pt(9)


def test_a_shell_keeps_its_own_look_of_an_added_style() -> None:
    word = docx.Document(str(BUILT_IN))
    word.styles["Field Label"].font.size = Pt(12)
    buffer = BytesIO()
    word.save(buffer)
    made = docx.Document(BytesIO(to_docx(replace(sample(), shell=buffer.getvalue()))))
    assert made.styles["Field Label"].font.size == Pt(12)


def test_a_shell_prints_its_variables_escaped() -> None:
    words = " ".join(f"{{{{ {name} }}}}" for name in VARIABLES)
    values = {name: f"<{name}> & 'x'" for name in VARIABLES}
    filled = load_shell(shell(footer(run(words)))).fill(values)
    assert footer_text(filled) == " ".join(values.values())


def test_a_variable_that_word_has_cut_into_pieces_is_still_one() -> None:
    pieces = "".join(run(piece) for piece in ("{", "{ ti", "tle ", "}}"))
    assert footer_text(load_shell(shell(footer(pieces))).fill(VALUES | {"title": "Plan"})) == "Plan"


DRAWN = sum(isinstance(block, Chart | Pictured) for block in sample().blocks)
"""How many pictures of the sample are no logo."""


def test_a_service_keeps_its_own_page_styles_header_and_picture() -> None:
    word = docx.Document(str(BUILT_IN))
    word.styles["Heading 1"].font.size = Pt(26)
    word.sections[0].left_margin = Mm(40)
    header = word.sections[0].header.paragraphs[0]
    header.add_run("{{ organisation }}").add_picture(BytesIO(logo().png), height=Mm(10))
    buffer = BytesIO()
    word.save(buffer)

    content = to_docx(replace(sample(), shell=buffer.getvalue()))

    made = docx.Document(BytesIO(content))
    assert made.sections[0].header.paragraphs[0].text == "Lillevik kommune"
    assert made.styles["Heading 1"].font.size == Pt(26)
    assert round((made.sections[0].left_margin or Mm(0)).mm) == 40
    assert (
        len([name for name in entries_of(content) if name.startswith("word/media/")]) == 1 + DRAWN
    )


def test_a_logo_in_the_running_header_takes_the_place_of_the_profiles_own() -> None:
    word = docx.Document(str(BUILT_IN))
    word.sections[0].header.paragraphs[0].add_run().add_picture(BytesIO(logo().png), height=Mm(10))
    buffer = BytesIO()
    word.save(buffer)
    assert len(docx.Document(BytesIO(to_docx(sample()))).inline_shapes) == 1 + DRAWN
    made = docx.Document(BytesIO(to_docx(replace(sample(), shell=buffer.getvalue()))))
    assert len(made.inline_shapes) == DRAWN
    assert len(list(made.sections[0].header._element.iter(qn("pic:pic")))) == 1
    assert "Lillevik" in "\n".join(t.text or "" for t in made.element.body.iter(qn("w:t")))


def test_a_picture_in_the_footer_is_no_logo() -> None:
    word = docx.Document(str(BUILT_IN))
    word.sections[0].footer.paragraphs[0].add_run().add_picture(BytesIO(logo().png), height=Mm(5))
    buffer = BytesIO()
    word.save(buffer)
    made = docx.Document(BytesIO(to_docx(replace(sample(), shell=buffer.getvalue()))))
    assert len(made.inline_shapes) == 1 + DRAWN


@pytest.mark.parametrize("whole", [False, True])
def test_the_letterhead_breaks_words_but_a_participants_paper_only_narrow_heads(
    *, whole: bool
) -> None:
    word = docx.Document(BytesIO(to_docx(replace(sample(), whole_words=whole))))
    [found] = word.settings.element.iter(qn("w:autoHyphenation"))
    assert found.get(qn("w:val")) is None
    assert breaks_words(word.styles["Matrix Head"])
    for style in word.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name != "Matrix Head":
            assert not (whole and breaks_words(style)), style.name
    assert breaks_words(word.styles["Body Text"]) is not whole


def breaks_words(style: Any) -> bool:
    """Whether the style itself lets words break, or says nothing of it."""
    marks = list(style.element.iter(qn("w:suppressAutoHyphens")))
    return not any(mark.get(qn("w:val")) != "false" for mark in marks)


def test_the_body_of_a_shell_is_replaced() -> None:
    document = replace(document_of(paragraph("Hei.")), shell=BUILT_IN.read_bytes())
    words = [each.text for each in docx.Document(BytesIO(to_docx(document))).paragraphs]
    assert words == ["Notat", "Hei."]


def test_a_shell_without_numbering_gets_lists_all_the_same() -> None:
    gone = replaced(
        RELATIONS,
        f'<Relationship Id="numbering" Type="{R}/numbering" Target="numbering.xml"/>',
        "",
    )
    made = to_docx(replace(sample(), shell=shell(gone)))
    assert b"startOverride" in b"".join(entries_of(made).values())


def test_a_shell_keeps_its_own_lists_beside_ours() -> None:
    own = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"/></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    root = f'<w:numbering xmlns:w="{W}">{own}</w:numbering>'.encode()
    loaded = load_shell(shell(added("word/numbering.xml", root)))
    assert (loaded.bullets, loaded.options, loaded.numbers) == (4, 5, 10)


def test_traces_of_editing_and_of_editors_stay_behind() -> None:
    word = docx.Document(str(BUILT_IN))
    word.core_properties.author = "Kari Redaktør"
    word.core_properties.last_modified_by = "Kari Redaktør"
    word.add_comment(word.add_paragraph("x").add_run("Kari Redaktør"), "?", "Kari Redaktør")
    buffer = BytesIO()
    word.save(buffer)
    entries = entries_of(buffer.getvalue())
    variables = '<w:docVars><w:docVar w:name="user" w:val="Kari Redaktør"/></w:docVars>'
    marks = '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids>'
    settings = entries["word/settings.xml"]
    end = b"</w:settings>"
    entries["word/settings.xml"] = settings.replace(end, f"{marks}{variables}".encode() + end)
    footer = entries[HEADER].replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD" w:rsidP="00AB12CD">')
    entries[HEADER] = footer

    made = entries_of(to_docx(replace(sample(), shell=archive_of(entries))))

    for content in made.values():
        assert "Redaktør".encode() not in content
        assert b"rsid" not in content


def test_a_shell_is_checked_once_and_a_bad_one_every_time() -> None:
    good, bad = shell(), shell(footer(run("{{ nobody }}")))
    assert load_shell(good) is load_shell(bytes(bytearray(good)))
    assert codes(bad) == codes(bad) == ["shell.variable"]


def test_a_letterhead_that_libreoffice_has_written_is_one(tmp_path: Path) -> None:
    word = docx.Document(str(BUILT_IN))
    header = word.sections[0].header
    header.paragraphs[0].add_run("{{ organisation }}").add_picture(BytesIO(logo().png))
    table = header.add_table(1, 2, Mm(150))
    table.cell(0, 0).text, table.cell(0, 1).text = "Storgata 1", "1234 Lillevik"
    word.save(str(tmp_path / "own.docx"))
    open_text = convert_with_libreoffice(tmp_path / "own.docx", "odt")
    written = convert_with_libreoffice(open_text, "docx")  # anew, from its own format
    made = to_docx(replace(sample(), shell=written.read_bytes()))
    texts = [row.text for row in docx.Document(BytesIO(made)).sections[0].header.paragraphs]
    assert "Lillevik kommune" in "".join(texts)
    assert b"Letter Table" in b"".join(entries_of(made).values())


OFFICE_DRAWING = "urn:schemas-microsoft-com:office:office"
WATERMARK = f"""<w:r><w:pict xmlns:o="{OFFICE_DRAWING}"
xmlns:x="urn:schemas-microsoft-com:office:word">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8e">
<v:formulas><v:f eqn="sum #0 0 10800"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0" o:connectangles="270,180"/>
<v:textpath on="t" fitshape="t"/>
<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="Mark" o:spid="_x0000_s2049" type="#_x0000_t136" o:allowincell="f" fillcolor="silver"
style="position:absolute;width:400pt;rotation:315" stroked="f" o:gfxdata="UEsDBBQ">
<v:fill opacity=".5"/><v:textpath style="font-size:1pt" string="UTKAST"/>
<x:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""
"""A watermark as Word writes it."""


ORDINARY = {
    "a page number as Word offers it": footer(
        "<w:r><w:t/></w:r></w:p><w:sdt><w:sdtPr><w:id w:val='1'/><w:docPartObj>"
        "<w:docPartGallery w:val='Page Numbers (Bottom of Page)'/><w:docPartUnique/>"
        "</w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:fldSimple w:instr=' PAGE '>"
        f"{run('1')}</w:fldSimple></w:p></w:sdtContent></w:sdt><w:p>"
    ),
    "a box of text, in two ways": footer(
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        '/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.'
        'microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="Tekstboks 1"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx><w:txbxContent><w:p>{run('x')}</w:p></w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:shape style="width:1pt"><v:textbox><w:txbxContent><w:p>'
        f"{run('x')}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ),
    "a watermark": footer(WATERMARK),
    "notes, settings of the web, data of its own and a thumbnail": both(
        related("word/document.xml", "footnotes", "footnotes.xml"),
        related("word/document.xml", "endnotes", "endnotes.xml"),
        related("word/document.xml", "webSettings", "webSettings.xml"),
        related("word/document.xml", "customXml", "../customXml/item1.xml"),
        related("word/document.xml", "glossaryDocument", "glossary/document.xml"),
        related("word/glossary/document.xml", "styles", "styles.xml"),
        added("customXml/item1.xml", b"<x/>"),
        added("docProps/thumbnail.jpeg", b"x"),
    ),
    "look that Word has had since 2010": footer(
        '<w:r><w:rPr><w14:ligatures xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' w14:val="standard"/></w:rPr><w:t>x</w:t></w:r>'
    ),
}


@pytest.mark.parametrize("change", ORDINARY.values(), ids=ORDINARY)
def test_what_word_writes_into_ordinary_letterheads_is_allowed(change: Change) -> None:
    load_shell(shell(change))


# --- what a shell may not do ------------------------------------------------------------------

OTHERS = {
    "another variable": footer(run("{{ case }}")),
    "an attribute": footer(run("{{ title.__class__ }}")),
    "an item": footer(run("{{ title[0] }}")),
    "a call": footer(run("{{ title() }}")),
    "a program": footer(run("{{ cycler.__init__.__globals__.os.popen('id').read() }}")),
    "a filter": footer(run("{{ title|upper }}")),
    "a huge product": footer(run("{{ 'a' * 10**9 }}")),
    "a text": footer(run("{{ 'a' }}")),
    "a test": footer(run("{{ title is defined }}")),
    "a loop": footer(run("{% for i in title %}x{% endfor %}")),
    "a condition": footer(run("{% if title %}x{% endif %}")),
    "an assignment": footer(run("{% set title = 1 %}")),
    "a macro": footer(run("{% macro m() %}{% endmacro %}")),
    "an inclusion": footer(run("{% include 'x' %}")),
    "raw text": footer(run("{% raw %}{{ title }}{% endraw %}")),
    "a comment": footer(run("{# x #}")),
    "whitespace control": footer(run("{{- title -}}")),
    "docxtpl's paragraph": footer(run("{{p title }}")),
    "docxtpl's run": footer(run("{{r title }}")),
    "docxtpl's comment": footer(run("{#p title #}")),
    "docxtpl's column span": footer(run("{% colspan title %}")),
    "an open variable": footer(run("{{ title")),
    "pieces of a loop": footer(run("{") + run("% for i in title %}")),
    "pieces across an instruction": footer(
        run("{{ title.") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("x }}")
    ),
    "a variable in an attribute": footer(
        '<w:r><w:rPr><w:color w:val="{{ title }}"/></w:rPr></w:r>'
    ),
    "a loop in the page's size": replaced(
        "word/document.xml", 'w:h="16838"', 'w:h="{% for i in title %}"'
    ),
    "a variable in the styles": replaced("word/styles.xml", '"Letterhead"/>', '"{{ title }}"/>'),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_nothing_but_plain_variables_is_printed(change: Change) -> None:
    assert set(codes(shell(change))) & {"shell.variable"}


def test_the_environment_itself_refuses_everything_else() -> None:
    for source in (
        "{{ title.x }}",
        "{{ x }}",
        "{{ title|e }}",
        "{% if title %}{% endif %}",
        "{{ 1 }}",
    ):
        with pytest.raises(JinjaError):
            ENVIRONMENT.from_string(source)


def test_a_variable_in_the_body_is_refused_since_the_body_is_replaced() -> None:
    change = replaced("word/document.xml", "Heading 1: the title", "{{ title }}")
    assert codes(shell(change)) == ["shell.body"]


def test_an_old_drawing_that_leads_nowhere_is_kept_without_its_packed_copy() -> None:
    taken = entries_of(load_shell(shell(footer(WATERMARK))).content)[HEADER]
    assert b"UTKAST" in taken
    assert b"gfxdata" not in taken


OUTSIDE = {
    "a linked picture": related(HEADER, "image", "https://x.test/a.png", outside=True),
    "a link": related("word/document.xml", "hyperlink", "https://x.test/", outside=True),
    "an attached template": related(
        "word/settings.xml", "attachedTemplate", "file:///x.dotm", outside=True
    ),
    "a frame": both(
        related("word/document.xml", "webSettings", "webSettings.xml"),
        added("word/webSettings.xml", b"<x/>"),
        related("word/webSettings.xml", "frame", "https://x.test/", outside=True),
    ),
    "a link of a part that nothing refers to": related(
        "word/unknown.xml", "oleObject", "https://x.test/", outside=True
    ),
    "an address in a drawing": footer(
        '<w:r><w:pict><v:imagedata src="http://x.test/a"/></w:pict></w:r>'
    ),
    "a share in a drawing": footer('<w:r><w:pict><v:fill src="\\\\x.test\\a"/></w:pict></w:r>'),
    "a path that tells a user's name": footer(
        '<w:r><w:pict><v:shape alt="C:\\Users\\kari\\logo.png"/></w:pict></w:r>'
    ),
    "a file beside it in a drawing": footer('<w:r><w:pict><v:imagedata src="a"/></w:pict></w:r>'),
    "a link in a drawing": footer('<w:r><w:pict><v:shape href="x.test"/></w:pict></w:r>'),
    "a link of Office in a drawing": footer(
        f'<w:r><w:pict><v:imagedata xmlns:o="{OFFICE_DRAWING}" o:href="x.test"/></w:pict></w:r>'
    ),
    "another picture in a drawing": footer('<w:r><w:pict><v:fill althref="a"/></w:pict></w:r>'),
    "what nobody knows in a drawing": footer('<w:r><w:pict><v:shape new="a"/></w:pict></w:r>'),
    "a mode in small letters": both(
        related(HEADER, "image", "https://x.test/a.png", outside=True),
        replaced("word/_rels/footer1.xml.rels", '"External"', '" external "'),
    ),
}


@pytest.mark.parametrize("change", OUTSIDE.values(), ids=OUTSIDE)
def test_nothing_outside_is_referred_to(change: Change) -> None:
    assert "shell.external" in codes(shell(change))


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
FIELDS = {
    "simple": '<w:fldSimple w:instr="INCLUDEPICTURE http:x"><w:r/></w:fldSimple>',
    "in one piece": FIELD.format("begin") + "<w:r><w:instrText> DDEAUTO c </w:instrText></w:r>",
    "in pieces": FIELD.format("begin")
    + "<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText></w:r>"
    + FIELD.format("end"),
    "within another": FIELD.format("begin")
    + "<w:r><w:instrText>PAGE </w:instrText></w:r>"
    + FIELD.format("begin")
    + "<w:r><w:instrText>MACROBUTTON x</w:instrText></w:r>"
    + FIELD.format("end") * 2,
    "without a beginning": "<w:r><w:instrText>LINK x</w:instrText></w:r>",
    "of the date": '<w:fldSimple w:instr=" DATE "><w:r/></w:fldSimple>',
}


@pytest.mark.parametrize("content", FIELDS.values(), ids=FIELDS)
def test_fields_that_fetch_run_or_tell_the_time_are_refused(content: str) -> None:
    assert "shell.field" in codes(shell(footer(content)))


def test_fields_that_count_pages_are_allowed() -> None:
    complex_ = FIELD.format("begin") + "<w:r><w:instrText> NUMPAGES </w:instrText></w:r>"
    simple = '<w:fldSimple w:instr=" PAGE "><w:r/></w:fldSimple>'
    load_shell(shell(footer(simple + complex_ + FIELD.format("separate") + FIELD.format("end"))))


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
HUGE_PICTURE = png_of(20_000, 20_000, b"")
BROKEN_PICTURE = png_of(4, 4, b"no pixels")
EMBEDDED = {
    "macros": (related("word/document.xml", VBA, "vbaProject.bin"), "shell.macro"),
    "a document that may have macros": (
        replaced("[Content_Types].xml", PLAIN, MACRO),
        "shell.format",
    ),
    "an object": (related(HEADER, "oleObject", "embeddings/o.bin"), "shell.embedded"),
    "a workbook": (related("word/document.xml", "package", "embeddings/o.xlsx"), "shell.embedded"),
    "a control": (related("word/document.xml", "control", "activeX/a.xml"), "shell.embedded"),
    "a web page": (related("word/document.xml", "aFChunk", "afchunk.mht"), "shell.embedded"),
    "a subdocument": (related("word/document.xml", "subDocument", "s.docx"), "shell.embedded"),
    "an object's frame": (footer("<w:r><w:object/></w:r>"), "shell.embedded"),
    "a chart": (related(HEADER, "chart", "charts/chart1.xml"), "shell.content"),
    "a tracked change": (
        footer(f'<w:ins w:id="1" w:author="Kari">{run("x")}</w:ins>'),
        "shell.author",
    ),
    "an author's mark": (
        footer('<w:pPr><w:pPrChange w:id="1" w:author="Kari"><w:pPr/></w:pPrChange></w:pPr>'),
        "shell.author",
    ),
    "a frame of another page": (footer("<w:frameset/>"), "shell.content"),
    "what nobody knows": (footer('<x:y xmlns:x="urn:x"/>'), "shell.content"),
    "an element of another namespace": (footer("<p xmlns=''/>"), "shell.content"),
    "a form field that starts a macro": (
        footer(
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:entryMacro w:val='m'/></w:ffData>"
            "</w:fldChar></w:r>"
        ),
        "shell.macro",
    ),
    "packed data of a field": (
        footer(
            "<w:r><w:fldChar w:fldCharType='begin'><w:fldData>AA==</w:fldData></w:fldChar></w:r>"
        ),
        "shell.field",
    ),
    "a link on a picture": (
        footer(
            '<w:r><w:drawing><a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/'
            '2006/main"/></w:drawing></w:r>'
        ),
        "shell.external",
    ),
    "a film": (related(HEADER, "video", "media/a.mp4"), "shell.content"),
    "a linked picture of a drawing": (
        footer(
            '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
            'main" r:link="x9"/></w:drawing></w:r>'
        ),
        "shell.external",
    ),
    "a part of an unknown kind": (
        related("word/document.xml", "unknown", "x.bin"),
        "shell.content",
    ),
    "a part with the content of a program": (
        both(
            added("word/x.bin", b"x"),
            replaced(
                "[Content_Types].xml",
                "</Types>",
                '<Override PartName="/word/x.bin" '
                'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            ),
        ),
        "shell.format",
    ),
    "more elements than any letterhead has": (
        added(HEADER, f'<w:ftr xmlns:w="{W}">'.encode() + b"<w:p/>" * 110_000 + b"</w:ftr>"),
        "shell.size",
    ),
    "more braces than any letterhead has": (footer(run("{" * 300)), "shell.variable"),
    "a picture of too many pixels": (
        both(related(HEADER, "image", "media/a.png"), added("word/media/a.png", HUGE_PICTURE)),
        "shell.image",
    ),
    "a picture whose pixels are broken": (
        both(related(HEADER, "image", "media/a.png"), added("word/media/a.png", BROKEN_PICTURE)),
        "shell.image",
    ),
    "a picture that may hold programs": (
        both(
            related(HEADER, "image", "media/a.emf"),
            added("word/media/a.emf", b"\x01\x00\x00\x00"),
        ),
        "shell.image",
    ),
}


@pytest.mark.parametrize(("change", "code"), EMBEDDED.values(), ids=EMBEDDED)
def test_nothing_is_embedded_and_nobody_named(change: Change, code: str) -> None:
    assert code in codes(shell(change))


BOMB = b"<w:ftr xmlns:w='" + W.encode() + b"'>" + b" " * 4_000_000 + b"</w:ftr>"
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    b"<w:ftr xmlns:w='" + W.encode() + b"'>&c;</w:ftr>"
)
SECRET = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b"<w:ftr xmlns:w='" + W.encode() + b"'><w:p>&a;</w:p></w:ftr>"
)
DAMAGED = {
    "an entity that grows": (added(HEADER, LAUGHS), "shell.xml"),
    "an entity that reads a file": (added(HEADER, SECRET), "shell.xml"),
    "a document type alone": (added(HEADER, b"<!DOCTYPE x><x/>"), "shell.xml"),
    "unfinished XML": (added(HEADER, b"<w:ftr"), "shell.xml"),
    "a part of blanks": (added(HEADER, BOMB), "shell.size"),
    "no styles": (replaced(RELATIONS, f"{R}/styles", f"{R}/nothing"), "shell.part"),
    "no document": (replaced("_rels/.rels", f"{R}/officeDocument", "x"), "shell.part"),
    "no margins": (replaced("word/document.xml", "w:pgMar", "w:pgMargins"), "shell.page"),
    "a page measured in centimetres": (
        replaced("word/document.xml", 'w:w="11906"', 'w:w="21cm"'),
        "shell.measure",
    ),
    "a frame measured in points": (
        replaced("word/styles.xml", 'w:space="10"', 'w:space="10pt"'),
        "shell.measure",
    ),
    "a list without a number": (
        added("word/numbering.xml", f'<w:n xmlns:w="{W}"><w:num w:numId="x"/></w:n>'.encode()),
        "shell.measure",
    ),
    "a missing style": (replaced("word/styles.xml", '"List Number"', '"Liste"'), "shell.style"),
    "a style of another type": (
        replaced(
            "word/styles.xml", 'w:type="table" w:customStyle', 'w:type="paragraph" w:customStyle'
        ),
        "shell.style",
    ),
    "a header that is something else": (
        replaced(
            "[Content_Types].xml", "wordprocessingml.footer+xml", "wordprocessingml.styles+xml"
        ),
        "shell.format",
    ),
}


@pytest.mark.parametrize(("change", "code"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_or_incomplete_letterhead_is_refused(change: Change, code: str) -> None:
    assert code in codes(shell(change))


def test_something_that_is_no_archive_is_refused() -> None:
    whole = BUILT_IN.read_bytes()
    for content in (b"", b"PK", b"no archive", whole[: len(whole) // 2]):
        assert codes(content) == ["shell.archive"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = shell(added("word/media/a.png", bytes(21_000_000)))
    assert len(bomb) < 100_000
    assert codes(bomb) == ["shell.size"]
    many = {f"word/media/{number}.png": b"" for number in range(400)}
    assert codes(archive_of(entries_of(BUILT_IN.read_bytes()) | many)) == ["shell.size"]
    assert codes(bytes(20_000_001)) == ["shell.size"]


def test_an_archive_that_lies_about_a_size_is_refused() -> None:
    content = bytearray(shell(added("word/media/a.png", bytes(1000))))
    position = content.rindex(b"word/media/a.png") - 46
    content[position + 24 : position + 28] = (5).to_bytes(4, "little")
    assert codes(bytes(content)) == ["shell.archive"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_occurs_twice_is_refused() -> None:
    for name in (HEADER, HEADER.upper()):
        buffer = BytesIO(shell())
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(name, b"<x/>")
        assert codes(buffer.getvalue()) == ["shell.archive"]


def test_encrypted_or_oddly_packed_parts_are_refused() -> None:
    encrypted = bytearray(shell())
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(encrypted)) == ["shell.archive"]
    buffer = BytesIO(shell())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/more.xml", b"<x/>")
    assert codes(buffer.getvalue()) == ["shell.archive"]


def test_all_problems_are_told_at_once_with_their_places_and_what_to_do() -> None:
    content = shell(
        footer(run("{{ case }}") + "<w:r><w:object/></w:r>"),
        related("word/settings.xml", "attachedTemplate", "file:///x.dotm", outside=True),
        replaced("word/styles.xml", '"Quote"/>', '"Sitat"/>'),
    )
    with pytest.raises(TemplateError) as caught:
        load_shell(content)
    problems = caught.value.problems
    assert {(problem.code, problem.place) for problem in problems} == {
        ("shell.variable", HEADER),
        ("shell.embedded", HEADER),
        ("shell.external", "word/settings.xml"),
        ("shell.style", "word/styles.xml"),
    }
    assert all(problem.hint for problem in problems)


def test_what_is_left_of_a_shell_refers_to_nothing_that_is_missing() -> None:
    word = docx.Document(BytesIO(load_shell(None).content))
    body = word.element.body
    assert [etree.QName(child).localname for child in body] == ["sectPr"]
    used = {each.get(qn("r:id")) for each in body.iter(qn("w:footerReference"))}
    assert used <= set(word.part.rels)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_taken_without_what_it_tells(name: str) -> None:
    file = f"a.{name.rpartition(' ')[2]}"
    given = shell(
        related(HEADER, "image", f"media/{file}"), added(f"word/media/{file}", PICTURES[name])
    )
    taken = entries_of(load_shell(given).content)[f"word/media/{file}"]
    assert taken == stripped(PICTURES[name])
    assert TOLD not in taken
    cut = shell(related(HEADER, "image", f"media/{file}"), added(f"word/media/{file}", taken[:-1]))
    assert codes(cut) == ["shell.image"]
