"""Make ``letterhead.docx``, the built-in shell of all Word documents.

    python scripts/make_letterhead.py [FILE]

The look of a Word document stands here alone: the writer refers to these styles by name. A service
that wants its own letterhead changes a copy of the file in Word; its body shows every style and is
replaced by the document. What has the theme colour "Accent 1" gets the document's accent colour.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from textwrap import dedent
from xml.sax.saxutils import escape

PATH = Path(__file__).parents[1] / "src" / "planforms" / "writers" / "letterhead.docx"

FONT = "Source Sans 3"
FALLBACK = "Calibri"
BOXES = "Segoe UI Symbol"
ACCENT = "1F4E79"
INK = "333333"
HAIRLINE = "B8B8B8"
TINT = "F4F4F2"
GRID = "767676"
HEAD_TINT = "F2F2F0"

# Lengths in twentieths of a point: 1 mm is 56.7.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
LEFT, RIGHT, TOP, BOTTOM = 1417, 1134, 1021, 1247
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
LABEL_WIDTH = 2778
BOX_PADDING = 220

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PARTS = {
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "numbering": "numbering",
    "footer": "footer1",
}


def spacing(before: int, after: int, line: int = 297) -> str:
    """Space around a paragraph and its least line height."""
    values = f'w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"'
    return f"<w:spacing {values}/>"


def edge(side: str, colour: str, size: int, space: int = 0, accent: bool = False) -> str:
    """One border; ``size`` in eighths of a point, ``space`` in points."""
    theme = ' w:themeColor="accent1"' if accent else ""
    values = f'w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"{theme}'
    return f"<w:{side} {values}/>"


def frame(colour: str, size: int) -> str:
    """A frame with nothing but its lines."""
    sides = "".join(edge(side, colour, size, space) for side, space in PADDING.items())
    return f"<w:pBdr>{sides}</w:pBdr>"


def panel() -> str:
    """A tinted panel with a bar of the accent colour at its left side."""
    sides = {side: edge(side, TINT, 4, space) for side, space in PADDING.items()}
    sides["left"] = edge("left", ACCENT, 20, PADDING["left"], accent=True)
    tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
    return f"<w:pBdr>{''.join(sides.values())}</w:pBdr>{tint}"


def look(size: float, bold: bool = False, colour: str = "", accent: bool = False) -> str:
    """How letters look; ``size`` in points."""
    theme = ' w:themeColor="accent1"' if accent else ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    ink = f'<w:color w:val="{colour}"{theme}/>' if colour else ""
    return f'{weight}{ink}<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>'


def style(
    name: str,
    paragraph: str = "",
    letters: str = "",
    parent: str = "Normal",
    kind: str = "paragraph",
    after: str = "",
) -> str:
    """A style that Word shows in its gallery."""
    identifier = name.title().replace(" ", "")
    attributes = f'w:type="{kind}" w:styleId="{identifier}"'
    if name[0].isupper() and name.split()[0] not in BUILT_IN:
        attributes += ' w:customStyle="1"'
    following = f'<w:next w:val="{after}"/>' if after else ""
    inner = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    inner += f"<w:rPr>{letters}</w:rPr>" if letters else ""
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    name_and_order = f'<w:name w:val="{name}"/>{based}{following}<w:qFormat/>'
    return f"<w:style {attributes}>{name_and_order}{inner}</w:style>"


BUILT_IN = {"Body", "List", "Quote", "Signature"}
PADDING = {"top": 5, "left": 10, "bottom": 4, "right": 10}
KEEP = "<w:keepNext/><w:keepLines/>"
NO_HYPHENS = "<w:suppressAutoHyphens/>"
HYPHENS = '<w:suppressAutoHyphens w:val="false"/>'
"""In narrow columns; what their heads say is no running text, and breaks on any paper."""
BOX = f'{spacing(0, 88)}<w:ind w:left="{BOX_PADDING}" w:right="{BOX_PADDING}"/>'
EXACT = '<w:spacing w:before="0" w:after="0" w:line="300" w:lineRule="exact"/>'
CENTRED = '<w:jc w:val="center"/>'
QUOTE_INDENT = '<w:ind w:left="255"/>'
LISTS = ("Bullet", "Number", "Continue")


def heading(level: int, size: float, before: int, after: int, accent: bool = False) -> str:
    """The style of a heading."""
    format_ = f'{KEEP}{NO_HYPHENS}{spacing(before, after)}<w:outlineLvl w:val="{level - 1}"/>'
    letters = look(size, bold=True, colour=ACCENT if accent else "", accent=accent)
    return style(f"heading {level}", format_, letters, after="Normal")


def paragraph_styles() -> list[str]:
    """All paragraph styles but Normal."""
    rule = f"<w:pBdr>{edge('bottom', ACCENT, 8, 7, accent=True)}</w:pBdr>"
    footer_tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    entry_tab = f'<w:tabs><w:tab w:val="left" w:pos="{LABEL_WIDTH}"/></w:tabs>'
    entry_indent = f'<w:ind w:left="{LABEL_WIDTH}" w:hanging="{LABEL_WIDTH}"/>'
    quote_bar = f"<w:pBdr>{edge('left', HAIRLINE, 12, 11)}</w:pBdr>"
    return [
        heading(1, 20, 250, 130, accent=True),
        heading(2, 13, 230, 60),
        heading(3, 11.5, 160, 34),
        style("Minor Heading", spacing(0, 28, 250), look(10, bold=True), parent="Heading2"),
        style("Body Text", spacing(0, 88)),
        style("Letterhead", rule + NO_HYPHENS + spacing(0, 0, 255), look(9.5, colour=INK)),
        style("Entry", entry_tab + NO_HYPHENS + spacing(0, 40) + entry_indent),
        *(style(f"List {name}", spacing(0, 34)) for name in LISTS),
        style("Field", NO_HYPHENS + spacing(0, 0, 275)),
        style("Field Label", NO_HYPHENS + spacing(0, 0, 216), look(9, colour=INK)),
        style("caption", KEEP + NO_HYPHENS + spacing(130, 70, 275), look(10.5, bold=True)),
        style("Table Text", NO_HYPHENS + spacing(60, 60, 260), look(10)),
        style("Table Header", HYPHENS, letters=look(10, bold=True), parent="TableText"),
        style("Group Header", spacing(30, 30, 240), parent="TableHeader"),
        style("Matrix Text", spacing(0, 0, 240), parent="TableText"),
        style("Matrix Box", EXACT + CENTRED, parent="TableText"),
        style(
            "Matrix Head", HYPHENS + spacing(30, 30, 210) + CENTRED, look(9), parent="TableHeader"
        ),
        style("Box Summary", panel() + NO_HYPHENS + BOX),
        style("Box Sign", frame("4D4D4D", 8) + NO_HYPHENS + BOX),
        style("Box Note", frame(HAIRLINE, 6) + NO_HYPHENS + BOX),
        style("Quote", quote_bar + spacing(0, 120) + QUOTE_INDENT),
        style("Small Print", NO_HYPHENS + spacing(0, 50, 245), look(9.5, colour=INK)),
        style("Signature", "<w:keepLines/>" + NO_HYPHENS + spacing(0, 0, 273), look(10)),
        style("header", spacing(0, 0, 220), look(8.5, colour=INK)),
        style("footer", footer_tab + spacing(0, 0, 220), look(8.5, colour=INK)),
    ]


def character_styles() -> list[str]:
    """The styles of labels and of check boxes."""
    fonts = f'w:ascii="{BOXES}" w:hAnsi="{BOXES}" w:eastAsia="{BOXES}" w:cs="{BOXES}"'
    letters = f'<w:rFonts {fonts}/><w:sz w:val="29"/><w:szCs w:val="29"/>'
    return [
        style("Entry Label", letters=look(9.5, True, INK), parent="", kind="character"),
        style("Check Box", letters=letters, parent="", kind="character"),
    ]


def cell_margins(top: int, left: int, bottom: int, right: int) -> str:
    """The room between the edges of a table's cells and their words."""
    sides = {"top": top, "left": left, "bottom": bottom, "right": right}
    values = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in sides.items())
    return f"<w:tblCellMar>{values}</w:tblCellMar>"


def table_style(name: str, lines: str, margins: str, head: str) -> str:
    """A style of a table and of its head."""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>{head}</w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


def table_styles() -> list[str]:
    """Word's own empty table style, and ours: to read, to fill in, and of boxes to tick."""
    plain = f'<w:tblInd w:w="0" w:type="dxa"/>{cell_margins(0, 0, 0, 0)}'
    below = edge("bottom", HAIRLINE, 4) + edge("insideH", HAIRLINE, 4)
    grid = "".join(
        edge(side, GRID, 4) for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rule = f"<w:tcBorders>{edge('bottom', ACCENT, 8, accent=True)}</w:tcBorders>"
    tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_TINT}"/>'
    return [
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        f'<w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr>{plain}</w:tblPr></w:style>',
        table_style("Letter Table", below, cell_margins(0, 0, 0, 160), rule),
        table_style("Form Table", grid, cell_margins(0, 85, 0, 85), tint),
        table_style(
            "Matrix Table", below + edge("insideV", HAIRLINE, 4), cell_margins(0, 45, 0, 45), rule
        ),
    ]


def styles() -> str:
    """The part that holds all styles."""
    fonts = f'w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"'
    letters = f'<w:rFonts {fonts}/>{look(11)}<w:lang w:val="nb-NO"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing(0, 120)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    )
    own = "".join([*paragraph_styles(), *character_styles(), *table_styles()])
    return f'<w:styles xmlns:w="{W}">{defaults}{normal}{own}</w:styles>'


def settings() -> str:
    """Hyphenation, and the layout rules of Word 2013 and later."""
    mode = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    return (
        f'<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="567"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat><w:compatSetting {mode}/></w:compat>"
        '<w:themeFontLang w:val="nb-NO"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" '
        'w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" '
        'w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
        'w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def font_table() -> str:
    """What Word takes where the font is not installed."""
    swiss = '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    own = f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/>{swiss}</w:font>'
    others = "".join(f'<w:font w:name="{name}">{swiss}</w:font>' for name in (FALLBACK, BOXES))
    return f'<w:fonts xmlns:w="{W}">{own}{others}</w:fonts>'


def theme() -> str:
    """A plain theme whose first accent is the document's accent."""
    greys = {"dk1": "000000", "lt1": "FFFFFF", "dk2": INK, "lt2": TINT, "accent1": ACCENT}
    greys |= {f"accent{number}": HAIRLINE for number in range(2, 7)}
    greys |= {"hlink": ACCENT, "folHlink": ACCENT}
    colours = "".join(f'<a:{key}><a:srgbClr val="{c}"/></a:{key}>' for key, c in greys.items())
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{A}" name="planforms"><a:themeElements>'
        f'<a:clrScheme name="planforms">{colours}</a:clrScheme><a:fontScheme name="planforms">'
        f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="planforms"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def paragraph(style_id: str, *texts: str) -> str:
    """A paragraph of texts with tabs between them."""
    runs = "<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{escape(text)}</w:t></w:r>" for text in texts)
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{runs}</w:p>'


def specimen() -> str:
    """A body that shows each style; the document replaces it."""
    samples = [
        ("Letterhead", ("Letterhead: the organisation and its address",)),
        ("Heading1", ("Heading 1: the title",)),
        ("BoxSummary", ("Box Summary: what this is, for whom, by when.",)),
        ("Heading2", ("Heading 2: a section",)),
        ("BodyText", ("This body only shows the styles; the document replaces all of it.",)),
        ("Entry", ("Entry", "a label and its value, with the label in the style Entry Label")),
        ("Heading3", ("Heading 3: a part of a section",)),
        ("ListBullet", ("List Bullet",)),
        ("ListNumber", ("List Number",)),
        ("ListContinue", ("List Continue: a further paragraph of an item",)),
        ("Quote", ("Quote: somebody's own words.",)),
        ("BoxNote", ("Box Note: something to keep in mind.",)),
        ("BoxSign", ("Box Sign: what to know before signing.",)),
        ("Caption", ("Caption: what a table shows; the table's style is Letter Table",)),
        ("TableHeader", ("Table Header",)),
        ("TableText", ("Table Text",)),
        ("MatrixHead", ("Matrix Head: above boxes to tick; the table's style is Matrix Table",)),
        ("GroupHeader", ("Group Header: above the rows of a group",)),
        ("MatrixText", ("Matrix Text: beside boxes to tick",)),
        ("MatrixBox", ("Matrix Box: a box to tick",)),
        ("FieldLabel", ("Field Label: above what is filled in; tables are in Form Table",)),
        ("Field", ("Field: what is filled in",)),
        ("MinorHeading", ("Minor Heading: a part for staff",)),
        ("SmallPrint", ("Small Print: provisions",)),
        ("Signature", ("Signature",)),
    ]
    size = f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
    edges = f'w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}"'
    margins = f'<w:pgMar {edges} w:header="567" w:footer="737" w:gutter="0"/>'
    section = f'<w:sectPr><w:footerReference w:type="default" r:id="footer"/>{size}{margins}'
    body = "".join(paragraph(style_id, *texts) for style_id, texts in samples)
    root = f'<w:document xmlns:w="{W}" xmlns:r="{R}">'
    return f"{root}<w:body>{body}{section}</w:sectPr></w:body></w:document>"


def footer() -> str:
    """The running footer; its two words are variables of the shell."""
    content = paragraph("Footer", "{{ footer }}", "{{ page }}")
    return f'<w:ftr xmlns:w="{W}">{content}</w:ftr>'


def relationships(targets: dict[str, str]) -> str:
    """A part's relationships: identifier, type and target; the identifier ends the type."""
    rows = "".join(
        f'<Relationship Id="{kind.rsplit("/")[-1]}" Type="{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types() -> str:
    """What each part holds."""
    types = {f"/word/{file}.xml": f"{WORD}.{kind}+xml" for kind, file in PARTS.items()}
    types["/word/document.xml"] = f"{WORD}.document.main+xml"
    types["/word/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    types["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{relations}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def parts() -> dict[str, str]:
    """Every part of the package by name."""
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    package = {f"{R}/officeDocument": "word/document.xml", core: "docProps/core.xml"}
    document = {f"{R}/{kind}": f"{file}.xml" for kind, file in PARTS.items()}
    document[f"{R}/theme"] = "theme/theme1.xml"
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(package),
        "word/document.xml": specimen(),
        "word/_rels/document.xml.rels": relationships(document),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"/>',
        "word/footer1.xml": footer(),
        "word/theme/theme1.xml": theme(),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
    }


def make(path: Path) -> None:
    """Write the shell; the same bytes every time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, DECLARATION + dedent(content))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else PATH)
