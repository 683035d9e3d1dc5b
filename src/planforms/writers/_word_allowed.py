"""What may stand in a Word file from outside: a list for each sort of thing; nothing else may.

Taken from ECMA-376 (parts 1 and 4) and from what Word and LibreOffice write into letterheads: text
with its look, tables, tab stops, pictures and plain drawings, content controls, and the fields
that :mod:`planforms.writers._word_fields` names. None of it fetches, runs or embeds anything.
"""

from __future__ import annotations

from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010"
_WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"

_TEXT = """
    hdr ftr p r t tab br cr noBreakHyphen softHyphen sym ptab pgNum lastRenderedPageBreak hyperlink
    fldSimple fldChar instrText bookmarkStart bookmarkEnd proofErr smartTag smartTagPr customXml
    drawing pict sdt sdtPr sdtEndPr sdtContent alias id docPartObj docPartGallery docPartCategory
    docPartUnique showingPlcHdr placeholder docPart dataBinding temporary text date dateFormat
    storeMappedDataAs calendar lock picture richText citation equation group group tag
    permStart permEnd ruby rubyPr rubyAlign rt rubyBase hps hpsRaise hpsBaseText lid
"""
_LOOK_OF_TEXT = """
    rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
    noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
    bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath
"""
_LOOK_OF_PARAGRAPHS = """
    pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId
    suppressLineNumbers pBdr top left bottom right between bar start end tabs suppressAutoHyphens
    kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd ind
    contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle
"""
_TABLES = """
    tbl tblPr tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW
    tblCellSpacing tblInd tblBorders insideH insideV tblLayout tblCellMar tblLook tblCaption
    tblDescription tblGrid gridCol tr trPr gridBefore gridAfter wBefore wAfter cantSplit trHeight
    tblHeader hidden tblPrEx tc tcPr tcW gridSpan hMerge vMerge tcBorders tl2br tr2bl noWrap tcMar
    tcFitText vAlign hideMark
"""
_PAGES = """
    document background body sectPr headerReference footerReference footnotePr endnotePr type pgSz
    pgMar paperSrc pgBorders lnNumType pgNumType cols col formProt noEndnote titlePg rtlGutter
    docGrid printerSettings pos numFmt numStart numRestart
"""
_STYLES = """
    styles docDefaults rPrDefault pPrDefault latentStyles lsdException style name aliases basedOn
    next link autoRedefine semiHidden uiPriority unhideWhenUsed qFormat locked personal
    personalCompose personalReply rsid tblStylePr
"""
_NUMBERING = """
    numbering numPicBullet abstractNum nsid multiLevelType tmpl styleLink numStyleLink lvl start
    numFmt lvlRestart isLgl suff lvlText lvlPicBulletId legacy lvlJc num abstractNumId lvlOverride
    startOverride numIdMacAtCleanup
"""
_FONTS = """
    fonts font altName panose1 charset family notTrueType pitch sig embedRegular embedBold
    embedItalic embedBoldItalic
"""
_SHAPES = """
    graphic graphicData xfrm off ext chOff chExt prstGeom custGeom avLst gd gdLst ahLst cxnLst cxn
    rect pathLst path moveTo lnTo arcTo cubicBezTo quadBezTo close pt pos noFill solidFill gradFill
    gsLst gs lin tileRect fillToRect pattFill fgClr bgClr grpFill blip alphaModFix stretch fillRect
    srcRect tile ln prstDash round miter bevel headEnd tailEnd effectLst outerShdw innerShdw
    prstShdw glow softEdge reflection blur schemeClr srgbClr sysClr prstClr scrgbClr hslClr alpha
    alphaMod alphaOff lumMod lumOff satMod satOff hueMod hueOff tint shade gray inv comp spLocks
    picLocks graphicFrameLocks grpSpLocks cxnSpLocks bodyPr lstStyle spAutoFit noAutofit normAutofit
    prstTxWarp scene3d camera lightRig rot sp3d bevelT bevelB extrusionClr contourClr
    extLst fontRef lnRef fillRef effectRef useLocalDpi grayscl lum duotone clrChange clrFrom clrTo
    biLevel
"""
_THEME = """
    theme themeElements clrScheme dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6
    hlink folHlink fontScheme majorFont minorFont latin ea cs font fmtScheme fillStyleLst
    lnStyleLst effectStyleLst effectStyle bgFillStyleLst objectDefaults spDef lnDef txDef spPr
    style extraClrSchemeLst extraClrScheme clrMap custClrLst custClr blipFill defPPr lvl1pPr lvl2pPr
    lvl3pPr lvl4pPr lvl5pPr lvl6pPr lvl7pPr lvl8pPr lvl9pPr lnSpc spcPct spcPts spcBef spcAft
    buClrTx buSzTx buFontTx buNone tabLst defRPr uFill uFillTx sym
"""

ELEMENTS: Mapping[str, frozenset[str]] = {
    namespace: frozenset(names.split())
    for namespace, names in {
        _W: " ".join(
            (
                *(_TEXT, _LOOK_OF_TEXT, _LOOK_OF_PARAGRAPHS, _TABLES),
                *(_PAGES, _STYLES, _NUMBERING, _FONTS, "txbxContent"),
            )
        ),
        "http://schemas.openxmlformats.org/markup-compatibility/2006": (
            "AlternateContent Choice Fallback"
        ),
        f"{_DRAWING}/main": f"{_SHAPES} {_THEME}",
        f"{_DRAWING}/picture": "pic nvPicPr cNvPr cNvPicPr blipFill spPr",
        f"{_DRAWING}/wordprocessingDrawing": (
            "inline anchor simplePos positionH positionV align posOffset extent effectExtent "
            "wrapNone wrapSquare wrapTight wrapThrough wrapTopAndBottom wrapPolygon start lineTo "
            "docPr cNvGraphicFramePr"
        ),
        f"{_WORD_2010}/wordprocessingDrawing": (
            "sizeRelH sizeRelV pctWidth pctHeight pctPosHOffset pctPosVOffset"
        ),
        f"{_WORD_2010}/wordprocessingShape": (
            "wsp cNvPr cNvSpPr cNvCnPr spPr style txbx linkedTxbx bodyPr"
        ),
        f"{_WORD_2010}/wordprocessingGroup": "wgp cNvPr cNvGrpSpPr grpSpPr grpSp",
        f"{_WORD_2010}/wordml": (
            "ligatures numForm numSpacing stylisticSets styleSet cntxtAlts glow shadow reflection "
            "textOutline textFill noFill solidFill gradFill gsLst gs lin prstDash round bevel "
            "miter schemeClr srgbClr alpha lumMod lumOff shade tint satMod props3d scene3d camera "
            "lightRig rot bevelT bevelB extrusionClr contourClr checkbox checked checkedState "
            "uncheckedState"
        ),
        _WORD_2012: (
            "color appearance repeatingSection repeatingSectionItem collapsed footnoteColumns"
        ),
        "http://schemas.microsoft.com/office/drawing/2010/main": "useLocalDpi shadowObscured",
        "http://schemas.microsoft.com/office/drawing/2014/main": "creationId",
        "http://schemas.microsoft.com/office/drawing/2017/decorative": "decorative",
        "http://schemas.microsoft.com/office/thememl/2012/main": "themeFamily",
        "urn:schemas-microsoft-com:vml": (
            "shapetype shape group rect roundrect oval line polyline arc curve image background "
            "stroke fill formulas f path imagedata textbox textpath handles h shadow"
        ),
        "urn:schemas-microsoft-com:office:office": (
            "lock extrusion callout skew idmap shapelayout shapedefaults complex left top right "
            "bottom column"
        ),
        "urn:schemas-microsoft-com:office:word": (
            "wrap anchorlock bordertop borderleft borderright borderbottom"
        ),
    }.items()
}
"""The elements of the parts that a document takes over, by namespace."""
ELEMENTS_OF_BODY: Mapping[str, frozenset[str]] = {
    _W: frozenset(
        {
            *("footnotes", "footnote", "footnoteReference", "footnoteRef"),
            *("endnotes", "endnote", "endnoteReference", "endnoteRef"),
            *("separator", "continuationSeparator", "comboBox", "dropDownList", "listItem"),
        }
    )
}
"""Those that only a body or its notes can have."""

LEFT_BEHIND = frozenset(
    {
        *("core-properties", "extended-properties", "custom-properties", "thumbnail"),
        *("webSettings", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds"),
        *("commentsExtensible", "people", "customXml", "customXmlProps", "glossaryDocument"),
        *("stylesWithEffects", "hyperlink", "documenttasks", "printerSettings"),
    }
)
"""What ordinary letterheads have beside the parts taken over; a document takes nothing of it."""

CONTENT_TYPES_ALLOWED = (
    r"(application/vnd\.openxmlformats-officedocument\."
    r"(wordprocessingml\.[a-zA-Z.]+\+xml|theme\+xml|extended-properties\+xml"
    r"|custom-properties\+xml|customXmlProperties\+xml|obfuscatedFont"
    r"|wordprocessingml\.printerSettings)"
    r"|application/vnd\.openxmlformats-package\.(core-properties|relationships)\+xml"
    r"|application/vnd\.ms-word\.stylesWithEffects\+xml"
    r"|(application|text)/xml|image/(png|jpe?g|gif|x-emf|x-wmf|tiff|bmp)"
    r"|application/x-font(data|-ttf)|application/vnd\.ms-opentype)"
)
"""The types of content that parts may have, whether they are taken or stay behind."""
