"""The styles that a starter has beside those of its letterhead, named for people who use Word."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from planforms.word_templates.assembling import CHOICES_STYLE, SPACE_STYLE
from planforms.word_templates.source import FIELDS_STYLE, LABEL_STYLE
from planforms.writers._word_forms import Panel, panel_like, staff_panel
from planforms.writers._word_paragraphs import Borders
from planforms.writers._word_xml import WORD, twips

FIELDS, LABEL = FIELDS_STYLE, LABEL_STYLE
"""Labels and their values: the table, and the paragraph that is a label."""
SUMMARY, SIGN, NOTE, STAFF = (f"planforms {name}" for name in ("summary", "sign", "note", "staff"))
"""Frames: tables of one cell."""
LETTERHEAD, BESIDE = "planforms letterhead", "planforms beside"
"""Tables that hold words in place."""
SENDER = "planforms sender"
"""A paragraph of the letterhead; the rule below it is its table's."""
CHOICES, LAW, ADDRESS = CHOICES_STYLE, "planforms law", "planforms address"
SHEET = "planforms sheet"
"""An empty paragraph at which a new page begins."""
STATEMENT = "planforms statement"
"""A paragraph that holds a statement and goes away."""
SPACE = SPACE_STYLE
"""A low empty paragraph: Word makes one of two tables that touch."""

_RULE = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="B8B8B8"/>'
_SPACING = '<w:spacing w:before="{}" w:after="{}"/>'
_LOW = '<w:spacing w:before="0" w:after="0" w:line="{}" w:lineRule="exact"/>'
_PARAGRAPHS = {
    LABEL: ("field label", "<w:keepNext/>", ""),
    CHOICES: ("body text", _SPACING.format(60, 90), ""),
    LAW: ("small print", "", ""),
    SENDER: ("letterhead", '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>', ""),
    SHEET: ("field", f"<w:pageBreakBefore/>{_LOW.format(20)}", ""),
    ADDRESS: ("field", "", ""),
    SPACE: ("field", _LOW.format(100), ""),
    STATEMENT: (
        "field",
        _LOW.format(200),
        '<w:noProof/><w:color w:val="7F7F7F"/><w:sz w:val="15"/><w:szCs w:val="15"/>',
    ),
}
"""Paragraph styles: the letterhead's style that they are based on, and how they differ from it."""
_BOXES = {SUMMARY: "box summary", SIGN: "box sign", NOTE: "box note"}
_BARE = dict.fromkeys(("top", "left", "bottom", "right"), 0)
_IN_FIELDS = {"top": twips(0.9), "left": 0, "bottom": twips(0.5), "right": twips(5)}


def add_styles(styles: etree._Element, known: Mapping[str, str]) -> dict[str, str]:
    """Add them; returns the identifiers of all styles by name in lower case.

    Args:
        styles: the styles of the letterhead.
        known: identifiers of the letterhead's own styles by name.
    """
    for name, (base, format_, look) in _PARAGRAPHS.items():
        _add_paragraph(styles, name, known[base], format_, look)
    rule = _lines_of(panel_like(_borders_of(styles, known["letterhead"])))
    _add_table(styles, FIELDS, _RULE.format("bottom") + _RULE.format("insideH"), _IN_FIELDS)
    _add_table(styles, LETTERHEAD, rule, {**_BARE, "bottom": twips(2.5)})
    _add_table(styles, BESIDE, "", {**_BARE, "right": twips(5)})
    for name, box in _BOXES.items():
        _add_frame(styles, name, panel_like(_borders_of(styles, known[box])))
    _add_frame(styles, STAFF, staff_panel())
    added = (*_PARAGRAPHS, FIELDS, LETTERHEAD, BESIDE, *_BOXES, STAFF)
    return {**known, **{name: _identifier(name) for name in added}}


def _identifier(name: str) -> str:
    return name.title().replace(" ", "")


def _add_paragraph(styles: etree._Element, name: str, base: str, format_: str, look: str) -> None:
    parts = f"<w:pPr>{format_}</w:pPr>" if format_ else ""
    parts += f"<w:rPr>{look}</w:rPr>" if look else ""
    _add(styles, "paragraph", name, base, parts)


def _add_frame(styles: etree._Element, name: str, panel: Panel) -> None:
    margins = {side: max(panel.margins[side], twips(1)) for side in _BARE}
    _add_table(styles, name, _lines_of(panel), margins, panel.fill)


def _lines_of(panel: Panel) -> str:
    return "".join(etree.tostring(line, encoding="unicode") for line in panel.borders)


def _add_table(
    styles: etree._Element, name: str, lines: str, margins: Mapping[str, int], fill: str = ""
) -> None:
    inside = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in margins.items())
    borders = f"<w:tblBorders>{lines}</w:tblBorders>" if lines else ""
    ground = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
    parts = f"<w:tblPr>{borders}<w:tblCellMar>{inside}</w:tblCellMar></w:tblPr>"
    _add(styles, "table", name, "", parts + (ground if fill else ""))


def _add(styles: etree._Element, kind: str, name: str, base: str, parts: str) -> None:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    styles.append(
        etree.fromstring(
            f'<w:style xmlns:w="{WORD[1:-1]}" w:type="{kind}" w:customStyle="1" '
            f'w:styleId="{_identifier(name)}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
            f"{parts}</w:style>"
        )
    )


def _borders_of(styles: etree._Element, identifier: str) -> Borders:
    """The borders and the shading of a paragraph style."""
    found = (s for s in styles.iter(f"{WORD}style") if s.get(f"{WORD}styleId") == identifier)
    format_ = next(found).find(f"{WORD}pPr")
    if format_ is None:
        return Borders()
    return Borders("", tuple(format_.iterchildren(f"{WORD}pBdr", f"{WORD}shd")))
